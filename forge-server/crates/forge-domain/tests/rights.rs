//! Holds the table of rights against `tests/rights/matrix.txt`, which people write by hand.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;

use forge_domain::{
    Id,
    access::{
        Actor, Deed, HeldRole, Holder, MemberStatus, Resource, Role, TokenScope, Verdict,
        Visibility, judge,
    },
};
use uuid::Uuid;

const MATRIX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/rights/matrix.txt");

const OWN: u128 = 10;
const BESIDE: u128 = 20;
const OBSERVER: u128 = 30;
const OUT: u128 = 40;
const ASKER: u128 = 1;
const OWNER: u128 = 2;
const SOMEONE: u128 = 3;

fn id<T>(n: u128) -> Id<T> {
    Id::new(Uuid::from_u128(n))
}

fn holder(word: &str) -> Holder {
    match word {
        "instance" => Holder::Instance,
        "council" => Holder::Council(id(OWN)),
        "person" => Holder::Person(id(OWNER)),
        "space" => Holder::Space {
            id: id(900),
            lead: id(OWN),
            members: vec![
                (id(OWN), MemberStatus::Contributor),
                (id(BESIDE), MemberStatus::Contributor),
                (id(OBSERVER), MemberStatus::Observer),
            ],
        },
        other => panic!("no owner is called {other}"),
    }
}

fn place(word: &str) -> u128 {
    match word {
        "own" => OWN,
        "beside" => BESIDE,
        "observer" => OBSERVER,
        "out" => OUT,
        other => panic!("no place is called {other}"),
    }
}

/// The actors of one column, one for each letter of its cells.
fn actors(column: &str, places: &[&str]) -> Vec<Actor> {
    let person = |n, forge_admin, roles| Actor {
        person: Some(id(n)),
        forge_admin,
        roles,
        scope: TokenScope::Full,
    };
    match column {
        "anon" => vec![Actor::visitor()],
        "person" => vec![person(ASKER, false, vec![])],
        "admin" => vec![person(ASKER, true, vec![])],
        "owner" => vec![person(OWNER, false, vec![])],
        role => {
            let role: Role = role.parse().unwrap();
            let held = |word: &&str| vec![HeldRole { council: id(place(word)), role }];
            places.iter().map(|word| person(ASKER, false, held(word))).collect()
        }
    }
}

fn letter(verdict: &Verdict) -> char {
    match verdict {
        Verdict::Yes => 'y',
        Verdict::No(_) => 'n',
        Verdict::SignIn => 's',
        Verdict::NotFound => '-',
    }
}

/// What the file says and the table does not, one line each; and the deeds and cells it names.
#[derive(Default)]
struct Comparison {
    differences: Vec<String>,
    deeds: BTreeSet<Deed>,
    cells: usize,
}

fn compare(matrix: &str) -> Comparison {
    let mut found = Comparison::default();
    let (mut on, mut title) = (Resource::instance(), String::new());
    let (mut places, mut columns): (Vec<&str>, Vec<&str>) = (vec![], vec![]);
    let mut rows = BTreeSet::new();
    for line in matrix.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["section", owner, sight] => {
                let visibility: Visibility = sight.parse().unwrap();
                on = Resource::new(holder(owner), visibility).done_to(id(SOMEONE));
                if owner == "space" || owner == "instance" {
                    on = on.for_council(id(OWN));
                }
                title = format!("{owner} {sight}");
            }
            ["acting", council] => {
                on = on.for_council(id(place(council)));
                title = format!("{title} for {council}");
            }
            ["places", ref named @ ..] => places = named.to_vec(),
            ["deed", ref named @ ..] => {
                columns = named.to_vec();
                for role in Role::ALL {
                    assert!(columns.contains(&role.name()), "{title}: no column for {role}");
                }
            }
            [deed, ref cells @ ..] => {
                let deed: Deed = deed.parse().unwrap();
                assert!(rows.insert((title.clone(), deed)), "{title}: {deed} stands there twice");
                assert_eq!(cells.len(), columns.len(), "{title}: cells of {deed}");
                found.deeds.insert(deed);
                for (column, cell) in columns.iter().zip(cells) {
                    let given: String = actors(column, &places)
                        .iter()
                        .map(|actor| letter(&judge(actor, deed, &on)))
                        .collect();
                    found.cells += cell.len();
                    if given != *cell {
                        let said = format!("{title}: {deed} by {column}: {cell} expected, {given}");
                        found.differences.push(said);
                    }
                }
            }
            [] => {}
        }
    }
    found
}

#[test]
fn the_table_says_what_people_wrote() {
    let matrix = std::fs::read_to_string(MATRIX).unwrap();
    let found = compare(&matrix);
    assert!(found.differences.is_empty(), "\n{}", found.differences.join("\n"));
    let missing: Vec<_> = Deed::ALL.iter().filter(|deed| !found.deeds.contains(deed)).collect();
    assert!(missing.is_empty(), "no row in tests/rights/matrix.txt for {missing:?}");
    assert!(found.cells >= Deed::ALL.len() * Role::ALL.len(), "{} cells", found.cells);
}

#[test]
fn a_changed_cell_is_noticed() {
    let matrix = std::fs::read_to_string(MATRIX).unwrap();
    let row = "commit_pledge            s    n      n      ";
    let changed = matrix.replacen(&format!("{row}nnn"), &format!("{row}ynn"), 1);
    assert_ne!(changed, matrix);
    assert_eq!(compare(&changed).differences.len(), 1);
}
