//! Mutualised spaces and the councils in them (domain.md §c3).

use forge_domain::{Id, access::MemberStatus, id, names::Slug};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// A space.
    pub struct Space {
        /// Its id.
        pub id: Id<id::Space>,
        /// The number by which the API names it.
        pub number: i64,
        /// Its address at the root.
        pub slug: String,
        /// What it is called.
        pub title: String,
        /// What it is for.
        pub purpose: String,
        /// The language of title and purpose (BCP 47).
        pub lang: String,
        /// incubating, active, dormant or archived.
        pub status: String,
        /// The council that carries procedures and contracts.
        pub lead_id: Id<id::Council>,
        /// The body that receives contributions.
        pub treasurer_id: Id<id::Council>,
        /// In which a deadline's day ends (IANA name).
        pub time_zone: String,
        /// ISO 4217 code its calls start from.
        pub currency: String,
        /// SPDX id its modules start from.
        pub licence: String,
        /// When it was founded.
        pub created_at: Timestamp,
    }
}

record! {
    /// Where a council stands in a space.
    pub struct Member {
        /// The council.
        pub council_id: Id<id::Council>,
        /// Its address.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// Where it stands.
        pub status: MemberStatus,
        /// Since when.
        pub since: Timestamp,
        /// Until when: once it has left, or the day its notice ends.
        pub until: Option<Timestamp>,
        /// How it wishes to belong, where it asked.
        pub wish: Option<MemberStatus>,
        /// The act it joined by.
        pub act_ref: Option<String>,
        /// Whether it sits in the coordination group.
        pub coordinates: bool,
    }
}

/// A space to insert; the owner row comes first.
#[derive(Debug)]
pub struct NewSpace<'a> {
    /// Id of the owner row.
    pub id: Id<id::Space>,
    /// What it is called.
    pub title: &'a str,
    /// What it is for.
    pub purpose: &'a str,
    /// The language of both.
    pub lang: &'a str,
    /// The council that founds and carries it.
    pub lead: Id<id::Council>,
    /// The body that receives contributions.
    pub treasurer: Id<id::Council>,
    /// IANA name.
    pub time_zone: &'a str,
    /// ISO 4217 code.
    pub currency: &'a str,
    /// SPDX id.
    pub licence: &'a str,
    /// Who founds it.
    pub created_by: Id<id::Person>,
    /// When.
    pub created_at: Timestamp,
}

/// Inserts a space.
pub async fn insert(db: impl Queryable<'_>, new: NewSpace<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into space
           (id, title, purpose, lang, status, lead_id, treasurer_id, time_zone, currency, licence,
            created_by, created_at)
         values ($1, $2, $3, $4, 'active', $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(new.id)
    .bind(new.title)
    .bind(new.purpose)
    .bind(new.lang)
    .bind(new.lead)
    .bind(new.treasurer)
    .bind(new.time_zone)
    .bind(new.currency)
    .bind(new.licence)
    .bind(new.created_by)
    .bind(new.created_at)
    .run()
    .await?;
    Ok(())
}

/// Where a council is to stand in a space.
#[derive(Debug)]
pub struct Standing<'a> {
    /// Where.
    pub status: MemberStatus,
    /// How it wishes to belong, where it asks.
    pub wish: Option<MemberStatus>,
    /// The act that says so; the one before is kept where none.
    pub act_ref: Option<&'a str>,
}

/// Says where a council stands in a space, from `now` on.
pub async fn set_member(
    db: impl Queryable<'_>,
    (space, council): (Id<id::Space>, Id<id::Council>),
    standing: Standing<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let until = (standing.status == MemberStatus::Left).then_some(now);
    db.query(
        "insert into space_member
           (space_id, council_id, status, since, until, wish, act_ref, coordinates)
         values ($1, $2, $3, $4, $5, $6, $7, false)
         on conflict (space_id, council_id) do update
         set status = excluded.status, since = excluded.since, until = excluded.until,
             wish = excluded.wish, act_ref = coalesce(excluded.act_ref, space_member.act_ref)",
    )
    .bind(space)
    .bind(council)
    .bind(standing.status)
    .bind(now)
    .bind(until)
    .bind(standing.wish)
    .bind(standing.act_ref)
    .run()
    .await?;
    Ok(())
}

/// Says when a member leaves that has given notice.
pub async fn give_notice(
    db: impl Queryable<'_>,
    (space, council): (Id<id::Space>, Id<id::Council>),
    until: Timestamp,
) -> Result<(), StoreError> {
    db.query("update space_member set until = $3 where space_id = $1 and council_id = $2")
        .bind(space)
        .bind(council)
        .bind(until)
        .run()
        .await?;
    Ok(())
}

/// Says whether a member sits in the coordination group.
pub async fn set_seat(
    db: impl Queryable<'_>,
    (space, council): (Id<id::Space>, Id<id::Council>),
    coordinates: bool,
) -> Result<(), StoreError> {
    db.query("update space_member set coordinates = $3 where space_id = $1 and council_id = $2")
        .bind(space)
        .bind(council)
        .bind(coordinates)
        .run()
        .await?;
    Ok(())
}

/// Says who carries a space and who holds its funds.
pub async fn set_offices(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    lead: Id<id::Council>,
    treasurer: Id<id::Council>,
) -> Result<(), StoreError> {
    db.query("update space set lead_id = $2, treasurer_id = $3 where id = $1")
        .bind(space)
        .bind(lead)
        .bind(treasurer)
        .run()
        .await?;
    Ok(())
}

/// The space with an id.
pub async fn by_id(db: impl Queryable<'_>, id: Id<id::Space>) -> Result<Option<Space>, StoreError> {
    db.query(
        "select space.id, owner.number, owner.slug, space.title, space.purpose, space.lang,
                space.status, space.lead_id, space.treasurer_id, space.time_zone, space.currency,
                space.licence, space.created_at
         from space join owner on owner.id = space.id
         where space.id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The space at an address.
pub async fn by_slug(db: impl Queryable<'_>, slug: &Slug) -> Result<Option<Space>, StoreError> {
    db.query(
        "select space.id, owner.number, owner.slug, space.title, space.purpose, space.lang,
                space.status, space.lead_id, space.treasurer_id, space.time_zone, space.currency,
                space.licence, space.created_at
         from space join owner on owner.id = space.id
         where owner.slug = $1",
    )
    .bind(slug.as_str())
    .optional()
    .await
}

/// Every council that stands anywhere in a space, by name.
pub async fn members(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Member>, StoreError> {
    db.query(
        "select space_member.council_id, owner.slug, council.name, space_member.status,
                space_member.since, space_member.until, space_member.wish, space_member.act_ref,
                space_member.coordinates
         from space_member
         join council on council.id = space_member.council_id
         join owner on owner.id = council.id
         where space_member.space_id = $1
         order by council.name, owner.slug",
    )
    .bind(space)
    .all()
    .await
}

record! {
    /// That a council stands in a space.
    pub struct Beside {
        /// The space.
        pub space_id: Id<id::Space>,
        /// The council.
        pub council_id: Id<id::Council>,
        /// Where it stands.
        pub status: MemberStatus,
    }
}

/// Where councils stand in every space on a call of which this one has said something.
pub async fn members_beside(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<Beside>, StoreError> {
    db.query(
        "select space_id, council_id, status from space_member
         where space_id in (select call.space_id from pledge
                            join call on call.id = pledge.call_id
                            where pledge.council_id = $1)",
    )
    .bind(council)
    .all()
    .await
}

/// Spaces by title. `words` in lower case; `after` is the last title and address of the page
/// before.
pub async fn list(
    db: impl Queryable<'_>,
    words: Option<&str>,
    after: Option<(&str, &str)>,
    (most, skip): (i64, i64),
) -> Result<Vec<Space>, StoreError> {
    let (title, slug) = after.unzip();
    db.query(
        "select space.id, owner.number, owner.slug, space.title, space.purpose, space.lang,
                space.status, space.lead_id, space.treasurer_id, space.time_zone, space.currency,
                space.licence, space.created_at
         from space join owner on owner.id = space.id
         where (cast($1 as text) is null or lower(space.title) like '%' || $1 || '%'
                or lower(space.purpose) like '%' || $1 || '%'
                or owner.slug like '%' || $1 || '%')
           and (cast($2 as text) is null or space.title > $2
                or (space.title = $2 and owner.slug > $3))
         order by space.title, owner.slug
         limit $4 offset $5",
    )
    .bind(words)
    .bind(title)
    .bind(slug)
    .bind(most)
    .bind(skip)
    .all()
    .await
}

/// How many spaces there are with these words.
pub async fn count(db: impl Queryable<'_>, words: Option<&str>) -> Result<i64, StoreError> {
    db.query(
        "select count(*) as value
         from space join owner on owner.id = space.id
         where (cast($1 as text) is null or lower(space.title) like '%' || $1 || '%'
                or lower(space.purpose) like '%' || $1 || '%'
                or owner.slug like '%' || $1 || '%')",
    )
    .bind(words)
    .value()
    .await
}

/// The spaces in which a vote ever asked a council.
pub async fn asking(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<Space>, StoreError> {
    db.query(
        "select space.id, owner.number, owner.slug, space.title, space.purpose, space.lang,
                space.status, space.lead_id, space.treasurer_id, space.time_zone, space.currency,
                space.licence, space.created_at
         from space join owner on owner.id = space.id
         where space.id in (select vote.space_id from vote_elector
                            join vote on vote.id = vote_elector.vote_id
                            where vote_elector.council_id = $1)",
    )
    .bind(council)
    .all()
    .await
}

/// The spaces a council stands in as a member, by title.
pub async fn of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<Space>, StoreError> {
    db.query(
        "select space.id, owner.number, owner.slug, space.title, space.purpose, space.lang,
                space.status, space.lead_id, space.treasurer_id, space.time_zone, space.currency,
                space.licence, space.created_at
         from space_member
         join space on space.id = space_member.space_id
         join owner on owner.id = space.id
         where space_member.council_id = $1
           and space_member.status in ('observer', 'contributor', 'suspended')
         order by space.title, owner.slug",
    )
    .bind(council)
    .all()
    .await
}
