//! `/{space}/-/calls/{ref}/in-kind`: the days of work that councils give to a call, the form that
//! offers more, and what the lead answers.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_api::work::NewWork;
use forge_domain::{
    access::{Deed, councils_for},
    calendar,
    charter::InKindTerms,
    money::Amount,
    work::{WorkAct, offer, step_in},
};
use forge_store::{councils, spaces, work::Work};
use serde::{Deserialize, Serialize};

use super::view::{CallFacts, at, call_href, facts, frame_below};
use crate::{
    actions::{
        allow,
        work::{AgreeWork, DeliverWork, OfferWork, RefuseWork, WithdrawWork},
    },
    app::App,
    auth::Viewer,
    charter,
    error::Error,
    funding::{CallBook, Reader, open::OpenedCall},
    themes::{self, Chrome, Money},
    web::{
        form::{Form, Given},
        page::{page_with, see_other_saying, text},
        pledges::Choice,
    },
};

/// `pages/call-work.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WorkPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `council`, `milestone`, `days`, `task` of an offer; `reason` of a refusal.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// What a day is worth, and the most all agreed work may be: nothing where there is no limit.
    pub terms: Option<(Money, Option<Money>)>,
    /// What is agreed on or done, together.
    pub agreed: Money,
    /// Everything that was offered.
    pub work: Vec<WorkRow>,
    /// The councils in whose name the reader may offer work.
    pub councils: Vec<Choice>,
    /// The milestones it can be for.
    pub milestones: Vec<Choice>,
    /// The work of which a refusal is being written again.
    pub refused: Option<String>,
}

/// Days of work in a list.
#[derive(Debug, Clone, Serialize)]
pub struct WorkRow {
    /// Its reference.
    pub reference: String,
    /// Name and page of the council.
    pub council: (String, String),
    /// The place of its milestone.
    pub milestone: i64,
    /// How many days, in hundredths.
    pub days: i64,
    /// What they are worth.
    pub value: Money,
    /// Its state, the end of a key `work-state-…`.
    pub state: &'static str,
    /// Whether it lowers what the council pays.
    pub counted: bool,
    /// What is done.
    pub task: String,
    /// Why it was refused.
    pub reason: Option<String>,
    /// The day it was offered, where the space is.
    pub offered_on: String,
    /// The day it was done.
    pub delivered_on: Option<String>,
    /// The number of its entry in the ledger, and the page with it.
    pub entry: Option<(i64, String)>,
    /// What the reader may do with it: `withdraw`, `agree`, `refuse`, `deliver`.
    pub acts: Vec<&'static str>,
}

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    council: String,
    milestone: String,
    days: String,
    task: String,
    reason: String,
}

type Address = Path<(String, String)>;
type One = Path<(String, String, String)>;

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call)): Address,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &call)).await?;
    show(&app, &viewer, &opened, (StatusCode::OK, themes::Form::default(), None)).await
}

pub(super) async fn offered(
    State(app): State<App>,
    Path((space, call)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let fields = &sent.fields;
    let new = NewWork {
        council: fields.council.clone(),
        milestone: fields.milestone.trim().parse().unwrap_or_default(),
        days: fields.days.clone(),
        task: fields.task.clone(),
    };
    let done = app.act(&sent.viewer.by, OfferWork { call: call.clone(), new }).await;
    let sent = (sent.viewer, sent.given);
    then(&app, (&space, &call), sent, ("offer", None, done.map(|_| ()))).await
}

pub(super) async fn withdraw(
    State(app): State<App>,
    Path((space, call, work)): One,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let action = WithdrawWork { call: call.clone(), work };
    let done = app.act(&sent.viewer.by, action).await;
    let sent = (sent.viewer, sent.given);
    then(&app, (&space, &call), sent, ("withdraw", None, done.map(|_| ()))).await
}

pub(super) async fn agree(
    State(app): State<App>,
    Path((space, call, work)): One,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let done = app.act(&sent.viewer.by, AgreeWork { call: call.clone(), work }).await;
    let sent = (sent.viewer, sent.given);
    then(&app, (&space, &call), sent, ("agree", None, done.map(|_| ()))).await
}

pub(super) async fn refuse(
    State(app): State<App>,
    Path((space, call, work)): One,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let reason = sent.fields.reason.clone();
    let action = RefuseWork { call: call.clone(), work: work.clone(), reason };
    let done = app.act(&sent.viewer.by, action).await;
    let sent = (sent.viewer, sent.given);
    then(&app, (&space, &call), sent, ("refuse", Some(work), done.map(|_| ()))).await
}

pub(super) async fn deliver(
    State(app): State<App>,
    Path((space, call, work)): One,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let done = app.act(&sent.viewer.by, DeliverWork { call: call.clone(), work }).await;
    let sent = (sent.viewer, sent.given);
    then(&app, (&space, &call), sent, ("deliver", None, done.map(|_| ()))).await
}

async fn then(
    app: &App,
    (space, call): (&str, &str),
    (viewer, given): (Viewer, Given),
    (how, refused, done): (&'static str, Option<String>, Result<(), Error>),
) -> Result<Response, Error> {
    let opened = at(app, &viewer, (space, call)).await?;
    match done {
        Ok(()) => {
            let href = format!("{}/in-kind", call_href(&opened.book));
            see_other_saying(app, &href, &format!("work-{how}-done"))
        }
        Err(error) => {
            let first = if how == "offer" { "days" } else { "work" };
            let form = given.refused(app, &viewer, first, error)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(app, &viewer, &opened, (status, form, refused)).await
        }
    }
}

async fn show(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    (status, form, refused): (StatusCode, themes::Form, Option<String>),
) -> Result<Response, Error> {
    let book = &opened.book;
    let members = spaces::members(&app.db, book.call.space_id).await?;
    let (terms, councils) = offering(app, viewer, opened).await?;
    let target = Amount::from_minor(book.call.target);
    let money = |amount| Money::new(amount, book.currency);
    let most = terms.map(|terms| terms.most(target)).transpose();
    let most = most.map_err(|error| book.work_refused(&error))?.flatten();
    let body = WorkPage {
        page: frame_below(app, viewer, opened, text(app, viewer, "work-title")),
        form,
        call: facts(book, viewer.locale(), &members),
        terms: terms.map(|terms| (money(terms.day_rate), most.map(money))),
        agreed: money(book.work_agreed()?),
        work: rows(viewer, opened),
        councils,
        milestones: milestones(book),
        refused,
    };
    page_with(app, viewer, status, ("pages/call-work.html", &body))
}

/// The terms of the charter, where it takes work on this call.
pub(super) async fn terms(app: &App, book: &CallBook) -> Result<Option<InKindTerms>, Error> {
    let charter = charter::in_force(&mut Reader::Db(&app.db), book.call.space_id).await?;
    Ok(forge_domain::work::terms(charter.in_kind.as_ref(), book.currency).ok())
}

/// The terms of the charter, where it takes work on this call, and the councils in whose name the
/// reader may offer some.
async fn offering(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
) -> Result<(Option<InKindTerms>, Vec<Choice>), Error> {
    let book = &opened.book;
    let terms = terms(app, book).await?;
    let mut choices = Vec::new();
    if terms.is_some() && viewer.person.is_some() && !milestones(book).is_empty() {
        for id in councils_for(viewer.actor(), Deed::OfferWork, &opened.resource()) {
            let council = councils::by_id(&app.db, id).await?;
            choices.extend(council.map(|one| Choice { value: one.slug, label: one.name }));
        }
    }
    Ok((terms, choices))
}

/// The milestones on which work can be offered.
fn milestones(book: &CallBook) -> Vec<Choice> {
    let open = |slice: &&forge_store::calls::Milestone| offer(book.call.state, slice.state).is_ok();
    let choice = |slice: &forge_store::calls::Milestone| Choice {
        value: slice.position.to_string(),
        label: format!("M{} — {}", slice.position, slice.title),
    };
    book.milestones.iter().filter(open).map(choice).collect()
}

/// All work on a call that the reader may see.
pub(super) fn rows(viewer: &Viewer, opened: &OpenedCall) -> Vec<WorkRow> {
    let book = &opened.book;
    let day = |at| calendar::date_at(at, &book.zone).to_string();
    let row = |work: &Work| WorkRow {
        reference: work.reference.clone(),
        council: (work.council_name.clone(), format!("/{}", work.council_slug)),
        milestone: work.position,
        days: work.days.hundredths(),
        value: Money::new(Amount::from_minor(work.value), book.currency),
        state: work.state.name(),
        counted: book.counts(work, book.whole()),
        task: work.task.clone(),
        reason: work.reason.clone(),
        offered_on: day(work.offered_at),
        delivered_on: work.delivered_at.map(day),
        entry: work
            .entry_seq
            .map(|seq| (seq, format!("/{}/-/ledger?at={seq}#entry-{seq}", book.call.space_slug))),
        acts: acts(viewer, opened, work),
    };
    book.work.iter().map(row).collect()
}

/// What the reader may do with work as it stands; the act itself asks again.
fn acts(viewer: &Viewer, opened: &OpenedCall, work: &Work) -> Vec<&'static str> {
    let Some(person) = &viewer.person else { return Vec::new() };
    let book = &opened.book;
    let may = |act: WorkAct| {
        let council = match act {
            WorkAct::Withdraw => work.council_id,
            _ => book.call.lead_id,
        };
        let on = opened.resource().for_council(council);
        let other = act == WorkAct::Withdraw || work.offered_by != person.id;
        let stays = act == WorkAct::Withdraw && work.counted;
        other && !stays && allow(viewer.actor(), act.deed(), &on).is_ok()
    };
    let fits = |act: WorkAct| step_in(book.call.state, work.state, act).is_ok();
    let offered = WorkAct::ALL.iter().filter(|&&act| fits(act) && may(act));
    offered.map(|act| act.name()).collect()
}
