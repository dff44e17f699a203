//! `/transparency`: what is committed, called, paid and spent, call by call and council by council,
//! of the part of the forge that is asked for; as pages and as files.

use axum::{
    extract::{Query, State},
    response::Response,
};
use forge_domain::{
    calendar,
    call::CallState,
    hex,
    money::{Amount, Currency},
};
use forge_store::{
    spaces,
    transparency::{self as store, CallSums, CouncilSums, Filter, LedgerHead, Party, Totals},
};
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::named::{COUNCILS_MAX, Suggestion, meant, suggestions};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Chrome, Crumb, Money, Nav},
    web::{
        page::{chrome, page, text},
        pledges::Choice,
    },
};

/// The most spaces one page shows.
const SPACES_MAX: i64 = 500;
/// Lines of each table on one page.
const LINES: i64 = 50;

/// What is asked for; what is empty asks for nothing.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    /// The address of a space.
    pub space: String,
    /// The state of calls.
    pub state: String,
    /// The year in which calls were published.
    pub year: String,
    /// The address of a council, or its name.
    pub council: String,
    /// How many calls were shown before.
    after: String,
    /// How many councils were shown before.
    after_council: String,
    /// `council` for the file of councils.
    pub by: String,
}

/// `pages/transparency.html`.
#[derive(Debug, Clone, Serialize)]
pub struct TransparencyPage {
    /// The frame.
    pub page: Chrome,
    /// When this page was made.
    pub as_of: String,
    /// What was asked for, as it was typed.
    pub asked: Asked,
    /// Whether anything was.
    pub filtered: bool,
    /// The councils to choose from.
    pub parties: Vec<Suggestion>,
    /// The spaces to choose from.
    pub spaces: Vec<Choice>,
    /// The states to choose from.
    pub states: Vec<&'static str>,
    /// The years to choose from, the latest first.
    pub years: Vec<i16>,
    /// The sums, one a currency: never added to each other.
    pub totals: Vec<SumRow>,
    /// Its calls, the newest first.
    pub calls: Vec<CallRow>,
    /// The address of more calls.
    pub calls_next: Option<String>,
    /// Its councils, by name.
    pub councils: Vec<CouncilRow>,
    /// The address of more councils.
    pub councils_next: Option<String>,
    /// The calls as a file, and the councils.
    pub files: (String, String),
    /// The ledgers of all spaces.
    pub ledgers: Vec<LedgerRow>,
}

/// What moved. Spent and balance are the treasurers', and not told of one council alone.
#[derive(Debug, Clone, Serialize)]
pub struct SumRow {
    /// The currency's code.
    pub currency: String,
    /// Ceilings of firm pledges and final shares.
    pub committed: Money,
    /// What councils were asked for.
    pub called: Money,
    /// What councils paid, and grants brought in.
    pub paid: Money,
    /// What suppliers were paid.
    pub spent: Option<Money>,
    /// What the treasurers still hold.
    pub balance: Option<Money>,
}

/// What moved on one call.
#[derive(Debug, Clone, Serialize)]
pub struct CallRow {
    /// Its title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// Its page.
    pub href: String,
    /// The title and the page of its space.
    pub space: (String, String),
    /// The end of a key `call-state-…`.
    pub state: &'static str,
    /// `net` or `gross`: of what is committed.
    pub basis: String,
    /// The sums.
    pub sums: SumRow,
}

/// What one council promised and paid.
#[derive(Debug, Clone, Serialize)]
pub struct CouncilRow {
    /// Its name.
    pub name: String,
    /// What it funds.
    pub href: String,
    /// This page for it alone.
    pub only: String,
    /// Ceilings of firm pledges and final shares.
    pub committed: Money,
    /// What it was asked for.
    pub called: Money,
    /// What it paid.
    pub paid: Money,
    /// What it got back.
    pub refunded: Money,
}

/// The ledger of a space.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerRow {
    /// The title of the space.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// The page of the space.
    pub href: String,
    /// How many entries it has.
    pub entries: i64,
    /// The hash of the last, in hexadecimal.
    pub head: Option<String>,
}

impl Asked {
    /// The address of a page with the same filter and these values besides.
    fn href(&self, page: &str, more: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let own = [("space", &self.space), ("state", &self.state), ("year", &self.year)];
        for (name, value) in own.into_iter().chain([("council", &self.council)]) {
            if !value.is_empty() && !more.iter().any(|(other, _)| *other == name) {
                query.append_pair(name, value);
            }
        }
        query.extend_pairs(more);
        let query = query.finish();
        if query.is_empty() { page.to_owned() } else { format!("{page}?{query}") }
    }

    /// The calls that are asked for; none where a space has no such address, or no council is
    /// meant.
    pub(super) async fn filter(
        &self,
        app: &App,
        parties: &[Party],
    ) -> Result<Option<Filter>, Error> {
        let mut filter = Filter { state: self.state.parse().ok(), ..Filter::default() };
        if let Ok(year) = self.year.trim().parse() {
            filter.published = Some(year_of(year)?);
        }
        if !self.space.is_empty() {
            let Ok(slug) = self.space.parse() else { return Ok(None) };
            let Some(space) = spaces::by_slug(&app.db, &slug).await? else { return Ok(None) };
            filter.space = Some(space.id);
        }
        if !self.council.trim().is_empty() {
            let Some(council) = meant(parties, &self.council) else { return Ok(None) };
            filter.council = Some(council);
        }
        Ok(Some(filter))
    }
}

/// The instants between which a year lies.
fn year_of(year: i16) -> Result<(jiff::Timestamp, jiff::Timestamp), Error> {
    let first = |year: i16| {
        let day = Date::new(year, 1, 1).map_err(anyhow::Error::from)?;
        Ok::<_, anyhow::Error>(day.to_zoned(TimeZone::UTC)?.timestamp())
    };
    let year = year.clamp(1970, 9998);
    Ok((first(year)?, first(year + 1)?))
}

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let parties = store::parties(&app.db, COUNCILS_MAX).await?;
    let filter = asked.filter(&app, &parties).await?;
    let skip = |text: &str| text.parse::<i64>().ok().filter(|skip| *skip >= 0).unwrap_or(0);
    let (after, after_council) = (skip(&asked.after), skip(&asked.after_council));
    let (mut calls, mut councils, mut totals) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(filter) = filter {
        calls = store::calls(&app.db, filter, (LINES + 1, after)).await?;
        councils = store::councils(&app.db, filter, (LINES + 1, after_council)).await?;
        totals = store::totals(&app.db, filter).await?;
    }
    let next = |name, rows: usize, skip: i64| {
        let more = i64::try_from(rows).unwrap_or(0) > LINES;
        more.then(|| asked.href("/transparency", &[(name, &(skip + LINES).to_string())]))
    };
    let calls_next = next("after", calls.len(), after);
    let councils_next = next("after_council", councils.len(), after_council);
    let lines = usize::try_from(LINES).unwrap_or_default();
    calls.truncate(lines);
    councils.truncate(lines);
    let alone = filter.is_some_and(|filter| filter.council.is_some());
    let heads = store::heads(&app.db, SPACES_MAX).await?;
    let title = text(&app, &viewer, "nav-ledger");
    let mut frame = chrome(&app, &viewer, title.as_str());
    frame.nav = Some(Nav::Ledger);
    frame.crumbs = vec![Crumb::here(title)];
    let tag = viewer.locale().tag();
    let body = TransparencyPage {
        page: frame,
        as_of: calendar::format_instant(app.clock.now()),
        filtered: asked.href("", &[]).len() > 1,
        parties: suggestions(&parties),
        spaces: heads.iter().map(choice).collect(),
        states: CallState::ALL.iter().map(|state| state.name()).filter(|s| *s != "draft").collect(),
        years: years(&app).await?,
        totals: totals.iter().map(|row| total(row, alone)).collect::<Result<_, _>>()?,
        calls: calls.into_iter().map(|row| call(row, tag, alone)).collect::<Result<_, _>>()?,
        calls_next,
        councils: councils.iter().map(|row| council(row, &asked)).collect::<Result<_, _>>()?,
        councils_next,
        files: (
            asked.href("/transparency.csv", &[]),
            asked.href("/transparency.csv", &[("by", "council")]),
        ),
        ledgers: heads.into_iter().map(|head| ledger(head, tag)).collect(),
        asked,
    };
    page(&app, &viewer, "pages/transparency.html", &body)
}

fn choice(head: &LedgerHead) -> Choice {
    Choice { value: head.slug.clone(), label: head.title.clone() }
}

/// The years in which calls were published, the latest first.
async fn years(app: &App) -> Result<Vec<i16>, Error> {
    let now = app.clock.now().to_zoned(TimeZone::UTC).year();
    let first = store::first_published(&app.db).await?;
    let first = first.map_or(now, |at| at.to_zoned(TimeZone::UTC).year());
    Ok((first..=now).rev().collect())
}

fn money(code: &str, minor: i64) -> Result<Money, Error> {
    let currency = Currency::from_code(code).map_err(anyhow::Error::from)?;
    Ok(Money::new(Amount::from_minor(minor), currency))
}

/// Sums as a row: of one council alone, what the treasurers spent and hold is left out.
fn total(row: &Totals, alone: bool) -> Result<SumRow, Error> {
    let of = |minor| money(&row.currency, minor);
    let balance = row.paid + row.granted - row.spent - row.refunded;
    Ok(SumRow {
        currency: row.currency.clone(),
        committed: of(row.committed)?,
        called: of(row.called)?,
        paid: of(row.paid + row.granted)?,
        spent: if alone { None } else { Some(of(row.spent)?) },
        balance: if alone { None } else { Some(of(balance)?) },
    })
}

fn call(row: CallSums, tag: &str, alone: bool) -> Result<CallRow, Error> {
    let sums = totals_of(&row);
    Ok(CallRow {
        href: format!("/{}/-/calls/{}", row.space_slug, row.reference),
        space: (row.space_title, format!("/{}", row.space_slug)),
        lang: (row.lang != tag).then_some(row.lang),
        title: row.title,
        state: row.state.name(),
        basis: row.basis,
        sums: total(&sums, alone)?,
    })
}

fn totals_of(row: &CallSums) -> Totals {
    Totals {
        currency: row.currency.clone(),
        committed: row.committed,
        called: row.called,
        paid: row.paid,
        granted: row.granted,
        spent: row.spent,
        refunded: row.refunded,
    }
}

fn council(row: &CouncilSums, asked: &Asked) -> Result<CouncilRow, Error> {
    let of = |minor| money(&row.currency, minor);
    Ok(CouncilRow {
        name: row.name.clone(),
        href: format!("/{}/-/funding", row.slug),
        only: asked.href("/transparency", &[("council", &row.slug)]),
        committed: of(row.committed)?,
        called: of(row.called)?,
        paid: of(row.paid)?,
        refunded: of(row.refunded)?,
    })
}

fn ledger(head: LedgerHead, tag: &str) -> LedgerRow {
    LedgerRow {
        href: format!("/{}", head.slug),
        lang: (head.lang != tag).then_some(head.lang),
        title: head.title,
        entries: head.entries.unwrap_or_default(),
        head: head.hash.map(|hash| hex::encode(&hash)),
    }
}
