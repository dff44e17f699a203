//! The minutes of a space: every closed vote with its ballots, as a page that prints, as Markdown
//! and as CSV.

use std::fmt::Write as _;

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use forge_domain::names::Slug;
use forge_messages::Arg;
use forge_store::{
    spaces::{self, Space},
    votes::{self, Among},
};
use serde::Serialize;

use super::sheet::{Sheet, sheet};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::Reader,
    themes::Chrome,
    voting::VoteBook,
    web::{
        cards::day,
        csv,
        page::{page, text},
        spaces::view::frame,
    },
};

/// `pages/minutes.html`.
#[derive(Debug, Clone, Serialize)]
pub struct MinutesPage {
    /// The frame.
    pub page: Chrome,
    /// The name of the space.
    pub space: String,
    /// The day the minutes were taken from the forge.
    pub day: String,
    /// Every closed vote, oldest first.
    pub votes: Vec<Sheet>,
    /// The same as Markdown and as CSV.
    pub base: String,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let (space, closed) = closed(&app, &owner).await?;
    let sheet = |book: &VoteBook| sheet(book, viewer.locale(), (&space.lang, &space.time_zone));
    let body = MinutesPage {
        page: frame(&app, &viewer, &space, Some(text(&app, &viewer, "vote-minutes"))),
        space: space.title.clone(),
        day: day(app.clock.now()),
        votes: closed.iter().map(sheet).collect(),
        base: format!("/{owner}/-/decisions/minutes"),
    };
    page(&app, &viewer, "pages/minutes.html", &body)
}

pub(super) async fn markdown(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let (space, closed) = closed(&app, &owner).await?;
    let say = |key: &str| text(&app, &viewer, key);
    let mut out = format!("# {} — {}\n", say("vote-minutes"), plain(&space.title));
    for book in &closed {
        let sheet = sheet(book, viewer.locale(), (&space.lang, &space.time_zone));
        let Some(result) = &sheet.result else { continue };
        let lines = [
            (say("vote-opened"), day(book.vote.opened_at)),
            (say("vote-closed"), day(book.vote.closes_at)),
            (say("vote-rule"), say(&format!("vote-rule-{}", sheet.terms.rule))),
            (say("common-state"), say(&format!("vote-state-{}", sheet.state))),
            (say("vote-why"), say(&format!("vote-reason-{}", result.reason))),
        ];
        let _ = write!(out, "\n## {} — {}\n\n", sheet.reference, plain(&sheet.question));
        for (name, value) in lines {
            let _ = writeln!(out, "- {name}: {value}");
        }
        let heading = [say("org-council"), say("vote-weight"), say("vote-ballot")].join(" | ");
        let _ = write!(out, "\n| {heading} |\n|---|---:|---|\n");
        for body in &sheet.bodies {
            let choice = body.choice.as_deref().unwrap_or("none");
            let choice = say(&format!("vote-choice-{choice}"));
            let _ = writeln!(out, "| {} | {} | {choice} |", plain(&body.name), body.weight);
        }
    }
    if closed.is_empty() {
        let none = app.themes.messages().text(viewer.locale(), "vote-none", &[] as &[(&str, Arg)]);
        let _ = writeln!(out, "\n{none}");
    }
    Ok(([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], out).into_response())
}

pub(super) async fn file(
    State(app): State<App>,
    _: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let (_, closed) = closed(&app, &owner).await?;
    let mut out = "vote,kind,call,question,opened_at,closed_at,rule,electorate,result,reason,\
                   council,weight,choice,cast_at\r\n"
        .to_owned();
    for book in &closed {
        let (vote, tally) = (&book.vote, book.tally());
        for elector in &book.electors {
            let ballot = book.ballot(&elector.slug);
            let cells = [
                vote.reference.clone(),
                vote.kind.to_string(),
                vote.call_ref.clone().unwrap_or_default(),
                vote.question.clone(),
                vote.opened_at.to_string(),
                vote.closes_at.to_string(),
                book.terms.rule.to_string(),
                book.terms.electorate.to_string(),
                vote.state.to_string(),
                tally.outcome.reason.to_string(),
                elector.slug.clone(),
                elector.weight.to_string(),
                ballot.map(|ballot| ballot.choice.to_string()).unwrap_or_default(),
                ballot.map(|ballot| ballot.cast_at.to_string()).unwrap_or_default(),
            ];
            out.push_str(&csv::line(',', cells));
        }
    }
    csv::file(&format!("{owner}-votes.csv"), out)
}

/// The closed votes of a space, oldest first.
async fn closed(app: &App, owner: &str) -> Result<(Space, Vec<VoteBook>), Error> {
    let slug: Slug = owner.parse().map_err(|_| Error::NotFound)?;
    let space = spaces::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    let found = votes::of_space(&app.db, space.id).await?;
    let books = VoteBook::all(&mut Reader::Db(&app.db), found, Among::Space(space.id)).await?;
    Ok((space, books.into_iter().rev().filter(VoteBook::is_closed).collect()))
}

/// A text in Markdown, where it must be nothing but words.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
