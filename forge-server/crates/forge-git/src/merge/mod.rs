//! Merging without a work tree: whether two commits can be merged, and doing it.
//!
//! The merge of two trees is git's own, `git merge-tree --write-tree` under the limits of every
//! child, writing into a quarantine. gix 0.90 has one as well; it was held against git's over
//! 6,000 made-up histories (renames, modes, links, folders against files, criss-cross): it broke
//! off with a panic 23 times, merged 100 times what git calls a conflict, and 19 times made
//! another tree of a merge both call clean. Nor can it be stopped: a hostile repository would hold
//! a thread as long as it likes. What needs no merge of trees is answered without a child.

mod carry;
mod rebase;
mod trees;

pub use carry::{Merge, MergeMethod, MergeOutcome, MergeRefusal, Merged, NewMergeCommit};
use forge_domain::names::Oid;
use trees::{Sides, TreeMerge};

use crate::{
    error::Result,
    quarantine::Quarantine,
    read::merge_base,
    repositories::blocking,
    repository::{Repository, tree_of},
};

/// Whether one commit can be merged into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mergeability {
    /// The base has all of it: there is nothing to merge.
    Contained,
    /// The base has nothing that the head lacks: it can simply move.
    FastForward,
    /// Both have changed, and no change is in the way of another.
    Clean {
        /// The tree that the merge would record.
        tree: Oid,
    },
    /// A person must decide.
    Conflicts {
        /// About what, by path.
        conflicts: Vec<Conflict>,
        /// Whether there are more than are told.
        cut: bool,
    },
    /// They have no commit in common.
    Unrelated,
    /// git came to no answer within the limits of time and memory, or broke off, as it does on
    /// odd histories (an assertion of 2.47 fails on about one in 6,000 made-up ones). It may
    /// still be merged on a computer of one's own.
    TooLarge,
}

/// What a person must decide on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The paths it is about, bytes as git keeps them, the most important one first.
    pub paths: Vec<Vec<u8>>,
    /// What is in the way.
    pub kind: ConflictKind,
}

/// Why two changes cannot both be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// Both changed the same lines, or added different files of one name.
    Content,
    /// Both changed a file whose bytes are no text.
    Binary,
    /// One changed what the other deleted.
    ModifyDelete,
    /// One moved what the other deleted.
    RenameDelete,
    /// Both moved it, to different places, or both moved something to one place.
    RenameRename,
    /// One moved a folder, the other put something into it: where does it belong?
    DirectoryRename,
    /// What is a file on one side is a folder on the other.
    FileDirectory,
    /// What is a file on one side is a link or a submodule on the other.
    Modes,
    /// Both moved a submodule on.
    Submodule,
    /// git gives another reason.
    Other,
}

/// How two commits stand to each other.
pub(crate) enum Relation {
    Contained,
    FastForward,
    Unrelated,
    Diverged,
}

impl Repository {
    /// Whether `head` can be merged into `base`. Nothing is written to the repository. It may
    /// take as long as [`crate::Limits::merge_time_max`]: ask it off the path of a request.
    ///
    /// # Errors
    /// [`crate::GitError::NotFound`] when one is no commit, [`crate::GitError::Busy`] when no
    /// slot for a child is free in time.
    pub async fn mergeability(&self, base: Oid, head: Oid) -> Result<Mergeability> {
        match self.relation(base, head).await? {
            Relation::Contained => return Ok(Mergeability::Contained),
            Relation::FastForward => return Ok(Mergeability::FastForward),
            Relation::Unrelated => return Ok(Mergeability::Unrelated),
            Relation::Diverged => {}
        }
        let quarantine = self.quarantine().await?;
        let merged = self.merge_trees(&quarantine, Sides { ours: base, theirs: head }).await?;
        // Its folder may hold much: it is cleared where that may block.
        blocking(move || {
            drop(quarantine);
            Ok(())
        })
        .await?;
        Ok(match merged {
            TreeMerge::Clean(tree) => Mergeability::Clean { tree },
            TreeMerge::Conflicts { conflicts, cut } => Mergeability::Conflicts { conflicts, cut },
            TreeMerge::TooLarge => Mergeability::TooLarge,
        })
    }

    pub(crate) async fn relation(&self, base: Oid, head: Oid) -> Result<Relation> {
        self.read(move |repo| {
            tree_of(repo, base)?;
            tree_of(repo, head)?;
            Ok(match merge_base(repo, base, head)? {
                None => Relation::Unrelated,
                Some(common) if common == head => Relation::Contained,
                Some(common) if common == base => Relation::FastForward,
                Some(_) => Relation::Diverged,
            })
        })
        .await
    }

    /// A quarantine that sees the repository's objects.
    pub(crate) async fn quarantine(&self) -> Result<Quarantine> {
        let repository = self.clone();
        blocking(move || {
            let quarantine = Quarantine::new(&repository)?;
            quarantine.borrow(&repository.folder().join("objects"))?;
            Ok(quarantine)
        })
        .await
    }
}
