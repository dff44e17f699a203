//! `forge funds`: calls for funds, their statements, and what both sides say was paid.

use clap::{Args, Subcommand};
use forge_api::{
    Amount,
    funds::{
        FundsCall, FundsCallDraft, FundsReason, LineReferences, NewPayment, OtherSide, Overdue,
        Payment,
    },
};
use serde_json::json;
use ureq::http::Method;

use crate::{
    client::{Client, path},
    context::Context,
    failure::Failure,
    shown,
    table::Table,
    text::Texts,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Funds {
    List(OfCall),
    Call(Call),
    Show(One),
    Cancel(Undo),
    References(References),
    Statement(Statement),
    Payments(OfCall),
    Record(Record),
    Acknowledge(Acknowledge),
    Retract(Undo),
    Reverse(Undo),
    Overdue(Late),
}

#[derive(Debug, Args)]
pub(crate) struct OfCall {
    call: String,
}

#[derive(Debug, Args)]
pub(crate) struct One {
    funds_call: String,
}

#[derive(Debug, Args)]
pub(crate) struct Call {
    call: String,
    #[arg(long)]
    milestone: String,
    #[arg(long, value_name = "DATE")]
    due_on: Option<String>,
    #[arg(long)]
    pay_to: Option<String>,
    // Drawn up, and not issued yet.
    #[arg(long)]
    draft: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Undo {
    reference: String,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct References {
    funds_call: String,
    #[arg(long)]
    council: String,
    #[arg(long)]
    order: Option<String>,
    #[arg(long)]
    service: Option<String>,
    #[arg(long)]
    commitment: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Statement {
    funds_call: String,
    #[arg(long)]
    council: Option<String>,
    #[arg(long, value_parser = ["csv", "json"], default_value = "csv")]
    format: String,
}

#[derive(Debug, Args)]
pub(crate) struct Record {
    funds_call: String,
    #[arg(long)]
    council: String,
    #[arg(long)]
    amount: String,
    #[arg(long)]
    date: String,
    #[arg(long, value_parser = ["payer", "treasurer"])]
    side: Option<String>,
    #[arg(long)]
    method: Option<String>,
    #[arg(long)]
    order: Option<String>,
    #[arg(long)]
    bank_ref: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Acknowledge {
    payment: String,
    #[arg(long)]
    order: Option<String>,
    #[arg(long)]
    bank_ref: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Late {
    #[arg(long)]
    council: Option<String>,
}

impl Funds {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match self {
            Self::List(of) => {
                let found: Vec<FundsCall> =
                    client.list(&path(&["calls", &of.call, "funds-calls"]))?;
                context.output.answer(&found, || calls(context, &found))
            }
            Self::Call(command) => command.run(context, &client),
            Self::Show(one) => {
                let told: FundsCall = client.get(&path(&["funds-calls", &one.funds_call]))?;
                context.output.answer(&told, || sheet(&told, &context.texts))
            }
            Self::Cancel(undo) => {
                let told: FundsCall = undo.send(&client, ["funds-calls", "cancel"])?;
                context.output.answer(&told, || sheet(&told, &context.texts))
            }
            Self::References(command) => command.run(context, &client),
            Self::Statement(command) => command.run(context, &client),
            Self::Payments(of) => {
                let found: Vec<Payment> = client.list(&path(&["calls", &of.call, "payments"]))?;
                context.output.answer(&found, || payments(context, &found))
            }
            Self::Record(command) => command.run(context, &client),
            Self::Acknowledge(command) => {
                let body = OtherSide {
                    payment_order_no: command.order.clone(),
                    bank_ref: command.bank_ref.clone(),
                };
                let to = path(&["payments", &command.payment, "acknowledge"]);
                let told: Payment = client.change_once(&to, &body)?;
                payment(context, &told)
            }
            Self::Retract(undo) => payment(context, &undo.send(&client, ["payments", "retract"])?),
            Self::Reverse(undo) => payment(context, &undo.send(&client, ["payments", "reverse"])?),
            Self::Overdue(command) => command.run(context, &client),
        }
    }
}

impl Call {
    fn run(&self, context: &Context, client: &Client<'_>) -> Result<(), Failure> {
        let body = FundsCallDraft {
            milestone: self.milestone.clone(),
            due_on: self.due_on.clone(),
            pay_to: self.pay_to.clone(),
        };
        let to = path(&["calls", &self.call, "funds-calls"]);
        let mut told: FundsCall = client.change(Method::POST, &to, &body)?;
        if !self.draft {
            let to = path(&["funds-calls", &told.reference, "issue"]);
            told = client.change(Method::POST, &to, &json!({}))?;
        }
        context.output.answer(&told, || sheet(&told, &context.texts))
    }
}

impl Undo {
    fn send<T: serde::de::DeserializeOwned>(
        &self,
        client: &Client<'_>,
        [noun, verb]: [&str; 2],
    ) -> Result<T, Failure> {
        let body = FundsReason { reason: self.reason.clone() };
        client.change(Method::POST, &path(&[noun, &self.reference, verb]), &body)
    }
}

impl References {
    fn run(&self, context: &Context, client: &Client<'_>) -> Result<(), Failure> {
        let body = LineReferences {
            external_ref: self.order.clone(),
            service_code: self.service.clone(),
            commitment_no: self.commitment.clone(),
        };
        let to = path(&["funds-calls", &self.funds_call, "lines", &self.council]);
        let told: FundsCall = client.change(Method::PUT, &to, &body)?;
        context.output.answer(&told, || sheet(&told, &context.texts))
    }
}

impl Statement {
    fn run(&self, context: &Context, client: &Client<'_>) -> Result<(), Failure> {
        if self.format == "json" || context.globals.json {
            let to = path(&["funds-calls", &self.funds_call, "calculation"]);
            return context.output.bytes(&client.bytes(&to)?);
        }
        let to = path(&["funds-calls", &self.funds_call, "statement.csv"]);
        let asked = match &self.council {
            Some(council) => format!("{to}?council={council}"),
            None => to,
        };
        context.output.bytes(&client.bytes(&asked)?)
    }
}

impl Record {
    fn run(&self, context: &Context, client: &Client<'_>) -> Result<(), Failure> {
        let body = NewPayment {
            council: self.council.clone(),
            side: self.side.clone(),
            amount: Amount(self.amount.clone()),
            value_date: self.date.clone(),
            method: self.method.clone(),
            payment_order_no: self.order.clone(),
            bank_ref: self.bank_ref.clone(),
            idempotency_key: None,
        };
        let to = path(&["funds-calls", &self.funds_call, "payments"]);
        payment(context, &client.change_once(&to, &body)?)
    }
}

impl Late {
    fn run(&self, context: &Context, client: &Client<'_>) -> Result<(), Failure> {
        let to = path(&["funds-calls", "overdue"]);
        let asked = match &self.council {
            Some(council) => format!("{to}?council={council}"),
            None => to,
        };
        let found: Vec<Overdue> = client.list(&asked)?;
        context.output.answer(&found, || {
            let texts = &context.texts;
            let headings =
                ["cli-col-ref", "cli-col-call", "cli-col-council", "cli-col-due", ">cli-col-owed"];
            let mut table = Table::headed(texts, &headings);
            for one in &found {
                table.row(vec![
                    one.funds_call.clone(),
                    one.call.clone(),
                    one.council.clone(),
                    shown::day(&one.due_on, texts),
                    shown::amount(&one.owed, &one.currency, texts),
                ]);
            }
            context.listed(found.len(), &table)
        })
    }
}

fn calls(context: &Context, found: &[FundsCall]) -> String {
    let texts = &context.texts;
    let headings = [
        "cli-col-ref",
        "cli-col-milestone",
        "cli-col-state",
        "cli-col-due",
        ">cli-col-gross",
        ">cli-col-paid",
        ">cli-col-owed",
    ];
    let mut table = Table::headed(texts, &headings);
    for call in found {
        let money = |amount| shown::amount(amount, &call.currency, texts);
        table.row(vec![
            call.reference.clone(),
            call.milestone.clone(),
            shown::word("funds-state", &call.state, texts),
            shown::day(&call.due_on, texts),
            money(&call.gross),
            money(&call.paid),
            money(&call.owed),
        ]);
    }
    context.listed(found.len(), &table)
}

fn sheet(call: &FundsCall, texts: &Texts) -> String {
    let mut facts = Table::of_pairs();
    facts.pair(texts.say("cli-col-ref"), &call.reference);
    facts.pair(texts.say("cli-col-call"), &call.call);
    facts.pair(texts.say("cli-col-milestone"), &call.milestone);
    facts.pair(texts.say("cli-col-state"), shown::word("funds-state", &call.state, texts));
    facts.pair(texts.say("cli-col-due"), shown::day(&call.due_on, texts));
    facts.pair(texts.say("cli-col-page"), &call.html_url);
    let headings = [
        "cli-col-council",
        ">cli-col-net",
        ">cli-col-vat",
        ">cli-col-gross",
        ">cli-col-paid",
        ">cli-col-owed",
    ];
    let mut lines = Table::headed(texts, &headings);
    for line in &call.lines {
        let money = |amount| shown::amount(amount, &call.currency, texts);
        lines.row(vec![
            line.council.clone(),
            money(&line.net),
            money(&line.vat),
            money(&line.gross),
            money(&line.paid),
            money(&line.owed),
        ]);
    }
    format!("{}\n{}", facts.render(), lines.render())
}

/// Says what became of one payment.
pub(super) fn payment(context: &Context, told: &Payment) -> Result<(), Failure> {
    context.output.answer(told, || payments(context, std::slice::from_ref(told)))
}

fn payments(context: &Context, found: &[Payment]) -> String {
    let texts = &context.texts;
    let headings = [
        "cli-col-ref",
        "cli-col-kind",
        "cli-col-council",
        "cli-col-state",
        "cli-col-date",
        ">cli-col-amount",
    ];
    let mut table = Table::headed(texts, &headings);
    for one in found {
        table.row(vec![
            one.reference.clone(),
            shown::word("payment-kind", &one.kind, texts),
            one.council.clone().or_else(|| one.supplier.clone()).unwrap_or_default(),
            shown::word("payment-state", &one.state, texts),
            shown::day(&one.value_date, texts),
            shown::amount(&one.amount, &one.currency, texts),
        ]);
    }
    context.listed(found.len(), &table)
}
