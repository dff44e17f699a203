//! A question put to the councils of a space, and another council proposed to carry it.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, MemberStatus, Resource, Visibility},
    names::Slug,
    vote::VoteKind,
};
use forge_store::spaces::{self, Space};
use serde::{Deserialize, Serialize};

use crate::{
    actions::{
        allow,
        spaces::{Office, ProposeOffice},
        votes::{OpenVote, ProposeWriteOff},
    },
    app::App,
    auth::{Viewer, holder},
    charter,
    error::{Error, Refusal},
    funding::Reader,
    themes::{self, Chrome},
    web::{
        form::Form,
        page::{page_with, see_other_saying, text},
        spaces::{members::Choice, view::frame},
    },
};

/// `pages/vote-new.html`.
#[derive(Debug, Clone, Serialize)]
pub struct NewVotePage {
    /// The frame.
    pub page: Chrome,
    /// Where the question is sent.
    pub send: String,
    /// Where another lead or treasurer is proposed.
    pub offices: String,
    /// Where a claim is proposed to be given up.
    pub write_offs: String,
    /// How many days such a question stays open.
    pub days: u32,
    /// The councils that contribute.
    pub members: Vec<Choice>,
    /// Fields `question`, `explanation`; `office`, `council`, `why`; `call`, `debtor`, `reason`.
    pub form: themes::Form,
}

/// What the question's form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    question: String,
    explanation: String,
}

/// What the other form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OfficeFields {
    office: String,
    council: String,
    why: String,
}

/// What the form of a claim sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClaimFields {
    call: String,
    debtor: String,
    reason: String,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    answer(&app, &viewer, &owner, (StatusCode::OK, themes::Form::default())).await
}

pub(super) async fn send(
    State(app): State<App>,
    Path(owner): Path<String>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let action = OpenVote {
        space: slug(&owner)?,
        question: fields.question,
        explanation: fields.explanation,
    };
    match app.act(&viewer.by, action).await {
        Ok(vote) => {
            see_other_saying(&app, &format!("/{owner}/-/decisions/{vote}"), "vote-open-done")
        }
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "question", error)?;
            answer(&app, &viewer, &owner, (status, form)).await
        }
    }
}

pub(super) async fn office(
    State(app): State<App>,
    Path(owner): Path<String>,
    sent: Form<OfficeFields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let wrong = |field, code| Error::Refused(Refusal::field(field, code));
    let done = async {
        let office = Office::read(&fields.office);
        let council = fields.council.parse();
        let action = ProposeOffice {
            space: slug(&owner)?,
            office: office.ok_or_else(|| wrong("office", "office_unknown"))?,
            council: council.map_err(|_| wrong("council", "council_unknown"))?,
            explanation: fields.why,
        };
        app.act(&viewer.by, action).await
    };
    match done.await {
        Ok(vote) => {
            see_other_saying(&app, &format!("/{owner}/-/decisions/{vote}"), "vote-open-done")
        }
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "office", error)?;
            answer(&app, &viewer, &owner, (status, form)).await
        }
    }
}

pub(super) async fn write_off(
    State(app): State<App>,
    Path(owner): Path<String>,
    sent: Form<ClaimFields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let action = ProposeWriteOff {
        space: slug(&owner)?,
        call: fields.call,
        debtor: fields.debtor,
        explanation: fields.reason,
    };
    match app.act(&viewer.by, action).await {
        Ok(vote) => {
            see_other_saying(&app, &format!("/{owner}/-/decisions/{vote}"), "vote-open-done")
        }
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "call", error)?;
            answer(&app, &viewer, &owner, (status, form)).await
        }
    }
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    owner: &str,
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let space: Space = spaces::by_slug(&app.db, &slug(owner)?).await?.ok_or(Error::NotFound)?;
    let members = spaces::members(&app.db, space.id).await?;
    let on = Resource::new(holder::of_space(&space, members.clone()), Visibility::Public);
    allow(viewer.actor(), Deed::OpenVote, &on)?;
    let charter = charter::in_force(&mut Reader::Db(&app.db), space.id).await?;
    let contributes = members.into_iter().filter(|one| one.status == MemberStatus::Contributor);
    let body = NewVotePage {
        page: frame(app, viewer, &space, Some(text(app, viewer, "vote-new"))),
        send: format!("/{owner}/-/decisions"),
        offices: format!("/{owner}/-/offices"),
        write_offs: format!("/{owner}/-/write-offs"),
        days: charter.terms(VoteKind::Other).days,
        members: contributes.map(|one| Choice { value: one.slug, label: one.name }).collect(),
        form,
    };
    page_with(app, viewer, status, ("pages/vote-new.html", &body))
}

fn slug(owner: &str) -> Result<Slug, Error> {
    owner.parse().map_err(|_| Error::NotFound)
}
