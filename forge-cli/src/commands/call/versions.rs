//! `forge call versions`: what a call said since it was published, and what everyone would have
//! paid.

use clap::Args;
use forge_api::{
    calls::{CallVersion, VersionSimulation},
    share::ShareRequest,
};

use crate::{
    client::path,
    context::Context,
    failure::Failure,
    shown,
    table::{Side, Table},
    text::Texts,
};

#[derive(Debug, Args)]
pub(crate) struct Versions {
    call: String,
    #[arg(long, value_name = "N")]
    simulation: Option<i64>,
}

impl Versions {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        if let Some(number) = self.simulation {
            let number = number.to_string();
            let at = path(&["calls", &self.call, "versions", &number, "simulation"]);
            // A file for `forge share compute`, which reads what `--json` writes.
            let request: ShareRequest = client.get(&at)?;
            let text = || serde_json::to_string_pretty(&request).unwrap_or_default();
            return context.output.answer(&request, text);
        }
        let told: Vec<CallVersion> = client.get(&path(&["calls", &self.call, "versions"]))?;
        context.output.answer(&told, || {
            let parts: Vec<String> = told.iter().map(|one| version(one, &context.texts)).collect();
            parts.join("\n\n")
        })
    }
}

fn version(version: &CallVersion, texts: &Texts) -> String {
    let args = [
        ("n", version.number.into()),
        ("date", shown::day(version.created_at.get(..10).unwrap_or(""), texts).into()),
        ("reason", version.reason.clone().into()),
    ];
    let mut lines = vec![texts.with("cli-call-version", &args)];
    for change in &version.changes {
        lines.push(format!("  {}", change.field));
        lines.extend(marked('-', change.before.as_deref()));
        lines.extend(marked('+', change.after.as_deref()));
    }
    if let Some(kept) = &version.simulation {
        lines.push(String::new());
        lines.push(texts.with("call-announced", &[("n", version.number.into())]));
        lines.push(simulation(kept, texts));
    }
    lines.join("\n")
}

/// Each line of a text behind a mark.
fn marked(mark: char, text: Option<&str>) -> Vec<String> {
    let lines = text.unwrap_or_default().lines();
    lines.map(|line| format!("  {mark} {line}")).collect()
}

/// The shares of everyone, and what is to be known beside them.
fn simulation(kept: &VersionSimulation, texts: &Texts) -> String {
    let money = |amount| shown::amount(amount, &kept.request.currency, texts);
    let weighed = kept.councils.iter().any(|line| line.weight.is_some());
    let mut columns = vec![(texts.say("org-council"), Side::Left)];
    if weighed {
        columns.push((texts.say("call-weight-weight"), Side::Right));
    }
    columns.push((texts.say("call-announced-share"), Side::Right));
    let mut table = Table::new(columns);
    let number = |weight: u64| texts.formats().number(i64::try_from(weight).unwrap_or(i64::MAX));
    for line in &kept.councils {
        let weight = line.weight.map_or_else(|| shown::NOTHING.to_owned(), number);
        let weight = weighed.then_some(weight);
        let cells = [Some(line.council.clone()), weight, Some(money(&line.share))];
        table.row(cells.into_iter().flatten().collect());
    }
    let space = weighed.then(String::new);
    let total = [Some(texts.say("common-total")), space, Some(money(&kept.total))];
    table.row(total.into_iter().flatten().collect());
    let mut notes = vec![texts.say("call-announced-text")];
    if kept.supposed {
        notes.push(texts.say("call-announced-supposed"));
    }
    if !kept.left_out.is_empty() {
        let councils = kept.left_out.join(", ");
        notes.push(texts.with("call-announced-left-out", &[("councils", councils.into())]));
    }
    if kept.gap.as_str().bytes().any(|byte| !matches!(byte, b'0' | b'.')) {
        notes.push(texts.with("call-announced-gap", &[("amount", money(&kept.gap).into())]));
    }
    format!("{}\n{}", table.render(), notes.join(" "))
}
