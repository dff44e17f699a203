//! A database that this program opens, and one that it must leave alone.

use forge_store::{StoreError, migrations};
use forge_tests::{Database, engine::block_on, on_both};

on_both! {
    /// Opening twice is what every start does.
    fn migrating_again_changes_nothing(engine) {
        let database = Database::fresh(engine);
        block_on(async {
            database.migrated().await.close().await;
            database.migrated().await.close().await;
        });
    }

    /// A program that was rolled back must not write where a later one has.
    fn a_newer_database_is_refused(engine) {
        let database = Database::fresh(engine);
        block_on(async {
            let db = database.migrated().await;
            let newer = migrations::latest() + 1;
            let written = format!(
                "insert into _sqlx_migrations
                 (version, description, success, checksum, execution_time)
                 select {newer}, 'of tomorrow', success, checksum, execution_time
                 from _sqlx_migrations where version = 1"
            );
            database.execute(&[&written]).await.unwrap();
            let refused = db.migrate().await.expect_err("it must not open");
            assert!(matches!(refused, StoreError::Newer(found) if found == newer), "{refused}");
            db.close().await;
        });
    }
}
