//! `forge pledge join`: asks to take part in a call whose shares are final.

use clap::Args;
use forge_api::{
    calls::Call,
    pledges::{JoinAsk, Pledge},
};

use super::{Act, amount, summary};
use crate::{client::path, context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Join {
    call: String,
    #[arg(long)]
    council: String,
    #[arg(long, value_name = "AMOUNT")]
    ceiling: String,
    #[command(flatten)]
    act: Act,
}

impl Join {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let call: Call = client.get(&path(&["calls", &self.call]))?;
        let body = JoinAsk {
            council: self.council.clone(),
            ceiling: amount(&self.ceiling, &call.currency, &context.texts)?,
            evidence: self.act.read(context)?,
            idempotency_key: None,
        };
        let told: Pledge = client.change_once(&path(&["calls", &self.call, "joiners"]), &body)?;
        summary(context, &told)
    }
}
