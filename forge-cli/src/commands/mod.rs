//! The commands, one file each.

pub(crate) mod api;
pub(crate) mod auth;
pub(crate) mod call;
pub(crate) mod completion;
pub(crate) mod council;
pub(crate) mod evidence;
pub(crate) mod export;
pub(crate) mod funds;
pub(crate) mod invoice;
pub(crate) mod ledger;
pub(crate) mod me;
pub(crate) mod member;
pub(crate) mod milestone;
pub(crate) mod module;
pub(crate) mod pledge;
pub(crate) mod publish;
pub(crate) mod refund;
pub(crate) mod share;
pub(crate) mod space;
pub(crate) mod status;
pub(crate) mod vote;
pub(crate) mod webhook;

use crate::{args::Command, context::Context, failure::Failure};

/// Runs what was asked.
pub(crate) fn run(command: Command, context: &Context) -> Result<(), Failure> {
    match command {
        Command::Api(api) => api.run(context),
        Command::Auth(auth) => auth.run(context),
        Command::Call(call) => call.run(context),
        Command::Completion(completion) => completion.run(context),
        Command::Council(council) => council.run(context),
        Command::Evidence(evidence) => evidence.run(context),
        Command::Export(export) => export.run(context),
        Command::Funds(funds) => funds.run(context),
        Command::Grant(grant) => grant.run(context),
        Command::Invoice(invoice) => invoice.run(context),
        Command::Refund(refund) => refund.run(context),
        Command::Ledger(ledger) => ledger.run(context),
        Command::Me(me) => me.run(context),
        Command::Member(member) => member.run(context),
        Command::Milestone(milestone) => milestone.run(context),
        Command::Module(module) => module.run(context),
        Command::Pledge(pledge) => pledge.run(context),
        Command::Publish(publish) => publish.run(context),
        Command::Share(share) => share.run(context),
        Command::Space(space) => space.run(context),
        Command::Status(status) => status.run(context),
        Command::Vote(vote) => vote.run(context),
        Command::Webhook(webhook) => webhook.run(context),
    }
}
