//! The decisions of a lead: publish, call off, confirm early. Each has a page that says what it
//! means before the form that does it.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::access::Deed;
use forge_store::spaces;
use serde::{Deserialize, Serialize};

use super::{
    figures::{self, Figures},
    rule::{RuleText, rule_text},
    say::Say,
    view::{CallFacts, MilestoneRow, at, call_href, facts, faults, frame_below, milestones},
};
use crate::{
    actions::{
        allow,
        calls::{CancelCall, ConfirmEarly, PublishCall},
    },
    app::App,
    auth::Viewer,
    error::Error,
    funding::open::OpenedCall,
    themes::{self, Chrome},
    web::{
        form::{Form, Given},
        page::{page_with, see_other_saying, text},
    },
};

/// `pages/call-decide.html`.
#[derive(Debug, Clone, Serialize)]
pub struct DecidePage {
    /// The frame.
    pub page: Chrome,
    /// Field `reason`; hidden `version`.
    pub form: themes::Form,
    /// `publish`, `cancel` or `confirm`: the end of the form's address and of its texts' keys.
    pub how: &'static str,
    /// The call in a few facts.
    pub call: CallFacts,
    /// Where it stands.
    pub figures: Figures,
    /// The slices of the work.
    pub milestones: Vec<MilestoneRow>,
    /// How shares are computed.
    pub rule: RuleText,
    /// What keeps it from being published.
    pub faults: Vec<String>,
}

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    reason: String,
    version: String,
}

type Address = Path<(String, String)>;

pub(super) async fn form_publish(
    State(app): State<App>,
    viewer: Viewer,
    address: Address,
) -> Result<Response, Error> {
    first(&app, &viewer, &address, "publish").await
}

pub(super) async fn form_cancel(
    State(app): State<App>,
    viewer: Viewer,
    address: Address,
) -> Result<Response, Error> {
    first(&app, &viewer, &address, "cancel").await
}

pub(super) async fn form_confirm(
    State(app): State<App>,
    viewer: Viewer,
    address: Address,
) -> Result<Response, Error> {
    first(&app, &viewer, &address, "confirm").await
}

pub(super) async fn publish(
    State(app): State<App>,
    address: Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let version = fields.version.parse().ok();
    let done = app.act(&viewer.by, PublishCall { reference: address.1.clone(), version }).await;
    then(&app, &viewer, (&address, given), ("publish", done.map(|_| ()))).await
}

pub(super) async fn cancel(
    State(app): State<App>,
    address: Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let action = CancelCall { reference: address.1.clone(), reason: fields.reason };
    let done = app.act(&viewer.by, action).await;
    then(&app, &viewer, (&address, given), ("cancel", done.map(|_| ()))).await
}

pub(super) async fn confirm(
    State(app): State<App>,
    address: Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, given, .. } = sent;
    let done = app.act(&viewer.by, ConfirmEarly { reference: address.1.clone() }).await;
    then(&app, &viewer, (&address, given), ("confirm", done.map(|_| ()))).await
}

async fn first(
    app: &App,
    viewer: &Viewer,
    Path((space, call)): &Address,
    how: &'static str,
) -> Result<Response, Error> {
    let opened = at(app, viewer, (space, call)).await?;
    show(app, viewer, (&opened, how), (StatusCode::OK, themes::Form::default())).await
}

async fn then(
    app: &App,
    viewer: &Viewer,
    (Path((space, call)), given): (&Address, Given),
    (how, done): (&'static str, Result<(), Error>),
) -> Result<Response, Error> {
    let opened = at(app, viewer, (space, call)).await?;
    match done {
        Ok(()) => see_other_saying(app, &call_href(&opened.book), &format!("call-{how}-done")),
        Err(error) => {
            let form = given.refused(app, viewer, "reason", error)?;
            show(app, viewer, (&opened, how), (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

async fn show(
    app: &App,
    viewer: &Viewer,
    (opened, how): (&OpenedCall, &'static str),
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let deed = match how {
        "publish" => Deed::PublishCall,
        "cancel" => Deed::CancelCall,
        _ => Deed::ConfirmCallEarly,
    };
    allow(viewer.actor(), deed, &opened.resource())?;
    let book = &opened.book;
    let members = spaces::members(&app.db, book.call.space_id).await?;
    let say = Say::new(app, viewer, book);
    let body = DecidePage {
        page: frame_below(app, viewer, opened, text(app, viewer, &format!("call-{how}"))),
        form: form.value("version", book.call.version.to_string()),
        how,
        call: facts(book, viewer.locale(), &members),
        figures: figures::figures(book, say, app.clock.now())?,
        milestones: milestones(book)?,
        rule: rule_text(book, say),
        faults: faults(app, viewer, book)?,
    };
    page_with(app, viewer, status, ("pages/call-decide.html", &body))
}
