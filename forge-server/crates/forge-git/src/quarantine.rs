//! Where objects stand until they are judged: a folder beside the store, with the store as its
//! alternate, that nothing else reads. It is laid out as a bare repository so that the checks
//! can ask it with the same calls as any other.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use tokio::process::Command;
use uuid::Uuid;

use crate::{
    durable,
    error::{Context, Result},
    repositories::INCOMING,
    repository::Repository,
};

/// A quarantine. Dropping it removes everything in it.
#[derive(Debug)]
pub(crate) struct Quarantine {
    pub(crate) folder: PathBuf,
    /// Whether there is anything to keep: a new branch on a known commit sends an empty pack.
    pub(crate) holds_objects: bool,
}

impl Quarantine {
    /// Makes an empty one.
    pub(crate) fn new(repository: &Repository) -> Result<Self> {
        let store = repository.folder().join("objects");
        let folder = store.join(format!("{INCOMING}{}", Uuid::now_v7()));
        let made = Self { folder, holds_objects: true };
        let deed = || format!("making {}", made.folder.display());
        // Not with its parents: a repository that was just removed must not come back.
        fs::create_dir(&made.folder).context(deed)?;
        for name in ["objects/pack", "objects/info", "refs"] {
            fs::create_dir_all(made.folder.join(name)).context(deed)?;
        }
        let config = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";
        fs::write(made.folder.join("config"), config).context(deed)?;
        fs::write(made.folder.join("HEAD"), "ref: refs/heads/none\n").context(deed)?;
        Ok(made)
    }

    /// Lends the quarantine's objects to a command on the repository.
    pub(crate) fn lend(&self, command: &mut Command, store: Option<&Path>) {
        command.env("GIT_OBJECT_DIRECTORY", self.folder.join("objects"));
        if let Some(store) = store {
            command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", quoted(store));
        }
    }

    /// Makes the repository's own objects visible from the quarantine, for gix.
    pub(crate) fn borrow(&self, store: &Path) -> Result<()> {
        use std::os::unix::ffi::OsStrExt;
        let path = [quoted(store).as_bytes(), b"\n"].concat();
        fs::write(self.folder.join("objects/info/alternates"), path)
            .context(|| "writing in the quarantine".to_owned())
    }

    /// Moves what it holds into the repository: content first, names after. Of a pack the index
    /// comes last, because a pack without an index is not seen and an index without its pack is
    /// damage. Names are hashes of their content: what is there already is the same.
    pub(crate) fn migrate(&self, repository: &Path) -> Result<()> {
        if !self.holds_objects {
            return Ok(());
        }
        let (from, to) = (self.folder.join("objects"), repository.join("objects"));
        let mut files = Vec::new();
        for entry in listed(&from.join("pack"))? {
            let rank = match entry.extension().and_then(|ending| ending.to_str()) {
                Some("pack") => 1,
                Some("rev") => 2,
                Some("idx") => 3,
                _ => continue,
            };
            files.push((rank, entry));
        }
        for shelf in listed(&from)? {
            let name = shelf.file_name().unwrap_or_default().as_encoded_bytes();
            if name.len() == 2 && name.iter().all(u8::is_ascii_hexdigit) {
                files.extend(listed(&shelf)?.into_iter().map(|file| (0, file)));
            }
        }
        files.sort();
        for (_, path) in &files {
            durable::sync_path(path)?;
        }
        let mut shelves = BTreeSet::new();
        for (_, path) in &files {
            let target = to.join(path.strip_prefix(&from).unwrap_or(path));
            let shelf = target.parent().unwrap_or(&to);
            // Not with its parents: a repository that was just removed must not come back.
            if let Err(error) = fs::create_dir(shelf)
                && error.kind() != io::ErrorKind::AlreadyExists
            {
                return Err(error).context(|| format!("making {}", shelf.display()));
            }
            if !target.exists() {
                fs::rename(path, &target).context(|| format!("moving to {}", target.display()))?;
            }
            shelves.insert(shelf.to_owned());
        }
        shelves.iter().try_for_each(|shelf| durable::sync_path(shelf))?;
        durable::sync_path(&to)
    }
}

impl Drop for Quarantine {
    fn drop(&mut self) {
        // A child that was killed a moment ago may still put one thing more into it.
        const ATTEMPTS_MAX: usize = 5;
        for _ in 0..ATTEMPTS_MAX {
            match fs::remove_dir_all(&self.folder) {
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(%error, "a quarantine could not be removed");
                    return;
                }
                _ => return,
            }
        }
        tracing::warn!("a quarantine is left to the sweep at the next start");
    }
}

/// What stands in a folder.
fn listed(folder: &Path) -> Result<Vec<PathBuf>> {
    let deed = || format!("reading {}", folder.display());
    let entries = fs::read_dir(folder).context(deed)?;
    entries.map(|entry| Ok(entry.context(deed)?.path())).collect()
}

/// A path as git reads it in a list parted by colons, whatever it contains.
fn quoted(path: &Path) -> OsString {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let mut bytes = vec![b'"'];
    for byte in path.as_os_str().as_bytes() {
        if matches!(byte, b'"' | b'\\') {
            bytes.push(b'\\');
        }
        bytes.push(*byte);
    }
    bytes.push(b'"');
    OsString::from_vec(bytes)
}
