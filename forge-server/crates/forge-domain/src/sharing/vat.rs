//! Tax: computed once per document, then distributed over the amounts due.
//!
//! Rounding the tax of each line instead makes 1 999.98 out of 2 000.00 (example E5). A call in
//! gross amounts allocates the amount due first: going from the net could pass a gross ceiling.

use super::{
    SharingError,
    allocate::{Shares, allocate_column, as_weights, column, named},
    rule::WHOLE_BP,
};
use crate::money::{Amount, AmountError};

/// The tax on one document of `net` at `bp` basis points, rounded half up.
pub fn vat_of(net: Amount, bp: u32) -> Result<Amount, SharingError> {
    if net.is_negative() {
        return Err(AmountError::Negative.into());
    }
    if bp > WHOLE_BP {
        return Err(SharingError::RateAboveWhole(bp));
    }
    let whole = i128::from(WHOLE_BP);
    let tax = (i128::from(net.minor()) * i128::from(bp) + whole / 2) / whole;
    i64::try_from(tax).map(Amount::from_minor).map_err(|_| SharingError::Overflow)
}

/// Distributes the tax of a document over the amounts due for it.
pub fn distribute_vat(vat: Amount, due: &Shares) -> Result<Shares, SharingError> {
    let lines = distribute_column(vat.minor(), &column(due))?;
    Ok(named(due.keys(), &lines))
}

/// [`distribute_vat`] without the names. Where nobody owes anything, nobody owes the tax.
pub(super) fn distribute_column(vat: i64, due: &[i64]) -> Result<Vec<i64>, SharingError> {
    if due.iter().all(|&amount| amount == 0) {
        return Ok(vec![0; due.len()]);
    }
    allocate_column(vat, &as_weights(due)?)
}
