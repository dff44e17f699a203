//! Co-funding calls: as drafted, as shown, and as simulated.

mod steering;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Amount,
    pledges::PledgeState,
    share::{Basis, Rule, Subsidy},
};

pub use steering::{
    AnnouncedShare, BuyInCredit, CallAmend, CallChange, CallReopen, CallVersion, ChosenSupplier,
    Contract, LateJoiner, NewContract, NewCouncilVote, NewExtension, NewOffer, NewScope, NewStop,
    NewSupplierVote, Proposed, VersionSimulation,
};

/// Where a call stands (domain.md §c6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// Being written; only its space sees it.
    Draft,
    /// Published and collecting pledges.
    Open,
    /// Its thresholds are met; nothing is frozen.
    Reached,
    /// Succeeded: shares are frozen.
    Confirmed,
    /// The contract is signed and the work goes on.
    Executing,
    /// The work is over; money is being called, paid and given back.
    Settling,
    /// Every account is even.
    Closed,
    /// Missed its thresholds at the deadline.
    Failed,
    /// Called off by the lead.
    Cancelled,
}

/// Where a milestone stands (domain.md §c11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneState {
    /// Nothing was done yet.
    Planned,
    /// The supplier works on it.
    InProgress,
    /// Submitted, and waiting for the vote.
    Delivered,
    /// Accepted by vote.
    Accepted,
    /// Sent back with reasons.
    Rejected,
    /// Not done.
    Dropped,
}

strict_body! {
    /// A call as its lead drafts it: the body that makes one, and the content of `call.toml`.
    pub struct NewCall {
        /// The slug of the space; may be said beside the file instead.
        #[serde(default)]
        pub space: Option<String>,
        /// What is to be paid for, in one line.
        pub title: String,
        /// The need, in Markdown.
        pub need: String,
        /// What is delivered, in Markdown.
        #[serde(default)]
        pub scope: Option<String>,
        /// What is not, in Markdown.
        #[serde(default)]
        pub out_of_scope: Option<String>,
        /// The language of these texts; the space's when nothing is said.
        #[serde(default)]
        pub lang: Option<String>,
        /// The modules it is for, each as `owner/name`.
        #[serde(default)]
        pub modules: Vec<String>,
        /// Currency, ISO 4217; the space's when nothing is said.
        #[serde(default)]
        pub currency: Option<String>,
        /// Whether amounts are net or gross of tax; net when nothing is said.
        #[serde(default)]
        pub basis: Basis,
        /// The rate of VAT in basis points; 0 when nothing is said.
        #[serde(default)]
        pub vat_bp: u32,
        /// The full cost, in the call's basis.
        pub target: Amount,
        /// The least firm total that lets work start; the target when nothing is said.
        #[serde(default)]
        pub minimum: Option<Amount>,
        /// The slices of the work; their amounts (and the reserve) add up to the target.
        #[serde(default)]
        pub milestones: Vec<NewMilestone>,
        /// The part kept for contingencies, in basis points of the target.
        #[serde(default)]
        pub reserve_bp: u32,
        /// How the cost is divided.
        pub rule: Rule,
        /// The least a share may be.
        #[serde(default)]
        pub floor: Option<Amount>,
        /// The most a share may be.
        #[serde(default)]
        pub cap: Option<Amount>,
        /// Grants deducted before sharing.
        #[serde(default)]
        pub subsidies: Vec<Subsidy>,
        /// How many councils must be firm; 2 when nothing is said.
        #[serde(default)]
        pub min_councils: Option<u32>,
        /// How many inhabitants they must have together.
        #[serde(default)]
        pub min_population: Option<i64>,
        /// The councils without which the call does not succeed, by slug.
        #[serde(default)]
        pub required_councils: Vec<String>,
        /// Who covers what is missing at the deadline, up to a limit.
        #[serde(default)]
        pub backstop: Option<NewBackstop>,
        /// Whether a ceiling below today's share is taken, and shown as such.
        #[serde(default)]
        pub low_ceilings: bool,
        /// Whether the lead may confirm before the deadline once the target is covered.
        #[serde(default)]
        pub early_close: bool,
        /// First day pledges are taken; the day of publication when nothing is said.
        #[serde(default)]
        pub opens_on: Option<String>,
        /// Last day, to its end in the space's time zone.
        pub deadline: String,
        /// Days after the deadline before the call is decided; 0 when nothing is said.
        #[serde(default)]
        pub grace_days: u32,
        /// Who contracts and pays, as the profile names it; `each_buys` when nothing is said.
        #[serde(default)]
        pub vehicle: Option<String>,
        /// The rules of evidence; `generic` when nothing is said.
        #[serde(default)]
        pub profile: Option<String>,
        /// The licence of the result; the space's when nothing is said.
        #[serde(default)]
        pub licence: Option<String>,
        /// The slug of the council that carries the procedure; the space's when nothing is said.
        #[serde(default)]
        pub lead: Option<String>,
        /// The slug of the council that receives and pays; the space's when nothing is said.
        #[serde(default)]
        pub treasurer: Option<String>,
    }

    /// The body that calls a call off.
    pub struct CallCancel {
        /// Why, in a sentence everybody may read.
        pub reason: String,
    }

    /// A guarantee of closing.
    pub struct NewBackstop {
        /// The slug of the council that gives it.
        pub guarantor: String,
        /// The most it pays, in the call's basis.
        pub limit: Amount,
        /// The act it rests on, as in `délibération 2026-41`.
        pub act_ref: String,
        /// Whether it pays before the other councils are taken up to their ceilings.
        #[serde(default)]
        pub before_ceilings: bool,
    }

    /// A slice of the work, in order.
    pub struct NewMilestone {
        /// What it delivers, in one line.
        pub title: String,
        /// What it costs, in the call's basis.
        pub amount: Amount,
        /// When it is due.
        #[serde(default)]
        pub due_on: Option<String>,
        /// What must hold for it to be accepted: a text, or a text with a link.
        #[serde(default)]
        pub criteria: Vec<NewCriterion>,
    }
}

/// What must hold for a milestone to be accepted, as its lead writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum NewCriterion {
    /// Only a text.
    Text(String),
    /// A text with a link.
    Linked(Criterion),
}

answer! {
    /// What must hold for a milestone to be accepted.
    pub struct Criterion {
        /// What must hold.
        pub text: String,
        /// The issue, test or document it is about.
        pub link: Option<String>,
    }

    /// A guarantee of closing.
    pub struct Backstop {
        /// The slug of the council that gives it.
        pub guarantor: String,
        /// The most it pays, in the call's basis.
        pub limit: Amount,
        /// The act it rests on.
        pub act_ref: String,
        /// Whether it pays before the other councils are taken up to their ceilings.
        pub before_ceilings: bool,
    }

    /// A slice of the work.
    pub struct Milestone {
        /// Its place, from 1.
        pub n: u32,
        /// What it delivers.
        pub title: String,
        /// What it costs, in the call's basis.
        pub amount: Amount,
        /// When it is due.
        pub due_on: Option<String>,
        /// What must hold for it to be accepted.
        pub criteria: Vec<Criterion>,
        /// Whether what is funded today, or was at the end, pays for it.
        pub funded: bool,
        /// Where it stands.
        pub state: MilestoneState,
    }

    /// What is needed for the call to succeed, and what there is.
    pub struct Thresholds {
        /// The least firm total that lets work start.
        pub minimum: Amount,
        /// How many councils must be firm.
        pub min_councils: u32,
        /// How many councils are.
        pub councils: u32,
        /// How many inhabitants they must have together.
        pub min_population: Option<i64>,
        /// How many they have.
        pub population: i64,
        /// The councils without which the call does not succeed.
        pub required_councils: Vec<String>,
        /// Those of them that are not firm yet.
        pub required_missing: Vec<String>,
    }

    /// What one council has said and would owe.
    pub struct CallShare {
        /// The council's slug.
        pub council: String,
        /// The council's name.
        pub name: String,
        /// The reference of its pledge.
        pub pledge: String,
        /// Where its pledge stands.
        pub state: PledgeState,
        /// The most it may owe; `null` for an intention that names none.
        pub ceiling: Option<Amount>,
        /// What it would owe if the call ended now; final once the call is confirmed.
        pub share: Option<Amount>,
        /// What its work is worth that is credited against its share; none where it gives none.
        pub in_kind: Option<Amount>,
        /// What of that work is beyond its fair share, and nobody pays back.
        pub gift: Option<Amount>,
        /// Its share before the work is credited: what it pays and the work, less the gift.
        pub fair_share: Option<Amount>,
    }

    /// A call.
    pub struct Call {
        /// Its identifier.
        pub id: Uuid,
        /// Its reference, such as `CALL-2026-0007`.
        #[serde(rename = "ref")]
        pub reference: String,
        /// The slug of its space.
        pub space: String,
        /// What is to be paid for.
        pub title: String,
        /// The need, in Markdown.
        pub need: String,
        /// What is delivered, in Markdown.
        pub scope: String,
        /// What is not, in Markdown.
        pub out_of_scope: String,
        /// The language of these texts.
        pub lang: String,
        /// The modules it is for.
        pub modules: Vec<String>,
        /// Where it stands.
        pub state: CallState,
        /// Currency, ISO 4217.
        pub currency: String,
        /// Whether amounts are net or gross of tax.
        pub basis: Basis,
        /// The rate of VAT in basis points.
        pub vat_bp: u32,
        /// The full cost.
        pub target: Amount,
        /// What is needed and what there is.
        pub thresholds: Thresholds,
        /// The sum of firm ceilings: what the call can rely on.
        pub capacity: Amount,
        /// The sum of the ceilings intentions name; never added to the above.
        pub intended: Amount,
        /// What is missing to the target.
        pub missing: Amount,
        /// The slices of the work.
        pub milestones: Vec<Milestone>,
        /// The part kept for contingencies, in basis points.
        pub reserve_bp: u32,
        /// How the cost is divided.
        pub rule: Rule,
        /// The least a share may be.
        pub floor: Option<Amount>,
        /// The most a share may be.
        pub cap: Option<Amount>,
        /// Grants deducted before sharing.
        pub subsidies: Vec<Subsidy>,
        /// Who covers what is missing at the deadline.
        pub backstop: Option<Backstop>,
        /// What each council has said and would owe.
        pub shares: Vec<CallShare>,
        /// Whether the lead may confirm before the deadline.
        pub early_close: bool,
        /// Whether a ceiling below today's share is taken.
        pub low_ceilings: bool,
        /// First day pledges are taken.
        pub opens_on: Option<String>,
        /// Last day.
        pub deadline: String,
        /// The moment it ends, in UTC.
        pub deadline_at: String,
        /// Days after the deadline before the call is decided.
        pub grace_days: u32,
        /// Who contracts and pays.
        pub vehicle: String,
        /// The rules of evidence.
        pub profile: String,
        /// The licence of the result.
        pub licence: String,
        /// The slug of the council that carries the procedure.
        pub lead: String,
        /// The slug of the council that receives and pays.
        pub treasurer: String,
        /// When it was published.
        pub published_at: Option<String>,
        /// When it was decided.
        pub ended_at: Option<String>,
        /// Why it failed or was called off.
        pub end_reason: Option<String>,
        /// How often a vote moved its last day.
        pub extensions: u32,
        /// Until when firm pledgers may leave without fault, after a change.
        pub leave_until: Option<String>,
        /// The contract under which the work is done.
        pub contract: Option<Contract>,
        /// The supplier a vote chose.
        pub chosen_supplier: Option<ChosenSupplier>,
        /// The councils that joined after the shares were final.
        pub late_joiners: Vec<LateJoiner>,
        /// When its work was over.
        pub settled_at: Option<String>,
        /// When its books were closed.
        pub closed_at: Option<String>,
        /// The call that came to nothing and of which this is the second try.
        pub reopens: Option<String>,
        /// How often it was changed; a change must name the number it saw.
        pub version: i64,
        /// Absolute address of its page.
        pub html_url: String,
    }
}
