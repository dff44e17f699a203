//! Who may come through which door. The expected answers are a file of their own,
//! `tests/rights/routes.txt`; every route of the pages, of the API and of git must be in it, and is
//! asked as everyone. What one may not see answers to the byte like what does not exist.

mod headers;
mod world;

use std::{collections::BTreeSet, fmt::Write as _, fs};

use forge_tests::{contract::Document, on_both, source};

use self::world::{Actor, World};

/// Who asks, in the order of the letters.
const ACTORS: [&str; 9] = [
    "anon",
    "person",
    "outsider",
    "observer",
    "developer",
    "maintainer",
    "lead",
    "signatory",
    "admin",
];
const ANYONE: usize = 0;
const LEAD: usize = 6;
/// Stands in the description, the README, a file and a folder of the private module.
const CANARY: &str = "serinus-canaria-4711";
/// What an address of the hidden module is compared with: as long, and nowhere.
const HIDDEN: &str = "enfance/prive";
const ABSENT: &str = "enfance/vente";

/// A line of the file.
struct Line {
    method: String,
    pattern: String,
    asked: Vec<Asked>,
}

/// An address that is asked, and one letter for each actor.
struct Asked {
    address: String,
    letters: String,
    /// What is sent: JSON, whose keys are the fields where it is a form.
    body: String,
}

/// Reads the file. A line is `METHOD pattern`; the indented lines below it are an address and one
/// letter for each actor.
fn expected() -> Vec<Line> {
    let text = fs::read_to_string(source::root().join("tests/rights/routes.txt")).unwrap();
    let mut lines: Vec<Line> = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let body = line.find(" {").filter(|_| line.starts_with(' '));
        let (line, body) = body.map_or((line, "{}"), |at| line.split_at(at));
        let words: Vec<_> = line.split_whitespace().collect();
        match words[..] {
            [] => {}
            [address, letters] if line.starts_with(' ') => {
                assert_eq!(letters.chars().count(), ACTORS.len(), "{line}");
                lines.last_mut().unwrap().asked.push(Asked {
                    address: address.to_owned(),
                    letters: letters.to_owned(),
                    body: body.to_owned(),
                });
            }
            [method, pattern] => lines.push(Line {
                method: method.to_owned(),
                pattern: pattern.to_owned(),
                asked: Vec::new(),
            }),
            _ => panic!("this is no line of the file: {line}"),
        }
    }
    lines
}

/// Every route there is: of the pages by their own table, of the API by the document, of git by
/// the source of its door.
fn served(document: &Document) -> BTreeSet<(String, String)> {
    let pages = forge_server::web::routes();
    let pages = pages.iter().map(|route| (route.method.to_string(), route.path.to_owned()));
    let mut all: BTreeSet<_> = pages.chain(document.operations().iter().cloned()).collect();
    all.insert(("GET".to_owned(), "/api/openapi.json".to_owned()));
    let door = source::rust().into_iter().find(|it| it.path.ends_with("src/git/http.rs")).unwrap();
    let routes = door.text.lines().filter_map(|line| line.trim().strip_prefix(".route(\""));
    for line in routes {
        let (path, handler) = line.split_once("\", ").unwrap();
        let method = if handler.starts_with("get") { "GET" } else { "POST" };
        all.insert((method.to_owned(), path.to_owned()));
    }
    all
}

on_both! {
    /// A door that nobody thought about is one too many.
    fn every_door_opens_for_those_the_file_names(engine) {
        let world = World::build(engine);
        let lines = expected();
        let document = Document::of(&world.forge.url(""));
        let known: BTreeSet<_> =
            lines.iter().map(|line| (line.method.clone(), line.pattern.clone())).collect();
        assert_eq!(known, served(&document), "routes.txt and the routes differ");
        assert!(lines.iter().all(|line| !line.asked.is_empty()), "a route is never asked");

        let mut differ = String::new();
        for line in &lines {
            for asked in &line.asked {
                let (address, body) = world.filled(asked);
                let letter = |(letter, actor): (char, &Actor)| match letter {
                    '.' => '.',
                    _ => actor.letter(&line.method, &address, &body),
                };
                let seen: String = asked.letters.chars().zip(&world.actors).map(letter).collect();
                if seen != asked.letters {
                    let Line { method, pattern, .. } = line;
                    let Asked { address, letters, .. } = asked;
                    let is = format!("{method} {pattern}\n  {address} {letters} is {seen}");
                    writeln!(differ, "{is}").unwrap();
                }
            }
        }
        assert!(differ.is_empty(), "of {ACTORS:?}:\n{differ}");
    }

    /// Security.md A12: nothing leaves without its headers, whoever asks and whatever is answered.
    fn every_answer_carries_its_headers(engine) {
        let world = World::build(engine);
        let mut wrong = String::new();
        for line in expected().iter().filter(|line| line.method == "GET") {
            for asked in &line.asked {
                let (address, body) = world.filled(asked);
                for number in [ANYONE, LEAD] {
                    let is_public = asked.letters.starts_with(['y', '>']);
                    let seen = world.actors[number].ask("GET", &address, &body);
                    for fault in headers::faults(&address, number == LEAD, is_public, &seen) {
                        writeln!(wrong, "{} {address}: {fault}", ACTORS[number]).unwrap();
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }

    /// To whom a module is not shown, all its addresses answer like those of one that is not
    /// there, and its words stand nowhere.
    fn what_is_hidden_answers_like_what_is_absent(engine) {
        let world = World::build(engine);
        let hidden_from = [0, 1, 2, 3];
        let mut asked = 0;
        for line in expected() {
            for written in &line.asked {
                let (address, body) = world.filled(written);
                for number in hidden_from {
                    let actor = &world.actors[number];
                    if written.letters.chars().nth(number) == Some('.') {
                        continue;
                    }
                    let seen = actor.ask(&line.method, &address, &body);
                    let words = format!("{:?}{}", seen.headers, seen.body);
                    assert!(!words.contains(CANARY), "{} {address}: {words}", ACTORS[number]);
                    if address.contains(HIDDEN) {
                        let absent = address.replace(HIDDEN, ABSENT);
                        let absent = actor.ask(&line.method, &absent, &body);
                        let absent = absent.renamed(ABSENT, HIDDEN);
                        assert_eq!(seen, absent, "{} {} {address}", ACTORS[number], line.method);
                        asked += 1;
                    }
                }
            }
        }
        assert!(asked > 100, "only {asked} addresses were compared");
        found_nowhere(&world);
    }
}

/// Search and lists, in every form, and git itself.
fn found_nowhere(world: &World) {
    let hidden_from = &world.actors[..4];
    for actor in hidden_from {
        for path in [
            &format!("/search?q={CANARY}"),
            &format!("/catalogue?q={CANARY}"),
            "/catalogue",
            "/enfance",
            "/aubervac",
            "/",
            "/search?q=prive",
        ] {
            let page = actor.browser.get(path);
            // The page may repeat what was asked for, and nothing else.
            let said = page.html().replace(&format!("q={CANARY}"), "");
            let said = said.replace(&format!("value=\"{CANARY}\""), "");
            assert!(!said.contains("/enfance/prive"), "{path}: {said}");
            assert!(!said.contains(&format!("Le module {CANARY}")), "{path}: {said}");
        }
        for path in [
            &format!("/api/v1/repos/search?q={CANARY}"),
            "/api/v1/repos/search?limit=50",
            "/api/v1/orgs/enfance/repos",
            "/api/v1/users/enfance/repos",
            "/api/v1/user/repos",
        ] {
            let said = actor.api.get(path).body.to_string();
            assert!(!said.contains("prive") && !said.contains(CANARY), "{path}: {said}");
        }
    }
    let terminal = world.forge.terminal();
    let told = |module: &str| {
        let remote = world.forge.remote(module, None);
        let listed = terminal.git("", &["ls-remote", &remote]);
        let cloned = terminal.git("", &["clone", &remote, "never"]);
        format!("{}{}", listed.fails(128), cloned.fails(128))
    };
    assert_eq!(told(HIDDEN), told(ABSENT).replace(ABSENT, HIDDEN));
    // The test can fail: those who may see it find it.
    let seen = world.actors[4].api.get(&format!("/api/v1/repos/search?q={CANARY}")).body;
    assert!(seen.to_string().contains(HIDDEN), "{seen:#}");
}
