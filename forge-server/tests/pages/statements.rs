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
/// Those of a commitment with its act, its ledger entry, its events and its audit row.
const COMMITMENT_MAX: usize = 50;

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
fn a_ledger_takes_a_dozen_however_many_calls_and_entries_it_has() {
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
        assert_eq!(long, short);
        assert!((1..=STATEMENTS_MAX).contains(&long), "{long} statements");
    });
}

/// What each page of co-funding asks while there is little, and how much it may ask at all: a call
/// has thirteen tables, each of which is asked once.
const PAGES: [(&str, usize); 12] = [
    ("/enfance", STATEMENTS_MAX),
    ("/enfance/-/members", STATEMENTS_MAX),
    ("/enfance/-/decisions", STATEMENTS_MAX),
    ("/enfance/-/decisions/minutes", STATEMENTS_MAX),
    ("/aubervac", STATEMENTS_MAX),
    ("/aubervac/-/funding", STATEMENTS_MAX),
    ("/aubervac/-/positions.csv", STATEMENTS_MAX),
    ("/aubervac/-/decisions", STATEMENTS_MAX),
    ("/transparency", STATEMENTS_MAX),
    ("/enfance/-/calls/{call}", 30),
    ("/enfance/-/calls/{call}/funds", 30),
    ("/enfance/-/calls/{call}/pledges/{pledge}", 30),
];

#[test]
fn pages_of_co_funding_take_as_many_however_much_they_show() {
    listen();
    block_on(async {
        let world = World::found(Engine::Postgres).await;
        let lead = world.cookie("aubervac-lead").await;
        let call = world.open_call(call_by_population()).await;
        let ask = [("question", "Se réunir à Dormont ?")];
        world.commit(&call, "aubervac", "20000").await;
        world.post("/enfance/-/decisions", &lead, &ask).await;
        let path = |page: &str| {
            let pledge = call.replace("CALL", "PLG");
            page.replace("{call}", &call).replace("{pledge}", &pledge)
        };
        let mut short = Vec::new();
        for (page, _) in PAGES {
            short.push(asked(&world, &path(page), Some(&lead)).await);
        }
        world.commit(&call, "belrive", "9000").await;
        world.commit(&call, "corbelle", "25000").await;
        world.intend(&call, "dormont", None).await;
        for _ in 0..2 {
            let other = world.open_call(call_by_population()).await;
            world.commit(&other, "aubervac", "20000").await;
            world.post("/enfance/-/decisions", &lead, &ask).await;
        }
        for ((page, most), short) in PAGES.into_iter().zip(short) {
            let long = asked(&world, &path(page), Some(&lead)).await;
            println!("{page}: {long}");
            assert_eq!(long, short, "{page}");
            assert!((1..=most).contains(&long), "{page}: {long} statements");
        }
    });
}

/// An act on a call of many reads the call once, and afterwards what it changed.
#[test]
fn a_commitment_takes_as_many_however_many_councils_there_are() {
    listen();
    block_on(async {
        let world = World::found(Engine::Postgres).await;
        let call = world.open_call(call_by_population()).await;
        let mut counts = Vec::new();
        for (council, ceiling) in [("aubervac", "9000"), ("belrive", "9000"), ("dormont", "900")] {
            let before = ASKED.get();
            world.commit(&call, council, ceiling).await;
            counts.push(ASKED.get() - before);
        }
        println!("{counts:?}");
        assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
        assert!((1..=COMMITMENT_MAX).contains(&counts[0]), "{counts:?}");
    });
}
