//! Public bodies (domain.md §c1).

use forge_domain::{Id, id, names::Slug};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// A council.
    pub struct Council {
        /// Its id.
        pub id: Id<id::Council>,
        /// The number by which the API names it.
        pub number: i64,
        /// Its address at the root.
        pub slug: String,
        /// commune, epci, departement, syndicat, agency …
        pub kind: String,
        /// Its name.
        pub name: String,
        /// ISO 3166 code, upper case.
        pub country: String,
        /// ISO 4217 code of what it usually pays in.
        pub currency: String,
        /// Its own site.
        pub website: Option<String>,
        /// `pending`, `verified` or `suspended`.
        pub status: String,
        /// When it was registered.
        pub created_at: Timestamp,
        /// When an administrator verified it.
        pub verified_at: Option<Timestamp>,
    }
}

/// The council with an id.
pub async fn by_id(
    db: impl Queryable<'_>,
    id: Id<id::Council>,
) -> Result<Option<Council>, StoreError> {
    db.query(
        "select council.id, owner.number, owner.slug, council.kind, council.name,
                council.country, council.currency, council.website, council.status,
                council.created_at, council.verified_at
         from council join owner on owner.id = council.id
         where council.id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The council at an address.
pub async fn by_slug(db: impl Queryable<'_>, slug: &Slug) -> Result<Option<Council>, StoreError> {
    db.query(
        "select council.id, owner.number, owner.slug, council.kind, council.name,
                council.country, council.currency, council.website, council.status,
                council.created_at, council.verified_at
         from council join owner on owner.id = council.id
         where owner.slug = $1",
    )
    .bind(slug.as_str())
    .optional()
    .await
}
