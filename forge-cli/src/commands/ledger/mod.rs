//! `forge ledger`: what is written about money, and whether it is still what was written.

mod verify;

use clap::Subcommand;

use crate::{context::Context, failure::Failure};

#[derive(Debug, Subcommand)]
pub(crate) enum Ledger {
    Verify(verify::Verify),
}

impl Ledger {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Verify(command) => command.run(context),
        }
    }
}
