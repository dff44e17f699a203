//! The ways out: a firm pledge withdrawn with a reason, an intention ended with a no.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::access::Deed;
use forge_store::{pledges::Pledge, spaces};
use serde::{Deserialize, Serialize};

use super::{again, commit::is_proven, view::find};
use crate::{
    actions::{
        allow,
        pledges::{RefusePledge, WithdrawPledge},
    },
    app::App,
    auth::Viewer,
    error::Error,
    funding::open::OpenedCall,
    themes::{self, Chrome, Money},
    web::{
        calls::{
            shares::pledge_href,
            view::{CallFacts, facts, frame_below},
        },
        form::Form,
        page::{page_with, see_other, see_other_saying, text},
    },
};

/// `pages/pledge-leave.html`.
#[derive(Debug, Clone, Serialize)]
pub struct LeavePage {
    /// The frame.
    pub page: Chrome,
    /// Fields `reason`, `act_ref`.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// The council's name.
    pub council: String,
    /// The most the pledge would have cost.
    pub ceiling: Option<Money>,
    /// `withdraw` or `refuse`: the end of the form's address and of its texts' keys.
    pub how: &'static str,
    /// The pledge's page.
    pub pledge: String,
    /// Where the reader proves again who they are, where the act asks it.
    pub prove: Option<String>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    reason: String,
    act_ref: String,
}

type Address = Path<(String, String, String)>;

pub(super) async fn form(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, pledge)): Address,
) -> Result<Response, Error> {
    let (opened, row) = find(&app, &viewer, (&space, &call, &pledge)).await?;
    viewer.signed_in()?;
    if !is_proven(&app, &viewer) {
        return Ok(see_other(&prove_href(&opened, &row)));
    }
    let shown = (StatusCode::OK, themes::Form::default());
    show(&app, &viewer, (&opened, &row, "withdraw"), shown).await
}

pub(super) async fn form_refuse(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, pledge)): Address,
) -> Result<Response, Error> {
    let (opened, row) = find(&app, &viewer, (&space, &call, &pledge)).await?;
    let shown = (StatusCode::OK, themes::Form::default());
    show(&app, &viewer, (&opened, &row, "refuse"), shown).await
}

pub(super) async fn withdraw(
    State(app): State<App>,
    Path((space, call, pledge)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let (opened, row) = find(&app, &viewer, (&space, &call, &pledge)).await?;
    let act_ref = Some(fields.act_ref).filter(|text| !text.trim().is_empty());
    let action = WithdrawPledge { reference: pledge, reason: fields.reason, act_ref };
    match app.act(&viewer.by, action).await {
        Ok(_) => see_other_saying(&app, &pledge_href(&opened.book, &row), "pledge-withdraw-done"),
        Err(error) => {
            let form = again(&app, &viewer, given, ("reason", error))?;
            let shown = (StatusCode::UNPROCESSABLE_ENTITY, form);
            show(&app, &viewer, (&opened, &row, "withdraw"), shown).await
        }
    }
}

pub(super) async fn refuse(
    State(app): State<App>,
    Path((space, call, pledge)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let (opened, row) = find(&app, &viewer, (&space, &call, &pledge)).await?;
    let action = RefusePledge { reference: pledge, reason: fields.reason };
    match app.act(&viewer.by, action).await {
        Ok(_) => see_other_saying(&app, &pledge_href(&opened.book, &row), "pledge-refuse-done"),
        Err(error) => {
            let form = again(&app, &viewer, given, ("reason", error))?;
            let shown = (StatusCode::UNPROCESSABLE_ENTITY, form);
            show(&app, &viewer, (&opened, &row, "refuse"), shown).await
        }
    }
}

async fn show(
    app: &App,
    viewer: &Viewer,
    (opened, row, how): (&OpenedCall, &Pledge, &'static str),
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let deed = if how == "withdraw" { Deed::WithdrawPledge } else { Deed::RefusePledge };
    allow(viewer.actor(), deed, &opened.resource().for_council(row.council_id))?;
    let members = spaces::members(&app.db, opened.book.call.space_id).await?;
    let prove = how == "withdraw" && !is_proven(app, viewer);
    let ceiling = row.ceiling.map(forge_domain::money::Amount::from_minor);
    let body = LeavePage {
        page: frame_below(app, viewer, opened, text(app, viewer, &format!("pledge-{how}"))),
        form,
        call: facts(&opened.book, viewer.locale(), &members),
        council: row.council_name.clone(),
        ceiling: ceiling.map(|ceiling| Money::new(ceiling, opened.book.currency)),
        how,
        pledge: pledge_href(&opened.book, row),
        prove: prove.then(|| prove_href(opened, row)),
    };
    page_with(app, viewer, status, ("pages/pledge-leave.html", &body))
}

fn prove_href(opened: &OpenedCall, row: &Pledge) -> String {
    let next = format!("{}/withdraw", pledge_href(&opened.book, row));
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("/-/reauthenticate?next={next}")
}
