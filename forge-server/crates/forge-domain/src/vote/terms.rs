//! The terms of a vote: usual ones by kind, and those a charter writes instead.

use super::{Electorate, VoteKind, VoteRule};
use crate::{money::Amount, sharing::Band};

/// The whole, in basis points.
const WHOLE_BP: u32 = 10_000;
/// Two thirds, to the basis point.
const TWO_THIRDS_BP: u32 = 6_667;
/// The longest a vote lasts.
const DAYS_MAX: u32 = 365;

/// From which contribution on a body has how many votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The least contribution of the step.
    pub from: Amount,
    /// The votes of a body on it.
    pub votes: u64,
}

/// How one vote is held. Frozen when it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteTerms {
    /// How ballots become a decision.
    pub rule: VoteRule,
    /// Which bodies are asked.
    pub electorate: Electorate,
    /// The least part of the bodies asked that has to take part, in basis points.
    pub quorum_bp: u32,
    /// The least part of the votes cast that has to be for it, in basis points, rounded to the
    /// nearest; up to 5001 it is more than half, to the last vote.
    pub majority_bp: u32,
    /// How many days ballots are taken.
    pub days: u32,
    /// Whether an abstention is a vote cast: it then counts as one that is not for it.
    pub abstentions_count: bool,
    /// Whether the lead's ballot decides a tie, where more than half is enough.
    pub casting_vote: bool,
    /// Whether the coordination group can stop it.
    pub technical_veto: bool,
    /// The weights by inhabitants, for `by_band`.
    pub bands: Vec<Band>,
    /// The votes by contribution, for `stepped`.
    pub steps: Vec<Step>,
}

/// What is wrong with the terms of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermsFault {
    /// More than the whole.
    #[error("A quorum is at most 10000 basis points, the whole.")]
    Quorum,
    /// Less than a half could carry both a text and its contrary.
    #[error("A majority lies between 5000 and 10000 basis points.")]
    Majority,
    /// No time to vote, or no end.
    #[error("A vote lasts between 1 and 365 days.")]
    Days,
    /// Bands that leave a size out.
    #[error("The bands must rise, and the last has no upper bound.")]
    Bands,
    /// Steps that leave a contribution out.
    #[error("The steps must rise, and the first begins at 0.")]
    Steps,
    /// Bands or steps beside a rule that has none.
    #[error("Bands belong to by_band and steps to stepped; another rule has neither.")]
    Superfluous,
}

impl TermsFault {
    /// The word by which its message is chosen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quorum => "quorum",
            Self::Majority => "majority",
            Self::Days => "days",
            Self::Bands => "bands",
            Self::Steps => "steps",
            Self::Superfluous => "superfluous",
        }
    }
}

impl VoteTerms {
    /// The terms of this kind where no charter says otherwise (domain.md §c4): a majority of the
    /// votes cast, silence counting for nothing.
    pub const fn usual(kind: VoteKind) -> Self {
        use VoteKind as K;
        let electorate = match kind {
            K::Charter | K::Admit | K::Other => Electorate::Members,
            K::CallOpen | K::Supplier => Electorate::LeadAndPledgers,
            K::CallExtend
            | K::MilestoneAccept
            | K::LateJoiner
            | K::Dispute
            | K::ScopeChange
            | K::WriteOff
            | K::Close => Electorate::Funders,
        };
        let (rule, majority_bp) = match kind {
            K::Charter | K::Admit => (VoteRule::OneBodyOneVote, TWO_THIRDS_BP),
            K::ScopeChange | K::WriteOff | K::Close => (VoteRule::DoubleMajority, 5_001),
            K::CallOpen
            | K::Supplier
            | K::CallExtend
            | K::MilestoneAccept
            | K::LateJoiner
            | K::Dispute
            | K::Other => (VoteRule::OneBodyOneVote, 5_001),
        };
        Self {
            rule,
            electorate,
            quorum_bp: 5_000,
            majority_bp,
            days: 15,
            abstentions_count: false,
            casting_vote: false,
            technical_veto: false,
            bands: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Whether [`VoteTerms::usual`] asks more of this kind than a plain majority of the bodies: a
    /// charter's `default` then sets its quorum and its days, and leaves rule and majority.
    pub const fn is_guarded(kind: VoteKind) -> bool {
        matches!(
            kind,
            VoteKind::Charter
                | VoteKind::Admit
                | VoteKind::ScopeChange
                | VoteKind::WriteOff
                | VoteKind::Close
        )
    }

    /// Everything that is wrong with these terms.
    pub fn check(&self) -> Vec<TermsFault> {
        let rising = self.bands.windows(2).all(|pair| match (pair[0].upto, pair[1].upto) {
            (Some(below), Some(above)) => below < above,
            (below, _) => below.is_some(),
        });
        let bands = rising && self.bands.last().is_some_and(|band| band.upto.is_none());
        let steps = self.steps.windows(2).all(|pair| pair[0].from < pair[1].from)
            && self.steps.first().is_some_and(|step| step.from == Amount::ZERO);
        let (by_band, stepped) = (self.rule == VoteRule::ByBand, self.rule == VoteRule::Stepped);
        let superfluous = !by_band && !self.bands.is_empty() || !stepped && !self.steps.is_empty();
        [
            (self.quorum_bp > WHOLE_BP, TermsFault::Quorum),
            (!(WHOLE_BP / 2..=WHOLE_BP).contains(&self.majority_bp), TermsFault::Majority),
            (!(1..=DAYS_MAX).contains(&self.days), TermsFault::Days),
            (by_band && !bands, TermsFault::Bands),
            (stepped && !steps, TermsFault::Steps),
            (superfluous, TermsFault::Superfluous),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect()
    }
}
