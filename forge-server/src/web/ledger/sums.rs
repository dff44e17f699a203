//! What pledges promise, currency beside currency and never added to each other.

use std::collections::BTreeMap;

use forge_domain::money::{Amount, Currency};
use forge_store::pledges::Committed;
use serde::Serialize;

use crate::{error::Error, ledger::verify::committed, themes::Money};

/// What is promised in one currency.
#[derive(Debug, Clone, Serialize)]
pub struct Total {
    /// The currency's code.
    pub currency: String,
    /// Ceilings of firm pledges, whose calls are still open.
    pub committed: Money,
    /// Final shares.
    pub confirmed: Money,
}

/// Sums by currency: ceilings of firm pledges, and final shares.
#[derive(Debug, Default)]
pub(super) struct Sums(BTreeMap<String, (Amount, Amount)>);

impl Sums {
    /// Adds what a pledge commits now.
    pub(super) fn add(&mut self, row: &Committed) -> Result<(), Error> {
        let amount = Amount::from_minor(committed(row));
        if amount.is_zero() {
            return Ok(());
        }
        let (firm, confirmed) = self.0.entry(row.currency.clone()).or_default();
        let sum = if row.state.is_frozen() { confirmed } else { firm };
        *sum = sum.checked_add(amount).map_err(anyhow::Error::from)?;
        Ok(())
    }

    /// The sums, one a currency.
    pub(super) fn told(&self) -> Vec<Total> {
        let told = |(code, (firm, confirmed)): (&String, &(Amount, Amount))| {
            let currency = Currency::from_code(code).ok()?;
            Some(Total {
                currency: code.clone(),
                committed: Money::new(*firm, currency),
                confirmed: Money::new(*confirmed, currency),
            })
        };
        self.0.iter().filter_map(told).collect()
    }
}
