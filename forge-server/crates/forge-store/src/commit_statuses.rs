//! What programs said of commits.

use forge_domain::{Id, id, names::Oid, review::StatusState};
use jiff::Timestamp;

use crate::{Queryable, StoreError, query::Single, record};

record! {
    /// What a check said of a commit, once.
    pub struct CommitStatus {
        /// Grows with time.
        pub number: i64,
        /// The name of the check.
        pub context: String,
        /// What it said.
        pub state: StatusState,
        /// Where more is told; empty where nowhere.
        pub target_url: String,
        /// In a few words.
        pub description: String,
        /// The number of who handed it in.
        pub creator_number: i64,
        /// Their login.
        pub creator: String,
        /// When.
        pub created_at: Timestamp,
    }
}

/// A status to insert.
#[derive(Debug)]
pub struct NewStatus<'a> {
    /// Its id.
    pub id: Id<id::CommitStatus>,
    /// In which module.
    pub module: Id<id::Module>,
    /// Of which commit.
    pub commit: Oid,
    /// The name of the check.
    pub context: &'a str,
    /// What it says.
    pub state: StatusState,
    /// Where more is told; empty where nowhere.
    pub target_url: &'a str,
    /// In a few words.
    pub description: &'a str,
    /// Who hands it in.
    pub created_by: Id<id::Person>,
    /// When.
    pub created_at: Timestamp,
}

/// Inserts a status; it gets the next number.
pub async fn insert(db: impl Queryable<'_>, status: NewStatus<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into commit_status
           (id, number, module_id, oid, context, state, target_url, description, created_by,
            created_at)
         values ($1, (select coalesce(max(number), 0) + 1 from commit_status),
                 $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(status.id)
    .bind(status.module)
    .bind(status.commit.to_string())
    .bind(status.context)
    .bind(status.state)
    .bind(status.target_url)
    .bind(status.description)
    .bind(status.created_by)
    .bind(status.created_at)
    .run()
    .await?;
    Ok(())
}

/// What each check said last of a commit, by the name of the check.
pub async fn latest(
    db: impl Queryable<'_>,
    module: Id<id::Module>,
    commit: Oid,
) -> Result<Vec<CommitStatus>, StoreError> {
    db.query(
        "select status.number, status.context, status.state, status.target_url,
                status.description, owner.number as creator_number, owner.slug as creator,
                status.created_at
         from commit_status as status
         join owner on owner.id = status.created_by
         where status.module_id = $1 and status.oid = $2
           and status.number = (select max(later.number) from commit_status as later
                                where later.module_id = status.module_id
                                  and later.oid = status.oid
                                  and later.context = status.context)
         order by status.context",
    )
    .bind(module)
    .bind(commit.to_string())
    .all()
    .await
}

/// Everything that was said of a commit, newest first, in part.
pub async fn page(
    db: impl Queryable<'_>,
    (module, commit): (Id<id::Module>, Oid),
    (limit, offset): (i64, i64),
) -> Result<Vec<CommitStatus>, StoreError> {
    db.query(
        "select status.number, status.context, status.state, status.target_url,
                status.description, owner.number as creator_number, owner.slug as creator,
                status.created_at
         from commit_status as status
         join owner on owner.id = status.created_by
         where status.module_id = $1 and status.oid = $2
         order by status.number desc
         limit $3 offset $4",
    )
    .bind(module)
    .bind(commit.to_string())
    .bind(limit)
    .bind(offset)
    .all()
    .await
}

/// How often something was said of a commit.
pub async fn count(
    db: impl Queryable<'_>,
    module: Id<id::Module>,
    commit: Oid,
) -> Result<i64, StoreError> {
    let Single(count) = db
        .query("select count(*) as value from commit_status where module_id = $1 and oid = $2")
        .bind(module)
        .bind(commit.to_string())
        .one()
        .await?;
    Ok(count)
}
