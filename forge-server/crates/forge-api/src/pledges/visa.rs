//! The finance service's word on a pledge before its signatory commits (domain.md §b).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::BudgetYear;
use crate::Amount;

/// What the finance service says of a pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisaDecision {
    /// The budget carries the ceiling.
    Attested,
    /// Something is to be corrected first.
    Returned,
    /// The pledge ends with a no.
    Refused,
}

strict_body! {
    /// What the finance service says of a pledge before its signatory commits.
    pub struct PledgeVisa {
        /// What it decides.
        pub decision: VisaDecision,
        /// The ceiling the budget carries; that of the pledge when nothing is said.
        #[serde(default)]
        pub ceiling: Option<Amount>,
        /// The ceiling by budget year.
        #[serde(default)]
        pub budget_years: Vec<BudgetYear>,
        /// The number of a commitment that is reserved already.
        #[serde(default)]
        pub commitment_no: Option<String>,
        /// Why it is not approved.
        #[serde(default)]
        pub reason: Option<String>,
    }
}

answer! {
    /// A word of the finance service on a pledge; the last one counts.
    pub struct Visa {
        /// Its place, from 1.
        pub number: i64,
        /// What it decided.
        pub decision: VisaDecision,
        /// The ceiling it looked at.
        pub ceiling: Amount,
        /// The number of a commitment that is reserved already.
        pub commitment_no: Option<String>,
        /// Why it was not approved.
        pub reason: Option<String>,
        /// When.
        pub decided_at: String,
    }
}
