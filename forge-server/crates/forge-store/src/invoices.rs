//! Suppliers' invoices and who approved them (domain.md §c12). Amounts are minor units.

use forge_domain::{Id, funds::InvoiceState, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A supplier's invoice.
    pub struct Invoice {
        /// Its id.
        pub id: Id<id::Invoice>,
        /// Our reference, `INV-2027-0003`.
        pub reference: String,
        /// The call.
        pub call_id: Id<id::Call>,
        /// The call's reference.
        pub call_ref: String,
        /// The milestone it is for, from 1.
        pub milestone: i64,
        /// The supplier, as accounts name it.
        pub supplier: String,
        /// The supplier's name.
        pub supplier_name: String,
        /// The supplier's own number.
        pub number: String,
        /// Its date.
        pub issued_on: Date,
        /// Without tax.
        pub net: i64,
        /// The tax.
        pub vat: i64,
        /// What was paid of it.
        pub paid: i64,
        /// Where it stands.
        pub state: InvoiceState,
        /// SHA-256 of the document.
        pub digest: Option<Vec<u8>>,
        /// Why it was sent back.
        pub reason: Option<String>,
        /// Its entry of the ledger.
        pub entry_seq: Option<i64>,
        /// Who recorded it.
        pub recorded_by: Id<id::Person>,
        /// When.
        pub recorded_at: Timestamp,
        /// How often it changed.
        pub version: i64,
    }
}

record! {
    /// One of the two approvals of an invoice.
    pub struct Approval {
        /// The invoice.
        pub invoice_id: Id<id::Invoice>,
        /// Who approved it.
        pub person_id: Id<id::Person>,
        /// For which council.
        pub council_id: Id<id::Council>,
        /// The address of that council.
        pub council_slug: String,
        /// When.
        pub at: Timestamp,
    }
}

/// Inserts an invoice.
///
/// # Errors
/// [`StoreError::Duplicate`] where the supplier's number was recorded on this call.
pub async fn insert(db: impl Queryable<'_>, invoice: &Invoice) -> Result<(), StoreError> {
    db.query(
        "insert into invoice
           (id, ref, call_id, milestone, supplier, supplier_name, number, issued_on, net, vat,
            paid, state, digest, reason, entry_seq, recorded_by, recorded_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(invoice.id)
    .bind(invoice.reference.as_str())
    .bind(invoice.call_id)
    .bind(invoice.milestone)
    .bind(invoice.supplier.as_str())
    .bind(invoice.supplier_name.as_str())
    .bind(invoice.number.as_str())
    .bind(invoice.issued_on)
    .bind(invoice.net)
    .bind(invoice.vat)
    .bind(invoice.paid)
    .bind(invoice.state)
    .bind(invoice.digest.clone())
    .bind(invoice.reason.clone())
    .bind(invoice.entry_seq)
    .bind(invoice.recorded_by)
    .bind(invoice.recorded_at)
    .bind(invoice.version)
    .run()
    .await?;
    Ok(())
}

/// Moves an invoice on; false where it is not of this version any more.
pub async fn step(db: impl Queryable<'_>, invoice: &Invoice) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update invoice
             set state = $3, paid = $4, reason = $5, entry_seq = $6, version = version + 1
             where id = $1 and version = $2",
        )
        .bind(invoice.id)
        .bind(invoice.version)
        .bind(invoice.state)
        .bind(invoice.paid)
        .bind(invoice.reason.clone())
        .bind(invoice.entry_seq)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Records one of the approvals.
///
/// # Errors
/// [`StoreError::Duplicate`] where this person approved it before.
pub async fn insert_approval(
    db: impl Queryable<'_>,
    invoice: Id<id::Invoice>,
    (person, council): (Id<id::Person>, Id<id::Council>),
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "insert into invoice_approval (invoice_id, person_id, council_id, at)
         values ($1, $2, $3, $4)",
    )
    .bind(invoice)
    .bind(person)
    .bind(council)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// The invoice of our reference.
pub async fn by_ref(
    db: impl Queryable<'_>,
    reference: &str,
) -> Result<Option<Invoice>, StoreError> {
    db.query(
        "select invoice.id, invoice.ref as reference, invoice.call_id, call.ref as call_ref,
                invoice.milestone, invoice.supplier, invoice.supplier_name, invoice.number,
                invoice.issued_on, invoice.net, invoice.vat, invoice.paid, invoice.state,
                invoice.digest, invoice.reason, invoice.entry_seq, invoice.recorded_by,
                invoice.recorded_at, invoice.version
         from invoice join call on call.id = invoice.call_id
         where invoice.ref = $1",
    )
    .bind(reference)
    .optional()
    .await
}

/// Every invoice of a call, oldest first.
pub async fn of_call(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Invoice>, StoreError> {
    db.query(
        "select invoice.id, invoice.ref as reference, invoice.call_id, call.ref as call_ref,
                invoice.milestone, invoice.supplier, invoice.supplier_name, invoice.number,
                invoice.issued_on, invoice.net, invoice.vat, invoice.paid, invoice.state,
                invoice.digest, invoice.reason, invoice.entry_seq, invoice.recorded_by,
                invoice.recorded_at, invoice.version
         from invoice join call on call.id = invoice.call_id
         where invoice.call_id = $1
         order by invoice.ref",
    )
    .bind(call)
    .all()
    .await
}

/// Every approval of every invoice of a call, oldest first.
pub async fn approvals_of_call(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Approval>, StoreError> {
    db.query(
        "select approval.invoice_id, approval.person_id, approval.council_id,
                owner.slug as council_slug, approval.at
         from invoice_approval as approval
         join invoice on invoice.id = approval.invoice_id
         join owner on owner.id = approval.council_id
         where invoice.call_id = $1
         order by approval.at, approval.person_id",
    )
    .bind(call)
    .all()
    .await
}
