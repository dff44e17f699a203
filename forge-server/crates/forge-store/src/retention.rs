//! What is forgotten after a while: deliveries that are over, and notices that were told. What
//! happened stays: events, the ledger and the log of acts are never touched.

use jiff::Timestamp;

use crate::{Queryable as _, StoreError, Tx};

/// The most rows of one table that are forgotten at a time.
pub const ROWS_MAX: i64 = 20_000;

/// Forgets the deliveries of webhooks that ended before an instant, with their attempts; how many
/// deliveries.
pub async fn forget_deliveries(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.query(
        "delete from webhook_attempt where delivery_id in (
           select id from webhook_delivery
           where state <> 'waiting' and finished_at < $1
           order by finished_at, id limit $2)",
    )
    .bind(before)
    .bind(ROWS_MAX)
    .run()
    .await?;
    tx.query(
        "delete from webhook_delivery where id in (
           select id from webhook_delivery
           where state <> 'waiting' and finished_at < $1
           order by finished_at, id limit $2)",
    )
    .bind(before)
    .bind(ROWS_MAX)
    .run()
    .await
}

/// Forgets the notices of before an instant, but those whose mail is still to go out; how many.
pub async fn forget_notices(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.query(
        "delete from notice where (person_id, event_id) in (
           select notice.person_id, notice.event_id
           from notice left join letter on letter.id = notice.letter_id
           where notice.created_at < $1 and (letter.id is null or letter.state <> 'waiting')
             and (notice.mail <> 'daily' or letter.id is not null)
           order by notice.created_at, notice.event_id limit $2)",
    )
    .bind(before)
    .bind(ROWS_MAX)
    .run()
    .await
}

/// Forgets the letters that ended before an instant and tell of no notice that is left; how many.
pub async fn forget_letters(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.query(
        "delete from letter where id in (
           select letter.id from letter
           where letter.state <> 'waiting' and letter.created_at < $1
             and not exists (select 1 from notice where notice.letter_id = letter.id)
           order by letter.created_at, letter.id limit $2)",
    )
    .bind(before)
    .bind(ROWS_MAX)
    .run()
    .await
}
