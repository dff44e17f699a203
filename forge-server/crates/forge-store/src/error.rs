//! What a caller of the store can decide on.

use sqlx::error::DatabaseError;

/// Why a statement, a transaction or the opening of a database failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Two transactions crossed; running the whole act again may succeed.
    #[error("another change was being written at the same moment")]
    Crossed(#[source] sqlx::Error),
    /// The writer could not be had in time.
    #[error("the database is busy: try again in a moment")]
    Busy(#[source] sqlx::Error),
    /// A row with the same key exists; the text names the constraint or the columns.
    #[error("this already exists ({0})")]
    Duplicate(String),
    /// The database was written by a later version of the program.
    #[error(
        "the database is newer than this program (it has migration {0}): install the version \
         that wrote it, or restore a backup made before the upgrade"
    )]
    Newer(i64),
    /// The database was written by an earlier version of the program, and is not to be changed now.
    #[error(
        "the database has migration {0} and this program needs {1}: run `forge-server migrate` \
         first"
    )]
    Older(i64, i64),
    /// A migration that was applied is not the one this program carries.
    #[error("migration {0} in the database differs from this program's: it must not be edited")]
    Edited(i64),
    /// A stored value does not parse: the database was changed by hand or is damaged.
    #[error("the database holds a value that cannot be read: {0}")]
    Corrupt(String),
    /// The place that was given for the database cannot be used.
    #[error("the database at {place} cannot be opened: {source}")]
    Open {
        /// The file, or the address without its password.
        place: String,
        /// What the engine said.
        source: sqlx::Error,
    },
    /// Everything else the engine said.
    #[error("the database refused a statement: {0}")]
    Engine(#[source] sqlx::Error),
}

impl StoreError {
    /// Whether running the whole transaction again may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Crossed(_) | Self::Busy(_))
    }

    /// Whether a unique constraint was hit.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Duplicate(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().map(kind) {
            Some(Kind::Crossed) => Self::Crossed(error),
            Some(Kind::Busy) => Self::Busy(error),
            Some(Kind::Duplicate(what)) => Self::Duplicate(what),
            Some(Kind::Other) | None => match error {
                sqlx::Error::PoolTimedOut => Self::Busy(error),
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                    Self::Corrupt(error.to_string())
                }
                other => Self::Engine(other),
            },
        }
    }
}

enum Kind {
    Crossed,
    Busy,
    Duplicate(String),
    Other,
}

fn kind(error: &dyn DatabaseError) -> Kind {
    if error.is_unique_violation() {
        let what = error.constraint().map_or_else(|| error.message().to_owned(), str::to_owned);
        return Kind::Duplicate(what);
    }
    match error.code().as_deref() {
        // PostgreSQL: serialization failure, deadlock.
        Some("40001" | "40P01") => Kind::Crossed,
        // SQLite: busy, busy snapshot, locked.
        Some("5" | "517" | "6" | "262") => Kind::Busy,
        _ => Kind::Other,
    }
}
