//! `forge call simulate`: what would be owed if councils, ceilings, rule or cost were others.

use clap::Args;
use forge_api::{
    Amount,
    share::{Basis, Rule},
    simulation::{SimulatedShare, SimulatedVerdict, Simulation},
};
use forge_messages::Arg;

use super::draft::toml_value;
use crate::{
    client::path,
    commands::api::read,
    context::Context,
    csv,
    failure::{Exit, Failure},
    shown,
    table::{Side, Table},
    text::Texts,
};

#[derive(Debug, Default, Args)]
pub(crate) struct Simulate {
    call: String,
    #[arg(long, value_name = "COUNCIL", value_delimiter = ',')]
    add: Vec<String>,
    #[arg(long, value_name = "COUNCIL", value_delimiter = ',')]
    remove: Vec<String>,
    #[arg(long, value_name = "COUNCIL=AMOUNT")]
    ceiling: Vec<String>,
    #[arg(long, value_name = "COUNCIL=DAYS")]
    work: Vec<String>,
    #[arg(long, value_name = "FILE")]
    rule: Option<String>,
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    #[arg(long, value_name = "AMOUNT")]
    backstop: Option<String>,
    #[arg(long, value_name = "COUNCIL")]
    curve: Option<String>,
    #[arg(long)]
    csv: bool,
}

impl Simulate {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let told: Simulation = context.client()?.get(&self.address(context)?)?;
        if self.csv && !context.output.is_json() {
            return context.output.bytes(rows(&told).as_bytes());
        }
        let texts = &context.texts;
        context.output.answer(&told, || match self.curve {
            Some(_) => format!("{}\n\n{}", sheet(&told, texts), curve(&told, texts)),
            None => sheet(&told, texts),
        })
    }

    fn address(&self, context: &Context) -> Result<String, Failure> {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        lists(&mut query, &self.add, &self.remove);
        for ceiling in &self.ceiling {
            query.append_pair("ceiling", &pair(context, ("ceiling", ceiling))?);
        }
        for work in &self.work {
            query.append_pair("work", &pair(context, ("work", work))?);
        }
        if let Some(file) = &self.rule {
            query.append_pair("rule", &rule(context, file)?);
        }
        let single =
            [("amount", &self.amount), ("backstop", &self.backstop), ("council", &self.curve)];
        for (name, value) in single {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        Ok(format!("{}?{}", path(&["calls", &self.call, "simulate"]), query.finish()))
    }
}

/// `COUNCIL=VALUE` as the address has it.
fn pair(context: &Context, (name, text): (&str, &str)) -> Result<String, Failure> {
    let Some((council, value)) = text.split_once('=') else {
        let args = [("value", text.into())];
        let message = context.texts.with(&format!("cli-call-bad-{name}"), &args);
        return Err(Failure::new(Exit::Usage, format!("invalid_{name}"), message));
    };
    Ok(format!("{council}:{value}"))
}

/// The address of a simulation with these councils more and fewer.
pub(crate) fn address(call: &str, add: &[String], remove: &[String]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    lists(&mut query, add, remove);
    format!("{}?{}", path(&["calls", call, "simulate"]), query.finish())
}

fn lists(
    query: &mut url::form_urlencoded::Serializer<'_, String>,
    add: &[String],
    remove: &[String],
) {
    for (name, councils) in [("add", add), ("remove", remove)] {
        if !councils.is_empty() {
            query.append_pair(name, &councils.join(","));
        }
    }
}

/// A rule in a file, as JSON or as TOML; the word of a kind needs no file.
fn rule(context: &Context, file: &str) -> Result<String, Failure> {
    if ["equal", "population"].contains(&file) {
        return Ok(file.to_owned());
    }
    let invalid = |reason: String| {
        let args = [("path", file.into()), ("reason", reason.into())];
        let message = context.texts.with("cli-call-bad-rule", &args);
        Failure::new(Exit::Failed, "unknown_rule", message)
    };
    let text = String::from_utf8(read(context, file)?)
        .map_err(|_| invalid(context.texts.say("cli-not-utf8")))?;
    let rule: Rule = if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map_err(|error| invalid(error.to_string()))?
    } else {
        let value = toml_value(&text).map_err(&invalid)?;
        value.try_into().map_err(|error: toml::de::Error| invalid(error.to_string()))?
    };
    serde_json::to_string(&rule).map_err(|error| invalid(error.to_string()))
}

fn sheet(told: &Simulation, texts: &Texts) -> String {
    let some = |amount: &Option<Amount>| shown::some_amount(amount.as_ref(), &told.currency, texts);
    let money = |amount: &Amount| shown::amount(amount, &told.currency, texts);
    let mut table = Table::new(vec![
        (texts.say("cli-col-council"), Side::Left),
        (texts.say("cli-col-state"), Side::Left),
        (texts.say("cli-col-ceiling"), Side::Right),
        (texts.say("cli-col-now"), Side::Right),
        (then(told, texts), Side::Right),
        (texts.say("cli-col-note"), Side::Left),
    ]);
    for share in &told.councils {
        let state = share.state.map(|state| shown::word("pledge-state", &state, texts));
        let held = share.at_ceiling && share.then.is_some();
        table.row(vec![
            share.council.clone(),
            state.unwrap_or_default(),
            some(&share.ceiling),
            some(&share.now),
            some(&share.then),
            note(share, held, told, texts),
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
    format!("{}\n{}\n{}", head(told, texts), table.render(), end(told, texts))
}

/// What stands beside a share: the ceiling that holds it, the work that lowers it.
fn note(share: &SimulatedShare, held: bool, told: &Simulation, texts: &Texts) -> String {
    let money = |amount: &Amount| shown::amount(amount, &told.currency, texts);
    let held = held.then(|| texts.say("cli-call-at-ceiling"));
    let work = share.in_kind.as_ref();
    let work = work.map(|work| texts.with("work-gives", &[("amount", money(work).into())]));
    let gift = share.gift.as_ref();
    let gift = gift.map(|gift| texts.with("work-gift", &[("amount", money(gift).into())]));
    held.into_iter().chain(work).chain(gift).collect::<Vec<_>>().join(", ")
}

/// The call in one line.
fn head(told: &Simulation, texts: &Texts) -> String {
    let tax = match told.basis {
        Basis::Net => texts.say("call-ht"),
        Basis::Gross => texts.say("call-ttc"),
    };
    let args: [(&str, Arg<'_>); 6] = [
        ("ref", (&told.reference).into()),
        ("title", (&told.title).into()),
        ("amount", shown::amount(&told.target, &told.currency, texts).into()),
        ("basis", tax.into()),
        ("rule", shown::word("cli-rule", &told.rule.kind, texts).into()),
        ("deadline", shown::day(&told.deadline, texts).into()),
    ];
    texts.with("cli-simulate-head", &args)
}

/// What the last column supposes.
fn then(told: &Simulation, texts: &Texts) -> String {
    let list = |councils: &[String]| councils.join(", ");
    match (told.added.as_slice(), told.removed.as_slice()) {
        ([], []) => texts.say("cli-col-then"),
        (added, []) => texts.with("cli-col-with", &[("councils", list(added).into())]),
        ([], removed) => texts.with("cli-col-without", &[("councils", list(removed).into())]),
        (added, removed) => {
            let args = [("added", list(added).into()), ("removed", list(removed).into())];
            texts.with("cli-col-with-without", &args)
        }
    }
}

/// What is missing then, who covers it, and how the call would end.
fn end(told: &Simulation, texts: &Texts) -> String {
    let money = |amount: &Amount| shown::amount(amount, &told.currency, texts);
    let mut words = Vec::new();
    if !is_zero(&told.gap_then) {
        words.push(texts.with("cli-share-gap", &[("amount", money(&told.gap_then).into())]));
    }
    if let Some(backstop) = &told.backstop {
        let args =
            [("limit", money(&backstop.limit).into()), ("used", money(&backstop.used).into())];
        words.push(texts.with("cli-simulate-backstop", &args));
    }
    words.push(texts.say(match told.verdict {
        SimulatedVerdict::Succeeds => "call-simulation-succeeds",
        SimulatedVerdict::Partial => "call-simulation-partial",
        SimulatedVerdict::Fails => "call-simulation-fails",
    }));
    words.join(" ")
}

fn is_zero(amount: &Amount) -> bool {
    amount.as_str().bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

fn curve(told: &Simulation, texts: &Texts) -> String {
    let council = told.curve_of.clone().unwrap_or_default();
    let mut table = Table::new(vec![
        (texts.say("cli-col-councils"), Side::Right),
        (texts.with("cli-simulate-price", &[("council", council.into())]), Side::Right),
    ]);
    for point in &told.curve {
        let share = shown::amount(&point.share, &told.currency, texts);
        table.row(vec![point.councils.to_string(), share]);
    }
    table.render()
}

/// The figures for a spreadsheet: one line a council, then the gap.
fn rows(told: &Simulation) -> String {
    let some = |amount: &Option<Amount>| amount.as_ref().map_or("", Amount::as_str).to_owned();
    let mut text = csv::line(&["council", "state", "ceiling", "now", "then", "currency", "basis"]);
    let basis = match told.basis {
        Basis::Net => "net",
        Basis::Gross => "gross",
    };
    for share in &told.councils {
        let state = share.state.and_then(|state| serde_json::to_value(state).ok());
        let state = state.as_ref().and_then(|state| state.as_str()).unwrap_or_default().to_owned();
        let amounts = [&share.ceiling, &share.now, &share.then].map(some);
        let [ceiling, now, then] = &amounts;
        text += &csv::line(&[&share.council, &state, ceiling, now, then, &told.currency, basis]);
    }
    text
}
