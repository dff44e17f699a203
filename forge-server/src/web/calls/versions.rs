//! Everything a call said since it was published, and what each version changed.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_api::{
    Amount,
    calls::{CallVersion, VersionSimulation},
};
use forge_store::spaces::{self, Member};
use serde::Serialize;

use super::{
    say::Say,
    view::{CallFacts, at, facts, frame_below},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{CallBook, written},
    themes::{Chrome, Money},
    web::page::{page_with, text},
};

/// `pages/call-versions.html`.
#[derive(Debug, Clone, Serialize)]
pub struct VersionsPage {
    /// The frame.
    pub page: Chrome,
    /// The call in a few facts.
    pub call: CallFacts,
    /// Every version, the newest first.
    pub versions: Vec<ShownVersion>,
}

/// One version.
#[derive(Debug, Clone, Serialize)]
pub struct ShownVersion {
    /// What it said and changed.
    pub said: CallVersion,
    /// What every contributing council would have paid under it.
    pub simulation: Option<Announced>,
}

/// The simulation a version was published with.
#[derive(Debug, Clone, Serialize)]
pub struct Announced {
    /// One line a council.
    pub rows: Vec<AnnouncedRow>,
    /// What they pay together.
    pub total: Option<Money>,
    /// What nobody could be asked for, where there is any.
    pub gap: Option<Money>,
    /// The councils the rule cannot weigh, where there are any.
    pub left_out: Option<String>,
    /// Whether councils that choose their amount are supposed to choose the same.
    pub supposed: bool,
    /// Whether weights are shown.
    pub weighed: bool,
    /// Where what was computed is read.
    pub request: String,
    /// The command that computes it again.
    pub check: String,
}

/// One council of a simulation.
#[derive(Debug, Clone, Serialize)]
pub struct AnnouncedRow {
    /// Its name.
    pub council: String,
    /// Its page.
    pub href: String,
    /// What it weighs.
    pub weight: Option<i64>,
    /// What it would pay.
    pub share: Option<Money>,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call)): Path<(String, String)>,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &call)).await?;
    let members = spaces::members(&app.db, opened.book.call.space_id).await?;
    let versions = written::versions(&app, opened.book.call.id).await?;
    let say = Say::new(&app, &viewer, &opened.book);
    let one = |said: CallVersion| ShownVersion {
        simulation: said
            .simulation
            .as_ref()
            .map(|kept| announced((&opened.book, say), &members, (said.number, kept))),
        said,
    };
    let versions = versions.into_iter().rev().map(one).collect();
    let body = VersionsPage {
        page: frame_below(&app, &viewer, &opened, text(&app, &viewer, "call-versions")),
        call: facts(&opened.book, viewer.locale(), &members),
        versions,
    };
    page_with(&app, &viewer, StatusCode::OK, ("pages/call-versions.html", &body))
}

fn announced(
    (book, say): (&CallBook, Say<'_>),
    members: &[Member],
    (number, kept): (i64, &VersionSimulation),
) -> Announced {
    let money = |text: &Amount| {
        text.to_domain(book.currency).ok().map(|amount| Money::new(amount, book.currency))
    };
    let name = |slug: &String| {
        let member = members.iter().find(|member| member.slug == *slug);
        member.map_or_else(|| slug.clone(), |member| member.name.clone())
    };
    let rows = kept.councils.iter().map(|line| AnnouncedRow {
        council: name(&line.council),
        href: format!("/{}", line.council),
        weight: line.weight.map(|weight| i64::try_from(weight).unwrap_or(i64::MAX)),
        share: money(&line.share),
    });
    let reference = &book.call.reference;
    Announced {
        rows: rows.collect(),
        total: money(&kept.total),
        gap: money(&kept.gap).filter(|gap| gap.minor > 0),
        left_out: (!kept.left_out.is_empty())
            .then(|| say.list(kept.left_out.iter().map(name).collect())),
        supposed: kept.supposed,
        weighed: kept.councils.iter().any(|line| line.weight.is_some()),
        request: format!("/api/v1/calls/{reference}/versions/{number}/simulation"),
        check: format!(
            "forge call versions {reference} --simulation {number} | forge share compute --from -"
        ),
    }
}
