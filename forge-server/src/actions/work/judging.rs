//! What the lead of a call says of work in kind: agreed, refused, done.

use forge_api::work::Work as Answer;
use forge_domain::{
    access::Deed,
    ledger::{Cost, Event, Key},
    milestone::MilestoneState,
    money::Amount,
    notices::EventKind,
    work::{self, WorkAct, WorkError, WorkState},
};
use forge_store::{Tx, work::Work};

use super::{in_time, known, move_on, open};
use crate::{
    actions::{Action, Context, funds::Purse},
    error::Error,
    funding::{CallBook, Reader, draft, funds::milestone_key},
};

/// Agrees, for the lead of the call, to days of work that a council offers.
#[derive(Debug, Clone)]
pub struct AgreeWork {
    /// Which call.
    pub call: String,
    /// Which work.
    pub work: String,
}

impl Action for AgreeWork {
    const DEED: Deed = Deed::JudgeWork;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, mut row) = judged(tx, cx, (&self.call, &self.work)).await?;
        in_time(cx, &book)?;
        let refused = |error: WorkError| book.work_refused(&error);
        let to = step(&book, &row, WorkAct::Agree)?;
        // What it is worth is what the charter says when it is agreed to.
        let terms = book.work_terms(&mut Reader::Tx(&mut *tx)).await?;
        let value = terms.value(row.days).map_err(refused)?;
        let target = Amount::from_minor(book.call.target);
        terms.admits(target, book.work_agreed()?, value).map_err(refused)?;
        (row.state, row.day_rate, row.value) = (to, terms.day_rate.minor(), value.minor());
        (row.judged_by, row.judged_at) = (Some(cx.person()?), Some(cx.now));
        move_on(tx, cx, (&book, row), EventKind::InKindAgreed).await
    }
}

/// Refuses, for the lead of the call, days of work that a council offers, with a reason.
#[derive(Debug, Clone)]
pub struct RefuseWork {
    /// Which call.
    pub call: String,
    /// Which work.
    pub work: String,
    /// Why.
    pub reason: String,
}

impl Action for RefuseWork {
    const DEED: Deed = Deed::JudgeWork;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, mut row) = judged(tx, cx, (&self.call, &self.work)).await?;
        row.state = work::step_in(book.call.state, row.state, WorkAct::Refuse)
            .map_err(|error| book.work_refused(&error))?;
        row.reason = Some(draft::required_text("reason", &self.reason)?);
        (row.judged_by, row.judged_at) = (Some(cx.person()?), Some(cx.now));
        move_on(tx, cx, (&book, row), EventKind::InKindRefused).await
    }
}

/// Says, for the lead of the call, that the days were given: their value stands in the ledger as a
/// cost of the milestone that no money pays for.
#[derive(Debug, Clone)]
pub struct DeliverWork {
    /// Which call.
    pub call: String,
    /// Which work.
    pub work: String,
}

impl Action for DeliverWork {
    const DEED: Deed = Deed::JudgeWork;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, mut row) = judged(tx, cx, (&self.call, &self.work)).await?;
        row.state = step(&book, &row, WorkAct::Deliver)?;
        let purse = Purse::open(tx, cx, &self.call).await?;
        purse.is_open()?;
        let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
        let milestone = milestone_key(&book, row.position);
        let milestone = milestone.parse().map_err(anyhow::Error::from)?;
        let cost = Cost { milestone, net: Amount::from_minor(row.value) };
        let key = format!("{}:delivered", row.reference);
        let event = Event::InKindDelivered { council, cost };
        row.entry_seq = purse.append(tx, cx, (Some(&row.council_slug), key), event).await?;
        row.delivered_at = Some(cx.now);
        move_on(tx, cx, (&book, row), EventKind::InKindDelivered).await
    }
}

/// Work that the actor may judge: for the lead's council, and never what they offered themself.
async fn judged(
    tx: &mut Tx,
    cx: &Context<'_>,
    (call, reference): (&str, &str),
) -> Result<(CallBook, Work), Error> {
    let (book, seen) = open(tx, cx, call).await?;
    let row = known(cx, (&book, &seen), reference)?;
    cx.allow(&seen.for_council(book.call.lead_id))?;
    work::judged_by(row.offered_by, cx.person()?).map_err(|error| book.work_refused(&error))?;
    Ok((book, row))
}

/// Where an act takes work, on a milestone that is still done.
fn step(book: &CallBook, row: &Work, act: WorkAct) -> Result<WorkState, Error> {
    let slice = book.milestones.iter().find(|slice| slice.position == row.position);
    let to = match slice.map(|slice| slice.state) {
        None | Some(MilestoneState::Dropped) => Err(WorkError::Dropped),
        Some(_) => work::step_in(book.call.state, row.state, act),
    };
    to.map_err(|error| book.work_refused(&error))
}
