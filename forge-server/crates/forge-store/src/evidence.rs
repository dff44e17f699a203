//! The acts pledges rest on. The files themselves are on disk, under the id of their row.

use forge_domain::{Id, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, query::Single, record};

record! {
    /// An act.
    pub struct Evidence {
        /// Its id; the name of its file.
        pub id: Id<id::Evidence>,
        /// The pledge it backs.
        pub pledge_id: Id<id::Pledge>,
        /// What kind of act.
        pub kind: String,
        /// Its number.
        pub number: String,
        /// The day it was taken.
        pub decided_on: Date,
        /// The day the prefecture received it.
        pub prefecture_receipt_on: Option<Date>,
        /// The day it was published.
        pub published_on: Option<Date>,
        /// The act that delegates the decision.
        pub delegation_ref: Option<String>,
        /// The code of its subject, as the country classifies acts.
        pub matter_code: Option<String>,
        /// Where it can be read.
        pub url: Option<String>,
        /// The name of the file.
        pub file_name: Option<String>,
        /// Its media type.
        pub media_type: Option<String>,
        /// Its size.
        pub size_bytes: Option<i64>,
        /// What its digest is salted with.
        pub salt: Option<Vec<u8>>,
        /// SHA-256 of salt and file.
        pub digest: Option<Vec<u8>>,
        /// `public`, `members` or `auditors`.
        pub visibility: String,
        /// Who uploaded it.
        pub uploaded_by: Id<id::Person>,
        /// When.
        pub uploaded_at: Timestamp,
        /// Who checked it.
        pub checked_by: Option<Id<id::Person>>,
        /// When.
        pub checked_at: Option<Timestamp>,
        /// Who rejected it.
        pub rejected_by: Option<Id<id::Person>>,
        /// When.
        pub rejected_at: Option<Timestamp>,
        /// Why.
        pub rejection: Option<String>,
    }
}

/// Inserts an act.
pub async fn insert(db: impl Queryable<'_>, evidence: &Evidence) -> Result<(), StoreError> {
    db.query(
        "insert into evidence
           (id, pledge_id, kind, number, decided_on, prefecture_receipt_on, published_on,
            delegation_ref, matter_code, url, file_name, media_type, size_bytes, salt, digest,
            visibility, uploaded_by, uploaded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(evidence.id)
    .bind(evidence.pledge_id)
    .bind(evidence.kind.as_str())
    .bind(evidence.number.as_str())
    .bind(evidence.decided_on)
    .bind(evidence.prefecture_receipt_on)
    .bind(evidence.published_on)
    .bind(evidence.delegation_ref.clone())
    .bind(evidence.matter_code.clone())
    .bind(evidence.url.clone())
    .bind(evidence.file_name.clone())
    .bind(evidence.media_type.clone())
    .bind(evidence.size_bytes)
    .bind(evidence.salt.clone())
    .bind(evidence.digest.clone())
    .bind(evidence.visibility.as_str())
    .bind(evidence.uploaded_by)
    .bind(evidence.uploaded_at)
    .run()
    .await?;
    Ok(())
}

/// The act with an id.
pub async fn by_id(
    db: impl Queryable<'_>,
    id: Id<id::Evidence>,
) -> Result<Option<Evidence>, StoreError> {
    db.query(
        "select id, pledge_id, kind, number, decided_on, prefecture_receipt_on, published_on,
                delegation_ref, matter_code, url, file_name, media_type, size_bytes, salt,
                digest, visibility, uploaded_by, uploaded_at, checked_by, checked_at, rejected_by,
                rejected_at, rejection
         from evidence where id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The acts behind a pledge, oldest first.
pub async fn of_pledge(
    db: impl Queryable<'_>,
    pledge: Id<id::Pledge>,
) -> Result<Vec<Evidence>, StoreError> {
    db.query(
        "select id, pledge_id, kind, number, decided_on, prefecture_receipt_on, published_on,
                delegation_ref, matter_code, url, file_name, media_type, size_bytes, salt,
                digest, visibility, uploaded_by, uploaded_at, checked_by, checked_at, rejected_by,
                rejected_at, rejection
         from evidence where pledge_id = $1
         order by uploaded_at, id",
    )
    .bind(pledge)
    .all()
    .await
}

/// The acts behind every pledge on a call, oldest first.
pub async fn of_call(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Evidence>, StoreError> {
    db.query(
        "select evidence.id, evidence.pledge_id, evidence.kind, evidence.number,
                evidence.decided_on, evidence.prefecture_receipt_on, evidence.published_on,
                evidence.delegation_ref, evidence.matter_code, evidence.url, evidence.file_name,
                evidence.media_type, evidence.size_bytes,
                evidence.salt, evidence.digest, evidence.visibility, evidence.uploaded_by,
                evidence.uploaded_at, evidence.checked_by, evidence.checked_at,
                evidence.rejected_by, evidence.rejected_at, evidence.rejection
         from evidence join pledge on pledge.id = evidence.pledge_id
         where pledge.call_id = $1
         order by evidence.uploaded_at, evidence.id",
    )
    .bind(call)
    .all()
    .await
}

/// Adds the dates that an act was missing: the prefecture's receipt, the publication. False where
/// it was checked or rejected already.
pub async fn complete(
    db: impl Queryable<'_>,
    id: Id<id::Evidence>,
    (received, published): (Option<Date>, Option<Date>),
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update evidence
             set prefecture_receipt_on = coalesce(prefecture_receipt_on, $2),
                 published_on = coalesce(published_on, $3)
             where id = $1 and checked_by is null and rejected_by is null",
        )
        .bind(id)
        .bind(received)
        .bind(published)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Records a second person's check; false where a second person has answered already.
pub async fn check(
    db: impl Queryable<'_>,
    id: Id<id::Evidence>,
    by: Id<id::Person>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update evidence set checked_by = $2, checked_at = $3
             where id = $1 and checked_by is null and rejected_by is null",
        )
        .bind(id)
        .bind(by)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Records that a second person cannot accept an act, and why; false where a second person has
/// answered already.
pub async fn reject(
    db: impl Queryable<'_>,
    id: Id<id::Evidence>,
    (by, reason): (Id<id::Person>, &str),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update evidence set rejected_by = $2, rejected_at = $3, rejection = $4
             where id = $1 and checked_by is null and rejected_by is null",
        )
        .bind(id)
        .bind(by)
        .bind(now)
        .bind(reason)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Every act that has a file, for comparison with the folder.
pub async fn with_files(db: impl Queryable<'_>) -> Result<Vec<Id<id::Evidence>>, StoreError> {
    let rows = db
        .query("select id as value from evidence where digest is not null order by id")
        .all::<Single<Id<id::Evidence>>>()
        .await?;
    Ok(rows.into_iter().map(|single| single.0).collect())
}
