//! Webhooks: programs of others that are told what happens. How each telling went is in
//! [`deliveries`].

pub mod deliveries;

use forge_domain::{
    Id, id,
    webhook::{WebhookFormat, WebhookStop},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Queryable, StoreError, record};

record! {
    /// A webhook.
    pub struct Webhook {
        /// Its id.
        pub id: Id<id::Webhook>,
        /// The number by which the API and the pages name it.
        pub number: i64,
        /// The council or the space whose events it is told.
        pub owner_id: Uuid,
        /// The owner's address.
        pub owner_slug: String,
        /// Where it is told.
        pub url: String,
        /// In which form.
        pub format: WebhookFormat,
        /// Of which events: words of a [`forge_domain::webhook::Subscription`].
        pub events: String,
        /// What it is signed with, sealed.
        pub secret: Vec<u8>,
        /// Whether it is told at all.
        pub active: bool,
        /// Why the forge stopped it by itself.
        pub stopped: Option<WebhookStop>,
        /// Whose right it stands on.
        pub made_by: Id<id::Person>,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// When something last got through.
        pub succeeded_at: Option<Timestamp>,
    }
}

/// Inserts a webhook; it gets the next number.
pub async fn insert(db: impl Queryable<'_>, new: &Webhook) -> Result<(), StoreError> {
    db.query(
        "insert into webhook
           (id, number, owner_id, url, format, events, secret, active, made_by, created_at,
            updated_at)
         values ($1, (select coalesce(max(number), 0) + 1 from webhook),
                 $2, $3, $4, $5, $6, $7, $8, $9, $9)",
    )
    .bind(new.id)
    .bind(new.owner_id)
    .bind(new.url.as_str())
    .bind(new.format)
    .bind(new.events.as_str())
    .bind(new.secret.as_slice())
    .bind(new.active)
    .bind(new.made_by)
    .bind(new.created_at)
    .run()
    .await?;
    Ok(())
}

/// Writes what can be edited of a webhook; the forge's own reason to stop it is forgotten.
pub async fn edit(db: impl Queryable<'_>, hook: &Webhook) -> Result<(), StoreError> {
    db.query(
        "update webhook
         set url = $2, format = $3, events = $4, secret = $5, active = $6, stopped = null,
             made_by = $7, updated_at = $8
         where id = $1",
    )
    .bind(hook.id)
    .bind(hook.url.as_str())
    .bind(hook.format)
    .bind(hook.events.as_str())
    .bind(hook.secret.as_slice())
    .bind(hook.active)
    .bind(hook.made_by)
    .bind(hook.updated_at)
    .run()
    .await?;
    Ok(())
}

/// Stops a webhook that was still active; false where it was not.
pub async fn stop(
    db: impl Queryable<'_>,
    id: Id<id::Webhook>,
    why: WebhookStop,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update webhook set active = false, stopped = $2, updated_at = $3
             where id = $1 and active",
        )
        .bind(id)
        .bind(why)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Notes that something got through.
pub async fn succeed(
    db: impl Queryable<'_>,
    id: Id<id::Webhook>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update webhook set succeeded_at = $2 where id = $1").bind(id).bind(now).run().await?;
    Ok(())
}

/// Removes a webhook; its deliveries are removed before it.
pub async fn delete(db: impl Queryable<'_>, id: Id<id::Webhook>) -> Result<(), StoreError> {
    db.query("delete from webhook where id = $1").bind(id).run().await?;
    Ok(())
}

/// The webhook with an id.
pub async fn by_id(
    db: impl Queryable<'_>,
    id: Id<id::Webhook>,
) -> Result<Option<Webhook>, StoreError> {
    db.query(
        "select webhook.id, webhook.number, webhook.owner_id, owner.slug as owner_slug,
                webhook.url, webhook.format, webhook.events, webhook.secret, webhook.active,
                webhook.stopped, webhook.made_by, webhook.created_at, webhook.updated_at,
                webhook.succeeded_at
         from webhook join owner on owner.id = webhook.owner_id
         where webhook.id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The webhook of an owner with a number.
pub async fn by_number(
    db: impl Queryable<'_>,
    owner: Uuid,
    number: i64,
) -> Result<Option<Webhook>, StoreError> {
    db.query(
        "select webhook.id, webhook.number, webhook.owner_id, owner.slug as owner_slug,
                webhook.url, webhook.format, webhook.events, webhook.secret, webhook.active,
                webhook.stopped, webhook.made_by, webhook.created_at, webhook.updated_at,
                webhook.succeeded_at
         from webhook join owner on owner.id = webhook.owner_id
         where webhook.owner_id = $1 and webhook.number = $2",
    )
    .bind(owner)
    .bind(number)
    .optional()
    .await
}

/// The webhooks of a council or a space, oldest first.
pub async fn of_owner(db: impl Queryable<'_>, owner: Uuid) -> Result<Vec<Webhook>, StoreError> {
    db.query(
        "select webhook.id, webhook.number, webhook.owner_id, owner.slug as owner_slug,
                webhook.url, webhook.format, webhook.events, webhook.secret, webhook.active,
                webhook.stopped, webhook.made_by, webhook.created_at, webhook.updated_at,
                webhook.succeeded_at
         from webhook join owner on owner.id = webhook.owner_id
         where webhook.owner_id = $1
         order by webhook.number",
    )
    .bind(owner)
    .all()
    .await
}
