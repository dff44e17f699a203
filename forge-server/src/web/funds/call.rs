//! `/{space}/-/calls/{ref}/funds/{fc}`: one call for funds, line by line.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::{calendar, funds::FundsCallState, hex};
use forge_store::funds::{FundsCall, Line};
use serde::Serialize;

use super::{
    acts::{Act, ActLink, link},
    overview::{PaymentRow, Shown, dashed},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{
        Reader,
        funds::{FundsBook, answer, milestone_key, statement::OVERDUE_MEMBERS_DAYS},
        open::OpenedCall,
    },
    themes::{Chrome, Money},
    web::{
        calls::view::{at, call_href, frame_below},
        page::page,
    },
};

/// `pages/funds-call.html`.
#[derive(Debug, Clone, Serialize)]
pub struct FundsCallPage {
    /// The frame.
    pub page: Chrome,
    /// The call's reference and page.
    pub call: (String, String),
    /// Its reference.
    pub reference: String,
    /// `M1`, or `R`.
    pub milestone: String,
    /// The end of a key `funds-state-…`.
    pub state: String,
    /// When it is due.
    pub due_on: String,
    /// When it was issued.
    pub issued_on: Option<String>,
    /// The credit note and its reason.
    pub credit: Option<(String, String)>,
    /// All of it, with tax.
    pub total: Money,
    /// The tax in it.
    pub vat: Money,
    /// What is still owed.
    pub owed: Money,
    /// Where to pay; for the councils of the space.
    pub pay_to: Option<String>,
    /// What it asks of each council.
    pub lines: Vec<LineRow>,
    /// What was paid and told on it.
    pub payments: Vec<PaymentRow>,
    /// What the reader may do with it.
    pub acts: Vec<ActLink>,
    /// SHA-256 of the calculation.
    pub digest: String,
    /// Its address for programs: the calculation and the CSV are below it.
    pub api: String,
    /// The page of the call's money.
    pub funds: String,
}

/// What one council is asked for.
#[derive(Debug, Clone, Serialize)]
pub struct LineRow {
    /// Its name and the page of its statement.
    pub council: (String, String),
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub vat: Money,
    /// With tax.
    pub gross: Money,
    /// What was paid, both sides agreeing.
    pub paid: Money,
    /// What only one side says.
    pub one_sided: Option<Money>,
    /// What is owed.
    pub owed: Money,
    /// The number of the revenue order.
    pub external_ref: Option<String>,
    /// How many days it is overdue, for those who may know.
    pub overdue_days: Option<i64>,
    /// What the reader may do with it.
    pub acts: Vec<ActLink>,
}

/// Opens the call for funds at an address; a draft is the space's alone.
pub(super) async fn find(
    app: &App,
    viewer: &Viewer,
    (space, call, fc): (&str, &str, &str),
) -> Result<(OpenedCall, FundsBook, FundsCall), Error> {
    let opened = at(app, viewer, (space, call)).await?;
    let money = FundsBook::load(&mut Reader::Db(&app.db), &opened.book).await?;
    let row = money.call(fc)?.clone();
    if row.state == FundsCallState::Draft && !opened.internal {
        return Err(Error::NotFound);
    }
    Ok((opened, money, row))
}

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, fc)): Path<(String, String, String)>,
) -> Result<Response, Error> {
    let (opened, money, row) = find(&app, &viewer, (&space, &call, &fc)).await?;
    let shown = Shown { viewer: &viewer, opened: &opened, money: &money };
    let book = &opened.book;
    let sum = |part: &dyn Fn(&Line) -> i64| shown.money(money.lines_of(row.id).map(part).sum());
    let today = calendar::date_at(app.clock.now(), &book.zone);
    let late = i64::from(row.due_on.until(today).map_err(anyhow::Error::from)?.get_days());
    let late = (late > 0 && (opened.internal || late > OVERDUE_MEMBERS_DAYS)).then_some(late);
    let payments = money.payments.iter().filter(|one| one.funds_call_id == Some(row.id));
    let day = |at| calendar::date_at(at, &book.zone).to_string();
    let body = FundsCallPage {
        page: frame_below(&app, &viewer, &opened, row.reference.clone()),
        call: (book.call.reference.clone(), call_href(book)),
        milestone: milestone_key(book, row.milestone),
        state: dashed(row.state.name()),
        due_on: row.due_on.to_string(),
        issued_on: row.issued_at.map(day),
        credit: row.credit_ref.clone().zip(row.cancel_reason.clone()),
        total: sum(&|line| line.gross),
        vat: sum(&|line| line.vat),
        owed: sum(&|line| money.owed(line).minor()),
        pay_to: (opened.internal && !row.pay_to.is_empty()).then(|| row.pay_to.clone()),
        lines: money.lines_of(row.id).map(|line| shown.line(&row, line, late)).collect(),
        payments: payments.map(|one| shown.payment(one)).collect(),
        acts: shown.call_acts(&row),
        digest: hex::encode(&row.digest),
        api: format!("/api/v1/funds-calls/{}", row.reference),
        funds: format!("{}/funds", call_href(book)),
        reference: row.reference,
    };
    page(&app, &viewer, "pages/funds-call.html", &body)
}

impl Shown<'_> {
    fn call_acts(&self, row: &FundsCall) -> Vec<ActLink> {
        let acts: &[Act] = match row.state {
            FundsCallState::Draft => &[Act::Issue],
            FundsCallState::Issued => &[Act::Cancel],
            FundsCallState::PartlyPaid | FundsCallState::Paid | FundsCallState::Cancelled => &[],
        };
        let link = |&act| link((self.viewer, self.opened), act, &row.reference, None);
        acts.iter().filter_map(link).collect()
    }

    fn line(&self, row: &FundsCall, line: &Line, late: Option<i64>) -> LineRow {
        let owed = self.money.owed(line);
        let told = self.money.one_sided(line);
        let council = (line.council_id, line.council_slug.as_str());
        let asked = matches!(row.state, FundsCallState::Issued | FundsCallState::PartlyPaid);
        let mut acts = vec![Act::References];
        if asked && owed > told && self.money.closing.is_none() {
            acts = vec![Act::Declare, Act::Receive, Act::References];
        }
        let link = |act| link((self.viewer, self.opened), act, &row.reference, Some(council));
        let page = answer::href(&self.opened.book, &row.reference);
        LineRow {
            council: (line.council_name.clone(), format!("{page}/statement/{}", line.council_slug)),
            net: self.money(line.net),
            vat: self.money(line.vat),
            gross: self.money(line.gross),
            paid: self.money(self.money.paid(line).minor()),
            one_sided: (!told.is_zero()).then(|| self.money(told.minor())),
            owed: self.money(owed.minor()),
            external_ref: line.external_ref.clone(),
            overdue_days: late.filter(|_| asked && owed.minor() > 0),
            acts: acts.into_iter().filter_map(link).collect(),
        }
    }
}
