//! Between an entry on the wire and an entry of the rules.

use forge_api::ledger::{LedgerEntry, Posting as WirePosting};
use forge_domain::{
    hex,
    ledger::{Entry, Hash, Posting},
    money::{Amount, Currency},
};

/// Reads a line of `entries-YYYY.jsonl`; a member nobody knows is refused. The reason is English,
/// as it quotes what stands there.
pub(crate) fn line(line: &[u8]) -> Result<Entry, String> {
    let wire: LedgerEntry = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    entry(&wire)
}

/// Reads an entry as the API tells it.
pub(crate) fn entry(wire: &LedgerEntry) -> Result<Entry, String> {
    fn said(error: impl ToString) -> String {
        error.to_string()
    }
    let number = |seq: i64| u64::try_from(seq).map_err(|_| format!("{seq} is no number of one"));
    let posting = |WirePosting(account, minor): &WirePosting| {
        let account = account.parse().map_err(said)?;
        Ok::<_, String>(Posting { account, amount: Amount::from_minor(*minor) })
    };
    Ok(Entry {
        seq: number(wire.seq)?,
        ts: wire.ts.parse().map_err(said)?,
        kind: wire.kind.parse().map_err(|_| format!("“{}” is no kind of entry", wire.kind))?,
        call: wire.call.parse().map_err(said)?,
        currency: Currency::from_code(&wire.currency).map_err(said)?,
        actor: wire.actor.parse().map_err(said)?,
        council: wire.council.as_deref().map(str::parse).transpose().map_err(said)?,
        postings: wire.postings.iter().map(posting).collect::<Result<_, _>>()?,
        evidence: wire.evidence.iter().map(|text| digest(text)).collect::<Result<_, _>>()?,
        reverses: wire.reverses.map(number).transpose()?,
        idempotency_key: Some(wire.idempotency_key.parse().map_err(said)?),
    })
}

fn digest(text: &str) -> Result<Hash, String> {
    let digits = text.strip_prefix("sha256:").and_then(hex::decode::<32>);
    digits.ok_or_else(|| format!("“{text}” is no digest: sha256: and 64 digits"))
}
