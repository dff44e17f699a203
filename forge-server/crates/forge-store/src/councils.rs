//! Public bodies (domain.md §c1).

mod groupings;
mod populations;

pub use groupings::{Grouping, add_grouping, groupings, members_of, remove_grouping};
pub use populations::{Population, populations, set_population};

use forge_domain::{
    Id, id,
    names::{self, Slug},
};
use jiff::Timestamp;

use crate::{Queryable, StoreError, Tx, query::Single, record};

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

/// A council to insert; the owner row comes first.
#[derive(Debug)]
pub struct NewCouncil<'a> {
    /// Id of the owner row.
    pub id: Id<id::Council>,
    /// commune, epci, departement …
    pub kind: &'a str,
    /// Its name.
    pub name: &'a str,
    /// ISO 3166 code.
    pub country: &'a str,
    /// ISO 4217 code.
    pub currency: &'a str,
    /// Its own site.
    pub website: Option<&'a str>,
    /// Who registers it.
    pub created_by: Option<Id<id::Person>>,
    /// When.
    pub created_at: Timestamp,
}

/// Inserts a council that waits for verification.
pub async fn insert(db: impl Queryable<'_>, new: NewCouncil<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into council
           (id, kind, name, country, currency, website, status, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, 'pending', $7, $8)",
    )
    .bind(new.id)
    .bind(new.kind)
    .bind(new.name)
    .bind(new.country)
    .bind(new.currency)
    .bind(new.website)
    .bind(new.created_by)
    .bind(new.created_at)
    .run()
    .await?;
    Ok(())
}

/// Changes a council's name and site.
pub async fn edit(
    db: impl Queryable<'_>,
    id: Id<id::Council>,
    name: &str,
    website: Option<&str>,
) -> Result<(), StoreError> {
    db.query("update council set name = $2, website = $3 where id = $1")
        .bind(id)
        .bind(name)
        .bind(website)
        .run()
        .await?;
    Ok(())
}

/// Verifies a council and its identifiers.
///
/// # Errors
/// [`StoreError::Duplicate`] where another verified council has one of them.
pub async fn verify(
    tx: &mut Tx,
    id: Id<id::Council>,
    by: Id<id::Person>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.query(
        "update council set status = 'verified', verified_by = $2, verified_at = $3 where id = $1",
    )
    .bind(id)
    .bind(by)
    .bind(now)
    .run()
    .await?;
    tx.query("update council_identifier set verified = true where council_id = $1")
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// Suspends a council; what it did stays, and it keeps its identifiers.
pub async fn suspend(db: impl Queryable<'_>, id: Id<id::Council>) -> Result<(), StoreError> {
    db.query("update council set status = 'suspended' where id = $1").bind(id).run().await?;
    Ok(())
}

record! {
    /// An official identifier.
    pub struct Identifier {
        /// The register.
        pub scheme: String,
        /// The value in it.
        pub value: String,
        /// Whether an administrator verified it.
        pub verified: bool,
    }
}

/// Adds an identifier.
pub async fn insert_identifier(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    identifier: &names::Identifier,
) -> Result<(), StoreError> {
    db.query(
        "insert into council_identifier (council_id, scheme, value, verified)
         values ($1, $2, $3, false)",
    )
    .bind(council)
    .bind(identifier.scheme())
    .bind(identifier.value())
    .run()
    .await?;
    Ok(())
}

/// The identifiers of a council.
pub async fn identifiers(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<Identifier>, StoreError> {
    db.query(
        "select scheme, value, verified from council_identifier
         where council_id = $1 order by scheme, value",
    )
    .bind(council)
    .all()
    .await
}

/// The verified council with an identifier.
pub async fn by_identifier(
    db: impl Queryable<'_>,
    identifier: &names::Identifier,
) -> Result<Option<Council>, StoreError> {
    db.query(
        "select council.id, owner.number, owner.slug, council.kind, council.name,
                council.country, council.currency, council.website, council.status,
                council.created_at, council.verified_at
         from council_identifier
         join council on council.id = council_identifier.council_id
         join owner on owner.id = council.id
         where council_identifier.scheme = $1 and council_identifier.value = $2
           and council_identifier.verified",
    )
    .bind(identifier.scheme())
    .bind(identifier.value())
    .optional()
    .await
}

/// Adds a mail domain its people write from.
pub async fn insert_domain(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    domain: &str,
) -> Result<(), StoreError> {
    db.query("insert into council_domain (council_id, domain) values ($1, $2)")
        .bind(council)
        .bind(domain)
        .run()
        .await?;
    Ok(())
}

/// The mail domains of a council.
pub async fn domains(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<String>, StoreError> {
    let domains = db
        .query("select domain as value from council_domain where council_id = $1 order by domain")
        .bind(council)
        .all::<Single<String>>()
        .await?;
    Ok(domains.into_iter().map(|single| single.0).collect())
}

/// Which councils of a list are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// With this status.
    pub status: &'a str,
    /// Whose name or address holds these words; in lower case.
    pub words: Option<&'a str>,
    /// After this name and address, where a reader goes on.
    pub after: Option<(&'a str, &'a str)>,
    /// At most so many.
    pub most: i64,
    /// Leaving out the first.
    pub skip: i64,
}

record! {
    /// An identifier with the council it is of.
    pub struct Identified {
        /// The council.
        pub council_id: Id<id::Council>,
        /// Its address.
        pub slug: String,
        /// Of which register.
        pub scheme: String,
        /// Its number there.
        pub value: String,
    }
}

/// Every identifier of every council.
pub async fn all_identifiers(db: impl Queryable<'_>) -> Result<Vec<Identified>, StoreError> {
    db.query(
        "select council_identifier.council_id, owner.slug, council_identifier.scheme,
                council_identifier.value
         from council_identifier
         join owner on owner.id = council_identifier.council_id
         order by owner.slug, council_identifier.scheme, council_identifier.value",
    )
    .all()
    .await
}

/// Councils by name.
pub async fn list(db: impl Queryable<'_>, wanted: Wanted<'_>) -> Result<Vec<Council>, StoreError> {
    let (name, slug) = wanted.after.unzip();
    db.query(
        "select council.id, owner.number, owner.slug, council.kind, council.name,
                council.country, council.currency, council.website, council.status,
                council.created_at, council.verified_at
         from council join owner on owner.id = council.id
         where council.status = $1
           and (cast($2 as text) is null
                or lower(council.name) like '%' || $2 || '%' or owner.slug like '%' || $2 || '%')
           and (cast($3 as text) is null or council.name > $3
                or (council.name = $3 and owner.slug > $4))
         order by council.name, owner.slug
         limit $5 offset $6",
    )
    .bind(wanted.status)
    .bind(wanted.words)
    .bind(name)
    .bind(slug)
    .bind(wanted.most)
    .bind(wanted.skip)
    .all()
    .await
}

/// How many councils there are with a status and these words.
pub async fn count(
    db: impl Queryable<'_>,
    status: &str,
    words: Option<&str>,
) -> Result<i64, StoreError> {
    db.query(
        "select count(*) as value
         from council join owner on owner.id = council.id
         where council.status = $1
           and (cast($2 as text) is null
                or lower(council.name) like '%' || $2 || '%' or owner.slug like '%' || $2 || '%')",
    )
    .bind(status)
    .bind(words)
    .value()
    .await
}
