//! `forge`: Beffroi from the command line.
//!
//! One file a command under `commands/`; what they share is the language ([`text`]), the host and
//! its token ([`hosts`]), the conversation with the server ([`client`]) and the two ways of
//! answering ([`output`]).

mod args;
mod client;
mod commands;
mod context;
mod csv;
mod failure;
mod git;
mod help;
mod hints;
mod hosts;
mod ledger;
mod output;
mod prompt;
mod shown;
mod table;
mod text;

use std::process::ExitCode;

use clap::FromArgMatches;

use crate::{args::Cli, context::Context, output::Output, text::Texts};

fn main() -> ExitCode {
    let texts = match Texts::from_environment() {
        Ok(texts) => texts,
        Err(error) => {
            // Without message files there is no language to say it in but the program's own.
            eprintln!("forge: {error}");
            return ExitCode::FAILURE;
        }
    };
    let matches = match help::command(&texts).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => error.exit(),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let output = Output::new(cli.globals.json);
    let context = Context::new(cli.globals, texts, output);
    match commands::run(cli.command, &context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            context.output.failure(&failure);
            ExitCode::from(failure.exit as u8)
        }
    }
}
