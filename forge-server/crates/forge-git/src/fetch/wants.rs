//! May this reader have this object? Protocol v2 itself does not ask: git hands out anything
//! that exists, deleted branches included (measured in security.md §0.4). An object may be had
//! when a branch, a tag or a version of a merge request leads to it.

use std::{collections::HashSet, time::Instant};

use gix::{ObjectId, objs::Kind};

use crate::{
    error::Result,
    limits::Limits,
    read::{head_commit, raw_refs},
    requests::request_refs,
};

/// The first of `wanted` that no visible reference leads to, or that was not found to be led
/// to within the limits of time and commits; nothing when all may be had.
pub(crate) fn unreachable(
    repo: &gix::Repository,
    wanted: HashSet<ObjectId>,
    limits: &Limits,
) -> Result<Option<ObjectId>> {
    let mut search = Search { repo, missing: wanted, started: Instant::now(), limits };
    // Nearly every request asks for tips: one pass over the references answers it.
    let mut tips: Vec<ObjectId> = head_commit(repo)?.into_iter().collect();
    for reference in raw_refs(repo)? {
        search.missing.remove(&reference.target);
        if let Some(peeled) = reference.peeled {
            search.missing.remove(&peeled);
        }
        tips.push(reference.peeled.unwrap_or(reference.target));
    }
    if search.missing.is_empty() {
        return Ok(None);
    }
    // These are many, and asked for now and then: they are read when they are needed.
    for (_, target) in request_refs(repo, None)? {
        search.missing.remove(&target);
        tips.push(target);
    }
    if search.missing.is_empty() {
        return Ok(None);
    }
    for id in &search.missing {
        // What does not exist needs no walk to be refused.
        if repo.try_find_header(*id)?.is_none() {
            return Ok(Some(*id));
        }
    }
    search.walk(tips)?;
    Ok(search.missing.into_iter().min())
}

struct Search<'a> {
    repo: &'a gix::Repository,
    missing: HashSet<ObjectId>,
    started: Instant,
    limits: &'a Limits,
}

impl Search<'_> {
    fn walk(&mut self, tips: Vec<ObjectId>) -> Result<()> {
        let (mut commits, mut others) = (Vec::new(), Vec::new());
        for tip in tips {
            match self.repo.try_find_header(tip)?.map(|header| header.kind()) {
                Some(Kind::Commit) => commits.push(tip),
                Some(_) => others.push(tip),
                None => {}
            }
        }
        let mut inside = HashSet::new();
        // A partial clone asks for files and folders, mostly of the tips: look there first.
        if self.wants_content()? {
            for commit in &commits {
                let tree = self.repo.find_commit(*commit)?.tree_id()?.detach();
                self.content(tree, &mut inside)?;
                if self.is_over() {
                    return Ok(());
                }
            }
            for other in others {
                self.content(other, &mut inside)?;
            }
        }
        let content = self.wants_content()?;
        let newest = gix::revision::walk::Sorting::ByCommitTime(Default::default());
        let walk = self.repo.rev_walk(commits).sorting(newest).all()?;
        for info in walk.take(self.limits.walk_commits_max) {
            if self.is_over() {
                return Ok(());
            }
            let info = info?;
            self.missing.remove(&info.id);
            if content && !self.missing.is_empty() {
                let tree = info.object()?.tree_id()?.detach();
                self.content(tree, &mut inside)?;
            }
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        self.missing.is_empty() || self.started.elapsed() > self.limits.want_search_max
    }

    fn wants_content(&self) -> Result<bool> {
        for id in &self.missing {
            let kind = self.repo.try_find_header(*id)?.map(|header| header.kind());
            if matches!(kind, Some(Kind::Tree | Kind::Blob)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Crosses off everything below a tree (or the file itself), each tree once.
    fn content(&mut self, top: ObjectId, inside: &mut HashSet<ObjectId>) -> Result<()> {
        self.missing.remove(&top);
        let mut open = vec![top];
        while let Some(id) = open.pop() {
            if self.is_over() {
                return Ok(());
            }
            if !inside.insert(id) {
                continue;
            }
            let object = self.repo.find_object(id)?;
            if object.kind != Kind::Tree {
                continue;
            }
            for entry in gix::objs::TreeRefIter::from_bytes(&object.data, self.repo.object_hash()) {
                let Ok(entry) = entry else { break };
                // A submodule's commit is another repository's: it proves nothing here.
                if entry.mode.is_commit() {
                    continue;
                }
                self.missing.remove(entry.oid);
                if entry.mode.is_tree() {
                    open.push(entry.oid.to_owned());
                }
            }
        }
        Ok(())
    }
}
