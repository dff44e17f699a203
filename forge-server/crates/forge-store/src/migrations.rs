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
    7 "0007_votes";
    8 "0008_milestones";
    9 "0009_funds";
    10 "0010_events";
    11 "0011_webhooks";
    12 "0012_reviews";
};

/// The schema version this program writes.
pub fn latest() -> i64 {
    PAIRS.last().map_or(0, |pair| pair.number)
}

/// Refuses a database whose schema is not exactly this program's: for what reads it beside a
/// server that runs, and must not change it under that server.
///
/// # Errors
/// [`StoreError::Newer`], [`StoreError::Older`].
pub async fn check(db: &Db) -> Result<(), StoreError> {
    match applied(db).await? {
        version if version > latest() => Err(StoreError::Newer(version)),
        version if version < latest() => Err(StoreError::Older(version, latest())),
        _ => Ok(()),
    }
}

/// The schema version of a database; 0 where it holds none yet.
pub async fn applied(db: &Db) -> Result<i64, StoreError> {
    const VERSION: &str = "select coalesce(max(version), 0) from _sqlx_migrations where success";
    // Where the list of migrations is absent, asking for its rows would fail.
    let version = match db {
        Db::Sqlite { read, .. } => {
            let there = "select count(*) from sqlite_schema where name = '_sqlx_migrations'";
            match sqlx::query_scalar::<_, i64>(there).fetch_one(read).await? {
                0 => 0,
                _ => sqlx::query_scalar(VERSION).fetch_one(read).await?,
            }
        }
        Db::Postgres(pool) => {
            let there = "select count(*) from pg_catalog.pg_tables
                         where schemaname = current_schema() and tablename = '_sqlx_migrations'";
            match sqlx::query_scalar::<_, i64>(there).fetch_one(pool).await? {
                0 => 0,
                _ => sqlx::query_scalar(VERSION).fetch_one(pool).await?,
            }
        }
    };
    Ok(version)
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
