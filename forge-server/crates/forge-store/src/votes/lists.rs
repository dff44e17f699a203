//! The votes of a space, of a call, and those that ask a council.

use forge_domain::{Id, id};

use super::Vote;
use crate::{Queryable, StoreError};

/// The votes of a space, newest first, those that wait for ballots before the others.
pub async fn of_space(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Vote>, StoreError> {
    db.query(
        "select vote.id, vote.ref as reference, vote.space_id, owner.slug as space_slug,
                call.ref as call_ref, vote.kind, vote.question, vote.explanation, vote.terms,
                vote.effect, vote.charter_version, vote.state, vote.opened_by, vote.opened_at,
                vote.closes_at, vote.closed_at, vote.reason, vote.record, vote.effect_state,
                vote.effect_note
         from vote
         join owner on owner.id = vote.space_id
         left join call on call.id = vote.call_id
         where vote.space_id = $1
         order by case when vote.state = 'open' then 0 else 1 end, vote.opened_at desc,
                  vote.ref desc",
    )
    .bind(space)
    .all()
    .await
}

/// The votes that ask a council, newest first, those that wait for ballots before the others.
pub async fn of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<Vote>, StoreError> {
    db.query(
        "select vote.id, vote.ref as reference, vote.space_id, owner.slug as space_slug,
                call.ref as call_ref, vote.kind, vote.question, vote.explanation, vote.terms,
                vote.effect, vote.charter_version, vote.state, vote.opened_by, vote.opened_at,
                vote.closes_at, vote.closed_at, vote.reason, vote.record, vote.effect_state,
                vote.effect_note
         from vote_elector
         join vote on vote.id = vote_elector.vote_id
         join owner on owner.id = vote.space_id
         left join call on call.id = vote.call_id
         where vote_elector.council_id = $1
         order by case when vote.state = 'open' then 0 else 1 end, vote.opened_at desc,
                  vote.ref desc",
    )
    .bind(council)
    .all()
    .await
}

/// The votes on a call, the newest first.
pub async fn of_call(db: impl Queryable<'_>, call: Id<id::Call>) -> Result<Vec<Vote>, StoreError> {
    db.query(
        "select vote.id, vote.ref as reference, vote.space_id, owner.slug as space_slug,
                call.ref as call_ref, vote.kind, vote.question, vote.explanation, vote.terms,
                vote.effect, vote.charter_version, vote.state, vote.opened_by, vote.opened_at,
                vote.closes_at, vote.closed_at, vote.reason, vote.record, vote.effect_state,
                vote.effect_note
         from vote
         join owner on owner.id = vote.space_id
         left join call on call.id = vote.call_id
         where vote.call_id = $1
         order by vote.opened_at desc, vote.ref desc",
    )
    .bind(call)
    .all()
    .await
}
