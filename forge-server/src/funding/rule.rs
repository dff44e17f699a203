//! How shares are computed, in sentences: the rule as the call states it.

use forge_domain::{
    money::Amount,
    sharing::{Measure, PopulationBasis, Rule},
};
use forge_messages::Arg;
use serde::Serialize;

use super::{CallBook, say::Say};

/// The rule of a call.
#[derive(Debug, Clone, Serialize)]
pub struct RuleText {
    /// The rule in one sentence.
    pub rule: String,
    /// What is done around it: grants, floors, caps, ceilings, cents that are over.
    pub steps: Vec<String>,
    /// The bands of a rule by bands.
    pub bands: Vec<BandRow>,
}

/// One band.
#[derive(Debug, Clone, Serialize)]
pub struct BandRow {
    /// The largest population in it; none for the last.
    pub upto: Option<i64>,
    /// What each of its councils weighs.
    pub weight: i64,
}

/// Words the rule of a call.
pub fn rule_text(book: &CallBook, say: Say<'_>) -> RuleText {
    let mut steps = Vec::new();
    if !book.subsidies.is_empty() {
        steps.push(say.text("call-how-subsidies"));
    }
    if let Some(floor) = book.call.share_floor.map(Amount::from_minor) {
        steps.push(say.with("call-how-floor", &[("amount", say.amount(floor))]));
    }
    if let Some(cap) = book.call.share_cap.map(Amount::from_minor) {
        steps.push(say.with("call-how-cap", &[("amount", say.amount(cap))]));
    }
    steps.push(say.text("call-how-ceilings"));
    steps.push(say.text("call-how-cents"));
    steps.push(say.text("call-how-paradox"));
    RuleText { rule: sentence(&book.rule, say), steps, bands: bands(&book.rule) }
}

fn sentence(rule: &Rule, say: Say<'_>) -> String {
    match rule {
        Rule::By(measure) => by(measure, say),
        Rule::Envelopes(parts) => {
            let parts = parts.iter().map(|part| {
                let bp = i64::from(part.bp);
                let percent = percent(bp, say);
                let what = short(&part.measure, say);
                say.with("call-rule-part", &[("percent", percent.into()), ("what", what.into())])
            });
            let parts = say.list(parts.collect());
            say.with("call-rule-envelopes-text", &[("parts", parts.into())])
        }
        Rule::Fixed(_) => say.text("call-rule-fixed-text"),
        Rule::Open(_) => say.text("call-rule-open-text"),
    }
}

fn by(measure: &Measure, say: Say<'_>) -> String {
    match measure {
        Measure::Equal => say.text("call-rule-equal-text"),
        Measure::Population(basis) => {
            say.with("call-rule-population-text", &[("basis", basis_word(basis, say).into())])
        }
        Measure::Bands { basis, .. } => {
            say.with("call-rule-bands-text", &[("basis", basis_word(basis, say).into())])
        }
        Measure::Criterion(criterion) => {
            let name = criterion.name.clone().unwrap_or_default();
            say.with("call-rule-criteria-text", &[("name", name.into())])
        }
    }
}

/// A measure inside an envelope, in a few words.
fn short(measure: &Measure, say: Say<'_>) -> String {
    match measure {
        Measure::Equal => say.text("call-rule-equal-short"),
        Measure::Population(basis) => {
            say.with("call-rule-population-short", &[("basis", basis_word(basis, say).into())])
        }
        Measure::Bands { .. } => say.text("call-rule-bands-short"),
        Measure::Criterion(criterion) => {
            let name = criterion.name.clone().unwrap_or_default();
            say.with("call-rule-criteria-short", &[("name", name.into())])
        }
    }
}

fn basis_word(basis: &PopulationBasis, say: Say<'_>) -> String {
    let kind = match basis.kind.as_deref() {
        Some("municipale") => say.text("call-population-municipale"),
        Some("totale") => say.text("call-population-totale"),
        Some(other) => say.with("call-population-kind", &[("kind", Arg::from(other))]),
        None => say.text("call-population-any"),
    };
    match basis.vintage.as_deref() {
        Some(year) => {
            say.with("call-population-of", &[("kind", kind.into()), ("year", Arg::from(year))])
        }
        None => kind,
    }
}

fn percent(bp: i64, say: Say<'_>) -> String {
    let decimals = u8::from(bp % 100 != 0) * 2;
    say.percent(bp, decimals)
}

fn bands(rule: &Rule) -> Vec<BandRow> {
    let Rule::By(Measure::Bands { bands, .. }) = rule else { return Vec::new() };
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    bands
        .iter()
        .map(|band| BandRow { upto: band.upto.map(number), weight: number(band.weight) })
        .collect()
}
