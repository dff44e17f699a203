//! People and how they sign in.

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, query::Single, record};

record! {
    /// A person with an account.
    pub struct Person {
        /// Their id: the only thing about them that is ever hashed.
        pub id: Id<id::Person>,
        /// The number by which the API names them.
        pub number: i64,
        /// Their login.
        pub slug: String,
        /// The name they show.
        pub name: String,
        /// Their professional address; never shown to others.
        pub email: String,
        /// The argon2id hash in PHC form; none where they sign in by a provider only.
        pub password_hash: Option<String>,
        /// Whether they administer the forge.
        pub forge_admin: bool,
        /// `active` or `disabled`.
        pub status: String,
        /// The language they chose.
        pub locale: Option<String>,
        /// When the account was made.
        pub created_at: Timestamp,
    }
}

/// A person to insert; the owner row comes first.
#[derive(Debug)]
pub struct NewPerson<'a> {
    /// Id of the owner row.
    pub id: Id<id::Person>,
    /// The name they show.
    pub name: &'a str,
    /// Their address.
    pub email: &'a str,
    /// The hash of their password.
    pub password_hash: Option<String>,
    /// Whether they administer the forge.
    pub forge_admin: bool,
    /// When.
    pub created_at: Timestamp,
}

/// Inserts a person.
pub async fn insert(db: impl Queryable<'_>, person: NewPerson<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into person
           (id, name, email, password_hash, forge_admin, status, locale, created_at)
         values ($1, $2, $3, $4, $5, 'active', null, $6)",
    )
    .bind(person.id)
    .bind(person.name)
    .bind(person.email)
    .bind(person.password_hash)
    .bind(person.forge_admin)
    .bind(person.created_at)
    .run()
    .await?;
    Ok(())
}

/// The person with an id.
pub async fn by_id(
    db: impl Queryable<'_>,
    id: Id<id::Person>,
) -> Result<Option<Person>, StoreError> {
    db.query(
        "select person.id, owner.number, owner.slug, person.name, person.email,
                person.password_hash, person.forge_admin, person.status, person.locale,
                person.created_at
         from person join owner on owner.id = person.id
         where person.id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The person with a login or an address, both in lower case.
pub async fn by_login(db: impl Queryable<'_>, login: &str) -> Result<Option<Person>, StoreError> {
    db.query(
        "select person.id, owner.number, owner.slug, person.name, person.email,
                person.password_hash, person.forge_admin, person.status, person.locale,
                person.created_at
         from person join owner on owner.id = person.id
         where owner.slug = $1 or person.email = $1",
    )
    .bind(login)
    .optional()
    .await
}

/// The person an identity provider knows as (issuer, subject).
pub async fn by_identity(
    db: impl Queryable<'_>,
    issuer: &str,
    subject: &str,
) -> Result<Option<Person>, StoreError> {
    db.query(
        "select person.id, owner.number, owner.slug, person.name, person.email,
                person.password_hash, person.forge_admin, person.status, person.locale,
                person.created_at
         from identity
         join person on person.id = identity.person_id
         join owner on owner.id = person.id
         where identity.issuer = $1 and identity.subject = $2",
    )
    .bind(issuer)
    .bind(subject)
    .optional()
    .await
}

/// Ties a provider's (issuer, subject) to a person.
pub async fn insert_identity(
    db: impl Queryable<'_>,
    issuer: &str,
    subject: &str,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "insert into identity (issuer, subject, person_id, created_at) values ($1, $2, $3, $4)",
    )
    .bind(issuer)
    .bind(subject)
    .bind(person)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Unties a provider's (issuer, subject) from its person.
pub async fn delete_identity(
    db: impl Queryable<'_>,
    issuer: &str,
    subject: &str,
) -> Result<(), StoreError> {
    db.query("delete from identity where issuer = $1 and subject = $2")
        .bind(issuer)
        .bind(subject)
        .run()
        .await?;
    Ok(())
}

/// Makes a person an administrator.
pub async fn set_administrator(
    db: impl Queryable<'_>,
    id: Id<id::Person>,
) -> Result<(), StoreError> {
    db.query("update person set forge_admin = $2 where id = $1").bind(id).bind(true).run().await?;
    Ok(())
}

/// How many people administer the forge.
pub async fn administrators(db: impl Queryable<'_>) -> Result<i64, StoreError> {
    let count = db
        .query("select count(*) as value from person where forge_admin and status = 'active'")
        .one::<Single<i64>>()
        .await?;
    Ok(count.0)
}

record! {
    /// A role that a person holds in a council.
    pub struct Role {
        /// In which council.
        pub council_id: Id<id::Council>,
        /// Its code (domain.md §b).
        pub role: forge_domain::access::Role,
    }
}

/// The roles a person holds at an instant, in councils that are not suspended.
pub async fn roles_at(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<Role>, StoreError> {
    db.query(
        "select role.council_id, role.role
         from role join council on council.id = role.council_id
         where role.person_id = $1 and role.valid_from <= $2
           and (role.valid_until is null or role.valid_until > $2)
           and council.status <> 'suspended'
         order by role.council_id, role.role",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

/// Whether an address belongs to an account; in lower case.
pub async fn is_email_taken(db: impl Queryable<'_>, email: &str) -> Result<bool, StoreError> {
    let count: i64 = db
        .query("select count(*) as value from person where email = $1")
        .bind(email)
        .value()
        .await?;
    Ok(count > 0)
}

/// Changes the name a person shows and the language they read.
pub async fn edit(
    db: impl Queryable<'_>,
    id: Id<id::Person>,
    name: &str,
    locale: Option<&str>,
) -> Result<(), StoreError> {
    db.query("update person set name = $2, locale = $3 where id = $1")
        .bind(id)
        .bind(name)
        .bind(locale)
        .run()
        .await?;
    Ok(())
}

/// Gives a person a new password.
pub async fn set_password(
    db: impl Queryable<'_>,
    id: Id<id::Person>,
    hash: &str,
) -> Result<(), StoreError> {
    db.query("update person set password_hash = $2 where id = $1")
        .bind(id)
        .bind(hash)
        .run()
        .await?;
    Ok(())
}

/// Makes a person `active` or `disabled`.
pub async fn set_status(
    db: impl Queryable<'_>,
    id: Id<id::Person>,
    status: &str,
) -> Result<(), StoreError> {
    db.query("update person set status = $2 where id = $1").bind(id).bind(status).run().await?;
    Ok(())
}

/// People by name, for administrators. `after` is the last name and login of the page before.
pub async fn list(
    db: impl Queryable<'_>,
    after: Option<(&str, &str)>,
    most: i64,
) -> Result<Vec<Person>, StoreError> {
    let (name, login) = after.unzip();
    db.query(
        "select person.id, owner.number, owner.slug, person.name, person.email,
                person.password_hash, person.forge_admin, person.status, person.locale,
                person.created_at
         from person join owner on owner.id = person.id
         where (cast($1 as text) is null or person.name > $1
                or (person.name = $1 and owner.slug > $2))
         order by person.name, owner.slug
         limit $3",
    )
    .bind(name)
    .bind(login)
    .bind(most)
    .all()
    .await
}

/// The active administrator whose account is oldest: in whose name a command on the server acts.
pub async fn first_administrator(db: impl Queryable<'_>) -> Result<Option<Person>, StoreError> {
    db.query(
        "select person.id, owner.number, owner.slug, person.name, person.email,
                person.password_hash, person.forge_admin, person.status, person.locale,
                person.created_at
         from person join owner on owner.id = person.id
         where person.forge_admin and person.status = 'active'
         order by person.created_at, person.id
         limit 1",
    )
    .optional()
    .await
}

record! {
    /// A provider a person signs in by.
    pub struct Identity {
        /// The provider.
        pub issuer: String,
        /// Who they are there.
        pub subject: String,
        /// Since when.
        pub created_at: Timestamp,
    }
}

/// The providers a person signs in by.
pub async fn identities(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
) -> Result<Vec<Identity>, StoreError> {
    db.query(
        "select issuer, subject, created_at from identity
         where person_id = $1 order by issuer, subject",
    )
    .bind(person)
    .all()
    .await
}

/// Removes what identity providers know a person as.
pub async fn delete_identities(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
) -> Result<u64, StoreError> {
    db.query("delete from identity where person_id = $1").bind(person).run().await
}

/// Removes a person; what signs them in is removed before.
pub async fn delete(db: impl Queryable<'_>, person: Id<id::Person>) -> Result<u64, StoreError> {
    db.query("delete from person where id = $1").bind(person).run().await
}
