//! How a call ends: the guards of K4 and K5, and what is kept of the reckoning.

use forge_domain::{
    call::{CallError, Ending},
    money::Amount,
    pledge::PledgeState,
    sharing::{self, Prefix, ShareOutcome, SharingError, Shortfall},
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{CallBook, refused};
use crate::error::{Error, Refusal};

/// The end of a call.
#[derive(Debug, Clone)]
pub enum Decision {
    /// Not yet: judge again at this instant.
    NotYet(Timestamp),
    /// K4: this part of the work is paid for, with these shares, which leave no gap.
    Confirmed(Prefix, Box<ShareOutcome>),
    /// K5: this is missing.
    Failed(Vec<Shortfall>),
}

/// Judges a call by the clock.
pub fn judge(book: &CallBook, now: Timestamp) -> Result<Decision, Error> {
    let clock = book.clock()?;
    let terms = book.terms(book.call.deadline);
    let standing = book.standing_at_end().map_err(|error| refused(&error))?;
    let state = book.call.state;
    let ending = forge_domain::call::judge_deadline(state, &terms, &standing, clock, now)
        .map_err(|error| refusal(&error))?;
    Ok(match ending {
        Ending::NotYet(at) => Decision::NotYet(at),
        Ending::Failed(missing) => Decision::Failed(missing),
        Ending::Confirmed(prefix) => settle(book, prefix).map_err(|error| refused(&error))?,
    })
}

/// The final shares of the part that is kept.
///
/// A grant by rate shrinks with the cost, so that a part the means seem to cover can still leave a
/// gap: then fewer slices are tried, down to the minimum.
pub fn settle(book: &CallBook, mut kept: Prefix) -> Result<Decision, SharingError> {
    let slices = book.slices();
    loop {
        let request = book.request_for(kept, book.firm_for(kept))?;
        let (mut outcome, missing) = match book.guarantee() {
            None => {
                let outcome = sharing::compute(&request)?;
                let gap = outcome.gap;
                (outcome, gap)
            }
            Some(guarantee) => {
                let (outcome, backing) = sharing::compute_guaranteed(&request, guarantee)?;
                (outcome, backing.missing)
            }
        };
        if missing.is_zero() {
            if let Some(guarantor) = &book.backstop {
                outcome.closed_by(&guarantor.slug)?;
            }
            return Ok(Decision::Confirmed(kept, Box::new(outcome)));
        }
        let count = kept.count.saturating_sub(1);
        let cost = Amount::checked_sum(slices.iter().take(count).copied())?;
        if count == 0 || cost.minor() < book.call.minimum {
            return Ok(Decision::Failed(vec![Shortfall::Amount(missing)]));
        }
        kept = Prefix { count, cost };
    }
}

/// Why a call does not move, for whoever asked.
pub fn refusal(error: &CallError) -> Error {
    match error {
        CallError::Terms(faults) => {
            let fields: Vec<_> = faults
                .iter()
                .map(|fault| crate::error::FieldRefusal {
                    field: fault.field(),
                    code: fault.code(),
                    args: vec![("why", fault.to_string())],
                })
                .collect();
            // The first fault speaks for the whole; a list of none is never made.
            let first = fields.first().cloned();
            let mut refusal = Refusal::form(fields);
            if let Some(first) = first {
                (refusal.code, refusal.args) = (first.code, first.args);
            }
            Error::Refused(refusal)
        }
        CallError::ReasonMissing => super::wrong("reason", error.code()),
        CallError::State(_) | CallError::Frozen | CallError::DeadlineOver => {
            Error::Conflict(Refusal::new(error.code()).arg("why", error))
        }
        CallError::ExtensionTooLong(date) | CallError::ExtensionTooShort(date) => {
            super::wrong_because("deadline", error.code(), vec![("date", date.to_string())])
        }
        CallError::ExtensionTooLate => super::wrong("deadline", error.code()),
        CallError::NoEarlyClose
        | CallError::TargetNotCovered
        | CallError::AmendTooLate
        | CallError::LeaveOpen
        | CallError::ExtensionsUsed
        | CallError::RefundPending
        | CallError::NotReconciled
        | CallError::Amount(_) => Error::Refused(Refusal::new(error.code()).arg("why", error)),
    }
}

/// Every input and result of a decision, so that anyone can reckon it again from this alone.
pub fn snapshot(book: &CallBook, decision: &Decision, at: Timestamp) -> Result<Value, Error> {
    let kept = match decision {
        Decision::Confirmed(kept, _) => *kept,
        Decision::NotYet(_) | Decision::Failed(_) => book.whole(),
    };
    let councils: Vec<Value> = book
        .in_state(PledgeState::Firm)
        .map(|pledge| {
            json!({
                "id": pledge.council_slug,
                "pledge": pledge.reference,
                "population": book.inhabitants(pledge.council_id),
                "member_of": book.counted(pledge.council_id, String::new()).member_of,
                "ceiling": pledge.ceiling.map(|ceiling| book.decimal(ceiling)),
                "in_kind": book.decimal(book.work_of(pledge.council_id, kept).minor()),
            })
        })
        .collect();
    let subsidies: Vec<Value> = book
        .subsidies
        .iter()
        .map(|subsidy| {
            json!({
                "label": subsidy.label,
                "amount": subsidy.amount.map(|amount| book.decimal(amount)),
                "rate_bp": subsidy.rate_bp,
                "cap": subsidy.amount_max.map(|amount| book.decimal(amount)),
            })
        })
        .collect();
    let rule: Value = serde_json::from_str(&book.call.rule).map_err(anyhow::Error::from)?;
    Ok(json!({
        "version": 1,
        "call": book.call.reference,
        "decided_at": forge_domain::calendar::format_instant(at),
        "inputs": {
            "currency": book.call.currency,
            "basis": book.call.basis,
            "vat_bp": book.call.vat_bp,
            "target": book.decimal(book.call.target),
            "minimum": book.decimal(book.call.minimum),
            "milestones": book.slices().iter().map(|slice| book.decimal(slice.minor()))
                .collect::<Vec<_>>(),
            "rule": rule,
            "floor": book.call.share_floor.map(|amount| book.decimal(amount)),
            "cap": book.call.share_cap.map(|amount| book.decimal(amount)),
            "subsidies": subsidies,
            "min_councils": book.call.councils_min,
            "min_population": book.call.population_min,
            "required_councils": book.required.iter().map(|one| &one.slug).collect::<Vec<_>>(),
            "backstop": book.backstop.as_ref().map(|one| json!({
                "guarantor": one.slug,
                "limit": book.decimal(one.amount_max),
                "before_ceilings": one.before_ceilings,
            })),
            "councils": councils,
        },
        "result": result(book, decision)?,
    }))
}

fn result(book: &CallBook, decision: &Decision) -> Result<Value, Error> {
    match decision {
        Decision::NotYet(_) => Ok(Value::Null),
        Decision::Confirmed(kept, outcome) => {
            let lines = outcome.lines().map_err(anyhow::Error::from)?;
            let shares: serde_json::Map<String, Value> = lines
                .into_iter()
                .map(|(council, line)| {
                    let text = |amount: Amount| book.decimal(amount.minor());
                    let line = json!({
                        "net": text(line.net),
                        "vat": text(line.vat),
                        "gross": text(line.gross),
                    });
                    (council, line)
                })
                .collect();
            Ok(json!({
                "state": "confirmed",
                "kept": kept.count,
                "cost": book.decimal(kept.cost.minor()),
                "shares": shares,
                "gifts": outcome.gifts.iter()
                    .map(|(council, gift)| (council.clone(), json!(book.decimal(gift.minor()))))
                    .collect::<serde_json::Map<_, _>>(),
                "gap": book.decimal(outcome.gap.minor()),
            }))
        }
        Decision::Failed(missing) => Ok(json!({
            "state": "failed",
            "missing": missing.iter().map(|one| shortfall(book, one)).collect::<Vec<_>>(),
        })),
    }
}

/// One thing that is missing, for programs.
pub fn shortfall(book: &CallBook, missing: &Shortfall) -> Value {
    match missing {
        Shortfall::Amount(amount) => json!({ "amount": book.decimal(amount.minor()) }),
        Shortfall::Councils(count) => json!({ "councils": count }),
        Shortfall::Population(count) => json!({ "population": count }),
        Shortfall::Council(council) => json!({ "council": council }),
        Shortfall::Milestones => json!({ "milestones": true }),
    }
}
