//! Councils that pledge at the same moment, on a real server through its API.

use std::{collections::BTreeSet, sync::Barrier, thread};

use forge_tests::{
    Engine, Forge, on_both,
    town::{Town, call, day, done, pledge},
};
use serde_json::{Value, json};

/// How many councils pledge at once.
const COUNCILS: usize = 100;

/// A space with so many councils, an open call, and the token of who signs for all of them.
fn open(forge: &Forge, councils: usize) -> (String, String) {
    let town = Town::found(forge);
    town.council("chef", 1000);
    let lead = town.member("ada", "chef", "lead");
    town.space("enfance", "chef", &lead);
    let signatory = town.person("bea");
    for council in names(councils) {
        town.council(&council, 1000);
        town.role("ada", &council, "lead");
        town.role("bea", &council, "signatory");
        town.mandate("bea", &council, "50000");
        town.join("enfance", &council, "observer", (&lead, &lead));
    }
    let mut new = call("La facturation", day(60));
    new["rule"] = json!({ "kind": "equal" });
    new["low_ceilings"] = json!(true);
    let api = forge.api(Some(&lead));
    let drafted = api.send("POST", "/api/v1/spaces/enfance/calls", &new);
    let reference = done(&drafted)["ref"].as_str().unwrap().to_owned();
    done(&api.send("POST", &format!("/api/v1/calls/{reference}/publish"), &json!({})));
    (reference, signatory)
}

fn names(councils: usize) -> impl Iterator<Item = String> {
    (1..=councils).map(|n| format!("commune-{n}"))
}

/// Commits each of these councils at the same moment: the statuses, and what was answered.
fn at_once(forge: &Forge, call: &str, token: &str, councils: &[String]) -> Vec<(u16, Value)> {
    let start = Barrier::new(councils.len());
    thread::scope(|threads| {
        let one = |council: &String| {
            let (start, body) = (&start, pledge(council, "480.00"));
            threads.spawn(move || {
                let api = forge.api(Some(token));
                start.wait();
                let path = format!("/api/v1/calls/{call}/pledges");
                let answer = api.send("POST", &path, &body);
                (answer.status, answer.body)
            })
        };
        let running: Vec<_> = councils.iter().map(one).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

on_both! {
    fn a_hundred_councils_pledge_at_once_and_nothing_is_lost(engine) {
        all_at_once(engine);
    }

    fn of_two_signatures_at_once_for_one_council_one_counts(engine) {
        two_at_once(engine);
    }
}

fn all_at_once(engine: Engine) {
    let forge = Forge::start(engine);
    let (call, token) = open(&forge, COUNCILS);
    let councils: Vec<String> = names(COUNCILS).collect();
    let answers = at_once(&forge, &call, &token, &councils);
    let refused: Vec<_> = answers.iter().filter(|(status, _)| *status != 201).collect();
    assert!(refused.is_empty(), "{refused:?}");
    let of = |key: &str| -> BTreeSet<String> {
        answers.iter().map(|(_, told)| told[key].to_string()).collect()
    };
    assert_eq!((of("ref").len(), of("ledger_seq").len()), (COUNCILS, COUNCILS));
    let told = forge.api(None).get(&format!("/api/v1/calls/{call}"));
    let told = done(&told);
    assert_eq!(told["thresholds"]["councils"], json!(COUNCILS));
    assert_eq!(told["capacity"], "48000.00");
    assert_eq!(told["state"], "reached", "exactly at the target, and not before");
    let found = forge.api(None).get("/api/v1/spaces/enfance/ledger/verify");
    let found = done(&found);
    assert_eq!((&found["verified"], &found["entries"]), (&json!(true), &json!(COUNCILS)));
}

fn two_at_once(engine: Engine) {
    let forge = Forge::start(engine);
    let (call, token) = open(&forge, 1);
    let same = vec!["commune-1".to_owned(); 8];
    let answers = at_once(&forge, &call, &token, &same);
    let mut statuses: Vec<_> = answers.iter().map(|(status, _)| *status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    let told = forge.api(None).get(&format!("/api/v1/calls/{call}"));
    let told = done(&told);
    assert_eq!((&told["capacity"], &told["thresholds"]["councils"]), (&json!("480.00"), &json!(1)));
}
