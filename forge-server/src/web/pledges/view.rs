//! `/{space}/-/calls/{ref}/pledges/{ref}`: one pledge, its acts, and what may be done with it.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::access::Deed;
use forge_store::{evidence, pledges::Pledge, spaces};
use serde::Serialize;

use super::{Choice, commit::kinds};
use crate::{
    actions::allow,
    app::App,
    auth::Viewer,
    error::Error,
    funding::open::{self, OpenedCall},
    themes::{self, Chrome},
    web::{
        calls::{
            pledged::{self, PledgeRow},
            say::Say,
            view::{CallFacts, facts, frame_below},
        },
        page::page_with,
    },
};

/// `pages/pledge.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PledgePage {
    /// The frame.
    pub page: Chrome,
    /// Fields of another act: as on the check page.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// The pledge.
    pub pledge: PledgeRow,
    /// Where the reader withdraws it.
    pub withdraw: Option<String>,
    /// Where the reader refuses.
    pub refuse: Option<String>,
    /// Where the reader makes an intention firm.
    pub commit: Option<String>,
    /// Where the reader adds an act.
    pub add: Option<String>,
    /// The kinds of act.
    pub kinds: Vec<Choice>,
    /// The largest file, in bytes.
    pub bytes_max: i64,
    /// The same for programs.
    pub api: String,
}

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, pledge)): Path<(String, String, String)>,
) -> Result<Response, Error> {
    let (opened, row) = find(&app, &viewer, (&space, &call, &pledge)).await?;
    show(&app, &viewer, (&opened, &row), (StatusCode::OK, themes::Form::default())).await
}

/// Opens the pledge at an address: one of another call is not there.
pub(super) async fn find(
    app: &App,
    viewer: &Viewer,
    (space, call, pledge): (&str, &str, &str),
) -> Result<(OpenedCall, Pledge), Error> {
    let (opened, row) = open::pledge(app, viewer.actor(), pledge).await?;
    let there = opened.book.call.space_slug == space && opened.book.call.reference == call;
    if there { Ok((opened, row)) } else { Err(Error::NotFound) }
}

pub(super) async fn show(
    app: &App,
    viewer: &Viewer,
    (opened, row): (&OpenedCall, &Pledge),
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let acts = evidence::of_pledge(&app.db, row.id).await?;
    let acts: Vec<_> = acts.iter().collect();
    let shown = pledged::pledge(app, viewer, opened, (row, &acts)).await?;
    let resource = opened.resource().for_council(row.council_id);
    let may = |deed| viewer.person.is_some() && allow(viewer.actor(), deed, &resource).is_ok();
    let out = row.state.way_out().and_then(|act| act.deeds().first().copied());
    let href = |page: &str| format!("{}/{page}", shown.href);
    let leave = |deed: Deed, page: &str| (out == Some(deed) && may(deed)).then(|| href(page));
    let intends = out == Some(Deed::RefusePledge);
    let commit = format!(
        "/{}/-/calls/{}/commit?council={}",
        opened.book.call.space_slug, opened.book.call.reference, row.council_slug
    );
    let members = spaces::members(&app.db, opened.book.call.space_id).await?;
    let title = format!("{} — {}", row.reference, row.council_name);
    let body = PledgePage {
        page: frame_below(app, viewer, opened, title),
        form: form.value("visibility", "auditors"),
        call: facts(&opened.book, viewer.locale(), &members),
        withdraw: leave(Deed::WithdrawPledge, "withdraw"),
        refuse: leave(Deed::RefusePledge, "refuse"),
        commit: (intends && may(Deed::CommitPledge)).then_some(commit),
        add: (out.is_some() && may(Deed::PreparePledge)).then(|| href("evidence")),
        kinds: kinds(app, Say::new(app, viewer, &opened.book), &opened.book)?,
        bytes_max: i64::try_from(app.config.evidence_size_bytes_max).unwrap_or(i64::MAX),
        api: format!("/api/v1/pledges/{}", row.reference),
        pledge: shown,
    };
    page_with(app, viewer, status, ("pages/pledge.html", &body))
}
