//! The key that signs the heads of the ledgers.

use forge_domain::ledger::Signer;

use crate::{app::App, error::Error, keys};

/// Signs for the ledger of this origin.
pub fn signer(app: &App, origin: &str) -> Result<Signer, Error> {
    let secret = keys::secret(app, "ledger")?;
    Ok(Signer::new(origin, &secret).map_err(anyhow::Error::from)?)
}
