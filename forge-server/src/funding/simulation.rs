//! “What if”, for pages and programs: a question about a call, read and answered by one function.

mod question;

pub use question::Question;

use std::collections::{BTreeMap, BTreeSet};

use forge_api::{
    Amount as Text,
    pledges::PledgeState,
    share::{Backstop, Basis, Rule, ShareCouncil, ShareRequest},
    simulation::{PricePoint, SimulatedBackstop, SimulatedShare, SimulatedVerdict, Simulation},
};
use forge_domain::{
    money::Amount,
    names::Slug,
    sharing::{
        self, Backing, BackstopOrder, Change, Compared, Guarantee, Participant, Scenario,
        ShareOutcome, Standing, Verdict,
    },
};
use forge_store::{councils, pledges::Pledge};

use super::{CallBook, Reader, answer, refused, wrong};
use crate::{app::App, error::Error};

/// Answers a question about a call; nothing is kept.
///
/// # Errors
/// [`Error::Refused`] with the part of the question that is wrong.
pub async fn simulate(
    app: &App,
    book: &CallBook,
    question: &Question,
) -> Result<Simulation, Error> {
    let mut change = Change { removed: question.remove.clone(), ..Change::default() };
    let mut then = book.clone();
    let rule = question.rule.as_deref().map(|text| rule(book, text)).transpose()?;
    if let Some((_, rule)) = &rule {
        // Another rule may count other inhabitants: everyone is weighed anew.
        then.rule = rule.clone();
        change.rule = Some(rule.clone());
        let stays = |one: &Participant| {
            !question.remove.contains(&one.id) && !question.add.contains(&one.id)
        };
        change.added.extend(then.firm().into_iter().filter(stays));
    }
    for slug in &question.add {
        change.added.push(joining(app, &mut then, ("add", slug)).await?);
    }
    for (council, ceiling) in &question.ceilings {
        let known = position(book, council).is_some() || question.add.contains(council);
        if !known {
            return Err(wrong("ceiling", "council_unknown"));
        }
        change.ceilings.insert(council.clone(), positive(book, ("ceiling", ceiling))?);
    }
    change.work = work(app, book, question).await?;
    if let Some(amount) = &question.amount {
        let amount = positive(book, ("amount", amount))?;
        change.total = Some(net(book, amount)?);
    }
    if let Some(limit) = &question.backstop {
        let limit = positive(book, ("backstop", limit))?;
        change.guarantee = Some(Guarantee { limit, order: BackstopOrder::AfterCeilings });
    } else {
        change.guarantee = book.guarantee();
    }
    let me = match &question.council {
        Some(slug) => Some(joining(app, &mut then, ("council", slug)).await?),
        None => then.living().next().map(|row| then.participant(row)),
    };
    let request = book.request(book.firm()).map_err(|error| refused(&error))?;
    let compared = change.compare(&request).map_err(|error| refused(&error))?;
    let rule = match rule {
        Some((rule, _)) => rule,
        None => serde_json::from_str(&book.call.rule).map_err(anyhow::Error::from)?,
    };
    let curve = me.as_ref().map(|me| curve(&then, &compared, me));
    let mut told = told(book, (&change, &compared), rule)?;
    told.added = question.add.iter().cloned().collect();
    told.curve = curve.unwrap_or_default();
    told.curve_of = me.map(|me| me.id);
    Ok(told)
}

/// What the days of the question would be worth, by the charter in force.
async fn work(
    app: &App,
    book: &CallBook,
    question: &Question,
) -> Result<BTreeMap<String, Amount>, Error> {
    let mut worth = BTreeMap::new();
    for (council, text) in &question.work {
        if position(book, council).is_none() && !question.add.contains(council) {
            return Err(wrong("work", "council_unknown"));
        }
        let terms = book.work_terms(&mut Reader::Db(&app.db)).await?;
        let value = terms.value(super::work::days("work", text)?);
        worth.insert(council.clone(), value.map_err(|error| book.work_refused(&error))?);
    }
    Ok(worth)
}

/// The living position of a council.
fn position<'a>(book: &'a CallBook, slug: &str) -> Option<&'a Pledge> {
    book.living().find(|pledge| pledge.council_slug == slug)
}

/// A council that would take part, with the ceiling it has named, where it has.
///
/// # Errors
/// [`Error::Refused`] where there is no such council.
pub async fn joining(
    app: &App,
    book: &mut CallBook,
    (field, slug): (&'static str, &str),
) -> Result<Participant, Error> {
    let unknown = || wrong(field, "council_unknown");
    let parsed = slug.parse::<Slug>().map_err(|_| unknown())?;
    let council = councils::by_slug(&app.db, &parsed).await?.ok_or_else(unknown)?;
    book.add_council(&mut Reader::Db(&app.db), council.id).await?;
    if let Some(pledge) = book.position(council.id) {
        return Ok(book.participant(pledge));
    }
    Ok(book.counted(council.id, council.slug))
}

fn positive(book: &CallBook, (field, text): (&'static str, &str)) -> Result<Amount, Error> {
    super::draft::positive(field, &Text(text.to_owned()), book.currency)
}

/// A rule in JSON, or the word of one that needs nothing more.
fn rule(book: &CallBook, text: &str) -> Result<(Rule, sharing::Rule), Error> {
    let json = if text.starts_with('{') {
        text.to_owned()
    } else {
        serde_json::json!({ "mode": "split", "kind": text }).to_string()
    };
    let rule: Rule = serde_json::from_str(&json).map_err(|error| {
        super::wrong_because("rule", "unknown_rule", vec![("why", error.to_string())])
    })?;
    let read = rule.to_domain(book.currency).map_err(|error| {
        super::wrong_because("rule", "unknown_rule", vec![("why", error.message)])
    })?;
    Ok((rule, read))
}

/// The cost net of tax of an amount in the basis of the call.
fn net(book: &CallBook, amount: Amount) -> Result<Amount, Error> {
    match book.basis() {
        sharing::Basis::Net => Ok(amount),
        sharing::Basis::Gross => {
            let bp = u32::try_from(book.call.vat_bp).unwrap_or(u32::MAX);
            super::book::net_of(amount, bp).map_err(|error| refused(&error))
        }
    }
}

fn told(
    book: &CallBook,
    (change, compared): (&Change, &Compared),
    rule: Rule,
) -> Result<Simulation, Error> {
    let text = |amount: Amount| Text(book.decimal(amount.minor()));
    let total = |outcome: &Option<ShareOutcome>| -> Result<Text, Error> {
        let shares = outcome.iter().flat_map(|outcome| outcome.shares.values().copied());
        Ok(text(Amount::checked_sum(shares).map_err(anyhow::Error::from)?))
    };
    let whole = book.request(Vec::new()).map_err(|error| refused(&error))?.total;
    // With nobody, all of it is missing.
    let gap = |outcome: &Option<ShareOutcome>, all: Amount| {
        text(outcome.as_ref().map_or(all, |outcome| outcome.gap))
    };
    let limit = change.guarantee.map(|guarantee| guarantee.limit);
    let backstop = |backing: Backing| SimulatedBackstop {
        limit: text(limit.unwrap_or_default()),
        used: text(backing.used),
        missing: text(backing.missing),
    };
    let guarantee = change.guarantee.map(|one| Backstop { limit: text(one.limit), order: None });
    let target = match change.total {
        Some(_) => compared.base.checked_add(granted(compared)?).map_err(anyhow::Error::from)?,
        None => Amount::from_minor(book.call.target),
    };
    Ok(Simulation {
        reference: book.call.reference.clone(),
        title: book.call.title.clone(),
        currency: book.call.currency.clone(),
        basis: Basis::from(book.basis()),
        deadline: book.call.deadline.to_string(),
        target: text(target),
        rule: rule.clone(),
        added: Vec::new(),
        removed: change.removed.iter().cloned().collect(),
        councils: lines(book, change, compared)?,
        total_now: total(&compared.now)?,
        total_then: total(&compared.then)?,
        gap_now: gap(&compared.now, whole),
        gap_then: gap(&compared.then, compared.base),
        backstop: compared.backing.map(backstop),
        verdict: verdict(book, (change, compared), target)?,
        curve: Vec::new(),
        curve_of: None,
        request: request(book, &compared.request, (rule, guarantee)),
    })
}

/// One line for each council of either side, and for each that leaves.
fn lines(
    book: &CallBook,
    change: &Change,
    compared: &Compared,
) -> Result<Vec<SimulatedShare>, Error> {
    let Compared { now, then, request, .. } = compared;
    let mut ids: BTreeSet<&str> = [now, then]
        .into_iter()
        .flatten()
        .flat_map(|outcome| outcome.shares.keys().map(String::as_str))
        .collect();
    let known = change.removed.iter().filter(|id| position(book, id).is_some());
    ids.extend(known.map(String::as_str));
    let share = |outcome: &Option<ShareOutcome>, id: &str| {
        outcome.as_ref().and_then(|outcome| outcome.shares.get(id)).copied()
    };
    let gift = |id: &str| then.as_ref().and_then(|outcome| outcome.gifts.get(id)).copied();
    let text = |amount: Amount| Text(book.decimal(amount.minor()));
    let one = |id: &str| {
        let pledge = book.pledges.iter().rev().find(|pledge| pledge.council_slug == id);
        let listed = request.councils.iter().find(|council| council.id == id);
        let ceiling = listed.and_then(|council| council.ceiling);
        let ceiling = ceiling.or(pledge.and_then(|one| one.ceiling).map(Amount::from_minor));
        let shown = share(then, id).or_else(|| share(now, id));
        Ok::<_, Error>(SimulatedShare {
            council: id.to_owned(),
            state: pledge.map(|one| answer::word::<PledgeState>(one.state.name())).transpose()?,
            ceiling: ceiling.map(text),
            now: share(now, id).map(text),
            then: share(then, id).map(text),
            at_ceiling: ceiling.is_some() && shown == ceiling,
            in_kind: listed
                .filter(|council| !council.in_kind.is_zero())
                .map(|council| text(council.in_kind)),
            gift: gift(id).map(text),
        })
    };
    ids.into_iter().map(one).collect()
}

/// What the grants of the changed call bring.
fn granted(compared: &Compared) -> Result<Amount, Error> {
    let request = &compared.request;
    let mut sum = Amount::ZERO;
    for subsidy in &request.subsidies {
        let one = subsidy.on(request.total).map_err(|error| refused(&error))?;
        sum = sum.checked_add(one).map_err(anyhow::Error::from)?;
    }
    Ok(sum)
}

/// How the call would end if its deadline were now and it were as changed.
fn verdict(
    book: &CallBook,
    (change, compared): (&Change, &Compared),
    target: Amount,
) -> Result<SimulatedVerdict, Error> {
    let councils = compared.request.councils.iter();
    let councils: BTreeMap<String, u64> = councils
        .map(|council| (council.id.clone(), council.population.unwrap_or_default()))
        .collect();
    let capacity = if councils.is_empty() {
        Some(Amount::ZERO)
    } else {
        sharing::capacity(&compared.request).map_err(|error| refused(&error))?
    };
    let limit = change.guarantee.map_or(Amount::ZERO, |guarantee| guarantee.limit);
    // Somebody without a ceiling carries whatever is asked.
    let granted = granted(compared)?;
    let means = match capacity {
        None => target,
        Some(capacity) => {
            Amount::checked_sum([capacity, granted, limit]).map_err(anyhow::Error::from)?
        }
    };
    let slices = if change.total.is_some() { vec![target] } else { book.slices() };
    let mut thresholds = book.thresholds();
    thresholds.min_amount = thresholds.min_amount.min(target);
    let standing = Standing { means, councils };
    let verdict = sharing::verdict(target, &slices, &thresholds, &standing);
    Ok(match verdict.map_err(anyhow::Error::from)? {
        Verdict::Succeeded => SimulatedVerdict::Succeeds,
        Verdict::Partial(_) => SimulatedVerdict::Partial,
        Verdict::Failed(_) => SimulatedVerdict::Fails,
    })
}

/// The price of a council; empty where its shares cannot be reckoned.
fn curve(book: &CallBook, compared: &Compared, me: &Participant) -> Vec<PricePoint> {
    let intentions = book.intentions();
    let scenario = Scenario { firm: &compared.request, intentions: &intentions, me };
    let known = compared.request.councils.len() + intentions.len();
    let prices = scenario.price_curve(book.curve_length(known));
    let point = |point: sharing::PricePoint| PricePoint {
        councils: u32::try_from(point.councils).unwrap_or(u32::MAX),
        share: Text(book.decimal(point.share.minor())),
    };
    prices.unwrap_or_default().into_iter().map(point).collect()
}

/// What is computed, in the words of `share/compute`.
pub fn request(
    book: &CallBook,
    request: &sharing::ShareRequest,
    (rule, backstop): (Rule, Option<Backstop>),
) -> ShareRequest {
    let text = |amount: Amount| Text(book.decimal(amount.minor()));
    let council = |one: &Participant| ShareCouncil {
        id: one.id.clone(),
        population: one.population,
        weight: one.weight,
        ceiling: one.ceiling.map(text),
        in_kind: Some(one.in_kind).filter(|value| !value.is_zero()).map(text),
        amount: one.amount.map(text),
        member_of: one.member_of.clone(),
        rank: one.rank,
    };
    ShareRequest {
        currency: book.call.currency.clone(),
        total: text(request.total),
        rule,
        floor: book.call.share_floor.map(|floor| Text(book.decimal(floor))),
        cap: book.call.share_cap.map(|cap| Text(book.decimal(cap))),
        councils: request.councils.iter().map(council).collect(),
        subsidies: answer::subsidies(book),
        basis: request.basis.into(),
        vat_bp: request.vat_bp,
        milestones: request.milestones.iter().copied().map(text).collect(),
        backstop,
    }
}
