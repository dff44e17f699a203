//! Payments as both sides tell them (domain.md §c12). Amounts are minor units.

use forge_domain::{Id, funds::PaymentState, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A payment one side or both know of.
    pub struct Payment {
        /// Its id.
        pub id: Id<id::Payment>,
        /// Its reference, `PAY-2027-0009`.
        pub reference: String,
        /// The call.
        pub call_id: Id<id::Call>,
        /// The call's reference.
        pub call_ref: String,
        /// `contribution`, `grant`, `supplier` or `direct`.
        pub kind: String,
        /// Where it stands.
        pub state: PaymentState,
        /// The call for funds it pays.
        pub funds_call_id: Option<Id<id::FundsCall>>,
        /// The council that pays.
        pub council_id: Option<Id<id::Council>>,
        /// Its address.
        pub council_slug: Option<String>,
        /// The place of the grant it comes from.
        pub grant_position: Option<i64>,
        /// The invoice it pays.
        pub invoice_id: Option<Id<id::Invoice>>,
        /// The milestone a council pays its supplier for itself.
        pub milestone: Option<i64>,
        /// That supplier, as accounts name it.
        pub supplier: Option<String>,
        /// Its name.
        pub supplier_name: Option<String>,
        /// The tax in it, where it is paid to a supplier directly.
        pub vat: i64,
        /// How much.
        pub amount: i64,
        /// The day the money moved.
        pub value_date: Date,
        /// How, such as `transfer`.
        pub method: String,
        /// The number of the payment order.
        pub payment_order_no: Option<String>,
        /// What the payer's bank calls it; for auditors.
        pub bank_ref: Option<String>,
        /// What the treasurer's bank calls it; for auditors.
        pub receipt_bank_ref: Option<String>,
        /// Why it was taken back or undone.
        pub reason: Option<String>,
        /// Its entry of the ledger.
        pub entry_seq: Option<i64>,
        /// Who declared it.
        pub declared_by: Option<Id<id::Person>>,
        /// When.
        pub declared_at: Option<Timestamp>,
        /// Who recorded its receipt.
        pub received_by: Option<Id<id::Person>>,
        /// When.
        pub received_at: Option<Timestamp>,
        /// When it was first told.
        pub created_at: Timestamp,
        /// How often it changed.
        pub version: i64,
    }
}

/// Inserts a payment.
pub async fn insert(db: impl Queryable<'_>, payment: &Payment) -> Result<(), StoreError> {
    db.query(
        "insert into payment
           (id, ref, call_id, kind, state, funds_call_id, council_id, grant_position, invoice_id,
            milestone, supplier, supplier_name, vat, amount, value_date, method,
            payment_order_no, bank_ref, receipt_bank_ref, reason, entry_seq, declared_by,
            declared_at, received_by, received_at, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                 $19, $20, $21, $22, $23, $24, $25, $26, $27)",
    )
    .bind(payment.id)
    .bind(payment.reference.as_str())
    .bind(payment.call_id)
    .bind(payment.kind.as_str())
    .bind(payment.state)
    .bind(payment.funds_call_id)
    .bind(payment.council_id)
    .bind(payment.grant_position)
    .bind(payment.invoice_id)
    .bind(payment.milestone)
    .bind(payment.supplier.clone())
    .bind(payment.supplier_name.clone())
    .bind(payment.vat)
    .bind(payment.amount)
    .bind(payment.value_date)
    .bind(payment.method.as_str())
    .bind(payment.payment_order_no.clone())
    .bind(payment.bank_ref.clone())
    .bind(payment.receipt_bank_ref.clone())
    .bind(payment.reason.clone())
    .bind(payment.entry_seq)
    .bind(payment.declared_by)
    .bind(payment.declared_at)
    .bind(payment.received_by)
    .bind(payment.received_at)
    .bind(payment.created_at)
    .bind(payment.version)
    .run()
    .await?;
    Ok(())
}

/// Moves a payment on, with what its second side adds; false where it is not of this version any
/// more.
pub async fn step(db: impl Queryable<'_>, payment: &Payment) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update payment
             set state = $3, payment_order_no = $4, bank_ref = $5, receipt_bank_ref = $6,
                 reason = $7, entry_seq = $8, declared_by = $9, declared_at = $10,
                 received_by = $11, received_at = $12, version = version + 1
             where id = $1 and version = $2",
        )
        .bind(payment.id)
        .bind(payment.version)
        .bind(payment.state)
        .bind(payment.payment_order_no.clone())
        .bind(payment.bank_ref.clone())
        .bind(payment.receipt_bank_ref.clone())
        .bind(payment.reason.clone())
        .bind(payment.entry_seq)
        .bind(payment.declared_by)
        .bind(payment.declared_at)
        .bind(payment.received_by)
        .bind(payment.received_at)
        .run()
        .await?;
    Ok(touched == 1)
}

/// The payment of a reference.
pub async fn by_ref(
    db: impl Queryable<'_>,
    reference: &str,
) -> Result<Option<Payment>, StoreError> {
    db.query(
        "select payment.id, payment.ref as reference, payment.call_id, call.ref as call_ref,
                payment.kind, payment.state, payment.funds_call_id, payment.council_id,
                owner.slug as council_slug, payment.grant_position, payment.invoice_id,
                payment.milestone, payment.supplier, payment.supplier_name, payment.vat,
                payment.amount, payment.value_date, payment.method, payment.payment_order_no,
                payment.bank_ref, payment.receipt_bank_ref, payment.reason, payment.entry_seq,
                payment.declared_by, payment.declared_at, payment.received_by,
                payment.received_at, payment.created_at, payment.version
         from payment
         join call on call.id = payment.call_id
         left join owner on owner.id = payment.council_id
         where payment.ref = $1",
    )
    .bind(reference)
    .optional()
    .await
}

/// Every payment of a call, oldest first.
pub async fn of_call(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Payment>, StoreError> {
    db.query(
        "select payment.id, payment.ref as reference, payment.call_id, call.ref as call_ref,
                payment.kind, payment.state, payment.funds_call_id, payment.council_id,
                owner.slug as council_slug, payment.grant_position, payment.invoice_id,
                payment.milestone, payment.supplier, payment.supplier_name, payment.vat,
                payment.amount, payment.value_date, payment.method, payment.payment_order_no,
                payment.bank_ref, payment.receipt_bank_ref, payment.reason, payment.entry_seq,
                payment.declared_by, payment.declared_at, payment.received_by,
                payment.received_at, payment.created_at, payment.version
         from payment
         join call on call.id = payment.call_id
         left join owner on owner.id = payment.council_id
         where payment.call_id = $1
         order by payment.created_at, payment.ref",
    )
    .bind(call)
    .all()
    .await
}

record! {
    /// What a council paid, both sides agreeing.
    pub struct Paid {
        /// Its reference.
        pub reference: String,
        /// `contribution`, or `direct` where it paid the supplier itself.
        pub kind: String,
        /// The call.
        pub call_ref: String,
        /// The call's title.
        pub title: String,
        /// The language of the title.
        pub lang: String,
        /// The address of the space.
        pub space_slug: String,
        /// ISO 4217.
        pub currency: String,
        /// How much, tax included.
        pub amount: i64,
        /// The day the money moved.
        pub value_date: Date,
    }
}

/// What a council paid, the latest first, at most `most` of it.
pub async fn of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    most: i64,
) -> Result<Vec<Paid>, StoreError> {
    db.query(
        "select payment.ref as reference, payment.kind, call.ref as call_ref, call.title,
                call.lang, owner.slug as space_slug, call.currency, payment.amount,
                payment.value_date
         from payment
         join call on call.id = payment.call_id
         join owner on owner.id = call.space_id
         where payment.council_id = $1 and payment.state = 'reconciled'
           and payment.kind in ('contribution', 'direct')
         order by payment.value_date desc, payment.ref desc
         limit $2",
    )
    .bind(council)
    .bind(most)
    .all()
    .await
}
