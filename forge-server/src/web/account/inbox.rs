//! `/-/inbox`: what one is told.

use axum::{
    extract::{Query, State},
    response::Response,
};
use forge_store::notices;
use serde::{Deserialize, Serialize};

use crate::{
    actions::notices::MarkRead,
    app::App,
    auth::Viewer,
    error::Error,
    events::{inbox, wording},
    themes::{Chrome, Crumb},
    web::{form::Form, page},
};

const PAGE: i64 = 25;
const PATH: &str = "/-/inbox";

/// Which part is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// How many were shown before.
    after: String,
}

/// `pages/inbox.html`.
#[derive(Debug, Clone, Serialize)]
pub struct InboxPage {
    /// The frame.
    pub page: Chrome,
    /// How many are not read.
    pub unread: i64,
    /// This part of them.
    pub notices: Vec<NoticeRow>,
    /// The address of the next part.
    pub next: Option<String>,
}

/// A line of the inbox.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeRow {
    /// What happened.
    pub text: String,
    /// The page it is about.
    pub href: String,
    /// The call it belongs to, or the title of the space.
    pub about: String,
    /// When, RFC 3339.
    pub at: String,
    /// Whether it was read.
    pub read: bool,
}

/// GET: the inbox.
pub async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let person = viewer.signed_in()?;
    let skip = asked.after.parse::<i64>().ok().filter(|skip| *skip >= 0).unwrap_or(0);
    let count = notices::count(&app.db, person.id).await?;
    let told = inbox::part(&app, person.id, (PAGE, skip)).await?;
    let title = page::text(&app, &viewer, "notices-title");
    let mut frame = page::chrome(&app, &viewer, title.as_str());
    frame.crumbs = vec![Crumb::here(title)];
    let row = |told: inbox::Told| {
        let line = wording::line(&app, viewer.locale(), &told.event);
        NoticeRow {
            text: line.text,
            href: line.href,
            about: told.event.call_ref.unwrap_or(told.event.space_title),
            at: told.event.at.to_string(),
            read: told.read,
        }
    };
    let body = InboxPage {
        page: frame,
        unread: notices::unread(&app.db, person.id).await?,
        notices: told.into_iter().map(row).collect(),
        next: (skip + PAGE < count).then(|| format!("{PATH}?after={}", skip + PAGE)),
    };
    page::page(&app, &viewer, "pages/inbox.html", &body)
}

/// The form has no fields: it marks everything.
#[derive(Debug, Deserialize)]
pub struct All {}

/// POST: marks everything as read.
pub async fn mark_read(State(app): State<App>, form: Form<All>) -> Result<Response, Error> {
    form.viewer.signed_in()?;
    app.act(&form.viewer.by, MarkRead { events: Vec::new() }).await?;
    page::see_other_saying(&app, PATH, "notices-read-done")
}
