//! Work to do later. A job is queued in the transaction that asks for it and marked done in the
//! transaction of its effect.

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, query::Single, record};

record! {
    /// A job that waits.
    pub struct Job {
        /// Its id.
        pub id: Id<id::Job>,
        /// What is to be done.
        pub kind: String,
        /// To what.
        pub key: String,
        /// With what, as JSON.
        pub payload: String,
        /// How often it was tried.
        pub attempts: i64,
        /// When it is due.
        pub run_at: Timestamp,
    }
}

/// Queues a job; a job of the same kind and key that waits already keeps the earlier hour.
pub async fn queue(
    db: impl Queryable<'_>,
    id: Id<id::Job>,
    (kind, key): (&str, &str),
    payload: &str,
    run_at: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "insert into job (id, kind, key, payload, state, run_at, attempts, created_at)
         values ($1, $2, $3, $4, 'waiting', $5, 0, $6)
         on conflict (kind, key) where state = 'waiting' do update
         set run_at = case when job.run_at < excluded.run_at then job.run_at
                           else excluded.run_at end",
    )
    .bind(id)
    .bind(kind)
    .bind(key)
    .bind(payload)
    .bind(run_at)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// The jobs that are due, oldest first.
pub async fn due(
    db: impl Queryable<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<Job>, StoreError> {
    db.query(
        "select id, kind, key, payload, attempts, run_at from job
         where state = 'waiting' and run_at <= $1
         order by run_at, id limit $2",
    )
    .bind(now)
    .bind(most)
    .all()
    .await
}

/// When the next waiting job is due.
pub async fn next_due(db: impl Queryable<'_>) -> Result<Option<Timestamp>, StoreError> {
    let next = db
        .query("select run_at as value from job where state = 'waiting' order by run_at limit 1")
        .optional::<Single<Timestamp>>()
        .await?;
    Ok(next.map(|single| single.0))
}

/// Marks a waiting job done; false where it no longer waits, and its effect must not happen again.
pub async fn finish(
    db: impl Queryable<'_>,
    id: Id<id::Job>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update job set state = 'done', finished_at = $2
             where id = $1 and state = 'waiting'",
        )
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Puts off a job that failed, or gives it up where `again_at` is none.
pub async fn put_off(
    db: impl Queryable<'_>,
    id: Id<id::Job>,
    error: &str,
    again_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    db.query(
        "update job
         set attempts = attempts + 1, last_error = $2,
             state = case when cast($3 as bigint) is null then 'dead' else 'waiting' end,
             run_at = coalesce($3, run_at)
         where id = $1 and state = 'waiting'",
    )
    .bind(id)
    .bind(error)
    .bind(again_at)
    .run()
    .await?;
    Ok(())
}
