//! One file that holds the whole forge: every row, every repository, every document, the keys.
//!
//! An archive is a tar file that any tool opens. Its first member says what it is, its last lists
//! every other with size and SHA-256, so that a file that was cut or changed is known before
//! anything is put back. Rows are lines of JSON that either engine reads (forge_store::dump);
//! repositories are what git itself would open.

mod archive;
mod contents;
mod restore;
mod rows;
mod write;

use std::{io, path::PathBuf};

use forge_store::StoreError;
use serde::{Deserialize, Serialize};

use crate::{StartError, error::Error};

pub use restore::restore;
pub use write::write;

/// What the first member says it is.
const FORMAT: &str = "beffroi-backup";
/// The version of the archive's own form.
const VERSION: u32 = 1;
/// The first member.
const HEADER: &str = "header.json";
/// The last member.
const MANIFEST: &str = "manifest.json";

/// What a backup is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Always `beffroi-backup`.
    pub format: String,
    /// Of the archive's own form.
    pub version: u32,
    /// The schema of its rows.
    pub schema: i64,
    /// The program that wrote it.
    pub program: String,
    /// The instant it shows, as RFC 3339.
    pub made_at: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The header again: the list covers it.
    #[serde(flatten)]
    pub header: Header,
    /// The newest entry of every space's ledger.
    pub ledgers: Vec<LedgerHead>,
    /// Every other member, in order.
    pub members: Vec<Member>,
}

/// The newest entry of a space's ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerHead {
    /// The space.
    pub space: String,
    /// Its number.
    pub seq: i64,
    /// Its hash, as hexadecimal.
    pub hash: String,
}

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its path in the archive.
    pub name: String,
    /// Its size.
    pub size_bytes: u64,
    /// Its SHA-256, as hexadecimal.
    pub sha256: String,
}

/// What was written or put back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Rows of the database.
    pub rows: u64,
    /// Repositories.
    pub repositories: u64,
    /// Documents behind pledges.
    pub evidence: u64,
    /// The size of the archive.
    pub size_bytes: u64,
}

/// Why a backup was not written or not put back: one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is there.
    #[error("{0} exists already: choose another name, a backup never replaces a file")]
    FileExists(PathBuf),
    /// The file system refused something.
    #[error("{path}: {source}")]
    File {
        /// Where.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// It is not an archive of ours, or not a whole one.
    #[error("{path} is not a whole backup of a forge: {why}. Nothing was put back")]
    NotWhole {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Its rows are not this program's.
    #[error(
        "the backup has schema {backup} and was written by forge-server {program}; this one reads \
         schema {ours}. Put it back with that version, then upgrade"
    )]
    OtherSchema {
        /// Of the backup.
        backup: i64,
        /// The version that wrote it.
        program: String,
        /// Of this program.
        ours: i64,
    },
    /// There is something where it is to be put back.
    #[error("{0} is not empty: a backup is put back into an empty place only")]
    NotEmpty(String),
    /// A repository of the archive is damaged.
    #[error("the repository {id} of the backup cannot be put back: {source}")]
    Repository {
        /// Which.
        id: uuid::Uuid,
        /// What git said.
        source: forge_git::GitError,
    },
    /// The database refused something.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The forge cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Something else failed.
    #[error(transparent)]
    Other(#[from] Error),
}

/// An error of the file system with the path it is about.
fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.into();
    move |source| BackupError::File { path, source }
}
