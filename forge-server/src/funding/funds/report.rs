//! The closing report: the public final account of a call (domain.md §c14), for people and programs
//! from the same figures. It names councils and offices, never a person.

mod facts;
mod table;

use forge_domain::{
    calendar,
    funds::{PaymentState, RefundState},
    money::Amount,
    work::WorkState,
};
use forge_store::{calls::Subsidy, pledges::Pledge, refunds::Closing, work::Work};
use serde_json::{Value, json};

use super::{FundsBook, answer, confirmed, documents, milestone_key, share};
use crate::{
    error::Error,
    funding::{CallBook, Reader},
};

pub use facts::Facts;
pub use table::csv;

/// The report with the figures as they are now; kept as it is once both sides signed.
///
/// # Errors
/// Internal where a stored rule or account is unreadable, or where amounts run over.
pub fn report(
    (book, money): (&CallBook, &FundsBook),
    closing: &Closing,
    facts: &Facts,
) -> Result<Value, Error> {
    let call = &book.call;
    let amount = |minor: i64| book.decimal(minor);
    let instant = |at: Option<jiff::Timestamp>| at.map(calendar::format_instant);
    Ok(json!({
        "version": 1,
        "call": call.reference,
        "title": call.title,
        "space": call.space_slug,
        "space_title": book.space.title,
        "lead": call.lead_slug,
        "lead_name": facts.lead,
        "treasurer": call.treasurer_slug,
        "treasurer_name": facts.treasurer,
        "currency": call.currency,
        "basis": call.basis,
        "licence": call.licence,
        "vehicle": call.vehicle,
        "contract": book.contract.as_ref().map(|one| json!({
            "ref": one.reference,
            "supplier": one.supplier,
            "amount": amount(one.amount),
            "signed_on": one.signed_on.to_string(),
        })),
        "dates": {
            "published_at": instant(call.published_at),
            "deadline": call.deadline.to_string(),
            "confirmed_at": instant(call.ended_at),
            "refunds_planned_at": calendar::format_instant(closing.planned_at),
            "closed_at": instant(closing.closed_at),
        },
        "milestones": milestones(book, money, facts)?,
        "votes": facts.votes()?,
        "councils": confirmed(book).map(|one| council(book, money, one))
            .collect::<Result<Vec<_>, _>>()?,
        "grants": book.subsidies.iter().map(|one| grant(book, money, one))
            .collect::<Result<Vec<_>, _>>()?,
        "in_kind": book.work.iter().filter(|work| work.state.is_part())
            .map(|work| in_kind(book, work)).collect::<Vec<_>>(),
        "refunds": money.refunds.iter().map(|one| refund(book, one)).collect::<Vec<_>>(),
        "releases": facts.releases(book),
        "modules": book.modules.iter()
            .map(|module| format!("{}/{}", module.owner_slug, module.slug)).collect::<Vec<_>>(),
        "totals": totals(book, money)?,
        "accounts_not_at_zero": money.books.0.iter()
            .filter(|(_, sum)| **sum != 0)
            .map(|(account, sum)| json!([account.to_string(), sum.to_string()]))
            .collect::<Vec<_>>(),
        "lessons": closing.lessons,
        "ledger": facts.ledger(),
        "signed": {
            "lead": { "council": call.lead_slug, "at": instant(closing.lead_signed_at) },
            "treasurer": { "council": call.treasurer_slug,
                           "at": instant(closing.treasurer_signed_at) },
        },
    }))
}

/// What came in, what was spent and what went back; and what days of work were worth, which is no
/// money and in none of these sums.
fn totals(book: &CallBook, money: &FundsBook) -> Result<Value, Error> {
    let amount = |minor: i64| book.decimal(minor);
    let spent = (1..=slices(book)).map(|n| spent_on(money, n));
    let spent = spent.collect::<Result<Vec<_>, _>>()?;
    let spent = total(spent.into_iter().flat_map(|(net, vat)| [net, vat]))?;
    let came = money.payments.iter();
    let came = came.filter(|one| one.state == PaymentState::Reconciled && one.kind != "supplier");
    let came = total(came.map(|one| one.amount))?;
    let refunded = total_refunds(money, RefundState::Sent)?;
    let carried = total_refunds(money, RefundState::Carried)?;
    Ok(json!({
        "came_in": amount(came),
        "spent": amount(spent),
        "refunded": amount(refunded),
        "carried": amount(carried),
        "difference": amount(total([came, -spent, -refunded, -carried])?),
        "in_kind": amount(worth(book, WorkState::Delivered)?),
        "in_kind_missing": amount(worth(book, WorkState::Agreed)?),
    }))
}

/// The report a reader is shown: as it was signed, or with the figures of today.
///
/// # Errors
/// [`Error::NotFound`] where refunds were not planned yet.
pub async fn shown(
    reader: &mut Reader<'_>,
    book: &CallBook,
    money: &FundsBook,
) -> Result<Value, Error> {
    let closing = money.closing.as_ref().ok_or(Error::NotFound)?;
    match &closing.report {
        Some(text) => Ok(serde_json::from_str(text).map_err(anyhow::Error::from)?),
        None => report((book, money), closing, &Facts::load(reader, book).await?),
    }
}

/// Adds amounts up; more than can be counted is an error and never another number.
fn total(minor: impl IntoIterator<Item = i64>) -> Result<i64, Error> {
    let sum = Amount::checked_sum(minor.into_iter().map(Amount::from_minor));
    Ok(sum.map_err(anyhow::Error::from)?.minor())
}

/// How many documents the call may have: its milestones and the reserve.
fn slices(book: &CallBook) -> i64 {
    i64::try_from(book.milestones.len()).unwrap_or(i64::MAX).saturating_add(1)
}

/// What a milestone cost: net and tax, as invoices and direct payments say.
///
/// # Errors
/// Internal where amounts run over.
pub fn spent_on(money: &FundsBook, milestone: i64) -> Result<(i64, i64), Error> {
    let invoices = money
        .invoices
        .iter()
        .filter(|one| one.milestone == milestone && matches!(one.state.name(), "approved" | "paid"))
        .map(|one| (one.net, one.vat));
    let direct = money
        .payments
        .iter()
        .filter(|one| one.milestone == Some(milestone) && one.state == PaymentState::Reconciled)
        .map(|one| (one.amount - one.vat, one.vat));
    let all: Vec<(i64, i64)> = invoices.chain(direct).collect();
    Ok((total(all.iter().map(|one| one.0))?, total(all.iter().map(|one| one.1))?))
}

fn milestones(book: &CallBook, money: &FundsBook, facts: &Facts) -> Result<Vec<Value>, Error> {
    let row = |(position, document): (i64, forge_domain::sharing::Document)| {
        let slice = book.milestones.iter().find(|one| one.position == position);
        let (net, vat) = spent_on(money, position)?;
        let called = money
            .calls
            .iter()
            .filter(|call| call.milestone == position && call.issued_at.is_some())
            .filter(|call| call.cancelled_at.is_none())
            .flat_map(|call| money.lines_of(call.id))
            .map(|line| line.gross);
        let called = total(called)?;
        let delivery = facts.delivery(position);
        let instant = |at: Option<jiff::Timestamp>| at.map(calendar::format_instant);
        Ok(json!({
            "milestone": milestone_key(book, position),
            "title": slice.map(|one| one.title.clone()),
            "state": slice.map(|one| one.state.name()),
            "due_on": slice.and_then(|one| one.due_on).map(|day| day.to_string()),
            "delivered_at": instant(delivery.map(|one| one.delivered_at)),
            "accepted_at": instant(delivery.and_then(|one| one.decided_at)),
            "vote": delivery.and_then(|one| one.vote_ref.clone()),
            "planned_net": book.decimal(document.net.minor()),
            "planned_vat": book.decimal(document.vat.minor()),
            "subsidies": book.decimal(document.subsidies.minor()),
            "called": book.decimal(called),
            "actual_net": book.decimal(net),
            "actual_vat": book.decimal(vat),
        }))
    };
    documents(book)?.into_iter().map(row).collect()
}

/// What one council pledged, paid and got back.
fn council(book: &CallBook, money: &FundsBook, pledge: &Pledge) -> Result<Value, Error> {
    let lines = || money.lines.iter().filter(|line| line.council_id == pledge.council_id);
    let issued = |line: &&forge_store::funds::Line| {
        money.calls.iter().any(|call| {
            call.id == line.funds_call_id && call.issued_at.is_some() && call.cancelled_at.is_none()
        })
    };
    let called = total(lines().filter(issued).map(|line| line.gross))?;
    let off = total(lines().filter(issued).map(|line| line.written_off))?;
    let paid = money
        .payments
        .iter()
        .filter(|one| one.council_id == Some(pledge.council_id))
        .filter(|one| one.state == PaymentState::Reconciled)
        .map(|one| one.amount);
    let paid = total(paid)?;
    let back = |state| {
        let own = money.refunds.iter().filter(|one| one.council_id == Some(pledge.council_id));
        total(own.filter(|one| one.state == state).map(|one| one.amount))
    };
    let (sent, carried) = (back(RefundState::Sent)?, back(RefundState::Carried)?);
    Ok(json!({
        "council": pledge.council_slug,
        "name": pledge.council_name,
        "pledge": pledge.reference,
        "ceiling": book.decimal(pledge.ceiling.unwrap_or_default()),
        "share": book.decimal(share(book, pledge).minor()),
        "called": book.decimal(called),
        "paid": book.decimal(paid),
        "written_off": book.decimal(off),
        "refunded": book.decimal(sent),
        "carried": book.decimal(carried),
        "cost": book.decimal(total([paid, -sent, -carried])?),
    }))
}

/// Days of work that were agreed on: given, or missing where they were not.
fn in_kind(book: &CallBook, work: &Work) -> Value {
    json!({
        "ref": work.reference,
        "council": work.council_slug,
        "name": work.council_name,
        "milestone": milestone_key(book, work.position),
        "task": work.task,
        "days": work.days.to_string(),
        "day_rate": book.decimal(work.day_rate),
        "value": book.decimal(work.value),
        "counted": work.counted,
        "delivered_at": work.delivered_at.map(calendar::format_instant),
        "missing": work.state == WorkState::Agreed,
    })
}

/// What the days of work in this state are worth together.
fn worth(book: &CallBook, state: WorkState) -> Result<i64, Error> {
    total(book.work.iter().filter(|work| work.state == state).map(|work| work.value))
}

/// What went back to one party.
fn refund(book: &CallBook, row: &forge_store::refunds::Refund) -> Value {
    let grant = row.grant_position.and_then(|position| {
        book.subsidies.iter().find(|one| one.position == position).map(|one| one.label.clone())
    });
    json!({
        "ref": row.reference,
        "council": row.council_slug,
        "to": row.council_name.clone().or(grant),
        "amount": book.decimal(row.amount),
        "state": row.state.name(),
        "value_date": row.value_date.map(|day| day.to_string()),
    })
}

fn grant(book: &CallBook, money: &FundsBook, row: &Subsidy) -> Result<Value, Error> {
    let award = money.awards.iter().find(|award| award.position == row.position);
    let back = money.refunds.iter().filter(|one| one.grant_position == Some(row.position));
    let back = total(back.map(|one| one.amount))?;
    let came = money.granted(row.position);
    Ok(json!({
        "grant": row.label,
        "account": award.map(|award| award.account.clone()),
        "act_ref": award.map(|award| award.act_ref.clone()),
        "planned": book.decimal(answer::planned(book, row)?.minor()),
        "awarded": award.map(|award| book.decimal(award.amount)),
        "received": book.decimal(came.minor()),
        "refunded": book.decimal(back),
        "cost": book.decimal(total([came.minor(), -back])?),
    }))
}

fn total_refunds(money: &FundsBook, state: RefundState) -> Result<i64, Error> {
    total(money.refunds.iter().filter(|one| one.state == state).map(|one| one.amount))
}
