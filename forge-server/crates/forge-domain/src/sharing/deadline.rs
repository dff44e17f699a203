//! What becomes of a call at its deadline: the whole, a coherent part of it, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::SharingError;
use crate::money::{Amount, AmountError};

/// What has to be reached before work may start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// The least means, in the basis of the call; the minimum of the call.
    pub min_amount: Amount,
    /// The least number of councils with a firm pledge.
    pub min_councils: usize,
    /// The least inhabitants of those councils together, where the call asks for it.
    pub min_population: Option<u64>,
    /// Councils without which there is no call.
    pub required_councils: BTreeSet<String>,
}

/// What has been reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Firm capacity, and the subsidies and guarantees that count beside it.
    pub means: Amount,
    /// The councils with a firm pledge and their inhabitants, where known.
    pub councils: BTreeMap<String, u64>,
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// So much money.
    Amount(Amount),
    /// So many councils.
    Councils(usize),
    /// So many inhabitants.
    Population(u64),
    /// This council.
    Council(String),
    /// The means pass the minimum, but no run of first milestones lies between the two.
    Milestones,
}

impl Thresholds {
    /// What is missing, nothing when every threshold is reached (guard of K2 and K5).
    pub fn shortfalls(&self, standing: &Standing) -> Vec<Shortfall> {
        let mut missing = Vec::new();
        if standing.means < self.min_amount {
            let short = self.min_amount.minor().saturating_sub(standing.means.minor());
            missing.push(Shortfall::Amount(Amount::from_minor(short)));
        }
        if standing.councils.len() < self.min_councils {
            missing.push(Shortfall::Councils(self.min_councils - standing.councils.len()));
        }
        let inhabitants = standing.councils.values().fold(0_u64, |sum, &n| sum.saturating_add(n));
        if let Some(least) = self.min_population.filter(|&least| inhabitants < least) {
            missing.push(Shortfall::Population(least - inhabitants));
        }
        let absent =
            self.required_councils.iter().filter(|id| !standing.councils.contains_key(*id));
        missing.extend(absent.cloned().map(Shortfall::Council));
        missing
    }
}

/// The first milestones of a call, which make a coherent product of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// How many milestones are kept.
    pub count: usize,
    /// What they cost.
    pub cost: Amount,
}

/// The most milestones, from the first, that cost at least `minimum` and at most `means`.
pub fn longest_prefix(
    milestones: &[Amount],
    minimum: Amount,
    means: Amount,
) -> Result<Option<Prefix>, AmountError> {
    let mut longest = None;
    for prefix in prefixes(milestones)? {
        if prefix.cost >= minimum && prefix.cost <= means {
            longest = Some(prefix);
        }
    }
    Ok(longest)
}

/// Checks the amounts of a call before it opens: the milestones and the reserve are the target, and
/// the minimum is what some first milestones cost, so that a partial success can be used.
pub fn check_milestones(
    target: Amount,
    minimum: Amount,
    milestones: &[Amount],
    reserve: Amount,
) -> Result<(), SharingError> {
    let amounts = milestones.iter().chain([&target, &minimum, &reserve]);
    if amounts.copied().any(Amount::is_negative) {
        return Err(AmountError::Negative.into());
    }
    let sum = Amount::checked_sum(milestones.iter().copied())?.checked_add(reserve)?;
    if sum != target {
        return Err(SharingError::MilestoneSumMismatch { sum, total: target });
    }
    let coherent = prefixes(milestones)?.iter().any(|prefix| prefix.cost == minimum);
    if coherent || minimum == target {
        Ok(())
    } else {
        Err(SharingError::BelowMinimumPrefix(minimum))
    }
}

fn prefixes(milestones: &[Amount]) -> Result<Vec<Prefix>, AmountError> {
    let mut cost = Amount::ZERO;
    let mut prefixes = Vec::with_capacity(milestones.len());
    for (at, &milestone) in milestones.iter().enumerate() {
        cost = cost.checked_add(milestone)?;
        prefixes.push(Prefix { count: at + 1, cost });
    }
    Ok(prefixes)
}

/// How a call ends at its deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The target is covered.
    Succeeded,
    /// The minimum is passed: these first milestones are kept and the shares computed anew.
    Partial(Prefix),
    /// Nothing starts and every pledge is released; never empty.
    Failed(Vec<Shortfall>),
}

/// Judges a call at its deadline (guards of K4 and K5, example E7).
///
/// `milestones` and `target` are in the basis of the call; `standing` counts firm pledges only,
/// after the guarantees of closing.
pub fn verdict(
    target: Amount,
    milestones: &[Amount],
    thresholds: &Thresholds,
    standing: &Standing,
) -> Result<Verdict, AmountError> {
    let missing = thresholds.shortfalls(standing);
    if !missing.is_empty() {
        return Ok(Verdict::Failed(missing));
    }
    if standing.means >= target {
        return Ok(Verdict::Succeeded);
    }
    let prefix = longest_prefix(milestones, thresholds.min_amount, standing.means)?;
    Ok(prefix.map_or(Verdict::Failed(vec![Shortfall::Milestones]), Verdict::Partial))
}
