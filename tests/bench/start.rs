//! How long the second start takes until the first page, and what the idle server holds in memory.
//!
//! `cargo build --locked --release -p forge-server && cargo bench -p forge-tests`
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that fails stops")]

use std::{
    fs,
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

use forge_tests::{Engine, Forge, engine::block_on};
use sqlx::{Connection, Row, SqliteConnection};

const STARTS: usize = 5;
const FIRST_PAGE_MAX: Duration = Duration::from_millis(300);
const IDLE_MEMORY_MEGABYTES_MAX: f64 = 60.0;
/// What was needed to start may be given back by then.
const SETTLING: Duration = Duration::from_secs(3);

fn main() {
    println!("{}", version("git"));
    println!("{}", version("rustc"));
    println!("SQLite {}", sqlite_version());

    let mut forge = Forge::with(Engine::Sqlite).example_world().on_the_real_clock().start();
    let mut times = Vec::new();
    for _ in 0..STARTS {
        assert!(forge.stop().success(), "the server drains and ends with status 0");
        let begun = Instant::now();
        forge.start_again();
        assert_eq!(forge.browser().get("/").status(), 200);
        times.push(begun.elapsed());
    }
    times.sort();
    let median = times[STARTS / 2];
    println!("second start to first page, median of {STARTS}: {} ms", median.as_millis());

    sleep(SETTLING);
    let megabytes = resident_megabytes(forge.pid());
    println!("memory, idle: {megabytes:.1} MB");
    assert!(median < FIRST_PAGE_MAX, "the limit is {FIRST_PAGE_MAX:?}");
    assert!(megabytes < IDLE_MEMORY_MEGABYTES_MAX, "the limit is {IDLE_MEMORY_MEGABYTES_MAX} MB");
}

fn version(program: &str) -> String {
    let output = Command::new(program).arg("--version").output().expect("it is installed");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The one inside the server: the same library is linked here.
fn sqlite_version() -> String {
    block_on(async {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let row = sqlx::query("select sqlite_version()").fetch_one(&mut connection).await;
        row.unwrap().get(0)
    })
}

fn resident_megabytes(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("Linux tells");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("it has memory");
    let kibibytes = line.split_whitespace().nth(1).and_then(|number| number.parse::<f64>().ok());
    kibibytes.expect("a number of kB") * 1024.0 / 1_000_000.0
}
