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

/// The net amount that makes exactly `gross` with the tax on it; none where no net amount does, as
/// for 0.03 at 20 %: no document can have that total.
pub fn net_of(gross: Amount, bp: u32) -> Result<Option<Amount>, SharingError> {
    if gross.is_negative() {
        return Err(AmountError::Negative.into());
    }
    let whole = i128::from(WHOLE_BP);
    let near = i128::from(gross.minor()) * whole / (whole + i128::from(bp));
    for candidate in near..=near + 1 {
        let net = i64::try_from(candidate).map_err(|_| SharingError::Overflow)?;
        let net = Amount::from_minor(net);
        if net.checked_add(vat_of(net, bp)?)? == gross {
            return Ok(Some(net));
        }
    }
    Ok(None)
}

/// The tax in a gross amount: what [`net_of`] leaves, or the nearest where no net amount makes it.
pub fn vat_in(gross: Amount, bp: u32) -> Result<Amount, SharingError> {
    if let Some(net) = net_of(gross, bp)? {
        return Ok(gross.checked_sub(net)?);
    }
    let whole = i128::from(WHOLE_BP) + i128::from(bp);
    let tax = (i128::from(gross.minor()) * i128::from(bp) + whole / 2) / whole;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_gives_its_net_amount_back() {
        for bp in [0, 210, 550, 1000, 2000, 2500] {
            for minor in (0..3000).chain([4_821_340, 7_321_340, 999_999_999_999]) {
                let net = Amount::from_minor(minor);
                let gross = net.checked_add(vat_of(net, bp).unwrap()).unwrap();
                assert_eq!(net_of(gross, bp), Ok(Some(net)), "{minor} at {bp}");
            }
        }
    }

    #[test]
    fn a_total_no_document_can_have_has_no_net_amount() {
        // 0.02 makes 0.02 and 0.03 makes 0.04.
        assert_eq!(net_of(Amount::from_minor(3), 2000), Ok(None));
        assert!(net_of(Amount::from_minor(-1), 2000).is_err());
    }
}
