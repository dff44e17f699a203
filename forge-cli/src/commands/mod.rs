//! The commands, one file each.

pub(crate) mod api;
pub(crate) mod auth;
pub(crate) mod completion;
pub(crate) mod ledger;
pub(crate) mod share;

use crate::{args::Command, context::Context, failure::Failure};

/// Runs what was asked.
pub(crate) fn run(command: Command, context: &Context) -> Result<(), Failure> {
    match command {
        Command::Auth(auth) => auth.run(context),
        Command::Ledger(ledger) => ledger.run(context),
        Command::Share(share) => share.run(context),
        Command::Api(api) => api.run(context),
        Command::Completion(completion) => completion.run(context),
    }
}
