//! `…/funds/{fc}/statement/{council}`: the statement of amounts due of a council, to be printed or
//! attached (domain.md §c12). The forge issues no invoice: the claim is the treasurer's own.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::{
    calendar, hex,
    milestone::MilestoneState,
    money::{Amount, NumberStyle},
};
use forge_store::{councils, evidence, milestones};
use serde::Serialize;
use serde_json::Value;

use super::call::find;
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{
        CallBook,
        funds::{answer, calculation, confirmed, milestone_key},
    },
    themes::{Chrome, Money},
    web::{
        calls::{
            rule::rule_text,
            say::Say,
            view::{call_href, frame_below},
        },
        page::{page, text},
    },
};

/// `pages/statement.html`.
#[derive(Debug, Clone, Serialize)]
pub struct StatementPage {
    /// The frame.
    pub page: Chrome,
    /// Reference and page of the call for funds.
    pub funds_call: (String, String),
    /// Whether it is a draft, which nobody owes.
    pub draft: bool,
    /// Name and SIRET of the treasurer.
    pub treasurer: (String, Option<String>),
    /// The space.
    pub space: String,
    /// The call's reference, title and page.
    pub call: (String, String, String),
    /// The milestone and its title.
    pub milestone: (String, Option<String>),
    /// Reference, supplier and day of the contract under which the work is done.
    pub convention: Option<(String, String, String)>,
    /// Number and day of the act by which the council pledged.
    pub act: Option<(String, String)>,
    /// The record of acceptance of the milestone.
    pub acceptance: Option<Acceptance>,
    /// When it was issued.
    pub issued_on: Option<String>,
    /// When it is due.
    pub due_on: String,
    /// Name and SIRET of the debtor.
    pub council: (String, Option<String>),
    /// The service that pays.
    pub service_code: Option<String>,
    /// The number of the budget commitment.
    pub commitment_no: Option<String>,
    /// The number of the revenue order.
    pub external_ref: Option<String>,
    /// The cost of the milestone without tax, its tax, the subsidies it bears, what is shared.
    pub cost: Cost,
    /// The rule in one sentence.
    pub rule: String,
    /// The council's line.
    pub line: StatementLine,
    /// The end of a key `statement-vat-…`.
    pub vat_case: &'static str,
    /// The rate of tax in basis points.
    pub vat_bp: i64,
    /// `net` or `gross`.
    pub basis: String,
    /// Where to pay; for the councils of the space.
    pub pay_to: Option<String>,
    /// SHA-256 of the calculation, and where it is.
    pub digest: String,
    /// The address that proves it.
    pub verify: String,
    /// The calculation, for programs.
    pub calculation: String,
    /// The annex: every council of the call for funds.
    pub annex: Vec<StatementLine>,
    /// All weights together, where the rule has one weight a council.
    pub weights: Option<i64>,
}

/// The record of acceptance of a milestone.
#[derive(Debug, Clone, Serialize)]
pub struct Acceptance {
    /// When the vote was carried out.
    pub at: String,
    /// The vote and its page.
    pub vote: Option<(String, String)>,
    /// The tag that was accepted.
    pub tag: String,
    /// The software hash identifier of what it holds.
    pub swhid: String,
    /// The page of the milestone, with all that was delivered.
    pub page: String,
}

/// What the milestone costs.
#[derive(Debug, Clone, Serialize)]
pub struct Cost {
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub vat: Money,
    /// The part of the subsidies it bears.
    pub subsidies: Money,
    /// What councils share.
    pub base: Money,
}

/// One council in the calculation.
#[derive(Debug, Clone, Serialize)]
pub struct StatementLine {
    /// Its address.
    pub council: String,
    /// Its weight in the rule.
    pub weight: Option<i64>,
    /// Its final share.
    pub share: Money,
    /// What it was asked for before.
    pub called: Money,
    /// This call, without tax.
    pub net: Money,
    /// The tax.
    pub vat: Money,
    /// With tax.
    pub gross: Money,
    /// What is still to be called.
    pub to_call: Money,
    /// What of its ceiling is left.
    pub ceiling_left: Money,
}

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, fc, council)): Path<(String, String, String, String)>,
) -> Result<Response, Error> {
    let (opened, money, row) = find(&app, &viewer, (&space, &call, &fc)).await?;
    let book = &opened.book;
    let mut lines = money.lines_of(row.id);
    let line = lines.find(|line| line.council_slug == council).ok_or(Error::NotFound)?;
    let read: Value = serde_json::from_str(&row.calculation).map_err(anyhow::Error::from)?;
    let told = read["councils"].as_array().cloned().unwrap_or_default();
    let annex: Vec<StatementLine> = told.iter().map(|one| stated(book, one)).collect();
    let own = annex.iter().find(|one| one.council == council).cloned().ok_or(Error::NotFound)?;
    let treasurer =
        councils::by_id(&app.db, book.call.treasurer_id).await?.ok_or(Error::NotFound)?;
    let siret = councils::identifiers(&app.db, treasurer.id).await?;
    let siret = siret.into_iter().find(|one| one.scheme == "siret").map(|one| one.value);
    let title = book.milestones.iter().find(|one| one.position == row.milestone);
    let vat_case = match (book.call.vat_bp, book.call.basis.as_str()) {
        (0, _) => "none",
        (_, "gross") => "gross",
        _ => "net",
    };
    let amount = |name: &str| money_of(book, &read["cost"][name]);
    let weights: Option<i64> = annex.iter().map(|one| one.weight).sum();
    let digest = hex::encode(&calculation::digest(&row.calculation));
    let heading = text(&app, &viewer, "statement-title");
    let body = StatementPage {
        page: frame_below(&app, &viewer, &opened, heading),
        funds_call: (row.reference.clone(), answer::href(book, &row.reference)),
        draft: row.issued_at.is_none(),
        treasurer: (treasurer.name, siret),
        space: book.space.title.clone(),
        call: (book.call.reference.clone(), book.call.title.clone(), call_href(book)),
        milestone: (milestone_key(book, row.milestone), title.map(|one| one.title.clone())),
        convention: book
            .contract
            .as_ref()
            .map(|one| (one.reference.clone(), one.supplier.clone(), one.signed_on.to_string())),
        act: act(&app, book, &council).await?,
        acceptance: acceptance(&app, book, row.milestone).await?,
        issued_on: row.issued_at.map(|at| calendar::date_at(at, &book.zone).to_string()),
        due_on: row.due_on.to_string(),
        council: (line.council_name.clone(), line.siret.clone()),
        service_code: line.service_code.clone(),
        commitment_no: line.commitment_no.clone(),
        external_ref: line.external_ref.clone(),
        cost: Cost {
            net: amount("net"),
            vat: amount("vat"),
            subsidies: amount("subsidies"),
            base: amount("base"),
        },
        rule: rule_text(book, Say::new(&app, &viewer, book)).rule,
        line: own,
        vat_case,
        vat_bp: book.call.vat_bp,
        basis: book.call.basis.clone(),
        pay_to: (opened.internal && !row.pay_to.is_empty()).then(|| row.pay_to.clone()),
        verify: format!("{}{}/verify#{digest}", app.public_url, call_href(book)),
        digest,
        calculation: format!("/api/v1/funds-calls/{}/calculation", row.reference),
        annex,
        weights,
    };
    page(&app, &viewer, "pages/statement.html", &body)
}

/// The last act of a council's pledge: its number and day are public.
async fn act(app: &App, book: &CallBook, council: &str) -> Result<Option<(String, String)>, Error> {
    let pledge = confirmed(book).find(|pledge| pledge.council_slug == council);
    let Some(pledge) = pledge else { return Ok(None) };
    let acts = evidence::of_pledge(&app.db, pledge.id).await?;
    let last = acts.into_iter().rfind(|act| act.rejected_at.is_none());
    Ok(last.map(|act| (act.number, act.decided_on.to_string())))
}

/// The record of acceptance of a milestone, where its delivery was accepted.
async fn acceptance(
    app: &App,
    book: &CallBook,
    position: i64,
) -> Result<Option<Acceptance>, Error> {
    let slice = book.milestones.iter().find(|slice| slice.position == position);
    if slice.is_none_or(|slice| slice.state != MilestoneState::Accepted) {
        return Ok(None);
    }
    let all = milestones::deliveries(&app.db, book.call.id).await?;
    let last = all.into_iter().rev().find(|one| one.position == position);
    let told = last.and_then(|one| {
        let space = &book.space.slug;
        let vote = one.vote_ref.map(|vote| {
            let page = format!("/{space}/-/decisions/{vote}");
            (vote, page)
        });
        Some(Acceptance {
            at: calendar::format_instant(one.decided_at?),
            vote,
            tag: one.tag,
            swhid: one.swhid_tree,
            page: format!("{}/milestones/{position}", call_href(book)),
        })
    });
    Ok(told)
}

fn stated(book: &CallBook, line: &Value) -> StatementLine {
    let amount = |name: &str| money_of(book, &line[name]);
    StatementLine {
        council: line["council"].as_str().unwrap_or_default().to_owned(),
        weight: line["weight"].as_i64(),
        share: amount("share"),
        called: amount("called_before"),
        net: amount("net"),
        vat: amount("vat"),
        gross: amount("gross"),
        to_call: amount("to_call"),
        ceiling_left: amount("ceiling_left"),
    }
}

/// An amount of the kept calculation, which wrote it.
fn money_of(book: &CallBook, value: &Value) -> Money {
    let text = value.as_str().unwrap_or_default();
    let amount =
        Amount::parse_signed(text, book.currency, NumberStyle::DecimalPoint).unwrap_or_default();
    Money::new(amount, book.currency)
}
