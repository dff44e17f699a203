//! One division of a base between the councils of a field: the rule, its floors and caps, the
//! ceilings, the work credited.

use super::{
    SharingError,
    allocate::{allocate_column, as_weights},
    clamp::{Bounds, clamp_column},
    field::{Field, Part},
};
use crate::money::Amount;

/// The floor and the cap of the rule, the same for every council.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub floor: Amount,
    pub cap: Option<Amount>,
}

/// What each position pays, and what nobody may be charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Division {
    pub shares: Vec<i64>,
    pub gap: i64,
    /// What of its own work each position gives beyond its fair share.
    pub gifts: Vec<i64>,
}

impl Division {
    /// A division in which nobody gives more than its part.
    fn plain(shares: Vec<i64>, gap: i64) -> Self {
        let gifts = vec![0; shares.len()];
        Self { shares, gap, gifts }
    }
}

/// Divides `base` between the councils of `field`.
pub(super) fn divide(base: i64, field: &Field, limits: Limits) -> Result<Division, SharingError> {
    if let Some(cap) = limits.cap.filter(|&cap| cap < limits.floor) {
        return Err(SharingError::FloorAboveCap { floor: limits.floor, cap });
    }
    if field.in_kind.iter().all(|&value| value == 0) {
        let bounds: Vec<Bounds> = (0..field.ceilings.len())
            .map(|at| bounds_of(field, at, limits, field.ceilings[at]))
            .collect();
        return by_rule(base, &field.parts, (&bounds, field.queue.as_deref()));
    }
    with_work_credited(base, field, limits)
}

/// The most the councils of a field can be charged together, `None` where there is no limit.
pub(super) fn capacity_of(field: &Field, limits: Limits) -> Result<Option<Amount>, SharingError> {
    let mut sum = Some(Amount::ZERO);
    for at in 0..field.ceilings.len() {
        let cap = bounds_of(field, at, limits, field.ceilings[at]).cap;
        sum = match (sum, cap) {
            (Some(sum), Some(cap)) => Some(sum.checked_add(cap)?),
            _ => None,
        };
    }
    Ok(sum)
}

/// Between what the council at this position pays. A ceiling is an act of the council and wins over
/// the floor of the rule; a council without weight takes no part and has no floor to pay.
fn bounds_of(field: &Field, at: usize, limits: Limits, ceiling: Option<i64>) -> Bounds {
    if !field.takes_part(at) {
        return Bounds { floor: Amount::ZERO, cap: Some(Amount::ZERO) };
    }
    let ceiling = ceiling.map(Amount::from_minor);
    let cap = match (limits.cap, ceiling) {
        (Some(cap), Some(ceiling)) => Some(cap.min(ceiling)),
        (cap, ceiling) => cap.or(ceiling),
    };
    let floor = cap.map_or(limits.floor, |cap| cap.min(limits.floor));
    Bounds { floor, cap }
}

/// Divides by the rule within bounds. Several envelopes are each divided exactly and added; the
/// sums are then the weights of the clamp. Where there is a queue, whoever stands in it first pays
/// first.
fn by_rule(
    amount: i64,
    parts: &[Part],
    (bounds, queue): (&[Bounds], Option<&[usize]>),
) -> Result<Division, SharingError> {
    if let Some(queue) = queue {
        return Ok(first_come(amount, bounds, queue));
    }
    if let [part] = parts {
        let (shares, gap) = clamp_column(amount, &part.weights, bounds)?;
        return Ok(Division::plain(shares, gap));
    }
    let unclamped = envelopes(amount, parts)?;
    within(amount, &unclamped, bounds)
}

/// Takes each in turn up to its limit, until nothing is left to pay.
fn first_come(amount: i64, bounds: &[Bounds], queue: &[usize]) -> Division {
    let mut shares = vec![0; bounds.len()];
    let mut gap = amount;
    for &at in queue {
        shares[at] = bounds[at].cap.map_or(gap, |cap| cap.minor().min(gap));
        gap -= shares[at];
    }
    Division::plain(shares, gap)
}

/// Each envelope of `amount` by its own weights, added up.
fn envelopes(amount: i64, parts: &[Part]) -> Result<Vec<i64>, SharingError> {
    let sizes: Vec<u64> = parts.iter().map(|part| u64::from(part.bp)).collect();
    let mut sums = vec![0; parts.first().map_or(0, |part| part.weights.len())];
    for (part, envelope) in parts.iter().zip(allocate_column(amount, &sizes)?) {
        if envelope > 0 {
            for (sum, share) in sums.iter_mut().zip(allocate_column(envelope, &part.weights)?) {
                *sum += share;
            }
        }
    }
    Ok(sums)
}

/// Brings amounts that add up to `amount` within bounds, keeping their proportions.
///
/// An amount may be zero only because it was rounded. When everyone else is at a limit, those
/// councils carry what is left equally: a cost their ceilings can pay must leave no gap.
fn within(amount: i64, amounts: &[i64], bounds: &[Bounds]) -> Result<Division, SharingError> {
    let equal = vec![1; amounts.len()];
    if amounts.iter().all(|&each| each == 0) {
        let (shares, gap) = clamp_column(amount, &equal, bounds)?;
        return Ok(Division::plain(shares, gap));
    }
    let (mut shares, gap) = clamp_column(amount, &as_weights(amounts)?, bounds)?;
    if gap == 0 {
        return Ok(Division::plain(shares, gap));
    }
    let room: Vec<Bounds> = bounds
        .iter()
        .zip(&shares)
        .map(|(row, &share)| {
            let left = row.cap.map_or(gap, |cap| cap.minor() - share);
            Bounds { floor: Amount::ZERO, cap: Some(Amount::from_minor(left)) }
        })
        .collect();
    let (more, gap) = clamp_column(gap, &equal, &room)?;
    for (share, extra) in shares.iter_mut().zip(more) {
        *share += extra;
    }
    Ok(Division::plain(shares, gap))
}

/// Divides the base plus the value of the councils' own work, then credits each with its own.
///
/// A council whose work is worth more than its fair share pays nothing and leaves the division, its
/// surplus being a gift (example E12). Floors and caps bind the fair share, ceilings bind what is
/// left to pay in money.
fn with_work_credited(base: i64, field: &Field, limits: Limits) -> Result<Division, SharingError> {
    let count = field.in_kind.len();
    let mut stays = vec![true; count];
    let mut gifts = vec![0; count];
    let fair = loop {
        let fair = fair_shares(base, field, limits, &stays)?;
        let leaves: Vec<usize> =
            (0..count).filter(|&at| stays[at] && field.in_kind[at] > fair.shares[at]).collect();
        if leaves.is_empty() {
            break fair;
        }
        for at in leaves {
            stays[at] = false;
            gifts[at] = field.in_kind[at] - fair.shares[at];
        }
    };
    let cash: Vec<i64> = (0..count)
        .map(|at| if stays[at] { fair.shares[at] - field.in_kind[at] } else { 0 })
        .collect();
    let allowed = |at: usize| field.ceilings[at].is_none_or(|ceiling| cash[at] <= ceiling);
    if (0..count).all(allowed) {
        return Ok(Division { shares: cash, gap: fair.gap, gifts });
    }
    let bounds: Vec<Bounds> = (0..count)
        .map(|at| {
            let less = |limit: Amount| {
                Amount::from_minor(limit.minor().saturating_sub(field.in_kind[at]).max(0))
            };
            let credited = Limits { floor: less(limits.floor), cap: limits.cap.map(less) };
            bounds_of(field, at, credited, field.ceilings[at])
        })
        .collect();
    Ok(Division { gifts, ..within(base, &cash, &bounds)? })
}

/// The shares of those who stay, their own work included and their ceilings not yet looked at.
fn fair_shares(
    base: i64,
    field: &Field,
    limits: Limits,
    stays: &[bool],
) -> Result<Division, SharingError> {
    let mut worked = field.in_kind.iter().zip(stays).filter(|&(_, &stays)| stays);
    let pool = worked
        .try_fold(base, |pool, (&value, _)| pool.checked_add(value))
        .ok_or(SharingError::Overflow)?;
    let keep = |weights: &[u64]| -> Vec<u64> {
        weights.iter().zip(stays).map(|(&weight, &stays)| if stays { weight } else { 0 }).collect()
    };
    // A part only those who left had a weight in is shared like the other parts.
    let anyone =
        |part: &Part| stays.iter().all(|&stays| stays) || part.weights.iter().any(|&w| w > 0);
    let parts: Vec<Part> = field
        .parts
        .iter()
        .map(|part| Part { bp: part.bp, weights: keep(&part.weights) })
        .filter(anyone)
        .collect();
    if parts.is_empty() {
        // Caps below everyone's own work: nobody is left to pay in money.
        return Ok(Division::plain(vec![0; stays.len()], base));
    }
    let bounds: Vec<Bounds> = (0..stays.len())
        .map(|at| match stays[at] {
            true => bounds_of(field, at, limits, None),
            false => Bounds { floor: Amount::ZERO, cap: Some(Amount::ZERO) },
        })
        .collect();
    by_rule(pool, &parts, (&bounds, field.queue.as_deref()))
}
