//! What "on disk" means here. Neither gix nor git's defaults survive a power cut, measured in
//! security.md §0.1: files and their folders are flushed by us before anything is acknowledged.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

use crate::error::{Context, Result};

/// Flushes everything pending on the file system that holds `folder`: new objects, references
/// and the renames that put them in place.
pub(crate) fn sync_file_system(folder: &Path) -> Result<()> {
    let handle = File::open(folder).context(|| format!("opening {}", folder.display()))?;
    rustix::fs::syncfs(&handle).context(|| format!("flushing {} to disk", folder.display()))
}

/// Flushes one file's content, or one folder's list of names.
pub(crate) fn sync_path(path: &Path) -> Result<()> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .context(|| format!("flushing {} to disk", path.display()))
}

/// Writes a new file and flushes it.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let deed = || format!("writing {}", path.display());
    let mut file = File::create_new(path).context(deed)?;
    file.write_all(bytes).context(deed)?;
    file.sync_all().context(deed)
}

/// Renames and flushes the folder that received the name.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).context(|| format!("moving to {}", to.display()))?;
    to.parent().map_or(Ok(()), sync_path)
}
