//! `forge member role`: given and ended.

use clap::{Args, Subcommand};
use forge_api::members::{GiveRole, HeldRole, Role as Word};
use serde_json::json;
use ureq::http::Method;

use crate::{
    client::path,
    context::Context,
    failure::{Exit, Failure},
    shown,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Role {
    Grant(Grant),
    End(End),
}

#[derive(Debug, Args)]
pub(crate) struct Grant {
    #[arg(long)]
    council: String,
    #[arg(long)]
    person: String,
    #[arg(long, value_parser = word)]
    role: Word,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct End {
    #[arg(long)]
    council: String,
    #[arg(required_unless_present_all = ["person", "role"])]
    id: Option<String>,
    #[arg(long)]
    person: Option<String>,
    #[arg(long, value_parser = word)]
    role: Option<Word>,
}

impl Role {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Grant(command) => command.run(context),
            Self::End(command) => command.run(context),
        }
    }
}

impl Grant {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = GiveRole {
            person: self.person.clone(),
            role: self.role,
            valid_from: self.from.clone(),
            valid_until: self.until.clone(),
        };
        let path = path(&["councils", &self.council, "roles"]);
        let held: HeldRole = context.client()?.change(Method::POST, &path, &body)?;
        context.output.answer(&held, || {
            let texts = &context.texts;
            let args = [
                ("person", (&held.person).into()),
                ("role", shown::word("role", &held.role, texts).into()),
                ("council", (&held.council).into()),
                ("from", shown::day(&held.valid_from, texts).into()),
            ];
            texts.with("cli-member-granted", &args)
        })
    }
}

impl End {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let of = |more: &[&str]| path(&[&["councils", &self.council, "roles"], more].concat());
        let id = match &self.id {
            Some(id) => id.clone(),
            None => {
                let held: Vec<HeldRole> = client.list(&of(&[]))?;
                let wanted = held.into_iter().find(|held| {
                    Some(&held.person) == self.person.as_ref() && Some(held.role) == self.role
                });
                let missing = || context.texts.say("cli-member-no-role");
                wanted
                    .ok_or_else(|| Failure::new(Exit::NotFound, "not_found", missing()))?
                    .id
                    .to_string()
            }
        };
        client.delete(&of(&[&id]))?;
        let answer = json!({"council": self.council, "id": id, "ended": true});
        context.output.answer(&answer, || context.texts.say("cli-done"))
    }
}

/// Reads the name of a role, as the API writes it.
pub(super) fn word(text: &str) -> Result<Word, String> {
    serde_json::from_value(text.into()).map_err(|error| error.to_string())
}
