//! Tariffs: a price list, where the total is what comes (domain paper §c7, the other family).

use super::SharingError;
use crate::money::{Amount, Currency};

/// A yearly fee of a base and a rate per inhabitant (example E18).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinearTariff {
    /// The currency, which says how many minor units a major one has.
    pub currency: Currency,
    /// What everyone pays.
    pub base: Amount,
    /// The rate per inhabitant, in millionths of the major unit: 270000 is 0.27.
    pub rate_millionths: u64,
    /// The most the inhabitants add to the base.
    pub cap: Option<Amount>,
}

impl LinearTariff {
    /// The fee of a council of so many inhabitants, rounded half up to the minor unit.
    pub fn fee(&self, population: u64) -> Result<Amount, SharingError> {
        let one = 10_i128.pow(self.currency.exponent());
        let millionths = i128::from(population)
            .checked_mul(i128::from(self.rate_millionths))
            .and_then(|product| product.checked_mul(one))
            .ok_or(SharingError::Overflow)?;
        let part = millionths / 1_000_000 + i128::from(millionths % 1_000_000 >= 500_000);
        let capped = self.cap.map_or(part, |cap| part.min(i128::from(cap.minor())));
        let part = i64::try_from(capped).map_err(|_| SharingError::Overflow)?;
        Ok(self.base.checked_add(Amount::from_minor(part))?)
    }
}
