//! The closing of the books: refunds planned, then the report signed by both sides (K10).

use forge_api::funds::{Closing as Answer, ClosingSignature};
use forge_domain::{
    access::{Deed, Role},
    call::{self, CallState},
    funds::{
        Closing as Plan, Fate, FundsError, InvoiceState, Open, PaymentState, Refund as Owed,
        RefundAct, RefundState, two_persons,
    },
    ledger::{Event, Party},
};
use forge_store::{
    Tx,
    refunds::{self, Closing, Refund},
};
use serde_json::json;

use super::{Purse, reference};
use crate::{
    actions::{
        Action, Context,
        calls::{advance, stale},
    },
    charter,
    error::{Error, Refusal},
    funding::{
        Reader, decision, draft,
        funds::{
            answer::{self, Sight},
            calculation::digest,
            refused, report,
        },
    },
};

/// Plans the refunds of a call: what came in meets what was spent, and the rest is owed back.
#[derive(Debug, Clone)]
pub struct PlanRefunds {
    /// The call.
    pub call: String,
}

impl Action for PlanRefunds {
    const DEED: Deed = Deed::SendPayment;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let purse = Purse::open(tx, cx, &self.call).await?;
        purse.allow_treasurer(cx)?;
        purse.is_open()?;
        if purse.book.call.state != CallState::Settling {
            let state = call::CallError::State(purse.book.call.state);
            return Err(decision::refusal(&state));
        }
        nothing_waits(&purse)?;
        let charter =
            charter::in_force(&mut Reader::Tx(&mut *tx), purse.book.call.space_id).await?;
        let contributions = purse.money.contributions()?;
        let earmarked = purse.money.earmarked(&purse.book)?;
        let below = charter.carried_below;
        let plan = Plan::plan(&purse.money.books, &contributions, &earmarked, below)
            .map_err(|error| refused(&error))?;
        let key = format!("{}:closing", self.call);
        purse.append(tx, cx, (None, key), plan.event.clone()).await?;
        release(tx, cx, &purse).await?;
        for owed in &plan.refunds {
            let refund = insert(tx, cx, &purse, owed).await?;
            if owed.fate == Fate::Carried {
                super::refunds::settle(tx, cx, (&purse, refund), RefundAct::Carry).await?;
            }
        }
        let by = (cx.person()?, cx.now);
        refunds::insert_closing(&mut *tx, purse.book.call.id, plan.unspent.minor(), by).await?;
        cx.record(
            self.call.clone(),
            json!({ "unspent": purse.book.decimal(plan.unspent.minor()),
                    "refunds": plan.refunds.len() }),
        );
        tell(tx, cx, &self.call).await
    }
}

/// What only one side or one person has said must be settled before.
fn nothing_waits(purse: &Purse) -> Result<(), Error> {
    let payment = |state| matches!(state, PaymentState::Declared | PaymentState::Received);
    let invoice = |state| matches!(state, InvoiceState::Recorded | InvoiceState::ApprovedOnce);
    let waits = purse.money.payments.iter().any(|one| payment(one.state))
        || purse.money.invoices.iter().any(|one| invoice(one.state));
    if waits { Err(refused(&FundsError::NotReconciled(Open::OneSided))) } else { Ok(()) }
}

/// Frees what of the shares was never called.
async fn release(tx: &mut Tx, cx: &Context<'_>, purse: &Purse) -> Result<(), Error> {
    for (council, amount) in purse.money.books.uncalled().map_err(anyhow::Error::from)? {
        let slug = council.to_string();
        let key = format!("{}:{slug}:uncalled", purse.book.call.reference);
        let event = Event::PledgeReleased { council, ceiling: amount };
        purse.append(tx, cx, (Some(&slug), key), event).await?;
    }
    Ok(())
}

async fn insert(
    tx: &mut Tx,
    cx: &Context<'_>,
    purse: &Purse,
    owed: &Owed,
) -> Result<Refund, Error> {
    let (mut council, mut grant_position) = (None, None);
    match &owed.party {
        Party::Council(key) => {
            let of = |pledge: &&forge_store::pledges::Pledge| pledge.council_slug == key.as_str();
            council = purse.book.pledges.iter().find(of);
        }
        Party::Grant(key) => {
            let of = |award: &&refunds::Award| award.account == key.as_str();
            grant_position = purse.money.awards.iter().find(of).map(|award| award.position);
        }
    }
    let refund = Refund {
        id: cx.new_id(),
        reference: reference(tx, cx, "REF").await?,
        call_id: purse.book.call.id,
        call_ref: purse.book.call.reference.clone(),
        council_id: council.map(|pledge| pledge.council_id),
        council_slug: council.map(|pledge| pledge.council_slug.clone()),
        council_name: council.map(|pledge| pledge.council_name.clone()),
        grant_position,
        amount: owed.amount.minor(),
        state: RefundState::Planned,
        value_date: None,
        payment_order_no: None,
        bank_ref: None,
        entry_seq: None,
        created_at: cx.now,
        version: 1,
    };
    refunds::insert(&mut *tx, &refund).await?;
    Ok(refund)
}

/// Signs the closing report, for the lead council or for the treasurer. The second signature closes
/// the call: its report is kept as signed, and its ledger stands at zero.
#[derive(Debug, Clone)]
pub struct CloseBooks {
    /// The call.
    pub call: String,
    /// What the signatory adds.
    pub signature: ClosingSignature,
}

impl Action for CloseBooks {
    const DEED: Deed = Deed::CloseBooks;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let purse = Purse::open(tx, cx, &self.call).await?;
        let planned = purse.money.closing.clone();
        let mut closing = sides(&purse, cx, planned)?;
        let books = call::Books {
            even: purse.money.books.are_even().is_ok(),
            refunds_sent: purse.money.refunds.iter().all(|one| one.state != RefundState::Planned),
        };
        let to =
            call::close(purse.book.call.state, books).map_err(|error| decision::refusal(&error))?;
        if let Some(lessons) = &self.signature.lessons {
            closing.lessons = draft::text("lessons", lessons)?;
        }
        let both = closing.lead_signed_by.zip(closing.treasurer_signed_by);
        if let Some((lead, treasurer)) = both {
            two_persons(lead, treasurer).map_err(|error| refused(&error))?;
            closing.closed_at = Some(cx.now);
            let facts = report::Facts::load(&mut Reader::Tx(&mut *tx), &purse.book).await?;
            let text = report::report((&purse.book, &purse.money), &closing, &facts)?;
            closing.digest = Some(digest(&text.to_string()).to_vec());
            closing.report = Some(text.to_string());
            advance(tx, cx, &purse.book, to).await?;
        }
        if !refunds::step_closing(&mut *tx, &closing).await? {
            return Err(stale());
        }
        cx.record(self.call.clone(), json!({ "signed": true, "closed": both.is_some() }));
        tell(tx, cx, &self.call).await
    }
}

/// Puts the actor's signature where it belongs: a lead of the lead council, or finance of the
/// treasurer's; one who is both signs what is still open.
fn sides(purse: &Purse, cx: &Context<'_>, planned: Option<Closing>) -> Result<Closing, Error> {
    let call = &purse.book.call;
    let may = |council| cx.allow(&purse.seen.clone().for_council(council));
    may(call.lead_id).or_else(|_| may(call.treasurer_id))?;
    let mut closing =
        planned.ok_or_else(|| Error::Conflict(Refusal::new("refunds_not_planned")))?;
    let (person, now) = (Some(cx.person()?), Some(cx.now));
    let leads = cx.by.actor.holds(Role::Lead, call.lead_id);
    let keeps = cx.by.actor.holds(Role::Finance, call.treasurer_id);
    if leads && closing.lead_signed_by.is_none() {
        (closing.lead_signed_by, closing.lead_signed_at) = (person, now);
    } else if keeps && closing.treasurer_signed_by.is_none() {
        (closing.treasurer_signed_by, closing.treasurer_signed_at) = (person, now);
    } else {
        return Err(Error::Conflict(Refusal::new("closing_signed")));
    }
    Ok(closing)
}

async fn tell(tx: &mut Tx, cx: &Context<'_>, call: &str) -> Result<Answer, Error> {
    let purse = Purse::open(tx, cx, call).await?;
    let sight = Sight { actor: &cx.by.actor, resource: &purse.seen, internal: true };
    answer::closing(&purse.book, &purse.money, sight)
}
