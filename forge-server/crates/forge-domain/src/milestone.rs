//! Milestones: slices of the work of a call, delivered, accepted by vote, or sent back
//! (domain.md §c11).

use crate::{
    access::Deed,
    call::{CallState, Mover},
    words::words,
};

words! {
    /// Where a milestone stands.
    MilestoneState {
        /// Nothing was done yet.
        Planned = "planned",
        /// The supplier works on it.
        InProgress = "in_progress",
        /// Submitted, and waiting for the vote.
        Delivered = "delivered",
        /// Accepted by vote: its tranche may be called.
        Accepted = "accepted",
        /// Sent back with reasons; it can be delivered again.
        Rejected = "rejected",
        /// Not done: left out at the confirmation, or dropped by vote.
        Dropped = "dropped",
    }
}

impl MilestoneState {
    /// Whether nothing is left to do of it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Accepted | Self::Dropped)
    }
}

words! {
    /// What can happen to a milestone.
    MilestoneAct {
        /// The lead says that work has begun.
        Start = "start",
        /// Supplier or maintainer submits it.
        Deliver = "deliver",
        /// The vote passed.
        Accept = "accept",
        /// The vote did not, and the lead writes down why.
        Reject = "reject",
        /// A vote drops it.
        Drop = "drop",
        /// The call was confirmed without it.
        LeaveOut = "leave_out",
    }
}

impl MilestoneAct {
    /// Who brings it about.
    pub const fn mover(self) -> Mover {
        match self {
            Self::Start | Self::Reject => Mover::Person(Deed::SteerMilestone),
            Self::Deliver => Mover::Person(Deed::DeliverMilestone),
            Self::Accept | Self::Drop => Mover::Vote,
            Self::LeaveOut => Mover::Forge,
        }
    }
}

/// Why a milestone does not move. Every one leaves it as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MilestoneError {
    /// The act has no place in this state.
    #[error("The milestone is {0}: this can no longer, or not yet, be done with it.")]
    State(MilestoneState),
    /// Work starts when the contract of the call is recorded.
    #[error("The call is {0}: record its contract first, then its milestones are worked on.")]
    Call(CallState),
    /// No vote on the delivery has ended without being passed.
    #[error("A delivery is rejected by the vote on it: open that vote, or wait for its end.")]
    NotVoted,
    /// A rejection without reasons.
    #[error("Write for each criterion that is not met why: the supplier works from it.")]
    ReasonMissing,
    /// A criterion the milestone does not have.
    #[error("The milestone has no criterion {0}.")]
    Criterion(usize),
}

impl MilestoneError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::State(_) => "milestone_state",
            Self::Call(_) => "work_not_begun",
            Self::NotVoted => "milestone_not_voted",
            Self::ReasonMissing => "reason_missing",
            Self::Criterion(_) => "criterion_unknown",
        }
    }
}

/// Where an act takes a milestone; refused where the table has no such row.
pub const fn step(
    from: MilestoneState,
    act: MilestoneAct,
) -> Result<MilestoneState, MilestoneError> {
    use MilestoneAct as A;
    use MilestoneState as S;
    match (from, act) {
        (S::Planned, A::Start) => Ok(S::InProgress),
        (S::Planned | S::InProgress | S::Rejected, A::Deliver) => Ok(S::Delivered),
        (S::Delivered, A::Accept) => Ok(S::Accepted),
        (S::Delivered, A::Reject) => Ok(S::Rejected),
        (S::Planned | S::InProgress | S::Delivered | S::Rejected, A::Drop) => Ok(S::Dropped),
        (S::Planned, A::LeaveOut) => Ok(S::Dropped),
        _ => Err(MilestoneError::State(from)),
    }
}

/// As [`step`], for an act on the milestone of a call in this state: work is done while the call
/// is executing.
pub fn step_in(
    call: CallState,
    from: MilestoneState,
    act: MilestoneAct,
) -> Result<MilestoneState, MilestoneError> {
    let to = step(from, act)?;
    let fits = match act {
        MilestoneAct::Start
        | MilestoneAct::Deliver
        | MilestoneAct::Accept
        | MilestoneAct::Reject => call == CallState::Executing,
        MilestoneAct::Drop => matches!(call, CallState::Confirmed | CallState::Executing),
        MilestoneAct::LeaveOut => !call.is_over(),
    };
    if fits { Ok(to) } else { Err(MilestoneError::Call(call)) }
}

/// Why one criterion is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Its place among the criteria of the milestone, from 1; 0 for the delivery as a whole.
    pub criterion: usize,
    /// Why.
    pub reason: String,
}

/// Checks the reasons of a rejection against a milestone of so many criteria: at least one, each
/// for a criterion there is, none empty.
pub fn check_reasons(criteria: usize, unmet: &[Unmet]) -> Result<(), MilestoneError> {
    if unmet.is_empty() || unmet.iter().any(|one| one.reason.trim().is_empty()) {
        return Err(MilestoneError::ReasonMissing);
    }
    match unmet.iter().find(|one| one.criterion > criteria) {
        Some(one) => Err(MilestoneError::Criterion(one.criterion)),
        None => Ok(()),
    }
}
