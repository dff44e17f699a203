//! Money that moves after the shares are final: late joiners, refunds, years begun.

use super::{
    SharingError,
    allocate::{Shares, Weights, allocate, allocate_column, as_weights, column, named},
};
use crate::money::Amount;

/// What a late joiner pays and what those before it get back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuyIn {
    /// What the joiner would have paid from the start.
    pub price: Amount,
    /// What each earlier payer is credited where the policy redistributes; they add up to `price`.
    pub credits: Shares,
}

/// Prices a joiner of `weight` into a finished division of `total` by `weights` (example E10).
///
/// A paradox cent (example E13) can make the falls in share add up to more than the price; the
/// credits are then the price divided in proportion to the falls.
pub fn buy_in(
    total: Amount,
    weights: &Weights,
    joiner: &str,
    weight: u64,
) -> Result<BuyIn, SharingError> {
    if weights.contains_key(joiner) {
        return Err(SharingError::DuplicateCouncil(joiner.to_owned()));
    }
    let before = allocate(total, weights)?;
    let mut joined = weights.clone();
    joined.insert(joiner.to_owned(), weight);
    let after = allocate(total, &joined)?;
    let price = after.get(joiner).copied().unwrap_or_default();
    let fall = |(id, old): (&String, &Amount)| {
        let new = after.get(id).copied().unwrap_or_default();
        old.minor().saturating_sub(new.minor()).max(0)
    };
    let falls: Vec<i64> = before.iter().map(fall).collect();
    let credits = if falls.iter().sum::<i64>() == price.minor() {
        falls
    } else {
        allocate_column(price.minor(), &as_weights(&falls)?)?
    };
    Ok(BuyIn { price, credits: named(before.keys(), &credits) })
}

/// Gives unspent money back in proportion to what each has paid, grants included (example E11).
pub fn refund(unspent: Amount, paid: &Shares) -> Result<Shares, SharingError> {
    let back = allocate_column(unspent.minor(), &as_weights(&column(paid))?)?;
    Ok(named(paid.keys(), &back))
}

/// The part of a yearly fee for `months` of twelve, rounded half up (example E17).
pub fn for_months(fee: Amount, months: u32) -> Amount {
    let part = (i128::from(fee.minor()) * i128::from(months.min(12)) * 2 + 12).div_euclid(24);
    // At most the fee itself, so it fits.
    Amount::from_minor(i64::try_from(part).unwrap_or(fee.minor()))
}
