//! `/transparency`: what is committed and confirmed in every space, currency beside currency.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use forge_domain::{
    calendar, hex,
    money::{Amount, Currency},
};
use forge_store::{ledger, pledges, pledges::Committed, spaces};
use serde::Serialize;

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    ledger::verify::committed,
    themes::{Chrome, Crumb, Money, Nav},
    web::page::{chrome, page, text},
};

/// The most spaces one page shows.
const SPACES_MAX: i64 = 500;

/// `pages/transparency.html`.
#[derive(Debug, Clone, Serialize)]
pub struct TransparencyPage {
    /// The frame.
    pub page: Chrome,
    /// When this page was made.
    pub as_of: String,
    /// The sums of all spaces, one a currency: never added to each other.
    pub totals: Vec<Total>,
    /// One line a space and currency.
    pub spaces: Vec<SpaceRow>,
}

/// What is promised in one currency.
#[derive(Debug, Clone, Serialize)]
pub struct Total {
    /// The currency's code.
    pub currency: String,
    /// Ceilings of firm pledges, whose calls are still open.
    pub committed: Money,
    /// Final shares.
    pub confirmed: Money,
}

/// What is promised in one space.
#[derive(Debug, Clone, Serialize)]
pub struct SpaceRow {
    /// Its title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// Its page.
    pub href: String,
    /// Its sums, one a currency; none where nothing was promised yet.
    pub totals: Vec<Total>,
    /// How many entries its ledger has.
    pub entries: i64,
    /// The hash of the last, in hexadecimal.
    pub head: Option<String>,
}

pub(super) async fn view(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    let mut sums = Sums::default();
    let mut rows = Vec::new();
    for space in spaces::list(&app.db, None, None, (SPACES_MAX, 0)).await? {
        let promised = pledges::committed_in_space(&app.db, space.id).await?;
        let mut own = Sums::default();
        for row in &promised {
            own.add(row)?;
            sums.add(row)?;
        }
        let head = ledger::head(&app.db, space.id).await?;
        rows.push(SpaceRow {
            lang: (space.lang != viewer.locale().tag()).then(|| space.lang.clone()),
            title: space.title,
            href: format!("/{}", space.slug),
            totals: own.told(),
            entries: head.as_ref().map(|head| head.seq).unwrap_or_default(),
            head: head.map(|head| hex::encode(&head.hash)),
        });
    }
    let title = text(&app, &viewer, "nav-ledger");
    let mut frame = chrome(&app, &viewer, title.as_str());
    frame.nav = Some(Nav::Ledger);
    frame.crumbs = vec![Crumb::here(title)];
    let body = TransparencyPage {
        page: frame,
        as_of: calendar::format_instant(app.clock.now()),
        totals: sums.told(),
        spaces: rows,
    };
    page(&app, &viewer, "pages/transparency.html", &body)
}

/// Sums by currency: ceilings of firm pledges, and final shares.
#[derive(Debug, Default)]
pub(super) struct Sums(BTreeMap<String, (Amount, Amount)>);

impl Sums {
    /// Adds what a pledge commits now.
    pub(super) fn add(&mut self, row: &Committed) -> Result<(), Error> {
        let amount = Amount::from_minor(committed(row));
        if amount.is_zero() {
            return Ok(());
        }
        let (firm, confirmed) = self.0.entry(row.currency.clone()).or_default();
        let sum = if row.state.is_frozen() { confirmed } else { firm };
        *sum = sum.checked_add(amount).map_err(anyhow::Error::from)?;
        Ok(())
    }

    /// The sums, one a currency.
    pub(super) fn told(&self) -> Vec<Total> {
        let told = |(code, (firm, confirmed)): (&String, &(Amount, Amount))| {
            let currency = Currency::from_code(code).ok()?;
            Some(Total {
                currency: code.clone(),
                committed: Money::new(*firm, currency),
                confirmed: Money::new(*confirmed, currency),
            })
        };
        self.0.iter().filter_map(told).collect()
    }
}
