//! Co-funding calls.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    calls::{Call, CallCancel, NewCall, Simulation},
    dialect::ApiError,
    share::ShareRequest,
};
use forge_domain::{call::CallState, names::Slug, sharing::Participant};
use forge_store::{calls, councils};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, Query, pages::PagesQuery};
use crate::{
    actions::calls::{CancelCall, ConfirmEarly, CreateCall, EditCall, PublishCall},
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{CallBook, Reader, answer, open, wrong},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(of_space, create))
        .routes(routes!(view, edit))
        .routes(routes!(publish))
        .routes(routes!(cancel))
        .routes(routes!(confirm))
        .routes(routes!(simulate))
        .routes(routes!(share_request))
}

/// Which calls are wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Wanted {
    /// Only those in this state.
    state: Option<String>,
}

/// The published calls of the forge; those that still take pledges first.
#[utoipa::path(
    get,
    path = "/calls",
    tag = "funding",
    params(Wanted, PagesQuery),
    responses((status = 200, body = Vec<Call>)),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(wanted): Query<Wanted>,
    pages: Pages,
) -> Result<Listed<Call>, Error> {
    let state: Option<CallState> = match wanted.state.as_deref() {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| wrong("state", "unknown_word"))?),
    };
    let part = (pages.limit, pages.offset());
    let rows = calls::published(&app.db, None, state, part).await?;
    let total = calls::count_published(&app.db, None, state).await?;
    Ok(pages.of(told(&app, &caller, rows).await?, total))
}

/// The calls of a space; its drafts too, for its members.
#[utoipa::path(
    get,
    path = "/spaces/{space}/calls",
    tag = "funding",
    params(("space" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<Call>), (status = 404, body = ApiError)),
)]
async fn of_space(
    State(app): State<App>,
    caller: ApiCaller,
    Path(space): Path<String>,
    pages: Pages,
) -> Result<Listed<Call>, Error> {
    let (space, holder) = open::space(&app, &space).await?;
    let rows = open::calls_of_space(&app, caller.actor(), (&space, &holder)).await?;
    Ok(pages.cut(told(&app, &caller, rows).await?))
}

/// Drafts a call.
#[utoipa::path(
    post,
    path = "/spaces/{space}/calls",
    tag = "funding",
    params(("space" = String, Path)),
    request_body = NewCall,
    responses(
        (status = 201, body = Call),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn create(
    State(app): State<App>,
    caller: ApiCaller,
    Path(space): Path<String>,
    Body(new): Body<NewCall>,
) -> Result<(StatusCode, Json<Call>), Error> {
    let space = space.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let reference = app.act(&caller.by, CreateCall { space, new }).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &caller, &reference).await?)))
}

/// One call, with what is missing and what each council would owe.
#[utoipa::path(
    get,
    path = "/calls/{ref}",
    tag = "funding",
    params(("ref" = String, Path)),
    responses((status = 200, body = Call), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Call>, Error> {
    Ok(Json(one(&app, &caller, &reference).await?))
}

/// The version that was seen.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Seen {
    /// Refuses the change where the call has another version meanwhile.
    version: Option<i64>,
}

/// Rewrites a draft.
#[utoipa::path(
    put,
    path = "/calls/{ref}",
    tag = "funding",
    params(("ref" = String, Path), Seen),
    request_body = NewCall,
    responses(
        (status = 200, body = Call),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn edit(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Query(seen): Query<Seen>,
    Body(new): Body<NewCall>,
) -> Result<Json<Call>, Error> {
    let action = EditCall { reference: reference.clone(), version: seen.version, new };
    app.act(&caller.by, action).await?;
    Ok(Json(one(&app, &caller, &reference).await?))
}

/// Publishes a draft: from then on everyone sees it and councils may pledge.
#[utoipa::path(
    post,
    path = "/calls/{ref}/publish",
    tag = "funding",
    params(("ref" = String, Path), Seen),
    responses(
        (status = 200, body = Call),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn publish(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Query(seen): Query<Seen>,
) -> Result<Json<Call>, Error> {
    let action = PublishCall { reference: reference.clone(), version: seen.version };
    app.act(&caller.by, action).await?;
    Ok(Json(one(&app, &caller, &reference).await?))
}

/// Calls it off, with a reason everyone reads.
#[utoipa::path(
    post,
    path = "/calls/{ref}/cancel",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = CallCancel,
    responses(
        (status = 200, body = Call),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn cancel(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<CallCancel>,
) -> Result<Json<Call>, Error> {
    let action = CancelCall { reference: reference.clone(), reason: body.reason };
    app.act(&caller.by, action).await?;
    Ok(Json(one(&app, &caller, &reference).await?))
}

/// Confirms it before its deadline, where it allows that and the target is covered.
#[utoipa::path(
    post,
    path = "/calls/{ref}/confirm",
    tag = "funding",
    params(("ref" = String, Path)),
    responses(
        (status = 200, body = Call),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn confirm(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Call>, Error> {
    app.act(&caller.by, ConfirmEarly { reference: reference.clone() }).await?;
    Ok(Json(one(&app, &caller, &reference).await?))
}

/// Who joins and who leaves, in a simulation.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Change {
    /// Slugs of councils that would join, separated by commas.
    add: Option<String>,
    /// Slugs of councils that would leave, separated by commas.
    remove: Option<String>,
}

/// What would be owed if councils joined or left; nothing is kept.
#[utoipa::path(
    get,
    path = "/calls/{ref}/simulate",
    tag = "funding",
    params(("ref" = String, Path), Change),
    responses(
        (status = 200, body = Simulation),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn simulate(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Query(change): Query<Change>,
) -> Result<Json<Simulation>, Error> {
    let mut book = open::call(&app, caller.actor(), &reference).await?.book;
    let mut added = Vec::new();
    for slug in slugs(change.add.as_deref()) {
        added.push(joining(&app, &mut book, &slug).await?);
    }
    let removed = slugs(change.remove.as_deref());
    Ok(Json(answer::simulation(&book, added, &removed)?))
}

/// What the shares of today are computed from: the body of `share/compute`.
#[utoipa::path(
    get,
    path = "/calls/{ref}/share-request",
    tag = "funding",
    params(("ref" = String, Path)),
    responses((status = 200, body = ShareRequest), (status = 404, body = ApiError)),
)]
async fn share_request(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<ShareRequest>, Error> {
    let opened = open::call(&app, caller.actor(), &reference).await?;
    Ok(Json(answer::share_request(&opened.book)?))
}

/// A council that would join, with the ceiling it has named, where it has.
pub async fn joining(app: &App, book: &mut CallBook, slug: &str) -> Result<Participant, Error> {
    let unknown = || wrong("add", "council_unknown");
    let parsed = slug.parse::<Slug>().map_err(|_| unknown())?;
    let council = councils::by_slug(&app.db, &parsed).await?.ok_or_else(unknown)?;
    book.add_council(&mut Reader::Db(&app.db), council.id).await?;
    let ceiling = book.position(council.id).and_then(|pledge| pledge.ceiling);
    Ok(Participant {
        population: book.inhabitants(council.id),
        ceiling: ceiling.map(forge_domain::money::Amount::from_minor),
        ..Participant::new(council.slug)
    })
}

fn slugs(list: Option<&str>) -> Vec<String> {
    let names = list.unwrap_or_default().split(',').map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_lowercase).collect()
}

async fn one(app: &App, caller: &ApiCaller, reference: &str) -> Result<Call, Error> {
    let opened = open::call(app, caller.actor(), reference).await?;
    answer::call(app, &opened.book)
}

async fn told(app: &App, caller: &ApiCaller, rows: Vec<calls::Call>) -> Result<Vec<Call>, Error> {
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        told.push(one(app, caller, &row.reference).await?);
    }
    Ok(told)
}
