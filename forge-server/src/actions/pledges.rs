//! Pledges: an intention declared, a council committed, taken back or refused (domain.md §c9).
//!
//! Each answers with the pledge as programs read it, so that a repeated request can be given the
//! very answer of the first.

mod step;

pub(super) use step::{Moved, move_on, step_of};

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::{Deed, Holder, Resource},
    calendar,
    call::{self, CallState},
    ledger::Key,
    money::{Amount, Money},
    names::Slug,
    pledge::{self, CeilingPolicy, Commitment, Mandate, PledgeAct, PledgeError, PledgeState},
    profiles::Profile,
    sharing::Participant,
};
use forge_store::{
    Tx, councils,
    councils::Council,
    evidence, mandates,
    pledges::{self, NewPledge, Pledge, Step},
    settings,
};
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use serde_json::json;

use super::{Action, Context, calls, evidence::NewAct};
use crate::{
    app::Via,
    auth::holder,
    error::{Error, Refusal},
    funding::{CallBook, Reader, answer, book::or_refused, decision, draft, pledge_refused, wrong},
};

/// How long a proof of who one is lasts for an act that binds a council (security.md A12).
const STEP_UP_MINUTES: i64 = 5;

/// Declares that a council intends to join (P1).
#[derive(Debug, Clone)]
pub struct DeclareIntention {
    /// The call.
    pub call: String,
    /// The council.
    pub council: String,
    /// The most it thinks of.
    pub ceiling: Option<forge_api::Amount>,
    /// A remark for the councils of the space.
    pub note: String,
    /// Whether everyone sees it.
    pub public: bool,
}

impl Action for DeclareIntention {
    const DEED: Deed = Deed::DeclareIntention;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let mut at = open(tx, cx, &self.call, &self.council).await?;
        let clock = at.book.clock()?;
        call::takes_intentions(at.book.call.state, clock, cx.now)
            .map_err(|error| decision::refusal(&error))?;
        let from = at.position().map(|row| row.state);
        let to = pledge::transition(from, PledgeAct::Intend).map_err(one)?;
        let currency = at.book.currency;
        let ceiling = self
            .ceiling
            .as_ref()
            .map(|text| draft::positive("ceiling", text, currency))
            .transpose()?;
        let note = draft::text("note", &self.note)?;
        at.reckon(tx, ceiling).await?;
        let reference = insert(tx, cx, &at, (to, ceiling, &note, self.public)).await?;
        cx.record_for(
            at.council.id,
            reference.clone(),
            json!({ "call": self.call, "state": "intention" }),
        );
        tell(tx, cx, &reference).await
    }
}

/// Commits a council up to a ceiling, on the strength of an act of its body (P3).
#[derive(Debug, Clone)]
pub struct CommitPledge {
    /// The call.
    pub call: String,
    /// The council.
    pub council: String,
    /// The most it may ever owe.
    pub ceiling: forge_api::Amount,
    /// The act.
    pub act: NewAct,
    /// A remark for the councils of the space; the intention's stays where none is given.
    pub note: Option<String>,
    /// The version of the call that was seen, where the check page said one.
    pub version: Option<i64>,
}

impl Action for CommitPledge {
    const DEED: Deed = Deed::CommitPledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let mut at = open(tx, cx, &self.call, &self.council).await?;
        proven(cx)?;
        calls::seen(at.book.call.version, self.version)?;
        let position = at.position().cloned();
        in_time(cx, &at, position.as_ref())?;
        let from = position.as_ref().map(|row| row.state);
        let to = pledge::transition(from, PledgeAct::Commit).map_err(one)?;
        let ceiling = draft::positive("ceiling", &self.ceiling, at.book.currency)?;
        let note = match &self.note {
            Some(note) => draft::text("note", note)?,
            None => position.as_ref().map(|row| row.note.clone()).unwrap_or_default(),
        };
        let reference_share = at.reckon(tx, Some(ceiling)).await?;
        let mut acts = match &position {
            Some(row) => evidence::of_pledge(&mut *tx, row.id).await?,
            None => Vec::new(),
        };
        acts.push(self.act.row(cx, forge_domain::Id::new(uuid::Uuid::nil()))?);
        guard(tx, cx, &at, (ceiling, reference_share), &acts).await?;
        let reference = match &position {
            Some(row) => row.reference.clone(),
            // P1 and P3 in one: the pledge starts as an intention, so that one path makes it firm.
            None => {
                insert(tx, cx, &at, (PledgeState::Intention, Some(ceiling), &note, true)).await?
            }
        };
        let row = pledges::by_ref(&mut *tx, &reference).await?.ok_or(Error::NotFound)?;
        evidence::insert(&mut *tx, &self.act.row(cx, row.id)?).await?;
        let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
        let step = Step {
            ceiling: Some(ceiling.minor()),
            note,
            published: true,
            committed_by: Some(cx.person()?),
            ..step_of(&row, to)
        };
        let event = pledge::ledger_event(PledgeAct::Commit, council, ceiling);
        let seq = move_on(tx, cx, &at.book, Moved { row: &row, step, event }).await?;
        calls::recount(tx, cx, &self.call).await?;
        let amount = Money { amount: ceiling, currency: at.book.currency }.to_string();
        cx.record_for(
            at.council.id,
            reference.clone(),
            json!({ "call": self.call, "state": "firm", "ceiling": amount, "ledger_seq": seq }),
        );
        tell(tx, cx, &reference).await
    }
}

/// Takes a firm pledge back before its call is decided (P6).
#[derive(Debug, Clone)]
pub struct WithdrawPledge {
    /// The pledge.
    pub reference: String,
    /// Why, in a sentence everyone may read.
    pub reason: String,
    /// The act it rests on.
    pub act_ref: Option<String>,
}

impl Action for WithdrawPledge {
    const DEED: Deed = Deed::WithdrawPledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row) = find(tx, cx, &self.reference).await?;
        proven(cx)?;
        let reason = draft::text("reason", &self.reason)?;
        let to = pledge::withdraw(row.state, &reason).map_err(one)?;
        let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
        let ceiling = Amount::from_minor(row.ceiling.unwrap_or_default());
        let event = pledge::ledger_event(PledgeAct::Withdraw, council, ceiling);
        let act_ref =
            self.act_ref.as_deref().map(|text| draft::text("act_ref", text)).transpose()?;
        let step = Step { reason: Some(reason), act_ref, ..step_of(&row, to) };
        move_on(tx, cx, &book, Moved { row: &row, step, event }).await?;
        calls::recount(tx, cx, &row.call_ref).await?;
        cx.record_for(
            row.council_id,
            row.reference.clone(),
            json!({ "call": row.call_ref, "state": "withdrawn" }),
        );
        tell(tx, cx, &self.reference).await
    }
}

/// Ends an intention with a no (P5).
#[derive(Debug, Clone)]
pub struct RefusePledge {
    /// The pledge.
    pub reference: String,
    /// Why, where the council says.
    pub reason: String,
}

impl Action for RefusePledge {
    const DEED: Deed = Deed::RefusePledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row) = find(tx, cx, &self.reference).await?;
        let to = pledge::transition(Some(row.state), PledgeAct::Refuse).map_err(one)?;
        let reason = draft::text("reason", &self.reason)?;
        let reason = (!reason.is_empty()).then_some(reason);
        let step = Step { reason, ..step_of(&row, to) };
        move_on(tx, cx, &book, Moved { row: &row, step, event: None }).await?;
        cx.record_for(
            row.council_id,
            row.reference.clone(),
            json!({ "call": row.call_ref, "state": "refused" }),
        );
        tell(tx, cx, &self.reference).await
    }
}

/// A call with the council that acts on it.
struct At {
    book: CallBook,
    council: Council,
}

impl At {
    fn position(&self) -> Option<&Pledge> {
        self.book.position(self.council.id)
    }

    /// The share in the reference scenario; refuses a council the rule cannot count.
    async fn reckon(&mut self, tx: &mut Tx, ceiling: Option<Amount>) -> Result<Amount, Error> {
        self.book.add_council(&mut Reader::Tx(tx), self.council.id).await?;
        let me = Participant {
            population: self.book.inhabitants(self.council.id),
            ceiling,
            ..Participant::new(self.council.slug.clone())
        };
        Ok(or_refused(self.book.prospect(&me))?.reference)
    }
}

/// Opens a call for an act in the name of a council.
async fn open(tx: &mut Tx, cx: &Context<'_>, call: &str, council: &str) -> Result<At, Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), call).await?;
    let (_, held) = holder::of_space_in(tx, book.call.space_id).await?;
    // Who may not see the call is not told which councils there are.
    let seen = calls::resource(&book, held);
    super::allow(&cx.by.actor, Deed::ReadCall, &seen)?;
    let slug = council.trim().parse::<Slug>().map_err(|_| wrong("council", "council_unknown"))?;
    let council = councils::by_slug(&mut *tx, &slug).await?;
    let council = council.ok_or_else(|| wrong("council", "council_unknown"))?;
    cx.allow(&seen.for_council(council.id))?;
    if council.status != "verified" {
        return Err(Error::Refused(Refusal::new("council_not_verified")));
    }
    Ok(At { book, council })
}

/// Finds a pledge for an act of its council.
pub(super) async fn find(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
) -> Result<(CallBook, Pledge), Error> {
    let row = pledges::by_ref(&mut *tx, reference).await?.ok_or(Error::NotFound)?;
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), &row.call_ref).await?;
    let (_, held) = holder::of_space_in(tx, book.call.space_id).await?;
    let seen = calls::resource(&book, held.clone());
    if !row.published && row.committed_at.is_none() {
        // What a space keeps to its members does not exist for others.
        internal(cx, held)?;
    }
    cx.allow(&seen.for_council(row.council_id))?;
    Ok((book, row))
}

fn internal(cx: &Context<'_>, held: Holder) -> Result<(), Error> {
    super::allow(&cx.by.actor, Deed::ReadSpaceInternals, &Resource::published_call(held))
}

/// A page asks for a recent proof of who one is; a token is judged by its scope.
fn proven(cx: &Context<'_>) -> Result<(), Error> {
    if cx.by.via != Via::Web {
        return Ok(());
    }
    let since = cx.now - STEP_UP_MINUTES.minutes();
    if cx.by.authenticated_at.is_some_and(|at| at >= since) {
        Ok(())
    } else {
        Err(Error::Forbidden(Refusal::new("prove_again")))
    }
}

/// A firm pledge from an intention has until the days of grace are over, any other until the
/// deadline.
fn in_time(cx: &Context<'_>, at: &At, position: Option<&Pledge>) -> Result<(), Error> {
    let (state, clock): (CallState, _) = (at.book.call.state, at.book.clock()?);
    let intended = position.is_some_and(|row| row.state == PledgeState::Intention);
    let in_time = if intended {
        call::takes_decisions(state, clock, cx.now)
    } else {
        call::takes_intentions(state, clock, cx.now)
    };
    in_time.map_err(|error| decision::refusal(&error))
}

/// The guard of P3.
async fn guard(
    tx: &mut Tx,
    cx: &Context<'_>,
    at: &At,
    (ceiling, reference_share): (Amount, Amount),
    acts: &[evidence::Evidence],
) -> Result<(), Error> {
    let today = calendar::date_at(cx.now, &at.book.zone);
    // From the beginning, so that one that is over is told from none.
    let all = mandates::of_person(&mut *tx, cx.person()?, Date::constant(1900, 1, 1)).await?;
    let mandates: Vec<Mandate> = all
        .into_iter()
        .filter(|mandate| mandate.council_id == at.council.id)
        .filter_map(|mandate| {
            Some(Mandate {
                amount_max: Amount::from_minor(mandate.amount_max),
                currency: forge_domain::money::Currency::from_code(&mandate.currency).ok()?,
                valid_from: mandate.valid_from,
                valid_until: mandate.valid_until,
            })
        })
        .collect();
    let evidence: Vec<pledge::Evidence> = acts.iter().map(super::evidence::as_judged).collect();
    let low = at.book.call.low_ceilings;
    let commitment = Commitment {
        ceiling,
        currency: at.book.currency,
        today,
        mandates: &mandates,
        evidence: &evidence,
        profile: &Profile::generic(),
        vehicle: &at.book.call.vehicle,
        reference_share,
        policy: if low { CeilingPolicy::MayBeLow } else { CeilingPolicy::CoversShare },
        budget_years: &[],
    };
    let faults = commitment.check();
    if faults.is_empty() { Ok(()) } else { Err(pledge_refused(&faults)) }
}

async fn insert(
    tx: &mut Tx,
    cx: &Context<'_>,
    at: &At,
    (state, ceiling, note, published): (PledgeState, Option<Amount>, &str, bool),
) -> Result<String, Error> {
    let year = cx.now.to_zoned(TimeZone::UTC).year();
    let number = settings::next(&mut *tx, &format!("PLG-{year}")).await?;
    let reference = format!("PLG-{year}-{number:04}");
    let new = NewPledge {
        id: cx.new_id(),
        reference: &reference,
        call: at.book.call.id,
        council: at.council.id,
        state,
        ceiling: ceiling.map(Amount::minor),
        note,
        published,
        created_by: cx.person()?,
        now: cx.now,
    };
    pledges::insert(&mut *tx, new).await?;
    Ok(reference)
}

/// The pledge as its council reads it, with the figures after the act.
async fn tell(tx: &mut Tx, cx: &Context<'_>, reference: &str) -> Result<Answer, Error> {
    let row = pledges::by_ref(&mut *tx, reference).await?.ok_or(Error::NotFound)?;
    let mut reader = Reader::Tx(tx);
    let book = CallBook::of(&mut reader, &row.call_ref).await?;
    answer::pledge(cx.app, &mut reader, &book, &row, true).await
}

fn one(fault: PledgeError) -> Error {
    pledge_refused(&[fault])
}
