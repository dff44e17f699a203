//! From an empty server to a confirmed call (issue, line 3): by commands, and by pages.

use std::{
    thread,
    time::{Duration, Instant},
};

use forge_tests::{Api, Engine, Forge, Terminal, on_both, town::day};
use serde_json::{Value, json};

/// Three councils whose shares the rule below can be computed for by hand too.
const POPULATIONS: [(&str, u32); 3] =
    [("aubervac", 12_345), ("belrive", 3_210), ("corbelle", 45_678)];
const SPACE: &str = "enfance";

/// A person at a terminal, with a token of their own.
struct Person {
    token: String,
    terminal: Terminal,
}

impl Person {
    /// Made by an administrator at the server's console.
    fn of(forge: &Forge, login: &str, more: &[&str]) -> Self {
        let email = format!("{login}@forge.example");
        let account = ["--login", login, "--name", login, "--email", &email];
        forge.command(&[&["admin", "user", "create"][..], &account, more].concat()).ok();
        // To accept an invitation changes the account: a token that only writes does not reach it.
        let token = ["--user", login, "--scope", "full", "--days", "365"];
        let token = forge.command(&[&["admin", "token", "create"][..], &token].concat());
        let token = token.ok().trim().to_owned();
        let terminal = forge.terminal().signed_in(&token);
        Self { token, terminal }
    }

    #[track_caller]
    fn forge(&self, arguments: &[&str]) -> Value {
        let ran = self.terminal.forge("", &[arguments, &["--json", "--yes"]].concat());
        ran.ok();
        ran.json()
    }
}

/// What the commands made: the call, and who can act on.
struct Founded {
    forge: Forge,
    lead: Person,
    signatories: Vec<Person>,
    call: String,
}

impl Founded {
    fn by_commands(engine: Engine) -> Self {
        let forge = Forge::start(engine);
        let administrator = Person::of(&forge, "mairie", &["--administrator"]);
        for (council, population) in POPULATIONS {
            let count = format!("municipale:2026:{population}");
            let named = ["--slug", council, "--name", council, "--population", &count];
            administrator.forge(&[&["council", "register"][..], &named].concat());
            administrator.forge(&["council", "verify", council]);
        }
        // The first is invited by the console's link, the others by who was invited so.
        let lead = Person::of(&forge, "lise", &[]);
        let link = forge.command(&["admin", "council", "invite", "aubervac", "--role", "lead"]);
        lead.terminal.forge("", &["member", "accept", link.ok().trim()]).ok();
        let found = ["--slug", SPACE, "--title", "Enfance et jeunesse", "--lead", "aubervac"];
        lead.forge(&[&["space", "found"][..], &found].concat());
        let mut signatories = Vec::new();
        for (council, _) in POPULATIONS {
            if council != "aubervac" {
                let leads = Person::of(&forge, &format!("lead-{council}"), &[]);
                let invite = ["admin", "council", "invite", council, "--role", "lead"];
                let link = forge.command(&invite);
                leads.terminal.forge("", &["member", "accept", link.ok().trim()]).ok();
                leads.forge(&["space", "join", SPACE, "--council", council]);
                lead.forge(&["space", "admit", SPACE, "--council", council]);
            }
            signatories.push(signatory(&forge, &administrator, council));
        }
        let call = draft(&lead);
        Self { forge, lead, signatories, call }
    }

    /// Aubervac and Corbelle commit; Belrive only says that it may.
    fn pledge(&self) {
        for (number, ceiling) in [(0, "30 000,00"), (2, "48000")] {
            let council = POPULATIONS[number].0;
            let act = ["--kind", "deliberation", "--number", "2026-12"];
            let date = day(-1).to_string();
            let given = ["--council", council, "--ceiling", ceiling, "--date", &date];
            let commit = [&["pledge", "commit", &self.call][..], &given, &act].concat();
            let pledge = self.signatories[number].forge(&commit);
            assert_eq!(pledge["state"], "firm");
        }
        let intend = ["pledge", "intend", &self.call, "--council", "belrive"];
        assert_eq!(self.signatories[1].forge(&intend)["state"], "intention");
    }

    /// The clock of the test goes past the deadline.
    fn pass_the_deadline(&self) {
        self.forge.set_clock(&format!("{}T12:00:00Z", day(32)));
    }

    /// The state of the call once it was decided.
    fn decided(&self) -> Value {
        let api = self.forge.api(None);
        let path = format!("/api/v1/calls/{}", self.call);
        wait_for(&api, &path, |call| call["state"] != "open" && call["state"] != "reached")
    }
}

fn signatory(forge: &Forge, administrator: &Person, council: &str) -> Person {
    let login = format!("signe-{council}");
    let signs = Person::of(forge, &login, &[]);
    let role = ["--council", council, "--person", &login, "--role", "signatory"];
    administrator.forge(&[&["member", "role", "grant"][..], &role].concat());
    let until = day(300).to_string();
    let mandate = ["--council", council, "--person", &login, "--max", "50000", "--until", &until];
    let act = ["--act-ref", "DEL-2026-001"];
    administrator.forge(&[&["member", "mandate", "give"][..], &mandate, &act].concat());
    signs
}

/// A module is published, and a call for it.
fn draft(lead: &Person) -> String {
    let terminal = &lead.terminal;
    terminal.git("", &["init", "-q", "cantine"]).ok();
    terminal.write("cantine/LICENSE", "EUPL-1.2\n");
    terminal.write("cantine/README.md", "# Cantine\n");
    terminal.git("cantine", &["add", "-A"]).ok();
    terminal.git("cantine", &["commit", "-q", "-m", "Commencer"]).ok();
    let named = ["publish", "--owner", SPACE, "--name", "cantine", "--yes", "--json"];
    let published = terminal.forge("cantine", &named);
    published.ok();
    assert_eq!(published.json()["visibility"], "public");
    let call = format!(
        "space = \"{SPACE}\"\ntitle = \"La cantine\"\nneed = \"Des repas.\"\n\
         modules = [\"{SPACE}/cantine\"]\ntarget = \"48000.00\"\ndeadline = {}\n\
         rule = {{ kind = \"population\" }}\n",
        day(30)
    );
    terminal.write("call.toml", &call);
    let drafted = lead.forge(&["call", "new", "--from", "call.toml"]);
    let reference = drafted["ref"].as_str().unwrap().to_owned();
    assert_eq!(drafted["state"], "draft");
    assert_eq!(lead.forge(&["call", "publish", &reference])["state"], "open");
    reference
}

/// Asks until it is so: the job runs by itself when the clock says so.
fn wait_for(api: &Api, path: &str, so: impl Fn(&Value) -> bool) -> Value {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let answer = api.get(path);
        if answer.status == 200 && so(&answer.body) {
            return answer.body;
        }
        assert!(Instant::now() < until, "{path} stays {answer:#?}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// What the rule gives, computed without a server.
fn computed(terminal: &Terminal, councils: &[(&str, u32, &str)]) -> Value {
    let councils: Vec<_> = councils
        .iter()
        .map(|(id, population, ceiling)| {
            json!({ "id": id, "population": population, "ceiling": ceiling })
        })
        .collect();
    let question = json!({
        "currency": "EUR", "total": "48000.00", "rule": { "kind": "population" },
        "councils": councils,
    });
    terminal.write("share.json", &question.to_string());
    let computed = terminal.forge("", &["share", "compute", "--from", "share.json", "--json"]);
    computed.ok();
    computed.json()["shares"].clone()
}

/// The kinds of the entries of the ledger, in their order.
fn kinds(api: &Api) -> Vec<String> {
    let entries = api.get(&format!("/api/v1/spaces/{SPACE}/ledger?limit=50")).body;
    let kind = |entry: &Value| entry["entry"]["kind"].as_str().unwrap().to_owned();
    entries.as_array().unwrap().iter().map(kind).collect()
}

/// A citizen clones what the space publishes and checks it where no forge can be reached.
fn verify_from_a_clone(forge: &Forge, entries: usize) {
    let citizen = Terminal::new();
    let until = Instant::now() + Duration::from_secs(20);
    for attempt in 0.. {
        // The ledger is published by a job of its own, after what it tells of.
        let clone = format!("meta-{attempt}");
        let meta = forge.remote(&format!("{SPACE}/meta"), None);
        citizen.git("", &["clone", "-q", &meta, &clone]).ok();
        let verified = citizen.forge("", &["ledger", "verify", "--repo", &clone, "--json"]);
        if verified.code == Some(0) && verified.json()["entries"] == entries {
            return;
        }
        assert!(Instant::now() < until, "{verified:#?}");
        thread::sleep(Duration::from_millis(50));
    }
}

on_both! {
    /// Nobody opens a browser.
    fn by_commands_alone(engine) {
        let founded = Founded::by_commands(engine);
        founded.pledge();
        let Founded { forge, lead, call, .. } = &founded;
        let before = lead.forge(&["call", "view", call]);
        assert_ne!(before["state"], "confirmed", "nothing is decided before its time");
        founded.pass_the_deadline();
        let decided = founded.decided();
        assert_eq!(decided["state"], "confirmed", "{decided:#}");

        let firm = [("aubervac", 12_345, "30000.00"), ("corbelle", 45_678, "48000.00")];
        let expected = computed(&lead.terminal, &firm);
        let pledges = forge.api(None).get(&format!("/api/v1/calls/{call}/pledges")).body;
        for pledge in pledges.as_array().unwrap() {
            let council = pledge["council"].as_str().unwrap();
            if council == "belrive" {
                assert_eq!(pledge["state"], "lapsed");
            } else {
                assert_eq!(pledge["state"], "confirmed");
                assert_eq!(pledge["final_share"]["net"], expected[council], "{council}");
            }
        }
        let entries = kinds(&forge.api(None));
        verify_from_a_clone(forge, entries.len());
        let said = forge.command(&["verify"]);
        said.ok();
    }

    /// The server is killed as the deadline passes, several times over, and once more when all is
    /// done: the call is decided once.
    fn a_deadline_is_decided_once_across_restarts(engine) {
        let mut founded = Founded::by_commands(engine);
        founded.pledge();
        let before = kinds(&founded.forge.api(None));
        for _ in 0..3 {
            founded.pass_the_deadline();
            founded.forge.kill();
            founded.forge.start_again();
        }
        founded.pass_the_deadline();
        assert_eq!(founded.decided()["state"], "confirmed");
        let after = kinds(&founded.forge.api(None));
        founded.forge.stop();
        founded.forge.start_again();
        founded.pass_the_deadline();
        assert_eq!(kinds(&founded.forge.api(None)), after);
        let count = |kinds: &[String], kind: &str| kinds.iter().filter(|it| *it == kind).count();
        assert_eq!(count(&before, "pledge.confirmed"), 0, "{before:?}");
        assert_eq!(count(&after, "pledge.confirmed"), 2, "one each: {after:?}");
        verify_from_a_clone(&founded.forge, after.len());
        assert!(!founded.lead.token.is_empty());
    }
}
