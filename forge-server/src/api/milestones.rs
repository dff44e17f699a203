//! Milestones: what was delivered, accepted and sent back.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    calls::Proposed,
    dialect::ApiError,
    milestones::{Delivery, MilestoneFile, Rejection},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Place};
use crate::{
    actions::milestones::{AskAcceptance, DeliverMilestone, RejectMilestone, StartMilestone},
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{milestones, open},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(view))
        .routes(routes!(start))
        .routes(routes!(deliver))
        .routes(routes!(accept))
        .routes(routes!(reject))
}

/// The milestones of a call, with everything that was delivered for them.
#[utoipa::path(
    get,
    path = "/calls/{ref}/milestones",
    tag = "funding",
    params(("ref" = String, Path)),
    responses((status = 200, body = Vec<MilestoneFile>), (status = 404, body = ApiError)),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Vec<MilestoneFile>>, Error> {
    let opened = open::call(&app, caller.actor(), &reference).await?;
    Ok(Json(milestones::files(&app, &opened.book).await?))
}

/// One milestone.
#[utoipa::path(
    get,
    path = "/calls/{ref}/milestones/{n}",
    tag = "funding",
    params(("ref" = String, Path), ("n" = i64, Path)),
    responses((status = 200, body = MilestoneFile), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    caller: ApiCaller,
    Place((reference, n)): Place<(String, i64)>,
) -> Result<Json<MilestoneFile>, Error> {
    Ok(Json(told(&app, &caller, (&reference, n)).await?))
}

/// Says that its work has begun.
#[utoipa::path(
    post,
    path = "/calls/{ref}/milestones/{n}/start",
    tag = "funding",
    params(("ref" = String, Path), ("n" = i64, Path)),
    responses(
        (status = 200, body = MilestoneFile),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn start(
    State(app): State<App>,
    caller: ApiCaller,
    Place((reference, n)): Place<(String, i64)>,
) -> Result<Json<MilestoneFile>, Error> {
    let action = StartMilestone { call: reference.clone(), milestone: n };
    app.act(&caller.by, action).await?;
    Ok(Json(told(&app, &caller, (&reference, n)).await?))
}

/// Submits what was made, as a tag of one of the modules of the call.
#[utoipa::path(
    post,
    path = "/calls/{ref}/milestones/{n}/deliver",
    tag = "funding",
    params(("ref" = String, Path), ("n" = i64, Path)),
    request_body = Delivery,
    responses(
        (status = 200, body = MilestoneFile),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn deliver(
    State(app): State<App>,
    caller: ApiCaller,
    Place((reference, n)): Place<(String, i64)>,
    Body(body): Body<Delivery>,
) -> Result<Json<MilestoneFile>, Error> {
    let action = DeliverMilestone { call: reference.clone(), milestone: n, new: body };
    app.act(&caller.by, action).await?;
    Ok(Json(told(&app, &caller, (&reference, n)).await?))
}

/// Puts the last delivery to the vote of those who pay.
#[utoipa::path(
    post,
    path = "/calls/{ref}/milestones/{n}/accept",
    tag = "funding",
    params(("ref" = String, Path), ("n" = i64, Path)),
    responses(
        (status = 201, body = Proposed),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn accept(
    State(app): State<App>,
    caller: ApiCaller,
    Place((reference, n)): Place<(String, i64)>,
) -> Result<(StatusCode, Json<Proposed>), Error> {
    let action = AskAcceptance { call: reference, milestone: n };
    let vote = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(Proposed { vote })))
}

/// Sends the last delivery back, after a vote that did not accept it.
#[utoipa::path(
    post,
    path = "/calls/{ref}/milestones/{n}/reject",
    tag = "funding",
    params(("ref" = String, Path), ("n" = i64, Path)),
    request_body = Rejection,
    responses(
        (status = 200, body = MilestoneFile),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn reject(
    State(app): State<App>,
    caller: ApiCaller,
    Place((reference, n)): Place<(String, i64)>,
    Body(body): Body<Rejection>,
) -> Result<Json<MilestoneFile>, Error> {
    let action = RejectMilestone { call: reference.clone(), milestone: n, unmet: body.unmet };
    app.act(&caller.by, action).await?;
    Ok(Json(told(&app, &caller, (&reference, n)).await?))
}

async fn told(
    app: &App,
    caller: &ApiCaller,
    (reference, n): (&str, i64),
) -> Result<MilestoneFile, Error> {
    let opened = open::call(app, caller.actor(), reference).await?;
    let files = milestones::files(app, &opened.book).await?;
    let found = files.into_iter().find(|file| i64::from(file.n) == n);
    found.ok_or(Error::NotFound)
}
