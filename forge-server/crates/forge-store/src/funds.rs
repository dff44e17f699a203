//! Calls for funds and their lines (domain.md §c12). Amounts are minor units of the call's
//! currency.

use forge_domain::{Id, funds::FundsCallState, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A call for funds.
    pub struct FundsCall {
        /// Its id.
        pub id: Id<id::FundsCall>,
        /// Its reference, `FC-2027-0004`.
        pub reference: String,
        /// The call.
        pub call_id: Id<id::Call>,
        /// The call's reference.
        pub call_ref: String,
        /// The milestone it is for, from 1; the reserve comes after the last.
        pub milestone: i64,
        /// Where it stands.
        pub state: FundsCallState,
        /// When it is due.
        pub due_on: Date,
        /// Where to pay, as the treasurer gives it.
        pub pay_to: String,
        /// Every input and result, as JSON: what is hashed.
        pub calculation: String,
        /// SHA-256 of the calculation.
        pub digest: Vec<u8>,
        /// The number of the credit note that cancelled it.
        pub credit_ref: Option<String>,
        /// Why it was cancelled.
        pub cancel_reason: Option<String>,
        /// How often it changed.
        pub version: i64,
        /// When it was issued.
        pub issued_at: Option<Timestamp>,
        /// When it was cancelled.
        pub cancelled_at: Option<Timestamp>,
    }
}

record! {
    /// What one council is asked for.
    pub struct Line {
        /// The call for funds.
        pub funds_call_id: Id<id::FundsCall>,
        /// The council.
        pub council_id: Id<id::Council>,
        /// The council's address.
        pub council_slug: String,
        /// The council's name.
        pub council_name: String,
        /// In the basis of the call.
        pub amount: i64,
        /// Without tax.
        pub net: i64,
        /// The tax.
        pub vat: i64,
        /// With tax: what is owed.
        pub gross: i64,
        /// The debtor's SIRET, where it has one.
        pub siret: Option<String>,
        /// The service that pays.
        pub service_code: Option<String>,
        /// The number of its budget commitment.
        pub commitment_no: Option<String>,
        /// The number of the revenue order.
        pub external_ref: Option<String>,
        /// What was given up by a vote.
        pub written_off: i64,
        /// The entry of the ledger.
        pub entry_seq: Option<i64>,
    }
}

/// A call for funds to insert.
#[derive(Debug)]
pub struct NewFundsCall<'a> {
    /// Its id.
    pub id: Id<id::FundsCall>,
    /// Its reference.
    pub reference: &'a str,
    /// The call.
    pub call: Id<id::Call>,
    /// The milestone.
    pub milestone: i64,
    /// What is drawn up.
    pub draft: Draft<'a>,
    /// Who draws it up.
    pub created_by: Id<id::Person>,
    /// When.
    pub now: Timestamp,
}

/// What a draft says, and what it says again when it is drawn up anew.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// When it is due.
    pub due_on: Date,
    /// Where to pay.
    pub pay_to: &'a str,
    /// The calculation.
    pub calculation: &'a str,
    /// Its digest.
    pub digest: &'a [u8],
}

/// Inserts a draft; its lines follow by [`insert_line`].
///
/// # Errors
/// [`StoreError::Duplicate`] where the milestone was called for already.
pub async fn insert(db: impl Queryable<'_>, new: NewFundsCall<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into funds_call
           (id, ref, call_id, milestone, state, due_on, pay_to, calculation, digest, version,
            created_by, created_at)
         values ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, 1, $9, $10)",
    )
    .bind(new.id)
    .bind(new.reference)
    .bind(new.call)
    .bind(new.milestone)
    .bind(new.draft.due_on)
    .bind(new.draft.pay_to)
    .bind(new.draft.calculation)
    .bind(new.draft.digest)
    .bind(new.created_by)
    .bind(new.now)
    .run()
    .await?;
    Ok(())
}

/// Draws a draft up again; false where it is no draft of this version.
pub async fn redraft(
    db: impl Queryable<'_>,
    (id, version): (Id<id::FundsCall>, i64),
    draft: Draft<'_>,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update funds_call
             set due_on = $3, pay_to = $4, calculation = $5, digest = $6, version = version + 1
             where id = $1 and version = $2 and state = 'draft'",
        )
        .bind(id)
        .bind(version)
        .bind(draft.due_on)
        .bind(draft.pay_to)
        .bind(draft.calculation)
        .bind(draft.digest)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Takes every line out of a draft, before others are written.
pub async fn delete_lines(db: impl Queryable<'_>, id: Id<id::FundsCall>) -> Result<(), StoreError> {
    db.query("delete from funds_call_line where funds_call_id = $1").bind(id).run().await?;
    Ok(())
}

/// Inserts a line.
pub async fn insert_line(db: impl Queryable<'_>, line: &Line) -> Result<(), StoreError> {
    db.query(
        "insert into funds_call_line
           (funds_call_id, council_id, amount, net, vat, gross, siret, service_code,
            commitment_no, external_ref, written_off, entry_seq)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(line.funds_call_id)
    .bind(line.council_id)
    .bind(line.amount)
    .bind(line.net)
    .bind(line.vat)
    .bind(line.gross)
    .bind(line.siret.clone())
    .bind(line.service_code.clone())
    .bind(line.commitment_no.clone())
    .bind(line.external_ref.clone())
    .bind(line.written_off)
    .bind(line.entry_seq)
    .run()
    .await?;
    Ok(())
}

/// Writes what changes of a line: references, what was given up, its entry.
pub async fn update_line(db: impl Queryable<'_>, line: &Line) -> Result<(), StoreError> {
    db.query(
        "update funds_call_line
         set service_code = $3, commitment_no = $4, external_ref = $5, written_off = $6,
             entry_seq = $7
         where funds_call_id = $1 and council_id = $2",
    )
    .bind(line.funds_call_id)
    .bind(line.council_id)
    .bind(line.service_code.clone())
    .bind(line.commitment_no.clone())
    .bind(line.external_ref.clone())
    .bind(line.written_off)
    .bind(line.entry_seq)
    .run()
    .await?;
    Ok(())
}

/// A call for funds issued, paid or unpaid; false where it is not of this version any more.
pub async fn step(
    db: impl Queryable<'_>,
    (id, version): (Id<id::FundsCall>, i64),
    state: FundsCallState,
    issued: Option<(Id<id::Person>, Timestamp)>,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update funds_call
             set state = $3, issued_by = coalesce($4, issued_by),
                 issued_at = coalesce($5, issued_at), version = version + 1
             where id = $1 and version = $2",
        )
        .bind(id)
        .bind(version)
        .bind(state)
        .bind(issued.map(|(person, _)| person))
        .bind(issued.map(|(_, at)| at))
        .run()
        .await?;
    Ok(touched == 1)
}

/// A call for funds cancelled by its credit note; false where it is not of this version any more.
pub async fn cancel(
    db: impl Queryable<'_>,
    (id, version): (Id<id::FundsCall>, i64),
    (credit_ref, reason): (&str, &str),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update funds_call
             set state = 'cancelled', credit_ref = $3, cancel_reason = $4, cancelled_at = $5,
                 version = version + 1
             where id = $1 and version = $2 and state = 'issued'",
        )
        .bind(id)
        .bind(version)
        .bind(credit_ref)
        .bind(reason)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// The call for funds of a reference.
pub async fn by_ref(
    db: impl Queryable<'_>,
    reference: &str,
) -> Result<Option<FundsCall>, StoreError> {
    db.query(
        "select funds_call.id, funds_call.ref as reference, funds_call.call_id,
                call.ref as call_ref, funds_call.milestone, funds_call.state, funds_call.due_on,
                funds_call.pay_to, funds_call.calculation, funds_call.digest,
                funds_call.credit_ref, funds_call.cancel_reason, funds_call.version,
                funds_call.issued_at, funds_call.cancelled_at
         from funds_call join call on call.id = funds_call.call_id
         where funds_call.ref = $1",
    )
    .bind(reference)
    .optional()
    .await
}

/// Every call for funds of a call, in the order of their references.
pub async fn of_call(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<FundsCall>, StoreError> {
    db.query(
        "select funds_call.id, funds_call.ref as reference, funds_call.call_id,
                call.ref as call_ref, funds_call.milestone, funds_call.state, funds_call.due_on,
                funds_call.pay_to, funds_call.calculation, funds_call.digest,
                funds_call.credit_ref, funds_call.cancel_reason, funds_call.version,
                funds_call.issued_at, funds_call.cancelled_at
         from funds_call join call on call.id = funds_call.call_id
         where funds_call.call_id = $1
         order by funds_call.ref",
    )
    .bind(call)
    .all()
    .await
}

/// Every line of every call for funds of a call, by council.
pub async fn lines_of_call(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Line>, StoreError> {
    db.query(
        "select line.funds_call_id, line.council_id, owner.slug as council_slug,
                council.name as council_name, line.amount, line.net, line.vat, line.gross,
                line.siret, line.service_code, line.commitment_no, line.external_ref,
                line.written_off, line.entry_seq
         from funds_call_line as line
         join funds_call on funds_call.id = line.funds_call_id
         join council on council.id = line.council_id
         join owner on owner.id = line.council_id
         where funds_call.call_id = $1
         order by funds_call.ref, owner.slug",
    )
    .bind(call)
    .all()
    .await
}

record! {
    /// A line past its day and not paid in full.
    pub struct Overdue {
        /// The call for funds.
        pub reference: String,
        /// The call.
        pub call_ref: String,
        /// The address of the space.
        pub space_slug: String,
        /// The council that owes.
        pub council_slug: String,
        /// Its name.
        pub council_name: String,
        /// ISO 4217.
        pub currency: String,
        /// The space of the call.
        pub space_id: Id<id::Space>,
        /// The zone of the space.
        pub zone: String,
        /// The council's id.
        pub council_id: Id<id::Council>,
        /// When it was issued.
        pub issued_at: Option<Timestamp>,
        /// When it was due.
        pub due_on: Date,
        /// What is still owed, tax included.
        pub owed: i64,
    }
}

/// Every line that was due before `today` and is not paid, oldest first; those of one council
/// where `council` says so.
pub async fn overdue(
    db: impl Queryable<'_>,
    council: Option<Id<id::Council>>,
    today: Date,
) -> Result<Vec<Overdue>, StoreError> {
    db.query(
        "select funds_call.ref as reference, call.ref as call_ref,
                space_owner.slug as space_slug, owner.slug as council_slug,
                council.name as council_name, call.currency, call.space_id,
                space.time_zone as zone, line.council_id, funds_call.issued_at, funds_call.due_on,
                cast(line.gross - line.written_off - coalesce(sum(payment.amount), 0) as bigint)
                  as owed
         from funds_call_line as line
         join funds_call on funds_call.id = line.funds_call_id
         join call on call.id = funds_call.call_id
         join space on space.id = call.space_id
         join owner as space_owner on space_owner.id = call.space_id
         join council on council.id = line.council_id
         join owner on owner.id = line.council_id
         left join payment on payment.funds_call_id = line.funds_call_id
           and payment.council_id = line.council_id and payment.state = 'reconciled'
         where funds_call.state in ('issued', 'partly_paid') and funds_call.due_on < $1
           and (cast($2 as text) is null or line.council_id = $3)
         group by funds_call.ref, call.ref, space_owner.slug, owner.slug, council.name,
                  call.currency, call.space_id, space.time_zone, line.council_id,
                  funds_call.issued_at, funds_call.due_on, line.gross, line.written_off
         having line.gross - line.written_off - coalesce(sum(payment.amount), 0) > 0
         order by funds_call.due_on, funds_call.ref, owner.slug",
    )
    .bind(today)
    .bind(council.map(|id| id.to_string()))
    .bind(council)
    .all()
    .await
}
