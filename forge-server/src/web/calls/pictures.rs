//! What people would rather look at than read: the dates of a call on a line, and what was
//! committed day by day. Each drawing has its table.

use forge_domain::{calendar, money::Amount, sharing::Participant};
use forge_messages::Arg;
use forge_store::ledger::{self, Committed};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    curve::{Curve, curve},
    say::Say,
};
use crate::{app::App, error::Error, funding::CallBook, themes::Money};

/// Where a line begins and ends, in the units of the drawings (360 wide).
const LEFT: i64 = 20;
const RIGHT: i64 = 340;
/// Where the most and nothing stand, in the drawing of commitments.
const TOP: i64 = 34;
const BOTTOM: i64 = 164;
/// Marks nearer than this are set above each other.
const MARK: i64 = 20;
/// How many marks fit above each other.
const ROWS_MAX: i64 = 6;

/// The drawings of a call.
#[derive(Debug, Clone, Serialize)]
pub struct Pictures {
    /// The price by the number of councils.
    pub curve: Option<Curve>,
    /// Its dates.
    pub timeline: Option<Timeline>,
    /// What was committed, day by day.
    pub commitments: Option<Commitments>,
}

/// The dates of a call on a line.
#[derive(Debug, Clone, Serialize)]
pub struct Timeline {
    /// The dates, in order.
    pub marks: Vec<Mark>,
    /// Where today stands, where it lies between them.
    pub today: Option<i64>,
    /// The drawing in words.
    pub description: String,
}

/// A date of a call.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// Its number in the drawing and in the table.
    pub n: usize,
    /// The end of a key `timeline-…`.
    pub kind: &'static str,
    /// What it is, where the key does not say it all.
    pub title: Option<String>,
    /// The day.
    pub on: String,
    /// Whether it is past.
    pub past: bool,
    /// Across.
    pub x: i64,
    /// Down.
    pub y: i64,
}

/// What was committed, day by day.
#[derive(Debug, Clone, Serialize)]
pub struct Commitments {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The steps as an SVG polyline reads them.
    pub line: String,
    /// How high the target stands.
    pub target_y: i64,
    /// The target.
    pub target: Money,
    /// The drawing in words.
    pub description: String,
}

/// What was committed at the end of a day on which that changed.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// The day.
    pub on: String,
    /// What was committed.
    pub total: Money,
}

/// Draws what there is to draw.
pub(super) async fn pictures(
    app: &App,
    book: &CallBook,
    say: Say<'_>,
    looking: Option<(Participant, String)>,
) -> Result<Pictures, Error> {
    let now = app.clock.now();
    let call = &book.call;
    let moved = ledger::committed_on_call(&app.db, call.space_id, &call.reference).await?;
    Ok(Pictures {
        curve: looking.and_then(|(me, name)| curve(book, say, (&me, &name))),
        timeline: timeline(book, say, now),
        commitments: commitments(book, say, &moved, now),
    })
}

fn timeline(book: &CallBook, say: Say<'_>, now: Timestamp) -> Option<Timeline> {
    let dates = dates(book);
    let (first, last) = (dates.first()?.0, dates.last()?.0);
    let across = |day: Date| place(day, (first, last));
    let today = calendar::date_at(now, &book.zone);
    let mut marks: Vec<Mark> = Vec::new();
    for (on, kind, title) in dates {
        let x = across(on)?;
        // Upwards, until no mark of before is in the way.
        let taken = |row: i64| {
            marks.iter().any(|mark| mark.y == MARK * (ROWS_MAX - row) && x - mark.x < MARK)
        };
        let row = (0..ROWS_MAX - 1).find(|row| !taken(*row)).unwrap_or(ROWS_MAX - 1);
        let y = MARK * (ROWS_MAX - row);
        let (n, on, past) = (marks.len() + 1, on.to_string(), on < today);
        marks.push(Mark { n, kind, title, on, past, x, y });
    }
    let ends = [("first", Arg::Date(first)), ("last", Arg::Date(last))];
    let [from, to] = ends;
    Some(Timeline {
        today: across(today).filter(|_| first <= today && today <= last),
        description: say.with("call-timeline-text", &[("n", marks.len().into()), from, to]),
        marks,
    })
}

/// The dates of a call, in order.
fn dates(book: &CallBook) -> Vec<(Date, &'static str, Option<String>)> {
    let call = &book.call;
    let day = |at: Timestamp| calendar::date_at(at, &book.zone);
    let mut dates = vec![(call.deadline, "deadline", None)];
    let instants = [
        (call.published_at, "published"),
        (call.ended_at.filter(|_| call.snapshot.is_some()), "confirmed"),
        (call.ended_at.filter(|_| call.snapshot.is_none()), "ended"),
        (call.settled_at, "settled"),
        (call.closed_at, "closed"),
    ];
    dates.extend(instants.into_iter().filter_map(|(at, kind)| Some((day(at?), kind, None))));
    dates.extend(book.contract.as_ref().map(|one| (one.signed_on, "contract", None)));
    for slice in &book.milestones {
        let title = Some(format!("M{} {}", slice.position, slice.title));
        dates.extend(slice.due_on.map(|on| (on, "milestone", title)));
    }
    dates.sort_by_key(|(on, ..)| *on);
    dates
}

/// Where a day stands between two others; nothing where these are one.
fn place(day: Date, (first, last): (Date, Date)) -> Option<i64> {
    let days = |until: Date| first.until(until).ok().map(|span| i64::from(span.get_days()));
    let whole = days(last).filter(|whole| *whole > 0)?;
    Some(LEFT + days(day)? * (RIGHT - LEFT) / whole)
}

fn commitments(
    book: &CallBook,
    say: Say<'_>,
    moved: &[Committed],
    now: Timestamp,
) -> Option<Commitments> {
    let mut days: Vec<(Date, i64)> = Vec::new();
    let mut total = 0_i64;
    for entry in moved {
        let day = calendar::date_at(entry.ts, &book.zone);
        total = total.checked_add(entry.amount)?;
        match days.last_mut() {
            Some((last, sum)) if *last == day => *sum = total,
            _ => days.push((day, total)),
        }
    }
    let first = calendar::date_at(book.call.published_at?, &book.zone);
    let (_, latest) = *days.last()?;
    let last = calendar::date_at(now.max(book.call.deadline_at), &book.zone);
    let most = days.iter().map(|(_, sum)| *sum).max()?.max(book.call.target);
    let height = |sum: i64| {
        let drop = i128::from(most - sum) * i128::from(BOTTOM - TOP) / i128::from(most.max(1));
        TOP + i64::try_from(drop).unwrap_or(0)
    };
    let mut line = vec![format!("{LEFT},{BOTTOM}")];
    let mut before = BOTTOM;
    for (day, sum) in &days {
        let (x, y) = (place(*day, (first, last))?, height(*sum));
        line.extend([format!("{x},{before}"), format!("{x},{y}")]);
        before = y;
    }
    let today = calendar::date_at(now, &book.zone).min(last);
    line.push(format!("{},{before}", place(today, (first, last))?));
    let money = |sum| Money::new(Amount::from_minor(sum), book.currency);
    let target = Amount::from_minor(book.call.target);
    let args = [
        ("amount", say.amount(Amount::from_minor(latest))),
        ("goal", say.amount(target)),
        ("n", days.len().into()),
    ];
    Some(Commitments {
        description: say.with("call-commitments-text", &args),
        steps: days
            .iter()
            .map(|(on, sum)| Step { on: on.to_string(), total: money(*sum) })
            .collect(),
        line: line.join(" "),
        target_y: height(book.call.target),
        target: money(book.call.target),
    })
}
