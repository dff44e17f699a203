//! Personal access tokens, known by their hash.

use forge_domain::{Id, access::TokenScope, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// A token as its owner sees it again: never the secret.
    pub struct Token {
        /// Its id.
        pub id: Id<id::Token>,
        /// The number by which the API names it.
        pub number: i64,
        /// Whose it is.
        pub person_id: Id<id::Person>,
        /// What its owner calls it.
        pub name: String,
        /// The end of the secret, to tell tokens apart.
        pub last_eight: String,
        /// What it allows.
        pub scope: TokenScope,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it ends.
        pub expires_at: Timestamp,
        /// When it was last used, to the minute.
        pub used_at: Option<Timestamp>,
    }
}

/// Inserts a token of which only the hash is kept.
pub async fn insert(db: impl Queryable<'_>, token: Token, hash: &[u8]) -> Result<(), StoreError> {
    db.query(
        "insert into access_token
           (id, number, person_id, name, hash, last_eight, scope, created_at, expires_at)
         values ($1, (select coalesce(max(number), 0) + 1 from access_token),
                 $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(token.id)
    .bind(token.person_id)
    .bind(token.name)
    .bind(hash)
    .bind(token.last_eight)
    .bind(token.scope)
    .bind(token.created_at)
    .bind(token.expires_at)
    .run()
    .await?;
    Ok(())
}

/// The living token with this hash, of a person who is active.
pub async fn living(
    db: impl Queryable<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Token>, StoreError> {
    db.query(
        "select access_token.id, access_token.number, access_token.person_id, access_token.name,
                access_token.last_eight, access_token.scope, access_token.created_at,
                access_token.expires_at, access_token.used_at
         from access_token join person on person.id = access_token.person_id
         where access_token.hash = $1 and access_token.expires_at > $2
           and access_token.revoked_at is null and person.status = 'active'",
    )
    .bind(hash)
    .bind(now)
    .optional()
    .await
}

/// Whether a token still lives: an act may have begun long before it writes.
pub async fn is_living(
    db: impl Queryable<'_>,
    id: Id<id::Token>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let count: i64 = db
        .query(
            "select count(*) as value from access_token
             where id = $1 and expires_at > $2 and revoked_at is null",
        )
        .bind(id)
        .bind(now)
        .value()
        .await?;
    Ok(count > 0)
}

/// The living tokens of a person, newest first.
pub async fn of_person(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<Token>, StoreError> {
    db.query(
        "select id, number, person_id, name, last_eight, scope, created_at, expires_at, used_at
         from access_token
         where person_id = $1 and revoked_at is null and expires_at > $2
         order by created_at desc, id desc",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

/// Notes that a token was used.
pub async fn touch(
    db: impl Queryable<'_>,
    id: Id<id::Token>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update access_token set used_at = $2 where id = $1").bind(id).bind(now).run().await?;
    Ok(())
}

/// Ends a person's token; how many were ended.
pub async fn revoke(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    number: i64,
    now: Timestamp,
) -> Result<u64, StoreError> {
    db.query(
        "update access_token set revoked_at = $3
         where person_id = $1 and number = $2 and revoked_at is null",
    )
    .bind(person)
    .bind(number)
    .bind(now)
    .run()
    .await
}

/// Ends every token of a person; how many were ended.
pub async fn revoke_all(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    db.query("update access_token set revoked_at = $2 where person_id = $1 and revoked_at is null")
        .bind(person)
        .bind(now)
        .run()
        .await
}

/// Removes every token of a person: each has a name they gave it.
pub async fn delete_of(db: impl Queryable<'_>, person: Id<id::Person>) -> Result<u64, StoreError> {
    db.query("delete from access_token where person_id = $1").bind(person).run().await
}
