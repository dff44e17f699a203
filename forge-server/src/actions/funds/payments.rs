//! Payments: told by one side, acknowledged by the other, and only then in the ledger.

use forge_api::funds::{NewPayment, OtherSide, Payment as Answer};
use forge_domain::{
    Id,
    access::Deed,
    funds::{PaymentAct, PaymentState, Side, payment_after, two_persons, within},
    id,
    ledger::{Cost, Event, Key, Party},
    money::Amount,
    notices::EventKind,
};
use forge_store::{
    Tx,
    payments::{self, Payment},
};
use serde_json::json;

use super::{Purse, claims, reason, reference, settle, short, value_date};
use crate::{
    actions::{Action, Context, calls::stale},
    error::{Error, Refusal},
    events::{self, Event as Happened},
    funding::{
        draft,
        funds::{answer, milestone_key, refused},
        wrong,
    },
};

/// What a payment is done by where nothing is said.
const METHOD: &str = "transfer";

/// Which side of a payment someone may speak for.
#[derive(Debug, Clone, Copy)]
pub struct Sides {
    /// For the council that pays.
    pub payer: bool,
    /// For the treasurer.
    pub treasurer: bool,
}

impl Sides {
    /// The sides the actor may speak for.
    fn of(purse: &Purse, cx: &Context<'_>, payer: Id<id::Council>) -> Self {
        let may = |deed, council| {
            crate::actions::allow(&cx.by.actor, deed, &purse.seen.clone().for_council(council))
                .is_ok()
        };
        Self {
            payer: may(Deed::DeclarePayment, payer),
            treasurer: may(Deed::RecordReceipt, purse.book.call.treasurer_id),
        }
    }

    /// The side meant: the one named, else the only one open. Whoever may speak for neither is
    /// told why by the table of rights.
    fn choose(
        self,
        purse: &Purse,
        cx: &Context<'_>,
        (payer, named): (Id<id::Council>, Option<&str>),
    ) -> Result<Side, Error> {
        let asked = named.map(str::trim).filter(|text| !text.is_empty());
        let side = match asked.map(str::parse::<Side>) {
            Some(Ok(side)) => side,
            Some(Err(_)) => return Err(wrong("side", "unknown_word")),
            None if self.treasurer => Side::Treasurer,
            None => Side::Payer,
        };
        let (open, deed, council) = match side {
            Side::Payer => (self.payer, Deed::DeclarePayment, payer),
            Side::Treasurer => (self.treasurer, Deed::RecordReceipt, purse.book.call.treasurer_id),
        };
        if !open {
            let on = purse.seen.clone().for_council(council);
            crate::actions::allow(&cx.by.actor, deed, &on)?;
        }
        Ok(side)
    }
}

/// Tells a payment on a call for funds first, from either side.
#[derive(Debug, Clone)]
pub struct TellPayment {
    /// The call for funds.
    pub funds_call: String,
    /// What is told.
    pub payment: NewPayment,
}

impl Action for TellPayment {
    const DEED: Deed = Deed::DeclarePayment;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (purse, row) = claims::open(tx, cx, &self.funds_call).await?;
        let new = &self.payment;
        let line = claims::line_of(tx, &purse.money, &row, &new.council).await?;
        let side = Sides::of(&purse, cx, line.council_id).choose(
            &purse,
            cx,
            (line.council_id, new.side.as_deref()),
        )?;
        purse.is_open()?;
        if !matches!(row.state.name(), "issued" | "partly_paid") {
            return Err(Error::Conflict(Refusal::new("funds_state")));
        }
        let amount = draft::positive("amount", &new.amount, purse.book.currency)?;
        let told = purse.money.one_sided(&line);
        let left = purse.money.owed(&line).checked_sub(told).map_err(anyhow::Error::from)?;
        within(amount, left).map_err(|error| refused(&error))?;
        let act = if side == Side::Payer { PaymentAct::Declare } else { PaymentAct::Receive };
        let state = payment_after(None, act).map_err(|error| refused(&error))?;
        let mut payment = blank(tx, cx, &purse, ("contribution", state)).await?;
        payment.funds_call_id = Some(row.id);
        payment.council_id = Some(line.council_id);
        payment.amount = amount.minor();
        payment.value_date = value_date(&purse, cx, &new.value_date)?;
        payment.method =
            short("method", new.method.as_deref())?.unwrap_or_else(|| METHOD.to_owned());
        sign(&mut payment, cx, side, (&new.payment_order_no, &new.bank_ref))?;
        payments::insert(&mut *tx, &payment).await?;
        tell_declared(tx, cx, &purse, (&payment, line.council_id)).await?;
        cx.record_for(
            line.council_id,
            payment.reference.clone(),
            json!({ "funds_call": self.funds_call, "state": state.name(),
                    "amount": purse.book.decimal(payment.amount) }),
        );
        tell(tx, cx, &payment.reference).await
    }
}

/// Acknowledges, from the other side, a payment that one side told: now it is in the ledger.
#[derive(Debug, Clone)]
pub struct ConfirmPayment {
    /// The payment.
    pub reference: String,
    /// What this side adds.
    pub side: OtherSide,
}

impl Action for ConfirmPayment {
    const DEED: Deed = Deed::RecordReceipt;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (purse, mut payment) = open(tx, cx, &self.reference).await?;
        let council = payment.council_id.ok_or(Error::NotFound)?;
        // The side that did not speak yet; a payment both know of is refused by the table.
        let (act, deed, side) = match payment.state {
            PaymentState::Received => (PaymentAct::Declare, Deed::DeclarePayment, Side::Payer),
            _ => (PaymentAct::Receive, Deed::RecordReceipt, Side::Treasurer),
        };
        let acting = if side == Side::Payer { council } else { purse.book.call.treasurer_id };
        crate::actions::allow(&cx.by.actor, deed, &purse.seen.clone().for_council(acting))?;
        purse.is_open()?;
        payment.state = payment_after(Some(payment.state), act).map_err(|error| refused(&error))?;
        let first = payment.declared_by.or(payment.received_by);
        two_persons(first, Some(cx.person()?)).map_err(|error| refused(&error))?;
        let added = &self.side;
        sign(&mut payment, cx, side, (&added.payment_order_no, &added.bank_ref))?;
        let slug = payment.council_slug.clone().ok_or(Error::NotFound)?;
        let event = event_of(&purse, &payment, &slug)?;
        let key = format!("{}:reconciled", payment.reference);
        payment.entry_seq = purse.append(tx, cx, (Some(&slug), key), event).await?;
        if !payments::step(&mut *tx, &payment).await? {
            return Err(stale());
        }
        settle::after(tx, cx, &purse, payment.funds_call_id).await?;
        cx.record_for(
            acting,
            payment.reference.clone(),
            json!({ "state": payment.state.name(), "ledger_seq": payment.entry_seq }),
        );
        tell(tx, cx, &payment.reference).await
    }
}

/// Tells that one side told a payment.
pub(super) async fn tell_declared(
    tx: &mut Tx,
    cx: &Context<'_>,
    purse: &Purse,
    (payment, council): (&Payment, Id<id::Council>),
) -> Result<(), Error> {
    let data = json!({
        "amount": purse.book.decimal(payment.amount), "currency": purse.book.currency.code(),
    });
    let event = Happened::on_call(&purse.book, EventKind::PaymentDeclared);
    events::emit(tx, cx, event.of(council).about(&payment.reference).saying(data)).await?;
    Ok(())
}

fn event_of(purse: &Purse, payment: &Payment, council: &str) -> Result<Event, Error> {
    let key = |text: &str| text.parse::<Key>().map_err(anyhow::Error::from);
    let amount = Amount::from_minor(payment.amount);
    Ok(match payment.milestone {
        None => Event::PaymentAcknowledged { payer: Party::Council(key(council)?), amount },
        Some(milestone) => {
            let vat = Amount::from_minor(payment.vat);
            let net = amount.checked_sub(vat).map_err(anyhow::Error::from)?;
            let milestone = key(&milestone_key(&purse.book, milestone))?;
            Event::PaymentDirect { council: key(council)?, cost: Cost { milestone, net }, vat }
        }
    })
}

/// Takes back what one's own side told, before the other side said so.
#[derive(Debug, Clone)]
pub struct RetractPayment {
    /// The payment.
    pub reference: String,
    /// Why.
    pub reason: String,
}

impl Action for RetractPayment {
    const DEED: Deed = Deed::DeclarePayment;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (purse, mut payment) = open(tx, cx, &self.reference).await?;
        let council = payment.council_id.ok_or(Error::NotFound)?;
        let act = match payment.state {
            PaymentState::Received => PaymentAct::RetractReceipt,
            _ => PaymentAct::RetractDeclaration,
        };
        let acting = if act.side() == Side::Payer { council } else { purse.book.call.treasurer_id };
        let on = purse.seen.clone().for_council(acting);
        crate::actions::allow(&cx.by.actor, act.deed(), &on)?;
        payment.reason = Some(reason(&self.reason)?);
        payment.state = payment_after(Some(payment.state), act).map_err(|error| refused(&error))?;
        if !payments::step(&mut *tx, &payment).await? {
            return Err(stale());
        }
        cx.record_for(acting, payment.reference.clone(), json!({ "state": "retracted" }));
        tell(tx, cx, &payment.reference).await
    }
}

/// Undoes a payment both sides had agreed on, by a correcting entry.
#[derive(Debug, Clone)]
pub struct ReversePayment {
    /// The payment.
    pub reference: String,
    /// Why.
    pub reason: String,
}

impl Action for ReversePayment {
    const DEED: Deed = Deed::RecordReceipt;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (purse, mut payment) = open(tx, cx, &self.reference).await?;
        purse.allow_treasurer(cx)?;
        purse.is_open()?;
        let council = payment.council_slug.clone().ok_or(Error::NotFound)?;
        payment.reason = Some(reason(&self.reason)?);
        payment.state = payment_after(Some(payment.state), PaymentAct::Reverse)
            .map_err(|error| refused(&error))?;
        let undone = format!("{}:reconciled", payment.reference);
        let key = format!("{}:reversed", payment.reference);
        payment.entry_seq = Some(purse.reverse(tx, cx, (Some(&council), key), &undone).await?);
        if !payments::step(&mut *tx, &payment).await? {
            return Err(stale());
        }
        settle::after(tx, cx, &purse, payment.funds_call_id).await?;
        cx.record(payment.reference.clone(), json!({ "state": "reversed" }));
        tell(tx, cx, &payment.reference).await
    }
}

/// A payment of nothing yet, with its reference.
pub(super) async fn blank(
    tx: &mut Tx,
    cx: &Context<'_>,
    purse: &Purse,
    (kind, state): (&str, PaymentState),
) -> Result<Payment, Error> {
    Ok(Payment {
        id: cx.new_id(),
        reference: reference(tx, cx, "PAY").await?,
        call_id: purse.book.call.id,
        call_ref: purse.book.call.reference.clone(),
        kind: kind.to_owned(),
        state,
        funds_call_id: None,
        council_id: None,
        council_slug: None,
        grant_position: None,
        invoice_id: None,
        milestone: None,
        supplier: None,
        supplier_name: None,
        vat: 0,
        amount: 0,
        value_date: forge_domain::calendar::date_at(cx.now, &purse.book.zone),
        method: METHOD.to_owned(),
        payment_order_no: None,
        bank_ref: None,
        receipt_bank_ref: None,
        reason: None,
        entry_seq: None,
        declared_by: None,
        declared_at: None,
        received_by: None,
        received_at: None,
        created_at: cx.now,
        version: 1,
    })
}

/// Puts one side's word on a payment.
pub(super) fn sign(
    payment: &mut Payment,
    cx: &Context<'_>,
    side: Side,
    (order, bank): (&Option<String>, &Option<String>),
) -> Result<(), Error> {
    let bank = short("bank_ref", bank.as_deref())?;
    let order = short("payment_order_no", order.as_deref())?;
    let (who, when) = (Some(cx.person()?), Some(cx.now));
    match side {
        Side::Payer => {
            (payment.declared_by, payment.declared_at) = (who, when);
            payment.bank_ref = bank;
        }
        Side::Treasurer => {
            (payment.received_by, payment.received_at) = (who, when);
            payment.receipt_bank_ref = bank;
        }
    }
    if order.is_some() {
        payment.payment_order_no = order;
    }
    Ok(())
}

async fn open(tx: &mut Tx, cx: &Context<'_>, reference: &str) -> Result<(Purse, Payment), Error> {
    let payment = payments::by_ref(&mut *tx, reference).await?.ok_or(Error::NotFound)?;
    let purse = Purse::open(tx, cx, &payment.call_ref).await?;
    Ok((purse, payment))
}

/// The payment as it is after the act, for one of its sides.
pub(super) async fn tell(tx: &mut Tx, cx: &Context<'_>, reference: &str) -> Result<Answer, Error> {
    let (purse, payment) = open(tx, cx, reference).await?;
    answer::payment((&purse.book, &purse.money), &payment, true)
}
