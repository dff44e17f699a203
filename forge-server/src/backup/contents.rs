//! Reading an archive: the whole of it is checked before any of it is believed.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufReader, Read, Seek as _, SeekFrom},
    path::{Component, Path, PathBuf},
};

use forge_store::dump;
use sha2::{Digest as _, Sha256};

use super::{BackupError, FORMAT, HEADER, MANIFEST, Manifest, VERSION, at};
use crate::auth::secret::hex;

/// Larger lists of members are not of ours: ten million files.
const MANIFEST_BYTES_MAX: u64 = 2 << 30;

/// An archive that was read once and is what its list says.
#[derive(Debug)]
pub(super) struct Contents {
    file: File,
    path: PathBuf,
    /// What it says it holds; every word of it was checked.
    pub(super) manifest: Manifest,
    /// Its size.
    pub(super) size_bytes: u64,
}

impl Contents {
    /// Opens an archive and holds every member against the list at its end.
    ///
    /// # Errors
    /// [`BackupError::NotWhole`] with the first thing that is wrong.
    pub(super) fn check(path: &Path) -> Result<Self, BackupError> {
        let file = File::open(path).map_err(at(path))?;
        let size_bytes = file.metadata().map_err(at(path))?.len();
        let whole = read_all(&file);
        let manifest = whole.map_err(|why| BackupError::NotWhole { path: path.to_owned(), why })?;
        Ok(Self { file, path: path.to_owned(), manifest, size_bytes })
    }

    /// Hands each member to `take` again, with its name. A file that was exchanged since
    /// [`Contents::check`] is found out here: the handle is the same, and so must the hashes be.
    pub(super) fn each(
        &mut self,
        mut take: impl FnMut(&str, &mut dyn Read) -> Result<(), BackupError>,
    ) -> Result<(), BackupError> {
        self.file.seek(SeekFrom::Start(0)).map_err(at(&self.path))?;
        let mut tar = tar::Archive::new(BufReader::with_capacity(1 << 18, &self.file));
        let mut members = self.manifest.members.iter();
        for entry in tar.entries().map_err(at(&self.path))? {
            let entry = entry.map_err(at(&self.path))?;
            let Some(member) = members.next() else { break };
            let mut hashing = Hashing { from: entry, digest: Sha256::new() };
            take(&member.name, &mut hashing)?;
            io::copy(&mut hashing, &mut io::sink()).map_err(at(&self.path))?;
            if hex(&hashing.digest.finalize()) != member.sha256 {
                let why = format!("{} was changed while it was read", member.name);
                return Err(BackupError::NotWhole { path: self.path.clone(), why });
            }
        }
        Ok(())
    }
}

struct Hashing<R> {
    from: R,
    digest: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.digest.update(&buffer[..read]);
        Ok(read)
    }
}

/// Reads every member; the list, where everything in the file is on it and it is all there.
fn read_all(file: &File) -> Result<Manifest, String> {
    let mut tar = tar::Archive::new(BufReader::with_capacity(1 << 18, file));
    let mut found: Vec<(String, u64, String)> = Vec::new();
    let mut manifest: Option<Manifest> = None;
    // What the reader says would quote the bytes of whatever file this is.
    let broken = |_| "it is no archive, or a damaged one".to_owned();
    for entry in tar.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        if manifest.is_some() {
            return Err(format!("something follows {MANIFEST}"));
        }
        let name = name_of(&entry)?;
        if name == MANIFEST {
            let read = serde_json::from_reader(BufReader::new(entry.take(MANIFEST_BYTES_MAX)));
            manifest = Some(read.map_err(|error| format!("{MANIFEST}: {error}"))?);
            continue;
        }
        let mut hashing = Hashing { from: &mut entry, digest: Sha256::new() };
        let size = io::copy(&mut hashing, &mut io::sink());
        let size = size.map_err(|error| format!("{name}: {error}"))?;
        found.push((name, size, hex(&hashing.digest.finalize())));
    }
    let manifest = manifest.ok_or_else(|| format!("its end with {MANIFEST} is missing"))?;
    if manifest.header.format != FORMAT || manifest.header.version != VERSION {
        let header = &manifest.header;
        return Err(format!("it is a {} of version {}", header.format, header.version));
    }
    compare(&manifest, &found)?;
    Ok(manifest)
}

fn compare(manifest: &Manifest, found: &[(String, u64, String)]) -> Result<(), String> {
    if found.first().is_none_or(|(name, ..)| name != HEADER) {
        return Err(format!("it does not begin with {HEADER}"));
    }
    let mut seen = HashMap::new();
    for (member, (name, size, sha256)) in manifest.members.iter().zip(found) {
        if member.name != *name {
            return Err(format!("{name} stands where {} is listed", member.name));
        }
        if member.size_bytes != *size || member.sha256 != *sha256 {
            return Err(format!("{name} is not what was written"));
        }
        if seen.insert(name, ()).is_some() {
            return Err(format!("{name} is there twice"));
        }
    }
    let (listed, there) = (manifest.members.len(), found.len());
    if listed != there {
        return Err(format!("{listed} files are listed and {there} are there"));
    }
    let missing = dump::TABLES.iter().find(|table| {
        let name = format!("database/{}.jsonl", table.name);
        !seen.contains_key(&name)
    });
    match missing {
        Some(table) => Err(format!("the rows of {} are missing", table.name)),
        None => Ok(()),
    }
}

/// The name of a member: a plain file, below one of our folders, that leads nowhere else.
fn name_of<R: Read>(entry: &tar::Entry<'_, R>) -> Result<String, String> {
    let bytes = entry.path_bytes();
    let name = std::str::from_utf8(&bytes).map_err(|_| "a name is not UTF-8".to_owned())?;
    if entry.header().entry_type() != tar::EntryType::Regular {
        return Err(format!("{name:?} is not a plain file"));
    }
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let straight = Path::new(name).components().all(plain)
        && !name.contains("//")
        && !name.contains("/./")
        && !name.contains('\0')
        && !name.ends_with('/');
    let top = name.split_once('/').map(|(top, _)| top);
    let ours = match top {
        None => matches!(name, HEADER | MANIFEST),
        Some(top) => matches!(top, "database" | "repositories" | "evidence" | "keys" | "themes"),
    };
    if straight && ours { Ok(name.to_owned()) } else { Err(format!("{name:?} has no place in it")) }
}
