//! Sharing a cost between councils, to the cent, by a published rule.
//!
//! [`compute`] is the whole computation of the domain paper §c7–§c8 as a pure function of a
//! [`ShareRequest`]; the smaller functions are the same steps one by one. Nothing here depends on
//! the order in which councils are given, and everything adds up exactly. Shares are monotone only
//! within one minor unit: a new council can raise another's share by a cent (example E13), which no
//! method that gives every council its quota, rounded up or down, can avoid altogether.

mod allocate;
mod announced;
mod bill;
mod capacity;
mod change;
mod clamp;
mod compute;
mod deadline;
mod divide;
mod error;
mod field;
mod outcome;
mod request;
mod rule;
mod scenario;
mod settlement;
mod tariff;
mod tranches;
mod vat;

pub use allocate::{Shares, Weights, allocate};
pub use announced::{Announced, Unannounced, announce};
pub use bill::due_by_milestone;
pub use bill::{Document, documents};
pub use capacity::{Backing, BackstopOrder, Guarantee, backstop, capacity};
pub use change::{Change, Compared};
pub use clamp::{Bounds, Clamped, clamp};
pub use compute::{compute, compute_guaranteed};
pub use deadline::{
    Prefix, Shortfall, Standing, Thresholds, Verdict, check_milestones, longest_prefix, verdict,
};
pub use error::{RuleFault, SharingError};
pub use field::{counted_once, weights};
pub use outcome::{ShareLine, ShareOutcome, VatSplit};
pub use request::{Basis, Participant, ShareRequest, Subsidy};
pub(crate) use rule::band_weight;
pub use rule::{Band, Criterion, Envelope, Measure, Offers, PopulationBasis, Rule, Surplus};
pub use scenario::{PricePoint, Scenario};
pub use settlement::{Credit, Joining, for_months, join, refund};
pub use tariff::LinearTariff;
pub use tranches::{Tranche, tranches};
pub use vat::{distribute_vat, net_of, vat_in, vat_of};
