//! `/{owner}/-/funding`: the calls of a space, or what a council has said and owes.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::{
    Id,
    access::Deed,
    calendar,
    money::{Amount, Currency},
    names::Slug,
};
use forge_store::{
    councils,
    owners::{self, OwnerKind},
    payments::{self, Paid},
    pledges::{self, Committed, Position},
    spaces,
    work::{self, Given},
};
use serde::Serialize;

use super::sums::{Sums, Total};
use crate::{
    actions::allow,
    app::App,
    auth::Viewer,
    error::Error,
    funding::open,
    themes::{Chrome, Crumb, Money, Nav},
    web::{
        calls::{
            list::{self, CallRow},
            shares::Settled,
        },
        page::{chrome, page, text},
        spaces::view::{self as space_view, Tab},
    },
};

/// The most payments one page shows; the export of payments has them all.
const PAYMENTS_MAX: i64 = 200;
/// The most lines of work one page shows; the calls have them all.
const WORK_MAX: i64 = 200;

/// `pages/space-funding.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SpaceFundingPage {
    /// The frame.
    pub page: Chrome,
    /// The sections of the space.
    pub tabs: Vec<Tab>,
    /// The space's title.
    pub space: String,
    /// Its sums, one a currency.
    pub totals: Vec<Total>,
    /// Its calls: drafts first, for those who may see them.
    pub calls: Vec<CallRow>,
    /// Where the reader drafts one.
    pub new: Option<String>,
}

/// `pages/council-funding.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CouncilFundingPage {
    /// The frame.
    pub page: Chrome,
    /// The council's name.
    pub council: String,
    /// Its sums, one a currency.
    pub totals: Vec<Total>,
    /// What it has said, newest first.
    pub pledges: Vec<PledgeLine>,
    /// What it paid, the latest first.
    pub payments: Vec<PaymentLine>,
    /// Whether there are more than are shown.
    pub payments_more: bool,
    /// The days of work it gives, the latest first.
    pub work: Vec<WorkLine>,
    /// Where its votes are.
    pub decisions: String,
    /// Its sums beside those of others.
    pub transparency: String,
    /// The same for programs.
    pub api: String,
    /// All positions as CSV, for a budget year.
    pub positions: String,
}

/// A payment of a council.
#[derive(Debug, Clone, Serialize)]
pub struct PaymentLine {
    /// Its reference.
    pub reference: String,
    /// The end of a key `payment-kind-…`.
    pub kind: String,
    /// The call's title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// The money of the call.
    pub href: String,
    /// How much.
    pub amount: Money,
    /// The day the money moved.
    pub on: String,
}

/// Days of work that a council gives.
#[derive(Debug, Clone, Serialize)]
pub struct WorkLine {
    /// Its reference.
    pub reference: String,
    /// The call's title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// The work of the call.
    pub href: String,
    /// Its state, the end of a key `work-state-…`.
    pub state: &'static str,
    /// How many days, in hundredths.
    pub days: i64,
    /// What they are worth.
    pub value: Money,
}

/// One pledge of a council.
#[derive(Debug, Clone, Serialize)]
pub struct PledgeLine {
    /// The call's title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// The call's page.
    pub call_href: String,
    /// The space's title.
    pub space: String,
    /// The pledge's reference.
    pub reference: String,
    /// The pledge's page.
    pub href: String,
    /// Its state, the end of a key `pledge-state-…`.
    pub state: &'static str,
    /// The most the council may owe.
    pub ceiling: Option<Money>,
    /// The final share.
    pub settled: Option<Settled>,
    /// The day it last changed.
    pub changed_on: String,
}

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let slug = slug.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let owner = owners::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    match owner.kind {
        OwnerKind::Space => of_space(&app, &viewer, &owner.slug).await,
        OwnerKind::Council => of_council(&app, &viewer, Id::new(owner.id)).await,
        OwnerKind::Person => Err(Error::NotFound),
    }
}

async fn of_space(app: &App, viewer: &Viewer, slug: &str) -> Result<Response, Error> {
    let (space, holder) = open::space(app, slug).await?;
    let members = spaces::members(&app.db, space.id).await?;
    let calls = open::calls_of_space(app, viewer.actor(), (&space, &holder)).await?;
    let mut sums = Sums::default();
    for row in pledges::committed_in_space(&app.db, space.id).await? {
        sums.add(&row)?;
    }
    let resource = forge_domain::access::Resource::published_call(holder);
    let may = viewer.person.is_some() && allow(viewer.actor(), Deed::CreateCall, &resource).is_ok();
    let belong = members.iter().filter(|member| space_view::belongs(member.status)).count();
    let title = text(app, viewer, "space-funding");
    let mut frame = space_view::frame(app, viewer, &space, Some(title));
    frame.nav = Some(Nav::Spaces);
    let body = SpaceFundingPage {
        page: frame,
        tabs: space_view::tabs(app, viewer, &space, (belong, "/-/funding")),
        totals: sums.told(),
        calls: list::rows(app, viewer, calls).await?,
        new: may.then(|| format!("/{}/-/calls/new", space.slug)),
        space: space.title,
    };
    page(app, viewer, "pages/space-funding.html", &body)
}

async fn of_council(
    app: &App,
    viewer: &Viewer,
    id: Id<forge_domain::id::Council>,
) -> Result<Response, Error> {
    let council = councils::by_id(&app.db, id).await?.ok_or(Error::NotFound)?;
    let mut sums = Sums::default();
    let mut lines = Vec::new();
    // What the reader may not see is not there.
    for row in open::positions(app, viewer.actor(), council.id).await? {
        lines.push(line(&row, viewer)?);
        sums.add(&Committed {
            reference: row.reference,
            call_ref: row.call_ref,
            currency: row.currency,
            basis: row.basis,
            council_slug: council.slug.clone(),
            state: row.state,
            ceiling: row.ceiling,
            final_net: row.final_net,
            final_gross: row.final_gross,
            called: 0,
            settled_at: None,
        })?;
    }
    let title = text(app, viewer, "space-funding");
    let mut frame = chrome(app, viewer, format!("{title} — {}", council.name));
    frame.crumbs = vec![
        Crumb::link(text(app, viewer, "nav-councils"), "/councils"),
        Crumb::link(council.name.as_str(), format!("/{}", council.slug)),
        Crumb::here(title),
    ];
    let mut paid = payments::of_council(&app.db, council.id, PAYMENTS_MAX + 1).await?;
    let given = work::of_council(&app.db, council.id, WORK_MAX).await?;
    let most = usize::try_from(PAYMENTS_MAX).unwrap_or_default();
    let payments_more = paid.len() > most;
    paid.truncate(most);
    let body = CouncilFundingPage {
        page: frame,
        payments: paid.into_iter().map(|row| payment(row, viewer)).collect::<Result<_, _>>()?,
        payments_more,
        work: given.into_iter().map(|row| worked(row, viewer)).collect::<Result<_, _>>()?,
        decisions: format!("/{}/-/decisions", council.slug),
        transparency: format!("/transparency?council={}", council.slug),
        totals: sums.told(),
        pledges: lines,
        api: format!("/api/v1/councils/{}/pledges", council.slug),
        positions: format!("/{}/-/positions.csv", council.slug),
        council: council.name,
    };
    page(app, viewer, "pages/council-funding.html", &body)
}

fn line(row: &Position, viewer: &Viewer) -> Result<PledgeLine, Error> {
    let currency = Currency::from_code(&row.currency).map_err(anyhow::Error::from)?;
    let zone = calendar::parse_zone(&row.time_zone).map_err(anyhow::Error::from)?;
    let money = |minor| Money::new(Amount::from_minor(minor), currency);
    let final_share = row.final_net.zip(row.final_vat).zip(row.final_gross);
    let call_href = format!("/{}/-/calls/{}", row.space_slug, row.call_ref);
    Ok(PledgeLine {
        title: row.call_title.clone(),
        lang: (row.call_lang != viewer.locale().tag()).then(|| row.call_lang.clone()),
        href: format!("{call_href}/pledges/{}", row.reference),
        call_href,
        space: row.space_title.clone(),
        reference: row.reference.clone(),
        state: row.state.name(),
        ceiling: row.ceiling.map(money),
        settled: final_share.map(|((net, vat), gross)| Settled {
            net: money(net),
            vat: money(vat),
            gross: money(gross),
        }),
        changed_on: calendar::date_at(row.updated_at, &zone).to_string(),
    })
}

fn worked(row: Given, viewer: &Viewer) -> Result<WorkLine, Error> {
    let currency = Currency::from_code(&row.currency).map_err(anyhow::Error::from)?;
    Ok(WorkLine {
        reference: row.reference,
        title: row.title,
        lang: (row.lang != viewer.locale().tag()).then_some(row.lang),
        href: format!("/{}/-/calls/{}/in-kind", row.space_slug, row.call_ref),
        state: row.state.name(),
        days: row.days.hundredths(),
        value: Money::new(Amount::from_minor(row.value), currency),
    })
}

fn payment(row: Paid, viewer: &Viewer) -> Result<PaymentLine, Error> {
    let currency = Currency::from_code(&row.currency).map_err(anyhow::Error::from)?;
    Ok(PaymentLine {
        reference: row.reference,
        kind: row.kind,
        title: row.title,
        lang: (row.lang != viewer.locale().tag()).then_some(row.lang),
        href: format!("/{}/-/calls/{}/funds", row.space_slug, row.call_ref),
        amount: Money::new(Amount::from_minor(row.amount), currency),
        on: row.value_date.to_string(),
    })
}
