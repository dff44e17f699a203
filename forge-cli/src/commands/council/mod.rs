//! `forge council`: the public bodies of a forge.

mod census;
mod register;

use clap::{Args, Subcommand};
use forge_api::councils::{Council as Told, SuspendCouncil, VerifyCouncil};
use serde_json::json;
use ureq::http::Method;

use crate::{client::path, context::Context, failure::Failure, shown, table::Table, text::Texts};

#[derive(Debug, Subcommand)]
pub(crate) enum Council {
    List(List),
    View(View),
    Register(register::Register),
    Verify(Verify),
    Suspend(Suspend),
    #[command(subcommand)]
    Population(census::Population),
    #[command(subcommand)]
    Grouping(census::Grouping),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    words: Option<String>,
    #[arg(long, value_parser = ["verified", "pending", "suspended"])]
    status: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct View {
    council: String,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    council: String,
    #[arg(long)]
    proof: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Suspend {
    council: String,
    #[arg(long)]
    reason: Option<String>,
}

impl Council {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::View(command) => {
                let told = context.client()?.get(&path(&["councils", &command.council]))?;
                answer(context, &told)
            }
            Self::Register(command) => command.run(context),
            Self::Verify(command) => {
                let body = VerifyCouncil { proof: command.proof.clone() };
                let path = path(&["councils", &command.council, "verify"]);
                let told: Told = context.client()?.change(Method::POST, &path, &body)?;
                context.output.answer(&told, || {
                    context.texts.with("cli-council-verified", &[("council", (&told.name).into())])
                })
            }
            Self::Suspend(command) => command.run(context),
            Self::Population(command) => command.run(context),
            Self::Grouping(command) => command.run(context),
        }
    }
}

impl List {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let status = self.status.as_deref().unwrap_or("verified");
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("status", status);
        if let Some(words) = &self.words {
            query.append_pair("q", words);
        }
        let found: Vec<Told> = context.client()?.list(&format!("/councils?{}", query.finish()))?;
        context.output.answer(&found, || {
            let texts = &context.texts;
            let headings =
                ["cli-col-council", "cli-col-name", ">cli-col-population", "cli-col-state"];
            let mut table = Table::headed(texts, &headings);
            for council in &found {
                let newest = council.populations.first();
                let count = newest.map(|count| texts.formats().number(count.value));
                table.row(vec![
                    council.slug.clone(),
                    council.name.clone(),
                    count.unwrap_or_default(),
                    shown::word("cli-council-status", &council.status, texts),
                ]);
            }
            context.listed(found.len(), &table)
        })
    }
}

impl Suspend {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = SuspendCouncil { reason: self.reason.clone() };
        let path = path(&["councils", &self.council, "suspend"]);
        context.client()?.changed(Method::POST, &path, &body)?;
        let answer = json!({"council": self.council, "status": "suspended"});
        context.output.answer(&answer, || context.texts.say("cli-done"))
    }
}

/// Shows one council.
fn answer(context: &Context, told: &Told) -> Result<(), Failure> {
    context.output.answer(told, || sheet(told, &context.texts))
}

fn sheet(told: &Told, texts: &Texts) -> String {
    let mut table = Table::of_pairs();
    table.pair(texts.say("cli-col-council"), &*told.slug);
    table.pair(texts.say("cli-col-name"), &*told.name);
    table.pair(texts.say("cli-col-kind"), format!("{} ({})", told.kind, told.country));
    table.pair(texts.say("cli-col-state"), shown::word("cli-council-status", &told.status, texts));
    for id in &told.ids {
        table.pair(id.scheme.to_uppercase(), &*id.value);
    }
    for count in &told.populations {
        let number = texts.formats().number(count.value);
        let value = format!("{number} ({}, {})", count.kind, count.vintage);
        table.pair(texts.say("cli-col-population"), value);
    }
    for grouping in &told.member_of {
        table.pair(texts.say("cli-col-member-of"), &**grouping);
    }
    table.pair(texts.say("cli-col-site"), told.website.clone().unwrap_or_default());
    table.pair(texts.say("cli-col-page"), &*told.html_url);
    table.render()
}
