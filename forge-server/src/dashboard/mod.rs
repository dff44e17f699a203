//! What a person has to do, and how the spaces of their councils stand: read once for the page,
//! the API and the command line.
//!
//! A handful of statements, however many spaces, calls and roles there are. Each task is offered
//! to the roles that the table of rights grants it to; the page it leads to asks again.

mod spaces;
mod todo;

use forge_domain::{
    Id,
    access::{Actor, Deed},
    calendar,
    call::CallState,
    id,
    money::{Amount, Currency},
};
use forge_store::{
    dashboard::{self as store, Ballot, Handed, OpenPledge, Owed, Slice},
    events::Event,
};
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};

use crate::{app::App, error::Error};

pub use spaces::{Alert, SpaceLine, Standing};
pub use todo::{Task, Todo};

/// How much of what happened is told.
const ACTIVITY_MAX: i64 = 20;

/// A dashboard, at one instant.
#[derive(Debug, Clone, Default)]
pub struct Dashboard {
    /// What waits for the person, the most urgent first.
    pub todo: Vec<Todo>,
    /// The spaces of their councils, by address.
    pub spaces: Vec<SpaceLine>,
    /// What ends when, in order.
    pub deadlines: Vec<Deadline>,
    /// What happened last in these spaces, newest first.
    pub activity: Vec<Event>,
}

/// A day on which something ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day.
    pub on: Date,
    /// What ends: `call`, `vote`, `funds`, `milestone` or `decision`.
    pub kind: &'static str,
    /// A reference or a title.
    pub subject: String,
    /// Whose it is, where it is one council's.
    pub council: Option<String>,
    /// Its page.
    pub path: String,
}

/// What the store answers for one person.
struct Found {
    today: Date,
    calls: Vec<store::SpaceCall>,
    pledges: Vec<OpenPledge>,
    ballots: Vec<Ballot>,
    owed: Vec<Owed>,
    slices: Vec<Slice>,
    handed: Vec<Handed>,
    spaces: Vec<store::OwnSpace>,
}

/// Reads the dashboard of whoever acts: a visitor's is empty.
pub async fn of(app: &App, actor: &Actor) -> Result<Dashboard, Error> {
    let Some(person) = actor.person else {
        return Ok(Dashboard::default());
    };
    let now = app.clock.now();
    let found = Found {
        today: calendar::date_at(now, &TimeZone::UTC),
        calls: store::calls(&app.db, person, now).await?,
        pledges: store::pledges(&app.db, person, now).await?,
        ballots: store::ballots(&app.db, person, now).await?,
        owed: store::owed(&app.db, person, now).await?,
        slices: store::slices(&app.db, person, now).await?,
        handed: store::handed(&app.db, person, now).await?,
        spaces: store::spaces(&app.db, person, now).await?,
    };
    let subsidies = store::subsidies(&app.db, person, now).await?;
    let deadlines = found.deadlines(now);
    Ok(Dashboard {
        todo: found.todo(actor),
        spaces: spaces::lines(&found, &subsidies, &deadlines)?,
        deadlines: deadlines.into_iter().map(|(_, deadline)| deadline).collect(),
        activity: store::activity(&app.db, person, now, ACTIVITY_MAX).await?,
    })
}

/// Whether a role that the actor holds in this council reaches this deed.
fn may(actor: &Actor, deed: Deed, council: Id<id::Council>) -> bool {
    deed.rule().roles().iter().any(|role| actor.holds(*role, council))
}

fn call_path(space: &str, call: &str) -> String {
    format!("/{space}/-/calls/{call}")
}

fn pledge_path(pledge: &OpenPledge) -> String {
    format!("{}/pledges/{}", call_path(&pledge.space_slug, &pledge.call_ref), pledge.reference)
}

fn vote_path(ballot: &Ballot) -> String {
    format!("/{}/-/decisions/{}", ballot.space_slug, ballot.reference)
}

fn funds_path(owed: &Owed) -> String {
    format!("{}/funds/{}", call_path(&owed.space_slug, &owed.call_ref), owed.reference)
}

fn milestone_path(slice: &Slice) -> String {
    format!("{}/milestones/{}", call_path(&slice.space_slug, &slice.call_ref), slice.position)
}

/// The last day of a vote: it closes at the midnight that ends it.
fn closing_day(ballot: &Ballot) -> Date {
    let zone = calendar::parse_zone(&ballot.time_zone).unwrap_or(TimeZone::UTC);
    let last = ballot.closes_at.checked_sub(1.second()).unwrap_or(ballot.closes_at);
    calendar::date_at(last, &zone)
}

fn currency(code: &str) -> Result<Currency, Error> {
    Ok(Currency::from_code(code).map_err(anyhow::Error::from)?)
}

impl Found {
    /// What ends when, each with its space; what is past is no deadline any more.
    fn deadlines(&self, now: Timestamp) -> Vec<(Id<id::Space>, Deadline)> {
        let space = |id| self.spaces.iter().find(|space| space.id == id);
        let mut all = Vec::new();
        for call in self.calls.iter().filter(|call| collects(call)) {
            if let Some(own) = space(call.space_id)
                && call.deadline_at > now
            {
                let path = call_path(&own.slug, &call.reference);
                let of = (call.deadline, "call", call.title.clone());
                all.push((own.id, deadline(of, None, path)));
            }
        }
        for ballot in &self.ballots {
            let of = (closing_day(ballot), "vote", ballot.question.clone());
            let council = Some(ballot.council_name.clone());
            all.push((ballot.space_id, deadline(of, council, vote_path(ballot))));
        }
        for line in self.owed.iter().filter(|line| line.due_on >= self.today) {
            let of = (line.due_on, "funds", line.reference.clone());
            let council = Some(line.council_name.clone());
            all.push((line.space_id, deadline(of, council, funds_path(line))));
        }
        for slice in self.slices.iter().filter(|slice| !slice.state.is_over()) {
            if let Some(day) = slice.due_on.filter(|day| *day >= self.today) {
                let of = (day, "milestone", slice.title.clone());
                all.push((slice.space_id, deadline(of, None, milestone_path(slice))));
            }
        }
        for pledge in &self.pledges {
            let own = self.calls.iter().find(|call| call.reference == pledge.call_ref);
            let planned = pledge.planned_on.filter(|day| *day >= self.today);
            if let (Some(own), Some(day)) = (own, planned) {
                let of = (day, "decision", pledge.reference.clone());
                let council = Some(pledge.council_name.clone());
                all.push((own.space_id, deadline(of, council, pledge_path(pledge))));
            }
        }
        all.sort_by(|(_, a), (_, b)| (a.on, &a.path).cmp(&(b.on, &b.path)));
        all
    }
}

fn deadline(
    (on, kind, subject): (Date, &'static str, String),
    council: Option<String>,
    path: String,
) -> Deadline {
    Deadline { on, kind, subject, council, path }
}

/// Whether a call takes pledges.
fn collects(call: &store::SpaceCall) -> bool {
    matches!(call.state, CallState::Open | CallState::Reached)
}

/// What a sum of minor units is, or why it cannot be told.
fn total(parts: impl IntoIterator<Item = Amount>) -> Result<Amount, Error> {
    Ok(Amount::checked_sum(parts).map_err(anyhow::Error::from)?)
}
