//! Milestones of a call: what was delivered, accepted and sent back.

use crate::{
    Amount,
    calls::{Criterion, MilestoneState},
};

strict_body! {
    /// The body that delivers a milestone.
    pub struct Delivery {
        /// The tag, without `refs/tags/`.
        pub tag: String,
        /// The module, as `owner/name`; the call's only one when nothing is said.
        #[serde(default)]
        pub module: Option<String>,
        /// The release notes, in Markdown.
        pub notes: String,
        /// Where the test report is.
        #[serde(default)]
        pub report_url: Option<String>,
        /// The SHA-256 of the test report, in hexadecimal.
        #[serde(default)]
        pub report_sha256: Option<String>,
        /// Where the documentation is.
        #[serde(default)]
        pub docs_url: Option<String>,
    }

    /// The body that sends a delivery back.
    pub struct Rejection {
        /// What is not met, and why.
        pub unmet: Vec<NewUnmet>,
    }

    /// Why one criterion is not met.
    pub struct NewUnmet {
        /// Its place among the criteria, from 1; 0 for the delivery as a whole.
        #[serde(default)]
        pub criterion: u32,
        /// Why.
        pub reason: String,
    }
}

answer! {
    /// A milestone with everything that was delivered for it.
    pub struct MilestoneFile {
        /// The reference of its call.
        pub call: String,
        /// Its place, from 1.
        pub n: u32,
        /// What it delivers.
        pub title: String,
        /// What it costs, in the call's basis.
        pub amount: Amount,
        /// Currency of every amount.
        pub currency: String,
        /// When it is due.
        pub due_on: Option<String>,
        /// Where it stands.
        pub state: MilestoneState,
        /// What must hold for it to be accepted.
        pub criteria: Vec<Criterion>,
        /// Every delivery, the first first.
        pub deliveries: Vec<Delivered>,
        /// How often it was delivered again.
        pub resubmissions: u32,
        /// What it asks of each council, once shares are frozen.
        pub tranche: Vec<TrancheShare>,
        /// Absolute address of its page.
        pub html_url: String,
    }

    /// One delivery.
    pub struct Delivered {
        /// Which try it is, from 1.
        pub number: u32,
        /// The module, as `owner/name`.
        pub module: String,
        /// The tag.
        pub tag: String,
        /// The software hash identifier of the tag, or of its commit.
        pub swhid: String,
        /// The same of the commit.
        pub swhid_commit: String,
        /// The same of the tree that is accepted.
        pub swhid_tree: String,
        /// The release notes, in Markdown.
        pub notes: String,
        /// Where the test report is.
        pub report_url: Option<String>,
        /// The SHA-256 of the test report.
        pub report_sha256: Option<String>,
        /// Where the documentation is.
        pub docs_url: Option<String>,
        /// The licence the module declares at this tag.
        pub licence: Option<String>,
        /// Whether it is the one the call promises.
        pub licence_fits: bool,
        /// When it was delivered.
        pub delivered_at: String,
        /// The vote on it.
        pub vote: Option<String>,
        /// When it was accepted or sent back.
        pub decided_at: Option<String>,
        /// Why it was sent back.
        pub unmet: Vec<Unmet>,
    }

    /// Why one criterion was not met.
    pub struct Unmet {
        /// Its place among the criteria, from 1; 0 for the delivery as a whole.
        pub criterion: u32,
        /// Why.
        pub reason: String,
    }

    /// What a milestone asks of one council.
    pub struct TrancheShare {
        /// The council's slug.
        pub council: String,
        /// How much, in the call's basis.
        pub amount: Amount,
    }
}
