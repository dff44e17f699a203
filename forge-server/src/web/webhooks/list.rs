//! The webhooks of a council or a space, and the form that adds one.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{names::Slug, webhook};
use forge_store::{
    owners::Owner,
    webhooks::{self as store, Webhook},
};
use serde::Serialize;

use super::{Fields, frame};
use crate::{
    actions::webhooks::AddWebhook,
    app::App,
    auth::Viewer,
    error::Error,
    themes::{self, Chrome},
    web::{form::Form, page::page_with},
    webhooks::owner,
};

/// `pages/webhooks.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WebhooksPage {
    /// The frame.
    pub page: Chrome,
    /// Where this page is; what is below it begins so.
    pub base: String,
    /// The secret of a webhook that was just made, shown this once.
    pub secret: Option<String>,
    /// The webhooks.
    pub webhooks: Vec<WebhookRow>,
    /// The families of events that can be named.
    pub families: Vec<String>,
    /// Fields `url`, `format`, `events`, `secret`.
    pub form: themes::Form,
}

/// One webhook.
#[derive(Debug, Clone, Serialize)]
pub struct WebhookRow {
    /// Its number.
    pub number: i64,
    /// Where it is told; what follows a question mark is left out.
    pub url: String,
    /// The end of a key `webhook-format-…`.
    pub format: String,
    /// The kinds and families it is told; empty for every one.
    pub events: String,
    /// Whether it is told.
    pub active: bool,
    /// The end of a key `webhook-stopped-…`.
    pub stopped: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let owner = owner(&app, viewer.actor(), &parsed(&slug)?).await?;
    let form = themes::Form::default().value("format", "json");
    answer(&app, &viewer, &owner, (StatusCode::OK, form, None)).await
}

/// POST: adds a webhook. Where the forge made its secret there is no redirect: it is told in this
/// answer and never again.
pub(super) async fn add(
    State(app): State<App>,
    Path(slug): Path<String>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    viewer.signed_in()?;
    let slug = parsed(&slug)?;
    let action = AddWebhook {
        owner: slug.clone(),
        url: fields.url,
        format: fields.format,
        events: vec![fields.events],
        secret: fields.secret,
        active: true,
    };
    match app.act(&viewer.by, action).await {
        Ok(added) => {
            let owner = owner(&app, viewer.actor(), &slug).await?;
            let secret = added.secret.map(|secret| secret.reveal().to_owned());
            let form = themes::Form::default().value("format", "json");
            let secret = Some(secret.unwrap_or_default());
            answer(&app, &viewer, &owner, (StatusCode::OK, form, secret)).await
        }
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "url", error)?;
            let owner = owner(&app, viewer.actor(), &slug).await?;
            answer(&app, &viewer, &owner, (status, form, None)).await
        }
    }
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    owner: &Owner,
    (status, form, secret): (StatusCode, themes::Form, Option<String>),
) -> Result<Response, Error> {
    let hooks = store::of_owner(&app.db, owner.id).await?;
    let body = WebhooksPage {
        page: frame(app, viewer, owner, None).await?,
        base: format!("/{}/-/settings/webhooks", owner.slug),
        secret,
        webhooks: hooks.into_iter().map(row).collect(),
        families: webhook::families().into_iter().map(|name| format!("{name}.*")).collect(),
        form,
    };
    page_with(app, viewer, status, ("pages/webhooks.html", &body))
}

/// A webhook in a list. The query of an address may be a secret of the other side.
pub(super) fn row(hook: Webhook) -> WebhookRow {
    let url = hook.url.split('?').next().unwrap_or_default().to_owned();
    WebhookRow {
        number: hook.number,
        url,
        format: hook.format.name().to_owned(),
        events: hook.events,
        active: hook.active,
        stopped: hook.stopped.map(|why| why.name().to_owned()),
    }
}

pub(super) fn parsed(slug: &str) -> Result<Slug, Error> {
    slug.parse().map_err(|_| Error::NotFound)
}
