//! `forge evidence`: the acts pledges rest on, and their check by a second person.

use clap::{Args, Subcommand};
use forge_api::pledges::{Evidence as Told, EvidenceDates, EvidenceReject};
use serde_json::json;
use ureq::http::Method;

use super::pledge::Act;
use crate::{
    client::{Client, path},
    context::Context,
    failure::{Exit, Failure},
    shown,
    table::Table,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Evidence {
    List(List),
    Add(Add),
    Complete(Complete),
    Check(Check),
    Reject(Reject),
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
pub(crate) struct Complete {
    id: String,
    #[arg(long, value_name = "DATE")]
    prefecture_receipt: Option<String>,
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    // An act, or a pledge of which one act waits.
    id: String,
}

#[derive(Debug, Args)]
pub(crate) struct Reject {
    // An act, or a pledge of which one act waits.
    id: String,
    #[arg(long)]
    reason: String,
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
            Self::Complete(command) => {
                let body = EvidenceDates {
                    prefecture_receipt: command.prefecture_receipt.clone(),
                    published: command.published.clone(),
                };
                let path = path(&["evidence", &command.id]);
                let completed: Told = client.change(Method::PATCH, &path, &body)?;
                told(context, &completed, std::slice::from_ref(&completed))
            }
            Self::Check(command) => {
                let id = waiting(context, &client, &command.id)?;
                let path = path(&["evidence", &id, "check"]);
                let checked: Told = client.change(Method::POST, &path, &json!({}))?;
                told(context, &checked, std::slice::from_ref(&checked))
            }
            Self::Reject(command) => {
                let id = waiting(context, &client, &command.id)?;
                let body = EvidenceReject { reason: command.reason.clone() };
                let path = path(&["evidence", &id, "reject"]);
                let rejected: Told = client.change(Method::POST, &path, &body)?;
                told(context, &rejected, std::slice::from_ref(&rejected))
            }
        }
    }
}

/// The act meant: named by its identifier, or the one of a pledge that waits for its check.
fn waiting(context: &Context, client: &Client<'_>, id: &str) -> Result<String, Failure> {
    if !id.to_uppercase().starts_with("PLG-") {
        return Ok(id.to_owned());
    }
    let found: Vec<Told> = client.get(&path(&["pledges", id, "evidence"]))?;
    let waits = |act: &&Told| act.checked_at.is_none() && act.rejected_at.is_none();
    let waiting: Vec<_> = found.iter().filter(waits).collect();
    let refused = |exit, code, message: &str| {
        let args = [("pledge", id.into())];
        Err(Failure::new(exit, code, context.texts.with(message, &args)))
    };
    match waiting.as_slice() {
        [act] => Ok(act.id.to_string()),
        [] => refused(Exit::NotFound, "not_found", "cli-evidence-none-waits"),
        [..] => refused(Exit::Usage, "several_acts", "cli-evidence-several-wait"),
    }
}

fn told(context: &Context, answer: &impl serde::Serialize, acts: &[Told]) -> Result<(), Failure> {
    context.output.answer(answer, || {
        let texts = &context.texts;
        let headings = [
            "cli-col-kind",
            "cli-col-number",
            "cli-col-date",
            "cli-col-checked",
            "cli-col-rejected",
            "cli-col-id",
        ];
        let mut table = Table::headed(texts, &headings);
        for act in acts {
            table.row(vec![
                act.kind.clone(),
                act.number.clone(),
                shown::day(&act.date, texts),
                shown::some_day(act.checked_at.as_deref(), texts),
                shown::some_day(act.rejected_at.as_deref(), texts),
                act.id.to_string(),
            ]);
        }
        context.listed(acts.len(), &table)
    })
}
