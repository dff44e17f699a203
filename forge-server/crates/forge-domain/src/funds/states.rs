//! Where each paper of the money stands, and what moves it. What a table does not list is refused.

use super::FundsError;
use crate::{access::Deed, words::words};

words! {
    /// Where a call for funds stands.
    FundsCallState {
        /// Being prepared: may be drawn up again.
        Draft = "draft",
        /// Sent: every council owes its line.
        Issued = "issued",
        /// Part of it is paid.
        PartlyPaid = "partly_paid",
        /// All of it is paid or written off.
        Paid = "paid",
        /// Taken back by a credit note with a number of its own.
        Cancelled = "cancelled",
    }
}

words! {
    /// What can happen to a call for funds.
    FundsCallAct {
        /// It is drawn up again, with what is known now.
        Redraft = "redraft",
        /// The treasurer issues it.
        Issue = "issue",
        /// A payment arrived and something is still owed.
        PayPart = "pay_part",
        /// Nothing is owed any more.
        PayAll = "pay_all",
        /// A payment was undone: something is owed again.
        Reopen = "reopen",
        /// A payment was undone and nothing is paid any more.
        Unpay = "unpay",
        /// The treasurer takes it back by a credit note.
        Cancel = "cancel",
    }
}

impl FundsCallAct {
    /// The row of the table of rights a person needs; nothing for what follows from a payment.
    pub const fn deed(self) -> Option<Deed> {
        match self {
            Self::Redraft | Self::Issue | Self::Cancel => Some(Deed::IssueFundsCall),
            Self::PayPart | Self::PayAll | Self::Reopen | Self::Unpay => None,
        }
    }
}

/// A call for funds after an act (domain.md §c12): issued, it is cancelled only by a credit note,
/// and only while nothing was paid on it.
pub const fn funds_call_after(
    from: FundsCallState,
    act: FundsCallAct,
) -> Result<FundsCallState, FundsError> {
    use FundsCallState as S;
    match (from, act) {
        (S::Draft, FundsCallAct::Redraft) => Ok(S::Draft),
        (S::Draft, FundsCallAct::Issue) => Ok(S::Issued),
        (S::Issued | S::PartlyPaid, FundsCallAct::PayPart) => Ok(S::PartlyPaid),
        (S::Issued | S::PartlyPaid, FundsCallAct::PayAll) => Ok(S::Paid),
        (S::Paid | S::PartlyPaid, FundsCallAct::Reopen) => Ok(S::PartlyPaid),
        (S::Paid | S::PartlyPaid, FundsCallAct::Unpay) => Ok(S::Issued),
        (S::Issued, FundsCallAct::Cancel) => Ok(S::Cancelled),
        (from, act) => Err(FundsError::State { from: from.name(), act: act.name() }),
    }
}

words! {
    /// The two sides of a payment.
    Side {
        /// Who paid.
        Payer = "payer",
        /// Who received it: the treasurer; for a council that buys its part itself, the lead.
        Treasurer = "treasurer",
    }
}

words! {
    /// Where a payment stands: known to one side, or to both.
    PaymentState {
        /// The payer says that it paid.
        Declared = "declared",
        /// The treasurer says that it received.
        Received = "received",
        /// Both say so: only now is it in the ledger.
        Reconciled = "reconciled",
        /// Taken back by the side that said it, before the other did.
        Retracted = "retracted",
        /// Undone by a correcting entry.
        Reversed = "reversed",
    }
}

words! {
    /// What can happen to a payment.
    PaymentAct {
        /// The payer's finance officer declares it.
        Declare = "declare",
        /// The treasurer records or acknowledges it.
        Receive = "receive",
        /// The payer takes its declaration back.
        RetractDeclaration = "retract_declaration",
        /// The treasurer takes its record back.
        RetractReceipt = "retract_receipt",
        /// The treasurer undoes it by a correcting entry.
        Reverse = "reverse",
    }
}

impl PaymentAct {
    /// The row of the table of rights a person needs.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Declare | Self::RetractDeclaration => Deed::DeclarePayment,
            Self::Receive | Self::RetractReceipt | Self::Reverse => Deed::RecordReceipt,
        }
    }

    /// The side that does it.
    pub const fn side(self) -> Side {
        match self {
            Self::Declare | Self::RetractDeclaration => Side::Payer,
            Self::Receive | Self::RetractReceipt | Self::Reverse => Side::Treasurer,
        }
    }
}

/// A payment after an act; either side may be the first, and both are needed.
pub const fn payment_after(
    from: Option<PaymentState>,
    act: PaymentAct,
) -> Result<PaymentState, FundsError> {
    use PaymentState as S;
    match (from, act) {
        (None, PaymentAct::Declare) => Ok(S::Declared),
        (None, PaymentAct::Receive) => Ok(S::Received),
        (Some(S::Declared), PaymentAct::Receive) | (Some(S::Received), PaymentAct::Declare) => {
            Ok(S::Reconciled)
        }
        (Some(S::Declared), PaymentAct::RetractDeclaration)
        | (Some(S::Received), PaymentAct::RetractReceipt) => Ok(S::Retracted),
        (Some(S::Reconciled), PaymentAct::Reverse) => Ok(S::Reversed),
        (from, act) => {
            let from = match from {
                Some(state) => state.name(),
                None => "not there",
            };
            Err(FundsError::State { from, act: act.name() })
        }
    }
}

words! {
    /// Where a supplier's invoice stands.
    InvoiceState {
        /// Recorded; nobody has approved it.
        Recorded = "recorded",
        /// One person has approved it.
        ApprovedOnce = "approved_once",
        /// Two persons have: it is a cost and is owed.
        Approved = "approved",
        /// The supplier is paid in full.
        Paid = "paid",
        /// Sent back to the supplier.
        Refused = "refused",
    }
}

words! {
    /// What can happen to an invoice.
    InvoiceAct {
        /// A person approves it.
        Approve = "approve",
        /// It is sent back, with a reason.
        Refuse = "refuse",
        /// The supplier is paid a part.
        PayPart = "pay_part",
        /// The supplier is paid what remained.
        PayAll = "pay_all",
    }
}

impl InvoiceAct {
    /// The row of the table of rights a person needs.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Approve | Self::Refuse => Deed::ApproveInvoice,
            Self::PayPart | Self::PayAll => Deed::SendPayment,
        }
    }
}

/// An invoice after an act; the two approvals are of two persons, which [`super::two_persons`]
/// asks.
pub const fn invoice_after(
    from: InvoiceState,
    act: InvoiceAct,
) -> Result<InvoiceState, FundsError> {
    use InvoiceState as S;
    match (from, act) {
        (S::Recorded, InvoiceAct::Approve) => Ok(S::ApprovedOnce),
        (S::ApprovedOnce, InvoiceAct::Approve) => Ok(S::Approved),
        (S::Recorded | S::ApprovedOnce, InvoiceAct::Refuse) => Ok(S::Refused),
        (S::Approved, InvoiceAct::PayPart) => Ok(S::Approved),
        (S::Approved, InvoiceAct::PayAll) => Ok(S::Paid),
        (from, act) => Err(FundsError::State { from: from.name(), act: act.name() }),
    }
}

words! {
    /// Where a refund stands.
    RefundState {
        /// Owed.
        Planned = "planned",
        /// Sent.
        Sent = "sent",
        /// Too small to send: carried to the maintenance of the space, as its charter says.
        Carried = "carried",
    }
}

words! {
    /// What can happen to a refund.
    RefundAct {
        /// The treasurer sends it.
        Send = "send",
        /// It is carried to maintenance.
        Carry = "carry",
    }
}

impl RefundAct {
    /// The row of the table of rights a person needs; nothing where the charter does it.
    pub const fn deed(self) -> Option<Deed> {
        match self {
            Self::Send => Some(Deed::SendPayment),
            Self::Carry => None,
        }
    }
}

/// A refund after an act.
pub const fn refund_after(from: RefundState, act: RefundAct) -> Result<RefundState, FundsError> {
    match (from, act) {
        (RefundState::Planned, RefundAct::Send) => Ok(RefundState::Sent),
        (RefundState::Planned, RefundAct::Carry) => Ok(RefundState::Carried),
        (from, act) => Err(FundsError::State { from: from.name(), act: act.name() }),
    }
}
