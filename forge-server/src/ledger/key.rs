//! The key that signs the heads of the ledgers: made at first need, kept in the data folder, never
//! in the database. Whoever holds the database alone cannot sign what they rewrite.

use std::{
    fs,
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

use forge_domain::ledger::Signer;

use crate::{app::App, auth::secret, error::Error};

/// Signs for the ledger of this origin.
pub fn signer(app: &App, origin: &str) -> Result<Signer, Error> {
    let secret = secret(app)?;
    Ok(Signer::new(origin, &secret).map_err(anyhow::Error::from)?)
}

/// The secret: thirty-two bytes in `keys/ledger.key`.
fn secret(app: &App) -> Result<[u8; 32], Error> {
    let folder = app.config.data.join("keys");
    let path = folder.join("ledger.key");
    match fs::read(&path) {
        Ok(bytes) => <[u8; 32]>::try_from(bytes.as_slice())
            .map_err(|_| anyhow::anyhow!("{} is not 32 bytes", path.display()).into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let fresh = secret::random::<32>()?;
            make(&folder, &path, &fresh)
                .map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
            // Another job may have made it at the same moment: what is on disk counts.
            let bytes = fs::read(&path).map_err(anyhow::Error::from)?;
            <[u8; 32]>::try_from(bytes.as_slice())
                .map_err(|_| anyhow::anyhow!("{} is not 32 bytes", path.display()).into())
        }
        Err(error) => Err(anyhow::anyhow!("{}: {error}", path.display()).into()),
    }
}

fn make(folder: &Path, path: &Path, secret: &[u8; 32]) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    // Written whole under another name first: a key of half its bytes would stop every job.
    let draft = folder.join(format!("ledger.key.{}", uuid::Uuid::new_v4()));
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
