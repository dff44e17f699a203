//! Commits in order: of a branch, or of one path.

use std::{
    collections::{BinaryHeap, HashMap, HashSet},
    time::{Duration, Instant},
};

use forge_domain::names::{Oid, PathInRepo};
use gix::revision::walk::Sorting;

use super::commit::{Commit, read_commit};
use crate::{
    error::Result,
    repository::{Repository, entry_at, from_gix, to_gix},
};

/// How long the history of one path is searched.
const PATH_SEARCH_MAX: Duration = Duration::from_secs(3);

/// A piece of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPage {
    /// Newest first.
    pub commits: Vec<Commit>,
    /// Whether more follow.
    pub more: bool,
    /// False when the search stopped at its limit of time or commits before it was done.
    pub complete: bool,
}

/// How many commits lead to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitCount {
    /// The number, or the limit at which counting stopped.
    pub commits: usize,
    /// False when there are more.
    pub complete: bool,
}

impl Repository {
    /// The commits that lead to `from`, newest first, leaving out the first `skip`; with a
    /// path, only those that changed it, as `git log -- path` shows them.
    ///
    /// # Errors
    /// [`crate::GitError::NotFound`] when `from` is no commit.
    pub async fn log(
        &self,
        from: Oid,
        path: Option<&PathInRepo>,
        skip: usize,
        limit: usize,
    ) -> Result<LogPage> {
        let path = path.cloned();
        let walk_max = self.limits().walk_commits_max;
        self.read(move |repo| {
            read_commit(repo, to_gix(from))?;
            match &path {
                None => log_all(repo, from, skip, limit, walk_max),
                Some(path) => log_path(repo, from, path, (skip, limit), walk_max),
            }
        })
        .await
    }

    /// How many commits lead to `from`, counted up to the limit.
    pub async fn count_commits(&self, from: Oid) -> Result<CommitCount> {
        let walk_max = self.limits().walk_commits_max;
        self.read(move |repo| {
            let walk = repo.rev_walk([to_gix(from)]).all()?;
            let commits = walk.take(walk_max + 1).filter(std::result::Result::is_ok).count();
            Ok(CommitCount { commits: commits.min(walk_max), complete: commits <= walk_max })
        })
        .await
    }
}

fn log_all(
    repo: &gix::Repository,
    from: Oid,
    skip: usize,
    limit: usize,
    walk_max: usize,
) -> Result<LogPage> {
    let walk =
        repo.rev_walk([to_gix(from)]).sorting(Sorting::ByCommitTime(Default::default())).all()?;
    let mut commits = Vec::new();
    let mut visited = 0;
    for info in walk {
        if visited >= walk_max {
            return Ok(LogPage { commits, more: true, complete: false });
        }
        visited += 1;
        let info = info?;
        if visited <= skip {
            continue;
        }
        if commits.len() == limit {
            return Ok(LogPage { commits, more: true, complete: true });
        }
        commits.push(read_commit(repo, info.id)?);
    }
    Ok(LogPage { commits, more: false, complete: true })
}

/// git's default simplification: where a parent has the same content at the path, only that
/// parent is followed; a commit that differs from all its parents is shown.
fn log_path(
    repo: &gix::Repository,
    from: Oid,
    path: &PathInRepo,
    (skip, limit): (usize, usize),
    walk_max: usize,
) -> Result<LogPage> {
    let started = Instant::now();
    let mut trees = Trees { repo, path, seen: HashMap::new() };
    let mut queue = BinaryHeap::new();
    let mut queued = HashSet::new();
    let first = read_commit(repo, to_gix(from))?;
    queued.insert(from);
    queue.push((first.committer.time_s, first.oid));
    let mut commits = Vec::new();
    let (mut matched, mut visited) = (0, 0);
    while let Some((_, oid)) = queue.pop() {
        visited += 1;
        if visited > walk_max || started.elapsed() > PATH_SEARCH_MAX {
            return Ok(LogPage { commits, more: true, complete: false });
        }
        let commit = read_commit(repo, to_gix(oid))?;
        let here = trees.at(&commit)?;
        let mut parents = Vec::new();
        let mut same = None;
        for parent in &commit.parents {
            let parent = read_commit(repo, to_gix(*parent))?;
            if trees.at(&parent)? == here {
                same = Some(parent);
                break;
            }
            parents.push(parent);
        }
        let changed = same.is_none() && (here.is_some() || !commit.parents.is_empty());
        for parent in same.into_iter().chain(parents.into_iter().filter(|_| changed)) {
            if queued.insert(parent.oid) {
                queue.push((parent.committer.time_s, parent.oid));
            }
        }
        if changed {
            matched += 1;
            if commits.len() == limit {
                return Ok(LogPage { commits, more: true, complete: true });
            }
            if matched > skip {
                commits.push(commit);
            }
        }
    }
    Ok(LogPage { commits, more: false, complete: true })
}

/// What stands at one path in each tree, asked once a tree.
struct Trees<'a> {
    repo: &'a gix::Repository,
    path: &'a PathInRepo,
    seen: HashMap<Oid, Option<(u16, Oid)>>,
}

impl Trees<'_> {
    fn at(&mut self, commit: &Commit) -> Result<Option<(u16, Oid)>> {
        if let Some(known) = self.seen.get(&commit.tree) {
            return Ok(*known);
        }
        let found = entry_at(self.repo, to_gix(commit.tree), self.path)?
            .map(|(mode, id)| (mode.value(), from_gix(id)));
        self.seen.insert(commit.tree, found);
        Ok(found)
    }
}
