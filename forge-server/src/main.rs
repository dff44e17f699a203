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
    /// Serve the example world: invented councils that share and fund code.
    Demo(commands::demo::Demo),
    /// Administer people, councils and tokens on the server itself.
    Admin(commands::admin::Admin),
    /// Bring the database to this program's schema.
    Migrate(commands::migrate::Migrate),
    /// Write the whole forge into one file, while its server runs.
    Backup(commands::backup::Backup),
    /// Put a backup back into an empty data folder.
    Restore(commands::restore::Restore),
    /// Check everything the forge holds, while its server runs.
    Verify(commands::verify::Verify),
    /// Look at what the forge needs, and say what is missing.
    Doctor(commands::doctor::Doctor),
    /// Look at the settings.
    Config(commands::config::Config),
}

fn main() -> ExitCode {
    // Whatever the shell says: what we write is for us alone (security.md A11 #161).
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let done = |()| ExitCode::SUCCESS;
    let outcome = match Cli::parse().command {
        Command::Serve(serve) => serve.run().map(done),
        Command::Demo(demo) => demo.run().map(done),
        Command::Admin(admin) => admin.run().map(done),
        Command::Migrate(migrate) => migrate.run().map(done),
        Command::Backup(backup) => backup.run().map(done),
        Command::Restore(restore) => restore.run().map(done),
        Command::Verify(verify) => verify.run(),
        Command::Doctor(doctor) => doctor.run(),
        Command::Config(config) => config.run().map(done),
    };
    match outcome {
        Ok(status) => status,
        Err(error) => {
            eprintln!("forge-server: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error and what caused it, each said once: some errors name their cause themselves.
fn sentence(error: &anyhow::Error) -> String {
    let mut told = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}
