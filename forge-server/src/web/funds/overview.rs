//! `/{space}/-/calls/{ref}/funds`: the money of a call at a glance, for everyone.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::{
    funds::{FundsCallState, InvoiceState, PaymentState, RefundState},
    money::Amount,
};
use forge_store::payments;
use serde::Serialize;

use super::acts::{Act, ActLink, councils, link};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{
        Reader,
        funds::{FundsBook, answer, milestone_key},
        open::OpenedCall,
    },
    themes::{Chrome, Money},
    web::{
        calls::view::{at, call_href, frame_below},
        page::{page, text},
    },
};

/// `pages/funds.html`.
#[derive(Debug, Clone, Serialize)]
pub struct FundsPage {
    /// The frame.
    pub page: Chrome,
    /// The call's reference, title and page.
    pub call: (String, String, String),
    /// Called, paid, owed, held by the treasurer.
    pub figures: Vec<(&'static str, Money)>,
    /// The calls for funds.
    pub calls: Vec<FundsCallRow>,
    /// What was paid and told.
    pub payments: Vec<PaymentRow>,
    /// Suppliers' invoices.
    pub invoices: Vec<InvoiceRow>,
    /// Grants.
    pub grants: Vec<GrantRow>,
    /// What goes back.
    pub refunds: Vec<RefundRow>,
    /// Whether bank references are shown in any row.
    pub bank: bool,
    /// What the reader may do with the whole.
    pub acts: Vec<ActLink>,
    /// The closing report, once there is one.
    pub closing: Option<String>,
    /// The draft deliberation of each council on the call.
    pub packs: Vec<(String, String)>,
    /// The same for programs.
    pub api: String,
}

/// A call for funds.
#[derive(Debug, Clone, Serialize)]
pub struct FundsCallRow {
    /// Its reference and page.
    pub reference: (String, String),
    /// `M1`, or `R`.
    pub milestone: String,
    /// The end of a key `funds-state-…`.
    pub state: String,
    /// When it is due.
    pub due_on: String,
    /// What was asked.
    pub gross: Money,
    /// What was paid.
    pub paid: Money,
    /// What is owed.
    pub owed: Money,
}

/// A payment.
#[derive(Debug, Clone, Serialize)]
pub struct PaymentRow {
    /// Its reference.
    pub reference: String,
    /// The end of a key `payment-kind-…`.
    pub kind: String,
    /// The end of a key `payment-state-…`.
    pub state: String,
    /// Whether only one side says so.
    pub one_sided: bool,
    /// Who pays or is paid.
    pub who: String,
    /// How much.
    pub amount: Money,
    /// The day the money moved.
    pub value_date: String,
    /// The number of the payment order.
    pub order: Option<String>,
    /// Bank references, for those who may read them.
    pub bank: Option<String>,
    /// Its entry of the ledger.
    pub entry: Option<i64>,
    /// What the reader may do with it.
    pub acts: Vec<ActLink>,
}

/// A supplier's invoice.
#[derive(Debug, Clone, Serialize)]
pub struct InvoiceRow {
    /// Our reference.
    pub reference: String,
    /// The supplier and its number.
    pub supplier: (String, String),
    /// `M1`.
    pub milestone: String,
    /// The end of a key `invoice-state-…`.
    pub state: String,
    /// Without tax.
    pub net: Money,
    /// With tax.
    pub gross: Money,
    /// What was paid.
    pub paid: Money,
    /// For which councils it was approved.
    pub approved_for: Vec<String>,
    /// What the reader may do with it.
    pub acts: Vec<ActLink>,
}

/// A grant.
#[derive(Debug, Clone, Serialize)]
pub struct GrantRow {
    /// Whose it is.
    pub label: String,
    /// What the call counted with.
    pub planned: Money,
    /// What was awarded.
    pub awarded: Option<Money>,
    /// What came in.
    pub received: Money,
    /// What the reader may do with it.
    pub acts: Vec<ActLink>,
}

/// A refund.
#[derive(Debug, Clone, Serialize)]
pub struct RefundRow {
    /// Its reference.
    pub reference: String,
    /// Who gets it.
    pub who: String,
    /// How much.
    pub amount: Money,
    /// The end of a key `refund-state-…`.
    pub state: String,
    /// What the reader may do with it.
    pub acts: Vec<ActLink>,
}

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call)): Path<(String, String)>,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &call)).await?;
    let money = FundsBook::load(&mut Reader::Db(&app.db), &opened.book).await?;
    let book = &opened.book;
    let shown = Shown { viewer: &viewer, opened: &opened, money: &money };
    let payments: Vec<PaymentRow> = money.payments.iter().map(|row| shown.payment(row)).collect();
    let title = text(&app, &viewer, "funds-title");
    let href = call_href(book);
    let body = FundsPage {
        page: frame_below(&app, &viewer, &opened, title),
        call: (book.call.reference.clone(), book.call.title.clone(), href.clone()),
        figures: shown.figures(),
        calls: shown.calls(),
        bank: payments.iter().any(|row| row.bank.is_some()),
        payments,
        invoices: shown.invoices(),
        grants: shown.grants()?,
        refunds: shown.refunds(),
        acts: shown.acts(),
        closing: money.closing.is_some().then(|| format!("{href}/closing")),
        packs: book
            .living()
            .map(|pledge| {
                (pledge.council_name.clone(), format!("{href}/pack/{}", pledge.council_slug))
            })
            .collect(),
        api: format!("/api/v1/calls/{}/funds-calls", book.call.reference),
    };
    page(&app, &viewer, "pages/funds.html", &body)
}

/// The rows of one reader.
pub(super) struct Shown<'a> {
    pub(super) viewer: &'a Viewer,
    pub(super) opened: &'a OpenedCall,
    pub(super) money: &'a FundsBook,
}

impl Shown<'_> {
    pub(super) fn money(&self, minor: i64) -> Money {
        Money::new(Amount::from_minor(minor), self.opened.book.currency)
    }

    fn figures(&self) -> Vec<(&'static str, Money)> {
        let stands = |line: &&forge_store::funds::Line| {
            self.money.calls.iter().any(|call| {
                call.id == line.funds_call_id
                    && !matches!(call.state, FundsCallState::Draft | FundsCallState::Cancelled)
            })
        };
        let lines = || self.money.lines.iter().filter(stands);
        let called = lines().map(|line| line.gross).sum();
        let paid = lines().map(|line| self.money.paid(line).minor()).sum();
        let owed = lines().map(|line| self.money.owed(line).minor()).sum();
        let cash = self.money.books.cash().unwrap_or_default();
        vec![
            ("called", self.money(called)),
            ("paid", self.money(paid)),
            ("owed", self.money(owed)),
            ("cash", self.money(cash.minor())),
        ]
    }

    fn calls(&self) -> Vec<FundsCallRow> {
        let book = &self.opened.book;
        let seen = |row: &&forge_store::funds::FundsCall| {
            self.opened.internal || row.state != FundsCallState::Draft
        };
        let row = |row: &forge_store::funds::FundsCall| {
            let sum = |part: &dyn Fn(&forge_store::funds::Line) -> i64| {
                self.money(self.money.lines_of(row.id).map(part).sum())
            };
            FundsCallRow {
                reference: (row.reference.clone(), answer::href(book, &row.reference)),
                milestone: milestone_key(book, row.milestone),
                state: dashed(row.state.name()),
                due_on: row.due_on.to_string(),
                gross: sum(&|line| line.gross),
                paid: sum(&|line| self.money.paid(line).minor()),
                owed: sum(&|line| self.money.owed(line).minor()),
            }
        };
        self.money.calls.iter().filter(seen).map(row).collect()
    }

    pub(super) fn payment(&self, row: &payments::Payment) -> PaymentRow {
        let resource = self.opened.resource();
        let sight = answer::Sight {
            actor: self.viewer.actor(),
            resource: &resource,
            internal: self.opened.internal,
        };
        let invoice = self.money.invoices.iter().find(|one| Some(one.id) == row.invoice_id);
        let grant = self.opened.book.subsidies.iter();
        let grant = grant.clone().find(|one| Some(one.position) == row.grant_position);
        let who = row
            .council_slug
            .as_deref()
            .map(|slug| self.opened.book.named(slug))
            .or_else(|| invoice.map(|one| one.supplier_name.clone()))
            .or_else(|| grant.map(|one| one.label.clone()));
        let bank = sight.sees_bank(&self.opened.book, row.council_id).then(|| {
            let both = [row.bank_ref.as_deref(), row.receipt_bank_ref.as_deref()];
            both.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        });
        PaymentRow {
            reference: row.reference.clone(),
            kind: row.kind.clone(),
            state: dashed(row.state.name()),
            one_sided: matches!(row.state, PaymentState::Declared | PaymentState::Received),
            who: who.unwrap_or_default(),
            amount: self.money(row.amount),
            value_date: row.value_date.to_string(),
            order: row.payment_order_no.clone(),
            bank: bank.filter(|text| !text.is_empty()),
            entry: row.entry_seq,
            acts: self.payment_acts(row),
        }
    }

    fn payment_acts(&self, row: &payments::Payment) -> Vec<ActLink> {
        let council = row.council_id.zip(row.council_slug.as_deref());
        let link = |act| link((self.viewer, self.opened), act, &row.reference, council);
        let open = self.money.closing.is_none();
        match row.state {
            PaymentState::Declared | PaymentState::Received if open => {
                [Act::Acknowledge, Act::Retract].into_iter().filter_map(link).collect()
            }
            PaymentState::Reconciled if open && row.council_id.is_some() => {
                link(Act::Reverse).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn invoices(&self) -> Vec<InvoiceRow> {
        let book = &self.opened.book;
        let row = |row: &forge_store::invoices::Invoice| {
            let acts: &[Act] = match row.state {
                InvoiceState::Recorded | InvoiceState::ApprovedOnce => &[Act::Approve, Act::Refuse],
                InvoiceState::Approved => &[Act::Pay],
                InvoiceState::Paid | InvoiceState::Refused => &[],
            };
            let link = |&act| link((self.viewer, self.opened), act, &row.reference, None);
            let approvals = self.money.approvals.iter();
            InvoiceRow {
                reference: row.reference.clone(),
                supplier: (row.supplier_name.clone(), row.number.clone()),
                milestone: milestone_key(book, row.milestone),
                state: dashed(row.state.name()),
                net: self.money(row.net),
                gross: self.money(row.net + row.vat),
                paid: self.money(row.paid),
                approved_for: approvals
                    .filter(|one| one.invoice_id == row.id)
                    .map(|one| self.opened.book.named(&one.council_slug))
                    .collect(),
                acts: acts.iter().filter_map(link).collect(),
            }
        };
        self.money.invoices.iter().map(row).collect()
    }

    fn grants(&self) -> Result<Vec<GrantRow>, Error> {
        let book = &self.opened.book;
        let row = |row: &forge_store::calls::Subsidy| {
            let award = self.money.awards.iter().find(|one| one.position == row.position);
            let came = self.money.granted(row.position).minor();
            let act = match award {
                None => Some(Act::Secure),
                Some(award) if award.amount - award.written_off > came => Some(Act::Grant),
                Some(_) => None,
            };
            let place = row.position.to_string();
            let act = act.filter(|_| book.call.state.is_frozen() && self.money.closing.is_none());
            let act = act.and_then(|act| link((self.viewer, self.opened), act, &place, None));
            Ok(GrantRow {
                label: row.label.clone(),
                planned: self.money(answer::planned(book, row)?.minor()),
                awarded: award.map(|award| self.money(award.amount)),
                received: self.money(came),
                acts: act.into_iter().collect(),
            })
        };
        book.subsidies.iter().map(row).collect()
    }

    fn refunds(&self) -> Vec<RefundRow> {
        let grants = &self.opened.book.subsidies;
        let row = |row: &forge_store::refunds::Refund| {
            let grant = grants.iter().find(|one| Some(one.position) == row.grant_position);
            let who = row.council_name.clone().or_else(|| grant.map(|one| one.label.clone()));
            let planned = row.state == RefundState::Planned;
            let link = || link((self.viewer, self.opened), Act::Refund, &row.reference, None);
            RefundRow {
                reference: row.reference.clone(),
                who: who.unwrap_or_default(),
                amount: self.money(row.amount),
                state: dashed(row.state.name()),
                acts: planned.then(link).flatten().into_iter().collect(),
            }
        };
        self.money.refunds.iter().map(row).collect()
    }

    fn acts(&self) -> Vec<ActLink> {
        use forge_domain::call::CallState as S;
        let state = self.opened.book.call.state;
        let open = matches!(state, S::Confirmed | S::Executing | S::Settling)
            && self.money.closing.is_none();
        let mut acts = Vec::new();
        if open {
            acts.extend([Act::Draft, Act::Invoice]);
            if self.opened.book.call.vehicle == "each_buys"
                && !councils(self.viewer, self.opened).is_empty()
            {
                acts.push(Act::Direct);
            }
        }
        if open && state == S::Settling {
            acts.push(Act::Plan);
        }
        if self.money.closing.as_ref().is_some_and(|closing| closing.closed_at.is_none()) {
            acts.push(Act::Sign);
        }
        let link = |act| link((self.viewer, self.opened), act, "", None);
        acts.into_iter().filter_map(link).collect()
    }
}

/// A word of the domain as the end of a message's key.
pub(super) fn dashed(word: &str) -> String {
    word.replace('_', "-")
}
