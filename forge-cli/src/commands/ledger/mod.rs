//! `forge ledger`: what is written about money, and whether it is still what was written.

mod verify;
mod view;

use clap::Subcommand;

use crate::{context::Context, failure::Failure};

#[derive(Debug, Subcommand)]
pub(crate) enum Ledger {
    Verify(verify::Verify),
    View(view::View),
}

impl Ledger {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Verify(command) => command.run(context),
            Self::View(command) => command.run(context),
        }
    }
}
