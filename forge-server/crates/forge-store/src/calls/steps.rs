//! What moves a call from one state to the next.

use forge_domain::{Id, call::CallState, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError};

/// Where a call goes, and what is kept of the step.
#[derive(Debug, Clone)]
pub struct Step {
    /// The state it goes to.
    pub state: CallState,
    /// When it was published, where this is that step.
    pub published_at: Option<Timestamp>,
    /// Since when it is reached; none where it is not.
    pub reached_at: Option<Timestamp>,
    /// When it was decided, where this is that step.
    pub ended_at: Option<Timestamp>,
    /// Every input and result, as JSON, where this is the end.
    pub snapshot: Option<String>,
    /// Why it ended.
    pub end_reason: Option<String>,
}

/// Moves a call on; false where it is not of this version any more.
pub async fn step(
    db: impl Queryable<'_>,
    id: Id<id::Call>,
    version: i64,
    step: Step,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update call
             set state = $3, published_at = coalesce($4, published_at), reached_at = $5,
                 deadline_first = case when $4 is null then deadline_first else deadline end,
                 ended_at = $6, snapshot = $7, end_reason = $8, version = version + 1
             where id = $1 and version = $2",
        )
        .bind(id)
        .bind(version)
        .bind(step.state)
        .bind(step.published_at)
        .bind(step.reached_at)
        .bind(step.ended_at)
        .bind(step.snapshot)
        .bind(step.end_reason)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Moves a call whose shares are frozen on; false where it is not of this version any more.
pub async fn advance(
    db: impl Queryable<'_>,
    (id, version): (Id<id::Call>, i64),
    state: CallState,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update call
             set state = $3, version = version + 1,
                 settled_at = case when $3 = 'settling' then $4 else settled_at end,
                 closed_at = case when $3 = 'closed' then $4 else closed_at end
             where id = $1 and version = $2",
        )
        .bind(id)
        .bind(version)
        .bind(state)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Gives a call another last day (K6); false where it is not of this version any more.
pub async fn extend(
    db: impl Queryable<'_>,
    (id, version): (Id<id::Call>, i64),
    (deadline, deadline_at): (Date, Timestamp),
    leave_until: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update call
             set deadline = $3, deadline_at = $4, leave_until = $5, extensions = extensions + 1,
                 version = version + 1
             where id = $1 and version = $2 and state in ('open', 'reached')",
        )
        .bind(id)
        .bind(version)
        .bind(deadline)
        .bind(deadline_at)
        .bind(leave_until)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Says of which call a draft is the second try.
pub async fn set_reopens(
    db: impl Queryable<'_>,
    id: Id<id::Call>,
    reopens: Id<id::Call>,
) -> Result<(), StoreError> {
    db.query("update call set reopens_id = $2 where id = $1").bind(id).bind(reopens).run().await?;
    Ok(())
}
