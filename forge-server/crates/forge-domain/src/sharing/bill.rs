//! From the cost of the work to what the councils share: tax added, subsidies deducted.

use super::{
    Basis, Rule, ShareRequest, SharingError, Subsidy,
    allocate::{allocate_column, as_weights},
    divide::{Limits, capacity_of},
    field::Field,
    rule::{Offers, Surplus, WHOLE_BP},
    vat::vat_of,
};
use crate::money::{Amount, AmountError};

/// What one milestone is paid by: its cost and what it brings to share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The cost net of tax.
    pub net: Amount,
    /// The tax on it, rounded once.
    pub vat: Amount,
    /// The part of the subsidies it bears.
    pub subsidies: Amount,
    /// What councils share of it, in the basis of the call.
    pub base: Amount,
}

/// The documents of a request, one a milestone; its milestones are its net cost in parts.
pub fn documents(request: &ShareRequest) -> Result<Vec<Document>, SharingError> {
    let bill = Bill::of(request)?;
    let mut documents = Vec::with_capacity(request.milestones.len());
    for (&net, &base) in request.milestones.iter().zip(&bill.milestones) {
        let vat = vat_of(net, request.vat_bp)?;
        let base = Amount::from_minor(base);
        let subsidies = in_basis(request, net, vat)?.checked_sub(base)?;
        documents.push(Document { net, vat, subsidies, base });
    }
    Ok(documents)
}

/// What there is to share, and of which documents it is made.
pub(super) struct Bill {
    /// What the councils share, in the basis of the call, after subsidies.
    pub base: Amount,
    /// The tax of all documents together.
    pub vat: Amount,
    /// The part of `base` each milestone brings; together they are `base`.
    pub milestones: Vec<i64>,
}

impl Bill {
    /// Reckons the bill of a request; refuses milestones that divide neither the net cost nor the
    /// base, and subsidies above the net cost.
    pub(super) fn of(request: &ShareRequest) -> Result<Self, SharingError> {
        let total = request.total;
        let given: Vec<i64> = request.milestones.iter().map(|amount| amount.minor()).collect();
        if total.is_negative() || given.iter().any(|&amount| amount < 0) {
            return Err(AmountError::Negative.into());
        }
        let subsidies = subsidies_of(request)?;
        let sum = Amount::checked_sum(request.milestones.iter().copied())?;
        if !given.is_empty() && sum == total {
            return Self::by_documents(request, subsidies);
        }
        let vat = vat_of(total, request.vat_bp)?;
        let base = in_basis(request, total, vat)?.checked_sub(subsidies)?;
        if !given.is_empty() && sum != base {
            return Err(SharingError::MilestoneSumMismatch { sum, total });
        }
        Ok(Self { base, vat, milestones: given })
    }

    /// Adds the further slices that free offers cover beyond what they are needed for.
    ///
    /// Each is a document with its own tax, like a milestone.
    pub(super) fn extended(
        mut self,
        request: &ShareRequest,
        field: &Field,
    ) -> Result<Self, SharingError> {
        let Rule::Open(Offers { surplus: Surplus::NextMilestone(next), .. }) = &request.rule else {
            return Ok(self);
        };
        let limits = Limits { floor: request.floor, cap: request.cap };
        let Some(offered) = capacity_of(field, limits)? else { return Ok(self) };
        for &net in next {
            let tax = vat_of(net, request.vat_bp)?;
            let cost = in_basis(request, net, tax)?;
            let base = self.base.checked_add(cost)?;
            if base > offered {
                break;
            }
            self.base = base;
            self.vat = self.vat.checked_add(tax)?;
            if !self.milestones.is_empty() {
                self.milestones.push(cost.minor());
            }
        }
        Ok(self)
    }

    /// Each milestone is a document with its own tax, and bears its part of the subsidies.
    fn by_documents(request: &ShareRequest, subsidies: Amount) -> Result<Self, SharingError> {
        let mut vat = Amount::ZERO;
        let mut costs = Vec::with_capacity(request.milestones.len());
        for &net in &request.milestones {
            let tax = vat_of(net, request.vat_bp)?;
            vat = vat.checked_add(tax)?;
            costs.push(in_basis(request, net, tax)?.minor());
        }
        let base = in_basis(request, request.total, vat)?.checked_sub(subsidies)?;
        if !subsidies.is_zero() {
            let deducted = allocate_column(subsidies.minor(), &as_weights(&costs)?)?;
            for (cost, part) in costs.iter_mut().zip(deducted) {
                *cost -= part;
            }
        }
        Ok(Self { base, vat, milestones: costs })
    }
}

/// What each milestone of a request brings: its cost in the basis of the call, less its part of
/// the subsidies. Together they are what the councils share.
pub fn due_by_milestone(request: &ShareRequest) -> Result<Vec<Amount>, SharingError> {
    let bill = Bill::of(request)?;
    Ok(bill.milestones.into_iter().map(Amount::from_minor).collect())
}

fn in_basis(request: &ShareRequest, net: Amount, tax: Amount) -> Result<Amount, AmountError> {
    match request.basis {
        Basis::Net => Ok(net),
        Basis::Gross => net.checked_add(tax),
    }
}

/// All subsidies together, which may not exceed the cost net of tax.
fn subsidies_of(request: &ShareRequest) -> Result<Amount, SharingError> {
    let mut subsidies = Amount::ZERO;
    for subsidy in &request.subsidies {
        subsidies = subsidies.checked_add(subsidy.on(request.total)?)?;
    }
    if subsidies > request.total {
        return Err(SharingError::SubsidiesExceedCost { subsidies, total: request.total });
    }
    Ok(subsidies)
}

impl Subsidy {
    /// What this subsidy brings on a cost of `total` net of tax; a rate is rounded down.
    pub fn on(self, total: Amount) -> Result<Amount, SharingError> {
        let amount = match self {
            Self::Fixed(amount) => amount,
            Self::Rate { bp, .. } if bp > WHOLE_BP => {
                return Err(SharingError::RateAboveWhole(bp));
            }
            Self::Rate { bp, base, cap } => {
                let eligible = i128::from(base.unwrap_or(total).minor());
                let part = eligible * i128::from(bp) / i128::from(WHOLE_BP);
                let part = i64::try_from(part).map_err(|_| SharingError::Overflow)?;
                Amount::from_minor(cap.map_or(part, |cap| part.min(cap.minor())))
            }
        };
        if amount.is_negative() { Err(AmountError::Negative.into()) } else { Ok(amount) }
    }
}
