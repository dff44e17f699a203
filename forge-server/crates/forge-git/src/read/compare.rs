//! Two revisions side by side.

use forge_domain::names::Oid;

use super::{
    commit::{Commit, read_commit},
    diff::{Diff, diff_trees},
};
use crate::{
    error::Result,
    limits::Limits,
    repository::{Repository, from_gix, to_gix, tree_of},
};

/// Commits of a comparison that are listed.
pub(crate) const LISTED_MAX: usize = 250;

/// What `head` adds to `base`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The last commit both have; nothing when their histories are unrelated.
    pub merge_base: Option<Oid>,
    /// Commits of `head` that `base` lacks.
    pub ahead: usize,
    /// Commits of `base` that `head` lacks.
    pub behind: usize,
    /// The commits that `head` adds, newest first, at most 250.
    pub commits: Vec<Commit>,
    /// What changed since the merge base.
    pub diff: Diff,
}

impl Repository {
    /// Compares two commits as `base...head`.
    ///
    /// # Errors
    /// [`crate::GitError::NotFound`] when one is no commit.
    pub async fn compare(&self, base: Oid, head: Oid) -> Result<Comparison> {
        let limits = self.limits().clone();
        self.read(move |repo| {
            read_commit(repo, to_gix(base))?;
            let merge_base = merge_base(repo, base, head)?;
            let ahead = only(repo, head, base, &limits)?;
            let commits: Result<_> =
                ahead.iter().take(LISTED_MAX).map(|id| read_commit(repo, *id)).collect();
            let old = merge_base.map(|oid| tree_of(repo, oid)).transpose()?;
            Ok(Comparison {
                merge_base,
                ahead: ahead.len(),
                behind: only(repo, base, head, &limits)?.len(),
                commits: commits?,
                diff: diff_trees(repo, old, tree_of(repo, head)?, &limits)?,
            })
        })
        .await
    }

    /// Whether `descendant` has `ancestor` in its history (a commit has itself).
    pub async fn is_ancestor(&self, ancestor: Oid, descendant: Oid) -> Result<bool> {
        self.read(move |repo| {
            Ok(ancestor == descendant || merge_base(repo, ancestor, descendant)? == Some(ancestor))
        })
        .await
    }
}

/// The commits of `tip` that `hidden` lacks, newest first, up to the limit of a walk.
pub(crate) fn only(
    repo: &gix::Repository,
    tip: Oid,
    hidden: Oid,
    limits: &Limits,
) -> Result<Vec<gix::ObjectId>> {
    let walk = repo.rev_walk([to_gix(tip)]).with_hidden([to_gix(hidden)]);
    let walk = walk.sorting(gix::revision::walk::Sorting::ByCommitTime(Default::default()));
    walk.all()?.take(limits.walk_commits_max).map(|info| Ok(info?.id)).collect()
}

pub(crate) fn merge_base(repo: &gix::Repository, one: Oid, two: Oid) -> Result<Option<Oid>> {
    match repo.merge_base(to_gix(one), to_gix(two)) {
        Ok(found) => Ok(found.map(from_gix)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error.into()),
    }
}
