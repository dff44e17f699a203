//! What programs say of commits.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{owners::User, repositories::Repository};

/// What a check said; of several together, the worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum StatusState {
    /// It has not ended, or nothing was said.
    #[default]
    Pending,
    /// All is well.
    Success,
    /// The check itself broke.
    Error,
    /// What was checked is not well.
    Failure,
    /// Well enough, with something to look at.
    Warning,
}

answer! {
    /// What a check said of a commit.
    #[derive(Default)]
    pub struct CommitStatus {
        /// Grows with time: of two of one context, the greater is the later.
        pub id: i64,
        /// What it said.
        pub status: StatusState,
        /// Where more is told: absolute, or empty.
        pub target_url: String,
        /// In a few words.
        pub description: String,
        /// Absolute address of the statuses of this commit.
        pub url: String,
        /// The name of the check.
        pub context: String,
        /// Who handed it in.
        pub creator: Option<User>,
        /// When.
        pub created_at: Option<String>,
        /// When it last changed: a status never does.
        pub updated_at: Option<String>,
    }

    /// What every check said last of a commit, and all together.
    #[derive(Default)]
    pub struct CombinedStatus {
        /// The worst of them; pending where there is none.
        pub state: StatusState,
        /// The commit.
        pub sha: String,
        /// How many there are.
        pub total_count: i64,
        /// What each said last.
        pub statuses: Vec<CommitStatus>,
        /// The repository.
        pub repository: Option<Repository>,
        /// Absolute address of the commit.
        pub commit_url: String,
        /// Absolute address of this answer.
        pub url: String,
    }
}

/// A status to hand in. Unknown keys and nulls are let through: clients of the dialect send both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CreateStatus {
    /// `pending`, `success`, `error`, `failure` or `warning`.
    pub state: Option<String>,
    /// Where more is told.
    pub target_url: Option<String>,
    /// In a few words.
    pub description: Option<String>,
    /// The name of the check; `default` where there is none.
    pub context: Option<String>,
}
