//! Style sheet, script and images of the theme: `/_a/…`.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::routes::{Access, Route};
use crate::{app::App, error::Error};

/// The route of this folder.
pub fn routes() -> Vec<Route> {
    vec![Route::get("/_a/{*path}", Access::Everyone, asset)]
}

/// An asset: its address changes with its content, so it may be kept for ever.
async fn asset(
    State(app): State<App>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asset = app.themes.asset(&path).ok_or(Error::NotFound)?;
    let kept = [
        (header::ETAG, asset.etag.as_str()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_TYPE, asset.content_type),
    ];
    let held = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if held == Some(asset.etag.as_str()) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    Ok((kept, asset.bytes.clone()).into_response())
}
