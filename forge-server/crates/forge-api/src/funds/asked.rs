//! What is asked of the money of a call: the bodies of requests.

use crate::Amount;

strict_body! {
    /// Draws up a call for funds, or draws its draft up again.
    pub struct FundsCallDraft {
        /// The milestone: `M1`, or `R` for the reserve.
        pub milestone: String,
        /// When it will be due; 30 days from today where nothing is said.
        #[serde(default)]
        pub due_on: Option<String>,
        /// Where to pay: account holder, IBAN, BIC.
        #[serde(default)]
        pub pay_to: Option<String>,
    }

    /// Takes an issued call for funds back, or sends an invoice back, or undoes a payment.
    pub struct FundsReason {
        /// Why, in a sentence everybody may read.
        pub reason: String,
    }

    /// References of a line: what the council's and the treasurer's systems call it.
    pub struct LineReferences {
        /// The number of the revenue order, from the treasurer.
        #[serde(default)]
        pub external_ref: Option<String>,
        /// The service that pays, from the council.
        #[serde(default)]
        pub service_code: Option<String>,
        /// The number of its budget commitment, from the council.
        #[serde(default)]
        pub commitment_no: Option<String>,
    }

    /// A payment that one side tells first.
    pub struct NewPayment {
        /// The council that paid.
        pub council: String,
        /// `payer` or `treasurer`: which side tells it; by one's roles where nothing is said.
        #[serde(default)]
        pub side: Option<String>,
        /// How much.
        pub amount: Amount,
        /// The day the money moved.
        pub value_date: String,
        /// How; `transfer` where nothing is said.
        #[serde(default)]
        pub method: Option<String>,
        /// The number of the payment order.
        #[serde(default)]
        pub payment_order_no: Option<String>,
        /// What the bank of this side calls it.
        #[serde(default)]
        pub bank_ref: Option<String>,
        /// Makes a repeated request the same request; the header of that name does too.
        #[serde(default)]
        pub idempotency_key: Option<String>,
    }

    /// What the other side of a payment adds.
    pub struct OtherSide {
        /// The number of the payment order, from the payer.
        #[serde(default)]
        pub payment_order_no: Option<String>,
        /// What the bank of this side calls it.
        #[serde(default)]
        pub bank_ref: Option<String>,
    }

    /// A payment a council made to its supplier itself.
    pub struct DirectPayment {
        /// The council that paid.
        pub council: String,
        /// The milestone it paid for.
        pub milestone: String,
        /// The supplier, as accounts name it: small letters, digits and hyphens.
        pub supplier: String,
        /// The supplier's name.
        #[serde(default)]
        pub supplier_name: Option<String>,
        /// Without tax.
        pub net: Amount,
        /// The tax; zero where nothing is said.
        #[serde(default)]
        pub vat: Option<Amount>,
        /// The day the money moved.
        pub value_date: String,
        /// The number of the payment order.
        #[serde(default)]
        pub payment_order_no: Option<String>,
        /// What the bank calls it.
        #[serde(default)]
        pub bank_ref: Option<String>,
    }

    /// A supplier's invoice to record.
    pub struct NewInvoice {
        /// The milestone it is for.
        pub milestone: String,
        /// The supplier, as accounts name it: small letters, digits and hyphens.
        pub supplier: String,
        /// The supplier's name.
        #[serde(default)]
        pub supplier_name: Option<String>,
        /// The supplier's own number.
        pub number: String,
        /// Its date.
        pub date: String,
        /// Without tax.
        pub net: Amount,
        /// The tax; by the rate of the call where nothing is said.
        #[serde(default)]
        pub vat: Option<Amount>,
        /// SHA-256 of the document, in hexadecimal.
        #[serde(default)]
        pub sha256: Option<String>,
    }

    /// Money that left the treasurer: to a supplier, or back to who paid.
    pub struct SentPayment {
        /// How much; all that remains where nothing is said.
        #[serde(default)]
        pub amount: Option<Amount>,
        /// The day the money moved.
        pub value_date: String,
        /// The number of the payment order.
        #[serde(default)]
        pub payment_order_no: Option<String>,
        /// What the bank calls it.
        #[serde(default)]
        pub bank_ref: Option<String>,
    }

    /// A grant that became certain.
    pub struct GrantAward {
        /// How much; what the call counted with where nothing is said.
        #[serde(default)]
        pub amount: Option<Amount>,
        /// The day of the award.
        pub awarded_on: String,
        /// The act that awards it.
        pub act_ref: String,
        /// Whether its contract demands to be paid back before everyone else.
        #[serde(default)]
        pub refund_first: bool,
    }

    /// A grant, or a part of it, that came in.
    pub struct GrantReceipt {
        /// How much; all that remains where nothing is said.
        #[serde(default)]
        pub amount: Option<Amount>,
        /// The day the money moved.
        pub value_date: String,
        /// What the bank calls it.
        #[serde(default)]
        pub bank_ref: Option<String>,
    }

    /// Signs the closing report for the lead's or the treasurer's council.
    pub struct ClosingSignature {
        /// What was learnt, in the lead's words.
        #[serde(default)]
        pub lessons: Option<String>,
    }
}
