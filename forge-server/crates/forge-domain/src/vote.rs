//! Votes of public bodies: who counts, by which rule, and what the ballots decide (domain.md §c4).
//!
//! A vote is opened with its terms and its electorate frozen: [`electors`] weighs the bodies once,
//! [`tally`] counts their ballots, and [`Closed::canonical_bytes`] is the final state that the
//! ledger keeps a digest of. No clock here: whoever calls says when.

mod closed;
mod electorate;
mod tally;
mod terms;

use jiff::Timestamp;

use crate::words::words;

pub use closed::{Ballot, Closed};
pub use electorate::{Body, Elector, electors};
pub use tally::{Chamber, Outcome, Reason, Tally, tally, tally_offers};
pub use terms::{Step, TermsFault, VoteTerms};

words! {
    /// What a vote is about; its usual electorate and rule follow from it.
    VoteKind {
        /// The charter of the space.
        Charter = "charter",
        /// Where a council stands in the space: admitted, suspended, admitted again.
        Admit = "admit",
        /// Publishing a call.
        CallOpen = "call_open",
        /// Giving a call a later deadline.
        CallExtend = "call_extend",
        /// Accepting what was delivered for a milestone.
        MilestoneAccept = "milestone_accept",
        /// Changing what a confirmed call pays for.
        ScopeChange = "scope_change",
        /// Giving up a claim.
        WriteOff = "write_off",
        /// Choosing who does the work.
        Supplier = "supplier",
        /// Letting a council join a confirmed call.
        LateJoiner = "late_joiner",
        /// Saying that a council does not pay what it owes.
        Dispute = "dispute",
        /// Stopping a call before its last milestone.
        Close = "close",
        /// Anything else; the result is recorded and nothing follows by itself.
        Other = "other",
    }
}

words! {
    /// How ballots become a decision.
    VoteRule {
        /// Each body counts one.
        OneBodyOneVote = "one_body_one_vote",
        /// Each body counts what it contributes.
        ByContribution = "by_contribution",
        /// Each body counts by its size.
        ByBand = "by_band",
        /// Each body counts one to a few votes, by steps of what it contributes.
        Stepped = "stepped",
        /// A majority of the bodies, and a majority of the money.
        DoubleMajority = "double_majority",
        /// Nobody objects with a reason.
        Consent = "consent",
    }
}

impl VoteRule {
    /// Whether the rule weighs bodies alone, so that one of them could decide alone.
    pub const fn is_weighted(self) -> bool {
        matches!(self, Self::ByContribution | Self::ByBand | Self::Stepped)
    }
}

words! {
    /// Which bodies a vote asks. Suppliers and observers are never among them.
    Electorate {
        /// The contributing members of the space.
        Members = "members",
        /// The contributing members that pay for the call.
        Funders = "funders",
        /// The lead and the councils firmly pledged to the call.
        LeadAndPledgers = "lead_and_pledgers",
    }
}

words! {
    /// What a body says.
    Choice {
        /// For.
        Yes = "yes",
        /// Against; under `consent`, an objection, which has a reason.
        No = "no",
        /// Neither.
        Abstain = "abstain",
    }
}

words! {
    /// Where a vote stands.
    VoteState {
        /// Ballots are taken and may be changed.
        Open = "open",
        /// Closed, and carried.
        Passed = "passed",
        /// Closed, and not carried: things stay as they are.
        Rejected = "rejected",
        /// Taken back by who opened it, before anybody had voted.
        Withdrawn = "withdrawn",
    }
}

/// Why a ballot or a vote is refused. Every one leaves the vote as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoteError {
    /// The vote is closed.
    #[error("The vote is closed: its ballots are no longer changed.")]
    Closed,
    /// Somebody has voted.
    #[error("A council has voted already: the vote goes on to its end.")]
    BallotCast,
    /// The ballot names none of the offers, or one where there are none.
    #[error("Say which of the offers the ballot is for.")]
    OptionMissing,
    /// The body is not among those asked.
    #[error("{0} is not among the bodies this vote asks.")]
    NotAnElector(String),
    /// Under `consent` an objection without a reason does not count, so it is not taken.
    #[error("Write the reason of the objection: without one it does not count.")]
    ReasonMissing,
    /// There is no body to ask.
    #[error("There is nobody this vote could ask: no contributing council counts in it.")]
    NoElectors,
    /// A rule by size needs the size.
    #[error("The inhabitants of {0} are not known, and this rule weighs by them.")]
    PopulationMissing(String),
}

impl VoteError {
    /// The stable code of the refusal, for messages, the API and the CLI.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Closed => "vote_closed",
            Self::BallotCast => "ballot_cast",
            Self::OptionMissing => "option_missing",
            Self::NotAnElector(_) => "not_an_elector",
            Self::ReasonMissing => "reason_missing",
            Self::NoElectors => "no_electors",
            Self::PopulationMissing(_) => "population_missing",
        }
    }
}

/// Whether a body may cast this ballot now, as often as it changes its mind. Right:
/// [`crate::access::Deed::Vote`].
///
/// An act is in time while the clock shows less than `closes_at`, whether or not the job that
/// closes the vote has run.
pub fn cast(
    (state, closes_at): (VoteState, Timestamp),
    (rule, choice, reason): (VoteRule, Choice, &str),
    now: Timestamp,
) -> Result<(), VoteError> {
    if state != VoteState::Open || now >= closes_at {
        return Err(VoteError::Closed);
    }
    if (rule, choice) == (VoteRule::Consent, Choice::No) && reason.trim().is_empty() {
        return Err(VoteError::ReasonMissing);
    }
    Ok(())
}

/// Whether a ballot names what it has to: one of so many offers where it is for one of them, and
/// none where there are none or it is for nothing.
pub fn check_offer(choice: Choice, offer: Option<u32>, offers: u32) -> Result<(), VoteError> {
    let named = offer.is_some_and(|offer| (1..=offers).contains(&offer));
    let fits = if choice == Choice::Yes && offers > 0 { named } else { offer.is_none() };
    if fits { Ok(()) } else { Err(VoteError::OptionMissing) }
}

/// Whether a vote may be taken back: by who opened it, while it is open and nobody has voted.
pub fn withdraw(
    (state, closes_at): (VoteState, Timestamp),
    ballots: usize,
    now: Timestamp,
) -> Result<VoteState, VoteError> {
    match (state, ballots) {
        (VoteState::Open, 0) if now < closes_at => Ok(VoteState::Withdrawn),
        (VoteState::Open, _) if now < closes_at => Err(VoteError::BallotCast),
        _ => Err(VoteError::Closed),
    }
}

/// Whether a vote is closed now, by the clock alone.
///
/// It is not closed sooner when every body has voted: a ballot may be changed until the hour that
/// was announced (domain.md §c4), and the last to vote must not choose that hour.
pub fn is_due(state: VoteState, closes_at: Timestamp, now: Timestamp) -> bool {
    state == VoteState::Open && now >= closes_at
}

#[cfg(test)]
mod tests;
