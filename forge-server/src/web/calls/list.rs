//! `/calls`: the published calls of the forge, those that can still be joined first.

use axum::{
    extract::{Query, State},
    response::Response,
};
use forge_domain::{calendar, call::CallState, money::Amount};
use forge_store::calls;
use serde::{Deserialize, Serialize};

use super::{
    figures::{self, Figures},
    say::Say,
    view::call_href,
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{CallBook, Reader},
    themes::{Chrome, Crumb, Money, Nav},
    web::page::{chrome, page, text},
};

const PAGE: i64 = 20;

/// Which calls are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Only those in this state.
    state: String,
    /// How many were shown before.
    after: String,
}

/// `pages/calls.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CallsPage {
    /// The frame.
    pub page: Chrome,
    /// How many there are in all.
    pub count: i64,
    /// The state that was asked for, or nothing.
    pub state: String,
    /// The states to choose from.
    pub states: Vec<&'static str>,
    /// This part of them.
    pub calls: Vec<CallRow>,
    /// The address of the next part.
    pub next: Option<String>,
}

/// A call in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CallRow {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// Its page.
    pub href: String,
    /// Title and page of its space.
    pub space: (String, String),
    /// Its state, the end of a key `call-state-…`.
    pub state: &'static str,
    /// The last day.
    pub deadline: String,
    /// The instant it ends, for machines.
    pub deadline_at: String,
    /// Whether it still takes pledges.
    pub open: bool,
    /// The day it ended.
    pub ended_on: Option<String>,
    /// The full cost.
    pub target: Money,
    /// The meter and what is missing.
    pub figures: Figures,
}

pub(super) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let state = asked.state.parse::<CallState>().ok().filter(|state| *state != CallState::Draft);
    let skip = asked.after.parse::<i64>().ok().filter(|skip| *skip >= 0).unwrap_or(0);
    let mut rows = calls::published(&app.db, None, state, (PAGE + 1, skip)).await?;
    let more = i64::try_from(rows.len()).unwrap_or(0) > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(0));
    let named = state.map(CallState::name).unwrap_or_default();
    let next = more.then(|| format!("/calls?state={named}&after={}", skip + PAGE));
    let title = text(&app, &viewer, "nav-calls");
    let mut frame = chrome(&app, &viewer, title.as_str());
    frame.nav = Some(Nav::Calls);
    frame.crumbs = vec![Crumb::here(title)];
    let body = CallsPage {
        page: frame,
        count: calls::count_published(&app.db, None, state).await?,
        state: named.to_owned(),
        states: CallState::ALL
            .iter()
            .filter(|state| **state != CallState::Draft)
            .map(|state| state.name())
            .collect(),
        calls: self::rows(&app, &viewer, rows).await?,
        next,
    };
    page(&app, &viewer, "pages/calls.html", &body)
}

/// Calls as rows of a list, with the figures everyone may see.
pub(in crate::web) async fn rows(
    app: &App,
    viewer: &Viewer,
    calls: Vec<calls::Call>,
) -> Result<Vec<CallRow>, Error> {
    let now = app.clock.now();
    let mut rows = Vec::with_capacity(calls.len());
    for call in calls {
        let book = CallBook::load(&mut Reader::Db(&app.db), call).await?.for_public();
        let figures = figures::figures(&book, Say::new(app, viewer, &book), now)?;
        let row = &book.call;
        rows.push(CallRow {
            reference: row.reference.clone(),
            title: row.title.clone(),
            lang: (row.lang != viewer.locale().tag()).then(|| row.lang.clone()),
            href: call_href(&book),
            space: (book.space.title.clone(), format!("/{}", book.space.slug)),
            state: row.state.name(),
            deadline: row.deadline.to_string(),
            deadline_at: calendar::format_instant(row.deadline_at),
            open: matches!(row.state, CallState::Open | CallState::Reached),
            ended_on: row.ended_at.map(|at| calendar::date_at(at, &book.zone).to_string()),
            target: Money::new(Amount::from_minor(row.target), book.currency),
            figures,
        });
    }
    Ok(rows)
}
