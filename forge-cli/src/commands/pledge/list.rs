//! `forge pledge list` and `show`.

use clap::Args;
use forge_api::{members::Me, pledges::Pledge};

use super::{prospect, written};
use crate::{client::path, context::Context, failure::Failure, shown, table::Table, text::Texts};

#[derive(Debug, Args)]
pub(crate) struct List {
    call: Option<String>,
    #[arg(long, conflicts_with = "call")]
    council: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    pledge: String,
}

impl List {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let of_council = |council: &str| client.list(&path(&["councils", council, "pledges"]));
        let found: Vec<Pledge> = match (&self.call, &self.council) {
            (Some(call), _) => client.list(&path(&["calls", call, "pledges"]))?,
            (None, Some(council)) => of_council(council)?,
            (None, None) => {
                let me: Me = client.get("/me")?;
                let mut councils: Vec<_> = me.roles.iter().map(|held| &held.council).collect();
                councils.sort_unstable();
                councils.dedup();
                let mut all = Vec::new();
                for council in councils {
                    all.extend(of_council(council)?);
                }
                all
            }
        };
        context.output.answer(&found, || {
            let texts = &context.texts;
            let headings = [
                "cli-col-ref",
                "cli-col-call",
                "cli-col-council",
                "cli-col-state",
                ">cli-col-ceiling",
                ">cli-col-share",
            ];
            let mut table = Table::headed(texts, &headings);
            for pledge in &found {
                let money = |amount| shown::some_amount(amount, &pledge.currency, texts);
                table.row(vec![
                    pledge.reference.clone(),
                    pledge.call.clone(),
                    pledge.council.clone(),
                    shown::word("pledge-state", &pledge.state, texts),
                    money(pledge.ceiling.as_ref()),
                    money(pledge.share_now.as_ref()),
                ]);
            }
            context.listed(found.len(), &table)
        })
    }
}

impl Show {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let told: Pledge = context.client()?.get(&path(&["pledges", &self.pledge]))?;
        context.output.answer(&told, || sheet(&told, &context.texts))
    }
}

fn sheet(told: &Pledge, texts: &Texts) -> String {
    let money = |amount| shown::amount(amount, &told.currency, texts);
    let mut table = Table::of_pairs();
    let mut say = |key: &str, value: String| table.pair(texts.say(key), value);
    say("cli-col-ref", told.reference.clone());
    say("cli-col-call", told.call.clone());
    say("cli-col-council", told.council.clone());
    say("cli-col-state", shown::word("pledge-state", &told.state, texts));
    say("cli-col-ceiling", told.ceiling.as_ref().map(money).unwrap_or_default());
    if let Some(owed) = &told.final_share {
        say("cli-col-net", money(&owed.net));
        say("cli-col-vat", money(&owed.vat));
        say("cli-col-gross", money(&owed.gross));
    }
    for act in &told.evidence {
        let day = shown::day(&act.date, texts);
        say("cli-col-act", format!("{} {} ({day}) {}", act.kind, act.number, act.id));
    }
    say("cli-col-note", told.note.clone().unwrap_or_default());
    say("cli-col-reason", told.reason.clone().unwrap_or_default());
    say("cli-col-page", told.html_url.clone());
    let mut parts = vec![table.render()];
    parts.extend(prospect(told, texts));
    parts.extend(written(told, texts));
    parts.join("\n")
}
