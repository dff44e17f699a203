//! Roles: always a person, a council, a role, from, until (domain.md §b).

use forge_domain::{Id, access::Role, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// A role somebody holds, or held.
    pub struct HeldRole {
        /// Its id.
        pub id: Id<id::Role>,
        /// Who holds it.
        pub person_id: Id<id::Person>,
        /// Their login.
        pub login: String,
        /// The name they show.
        pub person_name: String,
        /// In which council.
        pub council_id: Id<id::Council>,
        /// The council's address.
        pub council: String,
        /// The council's name.
        pub council_name: String,
        /// The role.
        pub role: Role,
        /// From when.
        pub valid_from: Timestamp,
        /// Until when; none while it lasts.
        pub valid_until: Option<Timestamp>,
    }
}

/// A role to insert.
#[derive(Debug)]
pub struct NewRole {
    /// Its id.
    pub id: Id<id::Role>,
    /// Who holds it.
    pub person: Id<id::Person>,
    /// In which council.
    pub council: Id<id::Council>,
    /// Which.
    pub role: Role,
    /// From when.
    pub valid_from: Timestamp,
    /// Until when.
    pub valid_until: Option<Timestamp>,
    /// Who gave it; none where a provider's claim or a registration did.
    pub granted_by: Option<Id<id::Person>>,
}

/// Inserts a role.
pub async fn insert(db: impl Queryable<'_>, new: NewRole) -> Result<(), StoreError> {
    db.query(
        "insert into role (id, person_id, council_id, role, valid_from, valid_until, granted_by)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.id)
    .bind(new.person)
    .bind(new.council)
    .bind(new.role)
    .bind(new.valid_from)
    .bind(new.valid_until)
    .bind(new.granted_by)
    .run()
    .await?;
    Ok(())
}

/// The role with an id.
pub async fn by_id(
    db: impl Queryable<'_>,
    id: Id<id::Role>,
) -> Result<Option<HeldRole>, StoreError> {
    db.query(
        "select role.id, role.person_id, login.slug as login, person.name as person_name,
                role.council_id, owner.slug as council, council.name as council_name, role.role,
                role.valid_from, role.valid_until
         from role
         join person on person.id = role.person_id
         join owner login on login.id = role.person_id
         join council on council.id = role.council_id
         join owner on owner.id = role.council_id
         where role.id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The roles of a council that are not over, those that begin later included, by name.
pub async fn of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    now: Timestamp,
) -> Result<Vec<HeldRole>, StoreError> {
    db.query(
        "select role.id, role.person_id, login.slug as login, person.name as person_name,
                role.council_id, owner.slug as council, council.name as council_name, role.role,
                role.valid_from, role.valid_until
         from role
         join person on person.id = role.person_id
         join owner login on login.id = role.person_id
         join council on council.id = role.council_id
         join owner on owner.id = role.council_id
         where role.council_id = $1 and (role.valid_until is null or role.valid_until > $2)
           and person.status = 'active'
         order by person.name, login.slug, role.role, role.id",
    )
    .bind(council)
    .bind(now)
    .all()
    .await
}

/// The roles of a person that are not over, by council.
pub async fn of_person(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<HeldRole>, StoreError> {
    db.query(
        "select role.id, role.person_id, login.slug as login, person.name as person_name,
                role.council_id, owner.slug as council, council.name as council_name, role.role,
                role.valid_from, role.valid_until
         from role
         join person on person.id = role.person_id
         join owner login on login.id = role.person_id
         join council on council.id = role.council_id
         join owner on owner.id = role.council_id
         where role.person_id = $1 and (role.valid_until is null or role.valid_until > $2)
         order by council.name, owner.slug, role.role, role.id",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

record! {
    /// Somebody who holds a role.
    pub struct Holder {
        /// In which council.
        pub council_id: Id<id::Council>,
        /// Who.
        pub person_id: Id<id::Person>,
        /// Which.
        pub role: Role,
    }
}

/// The councils around something that happened.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Those that ever asked to belong to this space.
    pub space: Id<id::Space>,
    /// Those that may answer this vote.
    pub vote: &'a str,
    /// The one that carries, the one that receives the money, the one it is about.
    pub named: (Id<id::Council>, Id<id::Council>, Option<Id<id::Council>>),
}

/// Who holds which role at `now` in the councils around something, of the people who may sign in:
/// one question however many councils there are.
pub async fn holders(
    db: impl Queryable<'_>,
    around: Around<'_>,
    now: Timestamp,
) -> Result<Vec<Holder>, StoreError> {
    db.query(
        "select distinct role.council_id, role.person_id, role.role
         from role join person on person.id = role.person_id
         where role.council_id in (
             select council_id from space_member where space_id = $1
             union select vote_elector.council_id from vote_elector
                   join vote on vote.id = vote_elector.vote_id where vote.ref = $2
             union select id from council where id in ($3, $4, $5))
           and role.valid_from <= $6
           and (role.valid_until is null or role.valid_until > $6)
           and person.status = 'active'
         order by role.person_id, role.role",
    )
    .bind(around.space)
    .bind(around.vote)
    .bind(around.named.0)
    .bind(around.named.1)
    .bind(around.named.2)
    .bind(now)
    .all()
    .await
}

/// How many roles of this kind a person holds in a council that are not over at `now`.
pub async fn held(
    db: impl Queryable<'_>,
    (person, council): (Id<id::Person>, Id<id::Council>),
    role: Role,
    now: Timestamp,
) -> Result<i64, StoreError> {
    db.query(
        "select count(*) as value from role
         where person_id = $1 and council_id = $2 and role = $3
           and (valid_until is null or valid_until > $4)",
    )
    .bind(person)
    .bind(council)
    .bind(role)
    .bind(now)
    .value()
    .await
}

/// How many other active people hold this role in a council without an end.
pub async fn others_holding(
    db: impl Queryable<'_>,
    (council, role): (Id<id::Council>, Role),
    besides: Id<id::Person>,
    now: Timestamp,
) -> Result<i64, StoreError> {
    db.query(
        "select count(distinct role.person_id) as value
         from role join person on person.id = role.person_id
         where role.council_id = $1 and role.role = $2 and role.person_id <> $3
           and role.valid_from <= $4 and role.valid_until is null and person.status = 'active'",
    )
    .bind(council)
    .bind(role)
    .bind(besides)
    .bind(now)
    .value()
    .await
}

/// Ends a role.
pub async fn end(
    db: impl Queryable<'_>,
    id: Id<id::Role>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update role set valid_until = $2 where id = $1").bind(id).bind(now).run().await?;
    Ok(())
}

/// Ends every role of a person that is not over.
pub async fn end_all(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    db.query(
        "update role set valid_until = $2
         where person_id = $1 and (valid_until is null or valid_until > $2)",
    )
    .bind(person)
    .bind(now)
    .run()
    .await
}
