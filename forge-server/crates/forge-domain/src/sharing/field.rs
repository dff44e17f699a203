//! The councils of a computation in the order of their ids, weighed by the rule.

use std::collections::BTreeMap;

use super::{
    Participant, Rule, RuleFault, SharingError, Weights,
    allocate::as_weights,
    rule::{Criterion, Measure, Offers, Surplus, WHOLE_BP, band_weight},
};
use crate::money::{Amount, AmountError};

/// The councils by position. Stand-ins for councils not known yet come after all named ones, so
/// that a real council has a spare cent before them.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// The named councils, rising; stand-ins have no id.
    pub ids: Vec<String>,
    /// The parts of the rule.
    pub parts: Vec<Part>,
    /// The most each pays by its own act or offer.
    pub ceilings: Vec<Option<i64>>,
    /// What each brings by its own work.
    pub in_kind: Vec<i64>,
    /// Whether each pays what it offers, and nothing is weighed.
    offered: bool,
    /// The positions in the order they are served, where the first come are.
    pub queue: Option<Vec<usize>>,
}

/// One part of a rule and the weights it gives.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Which part of the whole, in basis points.
    pub bp: u32,
    /// The weight of each council.
    pub weights: Vec<u64>,
}

/// What each council weighs in each part of a rule, the part in basis points of the whole: what is
/// shown beside the shares. Under a rule of offers the weight is the offer, in minor units.
///
/// # Errors
/// As [`super::compute`]: an unusable rule, a council without the population or weight it needs.
pub fn weights(rule: &Rule, councils: &[Participant]) -> Result<Vec<(u32, Weights)>, SharingError> {
    let field = Field::of(rule, councils)?;
    let named = |part: &Part| {
        let weights = field.ids.iter().cloned().zip(part.weights.iter().copied());
        (part.bp, weights.collect())
    };
    Ok(field.parts.iter().map(named).collect())
}

impl Field {
    /// Puts the councils in order and weighs them; refuses an unusable rule, a council listed
    /// twice, a negative amount and a council without the population or weight the rule needs.
    pub(super) fn of(rule: &Rule, councils: &[Participant]) -> Result<Self, SharingError> {
        rule.check()?;
        let mut seen = BTreeMap::new();
        for council in councils {
            if seen.insert(council.id.as_str(), council).is_some() {
                return Err(SharingError::DuplicateCouncil(council.id.clone()));
            }
            let amounts = [council.ceiling, Some(council.in_kind), council.amount];
            if amounts.into_iter().flatten().any(Amount::is_negative) {
                return Err(AmountError::Negative.into());
            }
        }
        let ordered: Vec<&Participant> = seen.into_values().collect();
        let mut ceilings: Vec<Option<i64>> =
            ordered.iter().map(|council| council.ceiling.map(Amount::minor)).collect();
        let offered = matches!(rule, Rule::Fixed(_) | Rule::Open(_));
        let parts = parts_of(rule, &ordered)?;
        if offered {
            for (ceiling, offer) in ceilings.iter_mut().zip(offers(rule, &ordered)) {
                *ceiling = Some(ceiling.map_or(offer, |ceiling| ceiling.min(offer)));
            }
        }
        Ok(Self {
            ids: ordered.iter().map(|council| council.id.clone()).collect(),
            parts,
            ceilings,
            in_kind: ordered.iter().map(|council| council.in_kind.minor()).collect(),
            offered,
            queue: queue_of(rule, &ordered),
        })
    }

    /// Where the council of this id stands.
    pub(super) fn position(&self, id: &str) -> Result<usize, SharingError> {
        let missing = || SharingError::NotListed(id.to_owned());
        self.ids.binary_search_by(|known| known.as_str().cmp(id)).map_err(|_| missing())
    }

    /// Whether the council at this position has a weight in some part of the rule.
    pub(super) fn takes_part(&self, at: usize) -> bool {
        self.parts.iter().any(|part| part.bp > 0 && part.weights[at] > 0)
    }

    /// Adds `count` councils of average weight and without ceiling, for those still to be found.
    ///
    /// Under a rule of offers nobody is added: what an unknown council would offer is anyone's
    /// guess, and no other council pays less for it.
    pub(super) fn add_stand_ins(&mut self, count: usize) -> Result<(), SharingError> {
        let everyone: Vec<usize> = (0..self.ids.len()).collect();
        *self = self.with_stand_ins(&everyone, &everyone, count)?;
        Ok(())
    }

    /// The council at `me`, without its ceiling, and `count` stand-ins of the average weight of the
    /// others.
    pub(super) fn alone_with(&self, me: usize, count: usize) -> Result<Self, SharingError> {
        let others: Vec<usize> = (0..self.ids.len()).filter(|&at| at != me).collect();
        let average_of: &[usize] = if others.is_empty() { &[me] } else { &others };
        let mut field = self.with_stand_ins(&[me], average_of, count)?;
        field.lift_ceiling(0);
        Ok(field)
    }

    /// Takes the ceiling of one council away, to see what would fall to it; an offer stays, since
    /// under a rule of offers it is the share itself.
    pub(super) fn lift_ceiling(&mut self, at: usize) {
        if !self.offered {
            self.ceilings[at] = None;
        }
    }

    /// The same councils, all without their ceilings.
    pub(super) fn without_ceilings(&self) -> Self {
        let mut field = self.clone();
        (0..field.ceilings.len()).for_each(|at| field.lift_ceiling(at));
        field
    }

    /// The councils of `kept` and `count` stand-ins weighing the average of `average_of`.
    ///
    /// The weights are multiplied by the number of councils instead of dividing the average, which
    /// keeps them whole numbers.
    fn with_stand_ins(
        &self,
        kept: &[usize],
        average_of: &[usize],
        count: usize,
    ) -> Result<Self, SharingError> {
        let count = if self.offered { 0 } else { count };
        let scale = if count == 0 { 1 } else { average_of.len() as u64 };
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let scaled = |&at: &usize| part.weights[at].checked_mul(scale);
            let kept: Option<Vec<u64>> = kept.iter().map(scaled).collect();
            let sum =
                average_of.iter().try_fold(0_u64, |sum, &at| sum.checked_add(part.weights[at]));
            let (Some(mut weights), Some(sum)) = (kept, sum) else {
                return Err(SharingError::Overflow);
            };
            weights.extend(std::iter::repeat_n(sum, count));
            parts.push(Part { bp: part.bp, weights });
        }
        let stand_ins = || std::iter::repeat_n(None, count);
        Ok(Self {
            ids: kept.iter().map(|&at| self.ids[at].clone()).collect(),
            parts,
            ceilings: kept.iter().map(|&at| self.ceilings[at]).chain(stand_ins()).collect(),
            in_kind: kept
                .iter()
                .map(|&at| self.in_kind[at])
                .chain(std::iter::repeat_n(0, count))
                .collect(),
            offered: self.offered,
            queue: self.queue.as_ref().map(|queue| {
                queue.iter().filter_map(|at| kept.iter().position(|one| one == at)).collect()
            }),
        })
    }
}

/// Who is served before whom: by rank, then by id; none where the rule serves all alike.
fn queue_of(rule: &Rule, councils: &[&Participant]) -> Option<Vec<usize>> {
    let Rule::Open(Offers { surplus: Surplus::StopAtTarget, .. }) = rule else { return None };
    let mut queue: Vec<usize> = (0..councils.len()).collect();
    queue.sort_by_key(|&at| (councils[at].rank.is_none(), councils[at].rank, at));
    Some(queue)
}

/// The parts of a rule, weighed; a rule of offers weighs by the offers.
fn parts_of(rule: &Rule, councils: &[&Participant]) -> Result<Vec<Part>, SharingError> {
    let whole = |weights| vec![Part { bp: WHOLE_BP, weights }];
    match rule {
        Rule::By(measure) => Ok(whole(weigh(measure, councils)?)),
        Rule::Envelopes(envelopes) => envelopes
            .iter()
            .map(|envelope| {
                Ok(Part { bp: envelope.bp, weights: weigh(&envelope.measure, councils)? })
            })
            .collect(),
        Rule::Fixed(_) | Rule::Open(_) => Ok(whole(as_weights(&offers(rule, councils))?)),
    }
}

/// What each council offers: its own amount, else the rule's, else, where the amount is free, its
/// ceiling.
fn offers(rule: &Rule, councils: &[&Participant]) -> Vec<i64> {
    let (amounts, fallback) = match rule {
        Rule::Fixed(amounts) => (Some(amounts), false),
        Rule::Open(offers) => (Some(&offers.amounts), true),
        Rule::By(_) | Rule::Envelopes(_) => (None, false),
    };
    let offer = |council: &&Participant| {
        let agreed = amounts.and_then(|amounts| amounts.get(&council.id)).copied();
        let ceiling = council.ceiling.filter(|_| fallback);
        council.amount.or(agreed).or(ceiling).unwrap_or_default().minor()
    };
    councils.iter().map(offer).collect()
}

/// The weight of each council by one measure.
fn weigh(measure: &Measure, councils: &[&Participant]) -> Result<Vec<u64>, SharingError> {
    match measure {
        Measure::Equal => Ok(vec![1; councils.len()]),
        Measure::Population(_) => populations(councils),
        Measure::Bands { bands, .. } => populations(councils)?
            .into_iter()
            .map(|inhabitants| {
                band_weight(bands, inhabitants).ok_or(RuleFault::BandsNotCovering.into())
            })
            .collect(),
        Measure::Criterion(criterion) => {
            councils.iter().map(|council| value_of(criterion, council)).collect()
        }
    }
}

fn value_of(criterion: &Criterion, council: &Participant) -> Result<u64, SharingError> {
    let value = criterion.values.get(&council.id).copied().or(council.weight);
    value.ok_or_else(|| SharingError::WeightMissing(council.id.clone()))
}

/// The inhabitants each council brings, those of a member not counted again in its grouping; a
/// council whose count is not known brings none.
pub fn counted_once(councils: &[Participant]) -> BTreeMap<String, u64> {
    let known = |council: &Participant| Participant {
        population: Some(council.population.unwrap_or_default()),
        ..council.clone()
    };
    let known: Vec<Participant> = councils.iter().map(known).collect();
    let all: Vec<&Participant> = known.iter().collect();
    // Every count is known now, which is all that could be missing.
    let brought = populations(&all).unwrap_or_default();
    all.iter().map(|council| council.id.clone()).zip(brought).collect()
}

/// The inhabitants of each council, those of a member not counted again in its grouping.
fn populations(councils: &[&Participant]) -> Result<Vec<u64>, SharingError> {
    let mut counted = BTreeMap::new();
    for council in councils {
        let missing = || SharingError::PopulationMissing(council.id.clone());
        let own = council.population.ok_or_else(missing)?;
        for grouping in &council.member_of {
            let members: &mut u64 = counted.entry(grouping.as_str()).or_default();
            *members = members.saturating_add(own);
        }
    }
    let net = |council: &&Participant| {
        let members = counted.get(council.id.as_str()).copied().unwrap_or_default();
        council.population.unwrap_or_default().saturating_sub(members)
    };
    Ok(councils.iter().map(net).collect())
}
