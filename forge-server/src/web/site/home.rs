//! `/`: what is published and what can be joined.

use axum::{extract::State, response::Response};
use forge_domain::{
    call::CallState,
    money::{Amount, Currency},
    pledge::PledgeState,
};
use forge_store::{
    calls::{self, Call},
    councils, modules, pledges, spaces,
};

use super::catalogue::cards;
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{CallCard, HomeFigures, HomePage, Money},
    web::page,
};

/// Cards of each kind.
const CARDS: i64 = 6;

pub(super) async fn show(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let mut open = calls::published(&app.db, None, Some(CallState::Open), (CARDS, 0)).await?;
    open.extend(calls::published(&app.db, None, Some(CallState::Reached), (CARDS, 0)).await?);
    open.sort_by_key(|call| call.deadline_at);
    open.truncate(usize::try_from(CARDS).unwrap_or_default());
    let mut joinable = Vec::new();
    for call in open {
        joinable.push(call_card(&app, call).await?);
    }
    let of_state = |state| calls::count_published(&app.db, None, Some(state));
    let open_calls = of_state(CallState::Open).await? + of_state(CallState::Reached).await?;
    let figures = HomeFigures {
        modules: count(modules::catalogue_size(&app.db, None).await?),
        councils: count(councils::count(&app.db, "verified", None).await?),
        spaces: count(spaces::count(&app.db, None).await?),
        open_calls: count(open_calls),
    };
    let newest = modules::newest(&app.db, CARDS).await?;
    let mut chrome = page::chrome(&app, &viewer, app.config.site_name.clone());
    chrome.description = Some(page::text(&app, &viewer, "home-lead"));
    let modules = cards(&app, newest, viewer.locale()).await?;
    let body = HomePage { page: chrome, figures, modules, calls: joinable };
    page::page(&app, &viewer, "pages/home.html", &body)
}

async fn call_card(app: &App, call: Call) -> Result<CallCard, Error> {
    let pledged = pledges::of_call(&app.db, call.id).await?;
    let firm = pledged.iter().filter(|pledge| pledge.state == PledgeState::Firm);
    let firm = firm.filter_map(|pledge| pledge.ceiling).sum::<i64>().min(call.target);
    let currency: Currency = call.currency.parse().map_err(anyhow::Error::from)?;
    let space = spaces::by_id(&app.db, call.space_id).await?;
    let space = space.map_or_else(|| call.space_slug.clone(), |space| space.title);
    let money = |minor| Money::new(Amount::from_minor(minor), currency);
    Ok(CallCard {
        href: format!("/{}/-/calls/{}", call.space_slug, call.reference),
        reference: call.reference,
        title: call.title,
        space,
        state: call.state.to_string(),
        deadline: call.deadline.to_string(),
        target: money(call.target),
        firm: money(firm),
        firm_bp: u32::try_from(firm.saturating_mul(10_000) / call.target.max(1)).unwrap_or(10_000),
    })
}
