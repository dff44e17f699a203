//! What can be written after `forge`.
//!
//! Help texts are not here: [`crate::help`] takes them from the message files, by the names of
//! commands and arguments, so that they exist in every language.

use clap::{Args, Parser, Subcommand};

use crate::commands::{
    api, auth, call, completion, council, evidence, export, funds, invoice, ledger, me, member,
    milestone, module, pledge, publish, refund, share, space, status, vote, webhook,
};

#[derive(Debug, Parser)]
#[command(name = "forge", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Globals {
    #[arg(long, global = true, env = "FORGE_HOST", value_name = "URL")]
    pub host: Option<String>,
    #[arg(long, global = true, env = "FORGE_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, short = 'y', global = true)]
    pub yes: bool,
    // Read before anything else, in `text.rs`, because even the help is written in it.
    #[arg(long, global = true, env = "FORGE_LANG", value_parser = ["fr", "en"])]
    pub lang: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(subcommand)]
    Auth(auth::Auth),
    Me(me::Me),
    Publish(publish::Publish),
    #[command(subcommand)]
    Module(module::Module),
    #[command(subcommand)]
    Council(council::Council),
    #[command(subcommand)]
    Member(member::Member),
    #[command(subcommand)]
    Space(space::Space),
    #[command(subcommand)]
    Vote(vote::Vote),
    #[command(subcommand)]
    Call(call::Call),
    #[command(subcommand)]
    Milestone(milestone::Milestone),
    #[command(subcommand)]
    Pledge(pledge::Pledge),
    #[command(subcommand)]
    Evidence(evidence::Evidence),
    #[command(subcommand)]
    Export(export::Export),
    #[command(subcommand)]
    Funds(funds::Funds),
    #[command(subcommand)]
    Grant(refund::Grant),
    #[command(subcommand)]
    Invoice(invoice::Invoice),
    #[command(subcommand)]
    Refund(refund::Refund),
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    #[command(subcommand)]
    Share(share::Share),
    #[command(subcommand)]
    Status(status::Status),
    #[command(subcommand)]
    Webhook(webhook::Webhook),
    Api(api::Api),
    Completion(completion::Completion),
}
