//! Two versions of a merge request, each on the base it was made for.

use std::collections::HashSet;

use forge_domain::names::Oid;

use super::{
    commit::{Commit, read_commit},
    compare::{LISTED_MAX, only},
    diff::{Diff, diff_trees},
};
use crate::{
    error::Result,
    repository::{Repository, tree_of},
};

/// A version of a merge request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionAt {
    /// The commit of the base branch that it was made for.
    pub base: Oid,
    /// The commit that it proposes.
    pub head: Oid,
}

/// What changed from one version to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionsCompared {
    /// Commits that only the newer version proposes, newest first.
    pub added: Vec<Commit>,
    /// Commits that only the older version proposes, newest first. A commit that was rewritten
    /// counts here with its old form and in `added` with its new one.
    pub removed: Vec<Commit>,
    /// Commits that both propose, newest first.
    pub kept: Vec<Commit>,
    /// Whether a list was cut at 250 commits.
    pub cut: bool,
    /// What changed between the two heads. After a rebase this includes what the base brought.
    pub diff: Diff,
}

impl Repository {
    /// Compares two versions of a merge request.
    ///
    /// # Errors
    /// [`crate::GitError::NotFound`] when one of the four is no commit.
    pub async fn compare_versions(
        &self,
        old: VersionAt,
        new: VersionAt,
    ) -> Result<VersionsCompared> {
        let limits = self.limits().clone();
        self.read(move |repo| {
            let (old_tree, new_tree) = (tree_of(repo, old.head)?, tree_of(repo, new.head)?);
            tree_of(repo, old.base)?;
            tree_of(repo, new.base)?;
            let before = only(repo, old.head, old.base, &limits)?;
            let after = only(repo, new.head, new.base, &limits)?;
            let (in_old, in_new): (HashSet<_>, HashSet<_>) =
                (before.iter().copied().collect(), after.iter().copied().collect());
            let mut cut = false;
            let mut listed = |ids: Vec<&gix::ObjectId>| -> Result<Vec<_>> {
                cut |= ids.len() > LISTED_MAX;
                ids.iter().take(LISTED_MAX).map(|id| read_commit(repo, **id)).collect()
            };
            Ok(VersionsCompared {
                added: listed(after.iter().filter(|id| !in_old.contains(*id)).collect())?,
                removed: listed(before.iter().filter(|id| !in_new.contains(*id)).collect())?,
                kept: listed(after.iter().filter(|id| in_old.contains(*id)).collect())?,
                cut,
                diff: diff_trees(repo, Some(old_tree), new_tree, &limits)?,
            })
        })
        .await
    }
}
