//! What a lead does with a call after its publication: each act has a page that says what it means
//! before the form that does it.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_api::{
    Amount as Text,
    calls::{NewContract, NewOffer},
};
use forge_domain::{access::Deed, call::CallState, money::Amount, pledge::PledgeState};
use forge_store::{pledges::Pledge, spaces};
use serde::{Deserialize, Serialize};

use super::{
    simulation::style,
    view::{CallFacts, at, call_href, facts, frame_below},
};
use crate::{
    actions::{
        allow,
        calls::{
            OFFERS_MAX, ProposeDefault, ProposeExtension, ProposeJoining, ProposeOpening,
            ProposeScope, ProposeStop, ProposeSupplier, RecordContract, ReopenCall,
        },
    },
    app::App,
    auth::Viewer,
    error::Error,
    funding::{CallBook, open::OpenedCall},
    themes::{self, Chrome},
    web::{
        form::{Form, Given, day},
        page::{page_with, see_other_saying, text},
        pledges::Choice,
        routes::{Access, Route},
    },
};

/// `pages/call-steer.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SteerPage {
    /// The frame.
    pub page: Chrome,
    /// The fields of the act: `deadline`, `reason`, `keep`, `ref`, `supplier`, `amount`,
    /// `signed_on`, `council`, and `offer_supplier_…`, `offer_ref_…`, `offer_amount_…`.
    pub form: themes::Form,
    /// Which act: the end of the form's address and of its texts' keys.
    pub how: &'static str,
    /// The call in a few facts.
    pub call: CallFacts,
    /// The milestones that can be kept: their places.
    pub places: Vec<i64>,
    /// The councils the act can be about.
    pub councils: Vec<Choice>,
    /// The numbers of the rows for offers.
    pub offers: Vec<usize>,
}

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    deadline: String,
    reason: String,
    keep: String,
    #[serde(rename = "ref")]
    reference: String,
    supplier: String,
    amount: String,
    signed_on: String,
    council: String,
}

type Address = Path<(String, String)>;

/// The acts, and the row of the table of rights of each.
const ACTS: [(&str, &str, Deed); 9] = [
    ("contract", "/{owner}/-/calls/{call}/contract", Deed::RecordContract),
    ("propose", "/{owner}/-/calls/{call}/propose", Deed::OpenVote),
    ("extend", "/{owner}/-/calls/{call}/extend", Deed::OpenVote),
    ("supplier", "/{owner}/-/calls/{call}/supplier", Deed::OpenVote),
    ("joining", "/{owner}/-/calls/{call}/joining", Deed::OpenVote),
    ("narrow", "/{owner}/-/calls/{call}/narrow", Deed::OpenVote),
    ("stop", "/{owner}/-/calls/{call}/stop", Deed::OpenVote),
    ("default", "/{owner}/-/calls/{call}/default", Deed::OpenVote),
    ("reopen", "/{owner}/-/calls/{call}/reopen", Deed::CreateCall),
];

/// A page and a form for each act.
pub(super) fn routes() -> Vec<Route> {
    let pair = |(how, path, deed): (&'static str, &'static str, Deed)| {
        let shown = move |State(app): State<App>, viewer: Viewer, address: Address| async move {
            first(&app, &viewer, &address, how).await
        };
        let sent = move |State(app): State<App>, address: Address, form: Form<Fields>| async move {
            then(&app, &address, form, how).await
        };
        [Route::get(path, Access::Deed(deed), shown), Route::post(path, Access::Deed(deed), sent)]
    };
    ACTS.into_iter().flat_map(pair).collect()
}

/// The acts a reader may try on a call as it stands: their names and addresses.
pub(super) fn offered(viewer: &Viewer, opened: &OpenedCall) -> Vec<(&'static str, String)> {
    use forge_domain::call::{CallAct, step};
    let fits = |how: &str| {
        let act = match how {
            "propose" => CallAct::Publish,
            "extend" => CallAct::Extend,
            "narrow" => CallAct::ChangeScope,
            "stop" => CallAct::StopEarly,
            "supplier" => CallAct::ChooseSupplier,
            "joining" => CallAct::Join,
            "default" => return !late(opened).is_empty(),
            "contract" => CallAct::Contract,
            _ => CallAct::Reopen,
        };
        let asked = how != "joining" || !asking(&opened.book).is_empty();
        asked && step(opened.book.call.state, act).is_ok()
    };
    let may = |deed| allow(viewer.actor(), deed, &opened.resource()).is_ok();
    let href = |how: &str| format!("{}/{how}", call_href(&opened.book));
    ACTS.into_iter()
        .filter(|(how, _, deed)| fits(how) && may(*deed))
        .map(|(how, ..)| (how, href(how)))
        .collect()
}

/// The councils that signed to join a confirmed call.
fn asking(book: &CallBook) -> Vec<Choice> {
    let waits =
        |row: &&Pledge| row.state == PledgeState::PendingDecision && row.signed_by.is_some();
    book.living().filter(waits).map(choice).collect()
}

/// The councils whose share is frozen and not settled: whether one is late, the act says.
fn late(opened: &OpenedCall) -> Vec<Choice> {
    let owes = |row: &&Pledge| matches!(row.state, PledgeState::Confirmed | PledgeState::Ordered);
    let ends = opened.book.call.state == CallState::Closed;
    opened.book.living().filter(owes).filter(|_| !ends).map(choice).collect()
}

fn choice(row: &Pledge) -> Choice {
    Choice { value: row.council_slug.clone(), label: row.council_name.clone() }
}

async fn first(
    app: &App,
    viewer: &Viewer,
    Path((space, call)): &Address,
    how: &'static str,
) -> Result<Response, Error> {
    let opened = at(app, viewer, (space, call)).await?;
    // What a vote chose is what the contract begins with.
    let form = match opened.book.chosen.as_ref().filter(|_| how == "contract") {
        None => themes::Form::default(),
        Some(chosen) => themes::Form::default()
            .value("supplier", chosen.supplier.as_str())
            .value("amount", opened.book.decimal(chosen.amount)),
    };
    show(app, viewer, (&opened, how), (StatusCode::OK, form)).await
}

async fn then(
    app: &App,
    Path((space, call)): &Address,
    sent: Form<Fields>,
    how: &'static str,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let opened = at(app, &viewer, (space, call)).await?;
    match done(app, &viewer, (&opened, how), (fields, &given)).await {
        Ok(href) => see_other_saying(app, &href, &format!("call-{how}-done")),
        Err(error) => refused(app, &viewer, (&opened, how), (given, error)).await,
    }
}

async fn refused(
    app: &App,
    viewer: &Viewer,
    shown: (&OpenedCall, &'static str),
    (given, error): (Given, Error),
) -> Result<Response, Error> {
    let first = match shown.1 {
        "extend" | "reopen" => "deadline",
        "narrow" => "keep",
        "contract" => "ref",
        "supplier" => "offers",
        "joining" | "default" => "council",
        _ => "reason",
    };
    let form = given.refused(app, viewer, first, error)?;
    show(app, viewer, shown, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
}

/// Does the act; where the reader goes on.
async fn done(
    app: &App,
    viewer: &Viewer,
    (opened, how): (&OpenedCall, &'static str),
    (fields, given): (Fields, &Given),
) -> Result<String, Error> {
    let book = &opened.book;
    let reference = book.call.reference.clone();
    let space = &book.space.slug;
    let reason = fields.reason;
    let date = |field: &'static str, typed: &str| {
        // What is no date goes on as it is, so that the act says what is wrong with it.
        Ok::<_, Error>(day(field, typed)?.map_or_else(|| typed.to_owned(), |day| day.to_string()))
    };
    let vote = match how {
        "propose" => app.act(&viewer.by, ProposeOpening { reference }).await?,
        "extend" => {
            let deadline = date("deadline", &fields.deadline)?;
            app.act(&viewer.by, ProposeExtension { reference, deadline, reason }).await?
        }
        "narrow" => {
            let keep = fields.keep.trim().parse().unwrap_or_default();
            app.act(&viewer.by, ProposeScope { reference, keep, reason }).await?
        }
        "stop" => app.act(&viewer.by, ProposeStop { reference, reason }).await?,
        "supplier" => {
            let offers = offers(viewer, book, given);
            app.act(&viewer.by, ProposeSupplier { reference, offers, reason }).await?
        }
        "joining" => {
            let council = fields.council;
            app.act(&viewer.by, ProposeJoining { reference, council, reason }).await?
        }
        "default" => {
            let council = fields.council;
            app.act(&viewer.by, ProposeDefault { reference, council, reason }).await?
        }
        "contract" => {
            let new = NewContract {
                reference: fields.reference,
                supplier: fields.supplier,
                amount: amount(viewer, book, &fields.amount),
                signed_on: date("signed_on", &fields.signed_on)?,
            };
            app.act(&viewer.by, RecordContract { reference, new }).await?;
            return Ok(call_href(book));
        }
        _ => {
            let deadline = date("deadline", &fields.deadline)?;
            let new = app.act(&viewer.by, ReopenCall { reference, deadline }).await?;
            return Ok(format!("/{space}/-/calls/{new}"));
        }
    };
    Ok(format!("/{space}/-/decisions/{vote}"))
}

/// An amount as people of this language type it; what cannot be read goes on as it is, so that the
/// act says what is wrong.
fn amount(viewer: &Viewer, book: &CallBook, typed: &str) -> Text {
    let read = Amount::parse_styled(typed, book.currency, style(viewer.locale()));
    Text(read.map_or_else(|_| typed.to_owned(), |amount| amount.to_decimal(book.currency)))
}

/// The offers of the form; rows that say nothing are left out.
fn offers(viewer: &Viewer, book: &CallBook, given: &Given) -> Vec<NewOffer> {
    let field = |name: &str, n: usize| given.get(&format!("offer_{name}_{n}")).trim().to_owned();
    let row = |n| {
        let (supplier, reference) = (field("supplier", n), field("ref", n));
        let asked = field("amount", n);
        let said = [&supplier, &reference, &asked].into_iter().any(|text| !text.is_empty());
        said.then(|| NewOffer { supplier, reference, amount: amount(viewer, book, &asked) })
    };
    (1..=OFFERS_MAX).filter_map(row).collect()
}

async fn show(
    app: &App,
    viewer: &Viewer,
    (opened, how): (&OpenedCall, &'static str),
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let deed = ACTS.iter().find(|(name, ..)| *name == how).map(|(.., deed)| *deed);
    allow(viewer.actor(), deed.unwrap_or(Deed::EditCall), &opened.resource())?;
    let members = spaces::members(&app.db, opened.book.call.space_id).await?;
    let body = SteerPage {
        page: frame_below(app, viewer, opened, text(app, viewer, &format!("call-{how}"))),
        form,
        how,
        call: facts(&opened.book, viewer.locale(), &members),
        councils: if how == "default" { late(opened) } else { asking(&opened.book) },
        offers: (1..=OFFERS_MAX).collect(),
        places: opened.book.milestones.iter().map(|slice| slice.position).collect(),
    };
    page_with(app, viewer, status, ("pages/call-steer.html", &body))
}
