//! Pledges: what a council says it will pay, and on what act that rests.

mod visa;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Amount;

pub use visa::{PledgeVisa, Visa, VisaDecision};

/// Where a pledge stands (domain.md §c9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PledgeState {
    /// Binds nobody.
    Intention,
    /// Its body is going to decide, or has and its act still waits for something.
    PendingDecision,
    /// Rests on an act; due if the call succeeds.
    Firm,
    /// The call succeeded: the share is final.
    Confirmed,
    /// The council has reserved the money in its own accounts.
    Ordered,
    /// All of the share was called and paid.
    Settled,
    /// Long overdue, as the funders have voted.
    Defaulted,
    /// Another council has taken the place.
    Substituted,
    /// Taken back before the call was decided.
    Withdrawn,
    /// An intention the deadline overtook.
    Lapsed,
    /// Freed because the call did not succeed.
    Released,
    /// The council said no.
    Refused,
}

impl PledgeState {
    /// Whether the council may still say no: nothing is promised.
    pub const fn is_undecided(self) -> bool {
        matches!(self, Self::Intention | Self::PendingDecision)
    }
}

/// The part of a public budget an expense belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BudgetSection {
    /// What lasts.
    Investment,
    /// What is used up within the year.
    #[default]
    Operating,
}

/// The part of a ceiling that falls into one budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetYear {
    /// The year.
    pub year: i16,
    /// The part.
    pub amount: Amount,
    /// The section of the budget; `operating` when nothing is said.
    #[serde(default)]
    pub section: BudgetSection,
    /// The account it is booked on, as the council writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_hint: Option<String>,
}

/// Who may read the file behind an evidence; its number and date are always public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceVisibility {
    /// Everybody.
    Public,
    /// The councils of the space.
    Members,
    /// Auditors.
    #[default]
    Auditors,
}

strict_body! {
    /// The body that declares an intention.
    pub struct PledgeIntent {
        /// The slug of the council.
        pub council: String,
        /// The most it thinks of.
        #[serde(default)]
        pub ceiling: Option<Amount>,
        /// A remark the space's councils may read.
        #[serde(default)]
        pub note: Option<String>,
        /// Whether everybody may see the intention; `true` when nothing is said.
        #[serde(default)]
        pub public: Option<bool>,
        /// Makes a repeated request the same request; the header of that name does too.
        #[serde(default)]
        pub idempotency_key: Option<String>,
    }

    /// The body that commits a council, up to a ceiling and on the strength of an act.
    pub struct PledgeCommit {
        /// The slug of the council.
        pub council: String,
        /// The most the council may ever owe on this call: what its act authorises.
        pub ceiling: Amount,
        /// The act; absent where it was added to the pledge already.
        #[serde(default)]
        pub evidence: Option<NewEvidence>,
        /// The ceiling by budget year; the parts make the whole.
        #[serde(default)]
        pub budget_years: Vec<BudgetYear>,
        /// A remark the space's councils may read.
        #[serde(default)]
        pub note: Option<String>,
        /// Makes a repeated request the same request; the header of that name does too.
        #[serde(default)]
        pub idempotency_key: Option<String>,
    }

    /// The body that says when which body decides.
    pub struct PledgeSchedule {
        /// The day of the decision.
        pub planned_on: String,
        /// The body: the assembly, its bureau, the executive, a cabinet.
        pub body: String,
    }

    /// The body that changes the ceiling of a firm pledge.
    pub struct PledgeAmend {
        /// The most the council may owe from now on.
        pub ceiling: Amount,
        /// The act; absent where the ceiling falls, or where it was added already.
        #[serde(default)]
        pub evidence: Option<NewEvidence>,
        /// The new ceiling by budget year.
        #[serde(default)]
        pub budget_years: Vec<BudgetYear>,
        /// Makes a repeated request the same request; the header of that name does too.
        #[serde(default)]
        pub idempotency_key: Option<String>,
    }

    /// The body that records the council's own commitment.
    pub struct PledgeOrder {
        /// The number of the legal commitment or of the purchase order.
        pub commitment_no: String,
        /// The service that pays.
        #[serde(default)]
        pub service_code: Option<String>,
    }

    /// The body that offers the place of a confirmed pledge to another council.
    pub struct PlaceOffer {
        /// The slug of the council that is to take it.
        pub to: String,
        /// Why, in a sentence everybody may read.
        pub reason: String,
        /// The act it rests on.
        #[serde(default)]
        pub act_ref: Option<String>,
        /// Makes a repeated request the same request; the header of that name does too.
        #[serde(default)]
        pub idempotency_key: Option<String>,
    }

    /// The body that takes a place that was offered.
    pub struct PlaceTake {
        /// The slug of the council that takes it.
        pub council: String,
        /// What its own act authorises: at least the share.
        pub ceiling: Amount,
        /// The act.
        pub evidence: NewEvidence,
        /// Makes a repeated request the same request; the header of that name does too.
        #[serde(default)]
        pub idempotency_key: Option<String>,
    }

    /// The body that asks to join a call whose shares are final.
    pub struct JoinAsk {
        /// The slug of the council.
        pub council: String,
        /// What its act authorises: at least what it is to pay.
        pub ceiling: Amount,
        /// The act.
        pub evidence: NewEvidence,
        /// Makes a repeated request the same request; the header of that name does too.
        #[serde(default)]
        pub idempotency_key: Option<String>,
    }

    /// The body that adds to an act the dates it was missing.
    pub struct EvidenceDates {
        /// The day the prefecture received it.
        #[serde(default)]
        pub prefecture_receipt: Option<String>,
        /// The day it was published.
        #[serde(default)]
        pub published: Option<String>,
    }

    /// The body that rejects an act.
    pub struct EvidenceReject {
        /// What is wrong with it, for who has to bring another.
        pub reason: String,
    }

    /// The act a firm pledge rests on.
    pub struct NewEvidence {
        /// What kind of act, as the call's profile names it.
        pub kind: String,
        /// Its number.
        pub number: String,
        /// The day it was taken.
        pub date: String,
        /// The day the prefecture received it.
        #[serde(default)]
        pub prefecture_receipt: Option<String>,
        /// The day it was published.
        #[serde(default)]
        pub published: Option<String>,
        /// The act that delegates the decision.
        #[serde(default)]
        pub delegation_ref: Option<String>,
        /// The code of its subject, as the country classifies acts.
        #[serde(default)]
        pub matter_code: Option<String>,
        /// Absolute address where it can be read.
        #[serde(default)]
        pub url: Option<String>,
        /// Who may read the file.
        #[serde(default)]
        pub visibility: EvidenceVisibility,
        /// The file itself.
        #[serde(default)]
        pub file: Option<EvidenceFile>,
    }

    /// A file inside a body.
    pub struct EvidenceFile {
        /// Its name, without folders.
        pub name: String,
        /// Its media type; told from its bytes when nothing is said.
        #[serde(default)]
        pub media_type: Option<String>,
        /// Its bytes in base64.
        pub content: String,
    }

    /// The body that ends an intention with a no.
    pub struct PledgeRefuse {
        /// Why, in a sentence everybody may read.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// The body that takes a pledge back.
    pub struct PledgeWithdraw {
        /// Why, in a sentence everybody may read.
        pub reason: String,
        /// The act it rests on.
        #[serde(default)]
        pub act_ref: Option<String>,
        /// Makes a repeated request the same request; the header of that name does too.
        #[serde(default)]
        pub idempotency_key: Option<String>,
    }
}

answer! {
    /// A pledge, with what it would cost today.
    pub struct Pledge {
        /// Its identifier.
        pub id: Uuid,
        /// Its reference, such as `PLG-2026-0031`.
        #[serde(rename = "ref")]
        pub reference: String,
        /// The reference of the call.
        pub call: String,
        /// The slug of the council.
        pub council: String,
        /// Where it stands.
        pub state: PledgeState,
        /// Currency of every amount, ISO 4217.
        pub currency: String,
        /// What the council would owe if the call ended now; `null` once that cannot be.
        pub share_now: Option<Amount>,
        /// What it would owe if every intention became firm.
        pub share_if_all_join: Option<Amount>,
        /// The most it may ever owe; `null` for an intention that names none.
        pub ceiling: Option<Amount>,
        /// What it owes, once the call is confirmed.
        pub final_share: Option<FinalShare>,
        /// The ceiling by budget year.
        pub budget_years: Vec<BudgetYear>,
        /// The day its body decides.
        pub planned_on: Option<String>,
        /// The body that decides.
        pub body: Option<String>,
        /// When it was signed, where its act still waited for something.
        pub signed_at: Option<String>,
        /// What a signed pledge still waits for: a field of its act, or `second_check`.
        pub awaits: Vec<String>,
        /// The number of the council's own commitment or purchase order.
        pub commitment_no: Option<String>,
        /// The service that pays.
        pub service_code: Option<String>,
        /// The place it offers, where it does.
        pub substitution: Option<Substitution>,
        /// The acts it rests on.
        pub evidence: Vec<Evidence>,
        /// The remark, for those who may read it.
        pub note: Option<String>,
        /// Why it was taken back.
        pub reason: Option<String>,
        /// The place of its last entry in the space's ledger.
        pub ledger_seq: Option<i64>,
        /// The hash of that entry, in hexadecimal.
        pub ledger_hash: Option<String>,
        /// When it was first said.
        pub created_at: String,
        /// When it last changed.
        pub updated_at: String,
        /// Absolute address of the call's page.
        pub html_url: String,
    }

    /// A place offered to another council.
    pub struct Substitution {
        /// The slug of the council that is to take it.
        pub to: String,
        /// Why.
        pub reason: String,
        /// The pledge by which it takes it, once signed.
        pub pledge: Option<String>,
        /// When it was offered.
        pub offered_at: String,
        /// When the lead of the call agreed.
        pub approved_at: Option<String>,
        /// When the place passed.
        pub done_at: Option<String>,
    }

    /// A frozen share, without and with tax.
    pub struct FinalShare {
        /// Without tax.
        pub net: Amount,
        /// Tax.
        pub vat: Amount,
        /// With tax.
        pub gross: Amount,
    }

    /// An act, as everybody may see it; the file has its own rules.
    pub struct Evidence {
        /// Its identifier.
        pub id: Uuid,
        /// What kind of act.
        pub kind: String,
        /// Its number.
        pub number: String,
        /// The day it was taken.
        pub date: String,
        /// The day the prefecture received it.
        pub prefecture_receipt: Option<String>,
        /// The day it was published.
        pub published: Option<String>,
        /// The day it became enforceable; `null` until then.
        pub enforceable_on: Option<String>,
        /// The act that delegates the decision.
        pub delegation_ref: Option<String>,
        /// The code of its subject.
        pub matter_code: Option<String>,
        /// Absolute address where it can be read.
        pub url: Option<String>,
        /// Salted SHA-256 of the file, as `sha256:` and hexadecimal; `null` without a file.
        pub digest: Option<String>,
        /// When a second person checked it; `null` until then.
        pub checked_at: Option<String>,
        /// When a second person rejected it, after which it backs nothing; `null` otherwise.
        pub rejected_at: Option<String>,
        /// Why it was rejected.
        pub rejection: Option<String>,
    }
}
