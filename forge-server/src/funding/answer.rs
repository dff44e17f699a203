//! Calls and pledges as programs read them.

mod pledge;

pub use pledge::{awaits, evidence_answer, pledge, undated};

use forge_api::{
    Amount as Text,
    calls::{
        Backstop, BuyInCredit, Call, CallShare, CallState, ChosenSupplier, Contract, LateJoiner,
        Milestone, MilestoneState, Thresholds,
    },
    pledges::PledgeState,
    share::{Basis, Subsidy},
};
use forge_domain::{
    calendar,
    money::Amount,
    sharing::{self, ShareOutcome, Shares, SharingError, Standing},
};
use forge_store::{buy_ins::BuyIn, pledges};
use serde::de::DeserializeOwned;

use super::{CallBook, refused};
use crate::{app::App, error::Error};

/// A call as whoever may read it sees it.
pub fn call(app: &App, book: &CallBook) -> Result<Call, Error> {
    let row = &book.call;
    let amount = |minor: i64| Text(book.decimal(minor));
    let standing = book.standing().map_err(|error| refused(&error))?;
    let capacity = book.capacity().map_err(|error| refused(&error))?;
    let undecided = book.pledges.iter().filter(|pledge| pledge.state.is_undecided());
    let intended: i64 = undecided.filter_map(|pledge| pledge.ceiling).sum();
    let missing = row.target.saturating_sub(standing.means.minor()).max(0);
    Ok(Call {
        id: row.id.uuid(),
        reference: row.reference.clone(),
        space: row.space_slug.clone(),
        title: row.title.clone(),
        need: row.need.clone(),
        scope: row.scope.clone(),
        out_of_scope: row.out_of_scope.clone(),
        lang: row.lang.clone(),
        modules: book
            .modules
            .iter()
            .map(|module| format!("{}/{}", module.owner_slug, module.slug))
            .collect(),
        state: word::<CallState>(row.state.name())?,
        currency: row.currency.clone(),
        basis: word::<Basis>(&row.basis)?,
        vat_bp: u32::try_from(row.vat_bp).unwrap_or_default(),
        target: amount(row.target),
        thresholds: thresholds(book, &standing),
        capacity: amount(capacity.minor()),
        intended: amount(intended),
        missing: amount(missing),
        milestones: milestones(book, standing.means)?,
        reserve_bp: u32::try_from(row.reserve_bp).unwrap_or_default(),
        rule: serde_json::from_str(&row.rule).map_err(anyhow::Error::from)?,
        floor: row.share_floor.map(amount),
        cap: row.share_cap.map(amount),
        subsidies: subsidies(book),
        backstop: backstop(book),
        shares: shares(book)?,
        early_close: row.early_close,
        low_ceilings: row.low_ceilings,
        opens_on: row.opens_on.map(|day| day.to_string()),
        deadline: row.deadline.to_string(),
        deadline_at: calendar::format_instant(row.deadline_at),
        grace_days: u32::try_from(row.grace_days).unwrap_or_default(),
        vehicle: row.vehicle.clone(),
        profile: row.profile.clone(),
        licence: row.licence.clone(),
        lead: row.lead_slug.clone(),
        treasurer: row.treasurer_slug.clone(),
        published_at: row.published_at.map(calendar::format_instant),
        ended_at: row.ended_at.map(calendar::format_instant),
        end_reason: row.end_reason.clone(),
        extensions: u32::try_from(row.extensions).unwrap_or_default(),
        leave_until: row.leave_until.map(calendar::format_instant),
        contract: contract(book),
        chosen_supplier: chosen(book),
        late_joiners: book.buy_ins.iter().map(|one| late_joiner(book, one)).collect(),
        settled_at: row.settled_at.map(calendar::format_instant),
        closed_at: row.closed_at.map(calendar::format_instant),
        reopens: row.reopens.clone(),
        version: row.version,
        html_url: html_url(app, book),
    })
}

/// What is needed, and what there is.
fn thresholds(book: &CallBook, standing: &Standing) -> Thresholds {
    let row = &book.call;
    Thresholds {
        minimum: Text(book.decimal(row.minimum)),
        min_councils: u32::try_from(row.councils_min).unwrap_or_default(),
        councils: u32::try_from(standing.councils.len()).unwrap_or_default(),
        min_population: row.population_min,
        population: standing.councils.values().filter_map(|n| i64::try_from(*n).ok()).sum(),
        required_councils: book.required.iter().map(|one| one.slug.clone()).collect(),
        required_missing: book
            .required
            .iter()
            .filter(|one| !standing.councils.contains_key(&one.slug))
            .map(|one| one.slug.clone())
            .collect(),
    }
}

/// Who covers what is missing at the deadline.
fn backstop(book: &CallBook) -> Option<Backstop> {
    book.backstop.as_ref().map(|one| Backstop {
        guarantor: one.slug.clone(),
        limit: Text(book.decimal(one.amount_max)),
        act_ref: one.act_ref.clone(),
        before_ceilings: one.before_ceilings,
    })
}

/// The supplier a vote chose.
fn chosen(book: &CallBook) -> Option<ChosenSupplier> {
    book.chosen.as_ref().map(|one| ChosenSupplier {
        vote: one.vote_ref.clone(),
        supplier: one.supplier.clone(),
        reference: one.offer_ref.clone(),
        amount: Text(book.decimal(one.amount)),
    })
}

/// A council that joined after the shares were final, and what it brings to the others.
fn late_joiner(book: &CallBook, row: &BuyIn) -> LateJoiner {
    let amount = |minor| Text(book.decimal(minor));
    let pledge = book.pledges.iter().find(|pledge| pledge.id == row.pledge_id);
    let credits = book.credits.iter().filter(|credit| credit.pledge_id == row.pledge_id);
    LateJoiner {
        council: pledge.map(|pledge| pledge.council_slug.clone()).unwrap_or_default(),
        pledge: pledge.map(|pledge| pledge.reference.clone()).unwrap_or_default(),
        policy: row.policy.to_string(),
        price: amount(row.price),
        escalator_bp: u32::try_from(row.escalator_bp).unwrap_or_default(),
        waiver: row.waiver.clone(),
        amount: amount(row.amount),
        apart: amount(row.apart),
        credits: credits
            .map(|credit| BuyInCredit {
                council: credit.council_slug.clone(),
                credit: amount(credit.credit),
                lowered: amount(credit.lowered),
            })
            .collect(),
        joined_at: calendar::format_instant(row.joined_at),
    }
}

/// The contract under which the work is done.
fn contract(book: &CallBook) -> Option<Contract> {
    book.contract.as_ref().map(|one| Contract {
        reference: one.reference.clone(),
        supplier: one.supplier.clone(),
        amount: Text(book.decimal(one.amount)),
        signed_on: one.signed_on.to_string(),
    })
}

/// The address of a call's page.
pub fn html_url(app: &App, book: &CallBook) -> String {
    format!("{}/{}/-/calls/{}", app.public_url, book.call.space_slug, book.call.reference)
}

/// How many slices of the work are paid for: as frozen, or as the means of today allow.
pub fn funded(book: &CallBook, means: Amount) -> Result<usize, Error> {
    let snapshot = book.call.snapshot.as_deref();
    if let Some(snapshot) = snapshot {
        let read: serde_json::Value =
            serde_json::from_str(snapshot).map_err(anyhow::Error::from)?;
        return Ok(read["result"]["kept"]
            .as_u64()
            .and_then(|n| usize::try_from(n).ok())
            .unwrap_or(0));
    }
    let prefix = sharing::longest_prefix(&book.slices(), Amount::ZERO, means);
    Ok(prefix.map_err(anyhow::Error::from)?.map_or(0, |prefix| prefix.count))
}

fn milestones(book: &CallBook, means: Amount) -> Result<Vec<Milestone>, Error> {
    let funded = funded(book, means)?;
    let one = |(at, slice): (usize, &forge_store::calls::Milestone)| {
        Ok(Milestone {
            n: u32::try_from(slice.position).unwrap_or_default(),
            title: slice.title.clone(),
            amount: Text(book.decimal(slice.amount)),
            due_on: slice.due_on.map(|day| day.to_string()),
            criteria: serde_json::from_str(&slice.criteria).map_err(anyhow::Error::from)?,
            funded: at < funded,
            state: word::<MilestoneState>(slice.state.name())?,
        })
    };
    book.milestones.iter().enumerate().map(one).collect()
}

/// The grants of a call.
pub fn subsidies(book: &CallBook) -> Vec<Subsidy> {
    book.subsidies.iter().map(|grant| subsidy(book, grant)).collect()
}

fn subsidy(book: &CallBook, row: &forge_store::calls::Subsidy) -> Subsidy {
    Subsidy {
        label: Some(row.label.clone()),
        amount: row.amount.map(|amount| Text(book.decimal(amount))),
        rate_bp: row.rate_bp.and_then(|bp| u32::try_from(bp).ok()),
        base: None,
        cap: row.amount_max.map(|amount| Text(book.decimal(amount))),
    }
}

/// What each council has said and would owe; a share that cannot be reckoned is left out, not an
/// error: one intention without inhabitants must not hide the call.
fn shares(book: &CallBook) -> Result<Vec<CallShare>, Error> {
    let (now, gifts_now) = shares_and_gifts(book.shares_now());
    let (best, gifts_best) = shares_and_gifts(book.shares_if_all_join());
    let (frozen, none) = (book.frozen_gifts()?, Shares::new());
    let one = |pledge: &pledges::Pledge| {
        let (share, gifts) = match pledge.state {
            state if state.is_frozen() => (final_in_basis(book, pledge), &frozen),
            state if state.is_binding() => (now.get(&pledge.council_slug).copied(), &gifts_now),
            state if state.is_undecided() => (best.get(&pledge.council_slug).copied(), &gifts_best),
            _ => (None, &none),
        };
        let text = |amount: Amount| Text(book.decimal(amount.minor()));
        let credit = share.and_then(|_| book.credit(pledge, gifts));
        let whole = share.zip(credit).map(|(share, credit)| credit.fair_share(share));
        Ok(CallShare {
            in_kind: credit.map(|credit| text(credit.value)),
            gift: credit.map(|credit| text(credit.gift)),
            fair_share: whole.transpose()?.map(text),
            council: pledge.council_slug.clone(),
            name: pledge.council_name.clone(),
            pledge: pledge.reference.clone(),
            state: word::<PledgeState>(pledge.state.name())?,
            ceiling: pledge.ceiling.map(|ceiling| Text(book.decimal(ceiling))),
            share: share.map(text),
        })
    };
    book.pledges.iter().map(one).collect()
}

/// The shares and the gifts of an outcome; none where it cannot be reckoned.
pub fn shares_and_gifts(outcome: Result<Option<ShareOutcome>, SharingError>) -> (Shares, Shares) {
    let told = outcome.ok().flatten().map(|outcome| (outcome.shares, outcome.gifts));
    told.unwrap_or_default()
}

/// The frozen share, in the basis of the call.
pub fn final_in_basis(book: &CallBook, pledge: &pledges::Pledge) -> Option<Amount> {
    let minor = match book.basis() {
        sharing::Basis::Net => pledge.final_net,
        sharing::Basis::Gross => pledge.final_gross,
    };
    minor.map(Amount::from_minor)
}

/// A stored word as its type on the wire.
pub fn word<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let value = serde_json::Value::String(text.to_owned());
    Ok(serde_json::from_value(value).map_err(anyhow::Error::from)?)
}
