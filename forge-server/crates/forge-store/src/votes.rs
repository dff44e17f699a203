//! Votes, the bodies they ask and their ballots (domain.md §c4).

mod lists;

use forge_domain::{
    Id, id,
    vote::{Choice, VoteKind, VoteState},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Queryable, StoreError, record};

pub use lists::{Among, ballots_among, electors_among, of_call, of_council, of_space};

record! {
    /// A vote.
    pub struct Vote {
        /// Its id.
        pub id: Id<id::Vote>,
        /// Its reference, `VOTE-2026-0004`.
        pub reference: String,
        /// The space whose councils vote.
        pub space_id: Id<id::Space>,
        /// Its address.
        pub space_slug: String,
        /// The reference of the call it is about.
        pub call_ref: Option<String>,
        /// What it is about.
        pub kind: VoteKind,
        /// What is asked.
        pub question: String,
        /// Why, in Markdown.
        pub explanation: String,
        /// How it is held, as JSON.
        pub terms: String,
        /// What follows when it passes, as JSON.
        pub effect: String,
        /// The charter it is held under.
        pub charter_version: i64,
        /// Where it stands.
        pub state: VoteState,
        /// Who opened it; nobody's identifier where a job did.
        pub opened_by: Uuid,
        /// When it opened.
        pub opened_at: Timestamp,
        /// The first instant at which no ballot is taken.
        pub closes_at: Timestamp,
        /// When it was closed.
        pub closed_at: Option<Timestamp>,
        /// Why it ended as it did.
        pub reason: Option<String>,
        /// The canonical final state.
        pub record: Option<String>,
        /// none, waiting, done or failed.
        pub effect_state: String,
        /// What came of the effect: a code where it failed.
        pub effect_note: Option<String>,
    }
}

record! {
    /// A body that a vote asks.
    pub struct Elector {
        /// The vote.
        pub vote_id: Id<id::Vote>,
        /// The council.
        pub council_id: Id<id::Council>,
        /// Its address.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// What it counts.
        pub weight: i64,
        /// Whether it has the casting vote.
        pub leads: bool,
        /// Whether it shares in the veto.
        pub coordinates: bool,
    }
}

record! {
    /// The last word of a body.
    pub struct Ballot {
        /// The vote.
        pub vote_id: Id<id::Vote>,
        /// The council.
        pub council_id: Id<id::Council>,
        /// Its address.
        pub slug: String,
        /// What it says.
        pub choice: Choice,
        /// Which of the offers it is for, from 1.
        pub offer: Option<i64>,
        /// Why, where it says.
        pub comment: String,
        /// Who cast it.
        pub actor: Uuid,
        /// When.
        pub cast_at: Timestamp,
    }
}

/// A vote to insert; it starts open.
#[derive(Debug)]
pub struct NewVote<'a> {
    /// Its id.
    pub id: Id<id::Vote>,
    /// Its reference.
    pub reference: &'a str,
    /// The space.
    pub space: Id<id::Space>,
    /// The call it is about.
    pub call: Option<Id<id::Call>>,
    /// What it is about.
    pub kind: VoteKind,
    /// What is asked.
    pub question: &'a str,
    /// Why.
    pub explanation: &'a str,
    /// How it is held, as JSON.
    pub terms: &'a str,
    /// What follows, as JSON.
    pub effect: &'a str,
    /// The charter it is held under.
    pub charter_version: i64,
    /// Who opened it.
    pub opened_by: Uuid,
    /// When.
    pub opened_at: Timestamp,
    /// The first instant at which no ballot is taken.
    pub closes_at: Timestamp,
}

/// Inserts a vote.
pub async fn insert(db: impl Queryable<'_>, new: NewVote<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into vote
           (id, ref, space_id, call_id, kind, question, explanation, terms, effect,
            charter_version, state, opened_by, opened_at, closes_at, effect_state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13, 'none')",
    )
    .bind(new.id)
    .bind(new.reference)
    .bind(new.space)
    .bind(new.call)
    .bind(new.kind)
    .bind(new.question)
    .bind(new.explanation)
    .bind(new.terms)
    .bind(new.effect)
    .bind(new.charter_version)
    .bind(new.opened_by)
    .bind(new.opened_at)
    .bind(new.closes_at)
    .run()
    .await?;
    Ok(())
}

/// Inserts a body the vote asks.
pub async fn insert_elector(
    db: impl Queryable<'_>,
    vote: Id<id::Vote>,
    council: Id<id::Council>,
    weight: i64,
    (leads, coordinates): (bool, bool),
) -> Result<(), StoreError> {
    db.query(
        "insert into vote_elector (vote_id, council_id, weight, leads, coordinates)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(vote)
    .bind(council)
    .bind(weight)
    .bind(leads)
    .bind(coordinates)
    .run()
    .await?;
    Ok(())
}

/// What a body says now.
#[derive(Debug)]
pub struct NewBallot<'a> {
    /// The vote.
    pub vote: Id<id::Vote>,
    /// The body.
    pub council: Id<id::Council>,
    /// What it says.
    pub choice: Choice,
    /// Which of the offers it is for.
    pub offer: Option<i64>,
    /// Why.
    pub comment: &'a str,
    /// Who casts it.
    pub actor: Uuid,
    /// When.
    pub cast_at: Timestamp,
}

/// Casts a ballot, in the place of the one before.
pub async fn cast(db: impl Queryable<'_>, new: NewBallot<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into vote_ballot (vote_id, council_id, choice, offer, comment, actor, cast_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (vote_id, council_id) do update
         set choice = excluded.choice, offer = excluded.offer, comment = excluded.comment,
             actor = excluded.actor, cast_at = excluded.cast_at",
    )
    .bind(new.vote)
    .bind(new.council)
    .bind(new.choice)
    .bind(new.offer)
    .bind(new.comment)
    .bind(new.actor)
    .bind(new.cast_at)
    .run()
    .await?;
    Ok(())
}

/// How a vote ended.
#[derive(Debug)]
pub struct Close<'a> {
    /// Passed or rejected.
    pub state: VoteState,
    /// Why.
    pub reason: &'a str,
    /// The canonical final state.
    pub record: &'a str,
    /// Whether something follows.
    pub follows: bool,
    /// When.
    pub closed_at: Timestamp,
}

/// Closes a vote; false where it is closed already.
pub async fn close(
    db: impl Queryable<'_>,
    vote: Id<id::Vote>,
    close: Close<'_>,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update vote
             set state = $2, reason = $3, record = $4, effect_state = $5, closed_at = $6
             where id = $1 and state = 'open'",
        )
        .bind(vote)
        .bind(close.state)
        .bind(close.reason)
        .bind(close.record)
        .bind(if close.follows { "waiting" } else { "none" })
        .bind(close.closed_at)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Takes an open vote back that nobody has voted in; false where it is not such a one any more.
pub async fn withdraw(
    db: impl Queryable<'_>,
    vote: Id<id::Vote>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update vote set state = 'withdrawn', closed_at = $2
             where id = $1 and state = 'open'
               and not exists (select 1 from vote_ballot where vote_ballot.vote_id = $1)",
        )
        .bind(vote)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Says what came of the effect of a vote that passed; false where that is said already.
pub async fn effect_ended(
    db: impl Queryable<'_>,
    vote: Id<id::Vote>,
    failed_with: Option<&str>,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update vote set effect_state = $2, effect_note = $3
             where id = $1 and effect_state = 'waiting'",
        )
        .bind(vote)
        .bind(if failed_with.is_some() { "failed" } else { "done" })
        .bind(failed_with)
        .run()
        .await?;
    Ok(touched == 1)
}

/// The vote of a reference.
pub async fn by_ref(db: impl Queryable<'_>, reference: &str) -> Result<Option<Vote>, StoreError> {
    db.query(
        "select vote.id, vote.ref as reference, vote.space_id, owner.slug as space_slug,
                call.ref as call_ref, vote.kind, vote.question, vote.explanation, vote.terms,
                vote.effect, vote.charter_version, vote.state, vote.opened_by, vote.opened_at,
                vote.closes_at, vote.closed_at, vote.reason, vote.record, vote.effect_state,
                vote.effect_note
         from vote
         join owner on owner.id = vote.space_id
         left join call on call.id = vote.call_id
         where vote.ref = $1",
    )
    .bind(reference)
    .optional()
    .await
}

/// The bodies a vote asks, by name.
pub async fn electors(
    db: impl Queryable<'_>,
    vote: Id<id::Vote>,
) -> Result<Vec<Elector>, StoreError> {
    db.query(
        "select vote_elector.vote_id, vote_elector.council_id, owner.slug, council.name,
                vote_elector.weight, vote_elector.leads, vote_elector.coordinates
         from vote_elector
         join council on council.id = vote_elector.council_id
         join owner on owner.id = council.id
         where vote_elector.vote_id = $1
         order by council.name, owner.slug",
    )
    .bind(vote)
    .all()
    .await
}

/// The ballots cast so far, by the council's address.
pub async fn ballots(
    db: impl Queryable<'_>,
    vote: Id<id::Vote>,
) -> Result<Vec<Ballot>, StoreError> {
    db.query(
        "select vote_ballot.vote_id, vote_ballot.council_id, owner.slug, vote_ballot.choice,
                vote_ballot.offer, vote_ballot.comment, vote_ballot.actor, vote_ballot.cast_at
         from vote_ballot join owner on owner.id = vote_ballot.council_id
         where vote_ballot.vote_id = $1
         order by owner.slug",
    )
    .bind(vote)
    .all()
    .await
}

record! {
    /// The final state of a vote.
    pub struct Record {
        /// The vote's reference.
        pub reference: String,
        /// The canonical bytes.
        pub record: String,
    }
}

/// The final states of the closed votes of a space, oldest first.
pub async fn records(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Record>, StoreError> {
    db.query(
        "select ref as reference, record from vote
         where space_id = $1 and record is not null
         order by closed_at, ref",
    )
    .bind(space)
    .all()
    .await
}

/// Whether a vote on a call ended by an hour and what it decided is still to be done.
pub async fn is_pending(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    by: Timestamp,
) -> Result<bool, StoreError> {
    let pending: i64 = db
        .query(
            "select count(*) as value from vote
             where call_id = $1 and closes_at <= $2
               and (state = 'open' or effect_state = 'waiting')",
        )
        .bind(call)
        .bind(by)
        .value()
        .await?;
    Ok(pending > 0)
}
