//! Both engines, side by side.

use std::{
    future::Future,
    path::{Path, PathBuf},
};

use forge_store::{Db, Location};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

use crate::{postgres, run};

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded default: a file.
    Sqlite,
    /// A database in the run's own PostgreSQL.
    Postgres,
}

/// Defines a test once and runs it on SQLite and on PostgreSQL. Async functions that take the
/// engine stand beside it, and are named here: `on_both! { a_story another_story }`.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* fn $name:ident($engine:ident) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            fn story($engine: $crate::Engine) $body

            #[test]
            fn on_sqlite() {
                story($crate::Engine::Sqlite);
            }

            #[test]
            fn on_postgres() {
                story($crate::Engine::Postgres);
            }
        }
    )+};
    ($($story:ident)+) => {
        mod on_sqlite {$(
            #[test]
            fn $story() {
                $crate::engine::tell(super::$story($crate::Engine::Sqlite));
            }
        )+}

        mod on_postgres {$(
            #[test]
            fn $story() {
                $crate::engine::tell(super::$story($crate::Engine::Postgres));
            }
        )+}
    };
}

/// An empty database of one test, gone when dropped.
#[derive(Debug)]
pub struct Database {
    engine: Engine,
    /// The file, or the URL.
    place: String,
}

impl Database {
    /// Makes one; it has no tables yet.
    pub fn fresh(engine: Engine) -> Self {
        let place = match engine {
            Engine::Sqlite => Self::file(&run::folder("sqlite")),
            Engine::Postgres => postgres::create_database(),
        };
        Self { engine, place }
    }

    /// The one of a server that is about to be started on an empty data folder.
    pub fn of_server(engine: Engine, data: &Path) -> Self {
        match engine {
            Engine::Sqlite => Self { engine, place: Self::file(data) },
            Engine::Postgres => Self::fresh(engine),
        }
    }

    fn file(folder: &Path) -> String {
        folder.join("forge.sqlite").display().to_string()
    }

    /// Where it is, as the store wants to be told.
    pub fn location(&self) -> Location {
        match self.engine {
            Engine::Sqlite => Location::Sqlite(PathBuf::from(&self.place)),
            Engine::Postgres => Location::Postgres(self.place.clone()),
        }
    }

    /// Where it is, as sqlx wants to be told.
    pub fn url(&self) -> String {
        match self.engine {
            Engine::Sqlite => format!("sqlite://{}", self.place),
            Engine::Postgres => self.place.clone(),
        }
    }

    /// Runs statements beside any server, as whoever holds the database can.
    ///
    /// # Errors
    /// What the engine says of the first statement it refuses.
    pub async fn execute(&self, statements: &[&str]) -> Result<(), sqlx::Error> {
        let statements = statements.iter().map(|it| AssertSqlSafe((*it).to_owned()));
        match self.engine {
            Engine::Sqlite => {
                let mut connection = SqliteConnection::connect(&self.url()).await?;
                for statement in statements {
                    connection.execute(statement).await?;
                }
                connection.close().await
            }
            Engine::Postgres => {
                let mut connection = PgConnection::connect(&self.url()).await?;
                for statement in statements {
                    connection.execute(statement).await?;
                }
                connection.close().await
            }
        }
    }

    /// Opens it with this program's schema.
    pub async fn migrated(&self) -> Db {
        let db = Db::open(&self.location()).await.expect("a fresh database opens");
        db.migrate().await.expect("a fresh database takes every migration");
        db
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.engine == Engine::Postgres {
            postgres::drop_database(&self.place);
        }
    }
}

/// Runs a future to its end, also from a test that has a runtime of its own around it.
pub fn block_on<T: Send>(future: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| {
        let worker = scope.spawn(|| {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime can be made")
                .block_on(future)
        });
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Runs a story to its end. Its server goes on while the story waits for git.
pub fn tell(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime can be made");
    runtime.block_on(story);
}
