//! Everything a call said since it was published, and what each version changed.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_api::calls::CallVersion;
use forge_store::spaces;
use serde::Serialize;

use super::view::{CallFacts, at, facts, frame_below};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::written,
    themes::Chrome,
    web::page::{page_with, text},
};

/// `pages/call-versions.html`.
#[derive(Debug, Clone, Serialize)]
pub struct VersionsPage {
    /// The frame.
    pub page: Chrome,
    /// The call in a few facts.
    pub call: CallFacts,
    /// Every version, the newest first.
    pub versions: Vec<CallVersion>,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call)): Path<(String, String)>,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &call)).await?;
    let members = spaces::members(&app.db, opened.book.call.space_id).await?;
    let mut versions = written::versions(&app, opened.book.call.id).await?;
    versions.reverse();
    let body = VersionsPage {
        page: frame_below(&app, &viewer, &opened, text(&app, &viewer, "call-versions")),
        call: facts(&opened.book, viewer.locale(), &members),
        versions,
    };
    page_with(&app, &viewer, StatusCode::OK, ("pages/call-versions.html", &body))
}
