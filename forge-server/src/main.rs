//! `forge-server`: the commands, and nothing but wiring.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod commands;

/// The inter-municipal code-sharing forge.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the forge.
    Serve(commands::serve::Serve),
    /// Administer people, councils and tokens on the server itself.
    Admin(commands::admin::Admin),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(serve) => serve.run(),
        Command::Admin(admin) => admin.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("forge-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}
