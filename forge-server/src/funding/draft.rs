//! From a call as its lead writes it to the rows of a draft: every text is parsed here, once.

use forge_api::calls::{Criterion, NewCall, NewCriterion};
use forge_domain::{
    calendar,
    milestone::MilestoneState,
    money::{Amount, Currency},
    sharing,
};
use forge_store::{
    calls::{Draft, Milestone, Subsidy},
    councils::Council,
    spaces::Space,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{book::net_of, wrong, wrong_amount, wrong_because};
use crate::{actions::fields::website, error::Error, profiles::Profiles};

/// The longest line of a call: titles and the like.
const LINE_CHARS_MAX: usize = 200;
/// The longest text of a call.
const TEXT_CHARS_MAX: usize = 50_000;
/// The most slices or grants of a call.
const PARTS_MAX: usize = 50;

/// The rows of a draft.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The call itself.
    pub draft: Draft,
    /// Its slices.
    pub milestones: Vec<Milestone>,
    /// Its grants.
    pub subsidies: Vec<Subsidy>,
    /// The limit of its guarantee and the act that rests on, where it has one.
    pub backstop: Option<(i64, String)>,
}

/// What a draft is read against.
#[derive(Debug)]
pub struct Around<'a> {
    /// Its space.
    pub space: &'a Space,
    /// The council that carries it.
    pub lead: &'a Council,
    /// The body that receives contributions.
    pub treasurer: &'a Council,
    /// The country profiles.
    pub profiles: &'a Profiles,
    /// The instant of the act.
    pub now: Timestamp,
}

/// Reads a draft.
///
/// # Errors
/// [`Error::Refused`] with the field that is wrong.
pub fn parse(new: &NewCall, around: &Around<'_>) -> Result<Parsed, Error> {
    let code = new.currency.as_deref().unwrap_or(&around.space.currency);
    let currency = Currency::from_code(code).map_err(|error| wrong_amount("currency", &error))?;
    let optional = |field, text: &Option<forge_api::Amount>| {
        text.as_ref().map(|text| positive(field, text, currency)).transpose()
    };
    let target = positive("target", &new.target, currency)?;
    let minimum = optional("minimum", &new.minimum)?.unwrap_or(target);
    let milestones = milestones(new, target, currency)?;
    if new.basis == forge_api::share::Basis::Gross {
        let slices: i64 = milestones.iter().map(|slice| slice.amount).sum();
        let reserve = target.minor().saturating_sub(slices);
        let documents = milestones.iter().map(|slice| slice.amount).chain([reserve]);
        for gross in documents.filter(|gross| *gross > 0) {
            net_of(Amount::from_minor(gross), new.vat_bp)
                .map_err(|_| wrong("milestones", "gross_without_net"))?;
        }
    }
    let rule = new.rule.to_domain(currency).map_err(|error| share_error("rule", &error))?;
    let (floor, cap) = (optional("floor", &new.floor)?, optional("cap", &new.cap)?);
    let days = days(new, around)?;
    let rule = forge_api::share::Rule::from_domain(&rule, currency);
    let draft = Draft {
        title: line("title", &new.title)?,
        need: required_text("need", &new.need)?,
        scope: text("scope", new.scope.as_deref().unwrap_or_default())?,
        out_of_scope: text("out_of_scope", new.out_of_scope.as_deref().unwrap_or_default())?,
        lang: lang(new.lang.as_deref().unwrap_or(&around.space.lang))?,
        currency: currency.code().to_owned(),
        basis: basis_name(new.basis).to_owned(),
        vat_bp: i64::from(new.vat_bp),
        target: target.minor(),
        minimum: minimum.minor(),
        reserve_bp: i64::from(new.reserve_bp),
        rule: serde_json::to_string(&rule).map_err(anyhow::Error::from)?,
        share_floor: floor.map(Amount::minor),
        share_cap: cap.map(Amount::minor),
        councils_min: i64::from(new.min_councils.unwrap_or(2)),
        population_min: new.min_population.filter(|least| *least > 0),
        low_ceilings: new.low_ceilings,
        early_close: new.early_close,
        opens_on: days.opens_on,
        deadline: days.deadline,
        deadline_at: days.deadline_at,
        grace_days: i64::from(new.grace_days),
        vehicle: line("vehicle", new.vehicle.as_deref().unwrap_or("each_buys"))?,
        profile: profile(around.profiles, new.profile.as_deref().unwrap_or("generic"))?,
        licence: line("licence", new.licence.as_deref().unwrap_or(&around.space.licence))?,
        lead_id: around.lead.id,
        treasurer_id: around.treasurer.id,
    };
    let backstop = new.backstop.as_ref().map(|given| backstop(given, currency)).transpose()?;
    Ok(Parsed { draft, milestones, subsidies: subsidies(new, currency)?, backstop })
}

fn backstop(
    given: &forge_api::calls::NewBackstop,
    currency: Currency,
) -> Result<(i64, String), Error> {
    let limit = positive("backstop", &given.limit, currency)?;
    Ok((limit.minor(), line("backstop", &given.act_ref)?))
}

struct Days {
    opens_on: Option<Date>,
    deadline: Date,
    deadline_at: Timestamp,
}

fn days(new: &NewCall, around: &Around<'_>) -> Result<Days, Error> {
    let zone = zone(&around.space.time_zone)?;
    let deadline = date("deadline", &new.deadline)?;
    let deadline_at = calendar::deadline_instant(deadline, &zone)
        .map_err(|error| wrong("deadline", error.code()))?;
    if deadline_at <= around.now {
        return Err(wrong("deadline", "deadline_past"));
    }
    let opens_on = new.opens_on.as_deref().map(|text| date("opens_on", text)).transpose()?;
    Ok(Days { opens_on, deadline, deadline_at })
}

/// The time zone of a space.
pub fn zone(name: &str) -> Result<TimeZone, Error> {
    Ok(calendar::parse_zone(name).map_err(anyhow::Error::from)?)
}

/// A date of a form.
pub fn date(field: &'static str, text: &str) -> Result<Date, Error> {
    calendar::parse_date(text.trim()).map_err(|error| wrong(field, error.code()))
}

fn milestones(new: &NewCall, target: Amount, currency: Currency) -> Result<Vec<Milestone>, Error> {
    if new.milestones.len() > PARTS_MAX {
        return Err(wrong("milestones", "too_many_milestones"));
    }
    if new.milestones.is_empty() && new.reserve_bp == 0 {
        // One slice is all of it.
        return Ok(vec![Milestone {
            position: 1,
            title: line("title", &new.title)?,
            amount: target.minor(),
            due_on: None,
            criteria: "[]".to_owned(),
            state: MilestoneState::Planned,
        }]);
    }
    let read = |(position, slice): (i64, &forge_api::calls::NewMilestone)| {
        Ok(Milestone {
            position,
            title: line("milestones", &slice.title)?,
            amount: positive("milestones", &slice.amount, currency)?.minor(),
            due_on: slice.due_on.as_deref().map(|day| date("milestones", day)).transpose()?,
            criteria: criteria(&slice.criteria)?,
            state: MilestoneState::Planned,
        })
    };
    (1..).zip(&new.milestones).map(read).collect()
}

/// The criteria of a slice, as they are stored.
fn criteria(given: &[NewCriterion]) -> Result<String, Error> {
    if given.len() > PARTS_MAX {
        return Err(wrong("milestones", "too_many_criteria"));
    }
    let read = |one: &NewCriterion| {
        let (text, link) = match one {
            NewCriterion::Text(text) => (text, None),
            NewCriterion::Linked(Criterion { text, link }) => (text, link.as_deref()),
        };
        let link = website(link.unwrap_or_default()).map_err(|code| wrong("milestones", code))?;
        Ok(Criterion { text: line("milestones", text)?, link })
    };
    let criteria = given.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
    Ok(serde_json::to_string(&criteria).map_err(anyhow::Error::from)?)
}

fn subsidies(new: &NewCall, currency: Currency) -> Result<Vec<Subsidy>, Error> {
    if new.subsidies.len() > PARTS_MAX {
        return Err(wrong("subsidies", "too_many_subsidies"));
    }
    let read = |(position, subsidy): (i64, &forge_api::share::Subsidy)| {
        let label = line("subsidies", subsidy.label.as_deref().unwrap_or_default())?;
        let parsed = subsidy
            .to_domain(&format!("subsidies[{}]", position - 1), currency)
            .map_err(|error| share_error("subsidies", &error))?;
        Ok(match parsed {
            sharing::Subsidy::Fixed(amount) => Subsidy {
                position,
                label,
                amount: Some(amount.minor()),
                rate_bp: None,
                amount_max: None,
            },
            sharing::Subsidy::Rate { base: Some(_), .. } => {
                return Err(wrong("subsidies", "subsidy_base"));
            }
            sharing::Subsidy::Rate { bp, base: None, cap } => Subsidy {
                position,
                label,
                amount: None,
                rate_bp: Some(i64::from(bp)),
                amount_max: cap.map(Amount::minor),
            },
        })
    };
    (1..).zip(&new.subsidies).map(read).collect()
}

/// An amount above zero.
pub fn positive(
    field: &'static str,
    text: &forge_api::Amount,
    currency: Currency,
) -> Result<Amount, Error> {
    let amount = text.to_domain(currency).map_err(|error| wrong_amount(field, &error))?;
    if amount.is_zero() { Err(wrong(field, "amount_zero")) } else { Ok(amount) }
}

fn share_error(field: &'static str, error: &forge_api::share::ShareError) -> Error {
    let code = match error.code.as_str() {
        "overflow" => "overflow",
        "currency_mismatch" => "currency_mismatch",
        "unknown_rule" => "unknown_rule",
        _ => "invalid_amount",
    };
    wrong_because(field, code, vec![("why", error.message.clone())])
}

fn basis_name(basis: forge_api::share::Basis) -> &'static str {
    match basis {
        forge_api::share::Basis::Net => "net",
        forge_api::share::Basis::Gross => "gross",
    }
}

/// A text of one line that is not empty.
pub fn line(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 {
        return Err(wrong(field, "text_missing"));
    }
    if length > LINE_CHARS_MAX || text.chars().any(char::is_control) {
        return Err(wrong(field, "text_too_long"));
    }
    Ok(text.to_owned())
}

/// A text of several lines that is not empty.
pub fn required_text(field: &'static str, given: &str) -> Result<String, Error> {
    let given = text(field, given)?;
    if given.is_empty() { Err(wrong(field, "text_missing")) } else { Ok(given) }
}

/// A text of several lines.
pub fn text(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.chars().count() > TEXT_CHARS_MAX || text.contains('\0') {
        return Err(wrong(field, "text_too_long"));
    }
    Ok(text.to_owned())
}

fn profile(profiles: &Profiles, given: &str) -> Result<String, Error> {
    let found = profiles.get(given).ok_or_else(|| wrong("profile", "profile_unknown"))?;
    Ok(found.code.clone())
}

fn lang(tag: &str) -> Result<String, Error> {
    let plain = (2..=12).contains(&tag.len())
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain { Ok(tag.to_owned()) } else { Err(wrong("lang", "unknown_word")) }
}
