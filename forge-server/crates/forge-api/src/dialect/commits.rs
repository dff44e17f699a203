//! Commits, branches and tags.

use super::owners::User;

answer! {
    /// The name and address written in a commit.
    #[derive(Default)]
    pub struct PayloadUser {
        /// The name.
        pub name: String,
        /// The address.
        pub email: String,
        /// The account with that address, or empty.
        pub username: String,
    }

    /// What is known of a signature.
    #[derive(Default)]
    pub struct PayloadVerification {
        /// Whether it was verified against a known key.
        pub verified: bool,
        /// Why, or why not.
        pub reason: String,
        /// The signature, or empty.
        pub signature: String,
        /// Whose key it is.
        pub signer: Option<PayloadUser>,
        /// What was signed, or empty.
        pub payload: String,
    }

    /// A commit as a branch tells it.
    #[derive(Default)]
    pub struct PayloadCommit {
        /// Its full object id.
        pub id: String,
        /// The whole message.
        pub message: String,
        /// Absolute address of its page.
        pub url: String,
        /// Who wrote it.
        pub author: Option<PayloadUser>,
        /// Who committed it.
        pub committer: Option<PayloadUser>,
        /// What is known of its signature.
        pub verification: Option<PayloadVerification>,
        /// When it was committed.
        pub timestamp: Option<String>,
        /// Paths it added; `null` where they are not looked up.
        pub added: Option<Vec<String>>,
        /// Paths it removed.
        pub removed: Option<Vec<String>>,
        /// Paths it changed.
        pub modified: Option<Vec<String>>,
    }

    /// A branch, its head and its protection.
    #[derive(Default)]
    pub struct Branch {
        /// Its short name.
        pub name: String,
        /// Its head.
        pub commit: PayloadCommit,
        /// Whether it is protected.
        pub protected: bool,
        /// How many approvals a merge needs.
        pub required_approvals: i64,
        /// Whether a merge waits for statuses.
        pub enable_status_check: bool,
        /// Which statuses it waits for.
        pub status_check_contexts: Vec<String>,
        /// Whether the reader may push to it.
        pub user_can_push: bool,
        /// Whether the reader may merge into it.
        pub user_can_merge: bool,
        /// The name of its protection, or empty.
        pub effective_branch_protection_name: String,
    }

    /// Where a commit or tree is found.
    #[derive(Default)]
    pub struct CommitMeta {
        /// Absolute address of the object in this API.
        pub url: String,
        /// Its full object id.
        pub sha: String,
        /// When it was made.
        pub created: Option<String>,
    }

    /// Name, address and moment of an author or committer.
    #[derive(Default)]
    pub struct CommitUser {
        /// The name.
        pub name: String,
        /// The address.
        pub email: String,
        /// When, with the zone it was written in.
        pub date: String,
    }

    /// The content of a commit.
    #[derive(Default)]
    pub struct RepoCommit {
        /// Absolute address of the commit in this API.
        pub url: String,
        /// Who wrote it.
        pub author: CommitUser,
        /// Who committed it.
        pub committer: CommitUser,
        /// The whole message.
        pub message: String,
        /// Its tree.
        pub tree: CommitMeta,
        /// What is known of its signature.
        pub verification: Option<PayloadVerification>,
    }

    /// A path a commit touched.
    #[derive(Default)]
    pub struct CommitAffectedFile {
        /// The path.
        pub filename: String,
        /// `added`, `removed` or `modified`.
        pub status: String,
    }

    /// How many lines a commit changed.
    #[derive(Default)]
    pub struct CommitStats {
        /// Lines added and removed.
        pub total: i64,
        /// Lines added.
        pub additions: i64,
        /// Lines removed.
        pub deletions: i64,
    }

    /// A commit of a list.
    #[derive(Default)]
    pub struct Commit {
        /// Absolute address of the commit in this API.
        pub url: String,
        /// Its full object id.
        pub sha: String,
        /// When it was committed.
        pub created: Option<String>,
        /// Absolute address of its page.
        pub html_url: String,
        /// What it says.
        pub commit: RepoCommit,
        /// The author's account, when one has that address.
        pub author: Option<User>,
        /// The committer's account, when one has that address.
        pub committer: Option<User>,
        /// What it follows.
        pub parents: Vec<CommitMeta>,
        /// What it touched; empty where it is not looked up.
        pub files: Vec<CommitAffectedFile>,
        /// How many lines it changed; `null` where it is not looked up.
        pub stats: Option<CommitStats>,
    }

    /// Downloads of a tag's archives, which are not counted here.
    #[derive(Default)]
    pub struct TagArchiveDownloadCount {
        /// Always 0.
        pub zip: i64,
        /// Always 0.
        pub tar_gz: i64,
    }

    /// A tag and what it names.
    #[derive(Default)]
    pub struct Tag {
        /// Its short name.
        pub name: String,
        /// The object id of the commit it names.
        pub id: String,
        /// The message of an annotated tag, or empty.
        pub message: String,
        /// The commit it names.
        pub commit: CommitMeta,
        /// Absolute address of its zip archive, or empty.
        pub zipball_url: String,
        /// Absolute address of its tar archive, or empty.
        pub tarball_url: String,
        /// Not counted here.
        pub archive_download_count: TagArchiveDownloadCount,
    }
}
