//! Money that moves after the shares are final: late joiners, refunds, years begun.

use std::collections::BTreeMap;

use super::{
    SharingError,
    allocate::{Shares, allocate_column, as_weights, column, named},
};
use crate::{charter::LateJoinerPolicy, money::Amount};

/// The whole, in basis points.
const WHOLE_BP: i128 = 10_000;

/// An amount over falls in share: the falls themselves where they add up to it. A paradox cent
/// (example E13) can make them more: the amount is then divided in proportion to the falls.
fn spread(amount: Amount, falls: Vec<i64>) -> Result<Vec<i64>, SharingError> {
    let sum: i128 = falls.iter().copied().map(i128::from).sum();
    if sum == i128::from(amount.minor()) {
        return Ok(falls);
    }
    allocate_column(amount.minor(), &as_weights(&falls)?)
}

/// What those who paid before a joiner get, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Credit {
    /// How much in all.
    pub credit: Amount,
    /// Of that, by how much their share falls; the rest is given back.
    pub lowered: Amount,
}

/// A council that joins a call whose shares are final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// What it would have paid from the start.
    pub price: Amount,
    /// What it pays: the price, or the part of it that the escalator asks.
    pub amount: Amount,
    /// Of that, what no milestone asks for: it is called for by itself.
    pub apart: Amount,
    /// What each earlier payer is credited; nobody where the money goes elsewhere.
    pub credits: BTreeMap<String, Credit>,
}

/// Lets a council into final shares (domain.md §c10). `before` are the shares as they stand,
/// `after` those of everyone with the joiner from the start, `uncalled` what of the shares no call
/// for funds asked for yet, `escalator_bp` the part of the price that is paid.
///
/// Under `redistribute` the amount goes to those before in proportion to how their shares fall,
/// to the cent of `after` where nothing escalates (example E10): first out of what they are still
/// to be asked for, which the joiner is asked for in their place, then as money given back.
pub fn join(
    (before, after): (&Shares, &Shares),
    joiner: &str,
    uncalled: &Shares,
    (policy, escalator_bp): (LateJoinerPolicy, u32),
) -> Result<Joining, SharingError> {
    if before.contains_key(joiner) {
        return Err(SharingError::DuplicateCouncil(joiner.to_owned()));
    }
    let price = after.get(joiner).copied().unwrap_or_default();
    let part = i128::from(price.minor()) * i128::from(escalator_bp) + WHOLE_BP / 2;
    let amount = i64::try_from(part / WHOLE_BP).map_err(|_| SharingError::Overflow)?;
    let amount = Amount::from_minor(amount);
    let mut credits = BTreeMap::new();
    let mut apart = amount;
    if policy == LateJoinerPolicy::Redistribute {
        let fall = |(id, old): (&String, &Amount)| {
            let new = after.get(id).copied().unwrap_or_default();
            old.minor().saturating_sub(new.minor()).max(0)
        };
        let falls: Vec<i64> = before.iter().map(fall).collect();
        for (id, credit) in named(before.keys(), &spread(amount, falls)?) {
            let left = uncalled.get(&id).copied().unwrap_or_default().max(Amount::ZERO);
            let lowered = credit.min(left);
            apart = apart.checked_sub(lowered)?;
            credits.insert(id, Credit { credit, lowered });
        }
    }
    Ok(Joining { price, amount, apart, credits })
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
