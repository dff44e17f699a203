//! The votes of a space, of a call, and those that ask a council.

use forge_domain::{Id, id};

use super::{Ballot, Elector, Vote};
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

/// Which votes a list holds.
#[derive(Debug, Clone, Copy)]
pub enum Among {
    /// Those of a space.
    Space(Id<id::Space>),
    /// Those that ask a council.
    Council(Id<id::Council>),
}

impl Among {
    fn parts(self) -> (Option<Id<id::Space>>, Option<Id<id::Council>>) {
        match self {
            Self::Space(space) => (Some(space), None),
            Self::Council(council) => (None, Some(council)),
        }
    }
}

/// The bodies that each of these votes asks, by name.
pub async fn electors_among(
    db: impl Queryable<'_>,
    among: Among,
) -> Result<Vec<Elector>, StoreError> {
    let (space, council) = among.parts();
    db.query(
        "select vote_elector.vote_id, vote_elector.council_id, owner.slug, council.name,
                vote_elector.weight, vote_elector.leads, vote_elector.coordinates
         from vote_elector
         join council on council.id = vote_elector.council_id
         join owner on owner.id = council.id
         where vote_elector.vote_id in (select id from vote where space_id = $1
             union select vote_id from vote_elector where council_id = $2)
         order by council.name, owner.slug",
    )
    .bind(space)
    .bind(council)
    .all()
    .await
}

/// The ballots cast so far in each of these votes, by the council's address.
pub async fn ballots_among(
    db: impl Queryable<'_>,
    among: Among,
) -> Result<Vec<Ballot>, StoreError> {
    let (space, council) = among.parts();
    db.query(
        "select vote_ballot.vote_id, vote_ballot.council_id, owner.slug, vote_ballot.choice,
                vote_ballot.offer, vote_ballot.comment, vote_ballot.actor, vote_ballot.cast_at
         from vote_ballot join owner on owner.id = vote_ballot.council_id
         where vote_ballot.vote_id in (select id from vote where space_id = $1
             union select vote_id from vote_elector where council_id = $2)
         order by owner.slug",
    )
    .bind(space)
    .bind(council)
    .all()
    .await
}
