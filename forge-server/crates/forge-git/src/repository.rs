//! One repository: the handle from which everything else is asked.

use std::{path::PathBuf, sync::Arc};

use forge_domain::names::{Oid, PathInRepo};
use uuid::Uuid;

use crate::{
    durable,
    error::{GitError, Result},
    limits::Limits,
    repositories::{Shared, blocking},
};

/// One repository of the folder. Cheap to clone; holds no file open by itself.
#[derive(Clone, Debug)]
pub struct Repository {
    pub(crate) id: Uuid,
    pub(crate) shared: Arc<Shared>,
}

impl Repository {
    /// The identifier under which it lies on disk.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Its folder on disk.
    pub fn folder(&self) -> PathBuf {
        self.shared.folder(self.id)
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// Runs `work` on an open handle where it may block, a bounded number at once.
    ///
    /// # Errors
    /// [`GitError::Busy`] when no slot is free in time; what `work` answers.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&gix::Repository) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let slot = Arc::clone(&self.shared.reads).acquire_owned();
        let _slot = match tokio::time::timeout(self.limits().wait_max, slot).await {
            Ok(Ok(slot)) => slot,
            _ => return Err(GitError::Busy),
        };
        let (shared, id) = (Arc::clone(&self.shared), self.id);
        blocking(move || {
            let attempt = || {
                let mut repo = shared.handle(id)?.to_thread_local();
                repo.object_cache_size_if_unset(4 << 20);
                work(&repo)
            };
            match attempt() {
                // Packs arrived since the handle was opened (git-engine.md P2): open it anew.
                Err(GitError::Damaged(words)) if words.contains("index slots") => {
                    shared.forget(id);
                    attempt()
                }
                result => result,
            }
        })
        .await
    }
}

impl Repository {
    /// Runs `work` as the repository's only writer and flushes what it has written. Once begun
    /// it runs to its end, also when the caller goes away and the future is dropped.
    ///
    /// # Errors
    /// [`GitError::Busy`] when no slot is free in time; what `work` answers.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&gix::Repository) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let repository = self.clone();
        let task = tokio::spawn(async move {
            let writer = repository.shared.writer(repository.id);
            let _turn = writer.lock().await;
            let folder = repository.folder();
            let result = repository
                .read(move |repo| {
                    let done = work(repo)?;
                    durable::sync_file_system(&folder)?;
                    Ok(done)
                })
                .await;
            repository.shared.forget(repository.id);
            result
        });
        task.await.unwrap_or_else(|failure| {
            tracing::error!(%failure, "writing to a repository broke off");
            Err(GitError::Damaged("writing to it broke off".to_owned()))
        })
    }
}

pub(crate) fn to_gix(oid: Oid) -> gix::ObjectId {
    gix::ObjectId::Sha1(*oid.as_bytes())
}

pub(crate) fn from_gix(id: impl AsRef<gix::oid>) -> Oid {
    let mut bytes = [0; 20];
    // Only SHA-1 repositories are made here; another hash is refused when its config is read.
    for (to, from) in bytes.iter_mut().zip(id.as_ref().as_bytes()) {
        *to = *from;
    }
    Oid::new(bytes)
}

/// The tree entry at `path` below `tree`; nothing when there is none.
pub(crate) fn entry_at(
    repo: &gix::Repository,
    tree: gix::ObjectId,
    path: &PathInRepo,
) -> Result<Option<(gix::objs::tree::EntryMode, gix::ObjectId)>> {
    let mut folder = tree;
    let mut components = path.components().peekable();
    while let Some(name) = components.next() {
        let object = repo.find_object(folder)?;
        if object.kind != gix::objs::Kind::Tree {
            return Ok(None);
        }
        let found = gix::objs::TreeRefIter::from_bytes(&object.data, repo.object_hash())
            .filter_map(std::result::Result::ok)
            .find(|entry| entry.filename == name)
            .map(|entry| (entry.mode, entry.oid.to_owned()));
        match found {
            Some(found) if components.peek().is_none() => return Ok(Some(found)),
            Some((mode, id)) if mode.is_tree() => folder = id,
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// The tree of a commit.
pub(crate) fn tree_of(repo: &gix::Repository, commit: Oid) -> Result<gix::ObjectId> {
    let object = repo
        .try_find_object(to_gix(commit))?
        .filter(|object| object.kind == gix::objs::Kind::Commit)
        .ok_or_else(|| GitError::NotFound(format!("the commit {commit}")))?;
    let tree = object.into_commit().tree_id()?.detach();
    Ok(tree)
}
