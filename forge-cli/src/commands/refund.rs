//! `forge grant` and `forge refund`: what comes in beside the councils, and what goes back.

use clap::{Args, Subcommand};
use forge_api::{
    Amount,
    funds::{
        Closing, ClosingSignature, Grant as Award, GrantAward, GrantReceipt, Payment,
        Refund as Told, SentPayment,
    },
};
use serde_json::json;
use ureq::http::Method;

use super::funds::payment;
use crate::{client::path, context::Context, failure::Failure, shown, table::Table};

#[derive(Debug, Subcommand)]
pub(crate) enum Grant {
    List(OfCall),
    Secure(Secure),
    Receive(Receive),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Refund {
    List(OfCall),
    Plan(OfCall),
    Record(Record),
}

#[derive(Debug, Args)]
pub(crate) struct OfCall {
    call: String,
}

#[derive(Debug, Args)]
pub(crate) struct Secure {
    call: String,
    grant: u32,
    #[arg(long)]
    date: String,
    #[arg(long)]
    act_ref: String,
    #[arg(long)]
    amount: Option<String>,
    #[arg(long)]
    refund_first: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Receive {
    call: String,
    grant: u32,
    #[arg(long)]
    date: String,
    #[arg(long)]
    amount: Option<String>,
    #[arg(long)]
    bank_ref: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Record {
    refund: String,
    #[arg(long)]
    date: String,
    #[arg(long)]
    order: Option<String>,
    #[arg(long)]
    bank_ref: Option<String>,
}

impl Grant {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match self {
            Self::List(of) => {
                let found: Vec<Award> = client.list(&path(&["calls", &of.call, "grants"]))?;
                context.output.answer(&found, || grants(context, &found))
            }
            Self::Secure(command) => {
                let place = command.grant.to_string();
                let body = GrantAward {
                    amount: command.amount.clone().map(Amount),
                    awarded_on: command.date.clone(),
                    act_ref: command.act_ref.clone(),
                    refund_first: command.refund_first,
                };
                let to = path(&["calls", &command.call, "grants", &place]);
                let told: Award = client.change(Method::POST, &to, &body)?;
                context.output.answer(&told, || grants(context, std::slice::from_ref(&told)))
            }
            Self::Receive(command) => {
                let place = command.grant.to_string();
                let body = GrantReceipt {
                    amount: command.amount.clone().map(Amount),
                    value_date: command.date.clone(),
                    bank_ref: command.bank_ref.clone(),
                };
                let to = path(&["calls", &command.call, "grants", &place, "receipts"]);
                let told: Payment = client.change_once(&to, &body)?;
                payment(context, &told)
            }
        }
    }
}

impl Refund {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match self {
            Self::List(of) => {
                let found: Vec<Told> = client.list(&path(&["calls", &of.call, "refunds"]))?;
                context.output.answer(&found, || refunds(context, &found))
            }
            Self::Plan(of) => {
                let to = path(&["calls", &of.call, "refunds"]);
                let told: Closing = client.change(Method::POST, &to, &json!({}))?;
                context.output.answer(&told, || refunds(context, &told.refunds))
            }
            Self::Record(command) => {
                let body = SentPayment {
                    amount: None,
                    value_date: command.date.clone(),
                    payment_order_no: command.order.clone(),
                    bank_ref: command.bank_ref.clone(),
                };
                let to = path(&["refunds", &command.refund, "send"]);
                let told: Told = client.change_once(&to, &body)?;
                context.output.answer(&told, || refunds(context, std::slice::from_ref(&told)))
            }
        }
    }
}

/// Signs the closing report of a call; the second signature closes it.
pub(super) fn close(
    context: &Context,
    call: &str,
    lessons: Option<&String>,
) -> Result<(), Failure> {
    let body = ClosingSignature { lessons: lessons.cloned() };
    let client = context.client()?;
    let told: Closing = client.change(Method::POST, &path(&["calls", call, "closing"]), &body)?;
    context.output.answer(&told, || {
        let key = if told.closed_at.is_some() { "cli-call-closed" } else { "cli-call-signed" };
        context.texts.with(key, &[("ref", call.into())])
    })
}

fn grants(context: &Context, found: &[Award]) -> String {
    let texts = &context.texts;
    let headings = [
        ">cli-col-n",
        "cli-col-title",
        ">cli-col-planned",
        ">cli-col-awarded",
        ">cli-col-received",
    ];
    let mut table = Table::headed(texts, &headings);
    for one in found {
        let money = |amount| shown::some_amount(amount, &one.currency, texts);
        table.row(vec![
            one.position.to_string(),
            one.label.clone(),
            money(Some(&one.planned)),
            money(one.awarded.as_ref()),
            money(Some(&one.received)),
        ]);
    }
    context.listed(found.len(), &table)
}

fn refunds(context: &Context, found: &[Told]) -> String {
    let texts = &context.texts;
    let headings = ["cli-col-ref", "cli-col-council", "cli-col-state", ">cli-col-amount"];
    let mut table = Table::headed(texts, &headings);
    for one in found {
        let grant = || one.grant.map_or_else(String::new, |n| format!("grant {n}"));
        table.row(vec![
            one.reference.clone(),
            one.council.clone().unwrap_or_else(grant),
            shown::word("refund-state", &one.state, texts),
            shown::amount(&one.amount, &one.currency, texts),
        ]);
    }
    context.listed(found.len(), &table)
}
