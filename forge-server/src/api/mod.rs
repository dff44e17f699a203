//! JSON for programs, in the dialect existing clients speak.

use axum::Router;

use crate::app::App;

/// The routes under `/api`.
pub fn router() -> Router<App> {
    Router::new()
}
