//! `forge pledge amend`: another ceiling for a firm pledge.

use clap::Args;
use forge_api::pledges::{Pledge, PledgeAmend};

use super::{Act, amount, commit::budget_years, summary};
use crate::{client::path, context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Amend {
    pledge: String,
    #[arg(long, value_name = "AMOUNT")]
    ceiling: String,
    #[arg(long = "year", value_name = "YEAR=AMOUNT")]
    years: Vec<String>,
    #[command(flatten)]
    act: Option<Act>,
}

impl Amend {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let before: Pledge = client.get(&path(&["pledges", &self.pledge]))?;
        let body = PledgeAmend {
            ceiling: amount(&self.ceiling, &before.currency, &context.texts)?,
            evidence: self.act.as_ref().map(|act| act.read(context)).transpose()?,
            budget_years: budget_years(&self.years, &before.currency, &context.texts)?,
            idempotency_key: None,
        };
        if !context.globals.yes {
            let args = [
                ("ref", (&before.reference).into()),
                ("council", (&before.council).into()),
                ("ceiling", (&self.ceiling).into()),
            ];
            eprintln!("{}", context.texts.with("cli-amend-meaning", &args));
            context.typed("cli-commit-ask", &before.council)?;
        }
        let told: Pledge = client.change_once(&path(&["pledges", &self.pledge, "amend"]), &body)?;
        summary(context, &told)
    }
}
