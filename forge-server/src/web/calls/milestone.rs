//! The page of a milestone: what it must do, what was delivered, the record of its acceptance; and
//! the forms that start, deliver, put to the vote and send back.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_api::milestones::{Delivery, MilestoneFile, NewUnmet};
use forge_domain::{access::Deed, milestone::MilestoneAct, money::Amount};
use forge_store::spaces;
use serde::{Deserialize, Serialize};

use super::{
    view::{CallFacts, at, call_href, facts, frame_below},
    work::{self, WorkRow},
};
use crate::{
    actions::{
        allow,
        milestones::{AskAcceptance, DeliverMilestone, RejectMilestone, StartMilestone},
    },
    app::App,
    auth::Viewer,
    error::Error,
    funding::{milestones, open::OpenedCall},
    themes::{self, Chrome, Html, Money},
    web::{
        form::Form,
        page::{page_with, see_other_saying},
        prose,
    },
};

/// `pages/call-milestone.html`.
#[derive(Debug, Clone, Serialize)]
pub struct MilestonePage {
    /// The frame.
    pub page: Chrome,
    /// Fields `tag`, `module`, `notes`, `report_url`, `report_sha256`, `docs_url` of a delivery;
    /// `reason_N` of a rejection, 0 for the whole.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// Its page.
    pub href: String,
    /// The milestone and everything that was delivered for it.
    pub milestone: MilestoneFile,
    /// Its state, the end of a key `milestone-state-…`.
    pub state: String,
    /// What it costs.
    pub amount: Money,
    /// What it asks of each council.
    pub tranche: Vec<(String, Money)>,
    /// The release notes of each delivery, in the order of `milestone.deliveries`.
    pub notes: Vec<Html>,
    /// Where votes are shown; a reference comes after it.
    pub votes: String,
    /// The modules it can be delivered in.
    pub modules: Vec<String>,
    /// The days of work on it.
    pub work: Vec<WorkRow>,
    /// Which forms the reader is offered: `start`, `deliver`, `accept`, `reject`.
    pub acts: Vec<&'static str>,
}

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    tag: String,
    module: String,
    notes: String,
    report_url: String,
    report_sha256: String,
    docs_url: String,
}

type Address = Path<(String, String, i64)>;

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, n)): Address,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &call)).await?;
    show(&app, &viewer, (&opened, n), (StatusCode::OK, themes::Form::default())).await
}

pub(super) async fn start(
    State(app): State<App>,
    Path((space, call, milestone)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let action = StartMilestone { call: call.clone(), milestone };
    let done = app.act(&sent.viewer.by, action).await;
    then(&app, (&space, &call, milestone), sent, ("start", done)).await
}

pub(super) async fn accept(
    State(app): State<App>,
    Path((space, call, milestone)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let action = AskAcceptance { call: call.clone(), milestone };
    let done = app.act(&sent.viewer.by, action).await.map(|_| ());
    then(&app, (&space, &call, milestone), sent, ("accept", done)).await
}

pub(super) async fn deliver(
    State(app): State<App>,
    Path((space, call, milestone)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let fields = &sent.fields;
    let new = Delivery {
        tag: fields.tag.clone(),
        module: some(&fields.module),
        notes: fields.notes.clone(),
        report_url: some(&fields.report_url),
        report_sha256: some(&fields.report_sha256),
        docs_url: some(&fields.docs_url),
    };
    let action = DeliverMilestone { call: call.clone(), milestone, new };
    let done = app.act(&sent.viewer.by, action).await;
    then(&app, (&space, &call, milestone), sent, ("deliver", done)).await
}

pub(super) async fn reject(
    State(app): State<App>,
    Path((space, call, milestone)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    /// More criteria than a milestone has.
    const CRITERIA: u32 = 50;
    let unmet = (0..=CRITERIA).filter_map(|criterion| {
        let reason = sent.given.get(&format!("reason_{criterion}")).trim().to_owned();
        (!reason.is_empty()).then_some(NewUnmet { criterion, reason })
    });
    let action = RejectMilestone { call: call.clone(), milestone, unmet: unmet.collect() };
    let done = app.act(&sent.viewer.by, action).await;
    then(&app, (&space, &call, milestone), sent, ("reject", done)).await
}

async fn then(
    app: &App,
    (space, call, n): (&str, &str, i64),
    sent: Form<Fields>,
    (how, done): (&'static str, Result<(), Error>),
) -> Result<Response, Error> {
    let Form { viewer, given, .. } = sent;
    let opened = at(app, &viewer, (space, call)).await?;
    match done {
        Ok(()) => {
            let href = format!("{}/milestones/{n}", call_href(&opened.book));
            see_other_saying(app, &href, &format!("milestone-{how}-done"))
        }
        Err(error) => {
            let first = if how == "reject" { "reason_0" } else { "tag" };
            let form = given.refused(app, &viewer, first, error)?;
            show(app, &viewer, (&opened, n), (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

async fn show(
    app: &App,
    viewer: &Viewer,
    (opened, n): (&OpenedCall, i64),
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let book = &opened.book;
    let files = milestones::files(app, book).await?;
    let file = files.into_iter().find(|file| i64::from(file.n) == n).ok_or(Error::NotFound)?;
    let slice = book.milestones.iter().find(|slice| slice.position == n).ok_or(Error::NotFound)?;
    let members = spaces::members(&app.db, book.call.space_id).await?;
    let name = |slug: &String| {
        let row = book.pledges.iter().find(|row| row.council_slug == *slug);
        row.map_or_else(|| slug.clone(), |row| row.council_name.clone())
    };
    let money = |text: &str| {
        let amount = Amount::parse(text, book.currency).map_err(anyhow::Error::from)?;
        Ok::<_, Error>(Money::new(amount, book.currency))
    };
    let tranche = file.tranche.iter();
    let tranche = tranche
        .map(|one| Ok((name(&one.council), money(one.amount.as_str())?)))
        .collect::<Result<Vec<_>, Error>>()?;
    let body = MilestonePage {
        page: frame_below(app, viewer, opened, format!("M{n} — {}", file.title)),
        form,
        call: facts(book, viewer.locale(), &members),
        href: format!("{}/milestones/{n}", call_href(book)),
        state: slice.state.name().replace('_', "-"),
        amount: Money::new(Amount::from_minor(slice.amount), book.currency),
        tranche,
        notes: file
            .deliveries
            .iter()
            .map(|delivery| prose::html(&delivery.notes, &book.space.slug))
            .collect(),
        votes: format!("/{}/-/decisions/", book.space.slug),
        modules: book
            .modules
            .iter()
            .map(|module| format!("{}/{}", module.owner_slug, module.slug))
            .collect(),
        work: work::rows(viewer, opened).into_iter().filter(|one| one.milestone == n).collect(),
        acts: acts(viewer, opened, slice),
        milestone: file,
    };
    page_with(app, viewer, status, ("pages/call-milestone.html", &body))
}

/// The forms a reader is offered; the act itself asks again.
fn acts(
    viewer: &Viewer,
    opened: &OpenedCall,
    slice: &forge_store::calls::Milestone,
) -> Vec<&'static str> {
    let offers = [
        ("start", MilestoneAct::Start, Deed::SteerMilestone),
        ("deliver", MilestoneAct::Deliver, Deed::DeliverMilestone),
        ("accept", MilestoneAct::Accept, Deed::SteerMilestone),
        ("reject", MilestoneAct::Reject, Deed::SteerMilestone),
    ];
    let state = opened.book.call.state;
    let fits = |act| forge_domain::milestone::step_in(state, slice.state, act).is_ok();
    let may = |deed| allow(viewer.actor(), deed, &opened.resource()).is_ok();
    let offered = offers.into_iter().filter(|(_, act, deed)| fits(*act) && may(*deed));
    offered.map(|(how, ..)| how).collect()
}
