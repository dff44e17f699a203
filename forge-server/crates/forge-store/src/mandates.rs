//! Mandates: what a signatory may commit their council to (domain.md §b).

use forge_domain::{Id, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A mandate.
    pub struct Mandate {
        /// Its id.
        pub id: Id<id::Mandate>,
        /// Who may sign.
        pub person_id: Id<id::Person>,
        /// Their login.
        pub login: String,
        /// The name they show.
        pub person_name: String,
        /// For which council.
        pub council_id: Id<id::Council>,
        /// The council's address.
        pub council: String,
        /// The most one act may commit, in minor units.
        pub amount_max: i64,
        /// Its currency.
        pub currency: String,
        /// The kinds of act it covers, words separated by spaces.
        pub kinds: String,
        /// The act that gave it.
        pub act_ref: String,
        /// Its first day.
        pub valid_from: Date,
        /// Its last day.
        pub valid_until: Date,
    }
}

/// A mandate to insert.
#[derive(Debug)]
pub struct NewMandate<'a> {
    /// Its id.
    pub id: Id<id::Mandate>,
    /// Who may sign.
    pub person: Id<id::Person>,
    /// For which council.
    pub council: Id<id::Council>,
    /// The most one act may commit, in minor units.
    pub amount_max: i64,
    /// Its currency.
    pub currency: &'a str,
    /// The kinds of act it covers, words separated by spaces.
    pub kinds: &'a str,
    /// The act that gives it.
    pub act_ref: &'a str,
    /// Its first and its last day.
    pub days: (Date, Date),
    /// Who gives it.
    pub granted_by: Id<id::Person>,
    /// When.
    pub granted_at: Timestamp,
}

/// Inserts a mandate.
pub async fn insert(db: impl Queryable<'_>, new: NewMandate<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into mandate
           (id, person_id, council_id, amount_max, currency, kinds, act_ref, valid_from,
            valid_until, granted_by, granted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(new.id)
    .bind(new.person)
    .bind(new.council)
    .bind(new.amount_max)
    .bind(new.currency)
    .bind(new.kinds)
    .bind(new.act_ref)
    .bind(new.days.0)
    .bind(new.days.1)
    .bind(new.granted_by)
    .bind(new.granted_at)
    .run()
    .await?;
    Ok(())
}

/// The mandate with an id, while it is not revoked.
pub async fn by_id(
    db: impl Queryable<'_>,
    id: Id<id::Mandate>,
) -> Result<Option<Mandate>, StoreError> {
    db.query(
        "select mandate.id, mandate.person_id, login.slug as login, person.name as person_name,
                mandate.council_id, owner.slug as council, mandate.amount_max, mandate.currency,
                mandate.kinds, mandate.act_ref, mandate.valid_from, mandate.valid_until
         from mandate
         join person on person.id = mandate.person_id
         join owner login on login.id = mandate.person_id
         join owner on owner.id = mandate.council_id
         where mandate.id = $1 and mandate.revoked_at is null",
    )
    .bind(id)
    .optional()
    .await
}

/// The mandates of a council that are neither revoked nor over on a day, by name.
pub async fn of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    today: Date,
) -> Result<Vec<Mandate>, StoreError> {
    db.query(
        "select mandate.id, mandate.person_id, login.slug as login, person.name as person_name,
                mandate.council_id, owner.slug as council, mandate.amount_max, mandate.currency,
                mandate.kinds, mandate.act_ref, mandate.valid_from, mandate.valid_until
         from mandate
         join person on person.id = mandate.person_id
         join owner login on login.id = mandate.person_id
         join owner on owner.id = mandate.council_id
         where mandate.council_id = $1 and mandate.revoked_at is null
           and mandate.valid_until >= $2
         order by person.name, mandate.valid_from, mandate.id",
    )
    .bind(council)
    .bind(today)
    .all()
    .await
}

/// The mandates of a person that are neither revoked nor over on a day.
pub async fn of_person(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    today: Date,
) -> Result<Vec<Mandate>, StoreError> {
    db.query(
        "select mandate.id, mandate.person_id, login.slug as login, person.name as person_name,
                mandate.council_id, owner.slug as council, mandate.amount_max, mandate.currency,
                mandate.kinds, mandate.act_ref, mandate.valid_from, mandate.valid_until
         from mandate
         join person on person.id = mandate.person_id
         join owner login on login.id = mandate.person_id
         join owner on owner.id = mandate.council_id
         where mandate.person_id = $1 and mandate.revoked_at is null
           and mandate.valid_until >= $2
         order by owner.slug, mandate.valid_from, mandate.id",
    )
    .bind(person)
    .bind(today)
    .all()
    .await
}

/// Revokes a mandate.
pub async fn revoke(
    db: impl Queryable<'_>,
    id: Id<id::Mandate>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query("update mandate set revoked_at = $2 where id = $1 and revoked_at is null")
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Revokes every mandate of a person in a council: who is no signatory any more signs nothing.
pub async fn revoke_all(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    council: Id<id::Council>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    db.query(
        "update mandate set revoked_at = $3
         where person_id = $1 and council_id = $2 and revoked_at is null",
    )
    .bind(person)
    .bind(council)
    .bind(now)
    .run()
    .await
}

/// Revokes every mandate of a person: who is erased signs for nobody.
pub async fn revoke_everywhere(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    db.query("update mandate set revoked_at = $2 where person_id = $1 and revoked_at is null")
        .bind(person)
        .bind(now)
        .run()
        .await
}
