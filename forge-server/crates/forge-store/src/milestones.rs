//! What was delivered for the milestones of calls, and why it was sent back (domain.md §c11).

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// One delivery of a milestone.
    pub struct Delivery {
        /// Its id.
        pub id: Id<id::Delivery>,
        /// The place of its milestone.
        pub position: i64,
        /// Which try it is, from 1.
        pub number: i64,
        /// The module it was delivered in.
        pub module_id: Id<id::Module>,
        /// The address of that module's owner.
        pub owner_slug: String,
        /// The module's own.
        pub module_slug: String,
        /// The tag, without `refs/tags/`.
        pub tag: String,
        /// The software hash identifier of the tag; of the commit where the tag says nothing.
        pub swhid: String,
        /// The same of the commit.
        pub swhid_commit: String,
        /// The same of the tree, which is what is accepted.
        pub swhid_tree: String,
        /// The release notes, in Markdown.
        pub notes: String,
        /// Where the test report is.
        pub report_url: Option<String>,
        /// The SHA-256 of the test report, in hexadecimal.
        pub report_sha256: Option<String>,
        /// Where the documentation is.
        pub docs_url: Option<String>,
        /// The licence the module declares at this tag.
        pub licence: Option<String>,
        /// Whether it is the one the call promises.
        pub licence_fits: bool,
        /// When it was delivered.
        pub delivered_at: Timestamp,
        /// The reference of the vote on it, once it was opened.
        pub vote_ref: Option<String>,
        /// When it was accepted or rejected.
        pub decided_at: Option<Timestamp>,
    }
}

record! {
    /// Why one criterion was not met.
    pub struct Unmet {
        /// The delivery.
        pub delivery_id: Id<id::Delivery>,
        /// The place of the criterion, from 1; 0 for the delivery as a whole.
        pub criterion: i64,
        /// Why.
        pub reason: String,
    }
}

/// Every delivery of a call, in the order of its milestones and tries.
pub async fn deliveries(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Delivery>, StoreError> {
    db.query(
        "select delivery.id, delivery.position, delivery.number, delivery.module_id,
                owner.slug as owner_slug, module.slug as module_slug, delivery.tag,
                delivery.swhid, delivery.swhid_commit, delivery.swhid_tree, delivery.notes,
                delivery.report_url, delivery.report_sha256, delivery.docs_url, delivery.licence,
                delivery.licence_fits, delivery.delivered_at, delivery.vote_ref,
                delivery.decided_at
         from delivery
         join module on module.id = delivery.module_id
         join owner on owner.id = module.owner_id
         where delivery.call_id = $1
         order by delivery.position, delivery.number",
    )
    .bind(call)
    .all()
    .await
}

/// Inserts a delivery of a milestone.
pub async fn insert_delivery(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    delivery: &Delivery,
    by: Id<id::Person>,
) -> Result<(), StoreError> {
    db.query(
        "insert into delivery
           (id, call_id, position, number, module_id, tag, swhid, swhid_commit, swhid_tree, notes,
            report_url, report_sha256, docs_url, licence, licence_fits, delivered_by,
            delivered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )
    .bind(delivery.id)
    .bind(call)
    .bind(delivery.position)
    .bind(delivery.number)
    .bind(delivery.module_id)
    .bind(delivery.tag.as_str())
    .bind(delivery.swhid.as_str())
    .bind(delivery.swhid_commit.as_str())
    .bind(delivery.swhid_tree.as_str())
    .bind(delivery.notes.as_str())
    .bind(delivery.report_url.as_deref())
    .bind(delivery.report_sha256.as_deref())
    .bind(delivery.docs_url.as_deref())
    .bind(delivery.licence.as_deref())
    .bind(delivery.licence_fits)
    .bind(by)
    .bind(delivery.delivered_at)
    .run()
    .await?;
    Ok(())
}

/// Remembers the vote on a delivery.
pub async fn set_vote(
    db: impl Queryable<'_>,
    delivery: Id<id::Delivery>,
    vote: &str,
) -> Result<(), StoreError> {
    db.query("update delivery set vote_ref = $2 where id = $1")
        .bind(delivery)
        .bind(vote)
        .run()
        .await?;
    Ok(())
}

/// Says when a delivery was accepted or rejected.
pub async fn decide(
    db: impl Queryable<'_>,
    delivery: Id<id::Delivery>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update delivery set decided_at = $2 where id = $1")
        .bind(delivery)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Writes down why a criterion was not met.
pub async fn insert_unmet(db: impl Queryable<'_>, unmet: &Unmet) -> Result<(), StoreError> {
    db.query("insert into delivery_unmet (delivery_id, criterion, reason) values ($1, $2, $3)")
        .bind(unmet.delivery_id)
        .bind(unmet.criterion)
        .bind(unmet.reason.as_str())
        .run()
        .await?;
    Ok(())
}

/// Why deliveries of a call were sent back.
pub async fn unmet(db: impl Queryable<'_>, call: Id<id::Call>) -> Result<Vec<Unmet>, StoreError> {
    db.query(
        "select delivery_unmet.delivery_id, delivery_unmet.criterion, delivery_unmet.reason
         from delivery_unmet
         join delivery on delivery.id = delivery_unmet.delivery_id
         where delivery.call_id = $1
         order by delivery.position, delivery.number, delivery_unmet.criterion",
    )
    .bind(call)
    .all()
    .await
}
