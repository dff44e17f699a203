//! What people are told of events, how they wish to be told, and the letters that tell them.

mod letters;

use forge_domain::{
    Id, id,
    notices::{MailChoice, Topic},
};
use jiff::Timestamp;

use crate::{Queryable, StoreError, query::Single, record};

pub use letters::{
    Letter, LetterEnd, Undelivered, bundle, end, insert, keep_quiet, letter, set_letter, told_in,
    undelivered,
};

record! {
    /// An event that a person was told.
    pub struct Notice {
        /// The event.
        pub event_id: Id<id::Event>,
        /// Since when it stands in the inbox.
        pub created_at: Timestamp,
        /// When it was read.
        pub read_at: Option<Timestamp>,
    }
}

record! {
    /// When a person wants mail about a topic.
    pub struct Choice {
        /// About what.
        pub topic: Topic,
        /// When.
        pub mail: MailChoice,
    }
}

/// Puts an event into a person's inbox; false where it is there already.
pub async fn tell(
    db: impl Queryable<'_>,
    (person, event): (Id<id::Person>, Id<id::Event>),
    mail: MailChoice,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "insert into notice (person_id, event_id, mail, created_at)
             values ($1, $2, $3, $4)
             on conflict (person_id, event_id) do nothing",
        )
        .bind(person)
        .bind(event)
        .bind(mail)
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// A part of a person's inbox, newest first: at most `most`, after the first `skip`.
pub async fn of_person(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    (most, skip): (i64, i64),
) -> Result<Vec<Notice>, StoreError> {
    db.query(
        "select event_id, created_at, read_at from notice
         where person_id = $1
         order by created_at desc, event_id desc
         limit $2 offset $3",
    )
    .bind(person)
    .bind(most)
    .bind(skip)
    .all()
    .await
}

/// How many notices a person has been given.
pub async fn count(db: impl Queryable<'_>, person: Id<id::Person>) -> Result<i64, StoreError> {
    db.query("select count(*) as value from notice where person_id = $1").bind(person).value().await
}

/// How many notices a person has not read.
pub async fn unread(db: impl Queryable<'_>, person: Id<id::Person>) -> Result<i64, StoreError> {
    db.query("select count(*) as value from notice where person_id = $1 and read_at is null")
        .bind(person)
        .value()
        .await
}

/// Marks one notice of a person read, or all of them; how many were not.
pub async fn mark_read(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    event: Option<Id<id::Event>>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    db.query(
        "update notice set read_at = $3
         where person_id = $1 and (event_id = $2 or $2 is null) and read_at is null",
    )
    .bind(person)
    .bind(event)
    .bind(now)
    .run()
    .await
}

/// What a person chose; topics they said nothing about are not there.
pub async fn choices(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
) -> Result<Vec<Choice>, StoreError> {
    db.query("select topic, mail from notice_choice where person_id = $1 order by topic")
        .bind(person)
        .all()
        .await
}

/// Chooses when mail goes out to a person about a topic.
pub async fn choose(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    (topic, mail): (Topic, MailChoice),
) -> Result<(), StoreError> {
    db.query(
        "insert into notice_choice (person_id, topic, mail) values ($1, $2, $3)
         on conflict (person_id, topic) do update set mail = excluded.mail",
    )
    .bind(person)
    .bind(topic)
    .bind(mail)
    .run()
    .await?;
    Ok(())
}

/// The people who have events for the mail of the day.
pub async fn expecting(db: impl Queryable<'_>) -> Result<Vec<Id<id::Person>>, StoreError> {
    let people: Vec<Single<Id<id::Person>>> = db
        .query(
            "select distinct person_id as value from notice
             where mail = 'daily' and letter_id is null
             order by person_id",
        )
        .all()
        .await?;
    Ok(people.into_iter().map(|single| single.0).collect())
}

/// Forgets what a person was told and what they chose: they are erased.
pub async fn forget(db: &mut crate::Tx, person: Id<id::Person>) -> Result<u64, StoreError> {
    let notices = db.query("delete from notice where person_id = $1").bind(person).run().await?;
    db.query("delete from letter where person_id = $1").bind(person).run().await?;
    db.query("delete from notice_choice where person_id = $1").bind(person).run().await?;
    Ok(notices)
}
