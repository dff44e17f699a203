//! Sessions of the web, known by the hash of their cookie.

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// A session that was begun.
    pub struct Session {
        /// SHA-256 of the cookie.
        pub id_hash: Vec<u8>,
        /// Whose it is.
        pub person_id: Id<id::Person>,
        /// What every form of the session carries.
        pub csrf: String,
        /// When it began.
        pub created_at: Timestamp,
        /// When it was last used.
        pub seen_at: Timestamp,
        /// When the person last proved who they are.
        pub authenticated_at: Timestamp,
        /// When it ends whatever happens.
        pub expires_at: Timestamp,
    }
}

/// Begins a session.
pub async fn insert(db: impl Queryable<'_>, session: Session) -> Result<(), StoreError> {
    db.query(
        "insert into session
           (id_hash, person_id, csrf, created_at, seen_at, authenticated_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(session.id_hash)
    .bind(session.person_id)
    .bind(session.csrf)
    .bind(session.created_at)
    .bind(session.seen_at)
    .bind(session.authenticated_at)
    .bind(session.expires_at)
    .run()
    .await?;
    Ok(())
}

/// The session with this hash that has not ended.
pub async fn living(
    db: impl Queryable<'_>,
    id_hash: &[u8],
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<Session>, StoreError> {
    db.query(
        "select session.id_hash, session.person_id, session.csrf, session.created_at,
                session.seen_at, session.authenticated_at, session.expires_at
         from session join person on person.id = session.person_id
         where session.id_hash = $1 and session.expires_at > $2 and session.seen_at > $3
           and person.status = 'active'",
    )
    .bind(id_hash)
    .bind(now)
    .bind(idle_since)
    .optional()
    .await
}

/// Notes that a session was used.
pub async fn touch(
    db: impl Queryable<'_>,
    id_hash: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update session set seen_at = $2 where id_hash = $1")
        .bind(id_hash)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Notes that the person proved again who they are.
pub async fn reauthenticate(
    db: impl Queryable<'_>,
    id_hash: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update session set authenticated_at = $2, seen_at = $2 where id_hash = $1")
        .bind(id_hash)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Ends a session.
pub async fn delete(db: impl Queryable<'_>, id_hash: &[u8]) -> Result<(), StoreError> {
    db.query("delete from session where id_hash = $1").bind(id_hash).run().await?;
    Ok(())
}

/// Ends every session of a person.
pub async fn delete_of(db: impl Queryable<'_>, person: Id<id::Person>) -> Result<u64, StoreError> {
    db.query("delete from session where person_id = $1").bind(person).run().await
}

/// Ends every session of a person but one.
pub async fn delete_others(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    kept: &[u8],
) -> Result<u64, StoreError> {
    db.query("delete from session where person_id = $1 and id_hash <> $2")
        .bind(person)
        .bind(kept)
        .run()
        .await
}
