//! One vote: the question, who is asked, by which rule, what came of it, and the ballot.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, Resource, Visibility, councils_for},
    vote::{self, Choice},
};
use forge_store::spaces;
use serde::{Deserialize, Serialize};

use super::sheet::{Sheet, sheet};
use crate::{
    actions::{
        allow,
        votes::{CastBallot, WithdrawVote},
    },
    app::App,
    auth::{Viewer, holder},
    error::Error,
    funding::Reader,
    themes::{self, Chrome, Crumb},
    voting::VoteBook,
    web::{
        form::Form,
        page::{page_with, see_other_saying, text},
        spaces::view::{Tab, belongs, frame, tabs},
    },
};

/// `pages/vote.html`.
#[derive(Debug, Clone, Serialize)]
pub struct VotePage {
    /// The frame.
    pub page: Chrome,
    /// The sections of the space.
    pub tabs: Vec<Tab>,
    /// The vote.
    pub vote: Sheet,
    /// The councils the reader may vote for now, with what each has said so far.
    pub own: Vec<Own>,
    /// Whether the reader opened it and may take it back: nobody has voted.
    pub withdrawable: bool,
    /// Fields `council`, `choice`, `comment`.
    pub form: themes::Form,
}

/// A council the reader votes for.
#[derive(Debug, Clone, Serialize)]
pub struct Own {
    /// Its address.
    pub value: String,
    /// Its name.
    pub label: String,
    /// What it has said so far: the end of a key `vote-choice-…`.
    pub choice: Option<String>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    council: String,
    choice: String,
    comment: String,
}

/// What a form without fields sends.
#[derive(Debug, Default, Deserialize)]
pub struct Nothing {}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, reference)): Path<(String, String)>,
) -> Result<Response, Error> {
    let book = find(&app, &owner, &reference).await?;
    answer(&app, &viewer, &book, (StatusCode::OK, None)).await
}

pub(super) async fn cast(
    State(app): State<App>,
    Path((owner, reference)): Path<(String, String)>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let book = find(&app, &owner, &reference).await?;
    // Between offers, the choice is a number: a yes for that one.
    let offer = fields.choice.trim().parse().ok();
    let action = CastBallot {
        vote: reference.clone(),
        council: fields.council,
        choice: if offer.is_some() { Choice::Yes.name().to_owned() } else { fields.choice },
        offer,
        comment: fields.comment,
    };
    match app.act(&viewer.by, action).await {
        Ok(()) => {
            let here = format!("/{owner}/-/decisions/{reference}");
            see_other_saying(&app, &here, "vote-cast-done")
        }
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "choice", error)?;
            answer(&app, &viewer, &book, (status, Some(form))).await
        }
    }
}

pub(super) async fn withdraw(
    State(app): State<App>,
    Path((owner, reference)): Path<(String, String)>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    let viewer = sent.viewer;
    let book = find(&app, &owner, &reference).await?;
    app.act(&viewer.by, WithdrawVote { reference: book.vote.reference }).await?;
    see_other_saying(&app, &format!("/{owner}/-/decisions/{reference}"), "vote-withdraw-done")
}

/// The vote of this address.
async fn find(app: &App, owner: &str, reference: &str) -> Result<VoteBook, Error> {
    let book = VoteBook::of(&mut Reader::Db(&app.db), reference).await?;
    if book.vote.space_slug == owner { Ok(book) } else { Err(Error::NotFound) }
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    book: &VoteBook,
    (status, form): (StatusCode, Option<themes::Form>),
) -> Result<Response, Error> {
    let space = spaces::by_id(&app.db, book.vote.space_id).await?.ok_or(Error::NotFound)?;
    let members = spaces::members(&app.db, space.id).await?;
    let count = members.iter().filter(|member| belongs(member.status)).count();
    let on = Resource::new(holder::of_space(&space, members), Visibility::Public);
    let votable = (book.vote.state, book.vote.closes_at);
    let takes = vote::cast(votable, (book.terms.rule, Choice::Yes, ""), app.clock.now()).is_ok();
    let mine = councils_for(viewer.actor(), Deed::Vote, &on);
    let asked = book.electors.iter().filter(|one| takes && mine.contains(&one.council_id));
    let own: Vec<Own> = asked
        .map(|elector| Own {
            value: elector.slug.clone(),
            label: elector.name.clone(),
            choice: book.ballot(&elector.slug).map(|ballot| ballot.choice.name().to_owned()),
        })
        .collect();
    let opener = viewer.person.as_ref().map(|person| person.id.uuid());
    let withdrawable = opener == Some(book.vote.opened_by)
        && allow(viewer.actor(), Deed::OpenVote, &on).is_ok()
        && vote::withdraw(votable, book.ballots.len(), app.clock.now()).is_ok();
    let form = form.unwrap_or_else(|| before(book, &own));
    let mut frame = frame(app, viewer, &space, Some(book.vote.reference.clone()));
    let list = text(app, viewer, "vote-decisions");
    let last = frame.crumbs.len().saturating_sub(1);
    frame.crumbs.insert(last, Crumb::link(list, format!("/{}/-/decisions", space.slug)));
    let body = VotePage {
        page: frame,
        tabs: tabs(app, viewer, &space, (count, "/-/decisions")),
        vote: sheet(book, viewer.locale(), (&space.lang, &space.time_zone)),
        own,
        withdrawable,
        form,
    };
    page_with(app, viewer, status, ("pages/vote.html", &body))
}

/// The form of who votes for one council begins with what it said last.
fn before(book: &VoteBook, own: &[Own]) -> themes::Form {
    let form = themes::Form::default();
    let [only] = own else { return form };
    let form = form.value("council", only.value.as_str());
    match book.ballot(&only.value) {
        None => form,
        Some(ballot) => {
            let number = ballot.offer.map(|offer| offer.to_string());
            let choice = number.unwrap_or_else(|| ballot.choice.name().to_owned());
            form.value("choice", choice).value("comment", ballot.comment.as_str())
        }
    }
}
