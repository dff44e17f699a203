//! What a person's roles put on their desk: the spaces of their councils, and what waits there.
//!
//! Each question is one statement however many councils the person works for: a role counts while
//! it is held, and the caller asks the table of rights what each role may do about a row. Amounts
//! are minor units of the call's currency.

mod money;
mod waiting;

pub use money::{Owed, SpaceCall, SpaceSubsidy, calls, owed, subsidies};
pub use waiting::{Ballot, Handed, OpenPledge, Slice, ballots, handed, pledges, slices};

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, events::Event, record};

record! {
    /// A space of one of the councils a person works for.
    pub struct OwnSpace {
        /// Its id.
        pub id: Id<id::Space>,
        /// Its address.
        pub slug: String,
        /// Its title.
        pub title: String,
        /// The language of the title.
        pub lang: String,
        /// Its time zone, an IANA name.
        pub time_zone: String,
        /// The council that leads it.
        pub lead_id: Id<id::Council>,
    }
}

/// The spaces a person's councils lead or belong to today, by address.
pub async fn spaces(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<OwnSpace>, StoreError> {
    db.query(
        "select space.id, owner.slug, space.title, space.lang, space.time_zone, space.lead_id
         from space join owner on owner.id = space.id
         where space.status <> 'archived' and exists (
           select 1 from role
           where role.person_id = $1 and role.valid_from <= $2
             and (role.valid_until is null or role.valid_until > $2)
             and (role.council_id = space.lead_id or exists (
               select 1 from space_member as member
               where member.space_id = space.id and member.council_id = role.council_id
                 and member.status in ('observer', 'contributor')
             ))
         )
         order by owner.slug",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

/// The last things that happened in the spaces that [`spaces`] answers with, newest first.
pub async fn activity(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<Event>, StoreError> {
    db.query(
        "select id, at, kind, space_id, space_slug, space_title, call_ref, call_title, council_id,
                council_slug, council_name, subject, data, visibility, key, actor
         from event_told
         where exists (
           select 1 from space
           where space.id = event_told.space_id and space.status <> 'archived' and exists (
             select 1 from role
             where role.person_id = $1 and role.valid_from <= $2
               and (role.valid_until is null or role.valid_until > $2)
               and (role.council_id = space.lead_id or exists (
                 select 1 from space_member as member
                 where member.space_id = space.id and member.council_id = role.council_id
                   and member.status in ('observer', 'contributor')
               ))
           )
         )
         order by at desc, id desc
         limit $3",
    )
    .bind(person)
    .bind(now)
    .bind(most)
    .all()
    .await
}
