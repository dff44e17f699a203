//! Co-funding calls: their states and what moves them (domain.md §c6, K1 to K10).

mod changes;
mod steps;
mod terms;

use jiff::{Timestamp, civil::Date};

use crate::{
    milestone::MilestoneState,
    money::AmountError,
    sharing::{Prefix, Shortfall, Standing, Thresholds, Verdict, verdict},
    words::words,
};

pub use changes::{
    EXTENSION_MONTHS_MAX, EXTENSIONS_MAX, Extension, LEAVE_DAYS, amend, leave_until, leaves_freely,
};
pub use steps::{CallAct, Mover, step};
pub use terms::{CallTerms, MilestoneTerms, OSI_LICENCES, TermsFault, reserve_of};

words! {
    /// Where a call stands.
    CallState {
        /// Being written; the space's alone.
        Draft = "draft",
        /// Published, and looking for pledges.
        Open = "open",
        /// Its thresholds are met; nothing is frozen yet.
        Reached = "reached",
        /// Its deadline passed with the thresholds met: shares are frozen.
        Confirmed = "confirmed",
        /// The contract is signed and the work goes on.
        Executing = "executing",
        /// The work is over: what is owed is called, paid and given back.
        Settling = "settling",
        /// Every account is even, and its ledger says so.
        Closed = "closed",
        /// Its deadline passed without.
        Failed = "failed",
        /// Ended by its lead, with a reason.
        Cancelled = "cancelled",
    }
}

impl CallState {
    /// Whether the call collects pledges no more, whatever became of it.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Draft | Self::Open | Self::Reached => false,
            Self::Confirmed
            | Self::Executing
            | Self::Settling
            | Self::Closed
            | Self::Failed
            | Self::Cancelled => true,
        }
    }

    /// Whether the call succeeded: its shares are frozen, and only a vote changes what it does.
    pub const fn is_frozen(self) -> bool {
        matches!(self, Self::Confirmed | Self::Executing | Self::Settling | Self::Closed)
    }
}

/// The instants a call turns on. An act is in time while the clock shows less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallClock {
    /// When the deadline's day is over where the space is.
    pub deadline: Timestamp,
    /// When the days of grace for decisions are over; the deadline itself where there are none.
    pub grace: Timestamp,
}

/// Why a call does not move. Every one leaves it as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The call is in another state than the act needs.
    #[error("The call is {0}: this can no longer, or not yet, be done with it.")]
    State(CallState),
    /// The call is confirmed and its shares are frozen.
    #[error("The call is decided and its shares are frozen: only a vote changes it now.")]
    Frozen,
    /// The terms are not complete; all faults are listed.
    #[error("The call cannot be published yet: {} thing(s) to put right.", .0.len())]
    Terms(Vec<TermsFault>),
    /// The deadline is over.
    #[error("The deadline of this call is over.")]
    DeadlineOver,
    /// The call does not allow confirmation before its deadline.
    #[error("This call is confirmed at its deadline and not before.")]
    NoEarlyClose,
    /// The firm pledges do not cover the whole target.
    #[error("The firm pledges do not cover the whole target: wait for the deadline.")]
    TargetNotCovered,
    /// A call ends early only with a reason, which everyone reads.
    #[error("Write the reason: everyone who pledged will read it.")]
    ReasonMissing,
    /// A refund is planned and not sent.
    #[error("A refund is still to be sent: record it, then close the call.")]
    RefundPending,
    /// Firm pledgers could not leave in time.
    #[error(
        "Less than {} days are left: extend the call first, so that councils may leave.",
        changes::LEAVE_DAYS
    )]
    AmendTooLate,
    /// Firm pledgers may still leave because of a change.
    #[error("Councils may still leave because of the last change: wait until their days are over.")]
    LeaveOpen,
    /// Both extensions were used.
    #[error("The call was extended twice: it ends at its deadline.")]
    ExtensionsUsed,
    /// Further than the months allowed.
    #[error("A call is extended by six months in all: {0} is the latest.")]
    ExtensionTooLong(Date),
    /// Nearer than the present deadline, or than the days to leave.
    #[error("{0} is the earliest: councils have fifteen days to leave after the vote.")]
    ExtensionTooShort(Date),
    /// The vote would end after the deadline.
    #[error("The vote would end after the deadline of the call: it is too late to extend it.")]
    ExtensionTooLate,
    /// An account of the call is not at zero.
    #[error("The books are not even yet: what is called, paid and spent must meet to the cent.")]
    NotReconciled,
    /// The amounts cannot be reckoned.
    #[error(transparent)]
    Amount(#[from] AmountError),
}

impl CallError {
    /// The stable code (domain.md §i).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::State(_) | Self::DeadlineOver => "call_not_open",
            Self::Frozen => "snapshot_frozen",
            Self::Terms(_) => "terms_incomplete",
            Self::NoEarlyClose => "early_close_refused",
            Self::TargetNotCovered => "target_not_covered",
            Self::ReasonMissing => "reason_missing",
            Self::RefundPending => "refund_pending",
            Self::AmendTooLate => "amend_too_late",
            Self::LeaveOpen => "leave_open",
            Self::ExtensionsUsed => "extensions_used",
            Self::ExtensionTooLong(_) => "extension_too_long",
            Self::ExtensionTooShort(_) => "extension_too_short",
            Self::ExtensionTooLate => "extension_too_late",
            Self::NotReconciled => "not_reconciled",
            Self::Amount(error) => error.code(),
        }
    }
}

/// K1: publishes a draft whose terms hold and whose deadline is ahead. Right:
/// [`crate::access::Deed::PublishCall`].
pub fn publish(
    state: CallState,
    faults: Vec<TermsFault>,
    clock: CallClock,
    now: Timestamp,
) -> Result<CallState, CallError> {
    let to = step(state, CallAct::Publish)?;
    if !faults.is_empty() {
        return Err(CallError::Terms(faults));
    }
    if now >= clock.deadline {
        return Err(CallError::DeadlineOver);
    }
    Ok(to)
}

/// Whether the terms may still be edited freely: only while it is a draft.
pub fn edit(state: CallState) -> Result<(), CallError> {
    step(state, CallAct::Edit).map(|_| ())
}

/// K2 and K3: what an open or reached call is after a pledge came or went. A call that is neither
/// stays what it is.
pub fn recount(state: CallState, thresholds: &Thresholds, standing: &Standing) -> CallState {
    let reached = thresholds.shortfalls(standing).is_empty();
    let act = if reached { CallAct::Reach } else { CallAct::Slip };
    step(state, act).unwrap_or(state)
}

/// How a call ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Not yet: judge again at this instant.
    NotYet(Timestamp),
    /// K4: these first milestones are funded; all of them where the target is covered.
    Confirmed(Prefix),
    /// K5: what was missing; never empty.
    Failed(Vec<Shortfall>),
}

/// K4 and K5: judges an open or reached call by the clock. `standing` counts firm pledges only,
/// with subsidies and backstop.
///
/// At the deadline a call that can be funded is confirmed; one that cannot waits for the days of
/// grace, in which councils that intended to join still decide, and then fails. Judging again after
/// an ending is refused, so that a job that runs twice ends a call once.
pub fn judge_deadline(
    state: CallState,
    terms: &CallTerms,
    standing: &Standing,
    clock: CallClock,
    now: Timestamp,
) -> Result<Ending, CallError> {
    if !matches!(state, CallState::Open | CallState::Reached) {
        return Err(not_in(state));
    }
    if now < clock.deadline {
        return Ok(Ending::NotYet(clock.deadline));
    }
    let amounts = terms.milestone_amounts();
    Ok(match verdict(terms.target, &amounts, &terms.thresholds, standing)? {
        Verdict::Succeeded => Ending::Confirmed(terms.whole()),
        Verdict::Partial(prefix) => Ending::Confirmed(prefix),
        Verdict::Failed(_) if now < clock.grace => Ending::NotYet(clock.grace),
        Verdict::Failed(missing) => Ending::Failed(missing),
    })
}

/// K4 before the deadline, by the lead: where the call allows it and the whole target is covered.
/// Right: [`crate::access::Deed::ConfirmCallEarly`].
///
/// Not while firm pledgers may leave because of a change (`leaving`).
pub fn confirm_early(
    state: CallState,
    terms: &CallTerms,
    standing: &Standing,
    leaving: bool,
) -> Result<Prefix, CallError> {
    step(state, CallAct::ConfirmEarly)?;
    if leaving {
        return Err(CallError::LeaveOpen);
    }
    if !terms.early_close {
        return Err(CallError::NoEarlyClose);
    }
    let short = !terms.thresholds.shortfalls(standing).is_empty();
    if short || standing.means < terms.target {
        return Err(CallError::TargetNotCovered);
    }
    Ok(terms.whole())
}

/// K7: ends a call with a reason. Right: [`crate::access::Deed::CancelCall`].
pub fn cancel(state: CallState, reason: &str) -> Result<CallState, CallError> {
    let to = step(state, CallAct::Cancel)?;
    if reason.trim().is_empty() { Err(CallError::ReasonMissing) } else { Ok(to) }
}

/// Whether an intention may still be declared: until the deadline.
pub fn takes_intentions(
    state: CallState,
    clock: CallClock,
    now: Timestamp,
) -> Result<(), CallError> {
    in_time(state, clock.deadline, now)
}

/// Whether a firm pledge may still be made of an intention: until the days of grace are over. One
/// without an intention before it is held to the deadline, as [`takes_intentions`] says.
pub fn takes_decisions(
    state: CallState,
    clock: CallClock,
    now: Timestamp,
) -> Result<(), CallError> {
    in_time(state, clock.grace, now)
}

/// What a call is decided to be: K4 or K5, by way of K2 or K3 where it had not been counted again.
pub fn decided(state: CallState, succeeded: bool) -> Result<CallState, CallError> {
    let (first, then) =
        if succeeded { (CallAct::Reach, CallAct::Confirm) } else { (CallAct::Slip, CallAct::Fail) };
    step(step(state, first).unwrap_or(state), then)
}

/// K9: what an executing call is after a milestone was accepted or dropped; it settles once none
/// is left to do. The milestones of the part that was kept, in any order.
pub fn settle(
    state: CallState,
    milestones: &[MilestoneState],
) -> Result<Option<CallState>, CallError> {
    let open = milestones.iter().any(|milestone| !milestone.is_over());
    if open || milestones.is_empty() { Ok(None) } else { step(state, CallAct::Settle).map(Some) }
}

/// What the accounts of a call say when it is to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Books {
    /// Whether every account of both books is at zero, receivables written off by vote included.
    pub even: bool,
    /// Whether every refund was sent.
    pub refunds_sent: bool,
}

/// K10: closes a settling call whose books are even. Right: [`crate::access::Deed::CloseBooks`].
pub fn close(state: CallState, books: Books) -> Result<CallState, CallError> {
    let to = step(state, CallAct::Close)?;
    match books {
        Books { refunds_sent: false, .. } => Err(CallError::RefundPending),
        Books { even: false, .. } => Err(CallError::NotReconciled),
        Books { even: true, refunds_sent: true } => Ok(to),
    }
}

fn in_time(state: CallState, end: Timestamp, now: Timestamp) -> Result<(), CallError> {
    match state {
        CallState::Open | CallState::Reached if now < end => Ok(()),
        CallState::Open | CallState::Reached => Err(CallError::DeadlineOver),
        _ => Err(not_in(state)),
    }
}

const fn not_in(state: CallState) -> CallError {
    if state.is_frozen() { CallError::Frozen } else { CallError::State(state) }
}

#[cfg(test)]
mod tests;
