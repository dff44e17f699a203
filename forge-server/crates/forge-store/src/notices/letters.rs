//! Letters: one message to one person, about one event or a day's.

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, Tx, query::Single, record};

record! {
    /// A message to a person.
    pub struct Letter {
        /// Its id.
        pub id: Id<id::Letter>,
        /// To whom.
        pub person_id: Id<id::Person>,
        /// Gives the message its identifier.
        pub key: String,
        /// `event` or `digest`.
        pub kind: String,
        /// `waiting`, `sent` or `dropped`.
        pub state: String,
        /// When it was written.
        pub created_at: Timestamp,
    }
}

record! {
    /// A letter whose job gave up.
    pub struct Undelivered {
        /// Its id.
        pub id: Id<id::Letter>,
        /// To whom, by their login.
        pub login: String,
        /// When it was written.
        pub created_at: Timestamp,
        /// How often it was tried.
        pub attempts: i64,
        /// What the mail server said last.
        pub last_error: Option<String>,
    }
}

/// How a letter ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterEnd {
    /// The mail server has it.
    Sent,
    /// There was nothing left to say, or nobody to say it to.
    Dropped,
}

/// Writes a letter; false where one of the same key is there already.
pub async fn insert(
    db: impl Queryable<'_>,
    (id, person): (Id<id::Letter>, Id<id::Person>),
    (kind, key): (&str, &str),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "insert into letter (id, person_id, key, kind, state, created_at)
             values ($1, $2, $3, $4, 'waiting', $5)
             on conflict (key) do nothing",
        )
        .bind(id)
        .bind(person)
        .bind(key)
        .bind(kind)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// The letter with an id.
pub async fn letter(
    db: impl Queryable<'_>,
    id: Id<id::Letter>,
) -> Result<Option<Letter>, StoreError> {
    db.query("select id, person_id, key, kind, state, created_at from letter where id = $1")
        .bind(id)
        .optional()
        .await
}

/// Puts every event that waits for a person's mail of the day into a letter.
pub async fn bundle(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    letter: Id<id::Letter>,
) -> Result<u64, StoreError> {
    db.query(
        "update notice set letter_id = $2
         where person_id = $1 and mail = 'daily' and letter_id is null",
    )
    .bind(person)
    .bind(letter)
    .run()
    .await
}

/// Puts one event into a letter.
pub async fn set_letter(
    db: impl Queryable<'_>,
    (person, event): (Id<id::Person>, Id<id::Event>),
    letter: Id<id::Letter>,
) -> Result<(), StoreError> {
    db.query("update notice set letter_id = $3 where person_id = $1 and event_id = $2")
        .bind(person)
        .bind(event)
        .bind(letter)
        .run()
        .await?;
    Ok(())
}

/// The events a letter tells of, oldest first.
pub async fn told_in(
    db: impl Queryable<'_>,
    letter: Id<id::Letter>,
) -> Result<Vec<Id<id::Event>>, StoreError> {
    let events: Vec<Single<Id<id::Event>>> = db
        .query(
            "select event.id as value from notice
             join event on event.id = notice.event_id
             where notice.letter_id = $1
             order by event.at, event.id",
        )
        .bind(letter)
        .all()
        .await?;
    Ok(events.into_iter().map(|single| single.0).collect())
}

/// Ends a letter that waits.
pub async fn end(
    db: impl Queryable<'_>,
    id: Id<id::Letter>,
    how: LetterEnd,
    now: Timestamp,
) -> Result<(), StoreError> {
    let state = match how {
        LetterEnd::Sent => "sent",
        LetterEnd::Dropped => "dropped",
    };
    db.query("update letter set state = $2, ended_at = $3 where id = $1 and state = 'waiting'")
        .bind(id)
        .bind(state)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The letters that no mail server took, newest first.
pub async fn undelivered(
    db: impl Queryable<'_>,
    most: i64,
) -> Result<Vec<Undelivered>, StoreError> {
    db.query(
        "select letter.id, owner.slug as login, letter.created_at, job.attempts, job.last_error
         from letter
         join owner on owner.id = letter.person_id
         join job on job.kind = 'letter.send' and job.state = 'dead'
           and job.payload = letter.key
         where letter.state = 'waiting'
         order by letter.created_at desc, letter.id
         limit $1",
    )
    .bind(most)
    .all()
    .await
}

/// After a backup was put back: what waited to be mailed may have been mailed since, so it is not
/// mailed again; it stays in the inboxes.
pub async fn keep_quiet(tx: &mut Tx) -> Result<(), StoreError> {
    tx.query("update letter set state = 'dropped' where state = 'waiting'").run().await?;
    tx.query("update notice set mail = 'never' where letter_id is null").run().await?;
    Ok(())
}
