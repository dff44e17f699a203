//! Starts a forge for tests that are not written in Rust, on either engine:
//!
//! `world sqlite|postgres serve|demo [ARGUMENT…]`
//!
//! Prints the server's ready line, and stops the server when its standard input ends: a test that
//! is killed leaves nothing behind. Variables `FORGE_…` are passed on as settings.

use std::{
    io::{Read, Write},
    process::ExitCode,
};

use forge_tests::{Engine, Forge};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    let (engine, command, more) = match words[..] {
        ["sqlite", command, ref more @ ..] => (Engine::Sqlite, command, more),
        ["postgres", command, ref more @ ..] => (Engine::Postgres, command, more),
        _ => {
            eprintln!("usage: world sqlite|postgres serve|demo [ARGUMENT…]");
            return ExitCode::from(2);
        }
    };
    let mut setup = Forge::with(engine).arguments(more);
    if command == "demo" {
        setup = setup.example_world();
    }
    for (name, value) in std::env::vars() {
        if name.starts_with("FORGE_") && !name.starts_with("FORGE_TEST_") {
            setup = setup.set(&name, &value);
        }
    }
    let mut forge = setup.start();
    println!("{}", forge.ready());
    let listening = std::io::stdout().flush().is_ok();
    if listening {
        // However it ends: a closed pipe, or the end of the input.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
    }
    if forge.stop().success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
