//! Merge requests: what lets a change into a protected branch, and what is still missing.
//!
//! The rules are those that councils which share a module write down: read by somebody of another
//! council, left standing for some working hours, merged when nobody objects with a reason
//! (LocalGov Drupal, CONTRIBUTING; domain.md §c3, `[review]`). No clock here: whoever judges says
//! when.

mod judge;
mod rules;

use crate::words::words;

pub use judge::{Facts, Missing, Reading, Tree, Verdict, judge};
pub use rules::{CONTEXT_BYTES_MAX, COOLING_HOURS_MAX, Loosened, MergeRules, READERS_MAX};

words! {
    /// Where a merge request stands.
    RequestState {
        /// It can be read, changed and merged.
        Open = "open",
        /// Its change is in the base branch.
        Merged = "merged",
        /// Put away without being merged; it can be opened again.
        Closed = "closed",
    }
}

words! {
    /// What a reader of a change says of it.
    Opinion {
        /// Remarks, neither for nor against.
        Comment = "comment",
        /// For merging what was read: that version and no later one.
        Approve = "approve",
        /// Something is to be changed first.
        AskForChanges = "ask_for_changes",
        /// Against, for their council and with a reason, whatever version comes: until it is
        /// withdrawn or overruled by a decision.
        Object = "object",
    }
}

impl Opinion {
    /// Whether it says nothing without words.
    pub const fn needs_words(self) -> bool {
        !matches!(self, Self::Approve)
    }
}

words! {
    /// How the commits of a change come into the base branch.
    MergeMethod {
        /// A commit with two parents.
        Merge = "merge",
        /// One commit for the whole change.
        Squash = "squash",
        /// Each commit again, on top of the base.
        Rebase = "rebase",
        /// The branch moves to the head, which must be ahead of it.
        FastForward = "fast_forward",
    }
}

words! {
    /// What a program said of a commit.
    StatusState {
        /// It has not ended.
        Pending = "pending",
        /// All is well.
        Success = "success",
        /// What was checked is not.
        Failure = "failure",
        /// The check itself broke.
        Error = "error",
        /// Well enough, with something to look at.
        Warning = "warning",
    }
}

impl StatusState {
    /// Whether it lets a change through.
    pub const fn is_good(self) -> bool {
        matches!(self, Self::Success | Self::Warning)
    }

    /// What several checks say together: the worst of them, and that nothing has ended where
    /// there is none.
    pub fn of_all(all: impl IntoIterator<Item = Self>) -> Self {
        let gravity = |state: &Self| match state {
            Self::Error => 4,
            Self::Failure => 3,
            Self::Pending => 2,
            Self::Warning => 1,
            Self::Success => 0,
        };
        all.into_iter().max_by_key(gravity).unwrap_or(Self::Pending)
    }
}

#[cfg(test)]
mod tests;
