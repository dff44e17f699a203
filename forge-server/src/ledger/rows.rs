//! Between the rows of a ledger and its entries.

use forge_domain::{
    Id, hex, id,
    ledger::{Entry, Hash, Posting, Recorded, Reference},
    money::{Amount, Currency},
};
use forge_store::ledger;

use crate::{error::Error, funding::Reader};

/// How many entries are read together.
const BATCH: i64 = 1000;

/// Every entry of a space, rebuilt from its rows, with the link stored beside it.
///
/// # Errors
/// Internal where a row holds what no entry can (the database was changed by hand): the text says
/// which.
pub async fn recorded(
    reader: &mut Reader<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Recorded>, Error> {
    recorded_after(reader, space, 0).await
}

/// As [`recorded`], of the entries after one.
pub async fn recorded_after(
    reader: &mut Reader<'_>,
    space: Id<id::Space>,
    mut after: i64,
) -> Result<Vec<Recorded>, Error> {
    let mut all = Vec::new();
    loop {
        let some = batch(reader, space, after).await?;
        let Some(last) = some.last() else { return Ok(all) };
        after = i64::try_from(last.entry.seq).map_err(anyhow::Error::from)?;
        all.extend(some);
    }
}

/// The next entries after one, some at a time; empty at the end.
///
/// # Errors
/// As [`recorded`].
pub async fn batch(
    reader: &mut Reader<'_>,
    space: Id<id::Space>,
    after: i64,
) -> Result<Vec<Recorded>, Error> {
    some_after(reader, space, (after, BATCH)).await
}

/// The next entries after one, at most so many.
///
/// # Errors
/// As [`recorded`].
pub async fn some_after(
    reader: &mut Reader<'_>,
    space: Id<id::Space>,
    (after, most): (i64, i64),
) -> Result<Vec<Recorded>, Error> {
    let entries = ledger::entries(&mut *reader, space, after, most).await?;
    let Some(last) = entries.last().map(|entry| entry.seq) else { return Ok(Vec::new()) };
    let mut postings =
        ledger::postings(&mut *reader, space, after, last).await?.into_iter().peekable();
    let mut all = Vec::with_capacity(entries.len());
    for row in entries {
        let mut own = Vec::new();
        while let Some(posting) = postings.next_if(|posting| posting.seq <= row.seq) {
            // A line of an entry that is not there is no line of this one.
            if posting.seq == row.seq {
                own.push(posting);
            }
        }
        all.push(from_row(&row, &own)?);
    }
    Ok(all)
}

/// The row of an entry.
pub fn to_row(entry: &Entry, hash: Hash) -> ledger::Entry {
    let evidence: Vec<String> = entry.evidence.iter().map(|digest| hex::encode(digest)).collect();
    let number = |seq: u64| i64::try_from(seq).unwrap_or(i64::MAX);
    ledger::Entry {
        seq: number(entry.seq),
        ts: entry.ts,
        kind: entry.kind.to_string(),
        call_ref: entry.call.to_string(),
        currency: entry.currency.code().to_owned(),
        actor: entry.actor,
        council: entry.council.as_ref().map(ToString::to_string),
        evidence: evidence.join(" "),
        reverses: entry.reverses.map(number),
        idempotency_key: entry
            .idempotency_key
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        hash: hash.to_vec(),
    }
}

/// Thirty-two bytes of a column.
pub fn hash(bytes: &[u8]) -> Result<Hash, Error> {
    Hash::try_from(bytes)
        .map_err(|_| anyhow::anyhow!("a hash of the ledger is not 32 bytes").into())
}

/// An entry out of its rows.
///
/// # Errors
/// As [`recorded`].
pub fn from_row(row: &ledger::Entry, postings: &[ledger::Posting]) -> Result<Recorded, Error> {
    let entry = read(row, postings)
        .map_err(|error| error.context(format!("entry {} of the ledger is unreadable", row.seq)))?;
    Ok(Recorded { entry, line: None, link: Hash::try_from(row.hash.as_slice()).ok() })
}

fn read(row: &ledger::Entry, postings: &[ledger::Posting]) -> anyhow::Result<Entry> {
    let line = |posting: &ledger::Posting| {
        let account = posting.account.parse()?;
        anyhow::Ok(Posting { account, amount: Amount::from_minor(posting.amount) })
    };
    let digest = |text: &str| {
        hex::decode::<32>(text).ok_or_else(|| anyhow::anyhow!("a digest is not 64 digits"))
    };
    Ok(Entry {
        seq: u64::try_from(row.seq)?,
        ts: row.ts,
        kind: row.kind.parse()?,
        call: row.call_ref.parse::<Reference>()?,
        currency: Currency::from_code(&row.currency)?,
        actor: row.actor,
        council: row.council.as_deref().map(str::parse).transpose()?,
        postings: postings.iter().map(line).collect::<Result<_, _>>()?,
        evidence: row.evidence.split_whitespace().map(digest).collect::<Result<_, _>>()?,
        reverses: row.reverses.map(u64::try_from).transpose()?,
        idempotency_key: match row.idempotency_key.as_str() {
            "" => None,
            key => Some(key.parse()?),
        },
    })
}
