//! What a call for funds asks of each council, and the calculation whose digest stands on every
//! statement: whoever has its text can reckon it again.

use std::collections::BTreeMap;

use forge_domain::{
    funds::{self, Claim, ClaimLine, FundsError},
    hex,
    money::Amount,
    sharing::{self, Document, Participant},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{FundsBook, documents, milestone_key, refused};
use crate::{error::Error, funding::CallBook};

/// Draws up the lines of a milestone with what is known now.
///
/// # Errors
/// [`Error::Refused`] where the call kept no such milestone, [`Error::Conflict`] where it was
/// called for.
pub fn claim(book: &CallBook, money: &FundsBook, milestone: i64) -> Result<Claim, Error> {
    if money.is_called(milestone) {
        return Err(refused(&FundsError::CalledAlready));
    }
    if milestone < 0 {
        return claim_buy_in(book, money, milestone);
    }
    let open: Vec<(i64, Document)> =
        documents(book)?.into_iter().filter(|(position, _)| !money.is_called(*position)).collect();
    let at = open.iter().position(|(position, _)| *position == milestone);
    let at = at.ok_or_else(|| refused(&FundsError::NoSuchMilestone))?;
    let open: Vec<Document> = open.into_iter().map(|(_, document)| document).collect();
    let mut positions = money.positions(book);
    for pledge in super::confirmed(book) {
        // What a late joiner is called for by itself is no milestone's to ask.
        if let Some(position) = positions.get_mut(&pledge.council_slug) {
            let apart = money.apart(pledge.council_id);
            position.called = position.called.checked_add(apart).map_err(anyhow::Error::from)?;
        }
    }
    funds::claim(book.basis(), &open, at, &positions).map_err(|error| refused(&error))
}

/// The call for funds of a late joiner alone.
fn claim_buy_in(book: &CallBook, money: &FundsBook, position: i64) -> Result<Claim, Error> {
    let buy_in = money.buy_in_at(position);
    let buy_in = buy_in.ok_or_else(|| refused(&FundsError::NoSuchMilestone))?;
    let pledge = super::confirmed(book).find(|row| row.id == buy_in.pledge_id);
    let pledge = pledge.ok_or_else(|| refused(&FundsError::NoSuchMilestone))?;
    let before = money.positions(book).get(&pledge.council_slug).copied().unwrap_or_default();
    let amount = (Amount::from_minor(buy_in.apart), Amount::from_minor(buy_in.apart_vat));
    funds::claim_apart(book.basis(), (&pledge.council_slug, before), amount)
        .map_err(|error| refused(&error))
}

/// The weight of each council in the rule, where it has one weight for all; none for envelopes,
/// which weigh in parts.
pub fn weights(book: &CallBook) -> Option<BTreeMap<String, u64>> {
    let councils: Vec<Participant> =
        super::confirmed(book).map(|pledge| book.participant(pledge)).collect();
    let mut parts = sharing::weights(&book.rule, &councils).ok()?;
    if parts.len() == 1 { parts.pop().map(|(_, weights)| weights) } else { None }
}

/// The calculation as text: RFC 8785 form, so that its digest is the same everywhere.
pub fn text(book: &CallBook, milestone: i64, claim: &Claim) -> Result<String, Error> {
    let amount = |amount: forge_domain::money::Amount| book.decimal(amount.minor());
    let weights = weights(book);
    let line = |(council, line): (&String, &ClaimLine)| {
        json!({
            "council": council,
            "weight": weights.as_ref().and_then(|all| all.get(council)),
            "share": amount(line.before.share),
            "ceiling": amount(line.before.ceiling),
            "called_before": amount(line.before.called),
            "amount": amount(line.amount),
            "net": amount(line.line.net),
            "vat": amount(line.line.vat),
            "gross": amount(line.line.gross),
            "to_call": amount(line.to_call),
            "ceiling_left": amount(line.ceiling_left),
        })
    };
    let rule: Value = serde_json::from_str(&book.call.rule).map_err(anyhow::Error::from)?;
    let snapshot = book.call.snapshot.as_deref().unwrap_or_default();
    let whole = json!({
        "version": 1,
        "call": book.call.reference,
        "milestone": milestone_key(book, milestone),
        "currency": book.call.currency,
        "basis": book.call.basis,
        "vat_bp": book.call.vat_bp,
        "cost": {
            "net": amount(claim.document.net),
            "vat": amount(claim.document.vat),
            "subsidies": amount(claim.document.subsidies),
            "base": amount(claim.document.base),
        },
        "rule": rule,
        "confirmation_sha256": hex::encode(&Sha256::digest(snapshot.as_bytes())),
        "councils": claim.lines.iter().map(line).collect::<Vec<_>>(),
    });
    Ok(whole.to_string())
}

/// The digest of a calculation.
pub fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// What a kept calculation says of one council: share, called before, to call, ceiling left.
pub fn line_of(calculation: &str, council: &str) -> Result<Option<Value>, Error> {
    let read: Value = serde_json::from_str(calculation).map_err(anyhow::Error::from)?;
    let lines = read["councils"].as_array().cloned().unwrap_or_default();
    Ok(lines.into_iter().find(|line| line["council"] == council))
}
