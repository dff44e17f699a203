//! A call as its lead types it, and back: between the fields of the form and what acts take.

use std::collections::BTreeMap;

use forge_api::{
    Amount as Text,
    calls::{Criterion, NewBackstop, NewCall, NewCriterion, NewMilestone},
    share::{Band, Basis, Rule, Subsidy},
};
use forge_domain::money::{Amount, Currency};
use forge_messages::Locale;

use super::simulation::style;
use crate::{
    error::Error,
    funding::{CallBook, wrong},
    web::form::{Given, day},
};

/// How many rows of milestones a new form has.
pub const ROWS: usize = 3;
/// How many it can have.
pub const ROWS_MAX: usize = 50;
/// How many rows of grants a new form has.
pub const GRANTS: usize = 2;
/// How many are read: those of a call that a file or a program made are shown and kept too.
pub const GRANTS_MAX: usize = 20;

/// Reads the form.
///
/// # Errors
/// [`Error::Refused`] with the field that cannot be read.
pub fn read(given: &Given, currency: Currency, locale: Locale) -> Result<NewCall, Error> {
    let typed = Typed { given, currency, locale };
    let deadline = day("deadline", given.get("deadline"))?;
    let deadline = deadline.ok_or_else(|| wrong("deadline", "date_missing"))?;
    Ok(NewCall {
        space: None,
        title: typed.text("title").unwrap_or_default(),
        need: typed.text("need").unwrap_or_default(),
        scope: typed.text("scope"),
        out_of_scope: typed.text("out_of_scope"),
        lang: typed.text("lang"),
        modules: typed.lines("modules"),
        currency: Some(currency.code().to_owned()),
        basis: if given.get("basis") == "net" { Basis::Net } else { Basis::Gross },
        vat_bp: typed.percent("vat_bp")?,
        target: typed.amount("target").unwrap_or_else(|| Text(String::new())),
        minimum: typed.amount("minimum"),
        milestones: typed.milestones()?,
        reserve_bp: typed.percent("reserve_bp")?,
        rule: typed.rule()?,
        floor: typed.amount("floor"),
        cap: typed.amount("cap"),
        subsidies: typed.grants()?,
        min_councils: typed.number("min_councils")?,
        min_population: typed.number("min_population")?,
        required_councils: typed.lines("required_councils"),
        backstop: typed.backstop(),
        low_ceilings: given.get("low_ceilings") == "yes",
        early_close: given.get("early_close") == "yes",
        opens_on: day("opens_on", given.get("opens_on"))?.map(|day| day.to_string()),
        deadline: deadline.to_string(),
        grace_days: typed.number("grace_days")?.unwrap_or_default(),
        vehicle: typed.text("vehicle"),
        profile: typed.text("profile"),
        licence: typed.text("licence"),
        lead: typed.text("lead"),
        treasurer: typed.text("treasurer"),
    })
}

struct Typed<'a> {
    given: &'a Given,
    currency: Currency,
    locale: Locale,
}

impl Typed<'_> {
    fn text(&self, name: &str) -> Option<String> {
        Some(self.given.get(name).trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.given.get(name).lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// What cannot be read goes on as it is, so that the act says what is wrong with it.
    fn amount(&self, name: &str) -> Option<Text> {
        self.text(name).map(|text| self.amount_of(&text))
    }

    fn amount_of(&self, text: &str) -> Text {
        let read = Amount::parse_styled(text, self.currency, style(self.locale));
        Text(read.map_or_else(|_| text.to_owned(), |amount| amount.to_decimal(self.currency)))
    }

    fn number<N: std::str::FromStr>(&self, name: &'static str) -> Result<Option<N>, Error> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        digits.parse().map(Some).map_err(|_| wrong(name, "not_a_number"))
    }

    /// A rate in percent, with two decimals at most, in basis points.
    fn percent(&self, name: &'static str) -> Result<u32, Error> {
        self.text(name).map_or(Ok(0), |text| percent(name, &text, self.locale))
    }

    fn milestones(&self) -> Result<Vec<NewMilestone>, Error> {
        let mut milestones = Vec::new();
        for n in 1..=ROWS_MAX {
            let title = self.text(&format!("milestone_title_{n}"));
            let amount = self.amount(&format!("milestone_amount_{n}"));
            if title.is_none() && amount.is_none() {
                continue;
            }
            let due = day("milestones", self.given.get(&format!("milestone_due_{n}")))?;
            milestones.push(NewMilestone {
                title: title.unwrap_or_default(),
                amount: amount.unwrap_or_else(|| Text(String::new())),
                due_on: due.map(|day| day.to_string()),
                criteria: self.criteria(&format!("milestone_criteria_{n}")),
            });
        }
        Ok(milestones)
    }

    /// One criterion a line; an address at its end is its link.
    fn criteria(&self, name: &str) -> Vec<NewCriterion> {
        let read = |line: String| match line.rsplit_once(char::is_whitespace) {
            Some((text, link)) if is_address(link) => NewCriterion::Linked(Criterion {
                text: text.trim().to_owned(),
                link: Some(link.to_owned()),
            }),
            _ => NewCriterion::Text(line),
        };
        self.lines(name).into_iter().map(read).collect()
    }

    fn backstop(&self) -> Option<NewBackstop> {
        let guarantor = self.text("backstop_guarantor")?;
        Some(NewBackstop {
            guarantor,
            limit: self.amount("backstop_limit").unwrap_or_else(|| Text(String::new())),
            act_ref: self.text("backstop_act").unwrap_or_default(),
            before_ceilings: self.given.get("backstop_before") == "yes",
        })
    }

    /// A grant is an amount, or a rate of the cost up to a cap.
    fn grants(&self) -> Result<Vec<Subsidy>, Error> {
        let mut grants = Vec::new();
        for n in 1..=GRANTS_MAX {
            let label = self.text(&format!("grant_label_{n}"));
            let amount = self.amount(&format!("grant_amount_{n}"));
            let rate = self.given.get(&format!("grant_rate_{n}"));
            let rate_bp = if rate.trim().is_empty() {
                None
            } else {
                Some(percent("subsidies", rate, self.locale)?)
            };
            if label.is_some() || amount.is_some() || rate_bp.is_some() {
                let cap = self.amount(&format!("grant_cap_{n}"));
                grants.push(Subsidy { label, amount, rate_bp, base: None, cap });
            }
        }
        Ok(grants)
    }

    fn rule(&self) -> Result<Rule, Error> {
        let kind = self.given.get("rule");
        let plain = Rule {
            oversubscription: None,
            next: None,
            mode: Some("split".to_owned()),
            kind: kind.to_owned(),
            bp: None,
            population: None,
            vintage: None,
            bands: None,
            parts: None,
            amounts: None,
            values: None,
            criterion: None,
            source: None,
        };
        let counted = |rule: Rule| Rule {
            population: self.text("rule_population"),
            vintage: self.text("rule_vintage"),
            ..rule
        };
        Ok(match kind {
            "population" => counted(plain),
            "bands" => counted(Rule { bands: Some(self.bands()?), ..plain }),
            "envelopes" => {
                let equal = self.percent("rule_equal")?;
                let part = |kind: &str, bp| Rule {
                    mode: None,
                    kind: kind.to_owned(),
                    bp: Some(bp),
                    ..plain.clone()
                };
                let rest = counted(part("population", 10_000_u32.saturating_sub(equal)));
                Rule { parts: Some(vec![part("equal", equal), rest]), ..plain }
            }
            "criteria" => Rule {
                criterion: self.text("rule_criterion"),
                values: Some(self.values()?),
                ..plain
            },
            "fixed" => Rule { amounts: Some(self.amounts()?), ..plain },
            _ => plain,
        })
    }

    /// `25000: 22` a line; the last without a bound.
    fn bands(&self) -> Result<Vec<Band>, Error> {
        let fault = || wrong("rule_values", "rule_values");
        let number = |text: &str| {
            let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            digits.parse::<u64>().map_err(|_| fault())
        };
        let band = |line: String| match line.rsplit_once(':') {
            Some((upto, weight)) => Ok(Band { upto: Some(number(upto)?), weight: number(weight)? }),
            None => Ok(Band { upto: None, weight: number(&line)? }),
        };
        self.lines("rule_values").into_iter().map(band).collect()
    }

    /// `council: 12` a line.
    fn values(&self) -> Result<BTreeMap<String, u64>, Error> {
        let fault = || wrong("rule_values", "rule_values");
        let value = |line: String| {
            let (council, value) = line.rsplit_once(':').ok_or_else(fault)?;
            Ok((council.trim().to_lowercase(), value.trim().parse().map_err(|_| fault())?))
        };
        self.lines("rule_values").into_iter().map(value).collect()
    }

    /// `council: 12 500,00` a line.
    fn amounts(&self) -> Result<BTreeMap<String, Text>, Error> {
        let fault = || wrong("rule_values", "rule_values");
        let amount = |line: String| {
            let (council, amount) = line.rsplit_once(':').ok_or_else(fault)?;
            Ok((council.trim().to_lowercase(), self.amount_of(amount.trim())))
        };
        self.lines("rule_values").into_iter().map(amount).collect()
    }
}

/// A rate in percent as people of this language type it, in basis points.
fn percent(field: &'static str, text: &str, locale: Locale) -> Result<u32, Error> {
    let text = text.trim().trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']);
    // A percentage has the two decimals that an amount in euros has.
    let read = Amount::parse_styled(text, Currency::EUR, style(locale));
    let bp = read.ok().and_then(|bp| u32::try_from(bp.minor()).ok());
    bp.filter(|bp| *bp <= 10_000).ok_or_else(|| wrong(field, "not_a_percentage"))
}

/// A rate in basis points as a percentage.
fn rate(bp: i64) -> String {
    Amount::from_minor(bp).to_decimal(Currency::EUR)
}

/// A draft as the fields of its form.
pub fn write(book: &CallBook) -> Given {
    let row = &book.call;
    let amount = |minor: Option<i64>| minor.map(|minor| book.decimal(minor)).unwrap_or_default();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let yes = |is: bool| if is { "yes" } else { "" };
    let count = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let modules: Vec<String> =
        book.modules.iter().map(|one| format!("{}/{}", one.owner_slug, one.slug)).collect();
    let mut given = Given::default()
        .with("title", &row.title)
        .with("need", &row.need)
        .with("scope", &row.scope)
        .with("out_of_scope", &row.out_of_scope)
        .with("lang", &row.lang)
        .with("modules", modules.join("\n"))
        .with("basis", &row.basis)
        .with("vat_bp", rate(row.vat_bp))
        .with("reserve_bp", rate(row.reserve_bp))
        .with("target", amount(Some(row.target)))
        .with("minimum", amount(Some(row.minimum)))
        .with("floor", amount(row.share_floor))
        .with("cap", amount(row.share_cap))
        .with("min_councils", row.councils_min.to_string())
        .with("min_population", count(row.population_min))
        .with("low_ceilings", yes(row.low_ceilings))
        .with("early_close", yes(row.early_close))
        .with("opens_on", day(row.opens_on))
        .with("deadline", row.deadline.to_string())
        .with("grace_days", row.grace_days.to_string())
        .with("vehicle", &row.vehicle)
        .with("profile", &row.profile)
        .with("licence", &row.licence)
        .with("lead", &row.lead_slug)
        .with("treasurer", &row.treasurer_slug)
        .with("version", row.version.to_string());
    for (n, slice) in (1..).zip(&book.milestones) {
        let criteria = criteria_lines(&slice.criteria);
        given = given
            .with(&format!("milestone_title_{n}"), &slice.title)
            .with(&format!("milestone_amount_{n}"), amount(Some(slice.amount)))
            .with(&format!("milestone_due_{n}"), day(slice.due_on))
            .with(&format!("milestone_criteria_{n}"), criteria.join("\n"));
    }
    for (n, grant) in (1..).zip(&book.subsidies) {
        given = given
            .with(&format!("grant_label_{n}"), &grant.label)
            .with(&format!("grant_amount_{n}"), amount(grant.amount))
            .with(&format!("grant_rate_{n}"), grant.rate_bp.map(rate).unwrap_or_default())
            .with(&format!("grant_cap_{n}"), amount(grant.amount_max));
    }
    let required: Vec<&str> = book.required.iter().map(|one| one.slug.as_str()).collect();
    given = given.with("required_councils", required.join("\n"));
    if let Some(backstop) = &book.backstop {
        given = given
            .with("backstop_guarantor", &backstop.slug)
            .with("backstop_limit", amount(Some(backstop.amount_max)))
            .with("backstop_act", &backstop.act_ref)
            .with("backstop_before", yes(backstop.before_ceilings));
    }
    write_rule(book, given)
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Stored criteria as lines, each with its link at the end.
fn criteria_lines(stored: &str) -> Vec<String> {
    let criteria: Vec<Criterion> = serde_json::from_str(stored).unwrap_or_default();
    let line = |one: Criterion| match one.link {
        Some(link) => format!("{} {link}", one.text),
        None => one.text,
    };
    criteria.into_iter().map(line).collect()
}

fn write_rule(book: &CallBook, given: Given) -> Given {
    let Ok(rule) = serde_json::from_str::<Rule>(&book.call.rule) else { return given };
    let part = |kind: &str| rule.parts.iter().flatten().find(|part| part.kind == kind);
    let counted = part("population").unwrap_or(&rule);
    let equal = part("equal").and_then(|part| part.bp).map(i64::from);
    let mut lines: Vec<String> = Vec::new();
    for band in rule.bands.iter().flatten() {
        lines.push(match band.upto {
            Some(upto) => format!("{upto}: {}", band.weight),
            None => band.weight.to_string(),
        });
    }
    for (council, value) in rule.values.iter().flatten() {
        lines.push(format!("{council}: {value}"));
    }
    for (council, amount) in rule.amounts.iter().flatten() {
        lines.push(format!("{council}: {amount}"));
    }
    given
        .with("rule", &rule.kind)
        .with("rule_population", counted.population.clone().unwrap_or_default())
        .with("rule_vintage", counted.vintage.clone().unwrap_or_default())
        .with("rule_equal", equal.map(rate).unwrap_or_default())
        .with("rule_criterion", rule.criterion.clone().unwrap_or_default())
        .with("rule_values", lines.join("\n"))
}
