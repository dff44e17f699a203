//! The commit that last changed each name of a folder: a bounded walk, after which the page
//! goes out with the column as full as it got.

use std::{
    collections::{BinaryHeap, HashMap},
    time::Instant,
};

use forge_domain::names::{Oid, PathInRepo};

use super::{
    commit::{Commit, read_commit},
    tree::folder_at,
};
use crate::{
    error::Result,
    limits::Limits,
    repository::{Repository, entry_at, to_gix},
};

/// The last change of the names of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastChanges {
    /// By name. A name that is absent was not found in time.
    pub by_name: HashMap<Vec<u8>, Commit>,
    /// Whether every name has its commit.
    pub complete: bool,
}

/// The names of one folder with the object behind each, at some commit.
type Names = HashMap<Vec<u8>, (u16, gix::ObjectId)>;

impl Repository {
    /// For each name of the folder at `path` in `commit`, the commit that last changed it, as
    /// `git log -1 -- name` finds it.
    ///
    /// # Errors
    /// [`crate::GitError::NotFound`] when the commit is absent or the path is no folder.
    pub async fn last_changes(
        &self,
        commit: Oid,
        path: Option<&PathInRepo>,
    ) -> Result<LastChanges> {
        let path = path.cloned();
        let limits = self.limits().clone();
        self.read(move |repo| walk(repo, commit, path.as_ref(), &limits)).await
    }
}

fn walk(
    repo: &gix::Repository,
    tip: Oid,
    path: Option<&PathInRepo>,
    limits: &Limits,
) -> Result<LastChanges> {
    let started = Instant::now();
    let wanted = names(repo, folder_at(repo, tip, path)?, limits.tree_entries_max)?;
    let mut found = LastChanges::default();
    let total = wanted.len();
    // What each commit still has to answer for: the names whose object came down to it.
    let mut open: HashMap<Oid, Vec<Vec<u8>>> = HashMap::new();
    let mut queue = BinaryHeap::new();
    let mut folders: HashMap<Oid, Names> = HashMap::new();
    open.insert(tip, wanted.into_keys().collect());
    queue.push((read_commit(repo, to_gix(tip))?.committer.time_s, tip));
    while let Some((_, oid)) = queue.pop() {
        if started.elapsed() > limits.last_change_max {
            return Ok(found);
        }
        let Some(mut asked) = open.remove(&oid) else { continue };
        let commit = read_commit(repo, to_gix(oid))?;
        let here = folder(repo, &commit, path, limits, &mut folders)?;
        for parent in &commit.parents {
            if asked.is_empty() {
                break;
            }
            let parent = read_commit(repo, to_gix(*parent))?;
            let there = folder(repo, &parent, path, limits, &mut folders)?;
            let (same, other): (Vec<_>, Vec<_>) =
                asked.into_iter().partition(|name| here.get(name) == there.get(name));
            asked = other;
            if !same.is_empty() {
                queue.push((parent.committer.time_s, parent.oid));
                open.entry(parent.oid).or_default().extend(same);
            }
            folders.insert(parent.tree, there);
        }
        for name in asked {
            found.by_name.insert(name, commit.clone());
        }
    }
    found.complete = found.by_name.len() == total;
    Ok(found)
}

/// The folder at one commit, kept for the visit of that commit after its child's.
fn folder(
    repo: &gix::Repository,
    commit: &Commit,
    path: Option<&PathInRepo>,
    limits: &Limits,
    folders: &mut HashMap<Oid, Names>,
) -> Result<Names> {
    if let Some(known) = folders.remove(&commit.tree) {
        return Ok(known);
    }
    let tree = to_gix(commit.tree);
    let id = match path {
        None => Some(tree),
        Some(path) => entry_at(repo, tree, path)?.filter(|(mode, _)| mode.is_tree()).map(|e| e.1),
    };
    id.map_or_else(|| Ok(Names::new()), |id| names(repo, id, limits.tree_entries_max))
}

fn names(repo: &gix::Repository, id: gix::ObjectId, entries_max: usize) -> Result<Names> {
    let tree = repo.find_tree(id)?;
    let mut names = Names::new();
    for entry in tree.iter().take(entries_max) {
        let entry = entry?;
        names.insert(entry.filename().to_vec(), (entry.mode().value(), entry.object_id()));
    }
    Ok(names)
}
