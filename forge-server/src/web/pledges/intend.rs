//! Declaring an intention: one form, nothing binding.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::access::Deed;
use forge_store::spaces;
use serde::{Deserialize, Serialize};

use super::{Choice, acting, again, amount, choices};
use crate::{
    actions::pledges::DeclareIntention,
    app::App,
    auth::Viewer,
    error::Error,
    funding::open::OpenedCall,
    themes::{self, Chrome},
    web::{
        calls::{
            figures::{self, Figures},
            say::Say,
            view::{CallFacts, at, call_href, facts, frame_below},
        },
        form::Form,
        page::{page_with, see_other_saying, text},
    },
};

/// `pages/pledge-intend.html`.
#[derive(Debug, Clone, Serialize)]
pub struct IntendPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `council`, `ceiling`, `note`, `public`.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// Where it stands.
    pub figures: Figures,
    /// The councils the reader may speak for.
    pub councils: Vec<Choice>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    council: String,
    ceiling: String,
    note: String,
    public: String,
}

pub(super) async fn form(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, reference)): Path<(String, String)>,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &reference)).await?;
    let form = themes::Form::default().value("public", "yes");
    answer(&app, &viewer, &opened, (StatusCode::OK, form)).await
}

pub(super) async fn send(
    State(app): State<App>,
    Path((space, reference)): Path<(String, String)>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let opened = at(&app, &viewer, (&space, &reference)).await?;
    let ceiling = Some(fields.ceiling.trim()).filter(|text| !text.is_empty());
    let action = DeclareIntention {
        call: reference,
        council: fields.council,
        ceiling: ceiling.map(|text| amount(&opened.book, viewer.locale(), text)),
        note: fields.note,
        public: fields.public == "yes",
    };
    match app.act(&viewer.by, action).await {
        Ok(_) => see_other_saying(&app, &call_href(&opened.book), "pledge-intend-done"),
        Err(error) => {
            let form = again(&app, &viewer, given, ("council", error))?;
            answer(&app, &viewer, &opened, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let councils = acting(app, viewer, opened, Deed::DeclareIntention).await?;
    let free: Vec<_> =
        councils.into_iter().filter(|council| opened.book.position(council.id).is_none()).collect();
    let members = spaces::members(&app.db, opened.book.call.space_id).await?;
    let say = Say::new(app, viewer, &opened.book);
    let title = text(app, viewer, "pledge-intend");
    let form = match free.as_slice() {
        [only] if !form.values.contains_key("council") => form.value("council", &only.slug),
        _ => form,
    };
    let body = IntendPage {
        page: frame_below(app, viewer, opened, title),
        form,
        call: facts(&opened.book, viewer.locale(), &members),
        figures: figures::figures(&opened.book, say, app.clock.now())?,
        councils: choices(&free),
    };
    page_with(app, viewer, status, ("pages/pledge-intend.html", &body))
}
