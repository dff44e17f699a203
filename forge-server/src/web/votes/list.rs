//! `/{owner}/-/decisions`: the votes of a space, or those that ask a council.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::{
    access::{Deed, Resource, Visibility},
    names::Slug,
};
use forge_store::{
    councils,
    owners::{self, OwnerKind},
    spaces::{self, Space},
    votes::{self, Among},
};
use serde::Serialize;

use super::sheet::{Sheet, sheet};
use crate::{
    actions::allow,
    app::App,
    auth::{Viewer, holder},
    error::Error,
    funding::Reader,
    themes::{Chrome, Crumb},
    voting::VoteBook,
    web::{
        page::{chrome, page, text},
        spaces::view::{Tab, belongs, frame, tabs},
    },
};

/// `pages/decisions.html`.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionsPage {
    /// The frame.
    pub page: Chrome,
    /// The sections of the space; none on a council's page.
    pub tabs: Vec<Tab>,
    /// The title and the page of the council, on a council's page.
    pub council: Option<(String, String)>,
    /// The votes, those that wait for ballots first.
    pub votes: Vec<Row>,
    /// Where a question is put, for who may.
    pub open: Option<String>,
    /// Where the charter is, on a space's page.
    pub charter: Option<String>,
    /// Where the minutes are, on a space's page.
    pub minutes: Option<String>,
}

/// A vote of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The vote.
    pub vote: Sheet,
    /// The title and the page of its space.
    pub space: (String, String),
    /// What the council said, once the vote is closed: the end of a key `vote-choice-…`.
    pub choice: Option<String>,
}

pub(super) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let slug = owner.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let owner = owners::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    match owner.kind {
        OwnerKind::Space => of_space(&app, &viewer, &slug).await,
        OwnerKind::Council => of_council(&app, &viewer, &slug).await,
        OwnerKind::Person => Err(Error::NotFound),
    }
}

async fn of_space(app: &App, viewer: &Viewer, slug: &Slug) -> Result<Response, Error> {
    let space = spaces::by_slug(&app.db, slug).await?.ok_or(Error::NotFound)?;
    let members = spaces::members(&app.db, space.id).await?;
    let count = members.iter().filter(|member| belongs(member.status)).count();
    let on = Resource::new(holder::of_space(&space, members), Visibility::Public);
    let base = format!("/{}/-/decisions", space.slug);
    let found = votes::of_space(&app.db, space.id).await?;
    let books = VoteBook::all(&mut Reader::Db(&app.db), found, Among::Space(space.id)).await?;
    let rows = books.iter().map(|book| row(viewer, &space, (book, None))).collect();
    let body = DecisionsPage {
        page: frame(app, viewer, &space, Some(text(app, viewer, "vote-decisions"))),
        tabs: tabs(app, viewer, &space, (count, "/-/decisions")),
        council: None,
        votes: rows,
        open: allow(viewer.actor(), Deed::OpenVote, &on).is_ok().then(|| format!("{base}/new")),
        charter: Some(format!("/{}/-/charter", space.slug)),
        minutes: Some(format!("{base}/minutes")),
    };
    page(app, viewer, "pages/decisions.html", &body)
}

async fn of_council(app: &App, viewer: &Viewer, slug: &Slug) -> Result<Response, Error> {
    let council = councils::by_slug(&app.db, slug).await?.ok_or(Error::NotFound)?;
    let found = votes::of_council(&app.db, council.id).await?;
    let among = Among::Council(council.id);
    let spaces = spaces::asking(&app.db, council.id).await?;
    let mut rows = Vec::new();
    for book in VoteBook::all(&mut Reader::Db(&app.db), found, among).await? {
        let space = spaces.iter().find(|space| space.id == book.vote.space_id);
        rows.push(row(viewer, space.ok_or(Error::NotFound)?, (&book, Some(slug))));
    }
    let title = text(app, viewer, "vote-decisions");
    let mut frame = chrome(app, viewer, format!("{title} — {}", council.name));
    frame.crumbs = vec![
        Crumb::link(text(app, viewer, "nav-councils"), "/councils"),
        Crumb::link(council.name.as_str(), format!("/{slug}")),
        Crumb::here(title),
    ];
    let body = DecisionsPage {
        page: frame,
        tabs: Vec::new(),
        council: Some((council.name, format!("/{slug}"))),
        votes: rows,
        open: None,
        charter: None,
        minutes: None,
    };
    page(app, viewer, "pages/decisions.html", &body)
}

fn row(viewer: &Viewer, space: &Space, (book, council): (&VoteBook, Option<&Slug>)) -> Row {
    let choice = council.filter(|_| book.is_closed()).map(|council| {
        let ballot = book.ballot(council.as_str());
        ballot.map_or("none", |ballot| ballot.choice.name()).to_owned()
    });
    Row {
        vote: sheet(book, viewer.locale(), (&space.lang, &space.time_zone)),
        space: (space.title.clone(), format!("/{}", space.slug)),
        choice,
    }
}
