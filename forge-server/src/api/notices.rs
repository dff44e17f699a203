//! One's inbox, and when mail goes out.

use axum::{Json, extract::State, http::StatusCode};
use forge_api::{
    dialect::ApiError,
    notices::{MailChoice, Notice, Read},
};
use forge_domain::Id;
use forge_store::notices;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, pages::PagesQuery};
use crate::{
    actions::notices::{ChooseMail, MarkRead},
    app::App,
    auth::ApiCaller,
    error::Error,
    events::{inbox, wording},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(mark_read))
        .routes(routes!(choices, choose))
}

/// What one is told, newest first.
#[utoipa::path(
    get,
    path = "/me/notices",
    tag = "people",
    params(PagesQuery),
    responses((status = 200, body = [Notice]), (status = 401, body = ApiError)),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    pages: Pages,
) -> Result<Listed<Notice>, Error> {
    let person = caller.signed_in()?.id;
    let told = inbox::part(&app, person, (pages.limit, pages.offset())).await?;
    let notice = |told: inbox::Told| {
        let line = wording::line(&app, caller.by.locale, &told.event);
        let event = told.event;
        Notice {
            id: event.id.uuid(),
            kind: event.kind.name().to_owned(),
            at: event.at.to_string(),
            text: line.text,
            space: event.space_slug,
            call: event.call_ref,
            council: event.council_slug,
            subject: event.subject,
            html_url: format!("{}{}", app.public_url, line.href),
            read: told.read,
        }
    };
    let total = notices::count(&app.db, person).await?;
    Ok(pages.of(told.into_iter().map(notice).collect(), total))
}

/// Marks notices as read.
#[utoipa::path(
    put,
    path = "/me/notices/read",
    tag = "people",
    request_body = Read,
    responses(
        (status = 204),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn mark_read(
    State(app): State<App>,
    caller: ApiCaller,
    Body(read): Body<Read>,
) -> Result<StatusCode, Error> {
    caller.signed_in()?;
    let events = read.ids.into_iter().map(Id::new).collect();
    app.act(&caller.by, MarkRead { events }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// When mail goes out, topic by topic.
#[utoipa::path(
    get,
    path = "/me/mail",
    tag = "people",
    responses((status = 200, body = [MailChoice]), (status = 401, body = ApiError)),
)]
async fn choices(
    State(app): State<App>,
    caller: ApiCaller,
) -> Result<Json<Vec<MailChoice>>, Error> {
    let person = caller.signed_in()?.id;
    told(&app, person).await.map(Json)
}

/// Chooses when mail goes out about some topics.
#[utoipa::path(
    put,
    path = "/me/mail",
    tag = "people",
    request_body = Vec<MailChoice>,
    responses(
        (status = 200, body = [MailChoice]),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn choose(
    State(app): State<App>,
    caller: ApiCaller,
    Body(chosen): Body<Vec<MailChoice>>,
) -> Result<Json<Vec<MailChoice>>, Error> {
    let person = caller.signed_in()?.id;
    let choices = chosen.into_iter().map(|choice| (choice.topic, choice.mail)).collect();
    app.act(&caller.by, ChooseMail { choices }).await?;
    told(&app, person).await.map(Json)
}

async fn told(app: &App, person: Id<forge_domain::id::Person>) -> Result<Vec<MailChoice>, Error> {
    let choices = inbox::choices(app, person).await?.into_iter();
    let choice =
        |(topic, mail): (forge_domain::notices::Topic, forge_domain::notices::MailChoice)| {
            MailChoice { topic: topic.name().to_owned(), mail: mail.name().to_owned() }
        };
    Ok(choices.map(choice).collect())
}
