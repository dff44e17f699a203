//! What the instance itself remembers, and sequences without gaps.

use crate::{Queryable, StoreError, query::Single};

/// A remembered value.
pub async fn get(db: impl Queryable<'_>, key: &str) -> Result<Option<String>, StoreError> {
    let value = db
        .query("select value from setting where key = $1")
        .bind(key)
        .optional::<Single<String>>()
        .await?;
    Ok(value.map(|single| single.0))
}

/// Remembers a value once; a second one is refused.
pub async fn insert(db: impl Queryable<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    db.query("insert into setting (key, value) values ($1, $2)")
        .bind(key)
        .bind(value)
        .run()
        .await?;
    Ok(())
}

/// The next number of a sequence. Taken inside the writing transaction, so that an act that is
/// undone leaves no gap (domain.md §c, `ref`).
pub async fn next(db: impl Queryable<'_>, sequence: &str) -> Result<i64, StoreError> {
    db.query(
        "insert into counter (name, value) values ($1, 1)
         on conflict (name) do update set value = counter.value + 1
         returning value",
    )
    .bind(sequence)
    .value()
    .await
}
