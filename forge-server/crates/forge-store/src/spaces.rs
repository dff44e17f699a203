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
    }
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
                space_member.since
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
