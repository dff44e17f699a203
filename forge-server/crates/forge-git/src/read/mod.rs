//! What pages, feeds and the API read. All of it goes through gix; nothing here starts a
//! process except the streaming of a file too big to hold.

mod anchors;
mod blob;
mod commit;
mod compare;
mod diff;
mod history;
mod last_change;
mod lines;
mod refs;
mod tree;
mod versions;

pub use anchors::{Followed, LineRange, follow};
pub use blob::{Blob, LfsPointer};
pub(crate) use commit::read_commit;
pub use commit::{Commit, Signature};
pub use compare::Comparison;
pub(crate) use compare::{merge_base, only};
pub use diff::{Diff, DiffStats, FileChange, FileContent, FileDiff};
pub use history::{CommitCount, LogPage};
pub use last_change::LastChanges;
pub use lines::{Hunk, Line, LineKind};
pub use refs::{Annotation, Branch, Tag};
pub(crate) use refs::{RawRef, commit_of, head_commit, raw_refs, ref_target, refs_below};
pub use tree::{Entry, EntryKind, TreeListing};
pub use versions::{VersionAt, VersionsCompared};
