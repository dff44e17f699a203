//! What becomes of a call after it is published.

use super::NewCall;
use crate::{Amount, share::ShareRequest};

strict_body! {
    /// The body that changes a published call.
    pub struct CallAmend {
        /// Why, in a sentence everybody may read.
        pub reason: String,
        /// Everything the call says from now on.
        pub terms: NewCall,
    }

    /// The body that records the contract of a confirmed call.
    pub struct NewContract {
        /// Its reference, as in `2027-MAPA-014`.
        #[serde(rename = "ref")]
        pub reference: String,
        /// The company.
        pub supplier: String,
        /// What it is worth, in the call's basis.
        pub amount: Amount,
        /// When it was signed.
        pub signed_on: String,
    }

    /// The body that puts another last day to the vote.
    pub struct NewExtension {
        /// The new last day.
        pub deadline: String,
        /// Why.
        pub reason: String,
    }

    /// The body that puts a smaller scope to the vote.
    pub struct NewScope {
        /// How many of its first milestones are kept.
        pub keep: u32,
        /// Why.
        pub reason: String,
    }

    /// The body that puts an early end of the work to the vote.
    pub struct NewStop {
        /// Why.
        pub reason: String,
    }

    /// The body that puts to the vote which supplier does the work.
    pub struct NewSupplierVote {
        /// The offers, one to six.
        pub offers: Vec<NewOffer>,
        /// Why a choice is asked for.
        pub reason: String,
    }

    /// An offer of a supplier.
    pub struct NewOffer {
        /// The company.
        pub supplier: String,
        /// The reference of its offer.
        #[serde(rename = "ref")]
        pub reference: String,
        /// What it asks, in the call's basis.
        pub amount: Amount,
    }

    /// The body that puts to the vote whether a council joins late, or is in default.
    pub struct NewCouncilVote {
        /// The slug of the council.
        pub council: String,
        /// Why.
        pub reason: String,
    }

    /// The body that makes a new draft of a call that came to nothing.
    pub struct CallReopen {
        /// Its last day.
        pub deadline: String,
    }
}

answer! {
    /// The contract under which the work is done.
    pub struct Contract {
        /// Its reference.
        #[serde(rename = "ref")]
        pub reference: String,
        /// The company.
        pub supplier: String,
        /// What it is worth, in the call's basis.
        pub amount: Amount,
        /// When it was signed.
        pub signed_on: String,
    }

    /// The supplier a vote chose.
    pub struct ChosenSupplier {
        /// The reference of the vote.
        pub vote: String,
        /// The company.
        pub supplier: String,
        /// The reference of its offer.
        #[serde(rename = "ref")]
        pub reference: String,
        /// What it asks, in the call's basis.
        pub amount: Amount,
    }

    /// A council that joined after the shares were final.
    pub struct LateJoiner {
        /// Its slug.
        pub council: String,
        /// The reference of its pledge.
        pub pledge: String,
        /// `redistribute`, `to_maintenance` or `more_scope`: where its money goes.
        pub policy: String,
        /// What it would have paid from the start.
        pub price: Amount,
        /// The part of that it pays, in basis points.
        pub escalator_bp: u32,
        /// Why it pays no more than the price, where that was waived: `past_funder`.
        pub waiver: Option<String>,
        /// What it pays.
        pub amount: Amount,
        /// Of that, what the call for funds `J1`, `J2`, … asks for by itself.
        pub apart: Amount,
        /// What those who paid before it are credited.
        pub credits: Vec<BuyInCredit>,
        /// Since when it takes part.
        pub joined_at: String,
    }

    /// What a council that paid before a joiner is credited.
    pub struct BuyInCredit {
        /// Its slug.
        pub council: String,
        /// How much.
        pub credit: Amount,
        /// Of that, by how much its share fell; the rest is given back at the closing.
        pub lowered: Amount,
    }

    /// The vote that a proposal opened.
    pub struct Proposed {
        /// Its reference.
        pub vote: String,
    }

    /// What a call said once.
    pub struct CallVersion {
        /// Its number, from 1: what was published.
        pub number: i64,
        /// Since when.
        pub created_at: String,
        /// Why it was changed; empty for the first.
        pub reason: String,
        /// What differs from the version before.
        pub changes: Vec<CallChange>,
        /// Everything it said.
        pub terms: NewCall,
        /// What every council that contributes to the space would pay under these terms; `null`
        /// where only the deadline moved and nobody could be weighed any more.
        pub simulation: Option<VersionSimulation>,
    }

    /// The shares a version of a call was published with, if every council that contributes to
    /// the space took part, ceilings put aside.
    pub struct VersionSimulation {
        /// One line a council, in the order of their slugs.
        pub councils: Vec<AnnouncedShare>,
        /// What they pay together.
        pub total: Amount,
        /// What nobody could be asked for, because of the cap or of an amount agreed for a council
        /// that does not contribute to the space.
        pub gap: Amount,
        /// The contributing councils the rule cannot weigh: their population or value is not
        /// recorded, or no amount was agreed for them.
        pub left_out: Vec<String>,
        /// Whether councils choose their amount, and those that have named none are supposed to
        /// offer equal parts of the rest.
        pub supposed: bool,
        /// What was computed: the body of `share/compute`.
        pub request: ShareRequest,
    }

    /// One council's line in the simulation of a version.
    pub struct AnnouncedShare {
        /// Its slug.
        pub council: String,
        /// What it weighs, where the rule has one part and weighs councils.
        pub weight: Option<u64>,
        /// What it would pay.
        pub share: Amount,
    }

    /// One thing an amendment changed.
    pub struct CallChange {
        /// The field, as in `target` or `milestones`.
        pub field: String,
        /// What it said before; `null` where it said nothing.
        pub before: Option<String>,
        /// What it says since; `null` where it says nothing.
        pub after: Option<String>,
    }
}
