//! `forge pledge attest`, `return`, `refuse` and `visas`: what the finance service says before a
//! signatory commits.

use clap::Args;
use forge_api::pledges::{Pledge, PledgeVisa, Visa, VisaDecision};
use ureq::http::Method;

use super::{amount, commit::budget_years, summary};
use crate::{
    client::{Client, path},
    context::Context,
    failure::Failure,
    shown,
    table::Table,
};

#[derive(Debug, Args)]
pub(crate) struct Attest {
    pledge: String,
    #[arg(long, value_name = "AMOUNT")]
    ceiling: Option<String>,
    #[arg(long, value_name = "YEAR=AMOUNT")]
    year: Vec<String>,
    #[arg(long, value_name = "NUMBER")]
    commitment: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Return {
    pledge: String,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Refuse {
    pledge: String,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Visas {
    pledge: String,
}

impl Attest {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let found: Pledge = client.get(&path(&["pledges", &self.pledge]))?;
        let ceiling = self.ceiling.as_deref();
        let ceiling =
            ceiling.map(|text| amount(text, &found.currency, &context.texts)).transpose()?;
        let visa = PledgeVisa {
            decision: VisaDecision::Attested,
            ceiling,
            budget_years: budget_years(&self.year, &found.currency, &context.texts)?,
            commitment_no: self.commitment.clone(),
            reason: None,
        };
        decide(context, &client, &self.pledge, &visa)
    }
}

impl Return {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        say_no(context, &self.pledge, (VisaDecision::Returned, &self.reason))
    }
}

impl Refuse {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        say_no(context, &self.pledge, (VisaDecision::Refused, &self.reason))
    }
}

fn say_no(
    context: &Context,
    pledge: &str,
    (decision, reason): (VisaDecision, &str),
) -> Result<(), Failure> {
    let visa = PledgeVisa {
        decision,
        ceiling: None,
        budget_years: Vec::new(),
        commitment_no: None,
        reason: Some(reason.to_owned()),
    };
    decide(context, &context.client()?, pledge, &visa)
}

fn decide(
    context: &Context,
    client: &Client<'_>,
    pledge: &str,
    visa: &PledgeVisa,
) -> Result<(), Failure> {
    let told: Pledge = client.change(Method::POST, &path(&["pledges", pledge, "visas"]), visa)?;
    summary(context, &told)
}

impl Visas {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let found: Pledge = client.get(&path(&["pledges", &self.pledge]))?;
        let said: Vec<Visa> = client.get(&path(&["pledges", &self.pledge, "visas"]))?;
        context.output.answer(&said, || {
            let texts = &context.texts;
            let heads = ["cli-col-date", "cli-col-decision", ">cli-col-ceiling", "cli-col-reason"];
            let mut table = Table::headed(texts, &heads);
            for visa in &said {
                table.row(vec![
                    shown::day(&visa.decided_at, texts),
                    shown::word("visa", &visa.decision, texts),
                    shown::amount(&visa.ceiling, &found.currency, texts),
                    visa.reason.clone().unwrap_or_else(|| shown::NOTHING.to_owned()),
                ]);
            }
            table.render()
        })
    }
}
