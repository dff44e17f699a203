//! What the finance services said of pledges before their signatories commit.

use forge_domain::{Id, id, pledge::VisaDecision};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// A word of the finance service.
    pub struct Visa {
        /// Its place among those of the pledge, from 1.
        pub number: i64,
        /// What it said.
        pub decision: VisaDecision,
        /// The ceiling it looked at, in minor units.
        pub ceiling: i64,
        /// The number of a commitment it has reserved already.
        pub commitment_no: Option<String>,
        /// Why it did not approve.
        pub reason: Option<String>,
        /// Who decided.
        pub decided_by: Id<id::Person>,
        /// When.
        pub decided_at: Timestamp,
    }
}

/// Every visa of a pledge, oldest first: the last one counts.
pub async fn visas(
    db: impl Queryable<'_>,
    pledge: Id<id::Pledge>,
) -> Result<Vec<Visa>, StoreError> {
    db.query(
        "select number, decision, ceiling, commitment_no, reason, decided_by, decided_at
         from pledge_visa where pledge_id = $1 order by number",
    )
    .bind(pledge)
    .all()
    .await
}

/// A visa to insert.
#[derive(Debug)]
pub struct NewVisa<'a> {
    /// The pledge.
    pub pledge: Id<id::Pledge>,
    /// What is said.
    pub decision: VisaDecision,
    /// The ceiling that was looked at.
    pub ceiling: i64,
    /// The number of a commitment that is reserved already.
    pub commitment_no: Option<&'a str>,
    /// Why it is not approved.
    pub reason: Option<&'a str>,
    /// Who decides.
    pub by: Id<id::Person>,
    /// When.
    pub now: Timestamp,
}

/// Adds a visa after the others of its pledge; its number.
pub async fn insert_visa(db: impl Queryable<'_>, new: NewVisa<'_>) -> Result<i64, StoreError> {
    db.query(
        "insert into pledge_visa
           (pledge_id, number, decision, ceiling, commitment_no, reason, decided_by, decided_at)
         select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7
         from pledge_visa where pledge_id = $1
         returning number as value",
    )
    .bind(new.pledge)
    .bind(new.decision)
    .bind(new.ceiling)
    .bind(new.commitment_no)
    .bind(new.reason)
    .bind(new.by)
    .bind(new.now)
    .value()
    .await
}
