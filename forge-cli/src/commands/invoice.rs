//! `forge invoice`: suppliers' invoices, approved by two persons and paid; `pay-directly` where a
//! council pays its part to the supplier itself.

use clap::{Args, Subcommand};
use forge_api::{
    Amount,
    funds::{DirectPayment, FundsReason, Invoice as Told, NewInvoice, Payment, SentPayment},
};
use serde_json::json;
use ureq::http::Method;

use super::funds::payment;
use crate::{client::path, context::Context, failure::Failure, shown, table::Table};

#[derive(Debug, Subcommand)]
pub(crate) enum Invoice {
    List(OfCall),
    Record(Record),
    Approve(One),
    Refuse(Refuse),
    Pay(Pay),
    PayDirectly(Directly),
}

#[derive(Debug, Args)]
pub(crate) struct OfCall {
    call: String,
}

#[derive(Debug, Args)]
pub(crate) struct One {
    invoice: String,
}

#[derive(Debug, Args)]
pub(crate) struct Refuse {
    invoice: String,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Record {
    call: String,
    #[arg(long)]
    milestone: String,
    #[arg(long)]
    supplier: String,
    #[arg(long)]
    supplier_name: Option<String>,
    #[arg(long)]
    number: String,
    #[arg(long)]
    date: String,
    #[arg(long)]
    net: String,
    #[arg(long)]
    vat: Option<String>,
    #[arg(long)]
    sha256: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Pay {
    invoice: String,
    #[arg(long)]
    date: String,
    #[arg(long)]
    amount: Option<String>,
    #[arg(long)]
    order: Option<String>,
    #[arg(long)]
    bank_ref: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Directly {
    call: String,
    #[arg(long)]
    council: String,
    #[arg(long)]
    milestone: String,
    #[arg(long)]
    supplier: String,
    #[arg(long)]
    supplier_name: Option<String>,
    #[arg(long)]
    net: String,
    #[arg(long)]
    vat: Option<String>,
    #[arg(long)]
    date: String,
    #[arg(long)]
    order: Option<String>,
    #[arg(long)]
    bank_ref: Option<String>,
}

impl Invoice {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match self {
            Self::List(of) => {
                let found: Vec<Told> = client.list(&path(&["calls", &of.call, "invoices"]))?;
                context.output.answer(&found, || table(context, &found))
            }
            Self::Record(command) => {
                let to = path(&["calls", &command.call, "invoices"]);
                invoice(context, &client.change(Method::POST, &to, &command.body())?)
            }
            Self::Approve(one) => {
                let to = path(&["invoices", &one.invoice, "approve"]);
                invoice(context, &client.change(Method::POST, &to, &json!({}))?)
            }
            Self::Refuse(command) => {
                let to = path(&["invoices", &command.invoice, "refuse"]);
                let body = FundsReason { reason: command.reason.clone() };
                invoice(context, &client.change(Method::POST, &to, &body)?)
            }
            Self::Pay(command) => {
                let to = path(&["invoices", &command.invoice, "payments"]);
                let body = SentPayment {
                    amount: command.amount.clone().map(Amount),
                    value_date: command.date.clone(),
                    payment_order_no: command.order.clone(),
                    bank_ref: command.bank_ref.clone(),
                };
                let told: Payment = client.change_once(&to, &body)?;
                payment(context, &told)
            }
            Self::PayDirectly(command) => {
                let to = path(&["calls", &command.call, "direct-payments"]);
                let told: Payment = client.change_once(&to, &command.body())?;
                payment(context, &told)
            }
        }
    }
}

impl Record {
    fn body(&self) -> NewInvoice {
        NewInvoice {
            milestone: self.milestone.clone(),
            supplier: self.supplier.clone(),
            supplier_name: self.supplier_name.clone(),
            number: self.number.clone(),
            date: self.date.clone(),
            net: Amount(self.net.clone()),
            vat: self.vat.clone().map(Amount),
            sha256: self.sha256.clone(),
        }
    }
}

impl Directly {
    fn body(&self) -> DirectPayment {
        DirectPayment {
            council: self.council.clone(),
            milestone: self.milestone.clone(),
            supplier: self.supplier.clone(),
            supplier_name: self.supplier_name.clone(),
            net: Amount(self.net.clone()),
            vat: self.vat.clone().map(Amount),
            value_date: self.date.clone(),
            payment_order_no: self.order.clone(),
            bank_ref: self.bank_ref.clone(),
        }
    }
}

fn invoice(context: &Context, told: &Told) -> Result<(), Failure> {
    context.output.answer(told, || table(context, std::slice::from_ref(told)))
}

fn table(context: &Context, found: &[Told]) -> String {
    let texts = &context.texts;
    let headings = [
        "cli-col-ref",
        "cli-col-supplier",
        "cli-col-number",
        "cli-col-milestone",
        "cli-col-state",
        ">cli-col-gross",
        ">cli-col-paid",
    ];
    let mut table = Table::headed(texts, &headings);
    for one in found {
        let money = |amount| shown::amount(amount, &one.currency, texts);
        table.row(vec![
            one.reference.clone(),
            one.supplier_name.clone(),
            one.number.clone(),
            one.milestone.clone(),
            shown::word("invoice-state", &one.state, texts),
            money(&one.gross),
            money(&one.paid),
        ]);
    }
    context.listed(found.len(), &table)
}
