//! The documents behind pledges: each file still has the digest that stands in the ledger.

use forge_domain::{Id, id, ledger::digest_of_evidence};
use forge_store::{Tx, evidence};

use super::{Fault, Part, Wording};
use crate::{error::Error, funding::evidence::folder};

pub(super) async fn verify(wording: Wording<'_>, tx: &mut Tx) -> Result<Part, Error> {
    let ids = evidence::with_files(&mut *tx).await?;
    let mut faults = Vec::new();
    for id in &ids {
        if let Some(fault) = one(wording, tx, *id).await? {
            faults.push(fault);
        }
    }
    Ok(Part { name: "evidence", checked: ids.len() as u64, faults })
}

async fn one(
    wording: Wording<'_>,
    tx: &mut Tx,
    id: Id<id::Evidence>,
) -> Result<Option<Fault>, Error> {
    let Some(row) = evidence::by_id(&mut *tx, id).await? else { return Ok(None) };
    let (Some(salt), Some(digest)) = (row.salt, row.digest) else { return Ok(None) };
    let path = folder(wording.app).join(id.to_string());
    let bytes = match tokio::fs::read(&path).await {
        Ok(bytes) => bytes,
        Err(error) => {
            let why = error.to_string();
            let fault = wording.fault(id.to_string(), "evidence_unreadable", &[("why", &why)]);
            return Ok(Some(fault));
        }
    };
    let same = <[u8; 32]>::try_from(salt.as_slice())
        .is_ok_and(|salt| digest_of_evidence(&salt, &bytes).as_slice() == digest);
    Ok((!same).then(|| wording.fault(id.to_string(), "evidence_changed", &[])))
}
