//! The charters of a space, every version (domain.md §c3).

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// One version of a charter.
    pub struct Charter {
        /// Which, from 1.
        pub version: i64,
        /// `CHARTER.md`.
        pub text: String,
        /// `charter.toml`.
        pub machine: String,
        /// The commit of the meta-repository that holds both.
        pub oid: String,
        /// The reference of the vote that adopted it; none for the first.
        pub vote_ref: Option<String>,
        /// Since when it is in force.
        pub adopted_at: Timestamp,
    }
}

/// A version to insert.
#[derive(Debug)]
pub struct NewCharter<'a> {
    /// Of which space.
    pub space: Id<id::Space>,
    /// Which, the one after the last.
    pub version: i64,
    /// `CHARTER.md`.
    pub text: &'a str,
    /// `charter.toml`.
    pub machine: &'a str,
    /// The commit that holds both.
    pub oid: &'a str,
    /// The vote that adopted it.
    pub vote: Option<Id<id::Vote>>,
    /// Since when it is in force.
    pub adopted_at: Timestamp,
}

/// Inserts a version.
///
/// # Errors
/// [`StoreError::Duplicate`] where the space has that version already.
pub async fn insert(db: impl Queryable<'_>, new: NewCharter<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into charter (space_id, version, text, machine, oid, vote_id, adopted_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.space)
    .bind(new.version)
    .bind(new.text)
    .bind(new.machine)
    .bind(new.oid)
    .bind(new.vote)
    .bind(new.adopted_at)
    .run()
    .await?;
    Ok(())
}

/// The charter in force: the last version.
pub async fn in_force(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Option<Charter>, StoreError> {
    db.query(
        "select charter.version, charter.text, charter.machine, charter.oid,
                vote.ref as vote_ref, charter.adopted_at
         from charter left join vote on vote.id = charter.vote_id
         where charter.space_id = $1
         order by charter.version desc
         limit 1",
    )
    .bind(space)
    .optional()
    .await
}

/// Every version, newest first.
pub async fn history(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Charter>, StoreError> {
    db.query(
        "select charter.version, charter.text, charter.machine, charter.oid,
                vote.ref as vote_ref, charter.adopted_at
         from charter left join vote on vote.id = charter.vote_id
         where charter.space_id = $1
         order by charter.version desc",
    )
    .bind(space)
    .all()
    .await
}
