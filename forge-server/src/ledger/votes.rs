//! Votes held against the ledger: each closed vote has one entry, whose evidence is the digest of
//! its final state.

use std::collections::BTreeMap;

use forge_api::ledger::LedgerFault;
use forge_domain::ledger::{EntryKind, Hash, Recorded};
use forge_store::{spaces::Space, votes};
use sha2::{Digest as _, Sha256};

use crate::{app::App, error::Error};

/// What is wrong between the closed votes of a space and its ledger.
pub(super) async fn faults(
    app: &App,
    space: &Space,
    recorded: &[Recorded],
) -> Result<Vec<LedgerFault>, Error> {
    let memos =
        recorded.iter().map(|one| &one.entry).filter(|entry| entry.kind == EntryKind::VoteClosed);
    let mut closings: BTreeMap<String, (u64, Option<Hash>)> = memos
        .filter_map(|entry| {
            let key = entry.idempotency_key.as_ref()?.to_string();
            Some((key, (entry.seq, entry.evidence.first().copied())))
        })
        .collect();
    let mut faults = Vec::new();
    for vote in votes::records(&app.db, space.id).await? {
        let digest: Hash = Sha256::digest(vote.record.as_bytes()).into();
        let entry = closings.remove(&format!("{}:closed", vote.reference));
        if entry.and_then(|(_, evidence)| evidence) != Some(digest) {
            let message =
                format!("The final state of {} is not the one the ledger holds.", vote.reference);
            faults.push(fault(entry.map(|(seq, _)| seq), message));
        }
    }
    for (key, (seq, _)) in closings {
        faults.push(fault(Some(seq), format!("There is no vote for the entry {key}.")));
    }
    Ok(faults)
}

fn fault(seq: Option<u64>, message: String) -> LedgerFault {
    let seq = seq.and_then(|seq| i64::try_from(seq).ok());
    LedgerFault { code: "vote_mismatch".to_owned(), seq, message }
}
