//! Grants, refunds and the closing report of a call.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use forge_api::{
    dialect::ApiError,
    funds::{
        Closing, ClosingSignature, Grant, GrantAward, GrantReceipt, Payment, Refund, SentPayment,
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, funds::opened, pages::PagesQuery, pledges::request_key};
use crate::{
    actions::{
        funds::{CloseBooks, PlanRefunds, ReceiveGrant, SecureGrant, SendRefund},
        once::Once,
    },
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{
        Reader,
        funds::{answer, report, statement},
    },
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(grants))
        .routes(routes!(secure))
        .routes(routes!(receive))
        .routes(routes!(refunds, plan))
        .routes(routes!(send))
        .routes(routes!(closing, close))
        .routes(routes!(closing_report))
        .routes(routes!(closing_table))
}

/// The grants of a call, awarded or not yet.
#[utoipa::path(
    get,
    path = "/calls/{ref}/grants",
    tag = "funds",
    params(("ref" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<Grant>), (status = 404, body = ApiError)),
)]
async fn grants(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
    pages: Pages,
) -> Result<Listed<Grant>, Error> {
    let (opened, money) = opened(&app, &caller, &call).await?;
    let told = opened.book.subsidies.iter().map(|row| answer::grant(&opened.book, &money, row));
    Ok(pages.cut(told.collect::<Result<_, _>>()?))
}

/// Records that a grant is certain.
#[utoipa::path(
    post,
    path = "/calls/{ref}/grants/{position}",
    tag = "funds",
    params(("ref" = String, Path), ("position" = i64, Path)),
    request_body = GrantAward,
    responses(
        (status = 201, body = Grant),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn secure(
    State(app): State<App>,
    caller: ApiCaller,
    Path((call, position)): Path<(String, String)>,
    Body(award): Body<GrantAward>,
) -> Result<(StatusCode, Json<Grant>), Error> {
    let position = position.parse().map_err(|_| Error::NotFound)?;
    let told = app.act(&caller.by, SecureGrant { call, position, award }).await?;
    Ok((StatusCode::CREATED, Json(told)))
}

/// Records that a grant, or a part of it, came in.
#[utoipa::path(
    post,
    path = "/calls/{ref}/grants/{position}/receipts",
    tag = "funds",
    params(
        ("ref" = String, Path),
        ("position" = i64, Path),
        ("Idempotency-Key" = Option<String>, Header),
    ),
    request_body = GrantReceipt,
    responses(
        (status = 201, body = Payment),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn receive(
    State(app): State<App>,
    caller: ApiCaller,
    Path((call, position)): Path<(String, String)>,
    headers: HeaderMap,
    Body(receipt): Body<GrantReceipt>,
) -> Result<(StatusCode, Json<Payment>), Error> {
    let key = request_key(&headers, None, ("grant", &format!("{call}/{position}")), &receipt)?;
    let position = position.parse().map_err(|_| Error::NotFound)?;
    let action = ReceiveGrant { call, position, receipt };
    Ok((StatusCode::CREATED, Json(app.act(&caller.by, Once { key, action }).await?)))
}

/// The refunds of a call.
#[utoipa::path(
    get,
    path = "/calls/{ref}/refunds",
    tag = "funds",
    params(("ref" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<Refund>), (status = 404, body = ApiError)),
)]
async fn refunds(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
    pages: Pages,
) -> Result<Listed<Refund>, Error> {
    let (opened, money) = opened(&app, &caller, &call).await?;
    let resource = opened.resource();
    let sight =
        answer::Sight { actor: caller.actor(), resource: &resource, internal: opened.internal };
    let told = money.refunds.iter().map(|row| {
        answer::refund(&opened.book, row, sight.sees_bank(&opened.book, row.council_id))
    });
    Ok(pages.cut(told.collect::<Result<_, _>>()?))
}

/// Plans the refunds: what nobody spent goes back to all who paid.
#[utoipa::path(
    post,
    path = "/calls/{ref}/refunds",
    tag = "funds",
    params(("ref" = String, Path)),
    responses(
        (status = 201, body = Closing),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn plan(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
) -> Result<(StatusCode, Json<Closing>), Error> {
    Ok((StatusCode::CREATED, Json(app.act(&caller.by, PlanRefunds { call }).await?)))
}

/// Records that a refund was sent.
#[utoipa::path(
    post,
    path = "/refunds/{ref}/send",
    tag = "funds",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = SentPayment,
    responses(
        (status = 200, body = Refund),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn send(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Body(sent): Body<SentPayment>,
) -> Result<Json<Refund>, Error> {
    let key = request_key(&headers, None, ("refund", &reference), &sent)?;
    let action = SendRefund { reference, sent };
    Ok(Json(app.act(&caller.by, Once { key, action }).await?))
}

/// The closing of a call: refunds and signatures.
#[utoipa::path(
    get,
    path = "/calls/{ref}/closing",
    tag = "funds",
    params(("ref" = String, Path)),
    responses((status = 200, body = Closing), (status = 404, body = ApiError)),
)]
async fn closing(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
) -> Result<Json<Closing>, Error> {
    let (opened, money) = opened(&app, &caller, &call).await?;
    let resource = opened.resource();
    let internal = opened.internal;
    let sight = answer::Sight { actor: caller.actor(), resource: &resource, internal };
    answer::closing(&opened.book, &money, sight).map(Json)
}

/// Signs the closing report; the second signature closes the call.
#[utoipa::path(
    post,
    path = "/calls/{ref}/closing",
    tag = "funds",
    params(("ref" = String, Path)),
    request_body = ClosingSignature,
    responses(
        (status = 200, body = Closing),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn close(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
    Body(signature): Body<ClosingSignature>,
) -> Result<Json<Closing>, Error> {
    app.act(&caller.by, CloseBooks { call, signature }).await.map(Json)
}

/// The closing report: as signed, or with the figures of today while it is not.
#[utoipa::path(
    get,
    path = "/calls/{ref}/closing/report",
    tag = "funds",
    params(("ref" = String, Path)),
    responses((status = 200, body = Object), (status = 404, body = ApiError)),
)]
async fn closing_report(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
) -> Result<Json<serde_json::Value>, Error> {
    let (opened, money) = opened(&app, &caller, &call).await?;
    report::shown(&mut Reader::Db(&app.db), &opened.book, &money).await.map(Json)
}

/// The closing report as one table, a row a fact, in the separator of the call's profile.
#[utoipa::path(
    get,
    path = "/calls/{ref}/closing/report.csv",
    tag = "funds",
    params(("ref" = String, Path)),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = 404, body = ApiError),
    ),
)]
async fn closing_table(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
) -> Result<Response, Error> {
    let (opened, money) = opened(&app, &caller, &call).await?;
    let told = report::shown(&mut Reader::Db(&app.db), &opened.book, &money).await?;
    let separator = app.profiles.of(&opened.book.call.profile)?.csv_separator;
    let name = format!("{}-closing", opened.book.call.reference);
    Ok(statement::as_csv(report::csv(&told, separator), &name))
}
