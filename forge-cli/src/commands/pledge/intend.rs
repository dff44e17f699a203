//! `forge pledge intend`: binds nobody.

use clap::Args;
use forge_api::{
    calls::Call,
    pledges::{Pledge, PledgeIntent},
};

use super::{amount, summary};
use crate::{client::path, context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Intend {
    call: String,
    #[arg(long)]
    council: String,
    #[arg(long, value_name = "AMOUNT")]
    ceiling: Option<String>,
    #[arg(long)]
    note: Option<String>,
    #[arg(long)]
    private: bool,
}

impl Intend {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let ceiling = match &self.ceiling {
            None => None,
            Some(text) => {
                let call: Call = client.get(&path(&["calls", &self.call]))?;
                Some(amount(text, &call.currency, &context.texts)?)
            }
        };
        let body = PledgeIntent {
            council: self.council.clone(),
            ceiling,
            note: self.note.clone(),
            public: Some(!self.private),
            idempotency_key: None,
        };
        let told: Pledge =
            client.change_once(&path(&["calls", &self.call, "intentions"]), &body)?;
        summary(context, &told)
    }
}
