//! The data folder: ours alone.

use std::{
    fs,
    os::unix::fs::{DirBuilderExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

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
