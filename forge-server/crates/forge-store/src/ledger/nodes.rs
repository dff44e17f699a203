//! The perfect subtrees of the tree over a published ledger.

use forge_domain::{Id, id, ledger::Node};

use crate::{Queryable, StoreError, record};

record! {
    /// The hash of a subtree.
    pub struct Kept {
        /// Thirty-two bytes.
        pub hash: Vec<u8>,
    }
}

record! {
    /// How many leaves are kept.
    pub struct Leaves {
        /// So many.
        pub n: i64,
    }
}

/// Keeps a subtree; one that is kept already is left as it is.
pub async fn keep_node(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    node: Node,
    hash: &[u8],
) -> Result<(), StoreError> {
    db.query(
        "insert into ledger_node (space_id, level, position, hash) values ($1, $2, $3, $4)
         on conflict (space_id, level, position) do nothing",
    )
    .bind(space)
    .bind(i64::from(node.level))
    .bind(i64::try_from(node.position).unwrap_or(i64::MAX))
    .bind(hash)
    .run()
    .await?;
    Ok(())
}

/// The hash of a subtree, where it is kept.
pub async fn node(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    node: Node,
) -> Result<Option<Kept>, StoreError> {
    db.query("select hash from ledger_node where space_id = $1 and level = $2 and position = $3")
        .bind(space)
        .bind(i64::from(node.level))
        .bind(i64::try_from(node.position).unwrap_or(i64::MAX))
        .optional()
        .await
}

/// How many leaves of a space are kept.
pub async fn leaves(db: impl Queryable<'_>, space: Id<id::Space>) -> Result<i64, StoreError> {
    let leaves: Leaves = db
        .query(
            "select coalesce(max(position) + 1, 0) as n from ledger_node
             where space_id = $1 and level = 0",
        )
        .bind(space)
        .one()
        .await?;
    Ok(leaves.n)
}
