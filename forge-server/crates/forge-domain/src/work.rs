//! Work in kind: days that the agents of a council give to a milestone instead of money
//! (domain.md §a, “in-kind contribution”; §c7 and §c8, example E12).

mod days;

pub use days::Days;

use crate::{
    access::Deed,
    call::CallState,
    charter::InKindTerms,
    milestone::MilestoneState,
    money::{Amount, AmountError, Currency},
    words::words,
};

/// The whole, in basis points.
const WHOLE_BP: i128 = 10_000;

words! {
    /// Where work in kind stands.
    WorkState {
        /// A council offers it; the lead has not answered.
        Offered = "offered",
        /// The lead has agreed: it counts in shares that are not frozen.
        Agreed = "agreed",
        /// It was done, as the lead says: it stands in the ledger.
        Delivered = "delivered",
        /// Its council took it back.
        Withdrawn = "withdrawn",
        /// The lead does not want it.
        Refused = "refused",
    }
}

words! {
    /// What can happen to work in kind once it is offered.
    WorkAct {
        /// Its council takes it back.
        Withdraw = "withdraw",
        /// The lead agrees.
        Agree = "agree",
        /// The lead does not, and writes why.
        Refuse = "refuse",
        /// The lead says that it was done.
        Deliver = "deliver",
    }
}

impl WorkState {
    /// Whether its value is part of the whole cost of the call.
    pub const fn is_part(self) -> bool {
        matches!(self, Self::Agreed | Self::Delivered)
    }
}

impl WorkAct {
    /// The row of the table of rights a person needs.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Withdraw => Deed::WithdrawWork,
            Self::Agree | Self::Refuse | Self::Deliver => Deed::JudgeWork,
        }
    }
}

/// Why work in kind is not taken, or does not move. Every one leaves all as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkError {
    /// The act has no place in this state.
    #[error("The work is {0}: this can no longer, or not yet, be done with it.")]
    State(WorkState),
    /// The call is in another state than the act needs.
    #[error("The call is {0}: this can no longer, or not yet, be done with its work.")]
    Call(CallState),
    /// The milestone is not done any more.
    #[error("The milestone is dropped: no work is done on it.")]
    Dropped,
    /// The charter has no terms for it.
    #[error("The charter of this space takes no work in kind: propose to amend it.")]
    NotTaken,
    /// The charter values it in another currency.
    #[error("The charter values a day in {rate}, and the call is in {call}.")]
    Currency {
        /// The currency of the charter's day rate.
        rate: Currency,
        /// The currency of the call.
        call: Currency,
    },
    /// More of the whole cost than the charter lets be work.
    #[error("The agreed work would be worth more than the charter lets it be of the whole cost.")]
    TooMuch {
        /// What may still be agreed.
        left: Amount,
    },
    /// It was counted in shares that are frozen.
    #[error("This work was counted when shares were frozen: it can only be delivered.")]
    Counted,
    /// Who offered it would agree to it.
    #[error("Someone else must do this: the same person may not stand on both sides.")]
    SamePerson,
    /// A text that is no number of days.
    #[error("Write the days in figures, in hundredths at most, such as 12 or 2.5.")]
    Days,
    /// The amounts cannot be reckoned.
    #[error(transparent)]
    Amount(#[from] AmountError),
}

impl WorkError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::State(_) => "work_state",
            Self::Call(_) => "work_call_state",
            Self::Dropped => "work_milestone_dropped",
            Self::NotTaken => "work_not_taken",
            Self::Currency { .. } => "work_currency",
            Self::TooMuch { .. } => "work_too_much",
            Self::Counted => "work_counted",
            Self::SamePerson => "same_person",
            Self::Days => "work_days",
            Self::Amount(error) => error.code(),
        }
    }
}

/// Where an act takes work in kind; refused where the table has no such row.
pub const fn step(from: WorkState, act: WorkAct) -> Result<WorkState, WorkError> {
    use WorkAct as A;
    use WorkState as S;
    match (from, act) {
        (S::Offered | S::Agreed, A::Withdraw) => Ok(S::Withdrawn),
        (S::Offered, A::Agree) => Ok(S::Agreed),
        (S::Offered, A::Refuse) => Ok(S::Refused),
        (S::Agreed, A::Deliver) => Ok(S::Delivered),
        _ => Err(WorkError::State(from)),
    }
}

/// As [`step`], on a call in this state: work is agreed on while the call collects or is carried
/// out, and delivered once it is confirmed, until its books are closed.
pub fn step_in(call: CallState, from: WorkState, act: WorkAct) -> Result<WorkState, WorkError> {
    let to = step(from, act)?;
    let fits = match act {
        WorkAct::Agree => takes_work(call),
        WorkAct::Withdraw | WorkAct::Refuse => {
            takes_work(call) || matches!(call, CallState::Settling)
        }
        WorkAct::Deliver => {
            matches!(call, CallState::Confirmed | CallState::Executing | CallState::Settling)
        }
    };
    if fits { Ok(to) } else { Err(WorkError::Call(call)) }
}

/// Whether work may be offered on a call, and agreed on.
const fn takes_work(call: CallState) -> bool {
    matches!(
        call,
        CallState::Open | CallState::Reached | CallState::Confirmed | CallState::Executing
    )
}

/// Whether a council may offer work on a milestone of a call.
pub const fn offer(call: CallState, milestone: MilestoneState) -> Result<WorkState, WorkError> {
    if !takes_work(call) {
        return Err(WorkError::Call(call));
    }
    if matches!(milestone, MilestoneState::Dropped) {
        return Err(WorkError::Dropped);
    }
    Ok(WorkState::Offered)
}

/// The terms of the charter for a call in this currency: work is never converted.
pub fn terms(charter: Option<&InKindTerms>, call: Currency) -> Result<InKindTerms, WorkError> {
    let terms = charter.copied().ok_or(WorkError::NotTaken)?;
    if terms.currency != call {
        return Err(WorkError::Currency { rate: terms.currency, call });
    }
    Ok(terms)
}

impl InKindTerms {
    /// What so many days are worth: days × rate, rounded half-up to the minor unit.
    pub fn value(&self, days: Days) -> Result<Amount, WorkError> {
        let hundredths = i128::from(days.hundredths()) * i128::from(self.day_rate.minor());
        let minor = i64::try_from((hundredths + 50) / 100).map_err(|_| AmountError::Overflow)?;
        Ok(Amount::from_minor(minor))
    }

    /// The most that all the agreed work of a call may be worth: `max_share_bp` of its whole cost,
    /// which is what is paid in money and the work together. Nothing where there is no limit.
    pub fn most(&self, target: Amount) -> Result<Option<Amount>, WorkError> {
        let bp = i128::from(self.max_share_bp).min(WHOLE_BP);
        if bp == WHOLE_BP {
            return Ok(None);
        }
        // work ≤ bp × (target + work), the work brought to one side.
        let most = i128::from(target.minor()) * bp / (WHOLE_BP - bp);
        let minor = i64::try_from(most).map_err(|_| AmountError::Overflow)?;
        Ok(Some(Amount::from_minor(minor)))
    }

    /// Refuses work that with what is agreed `already` would be more than [`Self::most`].
    pub fn admits(&self, target: Amount, already: Amount, value: Amount) -> Result<(), WorkError> {
        let Some(most) = self.most(target)? else { return Ok(()) };
        let left = most.checked_sub(already)?;
        if value > left {
            return Err(WorkError::TooMuch { left: left.max(Amount::ZERO) });
        }
        Ok(())
    }
}

/// Work that was counted in frozen shares is not taken back, no more than a confirmed pledge is.
pub const fn withdraw(is_counted: bool) -> Result<(), WorkError> {
    if is_counted { Err(WorkError::Counted) } else { Ok(()) }
}

/// Who judges work is never who offered it, whatever their councils.
pub fn judged_by<T: PartialEq>(offered: T, judge: T) -> Result<(), WorkError> {
    if offered == judge { Err(WorkError::SamePerson) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
