//! Shares between a floor and a cap, all of them at once.
//!
//! Clamping each share on its own loses or invents money (example E4: 2 567.86 of 36 000.00). This
//! is the loop by which CSS resolves flexible lengths: freeze the side that violates more, divide
//! what is left, and look again.

use std::cmp::Ordering;

use super::{
    SharingError,
    allocate::{Shares, Weights, allocate_column, named},
};
use crate::money::{Amount, AmountError};

/// Between which amounts a share must lie, in the basis of the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least the council pays.
    pub floor: Amount,
    /// The most it pays; `None` is no limit.
    pub cap: Option<Amount>,
}

/// Shares within their bounds, and what they leave unpaid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clamped {
    /// What each council pays.
    pub shares: Shares,
    /// What nobody may be charged because every cap is reached; zero when the cost is covered.
    pub gap: Amount,
}

/// Divides `total` by `weights` so that every share lies within its bounds.
///
/// A council without a row in `bounds` is unbounded. The gap is zero exactly when the caps of the
/// councils with a weight can carry the total. Refuses floors above caps and floors that together
/// exceed the total.
pub fn clamp(
    total: Amount,
    weights: &Weights,
    bounds: &std::collections::BTreeMap<String, Bounds>,
) -> Result<Clamped, SharingError> {
    let rows: Vec<Bounds> =
        weights.keys().map(|id| bounds.get(id).copied().unwrap_or_default()).collect();
    let column: Vec<u64> = weights.values().copied().collect();
    let (shares, gap) = clamp_column(total.minor(), &column, &rows)?;
    Ok(Clamped { shares: named(weights.keys(), &shares), gap: Amount::from_minor(gap) })
}

/// [`clamp`] without the names: the shares and the gap.
pub(super) fn clamp_column(
    total: i64,
    weights: &[u64],
    bounds: &[Bounds],
) -> Result<(Vec<i64>, i64), SharingError> {
    let limits = limits_of(total, bounds)?;
    if weights.iter().all(|&weight| weight == 0) {
        return Err(SharingError::ZeroWeight);
    }
    let mut shares = vec![0; weights.len()];
    let mut active: Vec<usize> = (0..weights.len()).collect();
    let mut rest = total;
    loop {
        let weighed: Vec<u64> = active.iter().map(|&i| weights[i]).collect();
        if weighed.iter().all(|&weight| weight == 0) {
            // Who has no weight pays its floor and nothing more; what is left is the gap.
            for &i in &active {
                shares[i] = limits[i].0;
                rest -= limits[i].0;
            }
            return Ok((shares, rest));
        }
        let inside: Vec<(i64, i64)> = active.iter().map(|&i| limits[i]).collect();
        let frozen = freeze(rest, &weighed, &inside)?;
        if frozen.is_empty() {
            for (&i, share) in active.iter().zip(allocate_column(rest, &weighed)?) {
                shares[i] = share;
            }
            return Ok((shares, 0));
        }
        for &(at, share) in &frozen {
            shares[active[at]] = share;
            rest -= share;
        }
        let mut gone = frozen.iter().map(|&(at, _)| at).peekable();
        let mut at = 0;
        active.retain(|_| {
            let leaves = gone.next_if_eq(&at).is_some();
            at += 1;
            !leaves
        });
    }
}

/// Floor and cap of each council in minor units, a cap above the total being no limit.
fn limits_of(total: i64, bounds: &[Bounds]) -> Result<Vec<(i64, i64)>, SharingError> {
    if total < 0 || bounds.iter().any(|row| row.floor.is_negative()) {
        return Err(AmountError::Negative.into());
    }
    let mut floors = 0_i64;
    for row in bounds {
        if let Some(cap) = row.cap.filter(|&cap| cap < row.floor) {
            return Err(SharingError::FloorAboveCap { floor: row.floor, cap });
        }
        floors = floors.checked_add(row.floor.minor()).ok_or(SharingError::Overflow)?;
    }
    if floors > total {
        return Err(SharingError::FloorsExceedTotal {
            floors: Amount::from_minor(floors),
            total: Amount::from_minor(total),
        });
    }
    let high = |row: &Bounds| row.cap.map_or(total, |cap| cap.minor().min(total));
    Ok(bounds.iter().map(|row| (row.floor.minor(), high(row))).collect())
}

/// One turn of the loop: which positions freeze, and at what, in rising order of position.
///
/// Everything is compared as a multiple of the sum of the weights, so that nothing is rounded.
fn freeze(
    total: i64,
    weights: &[u64],
    limits: &[(i64, i64)],
) -> Result<Vec<(usize, i64)>, SharingError> {
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    let scaled = |limit: i64| i128::from(limit).checked_mul(sum).ok_or(SharingError::Overflow);
    let mut violation = 0_i128;
    let mut violators = Vec::new();
    for (at, (&weight, &(low, high))) in weights.iter().zip(limits).enumerate() {
        let exact = i128::from(total) * i128::from(weight);
        let (low_scaled, high_scaled) = (scaled(low)?, scaled(high)?);
        let (side, bound, excess) = if exact < low_scaled {
            (Ordering::Less, low, low_scaled - exact)
        } else if exact > high_scaled {
            (Ordering::Greater, high, high_scaled - exact)
        } else {
            continue;
        };
        violation = violation.checked_add(excess).ok_or(SharingError::Overflow)?;
        violators.push((side, at, bound));
    }
    let freezes = |side: Ordering| match violation.cmp(&0) {
        Ordering::Greater => side == Ordering::Less,
        Ordering::Less => side == Ordering::Greater,
        Ordering::Equal => true,
    };
    Ok(violators
        .into_iter()
        .filter(|&(side, ..)| freezes(side))
        .map(|(_, at, bound)| (at, bound))
        .collect())
}
