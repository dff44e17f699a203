//! `forge space charter`: what the councils of a space have agreed on.

use std::{fs, path::PathBuf};

use clap::{Args, Subcommand};
use forge_api::votes::{Charter as Told, NewCharter, Vote};
use ureq::http::Method;

use crate::{
    client::path,
    commands::vote,
    context::Context,
    failure::{Exit, Failure},
};

#[derive(Debug, Subcommand)]
pub(crate) enum Charter {
    Show(Show),
    Propose(Propose),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    space: String,
    // `charter.toml` instead of the text.
    #[arg(long)]
    machine: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Propose {
    space: String,
    // The folder of both files, as in a clone of the meta-repository.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    #[arg(long)]
    question: Option<String>,
    #[arg(long)]
    explanation: Option<String>,
}

impl Charter {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Show(command) => {
                let path = path(&["spaces", &command.space, "charter"]);
                let told: Told = context.client()?.get(&path)?;
                let shown = if command.machine { &told.machine } else { &told.text };
                context.output.answer(&told, || shown.trim_end().to_owned())
            }
            Self::Propose(command) => command.run(context),
        }
    }
}

impl Propose {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewCharter {
            text: self.read("CHARTER.md")?,
            machine: self.read("charter.toml")?,
            question: self.question.clone(),
            explanation: self.explanation.clone(),
        };
        let path = path(&["spaces", &self.space, "charter"]);
        let told: Vote = context.client()?.change(Method::POST, &path, &body)?;
        vote::answer(context, &told)
    }

    fn read(&self, name: &str) -> Result<String, Failure> {
        let path = self.folder.join(name);
        fs::read_to_string(&path).map_err(|error| {
            Failure::new(Exit::Usage, "unreadable", format!("{}: {error}", path.display()))
        })
    }
}
