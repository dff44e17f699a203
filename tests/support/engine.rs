//! Both engines, side by side.

use std::{future::Future, path::PathBuf};

use forge_store::{Db, Location};

use crate::{postgres, run};

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded default: a file.
    Sqlite,
    /// A database in the run's own PostgreSQL.
    Postgres,
}

/// Defines a test once and runs it on SQLite and on PostgreSQL.
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
            Engine::Sqlite => run::folder("sqlite").join("forge.sqlite").display().to_string(),
            Engine::Postgres => postgres::create_database(),
        };
        Self { engine, place }
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
