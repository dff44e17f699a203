//! Work in kind: days that a council offers on a milestone, and that the lead of the call agrees
//! to, refuses, or says were given (domain.md §c8).

mod judging;

pub use judging::{AgreeWork, DeliverWork, RefuseWork};

use forge_api::work::{NewWork, Work as Answer};
use forge_domain::{
    access::{Deed, Resource},
    call::CallError,
    notices::EventKind,
    work::{self, WorkAct, WorkError},
};
use forge_store::{
    Tx, settings,
    work::{self as rows, Work},
};
use jiff::tz::TimeZone;
use serde_json::json;

use super::{
    Action, Context, allow,
    calls::{resource, stale},
    pledges,
};
use crate::{
    auth::holder,
    error::Error,
    events::{self, Event},
    funding::{CallBook, Reader, decision, draft, work as told, wrong},
};

/// Offers days of work of a council's agents on a milestone of a call.
#[derive(Debug, Clone)]
pub struct OfferWork {
    /// Which call.
    pub call: String,
    /// What is offered.
    pub new: NewWork,
}

impl Action for OfferWork {
    const DEED: Deed = Deed::OfferWork;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let at = pledges::open(tx, cx, &self.call, &self.new.council).await?;
        let (book, council) = (at.book, at.council);
        in_time(cx, &book)?;
        let position = i64::from(self.new.milestone);
        let slice = book.milestones.iter().find(|slice| slice.position == position);
        let slice = slice.ok_or_else(|| wrong("milestone", "milestone_unknown"))?;
        let state =
            work::offer(book.call.state, slice.state).map_err(|error| book.work_refused(&error))?;
        let terms = book.work_terms(&mut Reader::Tx(&mut *tx)).await?;
        let days = told::days("days", &self.new.days)?;
        let value = terms.value(days).map_err(|error| book.work_refused(&error))?;
        let year = cx.now.to_zoned(TimeZone::UTC).year();
        let number = settings::next(&mut *tx, &format!("WRK-{year}")).await?;
        let row = Work {
            id: cx.new_id(),
            reference: format!("WRK-{year}-{number:04}"),
            call_id: book.call.id,
            call_ref: book.call.reference.clone(),
            position,
            council_id: council.id,
            council_slug: council.slug.clone(),
            council_name: council.name.clone(),
            state,
            days,
            day_rate: terms.day_rate.minor(),
            value: value.minor(),
            task: draft::required_text("task", &self.new.task)?,
            reason: None,
            counted: false,
            offered_by: cx.person()?,
            offered_at: cx.now,
            judged_by: None,
            judged_at: None,
            delivered_at: None,
            entry_seq: None,
            version: 1,
        };
        rows::insert(&mut *tx, &row).await?;
        happened(tx, cx, (&book, &row), EventKind::InKindOffered).await?;
        told::one(cx.app, &book, &row)
    }
}

/// Takes days of work back, while they count in no frozen share.
#[derive(Debug, Clone)]
pub struct WithdrawWork {
    /// Which call.
    pub call: String,
    /// Which work.
    pub work: String,
}

impl Action for WithdrawWork {
    const DEED: Deed = Deed::WithdrawWork;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, seen) = open(tx, cx, &self.call).await?;
        let mut row = known(cx, (&book, &seen), &self.work)?;
        cx.allow(&seen.for_council(row.council_id))?;
        in_time(cx, &book)?;
        let refused = |error: WorkError| book.work_refused(&error);
        let to = work::step_in(book.call.state, row.state, WorkAct::Withdraw).map_err(refused)?;
        work::withdraw(row.counted).map_err(refused)?;
        row.state = to;
        move_on(tx, cx, (&book, row), EventKind::InKindWithdrawn).await
    }
}

/// Opens a call for an act on its work; what may be done is still to be asked.
async fn open(tx: &mut Tx, cx: &Context<'_>, call: &str) -> Result<(CallBook, Resource), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), call).await?;
    let (_, held) = holder::of_space_in(tx, book.call.space_id).await?;
    let seen = resource(&book, held);
    allow(&cx.by.actor, Deed::ReadCall, &seen)?;
    Ok((book, seen))
}

/// Work that the actor may know of: what was not agreed on is the space's and its council's.
fn known(
    cx: &Context<'_>,
    (book, seen): (&CallBook, &Resource),
    reference: &str,
) -> Result<Work, Error> {
    let row = book.work.iter().find(|work| work.reference == reference);
    let row = row.ok_or(Error::NotFound)?;
    if !row.state.is_part() {
        allow(&cx.by.actor, Deed::ReadSpaceInternals, seen)?;
    }
    Ok(row.clone())
}

/// While a call collects, what changes its shares is done before it is judged.
fn in_time(cx: &Context<'_>, book: &CallBook) -> Result<(), Error> {
    if !book.call.state.is_over() && cx.now >= book.clock()?.grace {
        return Err(decision::refusal(&CallError::DeadlineOver));
    }
    Ok(())
}

/// Writes what became of work, says it, and answers with it.
async fn move_on(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, mut row): (&CallBook, Work),
    kind: EventKind,
) -> Result<Answer, Error> {
    if !rows::step(&mut *tx, &row).await? {
        return Err(stale());
    }
    row.version += 1;
    happened(tx, cx, (book, &row), kind).await?;
    told::one(cx.app, book, &row)
}

/// Says what became of work, and keeps it. What the ledger records, its entry tells.
async fn happened(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, row): (&CallBook, &Work),
    kind: EventKind,
) -> Result<(), Error> {
    let value = book.decimal(row.value);
    if row.entry_seq.is_none() {
        let data = json!({ "days": row.days.to_string(), "amount": value,
                           "currency": book.call.currency });
        let event = Event::on_call(book, kind).of(row.council_id).about(&row.reference);
        events::emit(tx, cx, event.saying(data)).await?;
    }
    cx.record_for(
        row.council_id,
        row.reference.clone(),
        json!({ "call": row.call_ref, "state": row.state.name(), "days": row.days.to_string(),
                "value": value, "ledger_seq": row.entry_seq }),
    );
    Ok(())
}
