//! One-time links, known by the hash of their secret.

use forge_domain::{Id, access::Role, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// An invitation.
    pub struct Invitation {
        /// Its id.
        pub id: Id<id::Invitation>,
        /// `administrator` or `council`.
        pub kind: String,
        /// The council it leads into.
        pub council_id: Option<Id<id::Council>>,
        /// The council's address.
        pub council: Option<String>,
        /// The council's name.
        pub council_name: Option<String>,
        /// The role it gives.
        pub role: Option<Role>,
        /// Whom it is meant for, in lower case.
        pub email: Option<String>,
        /// Who made it; none where a command did.
        pub created_by: Option<Id<id::Person>>,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it stops working.
        pub expires_at: Timestamp,
        /// When it was used.
        pub used_at: Option<Timestamp>,
    }
}

/// An invitation to insert.
#[derive(Debug)]
pub struct NewInvitation<'a> {
    /// Its id.
    pub id: Id<id::Invitation>,
    /// The hash of its secret.
    pub token_hash: &'a [u8],
    /// The council and the role; none for an administrator's.
    pub into: Option<(Id<id::Council>, Role)>,
    /// Whom it is meant for.
    pub email: Option<&'a str>,
    /// Who makes it.
    pub created_by: Option<Id<id::Person>>,
    /// When.
    pub created_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// Inserts an invitation.
pub async fn insert(db: impl Queryable<'_>, new: NewInvitation<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into invitation
           (id, token_hash, kind, council_id, role, email, created_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.id)
    .bind(new.token_hash)
    .bind(if new.into.is_some() { "council" } else { "administrator" })
    .bind(new.into.map(|(council, _)| council))
    .bind(new.into.map(|(_, role)| role))
    .bind(new.email)
    .bind(new.created_by)
    .bind(new.created_at)
    .bind(new.expires_at)
    .run()
    .await?;
    Ok(())
}

/// The invitation with this hash that was not used and still works.
pub async fn open(
    db: impl Queryable<'_>,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Invitation>, StoreError> {
    db.query(
        "select invitation.id, invitation.kind, invitation.council_id, owner.slug as council,
                council.name as council_name, invitation.role, invitation.email,
                invitation.created_by, invitation.created_at, invitation.expires_at,
                invitation.used_at
         from invitation
         left join council on council.id = invitation.council_id
         left join owner on owner.id = invitation.council_id
         where invitation.token_hash = $1 and invitation.used_at is null
           and invitation.expires_at > $2",
    )
    .bind(token_hash)
    .bind(now)
    .optional()
    .await
}

/// The invitation with an id.
pub async fn by_id(
    db: impl Queryable<'_>,
    id: Id<id::Invitation>,
) -> Result<Option<Invitation>, StoreError> {
    db.query(
        "select invitation.id, invitation.kind, invitation.council_id, owner.slug as council,
                council.name as council_name, invitation.role, invitation.email,
                invitation.created_by, invitation.created_at, invitation.expires_at,
                invitation.used_at
         from invitation
         left join council on council.id = invitation.council_id
         left join owner on owner.id = invitation.council_id
         where invitation.id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The invitations of a council that still work, newest first.
pub async fn of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    now: Timestamp,
) -> Result<Vec<Invitation>, StoreError> {
    db.query(
        "select invitation.id, invitation.kind, invitation.council_id, owner.slug as council,
                council.name as council_name, invitation.role, invitation.email,
                invitation.created_by, invitation.created_at, invitation.expires_at,
                invitation.used_at
         from invitation
         left join council on council.id = invitation.council_id
         left join owner on owner.id = invitation.council_id
         where invitation.council_id = $1 and invitation.used_at is null
           and invitation.expires_at > $2
         order by invitation.created_at desc, invitation.id desc",
    )
    .bind(council)
    .bind(now)
    .all()
    .await
}

/// Uses an invitation; false where somebody else just did.
pub async fn mark_used(
    db: impl Queryable<'_>,
    id: Id<id::Invitation>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query("update invitation set used_by = $2, used_at = $3 where id = $1 and used_at is null")
        .bind(id)
        .bind(person)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Takes back an invitation that was not used.
pub async fn withdraw(
    db: impl Queryable<'_>,
    id: Id<id::Invitation>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update invitation set expires_at = $2 where id = $1 and used_at is null")
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Ends every administrator's link that was not used: each start of the server prints a new one.
pub async fn withdraw_administrators(
    db: impl Queryable<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "update invitation set expires_at = $1
         where kind = 'administrator' and created_by is null and used_at is null
           and expires_at > $1",
    )
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Takes an address, in lower case, out of the invitations it was written in.
pub async fn forget_address(db: impl Queryable<'_>, email: &str) -> Result<u64, StoreError> {
    db.query("update invitation set email = null where email = $1").bind(email).run().await
}
