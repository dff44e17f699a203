//! `forge pledge withdraw`: a firm pledge, or an intention, taken back.

use std::io::{self, IsTerminal};

use clap::Args;
use forge_api::pledges::{Pledge, PledgeRefuse, PledgeState, PledgeWithdraw};

use super::summary;
use crate::{
    client::{Client, path},
    context::Context,
    failure::{Exit, Failure},
};

#[derive(Debug, Args)]
pub(crate) struct Withdraw {
    // A pledge, or with `--council` a call.
    pledge: String,
    #[arg(long)]
    council: Option<String>,
    #[arg(long)]
    reason: String,
    #[arg(long, value_name = "ACT")]
    act_ref: Option<String>,
}

impl Withdraw {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let pledge = self.pledge(context, &client)?;
        let binds = !pledge.state.is_undecided();
        if binds && !context.globals.yes && io::stdin().is_terminal() {
            let args = [("ref", (&pledge.reference).into()), ("council", (&pledge.council).into())];
            eprintln!("{}", context.texts.with("cli-withdraw-meaning", &args));
            context.typed("cli-commit-ask", &pledge.council)?;
        }
        let to = |verb| path(&["pledges", &pledge.reference, verb]);
        // An intention binds nobody: to take it back is to say no.
        let told: Pledge = if pledge.state.is_undecided() {
            let body = PledgeRefuse { reason: Some(self.reason.clone()) };
            client.change_once(&to("refuse"), &body)?
        } else {
            let body = PledgeWithdraw {
                reason: self.reason.clone(),
                act_ref: self.act_ref.clone(),
                idempotency_key: None,
            };
            client.change_once(&to("withdraw"), &body)?
        };
        summary(context, &told)
    }

    fn pledge(&self, context: &Context, client: &Client<'_>) -> Result<Pledge, Failure> {
        let Some(council) = &self.council else {
            return client.get(&path(&["pledges", &self.pledge]));
        };
        let found: Vec<Pledge> = client.list(&path(&["calls", &self.pledge, "pledges"]))?;
        let lives = |state: PledgeState| state == PledgeState::Firm || state.is_undecided();
        let mut own: Vec<Pledge> =
            found.into_iter().filter(|pledge| pledge.council == *council).collect();
        let living = own.iter().position(|pledge| lives(pledge.state));
        let at = living.or_else(|| own.len().checked_sub(1));
        at.map(|at| own.swap_remove(at)).ok_or_else(|| {
            let args = [("council", council.into()), ("call", (&self.pledge).into())];
            Failure::new(Exit::NotFound, "not_found", context.texts.with("cli-pledge-none", &args))
        })
    }
}
