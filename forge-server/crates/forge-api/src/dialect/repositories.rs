//! Repositories, their creation, and what the server says of itself.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::owners::User;
use crate::modules::Visibility;

/// How a merge request is joined to its branch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MergeStyle {
    /// A merge commit.
    #[default]
    Merge,
    /// The commits again, on top of the branch.
    Rebase,
    /// The commits again, then a merge commit.
    RebaseMerge,
    /// One commit for all.
    Squash,
    /// The branch moved forward, or refused.
    FastForwardOnly,
}

/// Which hash names the objects of a repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ObjectFormat {
    /// SHA-1 with collision detection, 40 hexadecimal digits.
    #[default]
    Sha1,
    /// SHA-256, 64 hexadecimal digits.
    Sha256,
}

answer! {
    /// What the reader may do in a repository.
    #[derive(Default)]
    pub struct Permission {
        /// Change its settings.
        pub admin: bool,
        /// Push to it.
        pub push: bool,
        /// Read it.
        pub pull: bool,
    }

    /// Settings of the issues kept here.
    #[derive(Default)]
    pub struct InternalTracker {
        /// Always `false`: time is not tracked.
        pub enable_time_tracker: bool,
        /// Always `false`: time is not tracked.
        pub allow_only_contributors_to_track_time: bool,
        /// Whether an issue may wait for another.
        pub enable_issue_dependencies: bool,
    }

    /// A module, told as a repository.
    #[derive(Default)]
    pub struct Repository {
        /// A number that stays across renames; some clients remember nothing else.
        pub id: i64,
        /// Who owns it.
        pub owner: User,
        /// Its name under the owner.
        pub name: String,
        /// `owner/name`.
        pub full_name: String,
        /// One line on what it is for.
        pub description: String,
        /// Whether nothing was pushed yet.
        pub empty: bool,
        /// `true` unless everybody may read it.
        pub private: bool,
        /// Whether it began as a copy of another.
        pub fork: bool,
        /// Whether it is made to be copied.
        pub template: bool,
        /// What it is a copy of.
        #[schema(no_recursion)]
        pub parent: Option<Box<Repository>>,
        /// Whether it follows a repository elsewhere.
        pub mirror: bool,
        /// Kibibytes on disk.
        pub size: i64,
        /// Its main language, or empty.
        pub language: String,
        /// Absolute address of its languages, or empty.
        pub languages_url: String,
        /// Absolute address of its page.
        pub html_url: String,
        /// Absolute address of this object.
        pub url: String,
        /// Another address, or empty.
        pub link: String,
        /// Address for git over SSH, or empty while there is no such door.
        pub ssh_url: String,
        /// Absolute address for git over HTTP.
        pub clone_url: String,
        /// Where it was imported from, or empty.
        pub original_url: String,
        /// Absolute address of the project's own site, or empty.
        pub website: String,
        /// Always 0: there are no social counters here.
        pub stars_count: i64,
        /// How many copies began here.
        pub forks_count: i64,
        /// Always 0: there are no social counters here.
        pub watchers_count: i64,
        /// How many issues are open.
        pub open_issues_count: i64,
        /// How many merge requests are open.
        pub open_pr_counter: i64,
        /// How many releases there are.
        pub release_counter: i64,
        /// The branch a clone begins on.
        pub default_branch: String,
        /// Whether it is closed to changes.
        pub archived: bool,
        /// When it was closed to changes.
        pub archived_at: Option<String>,
        /// When it was made.
        pub created_at: Option<String>,
        /// When it last changed.
        pub updated_at: Option<String>,
        /// What the reader may do.
        pub permissions: Permission,
        /// Whether issues are kept here.
        pub has_issues: bool,
        /// Settings of those issues.
        pub internal_tracker: Option<InternalTracker>,
        /// Always `null`: clients that see an outside tracker stop using issues here.
        #[schema(value_type = Option<Object>)]
        pub external_tracker: Option<serde_json::Value>,
        /// Always `null`.
        #[schema(value_type = Option<Object>)]
        pub external_wiki: Option<serde_json::Value>,
        /// Whether there is a wiki.
        pub has_wiki: bool,
        /// The branch of the wiki, or empty.
        pub wiki_branch: String,
        /// Always `false`.
        pub globally_editable_wiki: bool,
        /// Whether merge requests are taken.
        pub has_pull_requests: bool,
        /// Whether there are boards.
        pub has_projects: bool,
        /// Whether there are releases.
        pub has_releases: bool,
        /// Always `false`: no packages are kept here.
        pub has_packages: bool,
        /// Always `false`: no jobs are run here.
        pub has_actions: bool,
        /// Whether white space counts in a conflict.
        pub ignore_whitespace_conflicts: bool,
        /// Whether a merge commit may be made.
        pub allow_merge_commits: bool,
        /// Whether commits may be put on top of the branch.
        pub allow_rebase: bool,
        /// Whether they may be, with a merge commit.
        pub allow_rebase_explicit: bool,
        /// Whether one commit may stand for all.
        pub allow_squash_merge: bool,
        /// Whether the branch may just move forward.
        pub allow_fast_forward_only_merge: bool,
        /// Whether a merge request may be brought up to date by rebase.
        pub allow_rebase_update: bool,
        /// Whether a merged branch is deleted unless one says otherwise.
        pub default_delete_branch_after_merge: bool,
        /// How a merge is made unless one says otherwise.
        pub default_merge_style: MergeStyle,
        /// Whether maintainers may push to the branch of a merge request.
        pub default_allow_maintainer_edit: bool,
        /// Absolute address of a picture, or empty.
        pub avatar_url: String,
        /// Whether only those who have signed in may see it.
        pub internal: bool,
        /// How often a mirror follows, or empty.
        pub mirror_interval: String,
        /// The hash of its objects.
        pub object_format_name: ObjectFormat,
        /// When a mirror last followed.
        pub mirror_updated: Option<String>,
        /// Always `null`: there are no pending transfers.
        #[schema(value_type = Option<Object>)]
        pub repo_transfer: Option<serde_json::Value>,
        /// Key words.
        pub topics: Vec<String>,
        /// Ours, beside the dialect: who may see it.
        pub visibility: Visibility,
    }

    /// What a search found.
    #[derive(Default)]
    pub struct SearchResults {
        /// Always `true`.
        pub ok: bool,
        /// What was found.
        pub data: Vec<Repository>,
    }

    /// The accounts a search found.
    #[derive(Default)]
    pub struct UserSearchResults {
        /// Always `true`.
        pub ok: bool,
        /// What was found.
        pub data: Vec<User>,
    }

    /// The version clients decide by: a number in the dialect's own series, not ours.
    #[derive(Default)]
    pub struct ServerVersion {
        /// Such as `15.0.0+gitea-1.22.0`.
        pub version: String,
    }

    /// The bounds of lists and blobs.
    #[derive(Default)]
    pub struct GeneralApiSettings {
        /// The most items a page of a list holds.
        pub max_response_items: i64,
        /// How many it holds when one asks for no number.
        pub default_paging_num: i64,
        /// How many entries a page of a tree holds.
        pub default_git_trees_per_page: i64,
        /// The largest file told inside JSON, in bytes.
        pub default_max_blob_size: i64,
    }
}

/// The body that makes a repository. Clients send `null` for what they do not set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CreateRepo {
    /// Its name under the owner.
    pub name: String,
    /// Taken and not used: a new module is its council's alone until it is published.
    #[serde(default)]
    pub private: Option<bool>,
    /// One line on what it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// The branch a clone begins on; `main` when nothing is said.
    #[serde(default)]
    pub default_branch: Option<String>,
    /// Whether to begin with a commit.
    #[serde(default)]
    pub auto_init: Option<bool>,
    /// Names of ignore files to begin with.
    #[serde(default)]
    pub gitignores: Option<String>,
    /// The licence to begin with.
    #[serde(default)]
    pub license: Option<String>,
    /// The README to begin with.
    #[serde(default)]
    pub readme: Option<String>,
    /// Whether it is made to be copied.
    #[serde(default)]
    pub template: Option<bool>,
    /// How signatures are trusted.
    #[serde(default)]
    pub trust_model: Option<String>,
    /// The hash of its objects; only `sha1` is served.
    #[serde(default)]
    pub object_format_name: Option<String>,
}

/// The body that changes a repository's settings; what is absent or `null` stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EditRepo {
    /// One line on what it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// The branch a clone begins on.
    #[serde(default)]
    pub default_branch: Option<String>,
    /// Absolute address of the project's own site.
    #[serde(default)]
    pub website: Option<String>,
    /// Whether it is closed to changes.
    #[serde(default)]
    pub archived: Option<bool>,
    /// `council` or `space`: who sees it before it is public, which is an act of its own.
    #[serde(default)]
    pub visibility: Option<Visibility>,
}
