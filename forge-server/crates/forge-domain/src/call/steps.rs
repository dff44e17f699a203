//! The table of what moves a call, and who: K1 to K10 of domain.md §c6, and what leaves the state
//! as it is. `tests/rights/states.txt` is its hand-written twin.

use super::{CallError, CallState};
use crate::{access::Deed, words::words};

words! {
    /// What can happen to a call.
    CallAct {
        /// The lead rewrites a draft.
        Edit = "edit",
        /// K1: the lead publishes a draft.
        Publish = "publish",
        /// The lead changes a published call by a version that everyone is told of.
        Amend = "amend",
        /// K2: its thresholds are met.
        Reach = "reach",
        /// K3: a withdrawal breaks them.
        Slip = "slip",
        /// K4 at the deadline.
        Confirm = "confirm",
        /// K4 before the deadline, by the lead.
        ConfirmEarly = "confirm_early",
        /// K5: the deadline and the days of grace passed without.
        Fail = "fail",
        /// K6: a vote gives it another deadline.
        Extend = "extend",
        /// K7: the lead ends it, with a reason.
        Cancel = "cancel",
        /// A vote chooses the supplier whose contract is then recorded.
        ChooseSupplier = "choose_supplier",
        /// K8: the lead records the contract.
        Contract = "contract",
        /// A vote drops its last milestones.
        ChangeScope = "change_scope",
        /// A vote lets a council join after the shares were frozen.
        Join = "join",
        /// K9: its last milestone is accepted.
        Settle = "settle",
        /// K9 before that: a vote stops the work.
        StopEarly = "stop_early",
        /// K10: the books are even.
        Close = "close",
        /// The lead drafts a new call from one that came to nothing.
        Reopen = "reopen",
    }
}

/// Who brings an act about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mover {
    /// The forge itself: the clock, or an act of someone else that has this consequence.
    Forge,
    /// A vote that passed.
    Vote,
    /// Whoever the table of rights grants this.
    Person(Deed),
}

impl CallAct {
    /// Who brings it about.
    pub const fn mover(self) -> Mover {
        match self {
            Self::Reach | Self::Slip | Self::Confirm | Self::Fail | Self::Settle => Mover::Forge,
            Self::Extend
            | Self::ChooseSupplier
            | Self::ChangeScope
            | Self::Join
            | Self::StopEarly => Mover::Vote,
            Self::Edit => Mover::Person(Deed::EditCall),
            Self::Publish => Mover::Person(Deed::PublishCall),
            Self::Amend => Mover::Person(Deed::AmendCall),
            Self::ConfirmEarly => Mover::Person(Deed::ConfirmCallEarly),
            Self::Cancel => Mover::Person(Deed::CancelCall),
            Self::Contract => Mover::Person(Deed::RecordContract),
            Self::Close => Mover::Person(Deed::CloseBooks),
            Self::Reopen => Mover::Person(Deed::CreateCall),
        }
    }
}

/// Where an act takes a call; refused where the table has no such row.
///
/// # Errors
/// [`CallError::Frozen`] where shares are frozen and the act is one of an open call,
/// [`CallError::State`] for every other pair that is not listed.
pub const fn step(from: CallState, act: CallAct) -> Result<CallState, CallError> {
    use CallAct as A;
    use CallState as S;
    match (from, act) {
        (S::Draft, A::Edit) => Ok(S::Draft),
        (S::Draft, A::Publish) => Ok(S::Open),
        (S::Open, A::Amend | A::Extend | A::ChooseSupplier) => Ok(S::Open),
        (S::Reached, A::Amend | A::Extend | A::ChooseSupplier) => Ok(S::Reached),
        (S::Open, A::Reach) => Ok(S::Reached),
        (S::Reached, A::Slip) => Ok(S::Open),
        (S::Reached, A::Confirm | A::ConfirmEarly) => Ok(S::Confirmed),
        (S::Open, A::Fail) => Ok(S::Failed),
        (S::Draft | S::Open | S::Reached, A::Cancel) => Ok(S::Cancelled),
        (S::Confirmed, A::Contract) => Ok(S::Executing),
        (S::Confirmed, A::ChooseSupplier | A::ChangeScope | A::Join) => Ok(S::Confirmed),
        (S::Executing, A::ChangeScope | A::Join) => Ok(S::Executing),
        (S::Executing, A::Settle) | (S::Confirmed | S::Executing, A::StopEarly) => Ok(S::Settling),
        (S::Settling, A::Close) => Ok(S::Closed),
        (S::Failed, A::Reopen) => Ok(S::Failed),
        (S::Cancelled, A::Reopen) => Ok(S::Cancelled),
        _ => Err(super::not_in(from)),
    }
}
