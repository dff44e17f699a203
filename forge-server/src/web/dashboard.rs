//! `/-/dashboard`: what waits for the person who is signed in, and how their spaces stand.

use axum::{extract::State, response::Response};
use forge_domain::calendar;
use forge_store::events::Event;
use jiff::civil::Date;
use serde::Serialize;

use super::{
    csv,
    page::{chrome, page, text},
    routes::{Access, Route},
};
use crate::{
    app::App,
    auth::Viewer,
    dashboard::{self, Deadline, SpaceLine, Standing, Todo},
    error::Error,
    events::wording,
    themes::{Chrome, Crumb, Money},
};

/// The columns of the export.
const HEADER: &str = "space,title,currency,target,committed_bp,paid_bp,next_on,next_kind,\
                      next_subject,short,late_milestones,overdue\r\n";

/// The routes of the dashboard.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/-/dashboard", Access::SignedIn, view),
        Route::get("/-/dashboard.csv", Access::SignedIn, file),
    ]
}

/// `pages/dashboard.html`.
#[derive(Debug, Clone, Serialize)]
pub struct DashboardPage {
    /// The frame.
    pub page: Chrome,
    /// What waits, the most urgent first.
    pub todo: Vec<TodoRow>,
    /// The spaces of the person's councils.
    pub spaces: Vec<SpaceRow>,
    /// What ends when, month by month.
    pub months: Vec<Month>,
    /// What happened last, newest first.
    pub activity: Vec<ActivityRow>,
    /// Whether the person holds a role at all.
    pub has_role: bool,
    /// The table of spaces as a file.
    pub export: String,
    /// The same for programs.
    pub api: String,
}

/// One thing to do.
#[derive(Debug, Clone, Serialize)]
pub struct TodoRow {
    /// The end of a key `todo-…`.
    pub task: &'static str,
    /// What it is about.
    pub subject: String,
    /// The council or the supplier it concerns.
    pub who: Option<String>,
    /// Where it is done.
    pub href: String,
    /// The day it is due.
    pub due_on: Option<String>,
    /// Whether that day is past.
    pub late: bool,
}

/// One space.
#[derive(Debug, Clone, Serialize)]
pub struct SpaceRow {
    /// Its title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// Its page.
    pub href: String,
    /// Its sums, one a currency.
    pub standings: Vec<StandingRow>,
    /// What ends next in it.
    pub next: Option<DeadlineRow>,
    /// The ends of keys `dashboard-alert-…`, and how often.
    pub alerts: Vec<(&'static str, usize)>,
}

/// How the calls of a space stand in one currency.
#[derive(Debug, Clone, Serialize)]
pub struct StandingRow {
    /// What they cost.
    pub target: Money,
    /// What is committed of it, in basis points.
    pub committed_bp: i64,
    /// What is paid of it, in basis points.
    pub paid_bp: i64,
}

/// What ends in one month.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// Its first day.
    pub first: String,
    /// What ends, day by day.
    pub deadlines: Vec<DeadlineRow>,
}

/// Something that ends.
#[derive(Debug, Clone, Serialize)]
pub struct DeadlineRow {
    /// The day.
    pub on: String,
    /// The end of a key `dashboard-deadline-…`.
    pub kind: &'static str,
    /// A title or a reference.
    pub subject: String,
    /// Whose it is.
    pub council: Option<String>,
    /// Its page.
    pub href: String,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
pub struct ActivityRow {
    /// When.
    pub at: String,
    /// What, in a sentence.
    pub text: String,
    /// The page it is about.
    pub href: String,
}

async fn view(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    viewer.signed_in()?;
    let read = dashboard::of(&app, viewer.actor()).await?;
    let title = text(&app, &viewer, "nav-dashboard");
    let mut frame = chrome(&app, &viewer, title.as_str());
    frame.crumbs = vec![Crumb::here(title)];
    let tag = viewer.locale().tag();
    let body = DashboardPage {
        page: frame,
        todo: read.todo.into_iter().map(todo_row).collect(),
        spaces: read.spaces.into_iter().map(|line| space_row(line, tag)).collect(),
        months: months(read.deadlines),
        activity: read.activity.iter().map(|event| activity(&app, &viewer, event)).collect(),
        has_role: !viewer.actor().roles.is_empty(),
        export: "/-/dashboard.csv".to_owned(),
        api: "/api/v1/me/dashboard".to_owned(),
    };
    page(&app, &viewer, "pages/dashboard.html", &body)
}

fn activity(app: &App, viewer: &Viewer, event: &Event) -> ActivityRow {
    let line = wording::line(app, viewer.locale(), event);
    ActivityRow { at: calendar::format_instant(event.at), text: line.text, href: line.href }
}

fn todo_row(todo: Todo) -> TodoRow {
    TodoRow {
        task: todo.task.name(),
        subject: todo.subject,
        who: todo.who,
        href: todo.path,
        due_on: todo.due_on.map(|day| day.to_string()),
        late: todo.late,
    }
}

fn space_row(line: SpaceLine, tag: &str) -> SpaceRow {
    let standing = |standing: Standing| StandingRow {
        target: Money::new(standing.target, standing.currency),
        committed_bp: standing.committed_bp,
        paid_bp: standing.paid_bp,
    };
    SpaceRow {
        href: format!("/{}", line.slug),
        lang: (line.lang != tag).then_some(line.lang),
        title: line.title,
        standings: line.standings.into_iter().map(standing).collect(),
        next: line.next.map(deadline_row),
        alerts: line.alerts.into_iter().map(|(alert, count)| (alert.name(), count)).collect(),
    }
}

fn deadline_row(deadline: Deadline) -> DeadlineRow {
    DeadlineRow {
        on: deadline.on.to_string(),
        kind: deadline.kind,
        subject: deadline.subject,
        council: deadline.council,
        href: deadline.path,
    }
}

/// Deadlines, which come in order, under the month they fall in.
fn months(deadlines: Vec<Deadline>) -> Vec<Month> {
    let mut months: Vec<(Date, Month)> = Vec::new();
    for deadline in deadlines {
        let first = deadline.on.first_of_month();
        if months.last().is_none_or(|(month, _)| *month != first) {
            months.push((first, Month { first: first.to_string(), deadlines: Vec::new() }));
        }
        if let Some((_, month)) = months.last_mut() {
            month.deadlines.push(deadline_row(deadline));
        }
    }
    months.into_iter().map(|(_, month)| month).collect()
}

/// The table of spaces: one line a space and currency, ratios in basis points.
async fn file(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    viewer.signed_in()?;
    let read = dashboard::of(&app, viewer.actor()).await?;
    let mut out = HEADER.to_owned();
    for line in &read.spaces {
        for standing in &line.standings {
            out.push_str(&csv::line(',', cells(line, Some(standing))));
        }
        if line.standings.is_empty() {
            out.push_str(&csv::line(',', cells(line, None)));
        }
    }
    csv::file("dashboard.csv", out)
}

fn cells(line: &SpaceLine, standing: Option<&Standing>) -> Vec<String> {
    let told = |cell: fn(&Standing) -> String| standing.map(cell).unwrap_or_default();
    let next = |cell: fn(&Deadline) -> String| line.next.as_ref().map(cell).unwrap_or_default();
    let count = |alert: dashboard::Alert| {
        let found = line.alerts.iter().find(|(kind, _)| *kind == alert);
        found.map_or(0, |(_, count)| *count).to_string()
    };
    vec![
        line.slug.clone(),
        line.title.clone(),
        told(|one| one.currency.code().to_owned()),
        told(|one| one.target.to_decimal(one.currency)),
        told(|one| one.committed_bp.to_string()),
        told(|one| one.paid_bp.to_string()),
        next(|one| one.on.to_string()),
        next(|one| one.kind.to_owned()),
        next(|one| one.subject.clone()),
        count(dashboard::Alert::Short),
        count(dashboard::Alert::LateMilestone),
        count(dashboard::Alert::Overdue),
    ]
}
