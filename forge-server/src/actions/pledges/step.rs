//! One step of one pledge: its row, and the entry of the ledger that records it.

use forge_domain::{
    ledger::{Event, Hash},
    notices::EventKind,
    pledge::PledgeState,
};
use forge_store::{
    Tx, evidence,
    pledges::{self, Pledge, Step},
};

use super::super::{Context, calls};
use crate::{error::Error, events, funding::CallBook, ledger};

/// One step of one pledge and what the ledger records of it.
pub(in crate::actions) struct Moved<'a> {
    /// The pledge as it is.
    pub row: &'a Pledge,
    /// What it becomes.
    pub step: Step,
    /// What the ledger records, where it does.
    pub event: Option<Event>,
}

/// Moves a pledge and appends the entry of that step; the entry's number, where there is one.
pub(in crate::actions) async fn move_on(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    moved: Moved<'_>,
) -> Result<Option<i64>, Error> {
    let Moved { row, step, event } = moved;
    let to = step.state;
    let signed = step.signed_by.is_some();
    if !pledges::step(&mut *tx, (row.id, row.version), step, cx.now).await? {
        return Err(calls::stale());
    }
    let Some(event) = event else {
        tell(tx, cx, (book, row), (to, signed)).await?;
        return Ok(None);
    };
    let acts = evidence::of_pledge(&mut *tx, row.id).await?;
    let standing = acts.iter().filter(|act| act.rejected_at.is_none());
    let digests = standing.filter_map(|act| act.digest.as_deref());
    let entry = ledger::NewEntry {
        call: &book.call.reference,
        currency: book.currency,
        council: Some(&row.council_slug),
        event,
        evidence: digests.filter_map(|digest| Hash::try_from(digest).ok()).collect(),
        // A ceiling is amended any number of times: the version tells one from the next.
        key: if to == row.state {
            format!("{}:{}:{}", row.reference, to.name(), row.version)
        } else {
            format!("{}:{}", row.reference, to.name())
        },
    };
    let seq = ledger::append(tx, cx, book.call.space_id, entry).await?;
    if seq.is_none() {
        tell(tx, cx, (book, row), (to, signed)).await?;
    }
    Ok(seq)
}

/// Tells of a step the ledger does not record: it tells of its own entries.
async fn tell(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, row): (&CallBook, &Pledge),
    (to, signed): (PledgeState, bool),
) -> Result<(), Error> {
    let kind = match to {
        PledgeState::Intention => EventKind::PledgeIntended,
        PledgeState::PendingDecision if signed => EventKind::PledgeSigned,
        PledgeState::PendingDecision => EventKind::PledgeScheduled,
        PledgeState::Firm => EventKind::PledgeFirm,
        PledgeState::Confirmed => EventKind::PledgeConfirmed,
        PledgeState::Ordered => EventKind::PledgeOrdered,
        PledgeState::Settled => EventKind::PledgeSettled,
        PledgeState::Defaulted => EventKind::PledgeDefaulted,
        PledgeState::Substituted => EventKind::PledgeSubstituted,
        PledgeState::Withdrawn => EventKind::PledgeWithdrawn,
        PledgeState::Lapsed => EventKind::PledgeLapsed,
        PledgeState::Released => EventKind::PledgeReleased,
        PledgeState::Refused => EventKind::PledgeRefused,
    };
    let event = happened(book, row, kind).nth(row.version);
    events::emit(tx, cx, event).await?;
    Ok(())
}

/// An event about a pledge; one that its council shows to the space alone stays there.
pub(in crate::actions) fn happened<'a>(
    book: &'a CallBook,
    row: &'a Pledge,
    kind: EventKind,
) -> events::Event<'a> {
    let members_only = !row.published && row.committed_at.is_none();
    let event = events::Event::on_call(book, kind).of(row.council_id).about(&row.reference);
    events::Event { members_only, ..event }
}

/// A step to another state that leaves everything else as it is.
pub(in crate::actions) fn step_of(row: &Pledge, to: PledgeState) -> Step {
    Step {
        state: to,
        ceiling: row.ceiling,
        note: row.note.clone(),
        published: row.published,
        share: row.final_net.zip(row.final_vat).zip(row.final_gross).map(|((n, v), g)| (n, v, g)),
        reason: row.reason.clone(),
        act_ref: row.act_ref.clone(),
        planned: row.planned_on.zip(row.body.clone()),
        signed_by: None,
        committed_by: None,
        ordered: None,
    }
}
