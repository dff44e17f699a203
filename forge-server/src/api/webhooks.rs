//! Webhooks of a council or a space, in the dialect's words: both are organisations there.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    dialect::ApiError,
    webhooks::{EditHook, Hook, HookConfig, HookDelivery, NewHook},
};
use forge_domain::webhook::{DeliveryState, Subscription, WebhookFormat};
use forge_store::webhooks::{
    self as store, Webhook,
    deliveries::{self, Delivery},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, Place, pages::PagesQuery, slug};
use crate::{
    actions::webhooks::{AddWebhook, EditWebhook, Redeliver, RemoveWebhook, TestWebhook},
    app::App,
    auth::ApiCaller,
    error::{Error, Refusal},
    webhooks::{PING, owner},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(view, edit, remove))
        .routes(routes!(test))
        .routes(routes!(list_deliveries))
        .routes(routes!(redeliver))
}

/// The webhooks of a council or a space.
#[utoipa::path(
    get,
    path = "/orgs/{org}/hooks",
    tag = "webhooks",
    params(("org" = String, Path), PagesQuery),
    responses(
        (status = 200, body = [Hook]),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
    ),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(org): Path<String>,
    pages: Pages,
) -> Result<Listed<Hook>, Error> {
    let owner = owner(&app, caller.actor(), &slug(&org)?).await?;
    let hooks = store::of_owner(&app.db, owner.id).await?;
    Ok(pages.cut(hooks.into_iter().map(|hook| told(&app, hook, None)).collect()))
}

/// Adds a webhook. A secret the forge makes is told in this answer only.
#[utoipa::path(
    post,
    path = "/orgs/{org}/hooks",
    tag = "webhooks",
    params(("org" = String, Path)),
    request_body = NewHook,
    responses(
        (status = 201, body = Hook),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn add(
    State(app): State<App>,
    caller: ApiCaller,
    Path(org): Path<String>,
    Body(new): Body<NewHook>,
) -> Result<(StatusCode, Json<Hook>), Error> {
    let action = AddWebhook {
        owner: slug(&org)?,
        format: format(new.format, new.r#type.as_deref())?,
        url: new.config.url.unwrap_or_default(),
        secret: new.config.secret.unwrap_or_default(),
        events: new.events.unwrap_or_default(),
        active: new.active.unwrap_or(true),
    };
    let added = app.act(&caller.by, action).await?;
    let secret = added.secret.map(|secret| secret.reveal().to_owned());
    Ok((StatusCode::CREATED, Json(told(&app, added.webhook, secret))))
}

/// One webhook.
#[utoipa::path(
    get,
    path = "/orgs/{org}/hooks/{id}",
    tag = "webhooks",
    params(("org" = String, Path), ("id" = i64, Path)),
    responses(
        (status = 200, body = Hook),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
    ),
)]
async fn view(
    State(app): State<App>,
    caller: ApiCaller,
    Place((org, id)): Place<(String, i64)>,
) -> Result<Json<Hook>, Error> {
    let hook = found(&app, &caller, &org, id).await?;
    Ok(Json(told(&app, hook, None)))
}

/// Edits a webhook; what is not named stays, the secret too.
#[utoipa::path(
    patch,
    path = "/orgs/{org}/hooks/{id}",
    tag = "webhooks",
    params(("org" = String, Path), ("id" = i64, Path)),
    request_body = EditHook,
    responses(
        (status = 200, body = Hook),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn edit(
    State(app): State<App>,
    caller: ApiCaller,
    Place((org, number)): Place<(String, i64)>,
    Body(edit): Body<EditHook>,
) -> Result<Json<Hook>, Error> {
    let config = edit.config.unwrap_or_default();
    let action = EditWebhook {
        owner: slug(&org)?,
        number,
        url: config.url,
        secret: config.secret,
        format: edit.format,
        events: edit.events,
        active: edit.active,
    };
    let hook = app.act(&caller.by, action).await?;
    Ok(Json(told(&app, hook, None)))
}

/// Removes a webhook, with what is known of its deliveries.
#[utoipa::path(
    delete,
    path = "/orgs/{org}/hooks/{id}",
    tag = "webhooks",
    params(("org" = String, Path), ("id" = i64, Path)),
    responses(
        (status = 204),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
    ),
)]
async fn remove(
    State(app): State<App>,
    caller: ApiCaller,
    Place((org, number)): Place<(String, i64)>,
) -> Result<StatusCode, Error> {
    caller.signed_in()?;
    app.act(&caller.by, RemoveWebhook { owner: slug(&org)?, number }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells a webhook that this is a test.
#[utoipa::path(
    post,
    path = "/orgs/{org}/hooks/{id}/tests",
    tag = "webhooks",
    params(("org" = String, Path), ("id" = i64, Path)),
    responses(
        (status = 204),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
        (status = 429, body = ApiError),
    ),
)]
async fn test(
    State(app): State<App>,
    caller: ApiCaller,
    Place((org, number)): Place<(String, i64)>,
) -> Result<StatusCode, Error> {
    caller.signed_in()?;
    app.act(&caller.by, TestWebhook { owner: slug(&org)?, number }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a webhook was told and is to be told, newest first, each with its last attempt.
#[utoipa::path(
    get,
    path = "/orgs/{org}/hooks/{id}/deliveries",
    tag = "webhooks",
    params(("org" = String, Path), ("id" = i64, Path), PagesQuery),
    responses(
        (status = 200, body = [HookDelivery]),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
    ),
)]
async fn list_deliveries(
    State(app): State<App>,
    caller: ApiCaller,
    Place((org, id)): Place<(String, i64)>,
    pages: Pages,
) -> Result<Listed<HookDelivery>, Error> {
    let hook = found(&app, &caller, &org, id).await?;
    let part = (pages.limit, pages.offset());
    let rows = deliveries::of_webhook(&app.db, hook.id, part).await?;
    let total = deliveries::count(&app.db, hook.id).await?;
    Ok(pages.of(rows.into_iter().map(delivery).collect(), total))
}

/// Tells an event again, under the id of the first time.
#[utoipa::path(
    post,
    path = "/orgs/{org}/hooks/{id}/deliveries/{delivery}/redeliver",
    tag = "webhooks",
    params(("org" = String, Path), ("id" = i64, Path), ("delivery" = String, Path)),
    responses(
        (status = 204),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn redeliver(
    State(app): State<App>,
    caller: ApiCaller,
    Place((org, number, delivery)): Place<(String, i64, String)>,
) -> Result<StatusCode, Error> {
    caller.signed_in()?;
    let delivery = delivery.parse().map_err(|_| Error::NotFound)?;
    app.act(&caller.by, Redeliver { owner: slug(&org)?, number, delivery }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn found(app: &App, caller: &ApiCaller, org: &str, number: i64) -> Result<Webhook, Error> {
    let owner = owner(app, caller.actor(), &slug(org)?).await?;
    store::by_number(&app.db, owner.id, number).await?.ok_or(Error::NotFound)
}

/// Our word for the form, or the dialect's.
fn format(ours: Option<String>, theirs: Option<&str>) -> Result<String, Error> {
    if let Some(ours) = ours {
        return Ok(ours);
    }
    let format = match theirs {
        None | Some("forgejo" | "gitea" | "gogs") => WebhookFormat::Json,
        Some("slack") => WebhookFormat::Rocketchat,
        Some(_) => return Err(Error::Refused(Refusal::field("type", "webhook_format_unknown"))),
    };
    Ok(format.name().to_owned())
}

fn told(app: &App, hook: Webhook, secret: Option<String>) -> Hook {
    let theirs = match hook.format {
        WebhookFormat::Json => "forgejo",
        WebhookFormat::Rocketchat => "slack",
    };
    let json = "json".to_owned();
    Hook {
        id: hook.number,
        r#type: theirs.to_owned(),
        format: hook.format.name().to_owned(),
        url: format!("{}/api/v1/orgs/{}/hooks/{}", app.public_url, hook.owner_slug, hook.number),
        config: HookConfig { url: hook.url, content_type: json.clone() },
        events: hook.events.parse::<Subscription>().unwrap_or_default().words(),
        active: hook.active,
        stopped: hook.stopped.map(|why| why.name().to_owned()),
        secret,
        authorization_header: String::new(),
        branch_filter: String::new(),
        content_type: json,
        updated_at: hook.updated_at.to_string(),
        created_at: hook.created_at.to_string(),
    }
}

fn delivery(row: Delivery) -> HookDelivery {
    let waits = row.state == DeliveryState::Waiting;
    HookDelivery {
        id: row.id.to_string(),
        event: row.kind.unwrap_or_else(|| PING.to_owned()),
        subject: row.subject,
        state: row.state.name().to_owned(),
        attempts: row.attempts,
        status: row.status,
        took_ms: row.took_ms,
        said: row.said,
        tried_at: row.tried_at.map(|at| at.to_string()),
        next_at: waits.then(|| row.next_at.to_string()),
        created_at: row.created_at.to_string(),
    }
}
