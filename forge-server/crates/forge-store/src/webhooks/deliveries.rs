//! What webhooks are told, one row for each webhook and event: also the queue of what is still to
//! be told. A backup leaves it out, so that nothing is told again where one is put back
//! (security.md B3, R24).

use forge_domain::{Id, id, webhook::DeliveryState};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Queryable, StoreError, record};

record! {
    /// A delivery, and how its last attempt went.
    pub struct Delivery {
        /// Its id: the same at every attempt.
        pub id: Id<id::WebhookDelivery>,
        /// Of which webhook.
        pub webhook_id: Id<id::Webhook>,
        /// Of which event; none for a test.
        pub event_id: Option<Id<id::Event>>,
        /// The event's kind.
        pub kind: Option<String>,
        /// What the event is about.
        pub subject: Option<String>,
        /// Where it stands.
        pub state: DeliveryState,
        /// How often it was tried in all.
        pub attempts: i64,
        /// How often since it was last asked for.
        pub tries: i64,
        /// When it was last asked for.
        pub asked_at: Timestamp,
        /// When it is tried next, while it waits.
        pub next_at: Timestamp,
        /// When it was first asked for.
        pub created_at: Timestamp,
        /// When it ended.
        pub finished_at: Option<Timestamp>,
        /// When it was last tried.
        pub tried_at: Option<Timestamp>,
        /// The status it was answered with.
        pub status: Option<i64>,
        /// How long that took, in milliseconds.
        pub took_ms: Option<i64>,
        /// The beginning of the answer, or why there was none.
        pub said: Option<String>,
    }
}

record! {
    /// A delivery that is due.
    pub struct Due {
        /// Its id.
        pub id: Id<id::WebhookDelivery>,
        /// Of which webhook.
        pub webhook_id: Id<id::Webhook>,
        /// How often it failed since it was last asked for.
        pub tries: i64,
        /// Since when it is due.
        pub next_at: Timestamp,
    }
}

record! {
    /// One attempt.
    pub struct Attempt {
        /// Which, from 1.
        pub number: i64,
        /// When.
        pub at: Timestamp,
        /// The status of the answer.
        pub status: Option<i64>,
        /// How long it took, in milliseconds.
        pub took_ms: i64,
        /// The beginning of the answer, or why there was none.
        pub said: String,
    }
}

/// Asks for an event to be told, or for a test; once for each event.
pub async fn queue(
    db: impl Queryable<'_>,
    id: Id<id::WebhookDelivery>,
    (webhook, event): (Id<id::Webhook>, Option<Id<id::Event>>),
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "insert into webhook_delivery
           (id, webhook_id, event_id, state, attempts, tries, asked_at, next_at, created_at)
         values ($1, $2, $3, 'waiting', 0, 0, $4, $4, $4)
         on conflict (webhook_id, event_id) do nothing",
    )
    .bind(id)
    .bind(webhook)
    .bind(event)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Asks for a delivery again, under its own id.
pub async fn ask_again(
    db: impl Queryable<'_>,
    id: Id<id::WebhookDelivery>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "update webhook_delivery
         set state = 'waiting', tries = 0, asked_at = $2, next_at = $2, finished_at = null
         where id = $1",
    )
    .bind(id)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// The delivery that has been due for longest of each webhook, those that failed last.
pub async fn due(
    db: impl Queryable<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<Due>, StoreError> {
    db.query(
        "with ranked as (
           select id, webhook_id, tries, next_at,
                  row_number() over (partition by webhook_id order by next_at, id) as place
           from webhook_delivery
           where state = 'waiting' and next_at <= $1
         )
         select id, webhook_id, tries, next_at from ranked
         where place = 1
         order by case when tries = 0 then 0 else 1 end, next_at, id
         limit $2",
    )
    .bind(now)
    .bind(most)
    .all()
    .await
}

/// When the next delivery falls due that is not due yet.
pub async fn next_after(
    db: impl Queryable<'_>,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let next = db
        .query(
            "select next_at as value from webhook_delivery
             where state = 'waiting' and next_at > $1
             order by next_at limit 1",
        )
        .bind(now)
        .optional::<crate::query::Single<Timestamp>>()
        .await?;
    Ok(next.map(|single| single.0))
}

/// Takes a delivery until an instant: false where another server was first.
pub async fn claim(
    db: impl Queryable<'_>,
    due: &Due,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update webhook_delivery set next_at = $3
             where id = $1 and state = 'waiting' and next_at = $2",
        )
        .bind(due.id)
        .bind(due.next_at)
        .bind(until)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Notes an attempt; it gets the next number.
pub async fn note(
    db: impl Queryable<'_>,
    id: Id<id::WebhookDelivery>,
    attempt: &Attempt,
) -> Result<(), StoreError> {
    db.query(
        "insert into webhook_attempt (delivery_id, number, at, status, took_ms, said)
         values ($1, (select coalesce(max(number), 0) + 1 from webhook_attempt
                      where delivery_id = $1), $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(attempt.at)
    .bind(attempt.status)
    .bind(attempt.took_ms)
    .bind(attempt.said.as_str())
    .run()
    .await?;
    Ok(())
}

/// Counts an attempt of a delivery, and says where it stands now; `next_at` counts while it waits.
pub async fn settle(
    db: impl Queryable<'_>,
    id: Id<id::WebhookDelivery>,
    (state, next_at): (DeliveryState, Timestamp),
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "update webhook_delivery
         set attempts = attempts + 1, tries = tries + 1, state = $2, next_at = $3,
             finished_at = case when $2 = 'waiting' then null else cast($4 as bigint) end
         where id = $1",
    )
    .bind(id)
    .bind(state)
    .bind(next_at)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Ends a delivery that is not to be sent.
pub async fn drop_one(
    db: impl Queryable<'_>,
    id: Id<id::WebhookDelivery>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "update webhook_delivery set state = 'dropped', finished_at = $2
         where id = $1 and state = 'waiting'",
    )
    .bind(id)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Ends every delivery of a webhook that still waits.
pub async fn drop_waiting(
    db: impl Queryable<'_>,
    webhook: Id<id::Webhook>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "update webhook_delivery set state = 'dropped', finished_at = $2
         where webhook_id = $1 and state = 'waiting'",
    )
    .bind(webhook)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Removes every delivery of a webhook, with its attempts.
pub async fn delete_of(tx: &mut crate::Tx, webhook: Id<id::Webhook>) -> Result<(), StoreError> {
    tx.query(
        "delete from webhook_attempt where delivery_id in
           (select id from webhook_delivery where webhook_id = $1)",
    )
    .bind(webhook)
    .run()
    .await?;
    tx.query("delete from webhook_delivery where webhook_id = $1").bind(webhook).run().await?;
    Ok(())
}

/// A delivery of a webhook.
pub async fn by_id(
    db: impl Queryable<'_>,
    webhook: Id<id::Webhook>,
    id: Id<id::WebhookDelivery>,
) -> Result<Option<Delivery>, StoreError> {
    db.query(
        "select webhook_delivery.id, webhook_delivery.webhook_id, webhook_delivery.event_id,
                event.kind, event.subject, webhook_delivery.state, webhook_delivery.attempts,
                webhook_delivery.tries, webhook_delivery.asked_at, webhook_delivery.next_at,
                webhook_delivery.created_at, webhook_delivery.finished_at, last.at as tried_at,
                last.status, last.took_ms, last.said
         from webhook_delivery
         left join event on event.id = webhook_delivery.event_id
         left join webhook_attempt last on last.delivery_id = webhook_delivery.id
           and last.number = webhook_delivery.attempts
         where webhook_delivery.webhook_id = $1 and webhook_delivery.id = $2",
    )
    .bind(webhook)
    .bind(id)
    .optional()
    .await
}

/// The deliveries of a webhook, newest first: at most so many, after so many.
pub async fn of_webhook(
    db: impl Queryable<'_>,
    webhook: Id<id::Webhook>,
    (most, skip): (i64, i64),
) -> Result<Vec<Delivery>, StoreError> {
    db.query(
        "select webhook_delivery.id, webhook_delivery.webhook_id, webhook_delivery.event_id,
                event.kind, event.subject, webhook_delivery.state, webhook_delivery.attempts,
                webhook_delivery.tries, webhook_delivery.asked_at, webhook_delivery.next_at,
                webhook_delivery.created_at, webhook_delivery.finished_at, last.at as tried_at,
                last.status, last.took_ms, last.said
         from webhook_delivery
         left join event on event.id = webhook_delivery.event_id
         left join webhook_attempt last on last.delivery_id = webhook_delivery.id
           and last.number = webhook_delivery.attempts
         where webhook_delivery.webhook_id = $1
         order by webhook_delivery.created_at desc, webhook_delivery.id desc
         limit $2 offset $3",
    )
    .bind(webhook)
    .bind(most)
    .bind(skip)
    .all()
    .await
}

/// How many deliveries a webhook has.
pub async fn count(db: impl Queryable<'_>, webhook: Id<id::Webhook>) -> Result<i64, StoreError> {
    db.query("select count(*) as value from webhook_delivery where webhook_id = $1")
        .bind(webhook)
        .value()
        .await
}

/// How many tests of an owner's webhooks were asked for since an instant.
pub async fn tests_since(
    db: impl Queryable<'_>,
    owner: Uuid,
    since: Timestamp,
) -> Result<i64, StoreError> {
    db.query(
        "select count(*) as value from webhook_delivery
         join webhook on webhook.id = webhook_delivery.webhook_id
         where webhook.owner_id = $1 and webhook_delivery.event_id is null
           and webhook_delivery.asked_at > $2",
    )
    .bind(owner)
    .bind(since)
    .value()
    .await
}
