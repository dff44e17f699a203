//! Writing the tar file: each member is hashed as it passes, and nothing is held in memory.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{BackupError, Member, at};
use crate::auth::secret::hex;

/// An archive in the making: `FILE.partial` until [`Archive::finish`].
pub(super) struct Archive {
    tar: tar::Builder<BufWriter<File>>,
    path: PathBuf,
    partial: PathBuf,
    made_at: u64,
    members: Vec<Member>,
}

impl Archive {
    /// Begins one, readable by us alone: it holds keys, addresses and documents.
    pub(super) fn create(path: &Path, made_at: Timestamp) -> Result<Self, BackupError> {
        if path.exists() {
            return Err(BackupError::FileExists(path.to_owned()));
        }
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        // What an interrupted backup left is nobody's.
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600).open(&partial);
        let file = file.map_err(at(&partial))?;
        Ok(Self {
            tar: tar::Builder::new(BufWriter::with_capacity(1 << 18, file)),
            path: path.to_owned(),
            partial,
            made_at: u64::try_from(made_at.as_second()).unwrap_or_default(),
            members: Vec::new(),
        })
    }

    /// What was added so far.
    pub(super) fn members(&self) -> &[Member] {
        &self.members
    }

    /// Adds bytes.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), BackupError> {
        let size = bytes.len() as u64;
        self.append(name, size, bytes).map_err(at(&self.partial))
    }

    /// Adds a file as it is now; one that grows meanwhile is cut where it ended.
    pub(super) fn add_file(&mut self, name: &str, from: &Path) -> Result<(), BackupError> {
        let file = File::open(from).map_err(at(from))?;
        let size = file.metadata().map_err(at(from))?.len();
        self.append(name, size, file.take(size)).map_err(at(from))
    }

    fn append(&mut self, name: &str, size: u64, from: impl Read) -> io::Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Regular);
        header.set_size(size);
        header.set_mode(0o600);
        header.set_mtime(self.made_at);
        let mut hashing = Hashing { from, digest: Sha256::new(), read: 0 };
        self.tar.append_data(&mut header, name, &mut hashing)?;
        if hashing.read != size {
            return Err(io::Error::other("it shrank while it was read"));
        }
        let sha256 = hex(&hashing.digest.finalize());
        self.members.push(Member { name: name.to_owned(), size_bytes: size, sha256 });
        Ok(())
    }

    /// Ends the archive; it has its name only when it is on disk. Its size.
    pub(super) fn finish(self) -> Result<u64, BackupError> {
        let Self { mut tar, path, partial, .. } = self;
        let written = (|| {
            tar.finish()?;
            let mut buffer = tar.into_inner()?;
            buffer.flush()?;
            let file = buffer.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            Ok(file.metadata()?.len())
        })();
        let size = written.map_err(at(&partial))?;
        fs::rename(&partial, &path).map_err(at(&path))?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))?;
        Ok(size)
    }
}

/// A reader that hashes what passes.
struct Hashing<R> {
    from: R,
    digest: Sha256,
    read: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.digest.update(&buffer[..read]);
        self.read += read as u64;
        Ok(read)
    }
}
