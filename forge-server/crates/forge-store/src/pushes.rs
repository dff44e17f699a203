//! Pushes: the row is the commit point, the reference files follow it (security.md B2.2).

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// One reference of a push.
    pub struct PushRef {
        /// Full name.
        pub name: String,
        /// What it was; none where it is new.
        pub old_oid: Option<String>,
        /// What it becomes; none where it is deleted.
        pub new_oid: Option<String>,
    }
}

record! {
    /// A push whose references were being moved when the server stopped.
    pub struct OpenPush {
        /// Its id.
        pub id: Id<id::Push>,
        /// To which module.
        pub module_id: Id<id::Module>,
    }
}

/// Writes what a push is about to do.
pub async fn insert(
    db: impl Queryable<'_>,
    id: Id<id::Push>,
    module: Id<id::Module>,
    person: Option<Id<id::Person>>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "insert into push (id, module_id, person_id, state, created_at)
         values ($1, $2, $3, 'intent', $4)",
    )
    .bind(id)
    .bind(module)
    .bind(person)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Writes one reference of a push.
pub async fn insert_ref(
    db: impl Queryable<'_>,
    id: Id<id::Push>,
    reference: PushRef,
) -> Result<(), StoreError> {
    db.query("insert into push_ref (push_id, name, old_oid, new_oid) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(reference.name)
        .bind(reference.old_oid)
        .bind(reference.new_oid)
        .run()
        .await?;
    Ok(())
}

/// Closes a push: `done` where its references stand, `undone` where none of them does.
pub async fn close(
    db: impl Queryable<'_>,
    id: Id<id::Push>,
    state: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update push set state = $2, finished_at = $3 where id = $1 and state = 'intent'")
        .bind(id)
        .bind(state)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Takes a reference out of a push that could not move it.
pub async fn forget_ref(
    db: impl Queryable<'_>,
    id: Id<id::Push>,
    name: &str,
) -> Result<(), StoreError> {
    db.query("delete from push_ref where push_id = $1 and name = $2")
        .bind(id)
        .bind(name)
        .run()
        .await?;
    Ok(())
}

/// The pushes a stopped server left open.
pub async fn open(db: impl Queryable<'_>) -> Result<Vec<OpenPush>, StoreError> {
    db.query("select id, module_id from push where state = 'intent' order by created_at, id")
        .all()
        .await
}

record! {
    /// One reference of a push that is over.
    pub struct Moved {
        /// To which module.
        pub module_id: Id<id::Module>,
        /// Full name.
        pub name: String,
        /// What it was moved to; none where it was deleted.
        pub new_oid: Option<String>,
    }
}

/// Every reference that was ever moved, oldest first: where each must stand now.
pub async fn moves(db: impl Queryable<'_>) -> Result<Vec<Moved>, StoreError> {
    db.query(
        "select push.module_id, push_ref.name, push_ref.new_oid
         from push join push_ref on push_ref.push_id = push.id
         where push.state = 'done'
         order by push.created_at, push.id, push_ref.name",
    )
    .all()
    .await
}

/// The references of a push.
pub async fn refs(db: impl Queryable<'_>, id: Id<id::Push>) -> Result<Vec<PushRef>, StoreError> {
    db.query("select name, old_oid, new_oid from push_ref where push_id = $1 order by name")
        .bind(id)
        .all()
        .await
}
