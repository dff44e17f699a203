//! The audit log: who did what, when, through which door, and what was refused (security.md A12).
//!
//! Each row's hash covers the row before it, so that a row cannot be changed or taken out unseen.

use forge_domain::{Id, id};
use forge_store::{Tx, audit};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{app::By, error::Error};

/// What one row says besides who and when.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// What it is about: a module's path, a call's reference …
    pub subject: String,
    /// In which council's name.
    pub council: Option<Id<id::Council>>,
    /// What changed.
    pub detail: serde_json::Value,
    /// Whether the act ended in nothing but refusals, which its detail tells one by one.
    pub refused: bool,
}

/// Writes that a deed was done, in the transaction of the deed.
pub async fn write_done(
    tx: &mut Tx,
    now: Timestamp,
    by: &By,
    deed: &'static str,
    record: Record,
) -> Result<(), Error> {
    let outcome = if record.refused { "refused" } else { "done" };
    write(tx, now, by, deed, (outcome, record)).await
}

/// Writes that a deed was refused, in a transaction of its own.
pub async fn write_refusal(
    tx: &mut Tx,
    now: Timestamp,
    by: &By,
    deed: &'static str,
    error: &Error,
) -> Result<(), forge_store::StoreError> {
    let detail = serde_json::json!({ "reason": error.to_string() });
    let record = Record { detail, ..Record::default() };
    append(tx, now, by, deed, ("refused", record)).await
}

async fn write(
    tx: &mut Tx,
    now: Timestamp,
    by: &By,
    deed: &'static str,
    outcome: (&'static str, Record),
) -> Result<(), Error> {
    append(tx, now, by, deed, outcome).await.map_err(Error::from)
}

async fn append(
    tx: &mut Tx,
    now: Timestamp,
    by: &By,
    deed: &'static str,
    (outcome, record): (&'static str, Record),
) -> Result<(), forge_store::StoreError> {
    let (previous_seq, previous_hash) = audit::head(&mut *tx).await?;
    let mut row = audit::NewRow {
        seq: previous_seq + 1,
        at: now,
        person: by.actor.person,
        token: by.token,
        council: record.council,
        via: by.via.name(),
        deed,
        subject: record.subject,
        outcome,
        detail: record.detail.to_string(),
        hash: Vec::new(),
    };
    row.hash = chained(
        &previous_hash,
        [
            row.seq.to_string(),
            row.at.as_microsecond().to_string(),
            written(row.person),
            written(row.token),
            written(row.council),
            row.via.to_owned(),
            row.deed.to_owned(),
            row.subject.clone(),
            row.outcome.to_owned(),
            row.detail.clone(),
        ],
    );
    audit::append(&mut *tx, row).await
}

/// The hash a stored row must have after the row whose hash is `previous`.
pub fn expected(previous: &[u8], row: &audit::Row) -> Vec<u8> {
    let fields = [
        row.seq.to_string(),
        row.at.as_microsecond().to_string(),
        written(row.person_id),
        written(row.token_id),
        written(row.council_id),
        row.via.clone(),
        row.deed.clone(),
        row.subject.clone(),
        row.outcome.clone(),
        row.detail.clone(),
    ];
    chained(previous, fields)
}

fn written<T>(id: Option<Id<T>>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// Each field is preceded by its length, so that no two rows share their bytes.
fn chained(previous: &[u8], fields: [String; 10]) -> Vec<u8> {
    let mut digest = Sha256::new();
    digest.update(previous);
    for field in fields {
        digest.update((field.len() as u64).to_be_bytes());
        digest.update(field.as_bytes());
    }
    digest.finalize().to_vec()
}
