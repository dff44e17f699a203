//! The closing report: the public final account of a call (domain.md §c14), for people and programs
//! from the same figures.

use forge_domain::{
    calendar,
    funds::{PaymentState, RefundState},
    hex,
};
use forge_store::{calls::Subsidy, ledger::Head, pledges::Pledge, refunds::Closing};
use serde_json::{Value, json};

use super::{FundsBook, answer, confirmed, documents, milestone_key, share};
use crate::{error::Error, funding::CallBook};

/// The report with the figures as they are now; kept as it is once both sides signed.
///
/// # Errors
/// Internal where a stored rule or account is unreadable.
pub fn report(
    (book, money): (&CallBook, &FundsBook),
    closing: &Closing,
    head: Option<&Head>,
) -> Result<Value, Error> {
    let call = &book.call;
    let amount = |minor: i64| book.decimal(minor);
    let instant = |at: Option<jiff::Timestamp>| at.map(calendar::format_instant);
    let spent: i64 = (1..=slices(book)).map(|n| spent_on(money, n).0 + spent_on(money, n).1).sum();
    let came: i64 = money
        .payments
        .iter()
        .filter(|one| one.state == PaymentState::Reconciled && one.kind != "supplier")
        .map(|one| one.amount)
        .sum();
    let refunded = total_refunds(money, RefundState::Sent);
    let carried = total_refunds(money, RefundState::Carried);
    Ok(json!({
        "version": 1,
        "call": call.reference,
        "title": call.title,
        "space": call.space_slug,
        "lead": call.lead_slug,
        "treasurer": call.treasurer_slug,
        "currency": call.currency,
        "basis": call.basis,
        "licence": call.licence,
        "vehicle": call.vehicle,
        "dates": {
            "published_at": instant(call.published_at),
            "confirmed_at": instant(call.ended_at),
            "refunds_planned_at": calendar::format_instant(closing.planned_at),
            "closed_at": instant(closing.closed_at),
        },
        "milestones": milestones(book, money)?,
        "councils": confirmed(book).map(|one| council(book, money, one)).collect::<Vec<_>>(),
        "grants": book.subsidies.iter().map(|one| grant(book, money, one))
            .collect::<Result<Vec<_>, _>>()?,
        "in_kind": [],
        "modules": book.modules.iter()
            .map(|module| format!("{}/{}", module.owner_slug, module.slug)).collect::<Vec<_>>(),
        "totals": {
            "came_in": amount(came),
            "spent": amount(spent),
            "refunded": amount(refunded),
            "carried": amount(carried),
            "difference": amount(came - spent - refunded - carried),
        },
        "accounts_not_at_zero": money.books.0.iter()
            .filter(|(_, sum)| **sum != 0)
            .map(|(account, sum)| json!([account.to_string(), sum.to_string()]))
            .collect::<Vec<_>>(),
        "lessons": closing.lessons,
        "ledger": head.map(|head| json!({ "size": head.seq, "hash": hex::encode(&head.hash) })),
        "signed": {
            "lead": { "council": call.lead_slug, "at": instant(closing.lead_signed_at) },
            "treasurer": { "council": call.treasurer_slug,
                           "at": instant(closing.treasurer_signed_at) },
        },
    }))
}

/// The report a reader is shown: as it was signed, or with the figures of today.
///
/// # Errors
/// [`Error::NotFound`] where refunds were not planned yet.
pub fn shown(book: &CallBook, money: &FundsBook) -> Result<Value, Error> {
    let closing = money.closing.as_ref().ok_or(Error::NotFound)?;
    match &closing.report {
        Some(text) => Ok(serde_json::from_str(text).map_err(anyhow::Error::from)?),
        None => report((book, money), closing, None),
    }
}

/// How many documents the call may have: its milestones and the reserve.
fn slices(book: &CallBook) -> i64 {
    i64::try_from(book.milestones.len()).unwrap_or(i64::MAX).saturating_add(1)
}

/// What a milestone cost: net and tax, as invoices and direct payments say.
pub fn spent_on(money: &FundsBook, milestone: i64) -> (i64, i64) {
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
    invoices.chain(direct).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

fn milestones(book: &CallBook, money: &FundsBook) -> Result<Vec<Value>, Error> {
    let row = |(position, document): (i64, forge_domain::sharing::Document)| {
        let title = book.milestones.iter().find(|one| one.position == position);
        let (net, vat) = spent_on(money, position);
        let called: i64 = money
            .calls
            .iter()
            .filter(|call| call.milestone == position && call.issued_at.is_some())
            .filter(|call| call.cancelled_at.is_none())
            .flat_map(|call| money.lines_of(call.id))
            .map(|line| line.gross)
            .sum();
        json!({
            "milestone": milestone_key(book, position),
            "title": title.map(|one| one.title.clone()),
            "planned_net": book.decimal(document.net.minor()),
            "planned_vat": book.decimal(document.vat.minor()),
            "subsidies": book.decimal(document.subsidies.minor()),
            "called": book.decimal(called),
            "actual_net": book.decimal(net),
            "actual_vat": book.decimal(vat),
        })
    };
    Ok(documents(book)?.into_iter().map(row).collect())
}

/// What one council pledged, paid and got back.
fn council(book: &CallBook, money: &FundsBook, pledge: &Pledge) -> Value {
    let lines = || money.lines.iter().filter(|line| line.council_id == pledge.council_id);
    let issued = |line: &&forge_store::funds::Line| {
        money.calls.iter().any(|call| {
            call.id == line.funds_call_id && call.issued_at.is_some() && call.cancelled_at.is_none()
        })
    };
    let called: i64 = lines().filter(issued).map(|line| line.gross).sum();
    let off: i64 = lines().filter(issued).map(|line| line.written_off).sum();
    let paid: i64 = money
        .payments
        .iter()
        .filter(|one| one.council_id == Some(pledge.council_id))
        .filter(|one| one.state == PaymentState::Reconciled)
        .map(|one| one.amount)
        .sum();
    let back = |state| -> i64 {
        let own = money.refunds.iter().filter(|one| one.council_id == Some(pledge.council_id));
        own.filter(|one| one.state == state).map(|one| one.amount).sum()
    };
    let (sent, carried) = (back(RefundState::Sent), back(RefundState::Carried));
    json!({
        "council": pledge.council_slug,
        "pledge": pledge.reference,
        "ceiling": book.decimal(pledge.ceiling.unwrap_or_default()),
        "share": book.decimal(share(book, pledge).minor()),
        "called": book.decimal(called),
        "paid": book.decimal(paid),
        "written_off": book.decimal(off),
        "refunded": book.decimal(sent),
        "carried": book.decimal(carried),
        "cost": book.decimal(paid - sent - carried),
    })
}

fn grant(book: &CallBook, money: &FundsBook, row: &Subsidy) -> Result<Value, Error> {
    let award = money.awards.iter().find(|award| award.position == row.position);
    let back: i64 = money
        .refunds
        .iter()
        .filter(|one| one.grant_position == Some(row.position))
        .map(|one| one.amount)
        .sum();
    let came = money.granted(row.position);
    Ok(json!({
        "grant": row.label,
        "account": award.map(|award| award.account.clone()),
        "act_ref": award.map(|award| award.act_ref.clone()),
        "planned": book.decimal(answer::planned(book, row)?.minor()),
        "awarded": award.map(|award| book.decimal(award.amount)),
        "received": book.decimal(came.minor()),
        "refunded": book.decimal(back),
        "cost": book.decimal(came.minor() - back),
    }))
}

fn total_refunds(money: &FundsBook, state: RefundState) -> i64 {
    money.refunds.iter().filter(|one| one.state == state).map(|one| one.amount).sum()
}
