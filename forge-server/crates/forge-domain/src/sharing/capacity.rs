//! What the ceilings of the councils can carry, and who covers what they cannot.
//!
//! Thresholds and the thermometer read this and never the sum of indicative shares, which changes
//! with every pledge (domain paper §c9).

use super::{
    ShareRequest, SharingError,
    divide::{Limits, capacity_of},
    field::Field,
};
use crate::money::Amount;

/// The most these councils can be charged together, in the basis of the call; `None` where one of
/// them with a weight has neither ceiling nor cap.
///
/// What there is to share leaves no gap exactly when it is at most this, unless a cap of the rule
/// is partly used up by a council's own work. The caller passes the firm pledges for the *firm*
/// capacity.
pub fn capacity(request: &ShareRequest) -> Result<Option<Amount>, SharingError> {
    let field = Field::of(&request.rule, &request.councils)?;
    capacity_of(&field, Limits { floor: request.floor, cap: request.cap })
}

/// A guarantee of closing (domain paper §c10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guarantee {
    /// The most the guarantor pays, in the basis of the call.
    pub limit: Amount,
    /// When it steps in.
    pub order: BackstopOrder,
}

/// Whether a guarantor pays before or after the others are taken up to their ceilings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BackstopOrder {
    /// It pays what would fall to a council above its ceiling, so that nobody else's share rises
    /// for it; what is beyond the limit is shared again.
    BeforeCeilings,
    /// It pays only what is left when everyone is at its ceiling.
    #[default]
    AfterCeilings,
}

/// How far a guarantee of closing reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backing {
    /// What the guarantor pays; it becomes a share like any other.
    pub used: Amount,
    /// What is still missing; the call fails where this is not zero.
    pub missing: Amount,
}

/// Covers a gap from a guarantee of at most `limit`.
pub fn backstop(gap: Amount, limit: Amount) -> Backing {
    let used = gap.min(limit).max(Amount::ZERO);
    Backing { used, missing: Amount::from_minor(gap.minor().saturating_sub(used.minor())) }
}
