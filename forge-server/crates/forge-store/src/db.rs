//! The two engines behind one type.

use std::{path::PathBuf, str::FromStr, time::Duration};

use sqlx::{
    PgPool, Row as _, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use uuid::Uuid;

use crate::{
    StoreError, Tx, migrations,
    query::{Query, Queryable},
};

/// Readers run beside the one writer; more only wait for the disk of a small machine.
const SQLITE_READERS_MAX: u32 = 4;
/// Well under PostgreSQL's default of 100, so that two servers and a backup fit.
const POSTGRES_CONNECTIONS_MAX: u32 = 16;
/// A writer that waits longer is told the database is busy.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Which engine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded default.
    Sqlite,
    /// For those who outgrow one machine.
    Postgres,
}

/// Where the database is.
#[derive(Debug, Clone)]
pub enum Location {
    /// A file, made at need.
    Sqlite(PathBuf),
    /// A `postgres://` URL.
    Postgres(String),
}

/// An open database: pools of connections, cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    /// Readers, and the single connection that writes.
    Sqlite {
        /// Connections that cannot write.
        read: SqlitePool,
        /// The one connection that can.
        write: SqlitePool,
    },
    /// One pool for both: PostgreSQL keeps writers apart by itself.
    Postgres(PgPool),
}

impl Db {
    /// Opens the database; does not migrate it.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        match location {
            Location::Sqlite(path) => {
                let opened = open_sqlite(path).await;
                opened.map_err(|source| open_error(path.display().to_string(), source))
            }
            Location::Postgres(url) => {
                let options = PgConnectOptions::from_str(url)
                    .map_err(|source| open_error("the PostgreSQL address".to_owned(), source))?;
                let place = format!("{}:{}", options.get_host(), options.get_port());
                let pool = PgPoolOptions::new()
                    .max_connections(POSTGRES_CONNECTIONS_MAX)
                    .acquire_timeout(WAIT_MAX)
                    .connect_with(options.application_name("beffroi"))
                    .await
                    .map_err(|source| open_error(place, source))?;
                Ok(Self::Postgres(pool))
            }
        }
    }

    /// Brings the schema to this program's version.
    ///
    /// # Errors
    /// [`StoreError::Newer`] where a later program wrote the database.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        migrations::run(self).await
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// What the engine itself finds wrong with its pages, indexes and references; nothing where it
    /// is sound. PostgreSQL checks its pages as it reads them.
    pub async fn complaints(&self) -> Result<Vec<String>, StoreError> {
        let Self::Sqlite { read, .. } = self else { return Ok(Vec::new()) };
        let lines: Vec<String> =
            sqlx::query_scalar("pragma integrity_check").fetch_all(read).await?;
        let mut complaints: Vec<_> = lines.into_iter().filter(|line| line != "ok").collect();
        let orphans = sqlx::query("pragma foreign_key_check").fetch_all(read).await?;
        for orphan in orphans {
            let (table, parent): (String, String) = (orphan.try_get(0)?, orphan.try_get(2)?);
            complaints.push(format!("a row of {table} refers to no row of {parent}"));
        }
        Ok(complaints)
    }

    /// Opens a write transaction: `BEGIN IMMEDIATE` on SQLite, `SERIALIZABLE` on PostgreSQL.
    ///
    /// `queue` names what acts of one kind queue for (a space's ledger) instead of failing against
    /// each other. It is taken before the transaction begins, because a snapshot taken while
    /// waiting would already be stale; SQLite's single writer makes it needless there.
    pub async fn begin(&self, queue: Option<Uuid>) -> Result<Tx, StoreError> {
        Tx::begin(self, queue).await
    }

    /// Opens a view of the whole database at one instant, beside its writers; end it with
    /// [`Tx::rollback`].
    pub async fn snapshot(&self) -> Result<Tx, StoreError> {
        Tx::snapshot(self).await
    }

    /// Closes every connection, so that SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl<'q> Queryable<'q> for &'q Db {
    fn query(self, sql: &'static str) -> Query<'q> {
        Query::on_db(self, sql)
    }
}

async fn open_sqlite(path: &PathBuf) -> Result<Db, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL and not NORMAL: at a power cut NORMAL loses commits it acknowledged, and this
        // database holds money (security.md §0.3).
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // Without it INSERT OR REPLACE would delete a ledger row without firing its trigger.
        .pragma("recursive_triggers", "on")
        .busy_timeout(WAIT_MAX);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(WAIT_MAX)
        .connect_with(options.clone())
        .await?;
    let read = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS_MAX)
        .acquire_timeout(WAIT_MAX)
        .connect_lazy_with(options.create_if_missing(false).read_only(true));
    Ok(Db::Sqlite { read, write })
}

fn open_error(place: String, source: sqlx::Error) -> StoreError {
    StoreError::Open { place, source }
}
