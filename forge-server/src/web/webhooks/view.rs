//! One webhook: what it is told and how that went, and the forms that change it.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::webhook::DeliveryState;
use forge_store::{
    owners::Owner,
    webhooks::{
        self as store, Webhook,
        deliveries::{self, Delivery},
    },
};
use serde::{Deserialize, Serialize};

use super::{
    Fields, Nothing, frame,
    list::{WebhookRow, parsed, row},
};
use crate::{
    actions::webhooks::{EditWebhook, Redeliver, RemoveWebhook, TestWebhook},
    app::App,
    auth::Viewer,
    error::Error,
    themes::{self, Chrome},
    web::{
        form::Form,
        page::{page_with, see_other_saying},
    },
    webhooks::{PING, owner},
};

/// How many deliveries a page shows.
const DELIVERIES_SHOWN: i64 = 30;

/// `pages/webhook.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WebhookPage {
    /// The frame.
    pub page: Chrome,
    /// Where this page is; what is below it begins so.
    pub base: String,
    /// The webhook.
    pub webhook: WebhookRow,
    /// What it was told and is to be told, newest first.
    pub deliveries: Vec<DeliveryRow>,
    /// The address of the page of older deliveries.
    pub older: Option<String>,
    /// Fields `url`, `format`, `events`, `secret`, `active`.
    pub form: themes::Form,
}

/// A delivery, and how its last attempt went.
#[derive(Debug, Clone, Serialize)]
pub struct DeliveryRow {
    /// Its id, which the other side sees as `webhook-id`.
    pub id: String,
    /// The event's kind; `ping` for a test.
    pub kind: String,
    /// What the event is about.
    pub subject: Option<String>,
    /// The end of a key `webhook-state-…`.
    pub state: String,
    /// When it was first asked for.
    pub created_at: String,
    /// How often it was tried.
    pub attempts: i64,
    /// The status it was last answered with.
    pub status: Option<i64>,
    /// How long that took, in milliseconds.
    pub took_ms: Option<i64>,
    /// The beginning of the answer, or why there was none.
    pub said: Option<String>,
    /// When it is tried next.
    pub next_at: Option<String>,
}

/// The query: how many deliveries come before this page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: i64,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((slug, number)): Path<(String, String)>,
    axum::extract::Query(asked): axum::extract::Query<Asked>,
) -> Result<Response, Error> {
    let (owner, hook) = found(&app, &viewer, &slug, &number).await?;
    let form = filled(&hook);
    answer(&app, &viewer, (&owner, hook), (StatusCode::OK, form, asked.after.max(0))).await
}

pub(super) async fn edit(
    State(app): State<App>,
    Path((slug, number)): Path<(String, String)>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    viewer.signed_in()?;
    let action = EditWebhook {
        owner: parsed(&slug)?,
        number: self::number(&number)?,
        url: Some(fields.url),
        format: Some(fields.format),
        events: Some(vec![fields.events]),
        secret: Some(fields.secret),
        active: Some(fields.active == "yes"),
    };
    match app.act(&viewer.by, action).await {
        Ok(_) => see_other_saying(&app, &address(&slug, &number), "webhook-edit-done"),
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "url", error)?;
            let (owner, hook) = found(&app, &viewer, &slug, &number).await?;
            answer(&app, &viewer, (&owner, hook), (status, form, 0)).await
        }
    }
}

pub(super) async fn remove(
    State(app): State<App>,
    Path((slug, number)): Path<(String, String)>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    let action = RemoveWebhook { owner: parsed(&slug)?, number: self::number(&number)? };
    app.act(&sent.viewer.by, action).await?;
    see_other_saying(&app, &format!("/{slug}/-/settings/webhooks"), "webhook-remove-done")
}

pub(super) async fn test(
    State(app): State<App>,
    Path((slug, number)): Path<(String, String)>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    let action = TestWebhook { owner: parsed(&slug)?, number: self::number(&number)? };
    app.act(&sent.viewer.by, action).await?;
    see_other_saying(&app, &address(&slug, &number), "webhook-test-done")
}

pub(super) async fn redeliver(
    State(app): State<App>,
    Path((slug, number, delivery)): Path<(String, String, String)>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    let action = Redeliver {
        owner: parsed(&slug)?,
        number: self::number(&number)?,
        delivery: delivery.parse().map_err(|_| Error::NotFound)?,
    };
    app.act(&sent.viewer.by, action).await?;
    see_other_saying(&app, &address(&slug, &number), "webhook-redeliver-done")
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    (owner, hook): (&Owner, Webhook),
    (status, form, skip): (StatusCode, themes::Form, i64),
) -> Result<Response, Error> {
    let base = address(&owner.slug, &hook.number.to_string());
    let rows = deliveries::of_webhook(&app.db, hook.id, (DELIVERIES_SHOWN, skip)).await?;
    let next = skip + DELIVERIES_SHOWN;
    let more = deliveries::count(&app.db, hook.id).await? > next;
    let webhook = row(hook);
    let body = WebhookPage {
        page: frame(app, viewer, owner, Some(webhook.url.clone())).await?,
        older: more.then(|| format!("{base}?after={next}")),
        base,
        webhook,
        deliveries: rows.into_iter().map(delivery).collect(),
        form,
    };
    page_with(app, viewer, status, ("pages/webhook.html", &body))
}

fn filled(hook: &Webhook) -> themes::Form {
    themes::Form::default()
        .value("url", hook.url.as_str())
        .value("format", hook.format.name())
        .value("events", hook.events.as_str())
        .value("active", if hook.active { "yes" } else { "" })
}

fn delivery(row: Delivery) -> DeliveryRow {
    let waits = row.state == DeliveryState::Waiting;
    DeliveryRow {
        id: row.id.to_string(),
        kind: row.kind.unwrap_or_else(|| PING.to_owned()),
        subject: row.subject,
        state: row.state.name().to_owned(),
        created_at: row.created_at.to_string(),
        attempts: row.attempts,
        status: row.status,
        took_ms: row.took_ms,
        said: row.said.filter(|said| !said.is_empty()),
        next_at: waits.then(|| row.next_at.to_string()),
    }
}

async fn found(
    app: &App,
    viewer: &Viewer,
    slug: &str,
    number: &str,
) -> Result<(Owner, Webhook), Error> {
    let owner = owner(app, viewer.actor(), &parsed(slug)?).await?;
    let hook = store::by_number(&app.db, owner.id, self::number(number)?).await?;
    Ok((owner, hook.ok_or(Error::NotFound)?))
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

fn address(slug: &str, number: &str) -> String {
    format!("/{slug}/-/settings/webhooks/{number}")
}
