//! `/spaces`: every space, by title.

use axum::{
    extract::{Query, State},
    response::Response,
};
use forge_domain::access::{Deed, Resource, councils_for};
use forge_store::{councils, spaces};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Chrome, Crumb, Nav},
    web::page::{chrome, page, text},
};

const PAGE: usize = 50;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Words of the title or the purpose.
    #[serde(default)]
    q: String,
    /// The title and the address of the last space before, joined by a slash.
    #[serde(default)]
    after: String,
}

/// `pages/spaces.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SpacesPage {
    /// The frame.
    pub page: Chrome,
    /// The words that were asked for.
    pub q: String,
    /// How many there are in all.
    pub count: i64,
    /// This part of them.
    pub spaces: Vec<SpaceCard>,
    /// The address of the next part.
    pub next: Option<String>,
    /// Whether the reader can found one.
    pub may_found: bool,
}

/// A space in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SpaceCard {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// What it is for.
    pub purpose: String,
    /// The language of both where it is not the page's.
    pub lang: Option<String>,
    /// The name of its lead council.
    pub lead: String,
    /// How many councils belong to it.
    pub members: usize,
}

pub(super) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let q = asked.q.trim().to_lowercase();
    let words = Some(q.as_str()).filter(|q| !q.is_empty());
    let after = asked.after.rsplit_once('/');
    let mut found = spaces::list(&app.db, words, after, (1 + PAGE as i64, 0)).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &asked.q);
        query.append_pair("after", &format!("{}/{}", last.title, last.slug));
        format!("/spaces?{}", query.finish())
    });
    let mut cards = Vec::new();
    for space in found {
        let lead = councils::by_id(&app.db, space.lead_id).await?;
        let members = spaces::members(&app.db, space.id).await?;
        cards.push(SpaceCard {
            href: format!("/{}", space.slug),
            title: space.title,
            purpose: space.purpose,
            lang: (space.lang != viewer.locale().tag()).then_some(space.lang),
            lead: lead.map(|lead| lead.name).unwrap_or_default(),
            members: members.iter().filter(|member| super::view::belongs(member.status)).count(),
        });
    }
    let title = text(&app, &viewer, "nav-spaces");
    let mut frame = chrome(&app, &viewer, title.as_str());
    frame.nav = Some(Nav::Spaces);
    frame.crumbs = vec![Crumb::here(title)];
    let may_found =
        !councils_for(viewer.actor(), Deed::FoundSpace, &Resource::instance()).is_empty();
    let body = SpacesPage {
        page: frame,
        count: spaces::count(&app.db, words).await?,
        q: asked.q,
        spaces: cards,
        next,
        may_found,
    };
    page(&app, &viewer, "pages/spaces.html", &body)
}
