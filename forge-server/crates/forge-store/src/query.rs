//! One SQL text, run on either engine with its native types.

use std::borrow::Cow;

use sqlx::{
    AssertSqlSafe, Postgres, SqlSafeStr as _, SqlStr, Sqlite,
    postgres::{PgArguments, PgRow},
    sqlite::{SqliteArguments, SqliteRow},
};

use crate::{
    Db, StoreError, Tx,
    tx::Connection,
    types::{Bind, Column, Value},
};

/// Something a query can be put to: `&Db` (reads only) or `&mut Tx`.
pub trait Queryable<'q>: Send {
    /// Starts a query from a text in the dialect both engines share, with `$1`, `$2` …
    fn query(self, sql: &'static str) -> Query<'q>;
}

/// A row of either engine.
#[derive(Debug)]
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// The column called `name`.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, StoreError> {
        T::read(self, name)
    }
}

/// A struct made of one row; written by [`crate::record`].
pub trait FromRow: Sized {
    /// Reads every field from the column of its name.
    fn from_row(row: Row) -> Result<Self, StoreError>;
}

/// A row of which only the column `value` is wanted: `select count(*) as value from …`.
#[derive(Debug)]
pub struct Single<T>(pub T);

impl<T: Column> FromRow for Single<T> {
    fn from_row(row: Row) -> Result<Self, StoreError> {
        row.get("value").map(Self)
    }
}

/// Declares a struct and reads its fields from the columns of the same names.
///
/// sqlx's derive does this too, but its `macros` feature builds both drivers a second time.
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)+
        }

        impl $crate::query::FromRow for $name {
            fn from_row(row: $crate::query::Row) -> Result<Self, $crate::StoreError> {
                Ok(Self { $($field: row.get(stringify!($field))?,)+ })
            }
        }
    };
}

/// A text, its values, and where they go.
#[derive(Debug)]
pub struct Query<'q> {
    target: Target<'q>,
    sql: Cow<'static, str>,
    values: Vec<Value>,
}

#[derive(Debug)]
enum Target<'q> {
    Db(&'q Db),
    Tx(&'q mut Tx),
}

/// Runs one fetching method of sqlx on whichever connection the target holds.
macro_rules! on_target {
    ($query:expr, $method:ident) => {{
        let Query { target, sql, values } = $query;
        match target {
            Target::Db(Db::Sqlite { read, .. }) => {
                Outcome::Sqlite(sqlite(sql, values).$method(read).await?)
            }
            Target::Db(Db::Postgres(pool)) => {
                Outcome::Postgres(postgres(sql, values).$method(pool).await?)
            }
            Target::Tx(tx) => match &mut tx.connection {
                Connection::Sqlite(connection) => {
                    Outcome::Sqlite(sqlite(sql, values).$method(&mut **connection).await?)
                }
                Connection::Postgres(connection) => {
                    Outcome::Postgres(postgres(sql, values).$method(&mut **connection).await?)
                }
            },
        }
    }};
}

enum Outcome<S, P> {
    Sqlite(S),
    Postgres(P),
}

impl<'q> Query<'q> {
    pub(crate) fn on_db(db: &'q Db, sql: &'static str) -> Self {
        Self { target: Target::Db(db), sql: Cow::Borrowed(sql), values: Vec::new() }
    }

    pub(crate) fn on_tx(tx: &'q mut Tx, sql: &'static str) -> Self {
        Self { target: Target::Tx(tx), sql: Cow::Borrowed(sql), values: Vec::new() }
    }

    /// A text put together from this crate's own constants: only [`crate::dump`] needs one.
    pub(crate) fn built(tx: &'q mut Tx, sql: String) -> Self {
        Self { target: Target::Tx(tx), sql: Cow::Owned(sql), values: Vec::new() }
    }

    pub(crate) fn bind_value(mut self, value: Value) -> Self {
        self.values.push(value);
        self
    }

    /// The value of the next `$n`.
    #[must_use]
    pub fn bind(mut self, value: impl Bind) -> Self {
        self.values.push(value.value());
        self
    }

    /// Every row.
    pub async fn all<T: FromRow>(self) -> Result<Vec<T>, StoreError> {
        match on_target!(self, fetch_all) {
            Outcome::Sqlite(rows) => {
                rows.into_iter().map(|row| T::from_row(Row::Sqlite(row))).collect()
            }
            Outcome::Postgres(rows) => {
                rows.into_iter().map(|row| T::from_row(Row::Postgres(row))).collect()
            }
        }
    }

    /// The row, where there is one.
    pub async fn optional<T: FromRow>(self) -> Result<Option<T>, StoreError> {
        match on_target!(self, fetch_optional) {
            Outcome::Sqlite(row) => row.map(|row| T::from_row(Row::Sqlite(row))).transpose(),
            Outcome::Postgres(row) => row.map(|row| T::from_row(Row::Postgres(row))).transpose(),
        }
    }

    /// The one row that must be there.
    pub async fn one<T: FromRow>(self) -> Result<T, StoreError> {
        match on_target!(self, fetch_one) {
            Outcome::Sqlite(row) => T::from_row(Row::Sqlite(row)),
            Outcome::Postgres(row) => T::from_row(Row::Postgres(row)),
        }
    }

    /// The column `value` of the one row that must be there.
    pub async fn value<T: Column>(self) -> Result<T, StoreError> {
        self.one::<Single<T>>().await.map(|single| single.0)
    }

    /// Runs the statement; how many rows it touched.
    pub async fn run(self) -> Result<u64, StoreError> {
        Ok(match on_target!(self, execute) {
            Outcome::Sqlite(done) => done.rows_affected(),
            Outcome::Postgres(done) => done.rows_affected(),
        })
    }
}

fn sqlite(
    sql: Cow<'static, str>,
    values: Vec<Value>,
) -> sqlx::query::Query<'static, Sqlite, SqliteArguments> {
    values.into_iter().fold(sqlx::query(text(sql)), |query, value| match value {
        Value::Int(value) => query.bind(value),
        Value::Bool(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
        Value::Uuid(value) => query.bind(value),
        Value::Bytes(value) => query.bind(value),
    })
}

fn postgres(
    sql: Cow<'static, str>,
    values: Vec<Value>,
) -> sqlx::query::Query<'static, Postgres, PgArguments> {
    values.into_iter().fold(sqlx::query(text(sql)), |query, value| match value {
        Value::Int(value) => query.bind(value),
        Value::Bool(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
        Value::Uuid(value) => query.bind(value),
        Value::Bytes(value) => query.bind(value),
    })
}

fn text(sql: Cow<'static, str>) -> SqlStr {
    match sql {
        Cow::Borrowed(sql) => sql.into_sql_str(),
        Cow::Owned(sql) => AssertSqlSafe(sql).into_sql_str(),
    }
}
