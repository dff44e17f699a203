//! One file: bounded for a page, streamed for a download.

use bytes::Bytes;
use forge_domain::names::{Oid, PathInRepo};

use super::tree::{EntryKind, kind_of};
use crate::{
    error::{GitError, Result},
    repository::{Repository, entry_at, from_gix, to_gix, tree_of},
    stream::Answer,
};

/// Above this size, in bytes, a file is not held in memory for a download.
const HELD_BYTES_MAX: u64 = 4 << 20;
/// git looks for a NUL in this many first bytes to call a file binary.
const SNIFFED_BYTES: usize = 8000;
/// No pointer of LFS is longer (its own specification says under 1024 bytes).
const POINTER_BYTES_MAX: u64 = 1024;

/// A file, or the text of a link's target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// The object.
    pub oid: Oid,
    /// File, executable or link.
    pub kind: EntryKind,
    /// Its whole size in bytes.
    pub size: u64,
    /// Its bytes; nothing when it is larger than was asked for.
    pub content: Option<Bytes>,
    /// Whether it holds a NUL near its beginning; unknown, hence false, without content.
    pub is_binary: bool,
    /// What it stands for, when it is a pointer of git-lfs.
    pub lfs: Option<LfsPointer>,
}

/// A pointer of git-lfs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LfsPointer {
    /// SHA-256 of the real content, in hexadecimal.
    pub sha256: String,
    /// Size of the real content in bytes.
    pub size: u64,
}

impl Repository {
    /// The file at `path` in `commit`, with its bytes when it has at most `bytes_max`.
    ///
    /// # Errors
    /// [`GitError::NotFound`] when the commit is absent or no file stands there.
    pub async fn blob(&self, commit: Oid, path: &PathInRepo, bytes_max: u64) -> Result<Blob> {
        let path = path.clone();
        self.read(move |repo| {
            let tree = tree_of(repo, commit)?;
            let missing = || GitError::NotFound(format!("the file {path}"));
            let (mode, id) = entry_at(repo, tree, &path)?.ok_or_else(missing)?;
            let kind = kind_of(mode);
            if matches!(kind, EntryKind::Folder | EntryKind::Submodule) {
                return Err(missing());
            }
            let size = repo.try_find_header(id)?.ok_or_else(missing)?.size();
            let content = match size <= bytes_max {
                true => Some(Bytes::from(repo.find_blob(id)?.take_data())),
                false => None,
            };
            let is_binary = content.as_deref().is_some_and(looks_binary);
            let lfs = content.as_deref().and_then(lfs_pointer);
            Ok(Blob { oid: from_gix(id), kind, size, content, is_binary, lfs })
        })
        .await
    }

    /// The bytes of a file as a stream, with its size: small ones from memory, big ones from
    /// a child, so that a download holds no more than a few buffers.
    ///
    /// The caller has found `oid` by [`Self::entry`] or [`Self::blob`]: this door checks no
    /// reachability.
    ///
    /// # Errors
    /// [`GitError::NotFound`] when there is no such file.
    pub async fn blob_stream(&self, oid: Oid) -> Result<(u64, Answer)> {
        let found = self
            .read(move |repo| {
                let header = repo
                    .try_find_header(to_gix(oid))?
                    .filter(|header| header.kind() == gix::objs::Kind::Blob)
                    .ok_or_else(|| GitError::NotFound(format!("the file {oid}")))?;
                let small = header.size() <= HELD_BYTES_MAX;
                let bytes = match small {
                    true => Some(Bytes::from(repo.find_blob(to_gix(oid))?.take_data())),
                    false => None,
                };
                Ok((header.size(), bytes))
            })
            .await?;
        match found {
            (size, Some(bytes)) => Ok((size, Answer::from_bytes(bytes))),
            (size, None) => {
                let git = &self.shared.git;
                let mut command = git.command(&self.folder());
                command.args(["cat-file", "blob"]).arg(oid.to_string());
                let running = git.start(&mut command, git.slot().await?)?;
                Ok((size, Answer::from_child(running, Bytes::new())))
            }
        }
    }
}

/// git's own test for a binary file.
pub(crate) fn looks_binary(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(SNIFFED_BYTES)].contains(&0)
}

fn lfs_pointer(bytes: &[u8]) -> Option<LfsPointer> {
    if bytes.len() as u64 > POINTER_BYTES_MAX {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = text.lines();
    if lines.next()? != "version https://git-lfs.github.com/spec/v1" {
        return None;
    }
    let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key));
    let sha256 = value("oid sha256:")?;
    let well_formed = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = value("size ")?.parse().ok()?;
    well_formed.then(|| LfsPointer { sha256: sha256.to_owned(), size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_told_from_a_text_about_pointers() {
        let oid = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";
        let pointer =
            format!("version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 12345\n");
        let read = lfs_pointer(pointer.as_bytes());
        assert_eq!(read, Some(LfsPointer { sha256: oid.to_owned(), size: 12_345 }));
        assert_eq!(lfs_pointer(pointer.replace("size 12345", "size many").as_bytes()), None);
        assert_eq!(lfs_pointer(format!("# LFS\n{pointer}").as_bytes()), None);
        assert_eq!(lfs_pointer(pointer.replace(oid, "4d7a").as_bytes()), None);
    }
}
