//! The signed heads of a ledger.

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// A signed head.
    pub struct Checkpoint {
        /// How many entries it covers.
        pub size: i64,
        /// The root of the tree over them.
        pub root: Vec<u8>,
        /// The signed note.
        pub note: String,
        /// When it was signed.
        pub created_at: Timestamp,
    }
}

/// Keeps a signed head; a second one of the same size is left aside.
pub async fn append_checkpoint(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    checkpoint: &Checkpoint,
) -> Result<(), StoreError> {
    db.query(
        "insert into ledger_checkpoint (space_id, size, root, note, created_at)
         values ($1, $2, $3, $4, $5)
         on conflict (space_id, size) do nothing",
    )
    .bind(space)
    .bind(checkpoint.size)
    .bind(checkpoint.root.as_slice())
    .bind(checkpoint.note.as_str())
    .bind(checkpoint.created_at)
    .run()
    .await?;
    Ok(())
}

/// The signed heads of a space, smallest first.
pub async fn checkpoints(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Checkpoint>, StoreError> {
    db.query(
        "select size, root, note, created_at from ledger_checkpoint
         where space_id = $1 order by size",
    )
    .bind(space)
    .all()
    .await
}

/// The newest signed head of a space.
pub async fn last_checkpoint(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Option<Checkpoint>, StoreError> {
    db.query(
        "select size, root, note, created_at from ledger_checkpoint
         where space_id = $1 order by size desc limit 1",
    )
    .bind(space)
    .optional()
    .await
}

/// The smallest signed head of a space that covers so many entries.
pub async fn checkpoint_over(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    size: i64,
) -> Result<Option<Checkpoint>, StoreError> {
    db.query(
        "select size, root, note, created_at from ledger_checkpoint
         where space_id = $1 and size >= $2
         order by size
         limit 1",
    )
    .bind(space)
    .bind(size)
    .optional()
    .await
}
