//! Work in kind: days that councils give to the milestones of a call.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    dialect::ApiError,
    work::{NewWork, Work, WorkRefusal},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Place};
use crate::{
    actions::work::{AgreeWork, DeliverWork, OfferWork, RefuseWork, WithdrawWork},
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{open, work},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, offer))
        .routes(routes!(withdraw))
        .routes(routes!(agree))
        .routes(routes!(refuse))
        .routes(routes!(deliver))
}

/// The days of work that councils give to a call; what was not agreed on, for its space alone.
#[utoipa::path(
    get,
    path = "/calls/{ref}/in-kind",
    tag = "funding",
    params(("ref" = String, Path)),
    responses((status = 200, body = Vec<Work>), (status = 404, body = ApiError)),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Vec<Work>>, Error> {
    let opened = open::call(&app, caller.actor(), &reference).await?;
    Ok(Json(work::all(&app, &opened.book)?))
}

/// Offers days of work of a council's agents on a milestone.
#[utoipa::path(
    post,
    path = "/calls/{ref}/in-kind",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = NewWork,
    responses(
        (status = 201, body = Work),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn offer(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<NewWork>,
) -> Result<(StatusCode, Json<Work>), Error> {
    let action = OfferWork { call: reference, new: body };
    Ok((StatusCode::CREATED, Json(app.act(&caller.by, action).await?)))
}

/// Takes days of work back, for the council that offered them.
#[utoipa::path(
    post,
    path = "/calls/{ref}/in-kind/{work}/withdraw",
    tag = "funding",
    params(("ref" = String, Path), ("work" = String, Path)),
    responses(
        (status = 200, body = Work),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn withdraw(
    State(app): State<App>,
    caller: ApiCaller,
    Place((call, work)): Place<(String, String)>,
) -> Result<Json<Work>, Error> {
    Ok(Json(app.act(&caller.by, WithdrawWork { call, work }).await?))
}

/// Agrees to days of work, for the lead of the call: another person than who offered them.
#[utoipa::path(
    post,
    path = "/calls/{ref}/in-kind/{work}/agree",
    tag = "funding",
    params(("ref" = String, Path), ("work" = String, Path)),
    responses(
        (status = 200, body = Work),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn agree(
    State(app): State<App>,
    caller: ApiCaller,
    Place((call, work)): Place<(String, String)>,
) -> Result<Json<Work>, Error> {
    Ok(Json(app.act(&caller.by, AgreeWork { call, work }).await?))
}

/// Refuses days of work, for the lead of the call, with a reason.
#[utoipa::path(
    post,
    path = "/calls/{ref}/in-kind/{work}/refuse",
    tag = "funding",
    params(("ref" = String, Path), ("work" = String, Path)),
    request_body = WorkRefusal,
    responses(
        (status = 200, body = Work),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn refuse(
    State(app): State<App>,
    caller: ApiCaller,
    Place((call, work)): Place<(String, String)>,
    Body(body): Body<WorkRefusal>,
) -> Result<Json<Work>, Error> {
    let action = RefuseWork { call, work, reason: body.reason };
    Ok(Json(app.act(&caller.by, action).await?))
}

/// Says, for the lead of the call, that the days were given; they stand in the ledger then.
#[utoipa::path(
    post,
    path = "/calls/{ref}/in-kind/{work}/deliver",
    tag = "funding",
    params(("ref" = String, Path), ("work" = String, Path)),
    responses(
        (status = 200, body = Work),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn deliver(
    State(app): State<App>,
    caller: ApiCaller,
    Place((call, work)): Place<(String, String)>,
) -> Result<Json<Work>, Error> {
    Ok(Json(app.act(&caller.by, DeliverWork { call, work }).await?))
}
