//! The ledger of each space: one place that appends, one that publishes, one that verifies. What
//! an entry is and what makes it sound is for forge-domain to say.

pub mod key;
pub mod publish;
pub mod rows;
pub mod standing;
pub mod verify;
mod votes;

use forge_domain::{
    Id, id,
    ledger::{Entry, EntryKind, Event, Hash, Key, LedgerError, Reference, link, reversal_of},
    money::{Amount, Currency},
    notices::EventKind,
};
use forge_store::{
    Tx, jobs,
    ledger::{self, Posting},
    owners,
};
use jiff::ToSpan as _;
use serde_json::json;
use uuid::Uuid;

use crate::{
    actions::Context,
    error::{Error, Refusal},
    events::{self, Event as Happened},
};

/// The kind of the job that publishes a ledger; its key is the space's id.
pub const PUBLISH: &str = "publish_ledger";

/// A ledger is published one second later for each so many entries …
const ENTRIES_A_SECOND: i64 = 1000;
/// … and never later than this, in seconds.
const PUBLISH_WITHIN_S: i64 = 600;

/// Who acts when a deadline does: nobody's identifier.
pub const SYSTEM: Uuid = Uuid::nil();

/// What is to be written.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// Of which call; the vote itself, where that concerns the whole space.
    pub call: &'a str,
    /// In its currency.
    pub currency: Currency,
    /// For which council, where it is done for one.
    pub council: Option<&'a str>,
    /// What happened.
    pub event: Event,
    /// Digests of the documents behind it.
    pub evidence: Vec<Hash>,
    /// What makes a repetition recognisable, such as `PLG-2026-0031:firm:2`.
    pub key: String,
}

/// Appends an entry to the ledger of a space, in the transaction of the act it records, and asks
/// for the ledger to be published. An act that moves nothing writes nothing, unless it is a memo.
///
/// # Errors
/// What the invariants of the ledger refuse; a repeated key is a conflict.
pub async fn append(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: Id<id::Space>,
    new: NewEntry<'_>,
) -> Result<Option<i64>, Error> {
    let postings = new.event.postings().map_err(refused)?;
    if postings.is_empty() && !new.event.kind().is_memo() {
        return Ok(None);
    }
    let amount = new.event.amount();
    let line = Line { kind: new.event.kind(), amount, postings, reverses: None };
    write(tx, cx, space, (new, line)).await.map(Some)
}

/// Undoes the entry of `undone` by its mirror, in the transaction of the act that corrects it.
///
/// # Errors
/// Internal where there is no such entry; a repeated key is a conflict.
pub async fn reverse(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: Id<id::Space>,
    (undone, new): (&str, NewEntry<'_>),
) -> Result<i64, Error> {
    let row = ledger::by_key(&mut *tx, space, undone).await?;
    let row = row.ok_or_else(|| anyhow::anyhow!("no entry of the ledger is called {undone}"))?;
    let postings = ledger::postings(&mut *tx, space, row.seq - 1, row.seq).await?;
    let original = rows::from_row(&row, &postings)?.entry;
    let postings = reversal_of(&original).map_err(refused)?;
    let line =
        Line { kind: EntryKind::Reversal, amount: None, postings, reverses: Some(original.seq) };
    write(tx, cx, space, (new, line)).await
}

/// What an entry says beside who, when and why.
struct Line {
    kind: EntryKind,
    amount: Option<Amount>,
    postings: Vec<forge_domain::ledger::Posting>,
    reverses: Option<u64>,
}

async fn write(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: Id<id::Space>,
    (new, line): (NewEntry<'_>, Line),
) -> Result<i64, Error> {
    let amount = line.amount;
    let head = ledger::head(&mut *tx, space).await?;
    let (last, previous) = match head {
        None => (0, [0; 32]),
        Some(head) => (head.seq, rows::hash(&head.hash)?),
    };
    let entry = Entry {
        seq: u64::try_from(last + 1).map_err(anyhow::Error::from)?,
        ts: cx.now,
        kind: line.kind,
        call: new.call.parse::<Reference>().map_err(refused)?,
        currency: new.currency,
        actor: cx.by.actor.person.map_or(SYSTEM, Id::uuid),
        council: new.council.map(str::parse::<Key>).transpose().map_err(refused)?,
        postings: line.postings,
        evidence: new.evidence,
        reverses: line.reverses,
        idempotency_key: Some(new.key.parse::<Key>().map_err(refused)?),
    };
    entry.check().map_err(refused)?;
    let hash = link(&previous, &entry.canonical_bytes());
    ledger::append(&mut *tx, space, &rows::to_row(&entry, hash)).await?;
    for (position, posting) in (1..).zip(&entry.postings) {
        let line = Posting {
            seq: last + 1,
            position,
            account: posting.account.to_string(),
            amount: posting.amount.minor(),
        };
        ledger::append_posting(&mut *tx, space, &line).await?;
        let moved = (line.account.as_str(), line.amount);
        ledger::add_to_balance(&mut *tx, space, (new.call, new.currency.code()), moved).await?;
    }
    tell(tx, cx, space, (&entry, amount)).await?;
    let key = space.to_string();
    // What a publication costs grows with the ledger: a long one waits a little, and takes what
    // is written meanwhile with it.
    let due = cx.now + (last / ENTRIES_A_SECOND).min(PUBLISH_WITHIN_S).seconds();
    jobs::queue(&mut *tx, cx.new_id(), (PUBLISH, &key), "{}", due, cx.now).await?;
    Ok(last + 1)
}

/// Says what an entry records to those who follow it.
async fn tell(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: Id<id::Space>,
    (entry, amount): (&Entry, Option<Amount>),
) -> Result<(), Error> {
    let council = match &entry.council {
        None => None,
        Some(slug) => {
            let slug = slug.to_string().parse().map_err(anyhow::Error::from)?;
            owners::by_slug(&mut *tx, &slug).await?.map(|owner| Id::new(owner.id))
        }
    };
    let mut data = json!({ "entry": entry.seq });
    if let Some(amount) = amount {
        data["amount"] = json!(amount.to_decimal(entry.currency));
        data["currency"] = json!(entry.currency.code());
    }
    if let Some(undone) = entry.reverses {
        data["reverses"] = json!(undone);
    }
    let call = entry.call.as_str();
    let key = entry.idempotency_key.as_ref().map(Key::to_string).unwrap_or_default();
    let event = Happened {
        kind: EventKind::of_entry(entry.kind),
        space,
        // What concerns the whole space stands under the vote that decided it.
        call: call.starts_with("CALL-").then_some(call),
        council,
        subject: key.split(':').next().unwrap_or(call),
        data,
        members_only: false,
        nth: entry.seq.to_string(),
    };
    events::emit(tx, cx, event).await?;
    Ok(())
}

fn refused(error: LedgerError) -> Error {
    Error::Refused(Refusal::new(error.code()).arg("why", error))
}
