//! How far a ledger was verified, so that a long one is not read again from its first entry.

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// How far a ledger was verified whole.
    pub struct Verified {
        /// So many entries.
        pub size: i64,
        /// The last link of the chain.
        pub link: Vec<u8>,
        /// The roots of the tree's perfect subtrees, one after the other.
        pub peaks: Vec<u8>,
        /// When.
        pub verified_at: Timestamp,
    }
}

/// Keeps how far a ledger was verified.
pub async fn keep_verified(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    verified: &Verified,
) -> Result<(), StoreError> {
    db.query(
        "insert into ledger_verified (space_id, size, link, peaks, verified_at)
         values ($1, $2, $3, $4, $5)
         on conflict (space_id) do update
         set size = excluded.size, link = excluded.link, peaks = excluded.peaks,
             verified_at = excluded.verified_at",
    )
    .bind(space)
    .bind(verified.size)
    .bind(verified.link.as_slice())
    .bind(verified.peaks.as_slice())
    .bind(verified.verified_at)
    .run()
    .await?;
    Ok(())
}

/// How far a ledger was verified whole.
pub async fn verified(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Option<Verified>, StoreError> {
    db.query("select size, link, peaks, verified_at from ledger_verified where space_id = $1")
        .bind(space)
        .optional()
        .await
}
