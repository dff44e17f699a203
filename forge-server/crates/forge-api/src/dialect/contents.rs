//! Files and folders at a revision.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a path holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum EntryType {
    /// A file.
    #[default]
    File,
    /// A folder.
    Dir,
    /// A symbolic link.
    Symlink,
    /// A commit of another repository.
    Submodule,
}

/// What an entry of a tree is, in git's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum GitTreeEntryType {
    /// A file or link.
    #[default]
    Blob,
    /// A folder.
    Tree,
    /// A commit of another repository.
    Commit,
}

answer! {
    /// Addresses of an entry, each absolute.
    #[derive(Default)]
    pub struct FileLinks {
        /// This object.
        #[serde(rename = "self")]
        pub this: String,
        /// The git object.
        pub git: String,
        /// The page.
        pub html: String,
    }

    /// A file with its content, or an entry of a folder without.
    #[derive(Default)]
    pub struct ContentsResponse {
        /// The last part of the path.
        pub name: String,
        /// The path from the root.
        pub path: String,
        /// The id of the blob, tree or commit.
        pub sha: String,
        /// The commit that last changed it.
        pub last_commit_sha: Option<String>,
        /// When that was.
        pub last_commit_when: Option<String>,
        /// What it is.
        #[serde(rename = "type")]
        pub kind: EntryType,
        /// Bytes.
        pub size: i64,
        /// `base64` where there is content.
        pub encoding: Option<String>,
        /// The bytes in base64; `null` for folders and in listings.
        pub content: Option<String>,
        /// Where a symbolic link points.
        pub target: Option<String>,
        /// Absolute address of this object.
        pub url: String,
        /// Absolute address of its page.
        pub html_url: String,
        /// Absolute address of the git object.
        pub git_url: String,
        /// Absolute address of the bytes, for a file.
        pub download_url: Option<String>,
        /// Absolute address of a submodule's repository.
        pub submodule_git_url: Option<String>,
        /// The same addresses, under the names older clients read.
        #[serde(rename = "_links")]
        pub links: FileLinks,
    }

    /// An entry of a tree.
    #[derive(Default)]
    pub struct GitEntry {
        /// The path from the tree asked for.
        pub path: String,
        /// The mode in octal, such as `100644`.
        pub mode: String,
        /// What it is.
        #[serde(rename = "type")]
        pub kind: GitTreeEntryType,
        /// Bytes, 0 for a folder.
        pub size: i64,
        /// Its object id.
        pub sha: String,
        /// Absolute address of the git object.
        pub url: String,
    }

    /// A page of a tree.
    #[derive(Default)]
    pub struct GitTree {
        /// The id of the tree.
        pub sha: String,
        /// Absolute address of this object.
        pub url: String,
        /// Its entries.
        pub tree: Vec<GitEntry>,
        /// Whether there is more.
        pub truncated: bool,
        /// Which page this is, from 1.
        pub page: i64,
        /// How many entries there are in all.
        pub total_count: i64,
    }
}
