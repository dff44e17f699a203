//! Lists of calls: what everyone sees, and the drafts of a space.

use forge_domain::{Id, call::CallState, id};

use super::Call;
use crate::{Queryable, StoreError};

/// The published calls of the forge or of one space, in one state or any; those that end first
/// come first, and decided ones after those that take pledges.
pub async fn published(
    db: impl Queryable<'_>,
    space: Option<Id<id::Space>>,
    state: Option<CallState>,
    (most, skip): (i64, i64),
) -> Result<Vec<Call>, StoreError> {
    db.query(
        "select call.id, call.ref as reference, call.space_id, space_owner.slug as space_slug,
                call.title, call.need, call.scope, call.out_of_scope, call.lang, call.state,
                call.currency, call.basis, call.vat_bp, call.target, call.minimum,
                call.reserve_bp, call.rule, call.share_floor, call.share_cap, call.councils_min,
                call.population_min, call.low_ceilings, call.early_close, call.opens_on,
                call.deadline, call.deadline_at, call.grace_days, call.vehicle, call.profile,
                call.licence, call.lead_id, lead_owner.slug as lead_slug, call.treasurer_id,
                treasurer_owner.slug as treasurer_slug, call.snapshot, call.end_reason,
                call.version, call.created_at, call.published_at, call.reached_at, call.ended_at,
                call.deadline_first, call.extensions, call.leave_until, call.settled_at,
                call.closed_at, reopened.ref as reopens
         from call
         left join call as reopened on reopened.id = call.reopens_id
         join owner as space_owner on space_owner.id = call.space_id
         join owner as lead_owner on lead_owner.id = call.lead_id
         join owner as treasurer_owner on treasurer_owner.id = call.treasurer_id
         where call.published_at is not null
           and (call.space_id = $1 or $1 is null)
           and (cast($2 as text) is null or call.state = $2)
         order by case when call.ended_at is null then 0 else 1 end, call.deadline_at, call.ref
         limit $3 offset $4",
    )
    .bind(space)
    .bind(state)
    .bind(most)
    .bind(skip)
    .all()
    .await
}

/// How many calls [`published`] answers with in all.
pub async fn count_published(
    db: impl Queryable<'_>,
    space: Option<Id<id::Space>>,
    state: Option<CallState>,
) -> Result<i64, StoreError> {
    db.query(
        "select count(*) as value from call
         where published_at is not null
           and (space_id = $1 or $1 is null)
           and (cast($2 as text) is null or state = $2)",
    )
    .bind(space)
    .bind(state)
    .value()
    .await
}

/// The drafts of a space, newest first, for those who may see them.
pub async fn drafts_of_space(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Call>, StoreError> {
    db.query(
        "select call.id, call.ref as reference, call.space_id, space_owner.slug as space_slug,
                call.title, call.need, call.scope, call.out_of_scope, call.lang, call.state,
                call.currency, call.basis, call.vat_bp, call.target, call.minimum,
                call.reserve_bp, call.rule, call.share_floor, call.share_cap, call.councils_min,
                call.population_min, call.low_ceilings, call.early_close, call.opens_on,
                call.deadline, call.deadline_at, call.grace_days, call.vehicle, call.profile,
                call.licence, call.lead_id, lead_owner.slug as lead_slug, call.treasurer_id,
                treasurer_owner.slug as treasurer_slug, call.snapshot, call.end_reason,
                call.version, call.created_at, call.published_at, call.reached_at, call.ended_at,
                call.deadline_first, call.extensions, call.leave_until, call.settled_at,
                call.closed_at, reopened.ref as reopens
         from call
         left join call as reopened on reopened.id = call.reopens_id
         join owner as space_owner on space_owner.id = call.space_id
         join owner as lead_owner on lead_owner.id = call.lead_id
         join owner as treasurer_owner on treasurer_owner.id = call.treasurer_id
         where call.space_id = $1 and call.state = 'draft'
         order by call.ref desc",
    )
    .bind(space)
    .all()
    .await
}
