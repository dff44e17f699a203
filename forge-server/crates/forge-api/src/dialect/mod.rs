//! The objects of the Forgejo API that existing clients read, key for key.
//!
//! Clients of this dialect differ in what they forgive: an absent key breaks some of them even
//! where `null` is fine, a relative URL breaks others, and an unknown word in a closed list breaks
//! the whole object. So every key is here, URLs are absolute or empty, and lists are enums.

mod commits;
mod contents;
mod errors;
mod owners;
mod repositories;
mod statuses;

pub use commits::{
    Branch, Commit, CommitAffectedFile, CommitMeta, CommitStats, CommitUser, PayloadCommit,
    PayloadUser, PayloadVerification, RepoCommit, Tag, TagArchiveDownloadCount,
};
pub use contents::{ContentsResponse, EntryType, FileLinks, GitEntry, GitTree, GitTreeEntryType};
pub use errors::{ApiError, ApiFault};
pub use owners::{Organization, OwnerVisibility, User};
pub use repositories::{
    CreateRepo, EditRepo, GeneralApiSettings, InternalTracker, MergeStyle, ObjectFormat,
    Permission, Repository, SearchResults, ServerVersion, UserSearchResults,
};
pub use statuses::{CombinedStatus, CommitStatus, CreateStatus, StatusState};
