//! Repositories on disk. This crate knows nothing of HTTP, SQL or people: it is given
//! identifiers, parsed names and decisions, and answers with what git holds. gix and child
//! processes live only here.

mod backup;
mod child;
mod durable;
mod error;
mod fetch;
mod gunzip;
mod limits;
mod merge;
mod pktline;
mod quarantine;
mod read;
mod receive;
mod repositories;
mod repository;
mod requests;
mod stream;
mod write;

pub use backup::{Depth, Snapshot};
pub use child::GitVersion;
pub use error::{GitError, Result};
pub use fetch::{Protocol, Service, advertise_nothing};
pub use gunzip::{Gunzip, gunzip};
pub use limits::Limits;
pub use merge::{
    Conflict, ConflictKind, Merge, MergeMethod, MergeOutcome, MergeRefusal, Mergeability, Merged,
    NewMergeCommit,
};
pub use read::*;
pub use receive::{Command, Effect, Outcome, Proposal, ProposalOptions, Push, Received, Refusal};
pub use repositories::Repositories;
pub use repository::Repository;
pub use requests::{NewVersion, RequestRef, Versions};
pub use stream::Answer;
pub use write::{NewCommit, NewTag};
