//! The data folder: ours alone.

use std::{
    fs,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

/// The file that stands in a data folder while it is being filled: by a restore, or with the
/// example world. A folder that still holds it is half of something.
pub const UNFINISHED: &str = "unfinished";

/// Why the data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// It cannot be made or entered.
    #[error("the data folder {path} cannot be made: {source}. Choose another with --data")]
    Make {
        /// Which folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It cannot be written to.
    #[error(
        "the data folder {path} is not writable: {source}. Give it to the user the server runs \
         as, or choose another with --data"
    )]
    Write {
        /// Which folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Half a restore, or half an example world.
    #[error(
        "the data folder {0} holds a restore, or an example world, that was not finished: empty \
         it and begin again"
    )]
    Unfinished(PathBuf),
    /// A server has it.
    #[error(
        "another server is using the data folder {0}: stop it first, or choose another folder \
         with --data"
    )]
    InUse(PathBuf),
    /// There is nothing in it.
    #[error("there is no forge in {0}: say where it is with --data, or start one with `serve`")]
    Nothing(PathBuf),
}

/// A server's hold on its data folder: two servers on one folder would each take the other's work
/// for leftovers. The system lets go of it however the server ends.
#[derive(Debug)]
pub struct Hold(#[expect(dead_code, reason = "held, never read")] fs::File);

/// Takes the hold on a folder.
///
/// # Errors
/// [`DataError::InUse`] where another process has it.
pub fn hold(path: &Path) -> Result<Hold, DataError> {
    let unwritable = |source| DataError::Write { path: path.to_owned(), source };
    let file = fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path.join("lock"))
        .map_err(unwritable)?;
    match file.try_lock() {
        Ok(()) => Ok(Hold(file)),
        Err(fs::TryLockError::WouldBlock) => Err(DataError::InUse(path.to_owned())),
        Err(fs::TryLockError::Error(source)) => Err(unwritable(source)),
    }
}

/// Makes the folder, readable by us only, and checks that it can be written to.
pub fn prepare(path: &Path) -> Result<(), DataError> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|source| DataError::Make { path: path.to_owned(), source })?;
    let unwritable = |source| DataError::Write { path: path.to_owned(), source };
    // A folder that was there already keeps its owner but loses other readers.
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(unwritable)?;
    let probe = path.join(".probe");
    fs::write(&probe, b"").map_err(unwritable)?;
    fs::remove_file(&probe).map_err(unwritable)
}

/// Checks that a forge's folder is there, and changes nothing.
pub fn find(path: &Path) -> Result<(), DataError> {
    refuse_unfinished(path)?;
    if path.join("repositories").is_dir() {
        Ok(())
    } else {
        Err(DataError::Nothing(path.to_owned()))
    }
}

/// Refuses a folder that is half of something.
pub fn refuse_unfinished(path: &Path) -> Result<(), DataError> {
    if path.join(UNFINISHED).exists() {
        return Err(DataError::Unfinished(path.to_owned()));
    }
    Ok(())
}
