//! What happens to a pledge besides being made and taken back: scheduled, amended, ordered, its
//! place passed on.

use axum::{
    Json,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
};
use forge_api::{
    dialect::ApiError,
    pledges::{JoinAsk, PlaceOffer, PlaceTake, Pledge, PledgeAmend, PledgeOrder, PledgeSchedule},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Body,
    pledges::{BODY_BYTES_MAX, Known, kept, parsed, request_key, settle_file, year},
};
use crate::{
    actions::{
        evidence::NewAct,
        once::Once,
        pledges::{
            AmendPledge, ApproveSubstitution, AskToJoin, OfferPlace, OrderPledge, SchedulePledge,
            TakePlace,
        },
    },
    app::App,
    auth::ApiCaller,
    error::Error,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(schedule))
        .routes(routes!(amend))
        .routes(routes!(order))
        .routes(routes!(offer))
        .routes(routes!(take))
        .routes(routes!(approve))
        .routes(routes!(join))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// Says when which body of the council decides.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/schedule",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = PledgeSchedule,
    responses(
        (status = 200, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn schedule(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<PledgeSchedule>,
) -> Result<Json<Pledge>, Error> {
    let action = SchedulePledge { reference, planned_on: body.planned_on, body: body.body };
    Ok(Json(app.act(&caller.by, action).await?))
}

/// Changes the ceiling of a firm pledge; raising it takes a new act.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/amend",
    tag = "funding",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = PledgeAmend,
    responses(
        (status = 200, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn amend(
    State(app): State<App>,
    Known(caller): Known,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Body(body): Body<PledgeAmend>,
) -> Result<Json<Pledge>, Error> {
    let named = ("amend", reference.as_str());
    let key = request_key(&headers, body.idempotency_key.as_deref(), named, &body)?;
    let file = kept(&app, body.evidence.as_ref()).await?;
    let done = match parsed(body.evidence.as_ref(), file.clone()) {
        Ok(act) => {
            let years = body.budget_years.into_iter().map(year).collect();
            let action = AmendPledge { reference, ceiling: body.ceiling, act, years };
            app.act(&caller.by, Once { key, action }).await
        }
        Err(error) => Err(error),
    };
    settle_file(&app, file, done.as_ref().ok()).await;
    Ok(Json(done?))
}

/// Records the number of the council's own commitment or purchase order.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/order",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = PledgeOrder,
    responses(
        (status = 200, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn order(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<PledgeOrder>,
) -> Result<Json<Pledge>, Error> {
    let (number, service_code) = (body.commitment_no, body.service_code);
    let action = OrderPledge { reference, number, service_code };
    Ok(Json(app.act(&caller.by, action).await?))
}

/// Offers the place of a confirmed pledge to another council.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/substitution",
    tag = "funding",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = PlaceOffer,
    responses(
        (status = 200, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn offer(
    State(app): State<App>,
    Known(caller): Known,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Body(body): Body<PlaceOffer>,
) -> Result<Json<Pledge>, Error> {
    let named = ("offer", reference.as_str());
    let key = request_key(&headers, body.idempotency_key.as_deref(), named, &body)?;
    let (to, reason, act_ref) = (body.to, body.reason, body.act_ref);
    let action = OfferPlace { reference, to, reason, act_ref };
    Ok(Json(app.act(&caller.by, Once { key, action }).await?))
}

/// Takes a place that was offered, on an act of the council's own; answers with its own pledge.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/substitution/take",
    tag = "funding",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = PlaceTake,
    responses(
        (status = 201, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn take(
    State(app): State<App>,
    Known(caller): Known,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Body(body): Body<PlaceTake>,
) -> Result<(StatusCode, Json<Pledge>), Error> {
    let named = ("take", reference.as_str());
    let key = request_key(&headers, body.idempotency_key.as_deref(), named, &body)?;
    let file = kept(&app, Some(&body.evidence)).await?;
    let done = match NewAct::parse(&body.evidence, file.clone()) {
        Ok(act) => {
            let (council, ceiling) = (body.council, body.ceiling);
            let action = TakePlace { reference, council, ceiling, act };
            app.act(&caller.by, Once { key, action }).await
        }
        Err(error) => Err(error),
    };
    settle_file(&app, file, done.as_ref().ok()).await;
    Ok((StatusCode::CREATED, Json(done?)))
}

/// Agrees, for the lead of the call, that the place passes.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/substitution/approve",
    tag = "funding",
    params(("ref" = String, Path)),
    responses(
        (status = 200, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn approve(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Pledge>, Error> {
    Ok(Json(app.act(&caller.by, ApproveSubstitution { reference }).await?))
}

/// Asks, for a council, to join a call whose shares are final; the funders vote on it.
#[utoipa::path(
    post,
    path = "/calls/{ref}/joiners",
    tag = "funding",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = JoinAsk,
    responses(
        (status = 201, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn join(
    State(app): State<App>,
    Known(caller): Known,
    Path(call): Path<String>,
    headers: HeaderMap,
    Body(body): Body<JoinAsk>,
) -> Result<(StatusCode, Json<Pledge>), Error> {
    let named = ("join", call.as_str());
    let key = request_key(&headers, body.idempotency_key.as_deref(), named, &body)?;
    let file = kept(&app, Some(&body.evidence)).await?;
    let done = match NewAct::parse(&body.evidence, file.clone()) {
        Ok(act) => {
            let (council, ceiling) = (body.council, body.ceiling);
            let action = AskToJoin { call, council, ceiling, act };
            app.act(&caller.by, Once { key, action }).await
        }
        Err(error) => Err(error),
    };
    settle_file(&app, file, done.as_ref().ok()).await;
    Ok((StatusCode::CREATED, Json(done?)))
}
