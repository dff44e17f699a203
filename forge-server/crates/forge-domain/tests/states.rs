//! Holds what moves calls and milestones against `tests/rights/states.txt`, which people write by
//! hand: every triple of state, act and actor is listed there or refused.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use forge_domain::{
    Id,
    access::{
        Actor, HeldRole, Holder, MemberStatus, Resource, Role, TokenScope, Verdict, Visibility,
        judge,
    },
    call::{self, CallAct, CallState, Mover},
    milestone::{self, MilestoneAct, MilestoneState},
    work::{self, WorkAct, WorkState},
};
use uuid::Uuid;

const STATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/rights/states.txt");
const LEAD: u128 = 10;

/// Everything that could bring an act about.
const ACTORS: [&str; 12] = [
    "anon",
    "person",
    "admin",
    "developer",
    "maintainer",
    "lead",
    "finance",
    "signatory",
    "auditor",
    "supplier",
    "forge",
    "vote",
];

/// One row: from, act, to, who.
type Row = (String, String, String, String);

fn id<T>(n: u128) -> Id<T> {
    Id::new(Uuid::from_u128(n))
}

fn may(mover: Mover, actor: &str) -> bool {
    let deed = match (mover, actor) {
        (Mover::Forge, _) => return actor == "forge",
        (Mover::Vote, _) => return actor == "vote",
        (Mover::Person(_), "forge" | "vote") => return false,
        (Mover::Person(deed), _) => deed,
    };
    let members = vec![(id(LEAD), MemberStatus::Contributor)];
    let space = Holder::Space { id: id(900), lead: id(LEAD), members };
    let on = Resource::new(space, Visibility::Public).for_council(id(LEAD));
    let person = |forge_admin, roles| Actor {
        person: Some(id(1)),
        forge_admin,
        roles,
        scope: TokenScope::Full,
    };
    let actor = match actor {
        "anon" => Actor::visitor(),
        "person" => person(false, vec![]),
        "admin" => person(true, vec![]),
        role => {
            let role: Role = role.parse().unwrap();
            person(false, vec![HeldRole { council: id(LEAD), role }])
        }
    };
    judge(&actor, deed, &on) == Verdict::Yes
}

/// Every row the code allows.
fn allowed() -> BTreeMap<&'static str, BTreeSet<Row>> {
    let mut tables: BTreeMap<&'static str, BTreeSet<Row>> = BTreeMap::new();
    for actor in ACTORS {
        for &from in CallState::ALL {
            for &act in CallAct::ALL.iter().filter(|act| may(act.mover(), actor)) {
                if let Ok(to) = call::step(from, act) {
                    let words = [from.name(), act.name(), to.name(), actor].map(str::to_owned);
                    tables.entry("call").or_default().insert(words.into());
                }
            }
        }
        for &from in MilestoneState::ALL {
            for &act in MilestoneAct::ALL.iter().filter(|act| may(act.mover(), actor)) {
                if let Ok(to) = milestone::step(from, act) {
                    let words = [from.name(), act.name(), to.name(), actor].map(str::to_owned);
                    tables.entry("milestone").or_default().insert(words.into());
                }
            }
        }
        for &from in WorkState::ALL {
            for &act in WorkAct::ALL.iter().filter(|act| may(Mover::Person(act.deed()), actor)) {
                if let Ok(to) = work::step(from, act) {
                    let words = [from.name(), act.name(), to.name(), actor].map(str::to_owned);
                    tables.entry("work").or_default().insert(words.into());
                }
            }
        }
    }
    tables
}

/// Every row people wrote.
fn listed(text: &str) -> BTreeMap<&str, BTreeSet<Row>> {
    let mut tables: BTreeMap<&str, BTreeSet<Row>> = BTreeMap::new();
    let mut machine = "";
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["machine", name] => machine = name,
            [_, from, act, to, ref who @ ..] => {
                for actor in who {
                    assert!(ACTORS.contains(actor), "{line}: nobody is called {actor}");
                    let row = [from, act, to, actor].map(str::to_owned).into();
                    let twice = !tables.entry(machine).or_default().insert(row);
                    assert!(!twice, "{line}: stands there twice");
                }
            }
            _ => {}
        }
    }
    tables
}

#[test]
fn every_state_act_and_actor_is_listed_or_refused() {
    let text = std::fs::read_to_string(STATES).unwrap();
    assert_eq!(allowed(), listed(&text));
}

#[test]
fn a_changed_row_is_noticed() {
    let text = std::fs::read_to_string(STATES).unwrap();
    let changed = text.replacen("cancelled  lead\n", "cancelled  lead finance\n", 1);
    assert_ne!(text, changed);
    assert_ne!(allowed(), listed(&changed));
}

#[test]
fn every_act_moves_something() {
    for &act in CallAct::ALL {
        assert!(CallState::ALL.iter().any(|&from| call::step(from, act).is_ok()), "{act}");
    }
    for &act in MilestoneAct::ALL {
        assert!(
            MilestoneState::ALL.iter().any(|&from| milestone::step(from, act).is_ok()),
            "{act}"
        );
    }
    for &act in WorkAct::ALL {
        assert!(WorkState::ALL.iter().any(|&from| work::step(from, act).is_ok()), "{act}");
    }
}
