//! Where the money of a call stands: what is firm, what is intended, what is missing, and until
//! when. Firm is what councils may be asked for (their ceilings), never the sum of shares.

use forge_domain::{
    call::CallState,
    money::Amount,
    sharing::{Shortfall, Standing},
};
use forge_messages::Arg;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::say::Say;
use crate::{
    error::Error,
    funding::{CallBook, refused},
    themes::Money,
};

/// The funding meter and its sentence.
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// The full cost.
    pub target: Money,
    /// The least firm total that lets work start, where it is less than the target.
    pub minimum: Option<Money>,
    /// What firm ceilings and grants cover of the target, in basis points: drawn solid.
    pub firm_bp: i64,
    /// What intentions would cover beyond that: drawn hatched.
    pub intended_bp: i64,
    /// The drawing in words.
    pub sentence: String,
    /// What counts beside the pledges, and what does not.
    pub notes: Vec<String>,
    /// What is missing and until when; for a call that is over, how it ended.
    pub missing: String,
    /// Whether every threshold is reached.
    pub reached: bool,
}

/// Reads the figures of a call as it stands at `now`.
pub fn figures(book: &CallBook, say: Say<'_>, now: Timestamp) -> Result<Figures, Error> {
    let standing = book.standing().map_err(|error| refused(&error))?;
    let target = Amount::from_minor(book.call.target);
    let (covered, intended) = match book.kept()? {
        Some(kept) => (kept.cost, Amount::ZERO),
        None => (standing.means.min(target), intended(book)),
    };
    let gap = Amount::from_minor(target.minor().saturating_sub(covered.minor()).max(0));
    let minimum = Amount::from_minor(book.call.minimum);
    Ok(Figures {
        target: Money::new(target, book.currency),
        minimum: (minimum < target).then(|| Money::new(minimum, book.currency)),
        firm_bp: covered.basis_points_of(target),
        intended_bp: intended.min(gap).basis_points_of(target),
        sentence: sentence(book, say, (covered, intended, gap)),
        notes: notes(book, say, &standing)?,
        missing: missing(book, say, &standing, now)?,
        reached: book.thresholds().shortfalls(&standing).is_empty(),
    })
}

/// The ceilings intentions name: shown beside what is firm, never added to it.
fn intended(book: &CallBook) -> Amount {
    let ceilings = book.intentions().into_iter().filter_map(|council| council.ceiling);
    Amount::checked_sum(ceilings).unwrap_or_default()
}

fn sentence(
    book: &CallBook,
    say: Say<'_>,
    (covered, intended, gap): (Amount, Amount, Amount),
) -> String {
    let goal = Amount::from_minor(book.call.target);
    let key = if book.call.state.is_frozen() { "call-meter-kept" } else { "call-meter" };
    say.with(
        key,
        &[
            ("firm", say.amount(covered)),
            ("intended", say.amount(intended)),
            ("gap", say.amount(gap)),
            ("goal", say.amount(goal)),
        ],
    )
}

fn notes(book: &CallBook, say: Say<'_>, standing: &Standing) -> Result<Vec<String>, Error> {
    let mut notes = Vec::new();
    let granted = book.granted().map_err(|error| refused(&error))?;
    if !granted.is_zero() {
        notes.push(say.with("call-note-granted", &[("amount", say.amount(granted))]));
    }
    if book.call.state.is_over() {
        return Ok(notes);
    }
    let over = standing.means.minor().saturating_sub(book.call.target);
    if over > 0 {
        let means = say.amount(standing.means);
        notes.push(say.with("call-note-over", &[("amount", means)]));
    }
    let silent = book.intentions().iter().filter(|council| council.ceiling.is_none()).count();
    if silent > 0 {
        notes.push(say.with("call-note-no-ceiling", &[("n", silent.into())]));
    }
    Ok(notes)
}

fn missing(
    book: &CallBook,
    say: Say<'_>,
    standing: &Standing,
    now: Timestamp,
) -> Result<String, Error> {
    let until = [("date", Arg::Date(book.call.deadline)), ("zone", zone(book))];
    Ok(match book.call.state {
        CallState::Draft => say.text("call-missing-draft"),
        CallState::Confirmed => say.text("call-missing-confirmed"),
        CallState::Executing => say.text("call-missing-executing"),
        CallState::Settling => say.text("call-missing-settling"),
        CallState::Closed => say.text("call-missing-closed"),
        CallState::Failed => failed(book, say)?,
        CallState::Cancelled => say.text("call-missing-cancelled"),
        CallState::Open | CallState::Reached if now >= book.call.deadline_at => {
            let clock = book.clock()?;
            let grace = clock.grace.to_zoned(book.zone.clone());
            say.with("call-missing-grace", &[("until", Arg::Moment(&grace))])
        }
        CallState::Open | CallState::Reached => {
            let short = book.thresholds().shortfalls(standing);
            let gap = book.call.target.saturating_sub(standing.means.minor());
            if !short.is_empty() {
                let what = say.list(short.iter().map(|one| shortfall(say, one)).collect());
                let [date, zone] = until;
                say.with("call-missing-open", &[("what", what.into()), date, zone])
            } else if gap > 0 {
                let gap = ("gap", say.amount(Amount::from_minor(gap)));
                let [date, zone] = until;
                say.with("call-missing-reached", &[gap, date, zone])
            } else {
                say.with("call-missing-covered", &until)
            }
        }
    })
}

/// The time zone of the deadline, by its name.
pub fn zone(book: &CallBook) -> Arg<'static> {
    Arg::from(book.space.time_zone.clone())
}

/// One thing that is missing, in words that stand after “missing”.
fn shortfall(say: Say<'_>, missing: &Shortfall) -> String {
    match missing {
        Shortfall::Amount(amount) => {
            say.with("call-short-amount", &[("amount", say.amount(*amount))])
        }
        Shortfall::Councils(count) => say.with("call-short-councils", &[("n", (*count).into())]),
        Shortfall::Population(count) => {
            say.with("call-short-population", &[("n", (*count).into())])
        }
        Shortfall::Council(council) => {
            say.with("call-short-council", &[("council", council.into())])
        }
        Shortfall::Milestones => say.text("call-short-milestones"),
    }
}

/// What was missing at the deadline, as it was kept.
fn failed(book: &CallBook, say: Say<'_>) -> Result<String, Error> {
    let kept = book.call.end_reason.as_deref().unwrap_or("{}");
    let kept: Value = serde_json::from_str(kept).map_err(anyhow::Error::from)?;
    let missing = kept["missing"].as_array().map(Vec::as_slice).unwrap_or_default();
    let what = missing.iter().filter_map(|one| read_shortfall(book, one));
    let what: Vec<String> = what.map(|one| shortfall(say, &one)).collect();
    if what.is_empty() {
        return Ok(say.text("call-missing-failed"));
    }
    Ok(say.with("call-missing-failed-of", &[("what", say.list(what).into())]))
}

fn read_shortfall(book: &CallBook, one: &Value) -> Option<Shortfall> {
    if let Some(amount) = one["amount"].as_str() {
        return Amount::parse(amount, book.currency).ok().map(Shortfall::Amount);
    }
    if let Some(count) = one["councils"].as_u64() {
        return usize::try_from(count).ok().map(Shortfall::Councils);
    }
    if let Some(count) = one["population"].as_u64() {
        return Some(Shortfall::Population(count));
    }
    if let Some(council) = one["council"].as_str() {
        return Some(Shortfall::Council(council.to_owned()));
    }
    one["milestones"].as_bool().map(|_| Shortfall::Milestones)
}
