//! Counting: what the ballots decide, and the one reason that says why.

use std::collections::BTreeMap;

use super::{Choice, Elector, VoteRule, VoteState, VoteTerms};
use crate::words::words;

/// Up to here a majority is more than half of the votes cast, to the last vote.
const PLAIN_MAJORITY_BP: u32 = 5_001;

/// The votes of one chamber: heads, or weights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chamber {
    /// For.
    pub yes: u64,
    /// Against.
    pub no: u64,
    /// Neither.
    pub abstain: u64,
    /// Asked, and said nothing.
    pub silent: u64,
}

words! {
    /// Why a vote ended as it did.
    Reason {
        /// The votes for it are enough.
        Carried = "carried",
        /// Nobody objected.
        NoObjection = "no_objection",
        /// As many for as against, and the lead's ballot decided for it.
        CastingVote = "casting_vote",
        /// Too few bodies took part.
        NoQuorum = "no_quorum",
        /// As many for as against: things stay as they are.
        Tie = "tie",
        /// The votes for it are too few.
        NoMajority = "no_majority",
        /// Enough bodies, and too little money.
        NoMoneyMajority = "no_money_majority",
        /// The coordination group stopped it.
        Veto = "veto",
        /// A body objected with a reason.
        Objection = "objection",
    }
}

impl Reason {
    /// Whether the vote passed.
    pub const fn carries(self) -> bool {
        matches!(self, Self::Carried | Self::NoObjection | Self::CastingVote)
    }
}

/// How a vote ended, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Carried or not.
    pub passed: bool,
    /// Why.
    pub reason: Reason,
}

impl Outcome {
    /// The state of a vote that ended so.
    pub const fn state(self) -> VoteState {
        if self.passed { VoteState::Passed } else { VoteState::Rejected }
    }
}

/// Everything counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Each body one.
    pub heads: Chamber,
    /// Each body its weight: its money under `double_majority`, one where no rule weighs.
    pub weights: Chamber,
    /// How many bodies have to take part.
    pub quorum: u64,
    /// The decision.
    pub outcome: Outcome,
}

impl Chamber {
    fn add(&mut self, choice: Option<Choice>, weight: u64) {
        let votes = match choice {
            Some(Choice::Yes) => &mut self.yes,
            Some(Choice::No) => &mut self.no,
            Some(Choice::Abstain) => &mut self.abstain,
            None => &mut self.silent,
        };
        *votes = votes.saturating_add(weight);
    }

    /// The votes that a majority is a part of.
    pub const fn cast(&self, abstentions_count: bool) -> u64 {
        let cast = self.yes.saturating_add(self.no);
        if abstentions_count { cast.saturating_add(self.abstain) } else { cast }
    }
}

/// Counts the ballots of the electors; one of anybody else is nothing. A tie leaves things as they
/// are, unless the lead has a casting vote.
pub fn tally(terms: &VoteTerms, electors: &[Elector], ballots: &BTreeMap<String, Choice>) -> Tally {
    let (mut heads, mut weights) = (Chamber::default(), Chamber::default());
    let mut veto = (0_u64, 0_u64);
    for elector in electors {
        let choice = ballots.get(&elector.council).copied();
        heads.add(choice, 1);
        weights.add(choice, elector.weight);
        if elector.coordinates && choice.is_some() {
            veto = (veto.0 + u64::from(choice == Some(Choice::No)), veto.1 + 1);
        }
    }
    let asked = electors.len() as u64;
    let quorum = (0..=asked).find(|&there| reaches(there, asked, terms.quorum_bp));
    let quorum = quorum.unwrap_or(asked);
    let lead = electors.iter().find(|elector| elector.leads);
    let lead = lead.and_then(|lead| ballots.get(&lead.council).copied());
    let decided = |chamber: &Chamber| decide(terms, chamber, lead);
    let reason = if heads.cast(true) < quorum {
        Reason::NoQuorum
    } else if terms.technical_veto && veto.0 * 2 > veto.1 {
        Reason::Veto
    } else {
        match terms.rule {
            VoteRule::OneBodyOneVote => decided(&heads),
            VoteRule::ByContribution | VoteRule::ByBand | VoteRule::Stepped => decided(&weights),
            VoteRule::Consent if heads.no > 0 => Reason::Objection,
            VoteRule::Consent => Reason::NoObjection,
            VoteRule::DoubleMajority => match (decided(&heads), decided(&weights)) {
                (by_heads, _) if !by_heads.carries() => by_heads,
                (_, by_money) if !by_money.carries() => Reason::NoMoneyMajority,
                (Reason::Carried, by_money) => by_money,
                (by_heads, _) => by_heads,
            },
        }
    };
    let passed = reason.carries();
    Tally { heads, weights, quorum, outcome: Outcome { passed, reason } }
}

/// Counts a vote between offers, each ballot for one of them by its number from 1: an offer wins
/// where it would pass alone, the ballots for the others counted against it. No majority is of less
/// than a half, so that no two can; where none does, the tally is that of the offer that came
/// nearest, the first of equals.
pub fn tally_offers(
    terms: &VoteTerms,
    electors: &[Elector],
    ballots: &BTreeMap<String, (Choice, Option<u32>)>,
    offers: u32,
) -> (Tally, Option<u32>) {
    let of = |offer: u32| {
        let for_it = |(choice, chosen): &(Choice, Option<u32>)| match (choice, chosen) {
            (Choice::Yes, Some(chosen)) if *chosen != offer => Choice::No,
            (choice, _) => *choice,
        };
        let choices = ballots.iter().map(|(council, said)| (council.clone(), for_it(said)));
        tally(terms, electors, &choices.collect())
    };
    let mut nearest: Option<Tally> = None;
    for offer in 1..=offers {
        let counted = of(offer);
        if counted.outcome.passed {
            return (counted, Some(offer));
        }
        let votes = |tally: &Tally| (tally.heads.yes, tally.weights.yes);
        if nearest.as_ref().is_none_or(|before| votes(before) < votes(&counted)) {
            nearest = Some(counted);
        }
    }
    (nearest.unwrap_or_else(|| of(0)), None)
}

/// What one chamber decides. A casting vote turns a tie into a plain majority; it does not make up
/// a larger one.
fn decide(terms: &VoteTerms, chamber: &Chamber, lead: Option<Choice>) -> Reason {
    let cast = chamber.cast(terms.abstentions_count);
    let (twice, plain) = (u128::from(chamber.yes) * 2, terms.majority_bp <= PLAIN_MAJORITY_BP);
    let enough = if plain {
        twice > u128::from(cast)
    } else {
        chamber.yes > chamber.no && reaches(chamber.yes, cast, terms.majority_bp)
    };
    let tie = chamber.yes == chamber.no;
    let casts = plain && terms.casting_vote && lead == Some(Choice::Yes);
    match (enough, tie) {
        (true, _) => Reason::Carried,
        (false, true) if casts && twice == u128::from(cast) && cast > 0 => Reason::CastingVote,
        (false, true) => Reason::Tie,
        (false, false) => Reason::NoMajority,
    }
}

/// Whether a part of a whole is at least so many basis points, rounded to the nearest: two of
/// three are the 6667 that stand for two thirds.
fn reaches(part: u64, whole: u64, bp: u32) -> bool {
    if whole == 0 {
        return bp == 0;
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    (part * 20_000 + whole) / (whole * 2) >= u128::from(bp)
}
