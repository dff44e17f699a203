//! The append-only audit log.

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

/// A row to append.
#[derive(Debug, Clone)]
pub struct NewRow {
    /// One more than the row before.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: Option<Id<id::Person>>,
    /// With which token.
    pub token: Option<Id<id::Token>>,
    /// In which council's name.
    pub council: Option<Id<id::Council>>,
    /// Through which door.
    pub via: &'static str,
    /// The row of the table of rights.
    pub deed: &'static str,
    /// What it is about.
    pub subject: String,
    /// `done` or `refused`.
    pub outcome: &'static str,
    /// What changed, as JSON.
    pub detail: String,
    /// SHA-256 over the hash before and this row.
    pub hash: Vec<u8>,
}

record! {
    /// The newest row's place in the chain.
    pub struct Head {
        /// Its number.
        pub seq: i64,
        /// Its hash.
        pub hash: Vec<u8>,
    }
}

/// The newest row's number and hash: 0 and 32 zero bytes in an empty log.
pub async fn head(db: impl Queryable<'_>) -> Result<(i64, Vec<u8>), StoreError> {
    let head = db
        .query("select seq, hash from audit order by seq desc limit 1")
        .optional::<Head>()
        .await?;
    Ok(head.map_or_else(|| (0, vec![0; 32]), |head| (head.seq, head.hash)))
}

record! {
    /// A row of the log.
    pub struct Row {
        /// Its number.
        pub seq: i64,
        /// When.
        pub at: Timestamp,
        /// Who.
        pub person_id: Option<Id<id::Person>>,
        /// With which token.
        pub token_id: Option<Id<id::Token>>,
        /// In which council's name.
        pub council_id: Option<Id<id::Council>>,
        /// Through which door.
        pub via: String,
        /// The row of the table of rights.
        pub deed: String,
        /// What it is about.
        pub subject: String,
        /// `done` or `refused`.
        pub outcome: String,
        /// What changed, as JSON.
        pub detail: String,
        /// The hash that was chained when it was written.
        pub hash: Vec<u8>,
    }
}

/// The rows after `after`, in order, at most `most`.
pub async fn rows(db: impl Queryable<'_>, after: i64, most: i64) -> Result<Vec<Row>, StoreError> {
    db.query(
        "select seq, at, person_id, token_id, council_id, via, deed, subject, outcome, detail,
                hash
         from audit
         where seq > $1
         order by seq
         limit $2",
    )
    .bind(after)
    .bind(most)
    .all()
    .await
}

/// Appends a row.
pub async fn append(db: impl Queryable<'_>, row: NewRow) -> Result<(), StoreError> {
    db.query(
        "insert into audit
           (seq, at, person_id, token_id, council_id, via, deed, subject, outcome, detail, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(row.seq)
    .bind(row.at)
    .bind(row.person)
    .bind(row.token)
    .bind(row.council)
    .bind(row.via)
    .bind(row.deed)
    .bind(row.subject)
    .bind(row.outcome)
    .bind(row.detail)
    .bind(row.hash)
    .run()
    .await?;
    Ok(())
}
