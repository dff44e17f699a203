//! `/{space}/-/calls/{ref}/funds/act/{act}`: one form for each act on the money of a call.

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::names::Slug;
use forge_store::councils;
use serde::Serialize;

use super::{
    acts::Act,
    fields::{Field, Fields, fields, perform},
};
use crate::{
    app::App,
    auth::Viewer,
    error::{Error, FieldRefusal, Refusal},
    funding::open::OpenedCall,
    themes::{self, Chrome},
    web::{
        calls::view::{at, call_href, frame_below},
        form::{Form, Given},
        page::{page_with, see_other_saying, text},
    },
};

/// `pages/funds-form.html`.
#[derive(Debug, Clone, Serialize)]
pub struct FundsFormPage {
    /// The frame.
    pub page: Chrome,
    /// The fields as typed; `on` and `council` are carried along.
    pub form: themes::Form,
    /// The end of the keys of its texts: `funds-act-…`, `funds-act-…-text`.
    pub act: &'static str,
    /// What it is done to.
    pub on: String,
    /// The council it is about.
    pub council: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// Where it is sent.
    pub action: String,
    /// The call's reference and the page of its money.
    pub call: (String, String),
    /// Whether the council is a hidden value and not a field.
    pub carries_council: bool,
}

type Address = Path<(String, String, String)>;

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, act)): Address,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let act = act.parse::<Act>()?;
    let opened = at(&app, &viewer, (&space, &call)).await?;
    viewer.signed_in()?;
    let given = Given::of_query(query.as_deref());
    allow(&app, (&viewer, &opened), act, given.get("council")).await?;
    let form = themes::Form::default();
    page_of(&app, (&viewer, &opened), (act, &given), (StatusCode::OK, form))
}

pub(super) async fn send(
    State(app): State<App>,
    Path((space, call, act)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let act = act.parse::<Act>()?;
    let opened = at(&app, &viewer, (&space, &call)).await?;
    viewer.signed_in()?;
    allow(&app, (&viewer, &opened), act, given.get("council")).await?;
    let on = fields.on().to_owned();
    match perform(&app, &viewer, &opened, (act, fields)).await {
        Ok(()) => {
            let call = call_href(&opened.book);
            let href = match act {
                Act::Sign => format!("{call}/closing"),
                _ if on.starts_with("FC-") => format!("{call}/funds/{on}"),
                _ => format!("{call}/funds"),
            };
            see_other_saying(&app, &href, "funds-act-done")
        }
        Err(error) => {
            let form = again(&app, &viewer, act, given.clone(), error)?;
            let shown = (StatusCode::UNPROCESSABLE_ENTITY, form);
            page_of(&app, (&viewer, &opened), (act, &given), shown)
        }
    }
}

async fn allow(
    app: &App,
    (viewer, opened): (&Viewer, &OpenedCall),
    act: Act,
    council: &str,
) -> Result<(), Error> {
    let council = match council.parse::<Slug>() {
        Ok(slug) => councils::by_slug(&app.db, &slug).await?.map(|council| council.id),
        Err(_) => None,
    };
    act.allow(viewer, opened, council)
}

/// The form again: also where another person must act, which loses nothing of what was typed.
fn again(
    app: &App,
    viewer: &Viewer,
    act: Act,
    given: Given,
    error: Error,
) -> Result<themes::Form, Error> {
    let first = fields_first(act);
    let error = match error {
        Error::Forbidden(refusal) if refusal.code == "same_person" => {
            let field = FieldRefusal { field: first, code: refusal.code, args: Vec::new() };
            Error::Refused(Refusal { fields: vec![field], ..refusal })
        }
        other => other,
    };
    given.refused(app, viewer, first, error)
}

/// The field that bears what is wrong with the act as a whole.
fn fields_first(act: Act) -> &'static str {
    match act {
        Act::Draft | Act::Invoice => "milestone",
        Act::Cancel | Act::Retract | Act::Reverse | Act::Refuse => "reason",
        Act::References => "external_ref",
        Act::Declare | Act::Receive | Act::Secure | Act::Grant | Act::Pay => "amount",
        Act::Acknowledge => "payment_order_no",
        Act::Direct => "council",
        Act::Refund => "value_date",
        Act::Sign => "lessons",
        Act::Issue | Act::Approve | Act::Plan => "on",
    }
}

fn page_of(
    app: &App,
    (viewer, opened): (&Viewer, &OpenedCall),
    (act, given): (Act, &Given),
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let title = text(app, viewer, &format!("funds-act-{}", act.name()));
    let call = call_href(&opened.book);
    let shown = fields(app, viewer, opened, act)?;
    let body = FundsFormPage {
        page: frame_below(app, viewer, opened, title),
        form,
        act: act.name(),
        on: given.get("on").to_owned(),
        council: given.get("council").to_owned(),
        carries_council: !shown.iter().any(|field| field.name == "council"),
        fields: shown,
        action: format!("{call}/funds/act/{}", act.name()),
        call: (opened.book.call.reference.clone(), format!("{call}/funds")),
    };
    page_with(app, viewer, status, ("pages/funds-form.html", &body))
}
