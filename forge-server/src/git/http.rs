//! Git over HTTP.

use axum::Router;

use crate::app::App;

/// The routes of git's smart protocol.
pub fn router() -> Router<App> {
    Router::new()
}
