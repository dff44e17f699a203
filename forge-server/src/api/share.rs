//! Shares computed for whoever asks: no account, nothing kept.

use axum::{
    Json,
    body::Bytes,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use forge_api::share::{self, ShareFailure, ShareOutcome, ShareRequest};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(compute))
}

/// Divides a cost by a rule, to the cent; the same body and answer as `forge share compute`.
#[utoipa::path(
    post,
    path = "/share/compute",
    tag = "funding",
    request_body = ShareRequest,
    responses((status = 200, body = ShareOutcome), (status = 422, body = ShareFailure)),
)]
async fn compute(body: Bytes) -> Response {
    // Read as text, so that what is wrong is said with its place and its stable code.
    let text = String::from_utf8_lossy(&body);
    match ShareRequest::from_json(&text).and_then(|request| share::compute(&request)) {
        Ok(outcome) => Json(outcome).into_response(),
        Err(error) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Json(ShareFailure { error })).into_response()
        }
    }
}
