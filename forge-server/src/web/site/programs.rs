//! What programs ask a site for.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Redirect, Response},
};

use crate::{app::App, error::Error};

/// What crawlers leave alone: pages that cost a walk or a comparison and say nothing that the
/// module's own page does not. Bytes of branches stay open: catalogues harvest them.
const ROBOTS: &str = "User-agent: *\n\
    Disallow: /-/\n\
    Disallow: /api/\n\
    Disallow: /search\n\
    Disallow: /*/commit/\n\
    Disallow: /*/commits/\n\
    Disallow: /*/archive/\n\
    Disallow: /*/blame/\n\
    Disallow: /*/compare/\n";

pub(super) async fn robots() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, ROBOTS).into_response()
}

/// Browsers ask here where a page named no icon.
pub(super) async fn favicon(State(app): State<App>) -> Result<Response, Error> {
    let address = app.themes.asset_path("favicon.svg").ok_or(Error::NotFound)?;
    Ok(Redirect::temporary(address).into_response())
}

/// Whether database and repositories answer.
pub(super) async fn ready(State(app): State<App>) -> Result<Response, Error> {
    forge_store::modules::catalogue_size(&app.db, None).await?;
    app.repositories.exists(uuid::Uuid::nil()).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], "ready\n").into_response())
}
