//! How a call ends: the guards of K4 and K5, and what is kept of the reckoning.

use forge_domain::{
    money::Amount,
    sharing::{self, ShareOutcome, SharingError, Shortfall, Verdict},
};
use serde_json::{Value, json};

use super::CallBook;
use crate::error::Error;

/// The end of a call.
#[derive(Debug, Clone)]
pub enum Decision {
    /// K4: these first slices are paid for, with these shares.
    Confirmed {
        /// How many slices of the work are kept.
        kept: usize,
        /// What they cost, in the basis of the call.
        cost: Amount,
        /// The final shares; they leave no gap.
        outcome: Box<ShareOutcome>,
    },
    /// K5: this is missing.
    Failed(Vec<Shortfall>),
}

/// Judges a call as it stands.
///
/// A grant by rate shrinks with the cost, so that a part the means seem to cover can still leave a
/// gap: then fewer slices are tried, down to the minimum.
pub fn decide(book: &CallBook) -> Result<Decision, SharingError> {
    let slices = book.slices();
    let target = Amount::from_minor(book.call.target);
    let verdict = sharing::verdict(target, &slices, &book.thresholds(), &book.standing()?)?;
    let mut kept = match verdict {
        Verdict::Failed(missing) => return Ok(Decision::Failed(missing)),
        Verdict::Succeeded => slices.len(),
        Verdict::Partial(prefix) => prefix.count,
    };
    loop {
        let cost = Amount::checked_sum(slices.iter().take(kept).copied())?;
        let outcome = sharing::compute(&book.request_for(kept, book.firm())?)?;
        if outcome.gap.is_zero() {
            return Ok(Decision::Confirmed { kept, cost, outcome: Box::new(outcome) });
        }
        kept -= 1;
        let below = Amount::checked_sum(slices.iter().take(kept).copied())?;
        if kept == 0 || below.minor() < book.call.minimum {
            return Ok(Decision::Failed(vec![Shortfall::Amount(outcome.gap)]));
        }
    }
}

/// Every input and result of a decision, so that anyone can reckon it again from this alone.
pub fn snapshot(book: &CallBook, decision: &Decision, at: jiff::Timestamp) -> Result<Value, Error> {
    let councils: Vec<Value> = book
        .in_state("firm")
        .map(|pledge| {
            json!({
                "id": pledge.council_slug,
                "pledge": pledge.reference,
                "population": book.inhabitants(pledge.council_id),
                "ceiling": pledge.ceiling.map(|ceiling| book.decimal(ceiling)),
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
            "councils": councils,
        },
        "result": result(book, decision)?,
    }))
}

fn result(book: &CallBook, decision: &Decision) -> Result<Value, Error> {
    match decision {
        Decision::Confirmed { kept, cost, outcome } => {
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
                "kept": kept,
                "cost": book.decimal(cost.minor()),
                "shares": shares,
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
