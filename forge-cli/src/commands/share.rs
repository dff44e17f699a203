//! `forge share`: shares to the cent, without a server.

use clap::{Args, Subcommand};
use forge_api::share::{ShareError, ShareOutcome, ShareRequest, compute};
use forge_domain::money::{Amount, Currency};

use super::api::read;
use crate::{
    context::Context,
    failure::{Exit, Failure},
    shown,
    table::{Side, Table},
    text::Texts,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Share {
    Compute(Compute),
}

#[derive(Debug, Args)]
pub(crate) struct Compute {
    #[arg(long, value_name = "FILE")]
    from: String,
}

impl Share {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Compute(command) => command.run(context),
        }
    }
}

impl Compute {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let bytes = read(context, &self.from)?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::new(Exit::Failed, "invalid_request", context.texts.say("cli-not-utf8"))
        })?;
        let outcome = ShareRequest::from_json(&text)
            .and_then(|request| compute(&request))
            .map_err(|ShareError { code, message }| Failure::new(Exit::Failed, code, message))?;
        context.output.answer(&outcome, || table(&outcome, &context.texts))
    }
}

/// The shares as a table: a column for the tax and for each tranche where there are any.
fn table(outcome: &ShareOutcome, texts: &Texts) -> String {
    let money = |amount: &forge_api::Amount| shown::amount(amount, &outcome.currency, texts);
    let mut columns = vec![
        (texts.say("cli-share-council"), Side::Left),
        (texts.say("cli-share-share"), Side::Right),
    ];
    if outcome.vat.is_some() {
        columns.push((texts.say("cli-share-vat"), Side::Right));
    }
    let gives = !outcome.gifts.is_empty();
    if gives {
        columns.push((texts.say("cli-share-gift"), Side::Right));
    }
    for number in 1..=outcome.tranches.len() {
        let heading = texts.with("cli-share-tranche", &[("n", number.into())]);
        columns.push((heading, Side::Right));
    }
    let mut table = Table::new(columns);
    for (council, share) in &outcome.shares {
        let mut row = vec![council.clone(), money(share)];
        if let Some(vat) = &outcome.vat {
            row.push(vat.shares.get(council).map(money).unwrap_or_default());
        }
        if gives {
            row.push(outcome.gifts.get(council).map(money).unwrap_or_default());
        }
        for tranche in &outcome.tranches {
            row.push(tranche.shares.get(council).map(money).unwrap_or_default());
        }
        table.row(row);
    }
    let mut total = vec![texts.say("cli-share-total"), sum(outcome, texts)];
    total.extend(outcome.vat.iter().map(|vat| money(&vat.total)));
    total.extend(gives.then(String::new));
    total.extend(outcome.tranches.iter().map(|tranche| money(&tranche.amount)));
    table.row(total);
    let gap = texts.with("cli-share-gap", &[("amount", money(&outcome.gap).into())]);
    let none = outcome.gap.as_str().bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if none { table.render() } else { format!("{}\n\n{gap}", table.render()) }
}

/// What the councils pay together.
fn sum(outcome: &ShareOutcome, texts: &Texts) -> String {
    let read = |currency| {
        let shares = outcome.shares.values();
        let amounts: Result<Vec<Amount>, _> =
            shares.map(|share| share.to_domain(currency)).collect();
        Amount::checked_sum(amounts?)
    };
    Currency::from_code(&outcome.currency)
        .and_then(|currency| {
            let sum = forge_api::Amount::from_domain(read(currency)?, currency);
            Ok(shown::amount(&sum, &outcome.currency, texts))
        })
        .unwrap_or_default()
}
