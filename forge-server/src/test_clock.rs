//! The clock of tests: only in builds with the feature of that name, and only where the server was
//! started with a clock that stands.

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    app::App,
    error::{Error, Refusal},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Now {
    /// RFC 3339.
    now: String,
}

/// `POST /-/test/clock`.
pub fn router() -> Router<App> {
    Router::new().route("/-/test/clock", post(set))
}

async fn set(State(app): State<App>, Json(body): Json<Now>) -> Result<StatusCode, Error> {
    let now: Timestamp =
        body.now.parse().map_err(|_| Error::Refused(Refusal::field("now", "invalid_date")))?;
    if !app.clock.set(now) {
        return Err(Error::NotFound);
    }
    app.bell.ring();
    Ok(StatusCode::NO_CONTENT)
}
