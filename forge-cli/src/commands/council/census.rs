//! `forge council population` and `forge council grouping`: inhabitants, and where they count once.

use clap::{Args, Subcommand};
use forge_api::councils::{Population as Count, PopulationImport};
use serde_json::json;
use ureq::http::Method;

use super::{answer, register};
use crate::{client::path, commands::api::read, context::Context, failure::Failure};

/// Counts of inhabitants.
#[derive(Debug, Subcommand)]
pub(crate) enum Population {
    Set(Set),
    Import(Import),
}

#[derive(Debug, Args)]
pub(crate) struct Set {
    council: String,
    #[arg(value_name = "KIND:YEAR:COUNT", value_parser = register::population)]
    population: Count,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    // `-` for standard input.
    file: String,
}

/// Groupings of councils.
#[derive(Debug, Subcommand)]
pub(crate) enum Grouping {
    Add(Member),
    Remove(Member),
}

#[derive(Debug, Args)]
pub(crate) struct Member {
    council: String,
    grouping: String,
}

impl Population {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match self {
            Self::Set(command) => {
                let path = path(&["councils", &command.council, "populations"]);
                answer(context, &client.change(Method::POST, &path, &command.population)?)
            }
            Self::Import(command) => {
                let bytes = read(context, &command.file)?;
                let sent = client.send(Method::POST, "/populations", Some(bytes))?;
                let done: PopulationImport = client.told(sent)?;
                context.output.answer(&done, || {
                    let args = [
                        ("recorded", done.recorded.into()),
                        ("unchanged", done.unchanged.into()),
                        ("unknown", done.unknown.into()),
                    ];
                    context.texts.with("cli-population-imported", &args)
                })
            }
        }
    }
}

impl Grouping {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let (method, member) = match self {
            Self::Add(member) => (Method::PUT, member),
            Self::Remove(member) => (Method::DELETE, member),
        };
        let path = path(&["councils", &member.council, "groupings", &member.grouping]);
        let client = context.client()?;
        client.taken(client.send(method, &path, None)?)?;
        let answer = json!({"council": member.council, "grouping": member.grouping});
        context.output.answer(&answer, || context.texts.say("cli-done"))
    }
}
