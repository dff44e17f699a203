//! Suppliers' invoices: recorded, approved by two persons, paid.

use forge_api::funds::{Invoice as Answer, NewInvoice, Payment as PaymentAnswer, SentPayment};
use forge_domain::{
    access::Deed,
    funds::{InvoiceAct, InvoiceState, PaymentState, Side, invoice_after, two_persons},
    hex,
    ledger::{Cost, Event, Key},
    money::Amount,
    sharing,
};
use forge_store::{
    Tx,
    invoices::{self, Invoice},
    payments,
};
use serde_json::json;

use super::{Purse, at_most, reason, reference, short, value_date};
use crate::{
    actions::{Action, Context, calls::stale},
    error::Error,
    funding::{
        draft,
        funds::{answer, milestone_key, milestone_place, refused},
        wrong, wrong_amount,
    },
};

/// The longest name of a supplier in accounts.
const SUPPLIER_CHARS_MAX: usize = 40;

/// Records a supplier's invoice.
#[derive(Debug, Clone)]
pub struct RecordInvoice {
    /// The call.
    pub call: String,
    /// What it says.
    pub invoice: NewInvoice,
}

impl Action for RecordInvoice {
    const DEED: Deed = Deed::RecordInvoice;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let purse = Purse::open(tx, cx, &self.call).await?;
        purse.allow_treasurer(cx)?;
        purse.is_open()?;
        let new = &self.invoice;
        let milestone = milestone_place(&purse.book, &new.milestone)?;
        let named = (new.supplier.as_str(), new.supplier_name.as_deref());
        let (supplier, supplier_name) = supplier(named)?;
        let net = draft::positive("net", &new.net, purse.book.currency)?;
        let number = short("number", Some(&new.number))?;
        let invoice = Invoice {
            id: cx.new_id(),
            reference: reference(tx, cx, "INV").await?,
            call_id: purse.book.call.id,
            call_ref: self.call.clone(),
            milestone,
            supplier,
            supplier_name,
            number: number.ok_or_else(|| wrong("number", "text_missing"))?,
            issued_on: draft::date("date", &new.date)?,
            net: net.minor(),
            vat: self.vat(&purse, net)?.minor(),
            paid: 0,
            state: InvoiceState::Recorded,
            digest: digest(new.sha256.as_deref())?,
            reason: None,
            entry_seq: None,
            recorded_by: cx.person()?,
            recorded_at: cx.now,
            version: 1,
        };
        invoices::insert(&mut *tx, &invoice).await?;
        cx.record(
            invoice.reference.clone(),
            json!({ "call": self.call, "supplier": invoice.supplier, "number": invoice.number }),
        );
        tell(tx, cx, &invoice.reference).await
    }
}

impl RecordInvoice {
    /// The tax as the invoice says it, or by the rate of the call.
    fn vat(&self, purse: &Purse, net: Amount) -> Result<Amount, Error> {
        let bp = u32::try_from(purse.book.call.vat_bp).map_err(anyhow::Error::from)?;
        match &self.invoice.vat {
            Some(text) => {
                text.to_domain(purse.book.currency).map_err(|error| wrong_amount("vat", &error))
            }
            None => sharing::vat_of(net, bp).map_err(|error| crate::funding::refused(&error)),
        }
    }
}

/// The supplier as accounts name it, and its name.
pub(super) fn supplier((key, name): (&str, Option<&str>)) -> Result<(String, String), Error> {
    let key = key.trim().to_lowercase();
    let plain = key.len() <= SUPPLIER_CHARS_MAX
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if key.is_empty() || !plain {
        return Err(wrong("supplier", "supplier_key"));
    }
    let name = short("supplier_name", name)?.unwrap_or_else(|| key.clone());
    Ok((key, name))
}

fn digest(text: Option<&str>) -> Result<Option<Vec<u8>>, Error> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let bytes = hex::decode::<32>(&text.to_lowercase());
    bytes.map(|bytes| Some(bytes.to_vec())).ok_or_else(|| wrong("sha256", "digest_invalid"))
}

/// Approves an invoice, for the treasurer's or the lead's council; the second person makes it a
/// cost of the call.
#[derive(Debug, Clone)]
pub struct ApproveInvoice {
    /// Our reference of the invoice.
    pub reference: String,
}

impl Action for ApproveInvoice {
    const DEED: Deed = Deed::ApproveInvoice;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (purse, mut invoice) = open(tx, cx, &self.reference).await?;
        let council = for_council(&purse, cx)?;
        purse.is_open()?;
        invoice.state =
            invoice_after(invoice.state, InvoiceAct::Approve).map_err(|e| refused(&e))?;
        let person = cx.person()?;
        for before in purse.money.approvals.iter().filter(|one| one.invoice_id == invoice.id) {
            two_persons(before.person_id, person).map_err(|error| refused(&error))?;
        }
        invoices::insert_approval(&mut *tx, invoice.id, (person, council), cx.now).await?;
        if invoice.state == InvoiceState::Approved {
            let key = |text: &str| text.parse::<Key>().map_err(anyhow::Error::from);
            let milestone = key(&milestone_key(&purse.book, invoice.milestone))?;
            let event = Event::InvoiceApproved {
                supplier: key(&invoice.supplier)?,
                cost: Cost { milestone, net: Amount::from_minor(invoice.net) },
                vat: Amount::from_minor(invoice.vat),
            };
            let named = (None, format!("{}:approved", invoice.reference));
            invoice.entry_seq = purse.append(tx, cx, named, event).await?;
        }
        if !invoices::step(&mut *tx, &invoice).await? {
            return Err(stale());
        }
        cx.record_for(
            council,
            invoice.reference.clone(),
            json!({ "state": invoice.state.name(), "ledger_seq": invoice.entry_seq }),
        );
        tell(tx, cx, &self.reference).await
    }
}

/// The council the actor approves for: the treasurer's, else the lead's.
fn for_council(
    purse: &Purse,
    cx: &Context<'_>,
) -> Result<forge_domain::Id<forge_domain::id::Council>, Error> {
    let call = &purse.book.call;
    let may = |council| cx.allow(&purse.seen.clone().for_council(council));
    match may(call.treasurer_id) {
        Ok(()) => Ok(call.treasurer_id),
        Err(_) => may(call.lead_id).map(|()| call.lead_id),
    }
}

/// Sends an invoice back to its supplier, with a reason.
#[derive(Debug, Clone)]
pub struct RefuseInvoice {
    /// Our reference of the invoice.
    pub reference: String,
    /// Why.
    pub reason: String,
}

impl Action for RefuseInvoice {
    const DEED: Deed = Deed::ApproveInvoice;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (purse, mut invoice) = open(tx, cx, &self.reference).await?;
        for_council(&purse, cx)?;
        invoice.state =
            invoice_after(invoice.state, InvoiceAct::Refuse).map_err(|e| refused(&e))?;
        invoice.reason = Some(reason(&self.reason)?);
        if !invoices::step(&mut *tx, &invoice).await? {
            return Err(stale());
        }
        cx.record(invoice.reference.clone(), json!({ "state": "refused" }));
        tell(tx, cx, &self.reference).await
    }
}

/// Records that the treasurer paid an invoice, or a part of it.
#[derive(Debug, Clone)]
pub struct PayInvoice {
    /// Our reference of the invoice.
    pub reference: String,
    /// What was sent.
    pub sent: SentPayment,
}

impl Action for PayInvoice {
    const DEED: Deed = Deed::SendPayment;
    type Output = PaymentAnswer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<PaymentAnswer, Error> {
        let (purse, mut invoice) = open(tx, cx, &self.reference).await?;
        purse.allow_treasurer(cx)?;
        purse.is_open()?;
        let left = Amount::from_minor(invoice.net + invoice.vat - invoice.paid);
        // The table answers first: an invoice that is not approved is not paid.
        invoice_after(invoice.state, InvoiceAct::PayPart).map_err(|e| refused(&e))?;
        let amount = at_most(&purse, self.sent.amount.as_ref(), left)?;
        let cash = purse.money.books.cash().map_err(anyhow::Error::from)?;
        if amount > cash {
            return Err(wrong("amount", "cash_too_low"));
        }
        let act = if amount == left { InvoiceAct::PayAll } else { InvoiceAct::PayPart };
        invoice.state = invoice_after(invoice.state, act).map_err(|e| refused(&e))?;
        invoice.paid += amount.minor();
        let mut payment =
            super::payments::blank(tx, cx, &purse, ("supplier", PaymentState::Reconciled)).await?;
        payment.invoice_id = Some(invoice.id);
        payment.amount = amount.minor();
        payment.value_date = value_date(&purse, cx, &self.sent.value_date)?;
        let told = (&self.sent.payment_order_no, &self.sent.bank_ref);
        super::payments::sign(&mut payment, cx, Side::Payer, told)?;
        let supplier: Key = invoice.supplier.parse().map_err(anyhow::Error::from)?;
        let key = format!("{}:sent", payment.reference);
        let event = Event::PaymentSent { supplier, amount };
        payment.entry_seq = purse.append(tx, cx, (None, key), event).await?;
        payments::insert(&mut *tx, &payment).await?;
        if !invoices::step(&mut *tx, &invoice).await? {
            return Err(stale());
        }
        cx.record(
            payment.reference.clone(),
            json!({ "invoice": self.reference, "ledger_seq": payment.entry_seq }),
        );
        super::payments::tell(tx, cx, &payment.reference).await
    }
}

async fn open(tx: &mut Tx, cx: &Context<'_>, reference: &str) -> Result<(Purse, Invoice), Error> {
    let invoice = invoices::by_ref(&mut *tx, reference).await?.ok_or(Error::NotFound)?;
    let purse = Purse::open(tx, cx, &invoice.call_ref).await?;
    Ok((purse, invoice))
}

async fn tell(tx: &mut Tx, cx: &Context<'_>, reference: &str) -> Result<Answer, Error> {
    let (purse, invoice) = open(tx, cx, reference).await?;
    answer::invoice(&purse.book, &purse.money, &invoice)
}
