//! `forge pledge substitute`: a place that passes to another council. Three agree: who leaves
//! (`--to`), who takes the place (`--council` with an act), the lead of the call (`--approve`).

use clap::Args;
use forge_api::pledges::{PlaceOffer, PlaceTake, Pledge};
use serde_json::json;
use ureq::http::Method;

use super::{Act, amount, summary};
use crate::{
    client::path,
    context::Context,
    failure::{Exit, Failure},
};

#[derive(Debug, Args)]
pub(crate) struct Substitute {
    pledge: String,
    #[arg(long, value_name = "COUNCIL", requires = "reason")]
    #[arg(conflicts_with_all = ["council", "approve"])]
    to: Option<String>,
    #[arg(long)]
    reason: Option<String>,
    #[arg(long, value_name = "ACT")]
    act_ref: Option<String>,
    #[arg(long, requires = "ceiling", conflicts_with = "approve")]
    council: Option<String>,
    #[arg(long, value_name = "AMOUNT")]
    ceiling: Option<String>,
    #[arg(long)]
    approve: bool,
    #[command(flatten)]
    act: Option<Act>,
}

impl Substitute {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let below = |verb: &[&str]| {
            path(&[&["pledges", self.pledge.as_str(), "substitution"][..], verb].concat())
        };
        let told: Pledge = match (&self.to, &self.council, &self.act) {
            (Some(to), _, _) => {
                let body = PlaceOffer {
                    to: to.clone(),
                    reason: self.reason.clone().unwrap_or_default(),
                    act_ref: self.act_ref.clone(),
                    idempotency_key: None,
                };
                client.change_once(&below(&[]), &body)?
            }
            (None, Some(council), Some(act)) => {
                let left: Pledge = client.get(&path(&["pledges", &self.pledge]))?;
                let ceiling = self.ceiling.as_deref().unwrap_or_default();
                let body = PlaceTake {
                    council: council.clone(),
                    ceiling: amount(ceiling, &left.currency, &context.texts)?,
                    evidence: act.read(context)?,
                    idempotency_key: None,
                };
                client.change_once(&below(&["take"]), &body)?
            }
            (None, None, _) if self.approve => {
                client.change(Method::POST, &below(&["approve"]), &json!({}))?
            }
            (None, _, _) => {
                let said = context.texts.say("cli-substitute-how");
                return Err(Failure::new(Exit::Usage, "usage", said));
            }
        };
        summary(context, &told)
    }
}
