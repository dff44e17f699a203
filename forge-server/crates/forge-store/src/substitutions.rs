//! Places that pass from one council to another (P13, domain.md §c9 and §c10).

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// A place offered to another council.
    pub struct Substitution {
        /// Its id.
        pub id: Id<id::Substitution>,
        /// The pledge of the council that leaves.
        pub pledge_id: Id<id::Pledge>,
        /// The council that is to take the place.
        pub council_id: Id<id::Council>,
        /// Its address.
        pub council_slug: String,
        /// Its name.
        pub council_name: String,
        /// Its own pledge, once it has signed.
        pub taking_id: Option<Id<id::Pledge>>,
        /// The reference of that pledge.
        pub taking_ref: Option<String>,
        /// Why, in a sentence everyone may read.
        pub reason: String,
        /// The act it rests on.
        pub act_ref: Option<String>,
        /// When it was offered.
        pub offered_at: Timestamp,
        /// When the lead of the call agreed.
        pub approved_at: Option<Timestamp>,
        /// When the place passed.
        pub done_at: Option<Timestamp>,
    }
}

/// A place to offer.
#[derive(Debug)]
pub struct NewSubstitution<'a> {
    /// Its id.
    pub id: Id<id::Substitution>,
    /// The pledge of the council that leaves.
    pub pledge: Id<id::Pledge>,
    /// The council that is to take the place.
    pub council: Id<id::Council>,
    /// Why.
    pub reason: &'a str,
    /// The act it rests on.
    pub act_ref: Option<&'a str>,
    /// Who offers it.
    pub offered_by: Id<id::Person>,
    /// When.
    pub now: Timestamp,
}

/// Offers a place.
///
/// # Errors
/// [`StoreError::Duplicate`] where it is offered already.
pub async fn offer(db: impl Queryable<'_>, new: NewSubstitution<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into substitution
           (id, pledge_id, council_id, reason, act_ref, offered_by, offered_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.id)
    .bind(new.pledge)
    .bind(new.council)
    .bind(new.reason)
    .bind(new.act_ref)
    .bind(new.offered_by)
    .bind(new.now)
    .run()
    .await?;
    Ok(())
}

/// The offer of the place of a pledge: the one that is open, else the last.
pub async fn of_pledge(
    db: impl Queryable<'_>,
    pledge: Id<id::Pledge>,
) -> Result<Option<Substitution>, StoreError> {
    db.query(
        "select substitution.id, substitution.pledge_id, substitution.council_id,
                owner.slug as council_slug, council.name as council_name,
                substitution.taking_id, pledge.ref as taking_ref, substitution.reason,
                substitution.act_ref, substitution.offered_at, substitution.approved_at,
                substitution.done_at
         from substitution
         join council on council.id = substitution.council_id
         join owner on owner.id = substitution.council_id
         left join pledge on pledge.id = substitution.taking_id
         where substitution.pledge_id = $1
         order by substitution.offered_at desc, substitution.id desc
         limit 1",
    )
    .bind(pledge)
    .optional()
    .await
}

/// The offer that a pledge was signed for.
pub async fn taken_by(
    db: impl Queryable<'_>,
    taking: Id<id::Pledge>,
) -> Result<Option<Substitution>, StoreError> {
    db.query(
        "select substitution.id, substitution.pledge_id, substitution.council_id,
                owner.slug as council_slug, council.name as council_name,
                substitution.taking_id, pledge.ref as taking_ref, substitution.reason,
                substitution.act_ref, substitution.offered_at, substitution.approved_at,
                substitution.done_at
         from substitution
         join council on council.id = substitution.council_id
         join owner on owner.id = substitution.council_id
         join pledge on pledge.id = substitution.taking_id
         where substitution.taking_id = $1",
    )
    .bind(taking)
    .optional()
    .await
}

/// Notes the pledge by which the other council takes the place.
pub async fn take(
    db: impl Queryable<'_>,
    id: Id<id::Substitution>,
    taking: Option<Id<id::Pledge>>,
) -> Result<(), StoreError> {
    db.query("update substitution set taking_id = $2 where id = $1 and done_at is null")
        .bind(id)
        .bind(taking)
        .run()
        .await?;
    Ok(())
}

/// Notes that the lead of the call agrees; false where it had already.
pub async fn approve(
    db: impl Queryable<'_>,
    id: Id<id::Substitution>,
    by: Id<id::Person>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update substitution set approved_by = $2, approved_at = $3
             where id = $1 and approved_at is null and done_at is null",
        )
        .bind(id)
        .bind(by)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Notes that the place passed.
pub async fn done(
    db: impl Queryable<'_>,
    id: Id<id::Substitution>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update substitution set done_at = $2 where id = $1").bind(id).bind(now).run().await?;
    Ok(())
}
