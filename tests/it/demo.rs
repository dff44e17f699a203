//! The example world: whole or not there, the same at each start, every figure the program's.

use std::fs;

use forge_tests::{Engine, Forge, on_both};
use serde_json::Value;

/// What stands in a folder where an example world was being made.
const UNFINISHED: &str = "The example world is being made here.\n";

on_both! {
    /// The figures of domain.md §g, example E2, come out of acts and rules, not out of a script.
    fn the_example_world_is_what_its_rules_make(engine) {
        let forge = Forge::demo(engine);
        let api = forge.api(None);
        let ready = forge.ready();
        let states: Vec<_> = (1..=6)
            .map(|number| call(&forge, number)["state"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(states, ["closed", "confirmed", "executing", "failed", "settling", "open"]);
        let confirmed = call(&forge, 2);
        assert_eq!(
            shares(&confirmed),
            ["3627.39", "943.21", "13421.80", "261.51", "29746.09"],
            "{confirmed:#}"
        );
        let closed = call(&forge, 1);
        assert_eq!(shares(&closed), ["12672.22", "3295.09", "46888.77"], "{closed:#}");
        let books = api.get(&format!("/api/v1/calls/{}/closing", closed["ref"].as_str().unwrap()));
        assert_eq!(books.body["unspent"], "1200.00", "{books:#?}");
        let open = call(&forge, 6);
        assert_eq!(ready["open_call"], open["ref"]);
        assert_eq!(open["missing"], "12000.00");
        let modules = ready["modules"].as_array().unwrap();
        assert_eq!(modules.len(), 3);
        for module in modules {
            let path = format!("/api/v1/repos/{}", module.as_str().unwrap());
            assert_eq!(api.get(&path).body["private"], false, "{path}");
        }
        let ledger = forge.command(&["verify", "--json"]);
        assert_eq!(ledger.json()["verified"], true, "{ledger:#?}");
    }

    /// Whoever noted a password or a token yesterday uses it today.
    fn a_second_start_has_the_same_sign_ins(engine) {
        let mut forge = Forge::with(engine).example_world().on_the_real_clock().start();
        let first = forge.ready().clone();
        assert!(forge.stop().success());
        forge.start_again();
        let second = forge.ready();
        for key in ["accounts", "open_call", "modules"] {
            assert_eq!(first[key], second[key]);
        }
        let token = forge.account("signatory")["token"].as_str().unwrap().to_owned();
        let login = forge.account("signatory")["login"].clone();
        assert_eq!(forge.api(Some(&token)).get("/api/v1/user").body["login"], login);
    }
}

/// Ctrl-C at the first start leaves nothing that a next one takes for whole.
#[test]
fn an_interrupted_world_is_made_anew() {
    let setup = Forge::with(Engine::Sqlite).example_world();
    fs::write(setup.data().join("unfinished"), UNFINISHED).unwrap();
    fs::write(setup.data().join("forge.sqlite"), "half a database").unwrap();
    fs::create_dir(setup.data().join("repositories")).unwrap();
    let forge = setup.start();
    assert!(!forge.data().join("unfinished").exists());
    assert_eq!(call(&forge, 1)["state"], "closed");
}

#[test]
fn half_a_world_is_not_served() {
    let setup = Forge::with(Engine::Sqlite);
    fs::write(setup.data().join("unfinished"), UNFINISHED).unwrap();
    let said = setup.refused().fails(1);
    assert!(said.contains("was not finished: empty it"), "{said}");
}

#[test]
fn the_example_world_is_never_made_beside_another_forge() {
    let mut forge = Forge::start(Engine::Sqlite);
    assert!(forge.stop().success());
    let said = forge.command(&["demo"]).fails(1);
    assert!(said.contains("holds another forge"), "{said}");
}

fn call(forge: &Forge, number: u32) -> Value {
    let list = forge.api(None).get("/api/v1/calls").body;
    let suffix = format!("-{number:04}");
    let calls = list.as_array().expect("a list of calls");
    let found = calls.iter().find(|call| call["ref"].as_str().unwrap().ends_with(&suffix));
    let reference = found.expect("the call is listed")["ref"].as_str().unwrap().to_owned();
    forge.api(None).get(&format!("/api/v1/calls/{reference}")).body
}

fn shares(call: &Value) -> Vec<&str> {
    let shares = call["shares"].as_array().unwrap();
    shares.iter().map(|share| share["share"].as_str().unwrap()).collect()
}
