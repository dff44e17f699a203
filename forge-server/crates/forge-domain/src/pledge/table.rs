//! The table of domain.md §c9: in which state which act leads where, and who may do it.

use super::PledgeError;
use crate::{access::Deed, words::words};

words! {
    /// Where a pledge stands. Only `firm` counts towards thresholds.
    PledgeState {
        /// Declared, binding nobody.
        Intention = "intention",
        /// The body is going to decide, or has decided and its act is not complete yet.
        PendingDecision = "pending_decision",
        /// Backed by an act, conditional on the call.
        Firm = "firm",
        /// The call succeeded: the final share is owed in principle.
        Confirmed = "confirmed",
        /// The council has reserved the money in its own accounts.
        Ordered = "ordered",
        /// All of the share was called and paid.
        Settled = "settled",
        /// The share is long overdue, and the funders have said so by a vote.
        Defaulted = "defaulted",
        /// Another council has taken the place.
        Substituted = "substituted",
        /// Taken back before the call was confirmed.
        Withdrawn = "withdrawn",
        /// An intention or a pending decision whose call ended first.
        Lapsed = "lapsed",
        /// A firm pledge whose call failed or was cancelled.
        Released = "released",
        /// An intention or a pending decision that ended with a no.
        Refused = "refused",
    }
}

words! {
    /// What can happen to a pledge.
    PledgeAct {
        /// P1: a council declares an intention.
        Intend = "intend",
        /// P2: its finance service says when which body decides; said again, it moves the day.
        Schedule = "schedule",
        /// The finance service says that the budget carries the ceiling: nothing else changes.
        Attest = "attest",
        /// The finance service sends it back to be corrected: nothing else changes.
        Return = "return",
        /// P3 begun: a signatory commits the council, and the act still waits for a date that
        /// makes it enforceable or for its second check.
        Sign = "sign",
        /// P3: a signatory commits the council on a complete act, whatever came before.
        Commit = "commit",
        /// P3 ended: what a signed pledge waited for has come.
        Complete = "complete",
        /// P4: a signatory changes the ceiling.
        Amend = "amend",
        /// P5: the council decides against.
        Refuse = "refuse",
        /// P6: a signatory takes a firm pledge back.
        Withdraw = "withdraw",
        /// P7: the call ended while it was not firm.
        Lapse = "lapse",
        /// P8: the call failed or was cancelled.
        Release = "release",
        /// P9: the call was confirmed.
        Confirm = "confirm",
        /// P10: the finance service records the number of its commitment or purchase order.
        Order = "order",
        /// P11: paid, called and owed are the same. A council in default that pays after all is
        /// settled too.
        Settle = "settle",
        /// P11 undone: a payment it rested on was undone by a correcting entry.
        Unsettle = "unsettle",
        /// P12: a vote of the funders says that the council does not pay.
        Default = "default",
        /// P13: the council gives its place to another one.
        Substitute = "substitute",
        /// P13, the other side: a council that signed for a place, on evidence of its own, has it.
        TakePlace = "take_place",
        /// A council that signed to join a confirmed call is let in by a vote (domain.md §c10).
        Join = "join",
    }
}

impl PledgeAct {
    /// The rows of the table of rights that let a person do it; none for what only the system
    /// does. P13 takes all of its rows: both signatories and the lead of the call.
    pub const fn deeds(self) -> &'static [Deed] {
        match self {
            Self::Intend => &[Deed::DeclareIntention],
            Self::Schedule => &[Deed::SchedulePledge],
            Self::Attest | Self::Return => &[Deed::AttestPledge],
            Self::Sign | Self::Commit | Self::Amend => &[Deed::CommitPledge],
            Self::Refuse => &[Deed::RefusePledge],
            Self::Withdraw => &[Deed::WithdrawPledge],
            Self::Order => &[Deed::OrderPledge],
            Self::Substitute | Self::TakePlace => {
                &[Deed::SubstitutePledge, Deed::ApproveSubstitution]
            }
            Self::Complete
            | Self::Lapse
            | Self::Release
            | Self::Confirm
            | Self::Settle
            | Self::Unsettle
            | Self::Default
            | Self::Join => &[],
        }
    }
}

impl PledgeState {
    /// Whether the council still has this position on the call: it has one at a time.
    pub const fn is_living(self) -> bool {
        self.is_undecided() || self.is_binding()
    }

    /// Whether the council may still say no: nothing is promised.
    pub const fn is_undecided(self) -> bool {
        matches!(self, Self::Intention | Self::PendingDecision)
    }

    /// Whether the council takes part: its ceiling, or its share, stands in the reckoning.
    pub const fn is_binding(self) -> bool {
        matches!(
            self,
            Self::Firm | Self::Confirmed | Self::Ordered | Self::Settled | Self::Defaulted
        )
    }

    /// Whether the share is frozen.
    pub const fn is_frozen(self) -> bool {
        matches!(self, Self::Confirmed | Self::Ordered | Self::Settled | Self::Defaulted)
    }

    /// How a council leaves a pledge in this state alone: what is not firm is refused, a firm one
    /// withdrawn.
    pub const fn way_out(self) -> Option<PledgeAct> {
        self.one_of_two(PledgeAct::Refuse, PledgeAct::Withdraw)
    }

    /// What becomes of a pledge in this state when its call fails or is cancelled (K5, K7).
    pub const fn when_call_ends(self) -> Option<PledgeAct> {
        self.one_of_two(PledgeAct::Lapse, PledgeAct::Release)
    }

    /// What becomes of a pledge in this state when its call is confirmed (K4).
    pub const fn when_call_confirmed(self) -> Option<PledgeAct> {
        self.one_of_two(PledgeAct::Lapse, PledgeAct::Confirm)
    }

    /// What happens to a pledge that is undecided, and to one that is firm.
    const fn one_of_two(self, undecided: PledgeAct, firm: PledgeAct) -> Option<PledgeAct> {
        if self.is_undecided() {
            Some(undecided)
        } else if matches!(self, Self::Firm) {
            Some(firm)
        } else {
            None
        }
    }
}

/// The state after an act, or why there is none: what the table does not list is refused. Guards
/// on amounts, evidence and the call are the other functions of this module.
pub const fn transition(
    from: Option<PledgeState>,
    act: PledgeAct,
) -> Result<PledgeState, PledgeError> {
    use PledgeAct as A;
    use PledgeState as S;
    match (from, act) {
        (None, A::Intend) => Ok(S::Intention),
        (Some(S::Intention | S::PendingDecision), A::Schedule) => Ok(S::PendingDecision),
        (Some(state @ (S::Intention | S::PendingDecision)), A::Attest | A::Return) => Ok(state),
        // Without an intention before it, P1 and P3 happen in one.
        (None | Some(S::Intention | S::PendingDecision), A::Sign) => Ok(S::PendingDecision),
        (None | Some(S::Intention | S::PendingDecision), A::Commit) => Ok(S::Firm),
        (Some(S::PendingDecision), A::Complete) => Ok(S::Firm),
        (Some(S::Firm), A::Amend) => Ok(S::Firm),
        (Some(S::Intention | S::PendingDecision), A::Refuse) => Ok(S::Refused),
        (Some(S::Firm), A::Withdraw) => Ok(S::Withdrawn),
        (Some(S::Intention | S::PendingDecision), A::Lapse) => Ok(S::Lapsed),
        (Some(S::Firm), A::Release) => Ok(S::Released),
        (Some(S::Firm), A::Confirm) => Ok(S::Confirmed),
        (Some(S::Confirmed), A::Order) => Ok(S::Ordered),
        (Some(S::Confirmed | S::Ordered | S::Defaulted), A::Settle) => Ok(S::Settled),
        (Some(S::Settled), A::Unsettle) => Ok(S::Confirmed),
        (Some(S::Confirmed | S::Ordered), A::Default) => Ok(S::Defaulted),
        (Some(S::Confirmed), A::Substitute) => Ok(S::Substituted),
        (Some(S::PendingDecision), A::TakePlace | A::Join) => Ok(S::Confirmed),
        (Some(S::Confirmed | S::Ordered), A::Amend | A::Withdraw) => Err(PledgeError::Frozen),
        (from, act) => Err(PledgeError::State { from, act }),
    }
}
