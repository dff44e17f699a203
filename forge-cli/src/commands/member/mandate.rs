//! `forge member mandate`: what a signatory may commit a council to.

use clap::{Args, Subcommand};
use forge_api::{
    Amount,
    members::{Mandate as Given, NewMandate},
};
use serde_json::json;
use ureq::http::Method;

use crate::{client::path, context::Context, failure::Failure, shown, table::Table, text::Texts};

#[derive(Debug, Subcommand)]
pub(crate) enum Mandate {
    Give(Give),
    Revoke(Revoke),
    List(List),
}

#[derive(Debug, Args)]
pub(crate) struct Give {
    #[arg(long)]
    council: String,
    #[arg(long)]
    person: String,
    #[arg(long, value_name = "AMOUNT")]
    max: String,
    #[arg(long)]
    currency: Option<String>,
    #[arg(long = "kind", value_parser = ["pledge", "withdraw"])]
    kinds: Vec<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: String,
    #[arg(long, value_name = "ACT")]
    act_ref: String,
}

#[derive(Debug, Args)]
pub(crate) struct Revoke {
    #[arg(long)]
    council: String,
    id: String,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    #[arg(long)]
    council: String,
}

impl Mandate {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Give(command) => command.run(context),
            Self::Revoke(command) => {
                let path = path(&["councils", &command.council, "mandates", &command.id]);
                context.client()?.delete(&path)?;
                let answer = json!({"council": command.council, "id": command.id, "revoked": true});
                context.output.answer(&answer, || context.texts.say("cli-done"))
            }
            Self::List(command) => {
                let path = path(&["councils", &command.council, "mandates"]);
                let found: Vec<Given> = context.client()?.list(&path)?;
                context.output.answer(&found, || table(&found, &context.texts))
            }
        }
    }
}

impl Give {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewMandate {
            person: self.person.clone(),
            max_amount: Amount(self.max.clone()),
            currency: self.currency.clone(),
            kinds: self.kinds.clone(),
            valid_from: self.from.clone(),
            valid_until: self.until.clone(),
            act_ref: self.act_ref.clone(),
        };
        let path = path(&["councils", &self.council, "mandates"]);
        let given: Given = context.client()?.change(Method::POST, &path, &body)?;
        context.output.answer(&given, || {
            let texts = &context.texts;
            let args = [
                ("person", (&given.person).into()),
                ("council", (&given.council).into()),
                ("amount", shown::amount(&given.max_amount, &given.currency, texts).into()),
                ("until", shown::day(&given.valid_until, texts).into()),
            ];
            texts.with("cli-member-mandated", &args)
        })
    }
}

/// Mandates as a table.
pub(super) fn table(found: &[Given], texts: &Texts) -> String {
    let headings = [
        "cli-col-signatory",
        ">cli-col-max",
        "cli-col-since",
        "cli-col-until",
        "cli-col-act",
        "cli-col-id",
    ];
    let mut table = Table::headed(texts, &headings);
    for given in found {
        table.row(vec![
            given.person.clone(),
            shown::amount(&given.max_amount, &given.currency, texts),
            shown::day(&given.valid_from, texts),
            shown::day(&given.valid_until, texts),
            given.act_ref.clone(),
            given.id.to_string(),
        ]);
    }
    table.render()
}
