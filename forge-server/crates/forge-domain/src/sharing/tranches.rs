//! Tranches: each milestone releases its part of every share, exactly in both directions.

use super::{
    SharingError,
    allocate::{Shares, allocate_column, as_weights, column, named},
};
use crate::money::{Amount, AmountError};

/// What each council is asked for when one milestone is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tranche {
    /// What the tranche brings, in the basis of the call.
    pub amount: Amount,
    /// What each council pays of it.
    pub shares: Shares,
}

/// Spreads final shares over milestones: every tranche adds up to its milestone, every council's
/// tranches add up to its share, and no council is ever asked for more than it still owes.
///
/// Refuses milestones that do not add up to the shares.
pub fn tranches(shares: &Shares, milestones: &[Amount]) -> Result<Vec<Tranche>, SharingError> {
    let amounts: Vec<i64> = milestones.iter().map(|amount| amount.minor()).collect();
    let plan = tranche_columns(&column(shares), &amounts)?;
    Ok(milestones
        .iter()
        .zip(plan)
        .map(|(&amount, row)| Tranche { amount, shares: named(shares.keys(), &row) })
        .collect())
}

/// [`tranches`] without the names: one column of shares per milestone.
///
/// Each milestone is allocated by what remains of the shares (a declining balance), so that the
/// last one empties them; allocating each by the whole shares leaves cents over in the columns.
pub(super) fn tranche_columns(
    shares: &[i64],
    milestones: &[i64],
) -> Result<Vec<Vec<i64>>, SharingError> {
    if milestones.iter().any(|&amount| amount < 0) {
        return Err(AmountError::Negative.into());
    }
    let minor =
        |amounts: &[i64]| Amount::checked_sum(amounts.iter().copied().map(Amount::from_minor));
    let (sum, total) = (minor(milestones)?, minor(shares)?);
    if sum != total {
        return Err(SharingError::MilestoneSumMismatch { sum, total });
    }
    let mut remaining = shares.to_vec();
    let mut plan = Vec::with_capacity(milestones.len());
    for &amount in milestones {
        let row = if amount == 0 {
            vec![0; remaining.len()]
        } else {
            allocate_column(amount, &as_weights(&remaining)?)?
        };
        for (left, taken) in remaining.iter_mut().zip(&row) {
            *left -= taken;
        }
        plan.push(row);
    }
    Ok(plan)
}
