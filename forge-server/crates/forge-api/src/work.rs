//! Work in kind on a call: days that councils give to its milestones.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Amount;

/// Where work in kind stands (domain.md §c8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkState {
    /// A council offers it; the lead has not answered.
    Offered,
    /// The lead has agreed.
    Agreed,
    /// It was done.
    Delivered,
    /// Its council took it back.
    Withdrawn,
    /// The lead does not want it.
    Refused,
}

strict_body! {
    /// The body that offers days of work.
    pub struct NewWork {
        /// The slug of the council whose agents do it.
        pub council: String,
        /// The place of the milestone, from 1.
        pub milestone: u32,
        /// How many days, in hundredths at most: `12`, `2.5`.
        pub days: String,
        /// What is done, in one text.
        pub task: String,
    }

    /// The body that refuses days of work.
    pub struct WorkRefusal {
        /// Why.
        pub reason: String,
    }
}

answer! {
    /// Days of work that a council gives.
    pub struct Work {
        /// Our reference.
        #[serde(rename = "ref")]
        pub reference: String,
        /// The reference of its call.
        pub call: String,
        /// The place of its milestone, from 1.
        pub milestone: u32,
        /// The slug of the council whose agents do it.
        pub council: String,
        /// That council's name.
        pub name: String,
        /// Where it stands.
        pub state: WorkState,
        /// How many days, as a decimal.
        pub days: String,
        /// What a day is worth, by the charter.
        pub day_rate: Amount,
        /// What the days are worth.
        pub value: Amount,
        /// Currency of every amount.
        pub currency: String,
        /// What is done.
        pub task: String,
        /// Why it was refused.
        pub reason: Option<String>,
        /// Whether it lowers what its council pays: agreed before the shares are final.
        pub counted: bool,
        /// When it was offered.
        pub offered_at: String,
        /// When it was agreed to or refused.
        pub judged_at: Option<String>,
        /// When it was said to be done.
        pub delivered_at: Option<String>,
        /// The number of its entry in the ledger.
        pub entry: Option<i64>,
        /// Absolute address of the page that shows it.
        pub html_url: String,
    }
}
