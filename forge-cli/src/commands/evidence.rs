//! `forge evidence`: the acts pledges rest on, and their check by a second person.

use clap::{Args, Subcommand};
use forge_api::pledges::Evidence as Told;
use serde_json::json;
use ureq::http::Method;

use super::pledge::Act;
use crate::{client::path, context::Context, failure::Failure, shown, table::Table};

#[derive(Debug, Subcommand)]
pub(crate) enum Evidence {
    List(List),
    Add(Add),
    Check(Check),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    pledge: String,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    pledge: String,
    #[command(flatten)]
    act: Act,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    id: String,
}

impl Evidence {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match self {
            Self::List(command) => {
                let found: Vec<Told> =
                    client.get(&path(&["pledges", &command.pledge, "evidence"]))?;
                told(context, &found, &found)
            }
            Self::Add(command) => {
                let body = command.act.read(context)?;
                let path = path(&["pledges", &command.pledge, "evidence"]);
                let added: Told = client.change(Method::POST, &path, &body)?;
                told(context, &added, std::slice::from_ref(&added))
            }
            Self::Check(command) => {
                let path = path(&["evidence", &command.id, "check"]);
                let checked: Told = client.change(Method::POST, &path, &json!({}))?;
                told(context, &checked, std::slice::from_ref(&checked))
            }
        }
    }
}

fn told(context: &Context, answer: &impl serde::Serialize, acts: &[Told]) -> Result<(), Failure> {
    context.output.answer(answer, || {
        let texts = &context.texts;
        let headings =
            ["cli-col-kind", "cli-col-number", "cli-col-date", "cli-col-checked", "cli-col-id"];
        let mut table = Table::headed(texts, &headings);
        for act in acts {
            table.row(vec![
                act.kind.clone(),
                act.number.clone(),
                shown::day(&act.date, texts),
                shown::some_day(act.checked_at.as_deref(), texts),
                act.id.to_string(),
            ]);
        }
        context.listed(acts.len(), &table)
    })
}
