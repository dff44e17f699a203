//! What votes change of a call: it is published, extended, cut down or stopped once they passed.

use std::collections::BTreeMap;

use forge_domain::{
    calendar,
    call::{self, CallAct, CallState, Extension},
    ledger::{Account, Event, Key},
    milestone::{self, MilestoneAct, MilestoneState},
    money::Amount,
    notices::EventKind,
    sharing::{Basis, Shares, allocate, distribute_vat},
};
use forge_store::{
    Tx, calls, ledger as entries,
    pledges::{self, Pledge},
    votes::Vote,
};
use serde_json::json;

use super::{
    Context,
    amending::keep_version,
    executing::{advance, settle_when_done},
    publish, set_alarm, stale,
};
use crate::{
    actions::{milestones, pledges::step_of},
    error::Error,
    events,
    funding::{
        CallBook, Reader,
        announced::announced,
        book::or_refused,
        decision, draft,
        funds::{FundsBook, confirmed},
    },
    ledger,
};

/// K1, where the charter asks for a vote.
pub(in crate::actions) async fn opened(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    publish(tx, cx, &book).await
}

/// K6: another deadline, kept as a version, and fifteen days to leave.
pub(in crate::actions) async fn extended(
    tx: &mut Tx,
    cx: &Context<'_>,
    (reference, deadline): (&str, &str),
    vote: &Vote,
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    let deadline = draft::date("deadline", deadline)?;
    let extension = Extension {
        first: book.call.deadline_first.unwrap_or(book.call.deadline),
        current: book.call.deadline,
        used: book.call.extensions,
        proposed: deadline,
        // A vote ends when its last day is over.
        decided_on: calendar::date_at(vote.closes_at, &book.zone)
            .yesterday()
            .map_err(anyhow::Error::from)?,
    };
    extension.check(book.call.state).map_err(|error| decision::refusal(&error))?;
    let deadline_at =
        calendar::deadline_instant(deadline, &book.zone).map_err(anyhow::Error::from)?;
    let until = call::leave_until(cx.now, &book.zone).map_err(anyhow::Error::from)?;
    let seen = (book.call.id, book.call.version);
    if !calls::extend(&mut *tx, seen, (deadline, deadline_at), until.min(deadline_at)).await? {
        return Err(stale());
    }
    let after = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    // Only the deadline moves: what councils lack now does not hold back what they voted.
    let simulation = match announced(&mut Reader::Tx(&mut *tx), &after).await {
        Ok(simulation) => Some(simulation),
        Err(Error::Refused(_)) => None,
        Err(error) => return Err(error),
    };
    keep_version(tx, cx, &after, ("", simulation.as_ref())).await?;
    let event = events::Event::on_call(&after, EventKind::CallExtended).nth(after.call.version);
    let event = event.saying(json!({ "deadline": deadline.to_string() }));
    events::emit(tx, cx, event).await?;
    set_alarm(tx, cx, reference, deadline_at).await
}

/// Cuts a confirmed call down to its first milestones; the others are dropped.
pub(in crate::actions) async fn scope_changed(
    tx: &mut Tx,
    cx: &Context<'_>,
    (reference, keep): (&str, i64),
    vote: &Vote,
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    call::step(book.call.state, CallAct::ChangeScope).map_err(|error| decision::refusal(&error))?;
    drop_slices(tx, cx, (&book, vote), |slice| slice.position > keep).await?;
    settle_when_done(tx, cx, reference).await
}

/// K9 before the last milestone: what is not accepted is dropped.
pub(in crate::actions) async fn stopped(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
    vote: &Vote,
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    let to = call::step(book.call.state, CallAct::StopEarly)
        .map_err(|error| decision::refusal(&error))?;
    let not_accepted = |slice: &calls::Milestone| slice.state != MilestoneState::Accepted;
    drop_slices(tx, cx, (&book, vote), not_accepted).await?;
    advance(tx, cx, &book, to).await
}

/// Drops slices and lowers every share by its part of them. What was asked of a council already
/// stays: each bears of the fall what is still to be called from it.
async fn drop_slices(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, vote): (&CallBook, &Vote),
    is_dropped: impl Fn(&calls::Milestone) -> bool,
) -> Result<(), Error> {
    let mut after = book.clone();
    for slice in &mut after.milestones {
        if slice.state == MilestoneState::Dropped || !is_dropped(slice) {
            continue;
        }
        let to = milestone::step_in(book.call.state, slice.state, MilestoneAct::Drop)
            .map_err(|error| milestones::refusal(&error))?;
        let at = (book.call.id, slice.position);
        if !calls::step_milestone(&mut *tx, at, (slice.state, to)).await? {
            return Err(stale());
        }
        slice.state = to;
    }
    let tranches = book.frozen_tranches()?.unwrap_or_default();
    let falls = tranches.iter().enumerate();
    let falls = falls.filter(|(at, _)| book.is_kept(*at) && !after.is_kept(*at));
    let fall = Amount::checked_sum(falls.map(|(_, tranche)| tranche.amount))
        .map_err(anyhow::Error::from)?;
    lower(tx, cx, (&after, vote), fall).await
}

/// Lowers the shares of a call by `fall` in all, and writes each into the ledger.
async fn lower(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, vote): (&CallBook, &Vote),
    fall: Amount,
) -> Result<(), Error> {
    if fall.is_zero() {
        return Ok(());
    }
    let owing: Vec<&Pledge> = book.living().filter(|row| row.final_gross.is_some()).collect();
    let left = still_to_call(tx, book).await?;
    let weights = left
        .iter()
        .map(|(council, amount)| (council.clone(), u64::try_from(amount.minor()).unwrap_or(0)))
        .collect();
    let falls = or_refused(allocate(fall, &weights))?;
    let mut shares = Shares::new();
    for row in &owing {
        let share = crate::funding::answer::final_in_basis(book, row).unwrap_or_default();
        let fall = falls.get(&row.council_slug).copied().unwrap_or_default();
        let lowered = share.checked_sub(fall).map_err(anyhow::Error::from)?;
        shares.insert(row.council_slug.clone(), lowered);
    }
    let taxes = or_refused(distribute_vat(book.tax_kept()?, &shares))?;
    for row in owing {
        let share = shares.get(&row.council_slug).copied().unwrap_or_default();
        let tax = taxes.get(&row.council_slug).copied().unwrap_or_default();
        write_share(tx, cx, (book, row, vote), (share, tax)).await?;
    }
    Ok(())
}

/// A final share with its tax, in the basis of the call.
pub(super) struct Line {
    net: Amount,
    vat: Amount,
    gross: Amount,
}

impl Line {
    /// Splits a share in the basis of the call.
    pub fn new(book: &CallBook, share: Amount, vat: Amount) -> Result<Self, Error> {
        let (net, gross) = match book.basis() {
            Basis::Net => (share, share.checked_add(vat).map_err(anyhow::Error::from)?),
            Basis::Gross => (share.checked_sub(vat).map_err(anyhow::Error::from)?, share),
        };
        Ok(Self { net, vat, gross })
    }

    /// As rows keep it: net, tax, gross.
    pub const fn minor(&self) -> (i64, i64, i64) {
        (self.net.minor(), self.vat.minor(), self.gross.minor())
    }
}

/// Writes a share that a vote changed, and the entry of the ledger that says so.
pub(super) async fn write_share(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, row, vote): (&CallBook, &Pledge, &Vote),
    (share, tax): (Amount, Amount),
) -> Result<(), Error> {
    let from = crate::funding::answer::final_in_basis(book, row).unwrap_or_default();
    let line = Line::new(book, share, tax)?.minor();
    let step = pledges::Step { share: Some(line), ..step_of(row, row.state) };
    if !pledges::step(&mut *tx, (row.id, row.version), step, cx.now).await? {
        return Err(stale());
    }
    let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
    let event = Event::PledgeAmended { council, from, to: share };
    let key = format!("{}:{}", row.reference, vote.reference);
    append(tx, cx, book, (&row.council_slug, key, event)).await
}

/// Appends what a vote changed for a council of a call.
pub(super) async fn append(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    (council, key, event): (&str, String, Event),
) -> Result<(), Error> {
    let entry = ledger::NewEntry {
        call: &book.call.reference,
        currency: book.currency,
        council: Some(council),
        event,
        evidence: Vec::new(),
        key,
    };
    ledger::append(tx, cx, book.call.space_id, entry).await?;
    Ok(())
}

/// What of each council's share no call for funds has asked for yet, as the ledger says.
async fn still_to_call(tx: &mut Tx, book: &CallBook) -> Result<BTreeMap<String, Amount>, Error> {
    let space = book.call.space_id;
    let rows = entries::balances_of_call(&mut *tx, space, &book.call.reference).await?;
    let mut left = BTreeMap::new();
    for row in rows {
        let account: Account = row.account.parse().map_err(anyhow::Error::from)?;
        if let Account::CommitmentsCouncil(council) = account {
            left.insert(council.to_string(), Amount::from_minor(row.amount));
        }
    }
    // What a late joiner is called for by itself pays for no milestone.
    let money = FundsBook::load(&mut Reader::Tx(tx), book).await?;
    for row in confirmed(book) {
        if let Some(amount) = left.get_mut(&row.council_slug) {
            let apart = money.apart(row.council_id);
            *amount = amount.checked_sub(apart).map_err(anyhow::Error::from)?;
        }
    }
    Ok(left)
}

/// Whether a vote on a call may be opened now: the call is one that the vote could change.
pub(super) fn may_change(state: CallState, act: CallAct) -> Result<(), Error> {
    call::step(state, act).map(|_| ()).map_err(|error| decision::refusal(&error))
}
