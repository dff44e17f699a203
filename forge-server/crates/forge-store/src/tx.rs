//! One write transaction.

use sqlx::{Executor, Postgres, Sqlite, pool::PoolConnection};
use uuid::Uuid;

use crate::{
    Db, StoreError,
    query::{Query, Queryable},
};

/// A write transaction that is undone unless [`Tx::commit`] returns.
///
/// Dropped without a word (a panic, a client that left), its connection is closed: the engine
/// then rolls back and releases the lock, and no half-done act can reach the next borrower.
#[derive(Debug)]
pub struct Tx {
    pub(crate) connection: Connection,
    queue: Option<i64>,
    open: bool,
}

#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Tx {
    pub(crate) async fn begin(db: &Db, queue: Option<Uuid>) -> Result<Self, StoreError> {
        let connection = match db {
            Db::Sqlite { write, .. } => Connection::Sqlite(write.acquire().await?),
            Db::Postgres(pool) => Connection::Postgres(pool.acquire().await?),
        };
        let mut tx = Self { connection, queue: queue.map(lock_number), open: true };
        match &mut tx.connection {
            Connection::Sqlite(connection) => {
                connection.execute("begin immediate").await?;
            }
            Connection::Postgres(connection) => {
                if let Some(number) = tx.queue {
                    sqlx::query("select pg_advisory_lock($1)")
                        .bind(number)
                        .execute(&mut **connection)
                        .await?;
                }
                connection.execute("begin isolation level serializable").await?;
            }
        }
        Ok(tx)
    }

    /// Opens a transaction that only reads, and sees the database as it is now until its end.
    pub(crate) async fn snapshot(db: &Db) -> Result<Self, StoreError> {
        let mut connection = match db {
            Db::Sqlite { read, .. } => Connection::Sqlite(read.acquire().await?),
            Db::Postgres(pool) => Connection::Postgres(pool.acquire().await?),
        };
        match &mut connection {
            Connection::Sqlite(connection) => connection.execute("begin").await.map(drop)?,
            Connection::Postgres(connection) => connection
                .execute("begin isolation level repeatable read read only")
                .await
                .map(drop)?,
        }
        Ok(Self { connection, queue: None, open: true })
    }

    /// Makes the transaction durable: what it wrote is on disk when this returns.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.end("commit").await
    }

    /// Undoes the transaction and gives its connection back.
    pub async fn rollback(self) -> Result<(), StoreError> {
        self.end("rollback").await
    }

    async fn end(mut self, how: &'static str) -> Result<(), StoreError> {
        match &mut self.connection {
            Connection::Sqlite(connection) => {
                connection.execute(how).await?;
            }
            Connection::Postgres(connection) => {
                let ended = connection.execute(how).await;
                if let Some(number) = self.queue {
                    sqlx::query("select pg_advisory_unlock($1)")
                        .bind(number)
                        .execute(&mut **connection)
                        .await?;
                }
                ended?;
            }
        }
        self.open = false;
        Ok(())
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.open {
            match &mut self.connection {
                Connection::Sqlite(connection) => connection.close_on_drop(),
                Connection::Postgres(connection) => connection.close_on_drop(),
            }
        }
    }
}

impl<'q> Queryable<'q> for &'q mut Tx {
    fn query(self, sql: &'static str) -> Query<'q> {
        Query::on_tx(self, sql)
    }
}

/// An advisory lock is a number; the last eight bytes of a UUIDv7 are random.
fn lock_number(id: Uuid) -> i64 {
    id.as_u64_pair().1.cast_signed()
}
