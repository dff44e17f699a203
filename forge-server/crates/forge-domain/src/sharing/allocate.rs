//! Dividing an amount by largest remainder.
//!
//! Normative text: domain paper §c8. The order of the spare units is part of the published method,
//! so that anyone recomputes the same cents: larger remainder first, then larger weight, then the
//! id that comes first.

use std::{cmp::Reverse, collections::BTreeMap};

use super::SharingError;
use crate::money::{Amount, AmountError};

/// What each council pays, by its id, in the order of the ids.
pub type Shares = BTreeMap<String, Amount>;

/// The weight of each council, by its id.
pub type Weights = BTreeMap<String, u64>;

/// Divides `total` in proportion to `weights`, exactly: the shares add up to `total` and each is
/// less than one minor unit away from its exact value.
///
/// Refuses a negative total, and [`SharingError::ZeroWeight`] when no weight is above zero.
pub fn allocate(total: Amount, weights: &Weights) -> Result<Shares, SharingError> {
    let column: Vec<u64> = weights.values().copied().collect();
    let shares = allocate_column(total.minor(), &column)?;
    Ok(named(weights.keys(), &shares))
}

/// [`allocate`] without the names: position stands for the order of the ids.
pub(super) fn allocate_column(total: i64, weights: &[u64]) -> Result<Vec<i64>, SharingError> {
    if total < 0 {
        return Err(AmountError::Negative.into());
    }
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    if sum == 0 {
        return Err(SharingError::ZeroWeight);
    }
    let mut shares = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for &weight in weights {
        // 63 bits times 64 bits is below 127 bits, so this product cannot overflow.
        let product = i128::from(total) * i128::from(weight);
        shares.push(i64::try_from(product / sum).map_err(|_| SharingError::Overflow)?);
        remainders.push(product % sum);
    }
    let spare = total - shares.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| (Reverse(remainders[i]), Reverse(weights[i]), i));
    for (&i, _) in order.iter().zip(0..spare) {
        shares[i] += 1;
    }
    Ok(shares)
}

/// Gives a column back its names.
pub(super) fn named<'a>(ids: impl Iterator<Item = &'a String>, column: &[i64]) -> Shares {
    ids.cloned().zip(column.iter().copied().map(Amount::from_minor)).collect()
}

/// Amounts as weights for another division; refuses one below zero.
pub(super) fn as_weights(amounts: &[i64]) -> Result<Vec<u64>, SharingError> {
    let weight = |&amount: &i64| u64::try_from(amount).map_err(|_| AmountError::Negative.into());
    amounts.iter().map(weight).collect()
}

/// A column of amounts out of named ones.
pub(super) fn column(shares: &Shares) -> Vec<i64> {
    shares.values().map(|share| share.minor()).collect()
}
