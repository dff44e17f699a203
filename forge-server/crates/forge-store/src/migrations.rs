//! The schema's history, carried by the program. `migrations/README.md` says how to add one.

use std::borrow::Cow;

use sqlx::{
    SqlSafeStr as _,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
};

use crate::{Db, StoreError};

struct Pair {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! pairs {
    ($($number:literal $name:literal;)+) => {
        &[$(Pair {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../../../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../../../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

const PAIRS: &[Pair] = pairs! {
    1 "0001_people";
    2 "0002_councils_and_spaces";
    3 "0003_modules";
    4 "0004_funding";
    5 "0005_ledger_and_audit";
    6 "0006_jobs";
};

/// The schema version this program writes.
pub fn latest() -> i64 {
    PAIRS.last().map_or(0, |pair| pair.number)
}

pub(crate) async fn run(db: &Db) -> Result<(), StoreError> {
    let outcome = match db {
        Db::Sqlite { write, .. } => migrator(|pair| pair.sqlite).run(write).await,
        Db::Postgres(pool) => migrator(|pair| pair.postgres).run(pool).await,
    };
    outcome.map_err(|error| match error {
        MigrateError::VersionMissing(number) => StoreError::Newer(number),
        MigrateError::VersionMismatch(number) => StoreError::Edited(number),
        MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => source.into(),
        other => StoreError::Engine(sqlx::Error::Migrate(Box::new(other))),
    })
}

fn migrator(text: fn(&Pair) -> &'static str) -> Migrator {
    let migrations = PAIRS.iter().map(|pair| {
        Migration::new(
            pair.number,
            Cow::Borrowed(pair.name),
            MigrationType::Simple,
            text(pair).into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}
