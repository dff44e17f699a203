//! A call as its lead wrote it, read back from its rows: what a version keeps, what a reopened
//! call begins with, and what an amendment is compared to.

use forge_api::{
    Amount as Text,
    calls::{
        CallChange, CallVersion, Criterion, NewBackstop, NewCall, NewCriterion, NewMilestone,
        VersionSimulation,
    },
    share::Basis,
};
use forge_domain::{Id, calendar, id};
use forge_store::calls;
use serde_json::Value;

use super::{
    CallBook,
    answer::{subsidies, word},
};
use crate::{app::App, error::Error};

/// Everything a call says, in the words that would draft it again.
pub fn written(book: &CallBook) -> Result<NewCall, Error> {
    let row = &book.call;
    let amount = |minor: i64| Text(book.decimal(minor));
    Ok(NewCall {
        space: None,
        title: row.title.clone(),
        need: row.need.clone(),
        scope: some(&row.scope),
        out_of_scope: some(&row.out_of_scope),
        lang: Some(row.lang.clone()),
        modules: book
            .modules
            .iter()
            .map(|module| format!("{}/{}", module.owner_slug, module.slug))
            .collect(),
        currency: Some(row.currency.clone()),
        basis: word::<Basis>(&row.basis)?,
        vat_bp: u32::try_from(row.vat_bp).unwrap_or_default(),
        target: amount(row.target),
        minimum: Some(amount(row.minimum)),
        milestones: milestones(book)?,
        reserve_bp: u32::try_from(row.reserve_bp).unwrap_or_default(),
        rule: serde_json::from_str(&row.rule).map_err(anyhow::Error::from)?,
        floor: row.share_floor.map(amount),
        cap: row.share_cap.map(amount),
        subsidies: subsidies(book),
        min_councils: u32::try_from(row.councils_min).ok(),
        min_population: row.population_min,
        required_councils: book.required.iter().map(|one| one.slug.clone()).collect(),
        backstop: book.backstop.as_ref().map(|one| NewBackstop {
            guarantor: one.slug.clone(),
            limit: amount(one.amount_max),
            act_ref: one.act_ref.clone(),
            before_ceilings: one.before_ceilings,
        }),
        low_ceilings: row.low_ceilings,
        early_close: row.early_close,
        opens_on: row.opens_on.map(|day| day.to_string()),
        deadline: row.deadline.to_string(),
        grace_days: u32::try_from(row.grace_days).unwrap_or_default(),
        vehicle: Some(row.vehicle.clone()),
        profile: Some(row.profile.clone()),
        licence: Some(row.licence.clone()),
        lead: Some(row.lead_slug.clone()),
        treasurer: Some(row.treasurer_slug.clone()),
    })
}

fn milestones(book: &CallBook) -> Result<Vec<NewMilestone>, Error> {
    let one = |slice: &forge_store::calls::Milestone| {
        let criteria: Vec<Criterion> =
            serde_json::from_str(&slice.criteria).map_err(anyhow::Error::from)?;
        Ok(NewMilestone {
            title: slice.title.clone(),
            amount: Text(book.decimal(slice.amount)),
            due_on: slice.due_on.map(|day| day.to_string()),
            criteria: criteria.into_iter().map(NewCriterion::Linked).collect(),
        })
    };
    book.milestones.iter().map(one).collect()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Everything a call said since it was published, and what each version changed, first first.
pub async fn versions(app: &App, call: Id<id::Call>) -> Result<Vec<CallVersion>, Error> {
    let mut told: Vec<CallVersion> = Vec::new();
    for row in calls::versions(&app.db, call).await? {
        let terms: NewCall = serde_json::from_str(&row.terms).map_err(anyhow::Error::from)?;
        let changes = match told.last() {
            Some(before) => changes(&before.terms, &terms)?,
            None => Vec::new(),
        };
        let simulation = kept(row.simulation.as_deref())?;
        told.push(CallVersion {
            number: row.number,
            created_at: calendar::format_instant(row.created_at),
            reason: row.reason,
            changes,
            terms,
            simulation,
        });
    }
    Ok(told)
}

/// What a version was published with, where there is such a version and it has any.
pub async fn simulation(
    app: &App,
    call: Id<id::Call>,
    number: i64,
) -> Result<Option<VersionSimulation>, Error> {
    let row = calls::version_of(&app.db, call, number).await?;
    kept(row.and_then(|row| row.simulation).as_deref())
}

fn kept(simulation: Option<&str>) -> Result<Option<VersionSimulation>, Error> {
    let read = simulation.map(serde_json::from_str).transpose();
    Ok(read.map_err(anyhow::Error::from)?)
}

/// What differs between two versions, field by field, in the order of the fields' names.
pub fn changes(before: &NewCall, after: &NewCall) -> Result<Vec<CallChange>, Error> {
    let (before, after) = (fields(before)?, fields(after)?);
    let mut changes = Vec::new();
    for (field, was) in &before {
        let is = after.get(field).unwrap_or(&Value::Null);
        if was != is {
            changes.push(CallChange { field: field.clone(), before: shown(was), after: shown(is) });
        }
    }
    Ok(changes)
}

fn fields(call: &NewCall) -> Result<serde_json::Map<String, Value>, Error> {
    match serde_json::to_value(call).map_err(anyhow::Error::from)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(anyhow::anyhow!("a call is no object").into()),
    }
}

/// A value in a line or, where it has parts, a line a part.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) if parts.is_empty() => None,
        Value::Array(parts) => Some(parts.iter().filter_map(shown).collect::<Vec<_>>().join("\n")),
        Value::Object(fields) => {
            let told = fields.iter().filter_map(|(name, value)| {
                let value = shown(value)?;
                let plain = matches!(name.as_str(), "text" | "title" | "label" | "kind");
                Some(if plain { value } else { format!("{name}: {value}") })
            });
            Some(told.collect::<Vec<_>>().join(", "))
        }
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
    }
}
