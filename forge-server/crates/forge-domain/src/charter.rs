//! The machine part of a space's charter (domain.md §c3): what votes, withdrawals, late joiners,
//! work in kind and reserves go by. Reading `charter.toml` is for the server; the rules are here.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    money::{Amount, Currency},
    vote::{TermsFault, VoteKind, VoteTerms},
    words::words,
};

/// The whole, in basis points.
const WHOLE_BP: u32 = 10_000;

words! {
    /// How a council leaves a call that is not confirmed, or a space.
    EarlyWithdrawal {
        /// At once.
        Free = "free",
        /// After the days of notice.
        Notice = "notice",
    }
}

words! {
    /// How a council leaves a confirmed call.
    LateWithdrawal {
        /// Another council takes its share.
        Substitution = "substitution",
        /// The funders decide by a vote.
        Vote = "vote",
        /// Either.
        SubstitutionOrVote = "substitution_or_vote",
    }
}

words! {
    /// Where the buy-in of a council that joins late goes (domain.md §c10).
    LateJoinerPolicy {
        /// Back to those who paid before it.
        Redistribute = "redistribute",
        /// Into the upkeep.
        ToMaintenance = "to_maintenance",
        /// Into more work.
        MoreScope = "more_scope",
    }
}

words! {
    /// Who does not pay the escalator.
    Waiver {
        /// A council that paid for an earlier call of the space.
        PastFunder = "past_funder",
        /// A council that brought work in kind.
        InKindContributor = "in_kind_contributor",
    }
}

/// From a day on, a buy-in is this part of what it would have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Escalation {
    /// The first day.
    pub from: Date,
    /// In basis points; 10000 leaves it as it is.
    pub bp: u32,
}

/// How work in kind is valued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InKindTerms {
    /// What a day is worth.
    pub day_rate: Amount,
    /// In this currency.
    pub currency: Currency,
    /// The most of the whole cost of a call, money and work together, that may be work, in basis
    /// points.
    pub max_share_bp: u32,
}

/// A charter, as programs read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charter {
    /// Which, from 1; each amendment is the next.
    pub version: u32,
    /// The terms of every kind of vote.
    votes: BTreeMap<VoteKind, VoteTerms>,
    /// The kinds it names itself.
    named: Vec<VoteKind>,
    /// How a council leaves before a confirmation.
    pub before_confirmation: EarlyWithdrawal,
    /// The days of notice, where there is notice.
    pub notice_days: u32,
    /// How a council leaves after a confirmation.
    pub after_confirmation: LateWithdrawal,
    /// Where a late joiner's buy-in goes.
    pub late_joiner: LateJoinerPolicy,
    /// How a buy-in grows with time, by day.
    pub escalator: Vec<Escalation>,
    /// Who does not pay that growth.
    pub waiver: Vec<Waiver>,
    /// How work in kind is valued; none where it is not taken.
    pub in_kind: Option<InKindTerms>,
    /// The reserve a call of the space starts from, in basis points.
    pub reserve_bp: u32,
    /// A council's refund below this is carried to maintenance; zero where none is.
    pub carried_below: Amount,
    /// Whether a change is read by somebody of another council.
    pub other_council_reviews: bool,
}

/// What a charter says of votes, as it was written.
#[derive(Debug, Clone, Default)]
pub struct WrittenVotes {
    /// What every kind goes by that is not named.
    pub default: Option<VoteTerms>,
    /// The kinds named.
    pub named: BTreeMap<VoteKind, VoteTerms>,
}

impl Charter {
    /// A charter that says nothing: every rule is the usual one.
    pub fn silent(version: u32) -> Self {
        Self {
            version,
            votes: BTreeMap::new(),
            named: Vec::new(),
            before_confirmation: EarlyWithdrawal::Notice,
            notice_days: 30,
            after_confirmation: LateWithdrawal::SubstitutionOrVote,
            late_joiner: LateJoinerPolicy::ToMaintenance,
            escalator: Vec::new(),
            waiver: Vec::new(),
            in_kind: None,
            reserve_bp: 0,
            carried_below: Amount::ZERO,
            other_council_reviews: false,
        }
    }

    /// The same, with what it says of votes. A kind that is not named goes by the charter's
    /// `default`, but keeps its own electorate, and its own rule and majority where domain.md §c4
    /// guards it with more than a plain majority.
    #[must_use]
    pub fn with_votes(mut self, written: WrittenVotes) -> Self {
        for &kind in VoteKind::ALL {
            let usual = VoteTerms::usual(kind);
            let terms = match (written.named.get(&kind), &written.default) {
                (Some(named), _) => named.clone(),
                (None, None) => usual,
                (None, Some(default)) if VoteTerms::is_guarded(kind) => {
                    VoteTerms { quorum_bp: default.quorum_bp, days: default.days, ..usual }
                }
                (None, Some(default)) => {
                    VoteTerms { electorate: usual.electorate, ..default.clone() }
                }
            };
            self.votes.insert(kind, terms);
        }
        self.named = written.named.into_keys().collect();
        self
    }

    /// How a vote of this kind is held.
    pub fn terms(&self, kind: VoteKind) -> VoteTerms {
        self.votes.get(&kind).cloned().unwrap_or_else(|| VoteTerms::usual(kind))
    }

    /// Whether the charter itself says how this is voted: what the lead may otherwise decide then
    /// takes a vote (joining a space, publishing a call).
    pub fn asks_for(&self, kind: VoteKind) -> bool {
        self.named.contains(&kind)
    }

    /// The part of its price that a council joining on `day` pays, in basis points: the step of
    /// the escalator that has begun, or the price itself before the first and for whom it is
    /// waived.
    pub fn escalator_on(&self, day: Date, is_waived: bool) -> u32 {
        let begun = self.escalator.iter().rev().find(|step| step.from <= day);
        begun.filter(|_| !is_waived).map_or(WHOLE_BP, |step| step.bp)
    }

    /// The days of notice a council gives before it leaves the space.
    pub const fn days_of_notice(&self) -> u32 {
        match self.before_confirmation {
            EarlyWithdrawal::Free => 0,
            EarlyWithdrawal::Notice => self.notice_days,
        }
    }
}

/// Why a charter cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CharterFault {
    /// Not the next number.
    #[error("The version must be {expected}, the one after the charter in force.")]
    Version {
        /// The number it must have.
        expected: u32,
    },
    /// Terms of a vote that cannot be.
    #[error("{0}")]
    Terms(#[from] TermsFault),
    /// More than the whole.
    #[error("A part in basis points is at most 10000, the whole.")]
    BasisPoints,
    /// Longer than anybody plans.
    #[error("Notice is given at most 730 days ahead.")]
    Notice,
    /// Steps of the escalator out of order.
    #[error("The days of the escalator must rise.")]
    Escalator,
    /// An amount below zero.
    #[error("An amount is zero or more, in minor units.")]
    Amount,
}

impl CharterFault {
    /// The word by which its message is chosen.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Version { .. } => "version",
            Self::Terms(fault) => fault.name(),
            Self::BasisPoints => "basis_points",
            Self::Notice => "notice",
            Self::Escalator => "escalator",
            Self::Amount => "amount",
        }
    }
}
