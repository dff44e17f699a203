//! How many questions the database is asked for a page: as many for a long one as for a short one.

use std::{cell::Cell, sync::Once};

use axum::http::StatusCode;
use forge_tests::{Engine, engine::block_on};
use tracing::{Event, Subscriber};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt as _},
};

use crate::world::{World, call_by_population};

/// The statements of one whole request, session and roles included.
const STATEMENTS_MAX: usize = 12;

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

/// Counts what sqlx says it runs on this thread. On PostgreSQL its driver works in the task that
/// asks, so that these are the statements of this test and of no other.
struct Statements;

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            ASKED.set(ASKED.get() + 1);
        }
    }
}

fn listen() {
    static HEARD: Once = Once::new();
    HEARD.call_once(|| {
        let heard = tracing_subscriber::registry().with(Statements);
        tracing::subscriber::set_global_default(heard).unwrap();
    });
}

/// How many statements a page takes.
async fn asked(world: &World, path: &str, cookie: Option<&str>) -> usize {
    let before = ASKED.get();
    let page = world.get(path, cookie).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    ASKED.get() - before
}

#[test]
fn a_dashboard_takes_a_dozen_however_many_calls_there_are() {
    listen();
    block_on(async {
        let world = World::found(Engine::Postgres).await;
        for _ in 0..3 {
            let open = world.open_call(call_by_population()).await;
            world.intend(&open, "aubervac", None).await;
        }
        let cookie = world.cookie("aubervac-fin").await;
        let count = asked(&world, "/-/dashboard", Some(&cookie)).await;
        assert!((1..=STATEMENTS_MAX).contains(&count), "{count} statements");
    });
}

#[test]
fn a_ledger_takes_as_many_however_many_calls_and_entries_it_has() {
    listen();
    block_on(async {
        let world = World::found(Engine::Postgres).await;
        let path = "/enfance/-/ledger";
        world.commit(&world.open_call(call_by_population()).await, "aubervac", "20000").await;
        let short = asked(&world, path, None).await;
        for _ in 0..3 {
            let open = world.open_call(call_by_population()).await;
            world.commit(&open, "aubervac", "20000").await;
            world.commit(&open, "corbelle", "25000").await;
        }
        let long = asked(&world, path, None).await;
        assert_ne!(long, 0);
        assert_eq!(long, short);
    });
}
