//! `…/pledges/{ref}/visa`: the finance service approves a pledge before its signatory commits,
//! and everyone of the council reads what it has said.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, Holder, Resource, Visibility},
    calendar,
    money::Amount,
    pledge::VisaDecision,
};
use forge_store::{
    pledges::{self, Pledge, Visa, Year},
    spaces,
};
use serde::{Deserialize, Serialize};

use super::{
    again, amount,
    commit::{Prospect, is_proven},
    typed::years,
    view::{YearRow, find, year_rows},
};
use crate::{
    actions::{allow, pledges::AttestPledge},
    app::App,
    auth::Viewer,
    error::{Error, Refusal},
    funding::{CallBook, open::OpenedCall},
    themes::{self, Chrome, Money},
    web::{
        calls::{
            shares::pledge_href,
            view::{CallFacts, call_href, facts, frame_below},
        },
        form::{Form, Given},
        page::{page_with, see_other_saying, text},
    },
};

/// `pages/pledge-visa.html`.
#[derive(Debug, Clone, Serialize)]
pub struct VisaPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `ceiling`, `year_N`, `year_amount_N`, `year_section_N`, `year_account_N`,
    /// `commitment_no`, `decision`, `reason`, `sure`.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// The council's name.
    pub council: String,
    /// The pledge's page.
    pub pledge: String,
    /// Its reference.
    pub reference: String,
    /// Its state.
    pub state: &'static str,
    /// The most it may owe, as it stands.
    pub ceiling: Option<Money>,
    /// Its share today and at best, where it can be reckoned.
    pub prospect: Option<Prospect>,
    /// The ceiling by budget year.
    pub years: Vec<YearRow>,
    /// The day it was first said.
    pub said_on: String,
    /// The day its body decides, and which.
    pub planned: Option<(String, String)>,
    /// The draft deliberation.
    pub pack: String,
    /// What the finance service said, newest first.
    pub visas: Vec<VisaRow>,
    /// Whether the reader decides here.
    pub decides: bool,
    /// Where the reader proves again who they are, where that is asked.
    pub prove: Option<String>,
    /// The same for programs.
    pub api: String,
}

/// A word of the finance service.
#[derive(Debug, Clone, Serialize)]
pub struct VisaRow {
    /// The end of a key `visa-…`.
    pub decision: &'static str,
    /// The ceiling it looked at.
    pub ceiling: Money,
    /// The number of a commitment that is reserved already.
    pub commitment_no: Option<String>,
    /// Why it was not approved.
    pub reason: Option<String>,
    /// The day.
    pub on: String,
}

type Address = Path<(String, String, String)>;

/// What the form sends is read by the names of its fields, which say a year each.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {}

pub(super) async fn form(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, pledge)): Address,
) -> Result<Response, Error> {
    viewer.signed_in()?;
    let (opened, row) = find(&app, &viewer, (&space, &call, &pledge)).await?;
    let years = pledges::years(&app.db, row.id).await?;
    let form = written(&opened.book, &row, &years).form();
    show(&app, &viewer, (&opened, &row), (StatusCode::OK, form)).await
}

pub(super) async fn send(
    State(app): State<App>,
    Path((space, call, pledge)): Address,
    sent: Form<Sent>,
) -> Result<Response, Error> {
    let Form { viewer, given, .. } = sent;
    let (opened, row) = find(&app, &viewer, (&space, &call, &pledge)).await?;
    let done = async {
        let action = asked(&opened, &viewer, (&given, &pledge))?;
        app.act(&viewer.by, action).await
    };
    match done.await {
        Ok(_) => see_other_saying(&app, &pledge_href(&opened.book, &row), "pledge-visa-done"),
        Err(error) => {
            let form = again(&app, &viewer, given.without("sure"), ("decision", error))?;
            let shown = (StatusCode::UNPROCESSABLE_ENTITY, form);
            show(&app, &viewer, (&opened, &row), shown).await
        }
    }
}

fn asked(
    opened: &OpenedCall,
    viewer: &Viewer,
    (given, pledge): (&Given, &str),
) -> Result<AttestPledge, Error> {
    let wrong = |field, code| Error::Refused(Refusal::field(field, code));
    let decision = given.get("decision").parse::<VisaDecision>();
    let decision = decision.map_err(|_| wrong("decision", "choice_missing"))?;
    let attests = decision == VisaDecision::Attested;
    if attests && given.get("sure") != "yes" {
        return Err(wrong("sure", "not_sure"));
    }
    let ceiling = || amount(&opened.book, viewer.locale(), given.get("ceiling"));
    Ok(AttestPledge {
        reference: pledge.to_owned(),
        decision,
        ceiling: attests.then(ceiling),
        years: if attests { years(opened, viewer, given)? } else { Vec::new() },
        commitment_no: Some(given.get("commitment_no").to_owned()),
        reason: given.get("reason").to_owned(),
    })
}

/// What the pledge says already, as the fields of the form.
fn written(book: &CallBook, row: &Pledge, years: &[Year]) -> Given {
    let mut given = Given::default();
    if let Some(ceiling) = row.ceiling {
        given = given.with("ceiling", book.decimal(ceiling));
    }
    for (place, year) in (1..).zip(years) {
        given = given
            .with(&format!("year_{place}"), year.year.to_string())
            .with(&format!("year_amount_{place}"), book.decimal(year.amount))
            .with(&format!("year_section_{place}"), year.section.name())
            .with(&format!("year_account_{place}"), year.account_hint.clone().unwrap_or_default());
    }
    given
}

async fn show(
    app: &App,
    viewer: &Viewer,
    (opened, row): (&OpenedCall, &Pledge),
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    // What a finance service writes to its signatory is the council's own.
    let council = Resource::new(Holder::Council(row.council_id), Visibility::Public);
    allow(viewer.actor(), Deed::ReadCouncilInternals, &council)?;
    let book = &opened.book;
    let resource = opened.resource().for_council(row.council_id);
    let decides = row.state.is_undecided()
        && row.signed_at.is_none()
        && allow(viewer.actor(), Deed::AttestPledge, &resource).is_ok();
    let members = spaces::members(&app.db, book.call.space_id).await?;
    let said = pledges::visas(&app.db, row.id).await?;
    let money = |minor| Money::new(Amount::from_minor(minor), book.currency);
    let day = |at| calendar::date_at(at, &book.zone).to_string();
    let api = format!("/api/v1/pledges/{}/visas", row.reference);
    let body = VisaPage {
        page: frame_below(app, viewer, opened, text(app, viewer, "pledge-visa")),
        form,
        call: facts(book, viewer.locale(), &members),
        council: row.council_name.clone(),
        pledge: pledge_href(book, row),
        reference: row.reference.clone(),
        state: row.state.name(),
        ceiling: row.ceiling.map(money),
        prospect: prospect(book, row),
        years: year_rows(app, opened, row).await?,
        said_on: day(row.created_at),
        planned: row.planned_on.map(|day| day.to_string()).zip(row.body.clone()),
        pack: format!("{}/pack/{}", call_href(book), row.council_slug),
        visas: said.iter().rev().map(|visa| visa_row(book, visa)).collect(),
        decides,
        prove: (decides && !is_proven(app, viewer)).then(|| prove_href(book, row)),
        api,
    };
    page_with(app, viewer, status, ("pages/pledge-visa.html", &body))
}

/// A visa as a row of its history.
pub(super) fn visa_row(book: &CallBook, visa: &Visa) -> VisaRow {
    VisaRow {
        decision: visa.decision.name(),
        ceiling: Money::new(Amount::from_minor(visa.ceiling), book.currency),
        commitment_no: visa.commitment_no.clone(),
        reason: visa.reason.clone(),
        on: calendar::date_at(visa.decided_at, &book.zone).to_string(),
    }
}

/// The share today and at best; nothing where there is no ceiling, or where it cannot be reckoned.
fn prospect(book: &CallBook, row: &Pledge) -> Option<Prospect> {
    let ceiling = Amount::from_minor(row.ceiling?);
    let found = book.prospect(&book.participant(row)).ok()?;
    let money = |amount| Money::new(amount, book.currency);
    Some(Prospect {
        ceiling: money(ceiling),
        now: money(found.now),
        best: money(found.if_all_join),
        low: ceiling < found.reference,
    })
}

fn prove_href(book: &CallBook, row: &Pledge) -> String {
    let next = format!("{}/visa", pledge_href(book, row));
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("/-/reauthenticate?next={next}")
}
