//! “What if”: a call beside itself with other councils, ceilings, rule or cost.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Amount,
    pledges::PledgeState,
    share::{Basis, Rule, ShareRequest},
};

/// How a call would end if its deadline were now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SimulatedVerdict {
    /// The whole cost is covered.
    Succeeds,
    /// Only its first slices are.
    Partial,
    /// Its thresholds are missed.
    Fails,
}

answer! {
    /// What would be owed if the councils were others, beside what is.
    pub struct Simulation {
        /// The call's reference.
        #[serde(rename = "ref")]
        pub reference: String,
        /// What is to be paid for.
        pub title: String,
        /// Currency of every amount.
        pub currency: String,
        /// Whether amounts are net or gross of tax.
        pub basis: Basis,
        /// The last day of the call.
        pub deadline: String,
        /// The full cost then.
        pub target: Amount,
        /// How it is divided then.
        pub rule: Rule,
        /// The councils added.
        pub added: Vec<String>,
        /// The councils removed.
        pub removed: Vec<String>,
        /// One line a council, in the order of their slugs.
        pub councils: Vec<SimulatedShare>,
        /// The sum owed now.
        pub total_now: Amount,
        /// The sum owed then.
        pub total_then: Amount,
        /// What nobody could be asked for, now.
        pub gap_now: Amount,
        /// What nobody could be asked for, then.
        pub gap_then: Amount,
        /// What a guarantee would pay of it; `null` without one.
        pub backstop: Option<SimulatedBackstop>,
        /// How the call would end if its deadline were now.
        pub verdict: SimulatedVerdict,
        /// The council whose price is drawn; `null` where none has said anything.
        pub curve_of: Option<String>,
        /// Its share by the number of councils, ceilings put aside.
        pub curve: Vec<PricePoint>,
        /// What was computed then: the body of `share/compute`.
        pub request: ShareRequest,
    }

    /// A guarantee of closing in a simulation.
    pub struct SimulatedBackstop {
        /// The most it pays.
        pub limit: Amount,
        /// What it would pay.
        pub used: Amount,
        /// What would still be missing.
        pub missing: Amount,
    }

    /// One point of a price curve.
    pub struct PricePoint {
        /// How many councils take part.
        pub councils: u32,
        /// What the council would owe.
        pub share: Amount,
    }

    /// One council of a simulation.
    pub struct SimulatedShare {
        /// The council's slug.
        pub council: String,
        /// Where its pledge stands; `null` when it has none.
        pub state: Option<PledgeState>,
        /// The most it may owe.
        pub ceiling: Option<Amount>,
        /// What it would owe now; `null` when it is not in.
        pub now: Option<Amount>,
        /// What it would owe then; `null` when it is not in.
        pub then: Option<Amount>,
        /// Whether its ceiling is what holds it there.
        pub at_ceiling: bool,
        /// What its work would be worth then, credited against its share; `null` for none.
        pub in_kind: Option<Amount>,
        /// What of that would be beyond its fair share; `null` for nothing.
        pub gift: Option<Amount>,
    }
}
