//! A place that passes from one council to another after the call is confirmed (P13): the council
//! that leaves offers it, another one signs for it on evidence of its own, the lead of the call
//! agrees. It passes with the last of the three, and not before the evidence counts.

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::Deed,
    ledger::{Event, Key},
    money::Amount,
    names::Slug,
    pledge::{self, Judged, MandateKind, PledgeAct, PledgeError},
};
use forge_store::{
    Tx, councils, evidence, ledger,
    pledges::{self, Pledge, Step},
    substitutions::{self, NewSubstitution, Substitution},
};
use serde_json::json;

use super::{
    at::{find, mandated, open, proven, see, tell},
    commit::judge_acts,
    join::sign,
    one,
    step::{Moved, move_on, step_of},
};
use crate::{
    actions::{Action, Context, calls, evidence::NewAct},
    error::{Error, Refusal},
    funding::{CallBook, Reader, answer, draft, wrong},
};

/// Offers the place of a confirmed pledge to another council.
#[derive(Debug, Clone)]
pub struct OfferPlace {
    /// The pledge of the council that leaves.
    pub reference: String,
    /// The council that is to take its place.
    pub to: String,
    /// Why, in a sentence everyone may read.
    pub reason: String,
    /// The act it rests on.
    pub act_ref: Option<String>,
}

impl Action for OfferPlace {
    const DEED: Deed = Deed::SubstitutePledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row) = find(tx, cx, &self.reference).await?;
        proven(cx)?;
        pledge::transition(Some(row.state), PledgeAct::Substitute).map_err(one)?;
        mandated(tx, cx, (&book, &row), MandateKind::Withdraw).await?;
        uncalled(tx, &book, &row).await?;
        let reason = draft::text("reason", &self.reason)?;
        if reason.is_empty() {
            return Err(one(PledgeError::ReasonMissing));
        }
        let slug = self.to.trim().parse::<Slug>().map_err(|_| wrong("to", "council_unknown"))?;
        let to = councils::by_slug(&mut *tx, &slug).await?;
        let to = to.ok_or_else(|| wrong("to", "council_unknown"))?;
        if to.id == row.council_id {
            return Err(one(PledgeError::SameCouncil));
        }
        if book.position(to.id).is_some() {
            return Err(wrong("to", "already_pledged"));
        }
        let act_ref = self.act_ref.as_deref().map(|text| draft::text("act_ref", text));
        let act_ref = act_ref.transpose()?.filter(|text| !text.is_empty());
        let new = NewSubstitution {
            id: cx.new_id(),
            pledge: row.id,
            council: to.id,
            reason: &reason,
            act_ref: act_ref.as_deref(),
            offered_by: cx.person()?,
            now: cx.now,
        };
        substitutions::offer(&mut *tx, new).await?;
        let detail = json!({ "call": row.call_ref, "offered_to": to.slug, "reason": reason });
        cx.record_for(row.council_id, row.reference.clone(), detail);
        tell(tx, cx, (&book, &self.reference)).await
    }
}

/// Takes a place that was offered, on evidence of the council's own.
#[derive(Debug, Clone)]
pub struct TakePlace {
    /// The pledge of the council that leaves.
    pub reference: String,
    /// The council that takes its place.
    pub council: String,
    /// What its own act authorises.
    pub ceiling: forge_api::Amount,
    /// The act.
    pub act: NewAct,
}

impl Action for TakePlace {
    const DEED: Deed = Deed::SubstitutePledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let left = pledges::by_ref(&mut *tx, &self.reference).await?.ok_or(Error::NotFound)?;
        let at = open(tx, cx, &left.call_ref, &self.council).await?;
        proven(cx)?;
        let offer = substitutions::of_pledge(&mut *tx, left.id).await?;
        let offer = offer.filter(|offer| offer.council_id == at.council.id);
        let offer = offer.filter(|offer| offer.done_at.is_none() && offer.taking_id.is_none());
        let offer = offer.ok_or_else(|| Error::Conflict(Refusal::new("place_not_offered")))?;
        if at.position().is_some() {
            return Err(wrong("council", "already_pledged"));
        }
        let ceiling = draft::positive("ceiling", &self.ceiling, at.book.currency)?;
        let (share, currency) = (share_of(&at.book, &left)?, at.book.currency);
        pledge::substitute(left.state, (share, Amount::ZERO), ceiling, currency).map_err(one)?;
        let taking = sign(tx, cx, &at, (ceiling, &self.act)).await?;
        substitutions::take(&mut *tx, offer.id, Some(taking.id)).await?;
        go_on(tx, cx, &taking).await?;
        let detail = json!({ "call": left.call_ref, "takes_place_of": left.reference });
        cx.record_for(at.council.id, taking.reference.clone(), detail);
        tell(tx, cx, (&at.book, &taking.reference)).await
    }
}

/// Agrees, for the lead of the call, that the place passes.
#[derive(Debug, Clone)]
pub struct ApproveSubstitution {
    /// The pledge of the council that leaves.
    pub reference: String,
}

impl Action for ApproveSubstitution {
    const DEED: Deed = Deed::ApproveSubstitution;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row, held) = see(tx, cx, &self.reference).await?;
        cx.allow(&calls::resource(&book, held).for_council(book.call.lead_id))?;
        let offer = substitutions::of_pledge(&mut *tx, row.id).await?;
        let offer = offer.filter(|offer| offer.done_at.is_none());
        let offer = offer.ok_or_else(|| Error::Conflict(Refusal::new("place_not_offered")))?;
        if !substitutions::approve(&mut *tx, offer.id, cx.person()?, cx.now).await? {
            return Err(Error::Conflict(Refusal::new("substitution_approved")));
        }
        if let Some(taking) = offer.taking_id {
            let taking = pledges::by_id(&mut *tx, taking).await?.ok_or(Error::NotFound)?;
            go_on(tx, cx, &taking).await?;
        }
        let detail = json!({ "call": row.call_ref, "substitution": "approved" });
        cx.record_for(book.call.lead_id, row.reference.clone(), detail);
        tell(tx, cx, (&book, &self.reference)).await
    }
}

/// Passes the place on where all three agree and the evidence counts. Whether the pledge was signed
/// for a place at all: then it becomes firm in no other way.
pub(super) async fn go_on(tx: &mut Tx, cx: &Context<'_>, taking: &Pledge) -> Result<bool, Error> {
    let Some(offer) = substitutions::taken_by(&mut *tx, taking.id).await? else { return Ok(false) };
    if offer.done_at.is_some() || offer.approved_at.is_none() {
        return Ok(true);
    }
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), &taking.call_ref).await?;
    let acts = evidence::of_pledge(&mut *tx, taking.id).await?;
    if judge_acts(cx, &book, &acts)? == Some(Judged::Ready) {
        pass(tx, cx, &book, (taking, &offer)).await?;
    }
    Ok(true)
}

async fn pass(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    (taking, offer): (&Pledge, &Substitution),
) -> Result<(), Error> {
    let left = pledges::by_id(&mut *tx, offer.pledge_id).await?.ok_or(Error::NotFound)?;
    let taking = pledges::by_id(&mut *tx, taking.id).await?.ok_or(Error::NotFound)?;
    let share = share_of(book, &left)?;
    let called = uncalled(tx, book, &left).await?;
    let ceiling = Amount::from_minor(taking.ceiling.unwrap_or_default());
    let gone =
        pledge::substitute(left.state, (share, called), ceiling, book.currency).map_err(one)?;
    let there = pledge::transition(Some(taking.state), PledgeAct::TakePlace).map_err(one)?;
    let key = |slug: &str| slug.parse::<Key>().map_err(anyhow::Error::from);
    let event = Event::PledgeSubstituted {
        council: key(&left.council_slug)?,
        by: key(&taking.council_slug)?,
        share,
    };
    let act_ref = offer.act_ref.clone();
    let step = Step { reason: Some(offer.reason.clone()), act_ref, ..step_of(&left, gone) };
    move_on(tx, cx, book, Moved { row: &left, step, event: Some(event) }).await?;
    let step = Step {
        share: left
            .final_net
            .zip(left.final_vat)
            .zip(left.final_gross)
            .map(|((n, v), g)| (n, v, g)),
        committed_by: taking.signed_by,
        ..step_of(&taking, there)
    };
    move_on(tx, cx, book, Moved { row: &taking, step, event: None }).await?;
    Ok(substitutions::done(&mut *tx, offer.id, cx.now).await?)
}

fn share_of(book: &CallBook, row: &Pledge) -> Result<Amount, Error> {
    let share = answer::final_in_basis(book, row);
    share.ok_or_else(|| anyhow::anyhow!("{} has no final share", row.reference).into())
}

/// Refuses a place of which part was called already: what is left of the commitment in the ledger
/// is no longer the whole share.
async fn uncalled(tx: &mut Tx, book: &CallBook, row: &Pledge) -> Result<Amount, Error> {
    let share = share_of(book, row)?;
    let account = format!("commitments/council/{}", row.council_slug);
    let call = book.call.reference.as_str();
    let left = ledger::balance(&mut *tx, book.call.space_id, call, &account).await?;
    let called = share.minor().saturating_sub(left);
    if called == 0 { Ok(Amount::ZERO) } else { Err(one(PledgeError::AlreadyCalled)) }
}
