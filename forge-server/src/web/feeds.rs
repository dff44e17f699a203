//! What happens, to follow: a feed of the instance, of each space, council and call. Everybody
//! reads the same: only what is public stands there, and nobody's name.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use forge_domain::{Id, access::Actor, calendar, names::Slug};
use forge_messages::Arg;
use forge_store::{
    councils,
    events::{self, Event, Window},
    owners::{self, OwnerKind},
    spaces,
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::routes::{Access, Route};
use crate::{
    app::App,
    auth::{Viewer, secret},
    error::Error,
    events::wording,
    feeds::{self, Entry, Feed},
    funding::open,
};

/// How many entries a document holds.
const ENTRIES: i64 = 50;

/// The routes of feeds.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/feed.atom", Access::Everyone, of_instance),
        Route::get("/{owner}/-/feed.atom", Access::Everyone, of_owner),
        Route::get("/{owner}/-/calls/{call}/feed.atom", Access::Everyone, of_call),
    ]
}

/// The query: the entry after which a document begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: Option<String>,
}

/// What a feed is about.
struct Subject {
    title: String,
    /// Its page, a path of this site.
    page: String,
    /// The feed, a path of this site.
    path: String,
}

async fn of_instance(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let found = events::all(&app.db, window(&app, &asked).await?).await?;
    let title = app.config.site_name.clone();
    let subject = Subject { title, page: "/".to_owned(), path: "/feed.atom".to_owned() };
    answer(&app, &viewer, (&subject, found), &headers)
}

async fn of_owner(
    State(app): State<App>,
    viewer: Viewer,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    let owner = owners::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    let window = window(&app, &asked).await?;
    let (title, found) = match owner.kind {
        OwnerKind::Person => return Err(Error::NotFound),
        OwnerKind::Council => {
            let council = councils::by_id(&app.db, Id::new(owner.id)).await?;
            let council = council.ok_or(Error::NotFound)?;
            (council.name, events::of_council(&app.db, council.id, window).await?)
        }
        OwnerKind::Space => {
            let space = spaces::by_id(&app.db, Id::new(owner.id)).await?;
            let space = space.ok_or(Error::NotFound)?;
            (space.title, events::of_space(&app.db, space.id, window).await?)
        }
    };
    let page = format!("/{}", owner.slug);
    let path = format!("{page}/-/feed.atom");
    answer(&app, &viewer, (&Subject { title, page, path }, found), &headers)
}

async fn of_call(
    State(app): State<App>,
    viewer: Viewer,
    Path((slug, reference)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    // As a visitor: a draft has no feed, whoever asks.
    let call = open::call(&app, &Actor::visitor(), &reference).await?.book.call;
    if call.space_slug != slug {
        return Err(Error::NotFound);
    }
    let window = window(&app, &asked).await?;
    let found = events::of_call(&app.db, &call.reference, window).await?;
    let page = format!("/{}/-/calls/{}", call.space_slug, call.reference);
    let path = format!("{page}/feed.atom");
    answer(&app, &viewer, (&Subject { title: call.title, page, path }, found), &headers)
}

/// Which events a document holds.
async fn window(app: &App, asked: &Asked) -> Result<Window, Error> {
    let before = match &asked.before {
        None => None,
        Some(id) => {
            let id = id.parse().map_err(|_| Error::NotFound)?;
            let event = events::by_id(&app.db, id).await?.ok_or(Error::NotFound)?;
            Some((event.at, event.id))
        }
    };
    // One more, to know whether there are older ones.
    Ok(Window { public_only: true, before, most: ENTRIES + 1 })
}

fn answer(
    app: &App,
    viewer: &Viewer,
    (subject, mut found): (&Subject, Vec<Event>),
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let locale = viewer.locale();
    let shown = usize::try_from(ENTRIES).unwrap_or(usize::MAX);
    let more = found.len() > shown;
    found.truncate(shown);
    let own = format!("{}{}?lang={}", app.public_url, subject.path, locale.tag());
    let last = found.last().filter(|_| more);
    let entry = |event: &Event| {
        let line = wording::line(app, locale, event);
        Entry {
            id: format!("urn:uuid:{}", event.id),
            title: line.text,
            updated: calendar::format_instant(event.at),
            category: event.kind.name(),
            page: format!("{}{}", app.public_url, line.href),
            content: wording::context(app, locale, event),
        }
    };
    let args = [("title", Arg::from(&subject.title))];
    let feed = Feed {
        id: format!("{}{}", app.public_url, subject.path),
        title: app.messages.text(locale, "feed-title", &args),
        lang: locale.tag(),
        author: app.config.site_name.clone(),
        page: format!("{}{}", app.public_url, subject.page),
        next: last.map(|event| format!("{own}&before={}", event.id)),
        own,
        entries: found.iter().map(entry).collect(),
    };
    let xml = feeds::atom(&feed);
    let tag = format!("\"{}\"", secret::hex(&Sha256::digest(&xml)[..16]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let known = known.is_some_and(|known| {
        known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
    });
    let head = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::VARY, "Cookie, Accept-Language, Authorization".to_owned()),
        (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8".to_owned()),
    ];
    Ok(if known {
        (StatusCode::NOT_MODIFIED, head).into_response()
    } else {
        (head, xml).into_response()
    })
}
