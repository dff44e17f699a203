//! What becomes of a call after it is published: amended, extended, begun, cut down, stopped,
//! drafted again.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    calls::{
        Call, CallAmend, CallReopen, CallVersion, NewContract, NewCouncilVote, NewExtension,
        NewScope, NewStop, NewSupplierVote, Proposed,
    },
    dialect::ApiError,
    share::ShareRequest,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Body, Query,
    calls::{Seen, one},
};
use crate::{
    actions::calls::{
        AmendCall, ProposeDefault, ProposeExtension, ProposeJoining, ProposeOpening, ProposeScope,
        ProposeStop, ProposeSupplier, RecordContract, ReopenCall,
    },
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{open, written},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(versions))
        .routes(routes!(simulation))
        .routes(routes!(amend))
        .routes(routes!(contract))
        .routes(routes!(reopen))
        .routes(routes!(propose))
        .routes(routes!(extend))
        .routes(routes!(scope))
        .routes(routes!(stop))
        .routes(routes!(supplier))
        .routes(routes!(joining))
        .routes(routes!(default))
}

/// Everything the call said since it was published, and what each version changed.
#[utoipa::path(
    get,
    path = "/calls/{ref}/versions",
    tag = "funding",
    params(("ref" = String, Path)),
    responses((status = 200, body = Vec<CallVersion>), (status = 404, body = ApiError)),
)]
async fn versions(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Vec<CallVersion>>, Error> {
    let opened = open::call(&app, caller.actor(), &reference).await?;
    Ok(Json(written::versions(&app, opened.book.call.id).await?))
}

/// What the shares were computed from that a version was published with: the body of
/// `share/compute`.
#[utoipa::path(
    get,
    path = "/calls/{ref}/versions/{n}/simulation",
    tag = "funding",
    params(("ref" = String, Path), ("n" = i64, Path)),
    responses((status = 200, body = ShareRequest), (status = 404, body = ApiError)),
)]
async fn simulation(
    State(app): State<App>,
    caller: ApiCaller,
    Path((reference, number)): Path<(String, String)>,
) -> Result<Json<ShareRequest>, Error> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    let opened = open::call(&app, caller.actor(), &reference).await?;
    let kept = written::simulation(&app, opened.book.call.id, number).await?;
    Ok(Json(kept.ok_or(Error::NotFound)?.request))
}

/// Changes a published call: a version that is kept, after which firm pledgers may leave.
#[utoipa::path(
    post,
    path = "/calls/{ref}/amend",
    tag = "funding",
    params(("ref" = String, Path), Seen),
    request_body = CallAmend,
    responses(
        (status = 200, body = Call),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn amend(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Query(seen): Query<Seen>,
    Body(body): Body<CallAmend>,
) -> Result<Json<Call>, Error> {
    let action = AmendCall {
        reference: reference.clone(),
        version: seen.version,
        new: body.terms,
        reason: body.reason,
    };
    app.act(&caller.by, action).await?;
    Ok(Json(one(&app, &caller, &reference).await?))
}

/// Records the contract of a confirmed call: its work begins.
#[utoipa::path(
    post,
    path = "/calls/{ref}/contract",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = NewContract,
    responses(
        (status = 200, body = Call),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn contract(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<NewContract>,
) -> Result<Json<Call>, Error> {
    let action = RecordContract { reference: reference.clone(), new: body };
    app.act(&caller.by, action).await?;
    Ok(Json(one(&app, &caller, &reference).await?))
}

/// Drafts a call again that failed or was cancelled: everything is copied but the pledges.
#[utoipa::path(
    post,
    path = "/calls/{ref}/reopen",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = CallReopen,
    responses(
        (status = 201, body = Call),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn reopen(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<CallReopen>,
) -> Result<(StatusCode, Json<Call>), Error> {
    let action = ReopenCall { reference, deadline: body.deadline };
    let new = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &caller, &new).await?)))
}

/// Puts the publication of a draft to the vote, where the charter asks for one.
#[utoipa::path(
    post,
    path = "/calls/{ref}/propose",
    tag = "funding",
    params(("ref" = String, Path)),
    responses(
        (status = 201, body = Proposed),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn propose(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<(StatusCode, Json<Proposed>), Error> {
    let action = ProposeOpening { reference };
    let vote = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(Proposed { vote })))
}

/// Puts another last day to the vote.
#[utoipa::path(
    post,
    path = "/calls/{ref}/extend",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = NewExtension,
    responses(
        (status = 201, body = Proposed),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn extend(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<NewExtension>,
) -> Result<(StatusCode, Json<Proposed>), Error> {
    let action = ProposeExtension { reference, deadline: body.deadline, reason: body.reason };
    let vote = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(Proposed { vote })))
}

/// Puts a smaller scope to the vote: the last milestones are dropped.
#[utoipa::path(
    post,
    path = "/calls/{ref}/scope",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = NewScope,
    responses(
        (status = 201, body = Proposed),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn scope(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<NewScope>,
) -> Result<(StatusCode, Json<Proposed>), Error> {
    let action = ProposeScope { reference, keep: i64::from(body.keep), reason: body.reason };
    let vote = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(Proposed { vote })))
}

/// Puts an early end of the work to the vote.
#[utoipa::path(
    post,
    path = "/calls/{ref}/stop",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = NewStop,
    responses(
        (status = 201, body = Proposed),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn stop(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<NewStop>,
) -> Result<(StatusCode, Json<Proposed>), Error> {
    let action = ProposeStop { reference, reason: body.reason };
    let vote = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(Proposed { vote })))
}

/// Puts to the vote which supplier does the work.
#[utoipa::path(
    post,
    path = "/calls/{ref}/supplier",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = NewSupplierVote,
    responses(
        (status = 201, body = Proposed),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn supplier(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<NewSupplierVote>,
) -> Result<(StatusCode, Json<Proposed>), Error> {
    let action = ProposeSupplier { reference, offers: body.offers, reason: body.reason };
    let vote = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(Proposed { vote })))
}

/// Puts to the vote whether a council that has signed joins a confirmed call.
#[utoipa::path(
    post,
    path = "/calls/{ref}/joining",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = NewCouncilVote,
    responses(
        (status = 201, body = Proposed),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn joining(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<NewCouncilVote>,
) -> Result<(StatusCode, Json<Proposed>), Error> {
    let action = ProposeJoining { reference, council: body.council, reason: body.reason };
    let vote = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(Proposed { vote })))
}

/// Puts to the vote whether a council is in default.
#[utoipa::path(
    post,
    path = "/calls/{ref}/default",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = NewCouncilVote,
    responses(
        (status = 201, body = Proposed),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn default(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<NewCouncilVote>,
) -> Result<(StatusCode, Json<Proposed>), Error> {
    let action = ProposeDefault { reference, council: body.council, reason: body.reason };
    let vote = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(Proposed { vote })))
}
