//! Payments: told by one side, acknowledged by the other; suppliers' invoices and their payment.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use forge_api::{
    dialect::ApiError,
    funds::{
        DirectPayment, FundsReason, Invoice, NewInvoice, NewPayment, OtherSide, Payment,
        SentPayment,
    },
};
use forge_store::{invoices, payments};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, funds::opened, pages::PagesQuery, pledges::request_key};
use crate::{
    actions::{
        funds::{
            ApproveInvoice, ConfirmPayment, PayDirectly, PayInvoice, RecordInvoice, RefuseInvoice,
            RetractPayment, ReversePayment, TellPayment,
        },
        once::Once,
    },
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{
        funds::{FundsBook, answer},
        open::OpenedCall,
    },
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(tell))
        .routes(routes!(direct))
        .routes(routes!(view))
        .routes(routes!(acknowledge))
        .routes(routes!(retract))
        .routes(routes!(reverse))
        .routes(routes!(invoices_of_call, record))
        .routes(routes!(invoice))
        .routes(routes!(approve))
        .routes(routes!(refuse))
        .routes(routes!(pay))
}

/// Whom bank references are shown to.
pub(super) fn shown(
    caller: &ApiCaller,
    (opened, money): (&OpenedCall, &FundsBook),
    row: &payments::Payment,
) -> Result<Payment, Error> {
    let resource = opened.resource();
    let sight =
        answer::Sight { actor: caller.actor(), resource: &resource, internal: opened.internal };
    let bank = sight.sees_bank(&opened.book, row.council_id);
    answer::payment((&opened.book, money), row, bank)
}

/// The payments of a call, oldest first.
#[utoipa::path(
    get,
    path = "/calls/{ref}/payments",
    tag = "funds",
    params(("ref" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<Payment>), (status = 404, body = ApiError)),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
    pages: Pages,
) -> Result<Listed<Payment>, Error> {
    let (opened, money) = opened(&app, &caller, &call).await?;
    let told = money.payments.iter().map(|row| shown(&caller, (&opened, &money), row));
    Ok(pages.cut(told.collect::<Result<_, _>>()?))
}

/// Tells a payment on a call for funds, from the payer's or the treasurer's side.
#[utoipa::path(
    post,
    path = "/funds-calls/{ref}/payments",
    tag = "funds",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = NewPayment,
    responses(
        (status = 201, body = Payment),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn tell(
    State(app): State<App>,
    caller: ApiCaller,
    Path(funds_call): Path<String>,
    headers: HeaderMap,
    Body(payment): Body<NewPayment>,
) -> Result<(StatusCode, Json<Payment>), Error> {
    let named = ("payment", funds_call.as_str());
    let key = request_key(&headers, payment.idempotency_key.as_deref(), named, &payment)?;
    let action = TellPayment { funds_call, payment };
    Ok((StatusCode::CREATED, Json(app.act(&caller.by, Once { key, action }).await?)))
}

/// Tells a payment that a council made to its supplier itself.
#[utoipa::path(
    post,
    path = "/calls/{ref}/direct-payments",
    tag = "funds",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = DirectPayment,
    responses(
        (status = 201, body = Payment),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn direct(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
    headers: HeaderMap,
    Body(payment): Body<DirectPayment>,
) -> Result<(StatusCode, Json<Payment>), Error> {
    let key = request_key(&headers, None, ("direct", &call), &payment)?;
    let action = PayDirectly { call, payment };
    Ok((StatusCode::CREATED, Json(app.act(&caller.by, Once { key, action }).await?)))
}

/// One payment.
#[utoipa::path(
    get,
    path = "/payments/{ref}",
    tag = "funds",
    params(("ref" = String, Path)),
    responses((status = 200, body = Payment), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Payment>, Error> {
    let row = payments::by_ref(&app.db, &reference).await?.ok_or(Error::NotFound)?;
    let (opened, money) = opened(&app, &caller, &row.call_ref).await?;
    shown(&caller, (&opened, &money), &row).map(Json)
}

/// Acknowledges a payment from the other side: now it is in the ledger.
#[utoipa::path(
    post,
    path = "/payments/{ref}/acknowledge",
    tag = "funds",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = OtherSide,
    responses(
        (status = 200, body = Payment),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn acknowledge(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Body(side): Body<OtherSide>,
) -> Result<Json<Payment>, Error> {
    let key = request_key(&headers, None, ("acknowledge", &reference), &side)?;
    let action = ConfirmPayment { reference, side };
    Ok(Json(app.act(&caller.by, Once { key, action }).await?))
}

/// Takes back what one's own side told.
#[utoipa::path(
    post,
    path = "/payments/{ref}/retract",
    tag = "funds",
    params(("ref" = String, Path)),
    request_body = FundsReason,
    responses(
        (status = 200, body = Payment),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn retract(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<FundsReason>,
) -> Result<Json<Payment>, Error> {
    app.act(&caller.by, RetractPayment { reference, reason: body.reason }).await.map(Json)
}

/// Undoes a payment both sides had agreed on, by a correcting entry.
#[utoipa::path(
    post,
    path = "/payments/{ref}/reverse",
    tag = "funds",
    params(("ref" = String, Path)),
    request_body = FundsReason,
    responses(
        (status = 200, body = Payment),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn reverse(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<FundsReason>,
) -> Result<Json<Payment>, Error> {
    app.act(&caller.by, ReversePayment { reference, reason: body.reason }).await.map(Json)
}

/// The suppliers' invoices of a call.
#[utoipa::path(
    get,
    path = "/calls/{ref}/invoices",
    tag = "funds",
    params(("ref" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<Invoice>), (status = 404, body = ApiError)),
)]
async fn invoices_of_call(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
    pages: Pages,
) -> Result<Listed<Invoice>, Error> {
    let (opened, money) = opened(&app, &caller, &call).await?;
    let told = money.invoices.iter().map(|row| answer::invoice(&opened.book, &money, row));
    Ok(pages.cut(told.collect::<Result<_, _>>()?))
}

/// Records a supplier's invoice.
#[utoipa::path(
    post,
    path = "/calls/{ref}/invoices",
    tag = "funds",
    params(("ref" = String, Path)),
    request_body = NewInvoice,
    responses(
        (status = 201, body = Invoice),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn record(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
    Body(invoice): Body<NewInvoice>,
) -> Result<(StatusCode, Json<Invoice>), Error> {
    let told = app.act(&caller.by, RecordInvoice { call, invoice }).await?;
    Ok((StatusCode::CREATED, Json(told)))
}

/// One invoice.
#[utoipa::path(
    get,
    path = "/invoices/{ref}",
    tag = "funds",
    params(("ref" = String, Path)),
    responses((status = 200, body = Invoice), (status = 404, body = ApiError)),
)]
async fn invoice(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Invoice>, Error> {
    let row = invoices::by_ref(&app.db, &reference).await?.ok_or(Error::NotFound)?;
    let (opened, money) = opened(&app, &caller, &row.call_ref).await?;
    answer::invoice(&opened.book, &money, &row).map(Json)
}

/// Approves an invoice; the second person makes it a cost.
#[utoipa::path(
    post,
    path = "/invoices/{ref}/approve",
    tag = "funds",
    params(("ref" = String, Path)),
    responses(
        (status = 200, body = Invoice),
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
) -> Result<Json<Invoice>, Error> {
    app.act(&caller.by, ApproveInvoice { reference }).await.map(Json)
}

/// Sends an invoice back to its supplier.
#[utoipa::path(
    post,
    path = "/invoices/{ref}/refuse",
    tag = "funds",
    params(("ref" = String, Path)),
    request_body = FundsReason,
    responses(
        (status = 200, body = Invoice),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn refuse(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<FundsReason>,
) -> Result<Json<Invoice>, Error> {
    app.act(&caller.by, RefuseInvoice { reference, reason: body.reason }).await.map(Json)
}

/// Records that an invoice was paid, whole or in part.
#[utoipa::path(
    post,
    path = "/invoices/{ref}/payments",
    tag = "funds",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = SentPayment,
    responses(
        (status = 201, body = Payment),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn pay(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Body(sent): Body<SentPayment>,
) -> Result<(StatusCode, Json<Payment>), Error> {
    let key = request_key(&headers, None, ("pay", &reference), &sent)?;
    let action = PayInvoice { reference, sent };
    Ok((StatusCode::CREATED, Json(app.act(&caller.by, Once { key, action }).await?)))
}
