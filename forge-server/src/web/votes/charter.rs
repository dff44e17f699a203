//! `/{space}/-/charter`: the charter in force, those before it, and the form that proposes another.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, Resource, Visibility},
    names::Slug,
};
use forge_store::{
    charters,
    spaces::{self, Space},
};
use serde::{Deserialize, Serialize};

use crate::{
    actions::{allow, charters::ProposeCharter},
    app::App,
    auth::{Viewer, holder},
    error::Error,
    themes::{self, Chrome, Html},
    web::{
        cards::day,
        form::Form,
        page::{page, page_with, see_other_saying, text},
        prose,
        spaces::view::{Tab, belongs, frame, tabs},
    },
};

/// `pages/charter.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CharterPage {
    /// The frame.
    pub page: Chrome,
    /// The sections of the space.
    pub tabs: Vec<Tab>,
    /// The charter in force.
    pub text: Html,
    /// The language of that text where it is not the page's.
    pub lang: Option<String>,
    /// The part programs read.
    pub machine: String,
    /// Every version, newest first.
    pub versions: Vec<Version>,
    /// Where another is proposed, for who may.
    pub propose: Option<String>,
}

/// A version of a charter.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// Since which day.
    pub since: String,
    /// The commit that holds it, and its page.
    pub commit: (String, String),
    /// The vote that adopted it, and its page.
    pub vote: Option<(String, String)>,
    /// Whether it is in force.
    pub in_force: bool,
}

/// `pages/charter-propose.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ProposePage {
    /// The frame.
    pub page: Chrome,
    /// Where the proposal is sent.
    pub send: String,
    /// The number it will have.
    pub next: i64,
    /// Fields `text`, `machine`, `question`, `explanation`.
    pub form: themes::Form,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    text: String,
    machine: String,
    question: String,
    explanation: String,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let space = open(&app, &owner).await?;
    let members = spaces::members(&app.db, space.id).await?;
    let count = members.iter().filter(|member| belongs(member.status)).count();
    let on = Resource::new(holder::of_space(&space, members), Visibility::Public);
    let history = charters::history(&app.db, space.id).await?;
    let newest = history.first().ok_or(Error::NotFound)?;
    let version = |row: &charters::Charter| Version {
        number: row.version,
        since: day(row.adopted_at),
        commit: (row.oid.chars().take(10).collect(), format!("/{owner}/meta/commit/{}", row.oid)),
        vote: row
            .vote_ref
            .as_ref()
            .map(|vote| (vote.clone(), format!("/{owner}/-/decisions/{vote}"))),
        in_force: row.version == newest.version,
    };
    let body = CharterPage {
        page: frame(&app, &viewer, &space, Some(text(&app, &viewer, "space-charter"))),
        tabs: tabs(&app, &viewer, &space, (count, "/-/charter")),
        text: prose::html(&newest.text, &space.slug),
        lang: (space.lang != viewer.locale().tag()).then(|| space.lang.clone()),
        machine: newest.machine.clone(),
        versions: history.iter().map(version).collect(),
        propose: allow(viewer.actor(), Deed::OpenVote, &on)
            .is_ok()
            .then(|| format!("/{owner}/-/charter/propose")),
    };
    page(&app, &viewer, "pages/charter.html", &body)
}

pub(super) async fn form(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let space = open(&app, &owner).await?;
    let found = charters::in_force(&app.db, space.id).await?.ok_or(Error::NotFound)?;
    let next = found.machine.replacen(
        &format!("version = {}", found.version),
        &format!("version = {}", found.version + 1),
        1,
    );
    let form = themes::Form::default().value("text", found.text).value("machine", next);
    answer(&app, &viewer, &space, (StatusCode::OK, form)).await
}

pub(super) async fn propose(
    State(app): State<App>,
    Path(owner): Path<String>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let space = open(&app, &owner).await?;
    let action = ProposeCharter {
        space: owner.parse().map_err(|_| Error::NotFound)?,
        text: fields.text,
        machine: fields.machine,
        question: fields.question,
        explanation: fields.explanation,
    };
    match app.act(&viewer.by, action).await {
        Ok(vote) => {
            see_other_saying(&app, &format!("/{owner}/-/decisions/{vote}"), "vote-open-done")
        }
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "text", error)?;
            answer(&app, &viewer, &space, (status, form)).await
        }
    }
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    space: &Space,
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let members = spaces::members(&app.db, space.id).await?;
    let on = Resource::new(holder::of_space(space, members), Visibility::Public);
    allow(viewer.actor(), Deed::OpenVote, &on)?;
    let found = charters::in_force(&app.db, space.id).await?.ok_or(Error::NotFound)?;
    let body = ProposePage {
        page: frame(app, viewer, space, Some(text(app, viewer, "charter-propose"))),
        send: format!("/{}/-/charter", space.slug),
        next: found.version + 1,
        form,
    };
    page_with(app, viewer, status, ("pages/charter-propose.html", &body))
}

async fn open(app: &App, owner: &str) -> Result<Space, Error> {
    let slug: Slug = owner.parse().map_err(|_| Error::NotFound)?;
    spaces::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)
}
