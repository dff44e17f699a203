//! The secrets of an instance: made at first need, kept in the data folder, never in the database.
//! Whoever holds the database alone cannot sign what they rewrite.

use std::{
    fs,
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

use crate::{app::App, auth::secret, error::Error};

/// The thirty-two bytes of `keys/{name}.key`.
///
/// # Errors
/// Internal where the file cannot be made, or is not thirty-two bytes.
pub fn secret(app: &App, name: &str) -> Result<[u8; 32], Error> {
    let folder = app.config.data.join("keys");
    let path = folder.join(format!("{name}.key"));
    match fs::read(&path) {
        Ok(bytes) => whole(&path, &bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let fresh = secret::random::<32>()?;
            make(&folder, &path, &fresh)
                .map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
            // Another job may have made it at the same moment: what is on disk counts.
            whole(&path, &fs::read(&path).map_err(anyhow::Error::from)?)
        }
        Err(error) => Err(anyhow::anyhow!("{}: {error}", path.display()).into()),
    }
}

fn whole(path: &Path, bytes: &[u8]) -> Result<[u8; 32], Error> {
    bytes.try_into().map_err(|_| anyhow::anyhow!("{} is not 32 bytes", path.display()).into())
}

fn make(folder: &Path, path: &Path, secret: &[u8; 32]) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    // Written whole under another name first: a key of half its bytes would stop every job.
    let draft = folder.join(format!("draft.{}", uuid::Uuid::new_v4()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(secret)?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    fs::File::open(folder)?.sync_all()?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
