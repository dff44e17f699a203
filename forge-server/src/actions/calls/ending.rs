//! How a call ends: its deadline judged once, and what becomes of every pledge.

use forge_domain::{
    access::Deed,
    call::{self, CallState},
    ledger::{Event, Key},
    milestone::{self, MilestoneAct},
    money::Amount,
    notices::EventKind,
    pledge::{self, PledgeAct, PledgeState},
    sharing::{Prefix, ShareOutcome},
};
use forge_store::{Tx, calls, pledges, votes, work};
use jiff::ToSpan as _;
use serde_json::json;

use super::{
    Action, Context,
    guarantee::{ceiling_of, guarantee},
    set_alarm, stale,
};
use crate::{
    actions::{
        milestones,
        pledges::{Moved, move_on, step_of},
    },
    error::Error,
    events,
    funding::{
        CallBook, Reader,
        decision::{self, Decision},
    },
};

/// How long the alarm of a call waits for a vote that ended before it to be carried out.
const VOTE_SECONDS: i64 = 60;

/// What the alarm of a call does: ends it (K4, K5), or sets the alarm again.
#[derive(Debug, Clone)]
pub struct CloseCall {
    /// Which call.
    pub reference: String,
}

impl Action for CloseCall {
    const DEED: Deed = Deed::CloseCall;
    type Output = CallState;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<CallState, Error> {
        let book = CallBook::of(&mut Reader::Tx(&mut *tx), &self.reference).await?;
        // Confirmed early, or cancelled: the alarm has nothing left to do.
        if book.call.state.is_over() {
            cx.record(self.reference.clone(), json!({ "state": book.call.state.name() }));
            return Ok(book.call.state);
        }
        // What the councils decided before the deadline is done before the call is judged by it.
        if votes::is_pending(&mut *tx, book.call.id, book.call.deadline_at).await? {
            set_alarm(tx, cx, &self.reference, cx.now + VOTE_SECONDS.seconds()).await?;
            cx.record(self.reference.clone(), json!({ "waits_for": "vote" }));
            return Ok(book.call.state);
        }
        let decision = decision::judge(&book, cx.now)?;
        if let Decision::NotYet(at) = decision {
            set_alarm(tx, cx, &self.reference, at).await?;
            cx.record(self.reference.clone(), json!({ "again_at": at.to_string() }));
            return Ok(book.call.state);
        }
        end(tx, cx, &book, &decision).await
    }
}

/// Ends a call as it was decided: shares frozen or pledges released, every input and result kept.
pub(super) async fn end(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    decision: &Decision,
) -> Result<CallState, Error> {
    let snapshot = decision::snapshot(book, decision, cx.now)?;
    let succeeded = matches!(decision, Decision::Confirmed(..));
    let end_reason = match decision {
        Decision::NotYet(_) => return Ok(book.call.state),
        Decision::Confirmed(kept, outcome) => {
            let guaranteed = guarantee(tx, cx, book, outcome).await?;
            confirm(tx, cx, guaranteed.as_ref().unwrap_or(book), outcome).await?;
            leave_out(tx, book, kept.count).await?;
            count_work(tx, book, *kept).await?;
            None
        }
        Decision::Failed(missing) => {
            free(tx, cx, book, "call_failed").await?;
            let missing: Vec<_> =
                missing.iter().map(|one| decision::shortfall(book, one)).collect();
            Some(json!({ "missing": missing }).to_string())
        }
    };
    let state =
        call::decided(book.call.state, succeeded).map_err(|error| decision::refusal(&error))?;
    let step = calls::Step {
        state,
        published_at: None,
        reached_at: book.call.reached_at,
        ended_at: Some(cx.now),
        snapshot: Some(snapshot.to_string()),
        end_reason,
    };
    if !calls::step(&mut *tx, book.call.id, book.call.version, step).await? {
        return Err(stale());
    }
    let kind = if succeeded { EventKind::CallConfirmed } else { EventKind::CallFailed };
    events::emit(tx, cx, events::Event::on_call(book, kind)).await?;
    cx.record(book.call.reference.clone(), json!({ "result": snapshot["result"] }));
    Ok(state)
}

/// The milestones after those that are kept are left out.
async fn leave_out(tx: &mut Tx, book: &CallBook, kept: usize) -> Result<(), Error> {
    for slice in book.milestones.iter().skip(kept) {
        let to = milestone::step(slice.state, MilestoneAct::LeaveOut)
            .map_err(|error| milestones::refusal(&error))?;
        let at = (book.call.id, slice.position);
        if !calls::step_milestone(&mut *tx, at, (slice.state, to)).await? {
            return Err(stale());
        }
    }
    Ok(())
}

/// The work that lowered the shares is kept as such, so that it cannot be taken back.
async fn count_work(tx: &mut Tx, book: &CallBook, kept: Prefix) -> Result<(), Error> {
    let place = i64::try_from(kept.count).map_err(anyhow::Error::from)?;
    let gives = |row: &&pledges::Pledge| !book.work_of(row.council_id, kept).is_zero();
    for row in book.in_state(PledgeState::Firm).filter(gives) {
        work::count(&mut *tx, (book.call.id, row.council_id), place).await?;
    }
    Ok(())
}

/// P9 and P7: every firm pledge gets its final share, every intention lapses.
async fn confirm(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    outcome: &ShareOutcome,
) -> Result<(), Error> {
    for row in book.living() {
        let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
        match row.state.when_call_confirmed() {
            Some(PledgeAct::Confirm) => {
                let line = outcome.line(&row.council_slug).map_err(anyhow::Error::from)?;
                let line = line.ok_or_else(|| anyhow::anyhow!("{} has no share", row.reference))?;
                let share = outcome.shares.get(&row.council_slug).copied().unwrap_or_default();
                let ceiling = ceiling_of(tx, cx, (book, row), share).await?;
                let to = pledge::confirm(row.state, ceiling, share, book.currency)
                    .map_err(|fault| crate::funding::pledge_refused(&[fault]))?;
                let event = Event::PledgeConfirmed { council, ceiling, share };
                let step = pledges::Step {
                    ceiling: Some(ceiling.minor()),
                    share: Some((line.net.minor(), line.vat.minor(), line.gross.minor())),
                    ..step_of(row, to)
                };
                move_on(tx, cx, book, Moved { row, step, event: Some(event) }).await?;
            }
            Some(act) => lapse(tx, cx, book, row, act).await?,
            None => {}
        }
    }
    Ok(())
}

/// P8 and P7: every firm pledge is released, every intention lapses.
pub(super) async fn free(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    reason: &str,
) -> Result<(), Error> {
    for row in book.living() {
        match row.state.when_call_ends() {
            Some(PledgeAct::Release) => {
                let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
                let to = pledge::transition(Some(row.state), PledgeAct::Release)
                    .map_err(|fault| crate::funding::pledge_refused(&[fault]))?;
                let ceiling = Amount::from_minor(row.ceiling.unwrap_or_default());
                let event = pledge::ledger_event(PledgeAct::Release, council, ceiling);
                let step = pledges::Step { reason: Some(reason.to_owned()), ..step_of(row, to) };
                move_on(tx, cx, book, Moved { row, step, event }).await?;
            }
            Some(act) => lapse(tx, cx, book, row, act).await?,
            None => {}
        }
    }
    Ok(())
}

pub(super) async fn lapse(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    row: &pledges::Pledge,
    act: PledgeAct,
) -> Result<(), Error> {
    let to: PledgeState = pledge::transition(Some(row.state), act)
        .map_err(|fault| crate::funding::pledge_refused(&[fault]))?;
    let step = step_of(row, to);
    move_on(tx, cx, book, Moved { row, step, event: None }).await?;
    Ok(())
}
