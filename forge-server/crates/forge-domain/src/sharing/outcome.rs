//! What a computation of shares answers.

use std::collections::BTreeMap;

use super::{Basis, Shares, Tranche};
use crate::money::{Amount, AmountError, Currency};

/// The shares of a call and everything that follows from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareOutcome {
    /// The currency of the request.
    pub currency: Currency,
    /// Whether `base`, `shares`, `gap` and `tranches` are net or gross of tax.
    pub basis: Basis,
    /// What was shared: the cost in the basis of the call, less the subsidies.
    pub base: Amount,
    /// What each council pays in money, in the order of the ids; with `gap` they make `base`.
    pub shares: Shares,
    /// What no council may be charged because of a ceiling, cap or missing offer.
    pub gap: Amount,
    /// What of its own work a council gives beyond its fair share, which nobody pays it back
    /// (domain.md §c8, example E12); councils that give nothing beyond are left out.
    pub gifts: Shares,
    /// The tax, where there is a rate.
    pub vat: Option<VatSplit>,
    /// One tranche for each milestone of the request.
    pub tranches: Vec<Tranche>,
}

/// The tax of all documents and how it falls on the councils.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VatSplit {
    /// The tax of the documents, each rounded once.
    pub total: Amount,
    /// The part of it in (gross) or on top of (net) each share. Where there is a gap these are
    /// less than the total, since the gap bears its own part.
    pub shares: Shares,
}

/// One share with and without tax; `net` and `vat` make `gross`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareLine {
    /// Without tax.
    pub net: Amount,
    /// The tax.
    pub vat: Amount,
    /// With tax.
    pub gross: Amount,
}

impl ShareOutcome {
    /// The share of one council with and without tax; nothing for a council that takes no part.
    pub fn line(&self, council: &str) -> Result<Option<ShareLine>, AmountError> {
        let Some(&share) = self.shares.get(council) else { return Ok(None) };
        let vat = self.vat.as_ref().and_then(|vat| vat.shares.get(council)).copied();
        self.split(share, vat.unwrap_or_default()).map(Some)
    }

    /// All shares with and without tax, in the order of the ids.
    pub fn lines(&self) -> Result<BTreeMap<String, ShareLine>, AmountError> {
        let mut lines = BTreeMap::new();
        for council in self.shares.keys() {
            if let Some(line) = self.line(council)? {
                lines.insert(council.clone(), line);
            }
        }
        Ok(lines)
    }

    /// Gives the gap to a guarantor, as a share like any other: its part of the tax and of every
    /// tranche with it. Nothing changes where there is no gap.
    pub fn closed_by(&mut self, guarantor: &str) -> Result<(), AmountError> {
        if self.gap.is_zero() {
            return Ok(());
        }
        let gap = std::mem::take(&mut self.gap);
        add(&mut self.shares, guarantor, gap)?;
        if let Some(vat) = &mut self.vat {
            let rest = left_over(vat.total, &vat.shares)?;
            add(&mut vat.shares, guarantor, rest)?;
        }
        for tranche in &mut self.tranches {
            let rest = left_over(tranche.amount, &tranche.shares)?;
            add(&mut tranche.shares, guarantor, rest)?;
        }
        Ok(())
    }

    fn split(&self, share: Amount, vat: Amount) -> Result<ShareLine, AmountError> {
        Ok(match self.basis {
            Basis::Net => ShareLine { net: share, vat, gross: share.checked_add(vat)? },
            Basis::Gross => ShareLine { net: share.checked_sub(vat)?, vat, gross: share },
        })
    }
}

/// What of a whole none of the shares bears.
fn left_over(whole: Amount, shares: &Shares) -> Result<Amount, AmountError> {
    whole.checked_sub(Amount::checked_sum(shares.values().copied())?)
}

fn add(shares: &mut Shares, council: &str, amount: Amount) -> Result<(), AmountError> {
    let share = shares.entry(council.to_owned()).or_default();
    *share = share.checked_add(amount)?;
    Ok(())
}
