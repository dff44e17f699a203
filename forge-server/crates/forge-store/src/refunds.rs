//! Grants that were awarded, refunds, and the closing of a call (domain.md §c14). Amounts are minor
//! units.

use forge_domain::{Id, funds::RefundState, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A grant that is certain.
    pub struct Award {
        /// Its place among the grants of the call.
        pub position: i64,
        /// Its name in the accounts, as in `grant:state`.
        pub account: String,
        /// How much.
        pub amount: i64,
        /// The day of the award.
        pub awarded_on: Date,
        /// The act that awards it.
        pub act_ref: String,
        /// Whether it is paid back before everyone else.
        pub refund_first: bool,
        /// What was given up by a vote.
        pub written_off: i64,
        /// Its entry of the ledger.
        pub entry_seq: Option<i64>,
    }
}

/// Records a grant that is certain.
///
/// # Errors
/// [`StoreError::Duplicate`] where it was recorded before.
pub async fn insert_award(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    award: &Award,
    (person, now): (Id<id::Person>, Timestamp),
) -> Result<(), StoreError> {
    db.query(
        "insert into grant_award
           (call_id, position, account, amount, awarded_on, act_ref, refund_first, written_off,
            entry_seq, secured_by, secured_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(call)
    .bind(award.position)
    .bind(award.account.as_str())
    .bind(award.amount)
    .bind(award.awarded_on)
    .bind(award.act_ref.as_str())
    .bind(award.refund_first)
    .bind(award.written_off)
    .bind(award.entry_seq)
    .bind(person)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Gives up a part of a grant.
pub async fn write_off_award(
    db: impl Queryable<'_>,
    (call, position): (Id<id::Call>, i64),
    written_off: i64,
) -> Result<(), StoreError> {
    db.query("update grant_award set written_off = $3 where call_id = $1 and position = $2")
        .bind(call)
        .bind(position)
        .bind(written_off)
        .run()
        .await?;
    Ok(())
}

/// The grants of a call that are certain, in order.
pub async fn awards(db: impl Queryable<'_>, call: Id<id::Call>) -> Result<Vec<Award>, StoreError> {
    db.query(
        "select position, account, amount, awarded_on, act_ref, refund_first, written_off,
                entry_seq
         from grant_award where call_id = $1 order by position",
    )
    .bind(call)
    .all()
    .await
}

record! {
    /// Unspent money owed back.
    pub struct Refund {
        /// Its id.
        pub id: Id<id::Refund>,
        /// Its reference, `REF-2027-0002`.
        pub reference: String,
        /// The call.
        pub call_id: Id<id::Call>,
        /// The call's reference.
        pub call_ref: String,
        /// The council it goes to.
        pub council_id: Option<Id<id::Council>>,
        /// The address of that council.
        pub council_slug: Option<String>,
        /// Its name.
        pub council_name: Option<String>,
        /// The place of the grant it goes to.
        pub grant_position: Option<i64>,
        /// How much.
        pub amount: i64,
        /// Where it stands.
        pub state: RefundState,
        /// The day the money moved.
        pub value_date: Option<Date>,
        /// The number of the payment order.
        pub payment_order_no: Option<String>,
        /// What the bank calls it; for auditors.
        pub bank_ref: Option<String>,
        /// Its entry of the ledger.
        pub entry_seq: Option<i64>,
        /// When it was planned.
        pub created_at: Timestamp,
        /// How often it changed.
        pub version: i64,
    }
}

/// Plans a refund.
pub async fn insert(db: impl Queryable<'_>, refund: &Refund) -> Result<(), StoreError> {
    db.query(
        "insert into refund
           (id, ref, call_id, council_id, grant_position, amount, state, entry_seq, created_at,
            version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(refund.id)
    .bind(refund.reference.as_str())
    .bind(refund.call_id)
    .bind(refund.council_id)
    .bind(refund.grant_position)
    .bind(refund.amount)
    .bind(refund.state)
    .bind(refund.entry_seq)
    .bind(refund.created_at)
    .bind(refund.version)
    .run()
    .await?;
    Ok(())
}

/// Moves a refund on; false where it is not of this version any more.
pub async fn step(
    db: impl Queryable<'_>,
    refund: &Refund,
    (person, now): (Id<id::Person>, Timestamp),
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update refund
             set state = $3, value_date = $4, payment_order_no = $5, bank_ref = $6,
                 entry_seq = $7, sent_by = $8, sent_at = $9, version = version + 1
             where id = $1 and version = $2",
        )
        .bind(refund.id)
        .bind(refund.version)
        .bind(refund.state)
        .bind(refund.value_date)
        .bind(refund.payment_order_no.clone())
        .bind(refund.bank_ref.clone())
        .bind(refund.entry_seq)
        .bind(person)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// The refund of a reference.
pub async fn by_ref(db: impl Queryable<'_>, reference: &str) -> Result<Option<Refund>, StoreError> {
    db.query(
        "select refund.id, refund.ref as reference, refund.call_id, call.ref as call_ref,
                refund.council_id, owner.slug as council_slug, council.name as council_name,
                refund.grant_position, refund.amount, refund.state, refund.value_date,
                refund.payment_order_no, refund.bank_ref, refund.entry_seq, refund.created_at,
                refund.version
         from refund
         join call on call.id = refund.call_id
         left join council on council.id = refund.council_id
         left join owner on owner.id = refund.council_id
         where refund.ref = $1",
    )
    .bind(reference)
    .optional()
    .await
}

/// Every refund of a call, in the order of their references.
pub async fn of_call(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Refund>, StoreError> {
    db.query(
        "select refund.id, refund.ref as reference, refund.call_id, call.ref as call_ref,
                refund.council_id, owner.slug as council_slug, council.name as council_name,
                refund.grant_position, refund.amount, refund.state, refund.value_date,
                refund.payment_order_no, refund.bank_ref, refund.entry_seq, refund.created_at,
                refund.version
         from refund
         join call on call.id = refund.call_id
         left join council on council.id = refund.council_id
         left join owner on owner.id = refund.council_id
         where refund.call_id = $1
         order by refund.ref",
    )
    .bind(call)
    .all()
    .await
}

record! {
    /// The closing of a call: planned, then signed by its lead and its treasurer.
    pub struct Closing {
        /// The call.
        pub call_id: Id<id::Call>,
        /// What nobody spent.
        pub unspent: i64,
        /// What was learnt, in the lead's words.
        pub lessons: String,
        /// When refunds were planned.
        pub planned_at: Timestamp,
        /// Who signed for the lead council.
        pub lead_signed_by: Option<Id<id::Person>>,
        /// When.
        pub lead_signed_at: Option<Timestamp>,
        /// Who signed for the treasurer.
        pub treasurer_signed_by: Option<Id<id::Person>>,
        /// When.
        pub treasurer_signed_at: Option<Timestamp>,
        /// The report as it was signed, JSON.
        pub report: Option<String>,
        /// Its SHA-256.
        pub digest: Option<Vec<u8>>,
        /// When the call was closed.
        pub closed_at: Option<Timestamp>,
        /// How often it changed.
        pub version: i64,
    }
}

/// Plans a closing.
///
/// # Errors
/// [`StoreError::Duplicate`] where it was planned before.
pub async fn insert_closing(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    unspent: i64,
    (person, now): (Id<id::Person>, Timestamp),
) -> Result<(), StoreError> {
    db.query(
        "insert into closing (call_id, unspent, lessons, planned_by, planned_at, version)
         values ($1, $2, '', $3, $4, 1)",
    )
    .bind(call)
    .bind(unspent)
    .bind(person)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Moves a closing on; false where it is not of this version any more.
pub async fn step_closing(db: impl Queryable<'_>, closing: &Closing) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update closing
             set lessons = $3, lead_signed_by = $4, lead_signed_at = $5,
                 treasurer_signed_by = $6, treasurer_signed_at = $7, report = $8, digest = $9,
                 closed_at = $10, version = version + 1
             where call_id = $1 and version = $2",
        )
        .bind(closing.call_id)
        .bind(closing.version)
        .bind(closing.lessons.as_str())
        .bind(closing.lead_signed_by)
        .bind(closing.lead_signed_at)
        .bind(closing.treasurer_signed_by)
        .bind(closing.treasurer_signed_at)
        .bind(closing.report.clone())
        .bind(closing.digest.clone())
        .bind(closing.closed_at)
        .run()
        .await?;
    Ok(touched == 1)
}

/// The closing of a call, where it was planned.
pub async fn closing(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Option<Closing>, StoreError> {
    db.query(
        "select call_id, unspent, lessons, planned_at, lead_signed_by, lead_signed_at,
                treasurer_signed_by, treasurer_signed_at, report, digest, closed_at, version
         from closing where call_id = $1",
    )
    .bind(call)
    .optional()
    .await
}
