//! `forge call simulate`: what would be owed if councils joined or left.

use clap::Args;
use forge_api::{Amount, calls::Simulation};

use crate::{client::path, context::Context, failure::Failure, shown, table::Table, text::Texts};

#[derive(Debug, Args)]
pub(crate) struct Simulate {
    call: String,
    #[arg(long, value_name = "COUNCIL", value_delimiter = ',')]
    add: Vec<String>,
    #[arg(long, value_name = "COUNCIL", value_delimiter = ',')]
    remove: Vec<String>,
}

impl Simulate {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let path = address(&self.call, &self.add, &self.remove);
        let told: Simulation = context.client()?.get(&path)?;
        context.output.answer(&told, || sheet(&told, &context.texts))
    }
}

/// The address of a simulation.
pub(crate) fn address(call: &str, add: &[String], remove: &[String]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, councils) in [("add", add), ("remove", remove)] {
        if !councils.is_empty() {
            query.append_pair(name, &councils.join(","));
        }
    }
    format!("{}?{}", path(&["calls", call, "simulate"]), query.finish())
}

fn sheet(told: &Simulation, texts: &Texts) -> String {
    let some = |amount: &Option<Amount>| shown::some_amount(amount.as_ref(), &told.currency, texts);
    let money = |amount: &Amount| shown::amount(amount, &told.currency, texts);
    let headings = [
        "cli-col-council",
        "cli-col-state",
        ">cli-col-ceiling",
        ">cli-col-now",
        ">cli-col-then",
        "cli-col-note",
    ];
    let mut table = Table::headed(texts, &headings);
    for share in &told.councils {
        let state = share.state.map(|state| shown::word("pledge-state", &state, texts));
        let note = if share.at_ceiling { texts.say("cli-call-at-ceiling") } else { String::new() };
        table.row(vec![
            share.council.clone(),
            state.unwrap_or_default(),
            some(&share.ceiling),
            some(&share.now),
            some(&share.then),
            note,
        ]);
    }
    let blank = String::new;
    table.row(vec![
        texts.say("cli-share-total"),
        blank(),
        blank(),
        money(&told.total_now),
        money(&told.total_then),
    ]);
    let none = told.gap_then.as_str().bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let gap = || texts.with("cli-share-gap", &[("amount", money(&told.gap_then).into())]);
    if none { table.render() } else { format!("{}\n\n{}", table.render(), gap()) }
}
