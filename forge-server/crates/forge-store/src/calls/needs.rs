//! What a call cannot do without, and who covers what is missing: required councils, the guarantee
//! of closing.

use forge_domain::{Id, id};

use crate::{Queryable, StoreError, record};

record! {
    /// A council without which the call does not succeed.
    pub struct Required {
        /// The council.
        pub council_id: Id<id::Council>,
        /// Its address.
        pub slug: String,
        /// What it is called.
        pub name: String,
    }
}

record! {
    /// A guarantee of closing.
    pub struct Backstop {
        /// The guarantor.
        pub council_id: Id<id::Council>,
        /// Its address.
        pub slug: String,
        /// What it is called.
        pub name: String,
        /// The most it covers, in the call's basis.
        pub amount_max: i64,
        /// The act it rests on.
        pub act_ref: String,
        /// Whether it pays before the others are taken up to their ceilings.
        pub before_ceilings: bool,
    }
}

/// The councils a call cannot do without, by address.
pub async fn required(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Required>, StoreError> {
    db.query(
        "select call_required.council_id, owner.slug, council.name
         from call_required
         join council on council.id = call_required.council_id
         join owner on owner.id = call_required.council_id
         where call_required.call_id = $1
         order by owner.slug",
    )
    .bind(call)
    .all()
    .await
}

/// Says that a call cannot do without a council.
pub async fn insert_required(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    council: Id<id::Council>,
) -> Result<(), StoreError> {
    db.query("insert into call_required (call_id, council_id) values ($1, $2)")
        .bind(call)
        .bind(council)
        .run()
        .await?;
    Ok(())
}

/// Takes every required council out of a call, before others are written.
pub async fn delete_required(db: impl Queryable<'_>, call: Id<id::Call>) -> Result<(), StoreError> {
    db.query("delete from call_required where call_id = $1").bind(call).run().await?;
    Ok(())
}

/// The guarantee of a call, where it has one.
pub async fn backstop(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Option<Backstop>, StoreError> {
    db.query(
        "select call_backstop.council_id, owner.slug, council.name, call_backstop.amount_max,
                call_backstop.act_ref, call_backstop.before_ceilings
         from call_backstop
         join council on council.id = call_backstop.council_id
         join owner on owner.id = call_backstop.council_id
         where call_backstop.call_id = $1",
    )
    .bind(call)
    .optional()
    .await
}

/// Inserts the guarantee of a call.
pub async fn insert_backstop(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    council: Id<id::Council>,
    (amount_max, act_ref): (i64, &str),
    before_ceilings: bool,
) -> Result<(), StoreError> {
    db.query(
        "insert into call_backstop (call_id, council_id, amount_max, act_ref, before_ceilings)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(call)
    .bind(council)
    .bind(amount_max)
    .bind(act_ref)
    .bind(before_ceilings)
    .run()
    .await?;
    Ok(())
}

/// Takes the guarantee out of a call, before another is written.
pub async fn delete_backstop(db: impl Queryable<'_>, call: Id<id::Call>) -> Result<(), StoreError> {
    db.query("delete from call_backstop where call_id = $1").bind(call).run().await?;
    Ok(())
}
