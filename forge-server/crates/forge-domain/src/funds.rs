//! Money after a call is confirmed: calls for funds, payments seen by two sides, invoices approved
//! by two persons, refunds and the closing of the books (domain.md §c12 to §c14).
//!
//! The forge never holds or moves money: these rules judge what people say happened elsewhere.

mod claim;
mod closing;
mod states;

use crate::{
    ledger::LedgerError,
    money::{Amount, AmountError},
    sharing::SharingError,
};

pub use claim::{Claim, ClaimLine, Position, claim, claim_apart};
pub use closing::{
    Books, CARRIED_BELOW_DEFAULT, Closing, Contribution, Fate, Giver, Refund, RefundOrder,
};
pub use states::{
    FundsCallAct, FundsCallState, InvoiceAct, InvoiceState, PaymentAct, PaymentState, RefundAct,
    RefundState, Side, funds_call_after, invoice_after, payment_after, refund_after,
};

/// Why money is not asked for, recorded or given back. Every one leaves all as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FundsError {
    /// The act has no place in this state.
    #[error("It is {from}: “{act}” is not possible now.")]
    State {
        /// Where it stands.
        from: &'static str,
        /// What was asked.
        act: &'static str,
    },
    /// One person on both sides of an act that needs two.
    #[error("Someone else must do this: the same person may not stand on both sides.")]
    SamePerson,
    /// The milestone was called for already.
    #[error("Funds were called for this milestone already.")]
    CalledAlready,
    /// The call has no such milestone, or it was not kept.
    #[error("The call has no such milestone to call funds for.")]
    NoSuchMilestone,
    /// More than what is still owed, approved or there.
    #[error("The amount is more than what remains.")]
    TooMuch {
        /// What remains.
        left: Amount,
    },
    /// Nothing, or less.
    #[error("The amount must be more than zero.")]
    Nothing,
    /// A reason or a reference that has to stand in the record.
    #[error("Write the reason: it stands in the public record.")]
    ReasonMissing,
    /// Money is still to come in, to be paid or to be explained.
    #[error("The books are not even yet: {0}.")]
    NotReconciled(Open),
    /// Refunds that were planned and not sent.
    #[error("A refund is still to be sent.")]
    RefundPending,
    /// The shares cannot be spread.
    #[error(transparent)]
    Sharing(#[from] SharingError),
    /// The amounts cannot be reckoned.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// The ledger refuses the entry.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// What keeps the books of a call open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Open {
    /// A council or a grant still owes.
    #[error("a council or a grant still owes")]
    Receivable,
    /// A supplier is still to be paid.
    #[error("a supplier is still to be paid")]
    Payable,
    /// An invoice waits for approval, or a payment for its other side.
    #[error("an invoice or a payment still waits for a second person")]
    OneSided,
    /// More was spent than came in.
    #[error("more was spent than came in")]
    Overspent,
    /// An account does not stand at zero.
    #[error("an account does not stand at zero")]
    Account,
}

impl FundsError {
    /// The stable code (domain.md §i).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::State { .. } => "funds_state",
            Self::SamePerson => "same_person",
            Self::CalledAlready => "funds_called_already",
            Self::NoSuchMilestone => "milestone_unknown",
            Self::TooMuch { .. } => "amount_too_much",
            Self::Nothing => "invalid_amount",
            Self::ReasonMissing => "reason_missing",
            Self::NotReconciled(_) => "not_reconciled",
            Self::RefundPending => "refund_pending",
            Self::Sharing(error) => error.code(),
            Self::Amount(error) => error.code(),
            Self::Ledger(error) => error.code(),
        }
    }
}

/// Whether `amount` may be taken of what is `left`: more than nothing and no more than that.
pub fn within(amount: Amount, left: Amount) -> Result<(), FundsError> {
    if amount.minor() <= 0 {
        return Err(FundsError::Nothing);
    }
    if amount > left { Err(FundsError::TooMuch { left }) } else { Ok(()) }
}

/// Two persons, never one: the two sides of a payment, the two approvals of an invoice.
pub fn two_persons<T: PartialEq>(first: T, second: T) -> Result<(), FundsError> {
    if first == second { Err(FundsError::SamePerson) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
