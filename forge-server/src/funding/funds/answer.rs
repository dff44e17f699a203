//! The money of a call as programs read it.

use forge_api::{
    Amount as Text,
    funds::{Closing, FundsCall, FundsLine, Grant, Invoice, Payment, Refund},
};
use forge_domain::{
    Id,
    access::{Actor, Deed, Resource},
    calendar, hex, id,
    money::Amount,
};
use forge_store::{calls::Subsidy, funds, invoices, payments, refunds};
use serde::de::DeserializeOwned;

use super::{FundsBook, milestone_key};
use crate::{actions::allow, app::App, error::Error, funding::CallBook};

/// Who reads: what only members, auditors and the two sides see is left out for others.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// The call as the table of rights sees it.
    pub resource: &'a Resource,
    /// Whether they see what the space keeps to its members.
    pub internal: bool,
}

impl Sight<'_> {
    /// Whether the bank references of a payment of this council are shown: to auditors, and to the
    /// finance officers of the council and of the treasurer (domain.md §e).
    pub fn sees_bank(&self, book: &CallBook, council: Option<Id<id::Council>>) -> bool {
        let sides = council.into_iter().chain([book.call.treasurer_id]);
        sides.into_iter().any(|side| {
            let on = self.resource.clone().for_council(side);
            allow(self.actor, Deed::ReadBankReferences, &on).is_ok()
        })
    }
}

/// A call for funds.
pub fn call(
    app: &App,
    (book, money): (&CallBook, &FundsBook),
    row: &funds::FundsCall,
    internal: bool,
) -> Result<FundsCall, Error> {
    let amount = |minor: i64| Text(book.decimal(minor));
    let sum = |part: &dyn Fn(&funds::Line) -> i64| amount(money.lines_of(row.id).map(part).sum());
    Ok(FundsCall {
        reference: row.reference.clone(),
        call: row.call_ref.clone(),
        milestone: milestone_key(book, row.milestone),
        state: word(row.state.name())?,
        due_on: row.due_on.to_string(),
        currency: book.call.currency.clone(),
        net: sum(&|line| line.net),
        vat: sum(&|line| line.vat),
        gross: sum(&|line| line.gross),
        paid: sum(&|line| money.paid(line).minor()),
        owed: sum(&|line| money.owed(line).minor()),
        lines: money.lines_of(row.id).map(|one| line(book, money, one)).collect(),
        pay_to: internal.then(|| row.pay_to.clone()),
        issued_at: row.issued_at.map(calendar::format_instant),
        credit_ref: row.credit_ref.clone(),
        cancel_reason: row.cancel_reason.clone(),
        calculation_sha256: hex::encode(&row.digest),
        version: row.version,
        html_url: format!("{}{}", app.public_url, href(book, &row.reference)),
    })
}

/// The page of a call for funds.
pub fn href(book: &CallBook, reference: &str) -> String {
    format!("/{}/-/calls/{}/funds/{reference}", book.call.space_slug, book.call.reference)
}

fn line(book: &CallBook, money: &FundsBook, row: &funds::Line) -> FundsLine {
    let amount = |minor: i64| Text(book.decimal(minor));
    FundsLine {
        council: row.council_slug.clone(),
        net: amount(row.net),
        vat: amount(row.vat),
        gross: amount(row.gross),
        siret: row.siret.clone(),
        service_code: row.service_code.clone(),
        commitment_no: row.commitment_no.clone(),
        external_ref: row.external_ref.clone(),
        paid: amount(money.paid(row).minor()),
        one_sided: amount(money.one_sided(row).minor()),
        written_off: amount(row.written_off),
        owed: amount(money.owed(row).minor()),
        ledger_seq: row.entry_seq,
    }
}

/// A payment; its bank references where `bank` says so.
pub fn payment(
    (book, money): (&CallBook, &FundsBook),
    row: &payments::Payment,
    bank: bool,
) -> Result<Payment, Error> {
    let funds_call = money.calls.iter().find(|call| Some(call.id) == row.funds_call_id);
    let invoice = money.invoices.iter().find(|one| Some(one.id) == row.invoice_id);
    Ok(Payment {
        reference: row.reference.clone(),
        call: row.call_ref.clone(),
        kind: word(&row.kind)?,
        state: word(row.state.name())?,
        funds_call: funds_call.map(|call| call.reference.clone()),
        council: row.council_slug.clone(),
        grant: row.grant_position,
        invoice: invoice.map(|one| one.reference.clone()),
        milestone: row.milestone.map(|position| milestone_key(book, position)),
        supplier: row.supplier.clone().or_else(|| invoice.map(|one| one.supplier.clone())),
        currency: book.call.currency.clone(),
        amount: Text(book.decimal(row.amount)),
        vat: Text(book.decimal(row.vat)),
        value_date: row.value_date.to_string(),
        method: row.method.clone(),
        payment_order_no: row.payment_order_no.clone(),
        bank_ref: row.bank_ref.clone().filter(|_| bank),
        receipt_bank_ref: row.receipt_bank_ref.clone().filter(|_| bank),
        declared_at: row.declared_at.map(calendar::format_instant),
        received_at: row.received_at.map(calendar::format_instant),
        reason: row.reason.clone(),
        ledger_seq: row.entry_seq,
    })
}

/// A supplier's invoice.
pub fn invoice(
    book: &CallBook,
    money: &FundsBook,
    row: &invoices::Invoice,
) -> Result<Invoice, Error> {
    let approvals = money.approvals.iter().filter(|one| one.invoice_id == row.id);
    Ok(Invoice {
        reference: row.reference.clone(),
        call: row.call_ref.clone(),
        milestone: milestone_key(book, row.milestone),
        supplier: row.supplier.clone(),
        supplier_name: row.supplier_name.clone(),
        number: row.number.clone(),
        date: row.issued_on.to_string(),
        currency: book.call.currency.clone(),
        net: Text(book.decimal(row.net)),
        vat: Text(book.decimal(row.vat)),
        gross: Text(book.decimal(row.net + row.vat)),
        paid: Text(book.decimal(row.paid)),
        state: word(row.state.name())?,
        approved_for: approvals.map(|one| one.council_slug.clone()).collect(),
        sha256: row.digest.as_deref().map(hex::encode),
        reason: row.reason.clone(),
        ledger_seq: row.entry_seq,
    })
}

/// A grant of the call, awarded or not yet.
pub fn grant(book: &CallBook, money: &FundsBook, row: &Subsidy) -> Result<Grant, Error> {
    let award = money.awards.iter().find(|award| award.position == row.position);
    Ok(Grant {
        call: book.call.reference.clone(),
        position: row.position,
        label: row.label.clone(),
        account: award.map(|award| award.account.clone()),
        currency: book.call.currency.clone(),
        planned: Text(book.decimal(planned(book, row)?.minor())),
        awarded: award.map(|award| Text(book.decimal(award.amount))),
        awarded_on: award.map(|award| award.awarded_on.to_string()),
        act_ref: award.map(|award| award.act_ref.clone()),
        refund_first: award.is_some_and(|award| award.refund_first),
        received: Text(book.decimal(money.granted(row.position).minor())),
        written_off: Text(book.decimal(award.map_or(0, |award| award.written_off))),
        ledger_seq: award.and_then(|award| award.entry_seq),
    })
}

/// What the confirmed part of the call counted with of a grant.
pub fn planned(book: &CallBook, row: &Subsidy) -> Result<Amount, Error> {
    let request = book.request_for(super::kept(book)?, Vec::new());
    let request = crate::funding::book::or_refused(request)?;
    let at = book.subsidies.iter().position(|subsidy| subsidy.position == row.position);
    let subsidy = at.and_then(|at| request.subsidies.get(at).copied());
    subsidy.map_or(Ok(Amount::ZERO), |subsidy| {
        crate::funding::book::or_refused(subsidy.on(request.total))
    })
}

/// A refund; its bank reference where `bank` says so.
pub fn refund(book: &CallBook, row: &refunds::Refund, bank: bool) -> Result<Refund, Error> {
    Ok(Refund {
        reference: row.reference.clone(),
        call: row.call_ref.clone(),
        council: row.council_slug.clone(),
        grant: row.grant_position,
        currency: book.call.currency.clone(),
        amount: Text(book.decimal(row.amount)),
        state: word(row.state.name())?,
        value_date: row.value_date.map(|day| day.to_string()),
        payment_order_no: row.payment_order_no.clone(),
        bank_ref: row.bank_ref.clone().filter(|_| bank),
        ledger_seq: row.entry_seq,
    })
}

/// The closing of the call.
///
/// # Errors
/// [`Error::NotFound`] where refunds were not planned yet.
pub fn closing(book: &CallBook, money: &FundsBook, sight: Sight<'_>) -> Result<Closing, Error> {
    let row = money.closing.as_ref().ok_or(Error::NotFound)?;
    let one = |row| refund(book, row, sight.sees_bank(book, row.council_id));
    Ok(Closing {
        call: book.call.reference.clone(),
        currency: book.call.currency.clone(),
        unspent: Text(book.decimal(row.unspent)),
        refunds: money.refunds.iter().map(one).collect::<Result<_, _>>()?,
        planned_at: calendar::format_instant(row.planned_at),
        lead_signed_at: row.lead_signed_at.map(calendar::format_instant),
        treasurer_signed_at: row.treasurer_signed_at.map(calendar::format_instant),
        closed_at: row.closed_at.map(calendar::format_instant),
        report_sha256: row.digest.as_deref().map(hex::encode),
    })
}

/// A word of the domain as the wire has it.
pub fn word<T: DeserializeOwned>(name: &str) -> Result<T, Error> {
    let value = serde_json::Value::String(name.to_owned());
    Ok(serde_json::from_value(value).map_err(anyhow::Error::from)?)
}
