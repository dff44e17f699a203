//! What happened, for those who follow it (domain.md §c18): appended, never changed.

use forge_domain::{
    Id, id,
    notices::{EventKind, EventVisibility},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Queryable, StoreError, query::Single, record};

record! {
    /// An event, with the names of what it is about.
    pub struct Event {
        /// Its id.
        pub id: Id<id::Event>,
        /// When.
        pub at: Timestamp,
        /// What happened.
        pub kind: EventKind,
        /// In which space.
        pub space_id: Id<id::Space>,
        /// The space's address.
        pub space_slug: String,
        /// The space's title.
        pub space_title: String,
        /// The call it belongs to.
        pub call_ref: Option<String>,
        /// The call's title.
        pub call_title: Option<String>,
        /// The council it is about.
        pub council_id: Option<Id<id::Council>>,
        /// The council's address.
        pub council_slug: Option<String>,
        /// The council's name.
        pub council_name: Option<String>,
        /// What it is about, such as `PLG-2026-0031`.
        pub subject: String,
        /// Amounts as decimal text, dates and titles, as JSON.
        pub data: String,
        /// Who may read it.
        pub visibility: EventVisibility,
        /// What makes a repetition recognisable.
        pub key: String,
        /// Who acted, by the identifier that outlives the account.
        pub actor: Option<Uuid>,
    }
}

/// An event to append.
#[derive(Debug)]
pub struct NewEvent<'a> {
    /// Its id.
    pub id: Id<id::Event>,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
    /// In which space.
    pub space: Id<id::Space>,
    /// The call it belongs to.
    pub call: Option<&'a str>,
    /// The council it is about.
    pub council: Option<Id<id::Council>>,
    /// What it is about.
    pub subject: &'a str,
    /// Amounts as decimal text, dates and titles, as JSON: never a person's name or address.
    pub data: String,
    /// Who may read it.
    pub visibility: EventVisibility,
    /// What makes a repetition recognisable.
    pub key: &'a str,
    /// Who acted.
    pub actor: Option<Uuid>,
}

/// Appends an event; false where one of the same key is there already.
pub async fn append(db: impl Queryable<'_>, new: NewEvent<'_>) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "insert into event
               (id, at, kind, space_id, call_ref, council_id, subject, data, visibility, key,
                actor)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (key) do nothing",
        )
        .bind(new.id)
        .bind(new.at)
        .bind(new.kind)
        .bind(new.space)
        .bind(new.call.map(str::to_owned))
        .bind(new.council)
        .bind(new.subject)
        .bind(new.data)
        .bind(new.visibility)
        .bind(new.key)
        .bind(new.actor)
        .run()
        .await?;
    Ok(touched == 1)
}

/// When the event of this key happened.
pub async fn happened_at(
    db: impl Queryable<'_>,
    key: &str,
) -> Result<Option<Timestamp>, StoreError> {
    let found = db
        .query("select at as value from event where key = $1")
        .bind(key)
        .optional::<Single<Timestamp>>()
        .await?;
    Ok(found.map(|single| single.0))
}

/// The event with an id.
pub async fn by_id(db: impl Queryable<'_>, id: Id<id::Event>) -> Result<Option<Event>, StoreError> {
    db.query(
        "select id, at, kind, space_id, space_slug, space_title, call_ref, call_title, council_id,
                council_slug, council_name, subject, data, visibility, key, actor
         from event_told
         where id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// Which events of a list, newest first.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Only those everyone may read.
    pub public_only: bool,
    /// Only those before this one: the instant and the id of the last of the page before.
    pub before: Option<(Timestamp, Id<id::Event>)>,
    /// At most so many.
    pub most: i64,
}

impl Window {
    fn before(self) -> (Timestamp, Id<id::Event>) {
        self.before.unwrap_or((Timestamp::MAX, Id::new(Uuid::max())))
    }
}

/// What happened anywhere.
pub async fn all(db: impl Queryable<'_>, window: Window) -> Result<Vec<Event>, StoreError> {
    let (at, id) = window.before();
    db.query(
        "select id, at, kind, space_id, space_slug, space_title, call_ref, call_title, council_id,
                council_slug, council_name, subject, data, visibility, key, actor
         from event_told
         where (at < $1 or (at = $1 and id < $2))
           and (visibility = 'public' or not $3)
         order by at desc, id desc
         limit $4",
    )
    .bind(at)
    .bind(id)
    .bind(window.public_only)
    .bind(window.most)
    .all()
    .await
}

/// What happened in a space.
pub async fn of_space(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    window: Window,
) -> Result<Vec<Event>, StoreError> {
    let (at, id) = window.before();
    db.query(
        "select id, at, kind, space_id, space_slug, space_title, call_ref, call_title, council_id,
                council_slug, council_name, subject, data, visibility, key, actor
         from event_told
         where space_id = $1
           and (at < $2 or (at = $2 and id < $3))
           and (visibility = 'public' or not $4)
         order by at desc, id desc
         limit $5",
    )
    .bind(space)
    .bind(at)
    .bind(id)
    .bind(window.public_only)
    .bind(window.most)
    .all()
    .await
}

/// What happened around a call.
pub async fn of_call(
    db: impl Queryable<'_>,
    call: &str,
    window: Window,
) -> Result<Vec<Event>, StoreError> {
    let (at, id) = window.before();
    db.query(
        "select id, at, kind, space_id, space_slug, space_title, call_ref, call_title, council_id,
                council_slug, council_name, subject, data, visibility, key, actor
         from event_told
         where call_ref = $1
           and (at < $2 or (at = $2 and id < $3))
           and (visibility = 'public' or not $4)
         order by at desc, id desc
         limit $5",
    )
    .bind(call)
    .bind(at)
    .bind(id)
    .bind(window.public_only)
    .bind(window.most)
    .all()
    .await
}

/// What happened that is about a council.
pub async fn of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    window: Window,
) -> Result<Vec<Event>, StoreError> {
    let (at, id) = window.before();
    db.query(
        "select id, at, kind, space_id, space_slug, space_title, call_ref, call_title, council_id,
                council_slug, council_name, subject, data, visibility, key, actor
         from event_told
         where council_id = $1
           and (at < $2 or (at = $2 and id < $3))
           and (visibility = 'public' or not $4)
         order by at desc, id desc
         limit $5",
    )
    .bind(council)
    .bind(at)
    .bind(id)
    .bind(window.public_only)
    .bind(window.most)
    .all()
    .await
}

/// How many reminders a council was sent since an instant of what it owes on a call.
pub async fn reminders_sent(
    db: impl Queryable<'_>,
    (call_ref, council): (&str, Id<id::Council>),
    since: Timestamp,
) -> Result<i64, StoreError> {
    db.query(
        "select count(*) as value from event
         where call_ref = $1 and council_id = $2 and kind = 'reminder.due' and at >= $3",
    )
    .bind(call_ref)
    .bind(council)
    .bind(since)
    .value()
    .await
}
