//! `/councils`: the verified councils, by name.

use axum::{
    extract::{Query, State},
    response::Response,
};
use forge_store::councils::{self, Wanted};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Chrome, Crumb},
    web::page::{chrome, page, text},
};

const PAGE: usize = 50;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Words of the name.
    #[serde(default)]
    q: String,
    /// The name and the address of the last council before, joined by a slash.
    #[serde(default)]
    after: String,
}

/// `pages/councils.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CouncilsPage {
    /// The frame.
    pub page: Chrome,
    /// The words that were asked for.
    pub q: String,
    /// How many there are in all.
    pub count: i64,
    /// This part of them.
    pub councils: Vec<CouncilRow>,
    /// The address of the next part.
    pub next: Option<String>,
    /// Whether the reader can register one.
    pub may_register: bool,
}

/// A council in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CouncilRow {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The end of a key `org-…`, or the word it was registered with.
    pub kind: String,
    /// ISO 3166 code.
    pub country: String,
    /// Inhabitants, by the newest count.
    pub inhabitants: Option<i64>,
}

pub(super) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let q = asked.q.trim().to_lowercase();
    let words = Some(q.as_str()).filter(|q| !q.is_empty());
    let wanted = Wanted {
        status: "verified",
        words,
        after: asked.after.rsplit_once('/'),
        most: 1 + PAGE as i64,
        skip: 0,
    };
    let mut found = councils::list(&app.db, wanted).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &asked.q);
        query.append_pair("after", &format!("{}/{}", last.name, last.slug));
        format!("/councils?{}", query.finish())
    });
    let mut rows = Vec::new();
    for council in found {
        let counts = councils::populations(&app.db, council.id).await?;
        rows.push(CouncilRow {
            href: format!("/{}", council.slug),
            name: council.name,
            kind: council.kind,
            country: council.country,
            inhabitants: counts.first().map(|count| count.value),
        });
    }
    let title = text(&app, &viewer, "nav-councils");
    let mut frame = chrome(&app, &viewer, title.as_str());
    frame.crumbs = vec![Crumb::here(title)];
    let body = CouncilsPage {
        page: frame,
        count: councils::count(&app.db, "verified", words).await?,
        q: asked.q,
        councils: rows,
        next,
        may_register: viewer.person.is_some(),
    };
    page(&app, &viewer, "pages/councils.html", &body)
}
