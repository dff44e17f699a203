//! Modules (domain.md §c5).

use forge_domain::{Id, access::Visibility, id, names::Slug};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Queryable, StoreError, owners::OwnerKind, record};

record! {
    /// A module and its owner's address.
    pub struct Module {
        /// Its id, which is also its repository's.
        pub id: Id<id::Module>,
        /// The number by which the API names it.
        pub number: i64,
        /// The id of the council, space or person it belongs to.
        pub owner_id: Uuid,
        /// The owner's number in the API.
        pub owner_number: i64,
        /// The owner's address.
        pub owner: String,
        /// What the owner is.
        pub owner_kind: OwnerKind,
        /// Its own address under the owner's.
        pub slug: String,
        /// `module`, or `meta` for a space's meta-repository.
        pub kind: String,
        /// What it is called.
        pub title: String,
        /// What it does, in a sentence.
        pub description: String,
        /// The language of title and description (BCP 47).
        pub lang: String,
        /// SPDX expression, where its publiccode.yml or its maintainer said one.
        pub licence: Option<String>,
        /// Who may see it at all.
        pub visibility: Visibility,
        /// Short name of the branch a clone starts from.
        pub default_branch: String,
        /// Whether nothing was pushed yet.
        pub empty: bool,
        /// Who created it, and so maintains it.
        pub created_by: Option<Id<id::Person>>,
        /// When it was created.
        pub created_at: Timestamp,
        /// When its sheet or its code last changed.
        pub updated_at: Timestamp,
        /// When something was last pushed.
        pub pushed_at: Option<Timestamp>,
        /// When it was made public.
        pub published_at: Option<Timestamp>,
    }
}

/// A module to insert.
#[derive(Debug)]
pub struct NewModule<'a> {
    /// Its id.
    pub id: Id<id::Module>,
    /// Whose it is.
    pub owner: Uuid,
    /// Its address.
    pub slug: &'a Slug,
    /// `module` or `meta`.
    pub kind: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// What it does.
    pub description: &'a str,
    /// The language of both.
    pub lang: &'a str,
    /// Who may see it.
    pub visibility: Visibility,
    /// The branch a clone starts from.
    pub default_branch: &'a str,
    /// Who creates it.
    pub created_by: Option<Id<id::Person>>,
    /// When.
    pub created_at: Timestamp,
}

/// Inserts a module.
///
/// # Errors
/// [`StoreError::Duplicate`] where the owner has one at this address.
pub async fn insert(db: impl Queryable<'_>, module: NewModule<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into module
           (id, number, owner_id, slug, kind, title, description, lang, visibility,
            default_branch, empty, created_by, created_at, updated_at)
         values ($1, (select coalesce(max(number), 0) + 1 from module), $2, $3, $4, $5, $6, $7,
                 $8, $9, true, $10, $11, $11)",
    )
    .bind(module.id)
    .bind(module.owner)
    .bind(module.slug.as_str())
    .bind(module.kind)
    .bind(module.title)
    .bind(module.description)
    .bind(module.lang)
    .bind(module.visibility)
    .bind(module.default_branch)
    .bind(module.created_by)
    .bind(module.created_at)
    .run()
    .await?;
    Ok(())
}

/// The module at an address. Whether one may see it is for the table of rights to say.
pub async fn at(
    db: impl Queryable<'_>,
    owner: &Slug,
    slug: &Slug,
) -> Result<Option<Module>, StoreError> {
    db.query(
        "select module.id, module.number, module.owner_id, owner.number as owner_number,
                owner.slug as owner, owner.kind as owner_kind, module.slug, module.kind,
                module.title, module.description, module.lang, module.licence, module.visibility,
                module.default_branch, module.empty, module.created_by, module.created_at,
                module.updated_at, module.pushed_at, module.published_at
         from module join owner on owner.id = module.owner_id
         where owner.slug = $1 and module.slug = $2",
    )
    .bind(owner.as_str())
    .bind(slug.as_str())
    .optional()
    .await
}

/// The module with an id.
pub async fn by_id(
    db: impl Queryable<'_>,
    id: Id<id::Module>,
) -> Result<Option<Module>, StoreError> {
    db.query(
        "select module.id, module.number, module.owner_id, owner.number as owner_number,
                owner.slug as owner, owner.kind as owner_kind, module.slug, module.kind,
                module.title, module.description, module.lang, module.licence, module.visibility,
                module.default_branch, module.empty, module.created_by, module.created_at,
                module.updated_at, module.pushed_at, module.published_at
         from module join owner on owner.id = module.owner_id
         where module.id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The module with a number.
pub async fn by_number(db: impl Queryable<'_>, number: i64) -> Result<Option<Module>, StoreError> {
    db.query(
        "select module.id, module.number, module.owner_id, owner.number as owner_number,
                owner.slug as owner, owner.kind as owner_kind, module.slug, module.kind,
                module.title, module.description, module.lang, module.licence, module.visibility,
                module.default_branch, module.empty, module.created_by, module.created_at,
                module.updated_at, module.pushed_at, module.published_at
         from module join owner on owner.id = module.owner_id
         where module.number = $1",
    )
    .bind(number)
    .optional()
    .await
}

/// Every module whose name, title or description is like a pattern (escaped by `!`), by id;
/// every module where there is none. The caller leaves out what the reader may not see.
pub async fn search(
    db: impl Queryable<'_>,
    pattern: Option<&str>,
) -> Result<Vec<Module>, StoreError> {
    db.query(
        "select module.id, module.number, module.owner_id, owner.number as owner_number,
                owner.slug as owner, owner.kind as owner_kind, module.slug, module.kind,
                module.title, module.description, module.lang, module.licence, module.visibility,
                module.default_branch, module.empty, module.created_by, module.created_at,
                module.updated_at, module.pushed_at, module.published_at
         from module join owner on owner.id = module.owner_id
         where cast($1 as text) is null
            or lower(module.title) like lower($1) escape '!'
            or lower(module.description) like lower($1) escape '!'
            or module.slug like lower($1) escape '!'
         order by module.number",
    )
    .bind(pattern)
    .all()
    .await
}

/// Changes what a module's sheet says, and who sees it short of everyone.
pub async fn edit(
    db: impl Queryable<'_>,
    id: Id<id::Module>,
    (title, description): (&str, &str),
    (default_branch, visibility): (&str, Visibility),
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "update module
         set title = $2, description = $3, default_branch = $4, visibility = $5, updated_at = $6
         where id = $1",
    )
    .bind(id)
    .bind(title)
    .bind(description)
    .bind(default_branch)
    .bind(visibility)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Makes a module public.
pub async fn publish(
    db: impl Queryable<'_>,
    id: Id<id::Module>,
    licence: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "update module
         set visibility = 'public', published_at = coalesce(published_at, $3),
             licence = coalesce($2, licence), updated_at = $3
         where id = $1",
    )
    .bind(id)
    .bind(licence)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Changes the branch a clone starts from.
pub async fn set_default_branch(
    db: impl Queryable<'_>,
    id: Id<id::Module>,
    branch: &str,
) -> Result<(), StoreError> {
    db.query("update module set default_branch = $2 where id = $1")
        .bind(id)
        .bind(branch)
        .run()
        .await?;
    Ok(())
}

/// Notes that something was pushed.
pub async fn pushed(
    db: impl Queryable<'_>,
    id: Id<id::Module>,
    empty: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update module set empty = $2, pushed_at = $3, updated_at = $3 where id = $1")
        .bind(id)
        .bind(empty)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The public modules of councils and spaces, by title: the catalogue. `after` is the last
/// (title, id) of the page before; a person's drafts are never here (product.md).
pub async fn catalogue(
    db: impl Queryable<'_>,
    words: Option<&str>,
    after: Option<(&str, Id<id::Module>)>,
    most: i64,
) -> Result<Vec<Module>, StoreError> {
    let (title, id) = after.map_or((None, None), |(title, id)| (Some(title), Some(id)));
    db.query(
        "select module.id, module.number, module.owner_id, owner.number as owner_number,
                owner.slug as owner, owner.kind as owner_kind, module.slug, module.kind,
                module.title, module.description, module.lang, module.licence, module.visibility,
                module.default_branch, module.empty, module.created_by, module.created_at,
                module.updated_at, module.pushed_at, module.published_at
         from module join owner on owner.id = module.owner_id
         where module.visibility = 'public' and module.kind = 'module' and owner.kind <> 'person'
           and (cast($1 as text) is null
                or lower(module.title) like lower($1) escape '!'
                or lower(module.description) like lower($1) escape '!'
                or module.slug like lower($1) escape '!')
           and (cast($2 as text) is null or module.title > $2
                or (module.title = $2 and module.id > $3))
         order by module.title, module.id
         limit $4",
    )
    .bind(words)
    .bind(title)
    .bind(id)
    .bind(most)
    .all()
    .await
}

/// The modules of the catalogue that were published last.
pub async fn newest(db: impl Queryable<'_>, most: i64) -> Result<Vec<Module>, StoreError> {
    db.query(
        "select module.id, module.number, module.owner_id, owner.number as owner_number,
                owner.slug as owner, owner.kind as owner_kind, module.slug, module.kind,
                module.title, module.description, module.lang, module.licence, module.visibility,
                module.default_branch, module.empty, module.created_by, module.created_at,
                module.updated_at, module.pushed_at, module.published_at
         from module join owner on owner.id = module.owner_id
         where module.visibility = 'public' and module.kind = 'module' and owner.kind <> 'person'
         order by module.published_at desc, module.id desc
         limit $1",
    )
    .bind(most)
    .all()
    .await
}

/// How many modules the catalogue holds.
pub async fn catalogue_size(
    db: impl Queryable<'_>,
    words: Option<&str>,
) -> Result<i64, StoreError> {
    db.query(
        "select count(*) as value
         from module join owner on owner.id = module.owner_id
         where module.visibility = 'public' and module.kind = 'module' and owner.kind <> 'person'
           and (cast($1 as text) is null
                or lower(module.title) like lower($1) escape '!'
                or lower(module.description) like lower($1) escape '!'
                or module.slug like lower($1) escape '!')",
    )
    .bind(words)
    .value()
    .await
}

/// Every module of an owner, meta-repository included, by title. The caller leaves out what the
/// viewer may not see.
pub async fn of_owner(db: impl Queryable<'_>, owner: Uuid) -> Result<Vec<Module>, StoreError> {
    db.query(
        "select module.id, module.number, module.owner_id, owner.number as owner_number,
                owner.slug as owner, owner.kind as owner_kind, module.slug, module.kind,
                module.title, module.description, module.lang, module.licence, module.visibility,
                module.default_branch, module.empty, module.created_by, module.created_at,
                module.updated_at, module.pushed_at, module.published_at
         from module join owner on owner.id = module.owner_id
         where module.owner_id = $1
         order by module.title, module.id",
    )
    .bind(owner)
    .all()
    .await
}

/// Whether an owner has modules.
pub async fn any_of(db: impl Queryable<'_>, owner: Uuid) -> Result<bool, StoreError> {
    let count: i64 = db
        .query("select count(*) as value from module where owner_id = $1")
        .bind(owner)
        .value()
        .await?;
    Ok(count > 0)
}
