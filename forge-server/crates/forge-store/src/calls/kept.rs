//! What is kept of a call's life: every version of its terms, and its contract.

use forge_domain::{Id, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// What a call said once.
    pub struct Version {
        /// Its number, from 1: what was published.
        pub number: i64,
        /// The terms, as JSON.
        pub terms: String,
        /// What everyone would pay under them, as JSON; none where nobody could be weighed.
        pub simulation: Option<String>,
        /// Why they were changed; empty for the first.
        pub reason: String,
        /// Since when.
        pub created_at: Timestamp,
    }
}

record! {
    /// The contract under which the work is done.
    pub struct Contract {
        /// Its reference.
        pub reference: String,
        /// The company.
        pub supplier: String,
        /// What it is worth, in the call's basis.
        pub amount: i64,
        /// When it was signed.
        pub signed_on: Date,
        /// When it was recorded.
        pub recorded_at: Timestamp,
    }
}

/// Every version of a call, the first first.
pub async fn versions(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Version>, StoreError> {
    db.query(
        "select number, terms, simulation, reason, created_at from call_version
         where call_id = $1 order by number",
    )
    .bind(call)
    .all()
    .await
}

/// One version of a call.
pub async fn version_of(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    number: i64,
) -> Result<Option<Version>, StoreError> {
    db.query(
        "select number, terms, simulation, reason, created_at from call_version
         where call_id = $1 and number = $2",
    )
    .bind(call)
    .bind(number)
    .optional()
    .await
}

/// Keeps a version of a call under the next number; `by` is nobody where a vote changed it.
pub async fn insert_version(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    (terms, simulation, reason): (&str, Option<&str>, &str),
    by: Option<Id<id::Person>>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "insert into call_version
           (call_id, number, terms, simulation, reason, created_by, created_at)
         select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 from call_version
         where call_id = $1",
    )
    .bind(call)
    .bind(terms)
    .bind(simulation)
    .bind(reason)
    .bind(by)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Says until when firm pledgers may leave without fault.
pub async fn set_leave_until(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    until: Timestamp,
) -> Result<(), StoreError> {
    db.query("update call set leave_until = $2 where id = $1").bind(call).bind(until).run().await?;
    Ok(())
}

/// The contract of a call, once it is recorded.
pub async fn contract(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Option<Contract>, StoreError> {
    db.query(
        "select ref as reference, supplier, amount, signed_on, recorded_at from call_contract
         where call_id = $1",
    )
    .bind(call)
    .optional()
    .await
}

/// Records the contract of a call.
pub async fn insert_contract(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    contract: &Contract,
    by: Id<id::Person>,
) -> Result<(), StoreError> {
    db.query(
        "insert into call_contract
           (call_id, ref, supplier, amount, signed_on, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(call)
    .bind(contract.reference.as_str())
    .bind(contract.supplier.as_str())
    .bind(contract.amount)
    .bind(contract.signed_on)
    .bind(by)
    .bind(contract.recorded_at)
    .run()
    .await?;
    Ok(())
}

record! {
    /// Who does the work of a call, as a vote chose.
    pub struct Chosen {
        /// The reference of the vote.
        pub vote_ref: String,
        /// The company.
        pub supplier: String,
        /// The reference of its offer.
        pub offer_ref: String,
        /// What it asks, in the call's basis.
        pub amount: i64,
    }
}

/// The supplier a vote chose for a call, where one did.
pub async fn chosen(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Option<Chosen>, StoreError> {
    db.query(
        "select vote.ref as vote_ref, call_supplier.supplier, call_supplier.offer_ref,
                call_supplier.amount
         from call_supplier join vote on vote.id = call_supplier.vote_id
         where call_supplier.call_id = $1",
    )
    .bind(call)
    .optional()
    .await
}

/// Keeps the supplier a vote chose, in the place of one that was chosen before.
pub async fn choose(
    db: impl Queryable<'_>,
    (call, vote): (Id<id::Call>, Id<id::Vote>),
    (supplier, offer_ref): (&str, &str),
    amount: i64,
) -> Result<(), StoreError> {
    db.query(
        "insert into call_supplier (call_id, vote_id, supplier, offer_ref, amount)
         values ($1, $2, $3, $4, $5)
         on conflict (call_id) do update
         set vote_id = excluded.vote_id, supplier = excluded.supplier,
             offer_ref = excluded.offer_ref, amount = excluded.amount",
    )
    .bind(call)
    .bind(vote)
    .bind(supplier)
    .bind(offer_ref)
    .bind(amount)
    .run()
    .await?;
    Ok(())
}
