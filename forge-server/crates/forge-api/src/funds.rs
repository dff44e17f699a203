//! Money after a call is confirmed: calls for funds, payments, invoices, grants, refunds, closing.

mod asked;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Amount;

pub use asked::{
    ClosingSignature, DirectPayment, FundsCallDraft, FundsReason, GrantAward, GrantReceipt,
    LineReferences, NewInvoice, NewPayment, OtherSide, SentPayment,
};

/// Where a call for funds stands (domain.md §c12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FundsCallState {
    /// Being prepared.
    Draft,
    /// Sent: every council owes its line.
    Issued,
    /// Part of it is paid.
    PartlyPaid,
    /// Nothing is owed any more.
    Paid,
    /// Taken back by a credit note.
    Cancelled,
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Only the payer says so.
    Declared,
    /// Only the treasurer says so.
    Received,
    /// Both say so, and it is in the ledger.
    Reconciled,
    /// Taken back before the other side said so.
    Retracted,
    /// Undone by a correcting entry.
    Reversed,
}

/// What a payment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentKind {
    /// A council pays what it was called for.
    Contribution,
    /// A grant comes in.
    Grant,
    /// The treasurer pays a supplier.
    Supplier,
    /// A council pays its supplier itself.
    Direct,
}

/// Where a supplier's invoice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    /// Nobody has approved it.
    Recorded,
    /// One person has.
    ApprovedOnce,
    /// Two persons have: it is owed.
    Approved,
    /// Paid in full.
    Paid,
    /// Sent back.
    Refused,
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// Owed.
    Planned,
    /// Sent.
    Sent,
    /// Carried to the maintenance of the space.
    Carried,
}

answer! {
    /// A call for funds with what it asks of each council.
    pub struct FundsCall {
        /// Its reference, `FC-2027-0004`.
        #[serde(rename = "ref")]
        pub reference: String,
        /// The call.
        pub call: String,
        /// The milestone it pays for: `M1`, or `R` for the reserve.
        pub milestone: String,
        /// Where it stands.
        pub state: FundsCallState,
        /// When it is due.
        pub due_on: String,
        /// ISO 4217.
        pub currency: String,
        /// All lines without tax.
        pub net: Amount,
        /// The tax on them.
        pub vat: Amount,
        /// What is asked for in all.
        pub gross: Amount,
        /// What was paid, both sides agreeing.
        pub paid: Amount,
        /// What is still owed.
        pub owed: Amount,
        /// What it asks of each council, by their slugs.
        pub lines: Vec<FundsLine>,
        /// Where to pay; for the councils of the space.
        pub pay_to: Option<String>,
        /// When it was issued.
        pub issued_at: Option<String>,
        /// The number of the credit note that cancelled it.
        pub credit_ref: Option<String>,
        /// Why it was cancelled.
        pub cancel_reason: Option<String>,
        /// SHA-256 of the calculation, in hexadecimal.
        pub calculation_sha256: String,
        /// How often it changed.
        pub version: i64,
        /// Its page.
        pub html_url: String,
    }

    /// What one council is asked for.
    pub struct FundsLine {
        /// The council.
        pub council: String,
        /// Without tax.
        pub net: Amount,
        /// The tax.
        pub vat: Amount,
        /// What it owes for this call for funds.
        pub gross: Amount,
        /// Its SIRET, where it has one.
        pub siret: Option<String>,
        /// The service that pays.
        pub service_code: Option<String>,
        /// The number of its budget commitment.
        pub commitment_no: Option<String>,
        /// The number of the revenue order.
        pub external_ref: Option<String>,
        /// What was paid, both sides agreeing.
        pub paid: Amount,
        /// What only one side says was paid.
        pub one_sided: Amount,
        /// What a vote gave up.
        pub written_off: Amount,
        /// What is still owed.
        pub owed: Amount,
        /// Its entry of the ledger.
        pub ledger_seq: Option<i64>,
    }

    /// A payment, as its two sides tell it.
    pub struct Payment {
        /// Its reference, `PAY-2027-0009`.
        #[serde(rename = "ref")]
        pub reference: String,
        /// The call.
        pub call: String,
        /// What it is for.
        pub kind: PaymentKind,
        /// Where it stands.
        pub state: PaymentState,
        /// The call for funds it pays.
        pub funds_call: Option<String>,
        /// The council that pays.
        pub council: Option<String>,
        /// The place of the grant it comes from.
        pub grant: Option<i64>,
        /// The invoice it pays.
        pub invoice: Option<String>,
        /// The milestone a council pays its supplier for itself.
        pub milestone: Option<String>,
        /// The supplier.
        pub supplier: Option<String>,
        /// ISO 4217.
        pub currency: String,
        /// How much.
        pub amount: Amount,
        /// The tax in it, where a supplier is paid directly.
        pub vat: Amount,
        /// The day the money moved.
        pub value_date: String,
        /// How, such as `transfer`.
        pub method: String,
        /// The number of the payment order.
        pub payment_order_no: Option<String>,
        /// What the payer's bank calls it; for auditors and the two sides.
        pub bank_ref: Option<String>,
        /// What the treasurer's bank calls it; for auditors and the two sides.
        pub receipt_bank_ref: Option<String>,
        /// When the payer declared it.
        pub declared_at: Option<String>,
        /// When the treasurer recorded it.
        pub received_at: Option<String>,
        /// Why it was taken back or undone.
        pub reason: Option<String>,
        /// Its entry of the ledger.
        pub ledger_seq: Option<i64>,
    }

    /// A supplier's invoice.
    pub struct Invoice {
        /// Our reference, `INV-2027-0003`.
        #[serde(rename = "ref")]
        pub reference: String,
        /// The call.
        pub call: String,
        /// The milestone it is for.
        pub milestone: String,
        /// The supplier, as accounts name it.
        pub supplier: String,
        /// The supplier's name.
        pub supplier_name: String,
        /// The supplier's own number.
        pub number: String,
        /// Its date.
        pub date: String,
        /// ISO 4217.
        pub currency: String,
        /// Without tax.
        pub net: Amount,
        /// The tax.
        pub vat: Amount,
        /// With tax.
        pub gross: Amount,
        /// What was paid of it.
        pub paid: Amount,
        /// Where it stands.
        pub state: InvoiceState,
        /// For which councils it was approved, one for each person.
        pub approved_for: Vec<String>,
        /// SHA-256 of the document, in hexadecimal.
        pub sha256: Option<String>,
        /// Why it was sent back.
        pub reason: Option<String>,
        /// Its entry of the ledger.
        pub ledger_seq: Option<i64>,
    }

    /// A grant of a call.
    pub struct Grant {
        /// The call.
        pub call: String,
        /// Its place among the grants of the call, from 1.
        pub position: i64,
        /// Whose it is.
        pub label: String,
        /// Its name in the accounts, once it is certain.
        pub account: Option<String>,
        /// ISO 4217.
        pub currency: String,
        /// What the call counted with.
        pub planned: Amount,
        /// What was awarded.
        pub awarded: Option<Amount>,
        /// The day of the award.
        pub awarded_on: Option<String>,
        /// The act that awards it.
        pub act_ref: Option<String>,
        /// Whether it is paid back before everyone else.
        pub refund_first: bool,
        /// What came in.
        pub received: Amount,
        /// What a vote gave up.
        pub written_off: Amount,
        /// Its entry of the ledger.
        pub ledger_seq: Option<i64>,
    }

    /// Unspent money owed back.
    pub struct Refund {
        /// Its reference, `REF-2027-0002`.
        #[serde(rename = "ref")]
        pub reference: String,
        /// The call.
        pub call: String,
        /// The council it goes to.
        pub council: Option<String>,
        /// The place of the grant it goes to.
        pub grant: Option<i64>,
        /// ISO 4217.
        pub currency: String,
        /// How much.
        pub amount: Amount,
        /// Where it stands.
        pub state: RefundState,
        /// The day the money moved.
        pub value_date: Option<String>,
        /// The number of the payment order.
        pub payment_order_no: Option<String>,
        /// What the bank calls it; for auditors and the two sides.
        pub bank_ref: Option<String>,
        /// Its entry of the ledger.
        pub ledger_seq: Option<i64>,
    }

    /// The closing of a call.
    pub struct Closing {
        /// The call.
        pub call: String,
        /// ISO 4217.
        pub currency: String,
        /// What nobody spent.
        pub unspent: Amount,
        /// The refunds.
        pub refunds: Vec<Refund>,
        /// When the refunds were planned.
        pub planned_at: String,
        /// When the lead council signed.
        pub lead_signed_at: Option<String>,
        /// When the treasurer signed.
        pub treasurer_signed_at: Option<String>,
        /// When the call was closed.
        pub closed_at: Option<String>,
        /// SHA-256 of the signed report.
        pub report_sha256: Option<String>,
    }

    /// A council that has not paid in time.
    pub struct Overdue {
        /// The call for funds.
        pub funds_call: String,
        /// The call.
        pub call: String,
        /// The council.
        pub council: String,
        /// When it was due.
        pub due_on: String,
        /// How many days ago.
        pub days: i64,
        /// ISO 4217.
        pub currency: String,
        /// What is still owed.
        pub owed: Amount,
    }
}
