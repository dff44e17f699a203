//! The one namespace at the root: councils, spaces and people.

use forge_domain::names::Slug;
use uuid::Uuid;

use crate::{Queryable, StoreError, record};

/// What kind of owner a slug names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerKind {
    /// A person.
    Person,
    /// A council.
    Council,
    /// A space.
    Space,
}

impl OwnerKind {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Council => "council",
            Self::Space => "space",
        }
    }
}

crate::stored_as! {
    impl [] OwnerKind as String: |kind| kind.name().to_owned(), |text| match text.as_str() {
        "person" => Some(OwnerKind::Person),
        "council" => Some(OwnerKind::Council),
        "space" => Some(OwnerKind::Space),
        _ => None,
    };
}

record! {
    /// An owner of modules.
    pub struct Owner {
        /// The id of the person, council or space.
        pub id: Uuid,
        /// The number by which the API names it.
        pub number: i64,
        /// Its address at the root.
        pub slug: String,
        /// What it is.
        pub kind: OwnerKind,
    }
}

/// The owner at an address.
pub async fn by_slug(db: impl Queryable<'_>, slug: &Slug) -> Result<Option<Owner>, StoreError> {
    db.query("select id, number, slug, kind from owner where slug = $1")
        .bind(slug.as_str())
        .optional()
        .await
}

/// The owner with an id.
pub async fn by_id(db: impl Queryable<'_>, id: Uuid) -> Result<Option<Owner>, StoreError> {
    db.query("select id, number, slug, kind from owner where id = $1").bind(id).optional().await
}

/// Whether an address is taken, or so like one that is taken that people would mistake them.
pub async fn is_taken(db: impl Queryable<'_>, slug: &Slug) -> Result<bool, StoreError> {
    let count: i64 = db
        .query("select count(*) as value from owner where slug = $1 or skeleton = $2")
        .bind(slug.as_str())
        .bind(slug.skeleton())
        .value()
        .await?;
    Ok(count > 0)
}

/// Takes an address.
///
/// # Errors
/// [`StoreError::Duplicate`] where it is taken.
pub async fn insert(
    db: impl Queryable<'_>,
    id: Uuid,
    slug: &Slug,
    kind: OwnerKind,
) -> Result<(), StoreError> {
    db.query(
        "insert into owner (id, number, slug, skeleton, kind)
         values ($1, (select coalesce(max(number), 0) + 1 from owner), $2, $3, $4)",
    )
    .bind(id)
    .bind(slug.as_str())
    .bind(slug.skeleton())
    .bind(kind)
    .run()
    .await?;
    Ok(())
}

/// Gives the address of an erased person back. The row stays: its number is nobody else's.
pub async fn release(db: impl Queryable<'_>, id: Uuid) -> Result<u64, StoreError> {
    // No slug has an underscore: nobody is ever found at this one.
    let nowhere = format!("erased_{}", id.simple());
    db.query("update owner set slug = $2, skeleton = $2 where id = $1")
        .bind(id)
        .bind(nowhere)
        .run()
        .await
}
