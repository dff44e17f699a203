//! `/{space}/-/members`: the councils of a space; asking, admitting, leaving.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, MemberStatus, Resource, Visibility, councils_for},
    names::Slug,
};
use forge_store::{
    councils,
    spaces::{self, Member, Space},
};
use serde::{Deserialize, Serialize};

use super::view::{Tab, belongs, frame, tabs};
use crate::{
    actions::{
        allow,
        spaces::{AdmitMember, AskToJoin, LeaveSpace, SetSeat},
    },
    app::App,
    auth::{Viewer, holder},
    error::{Error, Refusal},
    themes::{self, Chrome},
    web::{
        cards::day,
        form::Form,
        page::{page_with, see_other_saying, text},
    },
};

/// `pages/space-members.html`.
#[derive(Debug, Clone, Serialize)]
pub struct MembersPage {
    /// The frame.
    pub page: Chrome,
    /// The sections of the space.
    pub tabs: Vec<Tab>,
    /// Where this page is; what is below it begins so.
    pub base: String,
    /// Every council that stands anywhere in the space.
    pub members: Vec<MemberRow>,
    /// Whether the reader answers those who ask.
    pub may_admit: bool,
    /// The councils the reader may ask for.
    pub joinable: Vec<Choice>,
    /// Fields `council`, `status`, `act_ref`.
    pub form: themes::Form,
}

/// A council in a space.
#[derive(Debug, Clone, Serialize)]
pub struct MemberRow {
    /// Its name.
    pub name: String,
    /// Its address.
    pub slug: String,
    /// The end of a key `space-…`.
    pub status: String,
    /// How it wishes to belong, where it asked: the end of a key `space-…`.
    pub wish: Option<String>,
    /// Since which day.
    pub since: String,
    /// The act it joined by.
    pub act_ref: Option<String>,
    /// Whether it leads the space.
    pub lead: bool,
    /// Whether it sits in the coordination group.
    pub coordinates: bool,
    /// The day its notice ends, where it has given notice.
    pub leaves: Option<String>,
    /// Whether the reader can take it out.
    pub may_leave: bool,
}

/// One of a list to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// What the form to join sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskFields {
    council: String,
    status: String,
    act_ref: String,
}

/// What the buttons beside a council send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AdmitFields {
    status: String,
}

/// What the button of a seat sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SeatFields {
    coordinates: String,
}

/// A form of one button.
#[derive(Debug, Default, Deserialize)]
pub struct Nothing {}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let space = open(&app, &owner).await?;
    let form = themes::Form::default().value("status", "contributor");
    answer(&app, &viewer, &space, (StatusCode::OK, form)).await
}

pub(super) async fn ask(
    State(app): State<App>,
    Path(owner): Path<String>,
    sent: Form<AskFields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    viewer.signed_in()?;
    let space = open(&app, &owner).await?;
    let done = async {
        let council = fields.council.parse();
        let unknown = |_| Error::Refused(Refusal::field("council", "council_unknown"));
        let action = AskToJoin {
            space: slug(&owner)?,
            council: council.map_err(unknown)?,
            wish: wish(&fields.status)?,
            act_ref: fields.act_ref,
        };
        app.act(&viewer.by, action).await
    };
    match done.await {
        Ok(vote) => {
            let said = if vote.is_some() { "space-ask-vote-done" } else { "space-ask-done" };
            see_other_saying(&app, &format!("/{owner}/-/members"), said)
        }
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "council", error)?;
            answer(&app, &viewer, &space, (status, form)).await
        }
    }
}

pub(super) async fn admit(
    State(app): State<App>,
    Path((owner, council)): Path<(String, String)>,
    sent: Form<AdmitFields>,
) -> Result<Response, Error> {
    sent.viewer.signed_in()?;
    let action = AdmitMember {
        space: slug(&owner)?,
        council: slug(&council)?,
        status: wish(&sent.fields.status)?,
        act_ref: String::new(),
    };
    let vote = app.act(&sent.viewer.by, action).await?;
    let said = if vote.is_some() { "space-admit-vote-done" } else { "space-admit-done" };
    see_other_saying(&app, &format!("/{owner}/-/members"), said)
}

pub(super) async fn leave(
    State(app): State<App>,
    Path((owner, council)): Path<(String, String)>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    let action = LeaveSpace { space: slug(&owner)?, council: slug(&council)? };
    let left = app.act(&sent.viewer.by, action).await?;
    let said = if left { "space-leave-done" } else { "space-notice-done" };
    see_other_saying(&app, &format!("/{owner}/-/members"), said)
}

pub(super) async fn seat(
    State(app): State<App>,
    Path((owner, council)): Path<(String, String)>,
    sent: Form<SeatFields>,
) -> Result<Response, Error> {
    let action = SetSeat {
        space: slug(&owner)?,
        council: slug(&council)?,
        coordinates: sent.fields.coordinates == "yes",
    };
    app.act(&sent.viewer.by, action).await?;
    see_other_saying(&app, &format!("/{owner}/-/members"), "space-seat-done")
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    space: &Space,
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let found = spaces::members(&app.db, space.id).await?;
    let count = found.iter().filter(|member| belongs(member.status)).count();
    let on = Resource::new(holder::of_space(space, found.clone()), Visibility::Public);
    let may_admit = allow(viewer.actor(), Deed::AdmitMember, &on).is_ok();
    let leaving = councils_for(viewer.actor(), Deed::LeaveSpace, &on);
    let mut joinable = Vec::new();
    for id in councils_for(viewer.actor(), Deed::AskToJoin, &on) {
        let inside = found
            .iter()
            .any(|member| member.council_id == id && member.status != MemberStatus::Left);
        if let Some(council) = councils::by_id(&app.db, id).await?.filter(|_| !inside) {
            joinable.push(Choice { value: council.slug, label: council.name });
        }
    }
    let row = |member: Member| MemberRow {
        lead: member.council_id == space.lead_id,
        may_leave: leaving.contains(&member.council_id)
            && member.status != MemberStatus::Left
            && member.until.is_none()
            && member.council_id != space.lead_id
            && member.council_id != space.treasurer_id,
        name: member.name,
        slug: member.slug,
        status: member.status.name().to_owned(),
        wish: member.wish.map(|wish| wish.name().to_owned()),
        since: day(member.since),
        coordinates: member.coordinates,
        leaves: member.until.filter(|_| member.status != MemberStatus::Left).map(day),
        act_ref: member.act_ref,
    };
    let body = MembersPage {
        page: frame(app, viewer, space, Some(text(app, viewer, "space-members"))),
        tabs: tabs(app, viewer, space, (count, "/-/members")),
        base: format!("/{}/-/members", space.slug),
        members: found.into_iter().map(row).collect(),
        may_admit,
        joinable,
        form,
    };
    page_with(app, viewer, status, ("pages/space-members.html", &body))
}

async fn open(app: &App, owner: &str) -> Result<Space, Error> {
    spaces::by_slug(&app.db, &slug(owner)?).await?.ok_or(Error::NotFound)
}

fn slug(owner: &str) -> Result<Slug, Error> {
    owner.parse().map_err(|_| Error::NotFound)
}

fn wish(word: &str) -> Result<MemberStatus, Error> {
    word.parse().map_err(|_| Error::Refused(Refusal::field("status", "membership_status")))
}
