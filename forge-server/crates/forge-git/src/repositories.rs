//! The folder of repositories. A repository is addressed by its identifier alone, so that a
//! rename of module or owner moves nothing on disk.

use std::{
    collections::HashMap,
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
    time::{Duration, SystemTime},
};

use forge_domain::names::RefName;
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    child::{Git, GitVersion},
    durable,
    error::{Context, GitError, Result},
    limits::Limits,
    repository::Repository,
};

/// All repositories of one server: `<root>/<first two of the id>/<id>.git`. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Repositories {
    pub(crate) shared: Arc<Shared>,
}

/// What all handles have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) root: PathBuf,
    pub(crate) limits: Limits,
    pub(crate) git: Git,
    pub(crate) reads: Arc<Semaphore>,
    pub(crate) handles: Mutex<Handles>,
}

/// Open handles, the least recently used one leaving first.
#[derive(Debug, Default)]
pub(crate) struct Handles {
    open: HashMap<Uuid, (Arc<gix::ThreadSafeRepository>, u64)>,
    /// One lock a repository that is being written to; gone when nobody writes.
    writers: HashMap<Uuid, Weak<tokio::sync::Mutex<()>>>,
    uses: u64,
}

/// Folders of removed repositories end like this until they are swept for good.
const TOMBSTONE: &str = "removed";
/// Leftovers of pushes carry this name (see `receive`).
pub(crate) const INCOMING: &str = "incoming-";

/// The whole configuration of a repository. It is written once, by us, and nothing a person
/// sends reaches it (security.md A1 #19).
pub(crate) const CONFIG: &str = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\
    \tbare = true\n\tlogallrefupdates = false\n\tfsync = all\n[gc]\n\tauto = 0\n";

impl Repositories {
    /// Opens the folder, making it when it is absent, and looks for the system's git.
    ///
    /// # Errors
    /// [`GitError::GitProgram`] when git is missing or too old, [`GitError::Io`] when the
    /// folder cannot be made or written.
    pub async fn open(root: impl Into<PathBuf>, limits: Limits) -> Result<Self> {
        let root = root.into();
        private_folders(&root)?;
        let root = fs::canonicalize(&root).context(|| format!("opening {}", root.display()))?;
        let probe = root.join(format!(".probe-{}", Uuid::now_v7()));
        durable::write_new(&probe, b"")?;
        fs::remove_file(&probe).context(|| format!("writing in {}", root.display()))?;
        let git = Git::find(&limits).await?;
        let reads = Arc::new(Semaphore::new(limits.reads_max));
        let handles = Mutex::default();
        Ok(Self { shared: Arc::new(Shared { root, limits, git, reads, handles }) })
    }

    /// The version of the system's git.
    pub fn git_version(&self) -> GitVersion {
        self.shared.git.version()
    }

    /// Makes an empty bare repository whose HEAD names `default_branch`. It is
    /// complete and on disk when this returns, or not there at all.
    ///
    /// # Errors
    /// [`GitError::Exists`] when the identifier is taken.
    pub async fn create(&self, id: Uuid, default_branch: &RefName) -> Result<Repository> {
        let branch = default_branch.clone();
        let shared = Arc::clone(&self.shared);
        blocking(move || {
            let folder = shared.folder(id);
            if folder.exists() {
                return Err(GitError::Exists);
            }
            let parent = folder.parent().unwrap_or(&shared.root);
            private_folders(parent)?;
            let draft = parent.join(format!(".{id}.new-{}", Uuid::now_v7()));
            let made =
                lay_out(&draft, branch.as_str()).and_then(|()| durable::rename(&draft, &folder));
            if made.is_err() {
                let _ = fs::remove_dir_all(&draft);
                return if folder.exists() { Err(GitError::Exists) } else { made };
            }
            durable::sync_path(&shared.root)
        })
        .await?;
        self.get(id).await
    }

    /// The repository with this identifier.
    ///
    /// # Errors
    /// [`GitError::NoRepository`] when it is absent, [`GitError::Refused`] when its folder has
    /// a form this server never writes.
    pub async fn get(&self, id: Uuid) -> Result<Repository> {
        let shared = Arc::clone(&self.shared);
        blocking(move || shared.handle(id)).await?;
        Ok(Repository { id, shared: Arc::clone(&self.shared) })
    }

    /// Whether a repository with this identifier is on disk.
    pub async fn exists(&self, id: Uuid) -> Result<bool> {
        let shared = Arc::clone(&self.shared);
        blocking(move || Ok(shared.folder(id).is_dir())).await
    }

    /// Every identifier in the folder, for comparison with the database.
    pub async fn list(&self) -> Result<Vec<Uuid>> {
        let shared = Arc::clone(&self.shared);
        blocking(move || {
            let mut ids: Vec<Uuid> = shared
                .entries()?
                .into_iter()
                .filter_map(|(_, name)| name.strip_suffix(".git")?.parse().ok())
                .collect();
            ids.sort_unstable();
            Ok(ids)
        })
        .await
    }

    /// Takes the repository out of sight by renaming its folder; [`Self::sweep`] deletes it
    /// for good when its time has passed (security.md B2.3: deletion is slow).
    ///
    /// # Errors
    /// [`GitError::NoRepository`] when it is absent.
    pub async fn remove(&self, id: Uuid) -> Result<()> {
        let writer = self.shared.writer(id);
        let _turn = writer.lock().await;
        let shared = Arc::clone(&self.shared);
        blocking(move || {
            let folder = shared.folder(id);
            if !folder.is_dir() {
                return Err(GitError::NoRepository);
            }
            let tomb = folder.with_extension(format!("{TOMBSTONE}-{}", Uuid::now_v7()));
            durable::rename(&folder, &tomb)?;
            shared.forget(id);
            // The age of the tombstone counts from now, not from the last push.
            durable::write_new(&tomb.join("removed"), b"")
        })
        .await
    }

    /// Clears what interrupted work has left: quarantine folders, half-made repositories,
    /// stale locks, and removed repositories older than `tombstone_age`. Call it at start,
    /// before serving. Answers how many things were removed.
    pub async fn sweep(&self, tombstone_age: Duration) -> Result<usize> {
        let shared = Arc::clone(&self.shared);
        blocking(move || {
            let mut removed = 0;
            for (path, name) in shared.entries()? {
                if name.starts_with('.') && name.contains(".new-") {
                    removed += usize::from(fs::remove_dir_all(&path).is_ok());
                } else if name.contains(TOMBSTONE) {
                    let old = fs::metadata(path.join("removed"))
                        .and_then(|data| data.modified())
                        .is_ok_and(|at| {
                            SystemTime::now().duration_since(at).unwrap_or_default()
                                >= tombstone_age
                        });
                    removed += usize::from(old && fs::remove_dir_all(&path).is_ok());
                } else if name.ends_with(".git") {
                    removed += sweep_one(&path);
                }
            }
            Ok(removed)
        })
        .await
    }
}

impl Shared {
    /// Where the repository lives.
    pub(crate) fn folder(&self, id: Uuid) -> PathBuf {
        let name = id.to_string();
        self.root.join(&name[..2]).join(format!("{name}.git"))
    }

    /// An open handle, from memory when possible.
    pub(crate) fn handle(&self, id: Uuid) -> Result<Arc<gix::ThreadSafeRepository>> {
        if let Some(handle) = self.handles().find(id) {
            return Ok(handle);
        }
        let folder = self.folder(id);
        if !folder.is_dir() {
            return Err(GitError::NoRepository);
        }
        check_form(&folder)?;
        let handle = Arc::new(open(&folder, &self.limits)?);
        self.handles().keep(id, Arc::clone(&handle), self.limits.handles_max);
        Ok(handle)
    }

    /// Drops the handle: after a push its table of packs would be one short.
    pub(crate) fn forget(&self, id: Uuid) {
        self.handles().open.remove(&id);
    }

    /// The lock that writers of one repository take in turn.
    pub(crate) fn writer(&self, id: Uuid) -> Arc<tokio::sync::Mutex<()>> {
        let mut handles = self.handles();
        if let Some(lock) = handles.writers.get(&id).and_then(Weak::upgrade) {
            return lock;
        }
        handles.writers.retain(|_, lock| lock.strong_count() > 0);
        let lock = Arc::default();
        handles.writers.insert(id, Arc::downgrade(&lock));
        lock
    }

    fn handles(&self) -> std::sync::MutexGuard<'_, Handles> {
        // Nothing that holds this lock can leave the map half changed.
        self.handles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Path and name of everything one level below the two-letter folders.
    fn entries(&self) -> Result<Vec<(PathBuf, String)>> {
        let deed = || format!("reading {}", self.root.display());
        let mut found = Vec::new();
        for shelf in fs::read_dir(&self.root).context(deed)? {
            let shelf = shelf.context(deed)?;
            if !shelf.file_type().context(deed)?.is_dir() {
                continue;
            }
            for entry in fs::read_dir(shelf.path()).context(deed)? {
                let entry = entry.context(deed)?;
                if let Ok(name) = entry.file_name().into_string() {
                    found.push((entry.path(), name));
                }
            }
        }
        Ok(found)
    }
}

impl Handles {
    fn find(&mut self, id: Uuid) -> Option<Arc<gix::ThreadSafeRepository>> {
        self.uses += 1;
        let uses = self.uses;
        self.open.get_mut(&id).map(|(handle, last)| {
            *last = uses;
            Arc::clone(handle)
        })
    }

    fn keep(&mut self, id: Uuid, handle: Arc<gix::ThreadSafeRepository>, at_most: usize) {
        if self.open.len() >= at_most
            && let Some(oldest) =
                self.open.iter().min_by_key(|(_, (_, last))| *last).map(|(id, _)| *id)
        {
            self.open.remove(&oldest);
        }
        let uses = self.uses;
        self.open.insert(id, (handle, uses));
    }
}

/// Runs file system work where it may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(failure) => {
            tracing::error!(%failure, "work on a repository broke off");
            Err(GitError::Damaged("reading it broke off".to_owned()))
        }
    }
}

pub(crate) fn open(folder: &Path, limits: &Limits) -> Result<gix::ThreadSafeRepository> {
    // Every push adds a pack, and gix fixes the number of its slots when it opens: leave room
    // for pushes that a running request may meet (git-engine.md P2).
    let slots = gix::odb::store::init::Slots::AsNeededByDiskState { multiplier: 2.0, minimum: 64 };
    let options = gix::open::Options::isolated()
        .object_store_slots(slots)
        .strict_config(false)
        .open_path_as_is(true)
        .with(gix::sec::Trust::Full)
        .config_overrides([
            "core.useReplaceRefs=false".to_owned(),
            // Nothing pushed is larger; what a restore may bring is refused before it is held.
            format!("gitoxide.objects.allocLimit={}", limits.object_bytes_max.saturating_mul(2)),
        ]);
    Ok(gix::ThreadSafeRepository::open_opts(folder, options)?)
}

/// Refuses what this server never writes: links in the object store, borrowed objects, another
/// reference format (security.md A2 #36, §0.2; gix reads a reftable repository as an empty one).
fn check_form(folder: &Path) -> Result<()> {
    let refused = |reason| Err(GitError::Refused { path: folder.to_owned(), reason });
    for name in ["objects", "objects/pack", "refs", "refs/heads"] {
        if !fs::symlink_metadata(folder.join(name)).is_ok_and(|data| data.is_dir()) {
            return refused("one of its folders is missing or is a link");
        }
    }
    if folder.join("objects/info/alternates").exists() {
        return refused("it borrows objects from another repository");
    }
    if folder.join("reftable").exists() {
        return refused("its references are in the reftable format");
    }
    if folder.join("hooks").exists() {
        return refused("it holds hooks");
    }
    Ok(())
}

fn lay_out(folder: &Path, branch: &str) -> Result<()> {
    for name in ["objects/info", "objects/pack", "refs/heads", "refs/tags"] {
        private_folders(&folder.join(name))?;
    }
    durable::write_new(&folder.join("config"), CONFIG.as_bytes())?;
    durable::write_new(&folder.join("HEAD"), format!("ref: {branch}\n").as_bytes())?;
    for name in ["objects/info", "objects/pack", "objects", "refs/heads", "refs/tags", "refs", ""] {
        durable::sync_path(&folder.join(name))?;
    }
    Ok(())
}

pub(crate) fn private_folders(path: &Path) -> Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .context(|| format!("making the folder {}", path.display()))
}

/// Leftovers in one repository: nobody else runs when this is called.
fn sweep_one(folder: &Path) -> usize {
    let mut removed = 0;
    for entry in fs::read_dir(folder.join("objects")).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(INCOMING) {
            removed += usize::from(fs::remove_dir_all(entry.path()).is_ok());
        }
    }
    for entry in fs::read_dir(folder.join("objects/pack")).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with("tmp_") {
            removed += usize::from(fs::remove_file(entry.path()).is_ok());
        }
    }
    for lock in ["HEAD.lock", "packed-refs.lock", "config.lock"] {
        removed += usize::from(fs::remove_file(folder.join(lock)).is_ok());
    }
    removed + sweep_locks(&folder.join("refs"), 0)
}

/// Removes `*.lock` below `refs`; a depth limit stands against a folder that loops.
fn sweep_locks(folder: &Path, depth: usize) -> usize {
    const DEPTH_MAX: usize = 64;
    let mut removed = 0;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_dir && depth < DEPTH_MAX {
            removed += sweep_locks(&entry.path(), depth + 1);
        } else if !is_dir && entry.file_name().to_string_lossy().ends_with(".lock") {
            removed += usize::from(fs::remove_file(entry.path()).is_ok());
        }
    }
    removed
}
