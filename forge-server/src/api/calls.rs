//! Co-funding calls.

use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use forge_api::{
    calls::{Call, CallCancel, NewCall},
    dialect::ApiError,
    share::ShareRequest,
    simulation::Simulation,
    verification::CallAudit,
};
use forge_domain::{call::CallState, names::Slug};
use forge_store::calls;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, Query, pages::PagesQuery};
use crate::{
    actions::calls::{CancelCall, ConfirmEarly, CreateCall, EditCall, PublishCall},
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{
        answer, audit, open,
        simulation::{self, Question},
        wrong,
    },
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
        .routes(routes!(audited))
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
pub(super) struct Seen {
    /// Refuses the change where the call has another version meanwhile.
    pub(super) version: Option<i64>,
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

/// What a simulation changes; the query is read by hand, since its names may be repeated.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[expect(dead_code, reason = "it documents the query")]
struct Change {
    /// Slugs of councils that would join, separated by commas.
    add: Option<String>,
    /// Slugs of councils that would leave, separated by commas.
    remove: Option<String>,
    /// Another ceiling, as `council:12000.00`; may be repeated.
    ceiling: Option<String>,
    /// Days of work a council would give, as `council:12`; may be repeated.
    work: Option<String>,
    /// Another rule, in JSON, or the word of a kind that needs nothing more.
    rule: Option<String>,
    /// Another full cost, in the basis of the call.
    amount: Option<String>,
    /// The most a guarantor would pay of what no council may be charged.
    backstop: Option<String>,
    /// The council whose price is drawn; the first that has said something when nothing is said.
    council: Option<String>,
}

/// What would be owed if councils, ceilings, rule or cost were others; nothing is kept.
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
    RawQuery(query): RawQuery,
) -> Result<Json<Simulation>, Error> {
    let book = open::call(&app, caller.actor(), &reference).await?.book;
    let question = Question::of(query.as_deref().unwrap_or_default())?;
    Ok(Json(simulation::simulate(&app, &book, &question).await?))
}

/// Everything the call is checked from without this server: what its shares are computed from, the
/// shares as told, the entries of the ledger and their signed head.
#[utoipa::path(
    get,
    path = "/calls/{ref}/audit",
    tag = "funding",
    params(("ref" = String, Path)),
    responses((status = 200, body = CallAudit), (status = 404, body = ApiError)),
)]
async fn audited(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<CallAudit>, Error> {
    let opened = open::call(&app, caller.actor(), &reference).await?;
    // Only what everybody may see is taken away, whoever asks.
    Ok(Json(audit::audit(&app, &opened.book.for_public()).await?))
}

/// What the shares as told are computed from: of today, or frozen since the confirmation. It is the
/// body of `share/compute`.
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
    Ok(Json(audit::request_told(&opened.book.for_public())?))
}

pub(super) async fn one(app: &App, caller: &ApiCaller, reference: &str) -> Result<Call, Error> {
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
