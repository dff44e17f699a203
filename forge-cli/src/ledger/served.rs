//! What a server tells of a ledger, to be held against a clone.

use forge_api::ledger::{ChainedEntry, Checkpoint, LedgerVerification};
use forge_domain::hex;

use super::clone::Found;
use crate::{
    client::{Client, path},
    failure::{Exit, Failure},
};

/// Reads the lines, the links stored beside them, the newest signed head and the published key.
pub(crate) fn read(client: &Client<'_>, space: &str) -> Result<Found, Failure> {
    let mut found = Found::default();
    let lines = client.bytes(&path(&["spaces", space, "ledger", "entries"]))?;
    found.take(&format!("{space}/ledger/entries"), &lines);
    let chained: Vec<ChainedEntry> = client.list(&path(&["spaces", space, "ledger"]))?;
    for (recorded, one) in found.entries.iter_mut().zip(&chained) {
        // A hash that is none matches nothing: the chain breaks there.
        recorded.link = Some(hex::decode::<32>(&one.hash).unwrap_or_default());
    }
    let head: Option<Checkpoint> =
        some(client.get(&path(&["spaces", space, "ledger", "checkpoint"])))?;
    found.notes.extend(head.map(|head| head.note));
    let key = ["repos", space, "meta", "raw", "ledger", "key"];
    let key = some(client.bytes(&path(&key)))?;
    found.keys.extend(key.map(|key| String::from_utf8_lossy(&key).into_owned()));
    Ok(found)
}

/// What the server finds in its own rows, pledges beside entries.
pub(crate) fn own(client: &Client<'_>, space: &str) -> Result<LedgerVerification, Failure> {
    client.get(&path(&["spaces", space, "ledger", "verify"]))
}

/// The answer, or nothing where there is none yet.
fn some<T>(answer: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(failure) if failure.exit == Exit::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}
