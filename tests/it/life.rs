//! Example E19 played on real servers through each door: pages, commands and the API. A space is
//! founded, gives itself a charter, drafts a call, is pledged to, delivers a tag that was pushed,
//! pays, gives back and closes. Whichever way people came, the ledger is the same to the last cent.

mod api;
mod command;
mod pages;
mod work;

use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

use forge_tests::{
    Engine, Forge, Terminal, on_both,
    town::{Town, day, done},
};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::auditing::audited;

use self::{api::ByApi, command::ByCommand, pages::ByPage};

/// Who takes part: inhabitants, the ceiling its act allows, and what it owes in the end.
const COUNCILS: [(&str, u32, &str, &str); 3] = [
    ("aubervac", 12_345, "13000.00", "12672.22"),
    ("belrive", 3_210, "4000.00", "3295.09"),
    ("corbelle", 45_678, "47000.00", "46888.77"),
];

/// The days of the story, from the first.
const CHARTER_VOTED: i32 = 31;
const DEADLINE: i32 = 61;
const ACCEPTED: i32 = 78;

const SHEET: &str = r#"publiccodeYmlVersion: "0"
name: Permis
url: https://forge.example/enfance/permis
platforms: [web]
developmentStatus: stable
softwareType: standalone/web
description:
  fr:
    shortDescription: Suivre son permis de construire.
    longDescription: >
      Ce module permet aux habitants de déposer leur permis de construire en ligne, de suivre son
      instruction et de recevoir une notification à chaque étape, sans se déplacer en mairie.
    features: [Dépôt, Suivi]
legal:
  license: EUPL-1.2
maintenance:
  type: none
localisation:
  localisationReady: true
  availableLanguages: [fr]
"#;

/// A server on which three councils have their people, and nothing else has happened.
pub struct Stage {
    forge: Forge,
    tokens: Vec<(String, String)>,
    call: RefCell<String>,
    day: Cell<i32>,
    /// A working copy of the module.
    copy: Terminal,
}

impl Stage {
    fn set(engine: Engine) -> Self {
        let forge = Forge::start(engine);
        let mut tokens = Vec::new();
        {
            let town = Town::found(&forge);
            for (council, population, ..) in COUNCILS {
                town.council(council, population);
                for role in ["lead", "finance"] {
                    let login = format!("{council}-{role}");
                    tokens.push((login.clone(), town.member(&login, council, role)));
                }
                let login = format!("{council}-sig");
                tokens.push((login.clone(), town.signatory(&login, council, "50000")));
            }
            let login = "aubervac-dev".to_owned();
            tokens.push((login.clone(), town.member(&login, "aubervac", "maintainer")));
        }
        let known = |login: &str| token_of(&tokens, login).to_owned();
        let copy = forge.terminal().signed_in(&known("aubervac-lead"));
        copy.git("", &["init", "-q", "permis"]).ok();
        for (name, text) in
            [("LICENSE", "EUPL-1.2\n"), ("README.md", "# Permis\n"), ("publiccode.yml", SHEET)]
        {
            copy.write(&format!("permis/{name}"), text);
        }
        copy.git("permis", &["add", "-A"]).ok();
        copy.git("permis", &["commit", "-q", "-m", "Premiers pas"]).ok();
        let (call, day) = (RefCell::default(), Cell::new(0));
        Self { forge, tokens, call, day, copy }
    }

    /// E19 played to its end by programs, for tests of what is left of it.
    pub fn played(engine: Engine) -> Self {
        let stage = Self::set(engine);
        stage.play(&ByApi);
        stage
    }

    /// The server it was played on.
    pub fn forge(&self) -> &Forge {
        &self.forge
    }

    fn token(&self, login: &str) -> &str {
        token_of(&self.tokens, login)
    }

    /// The reference of its call.
    pub fn call(&self) -> String {
        self.call.borrow().clone()
    }

    fn today(&self) -> Date {
        day(self.day.get())
    }

    /// Noon of a day of the story.
    fn wakes_on(&self, on: i32) {
        self.day.set(on);
        self.forge.set_clock(&format!("{}T12:00:00Z", self.today()));
    }

    /// Asks the API in the name of who follows the money.
    fn asked(&self, path: &str) -> Value {
        let api = self.forge.api(Some(self.token("aubervac-finance")));
        done(&api.get(&format!("/api/v1/{path}"))).clone()
    }

    fn as_told(&self, path: &str) -> Value {
        self.asked(&format!("calls/{}/{path}", self.call()))
    }

    /// The newest of a list of the call, by its reference.
    fn newest(&self, list: &str) -> String {
        let told = self.as_told(list);
        told.as_array().unwrap().last().unwrap()["ref"].as_str().unwrap().to_owned()
    }

    /// The reference of the vote that is open.
    fn vote(&self) -> String {
        let told = self.asked("spaces/enfance/votes");
        let open = told.as_array().unwrap().iter().find(|vote| vote["state"] == "open");
        open.unwrap()["reference"].as_str().unwrap().to_owned()
    }

    /// The reference of a council's pledge.
    fn pledge(&self, council: &str) -> String {
        let told = self.as_told("pledges");
        let own = told.as_array().unwrap().iter().find(|pledge| pledge["council"] == council);
        own.unwrap()["ref"].as_str().unwrap().to_owned()
    }

    fn is(&self, state: &str) -> bool {
        self.asked(&format!("calls/{}", self.call()))["state"] == state
    }

    /// Has every council say yes to the open vote, and waits until it was carried out.
    fn passes(&self, door: &dyn Door, councils: &[&str], until: (i32, &str)) {
        let vote = self.vote();
        for council in councils {
            door.ballot(self, &format!("{council}-sig"), (&vote, council));
        }
        self.wakes_on(until.0);
        eventually(until.1, || self.asked(&format!("votes/{vote}"))["state"] == "passed");
    }

    /// From an empty server to a call that is open: a space, its charter, members and code.
    fn opens(&self, door: &dyn Door) {
        door.found(self);
        let told = self.asked("spaces/enfance/charter");
        let machine = told["machine"].as_str().unwrap().replacen("version = 1", "version = 2", 1);
        let machine = machine + work::TERMS;
        let text = format!("{}\nNous payons ensemble.\n", told["text"].as_str().unwrap());
        door.propose(self, (&text, &machine));
        self.passes(door, &["aubervac"], (CHARTER_VOTED, "the charter is adopted"));
        eventually("the charter is in force", || {
            self.asked("spaces/enfance/charter")["text"].as_str().unwrap().contains("ensemble")
        });
        for council in ["belrive", "corbelle"] {
            door.join(self, council);
            door.admit(self, council);
        }
        door.module(self);
        *self.call.borrow_mut() = door.draft(self);
        assert_eq!(door.foresee(self), "3295.09", "what falls to Belrive if all three join");
        door.publish(self);
    }

    /// From an open call to work that its funders accepted.
    fn delivers(&self, door: &dyn Door) {
        for (council, _, ceiling, _) in COUNCILS {
            door.commit(self, council, ceiling);
            door.check(self, council);
        }
        assert!(self.is("reached"), "{}", self.asked(&format!("calls/{}", self.call())));
        self.wakes_on(DEADLINE);
        eventually("the call is confirmed at its deadline", || self.is("confirmed"));
        for (council, _, _, due) in COUNCILS {
            let pledge = self.asked(&format!("pledges/{}", self.pledge(council)));
            assert_eq!(pledge["final_share"]["gross"], due);
        }
        door.secure(self);
        door.contract(self);
        assert!(self.is("executing"));
        self.works(door);
        self.copy.git("permis", &["tag", "-a", "v1.0", "-m", "Permis"]).ok();
        let remote = self.forge.remote("enfance/permis", Some(self.token("aubervac-lead")));
        self.copy.git("permis", &["push", "-q", &remote, "HEAD:refs/heads/main", "v1.0"]).ok();
        door.deliver(self, "v1.0");
        let tag = self.copy.git("permis", &["rev-parse", "v1.0"]).ok().trim().to_owned();
        let delivered = &self.as_told("milestones")[0]["deliveries"][0];
        assert_eq!(delivered["swhid"], format!("swh:1:rel:{tag}"), "{delivered}");
        assert_eq!(delivered["licence_fits"], true);
        door.accept(self);
        let all = COUNCILS.map(|(council, ..)| council);
        self.passes(door, &all, (ACCEPTED, "the milestone is accepted"));
        eventually("the last milestone settles the call", || self.is("settling"));
    }

    /// From the last call for funds to books that are closed.
    fn settles(&self, door: &dyn Door) {
        let fc = door.call(self);
        for (council, _, _, gross) in COUNCILS {
            door.declare(self, (&fc, council, gross));
            door.acknowledge(self, &self.newest("payments"));
        }
        door.receive(self);
        door.invoice(self);
        let invoice = self.newest("invoices");
        door.approve(self, "aubervac-finance", &invoice);
        door.approve(self, "aubervac-lead", &invoice);
        door.pay(self, &invoice);
        door.plan(self);
        for refund in self.as_told("refunds").as_array().unwrap() {
            door.refund(self, refund["ref"].as_str().unwrap());
        }
        door.sign(self, "aubervac-lead");
        door.sign(self, "aubervac-finance");
        assert!(self.is("closed"));
    }

    /// Plays E19 through a door, and holds its ledger against the published one.
    fn play(&self, door: &dyn Door) {
        self.opens(door);
        self.delivers(door);
        self.settles(door);
        assert_eq!(self.journal(), work::with_days(e19()));
        let report = self.as_told("closing/report");
        assert_eq!(report["totals"]["difference"], "0.00");
        assert_eq!(report["accounts_not_at_zero"], json!([]));
        self.reports_work(&report);
        self.is_witnessed();
    }

    /// Who clones the meta-repository finds the whole ledger there, signed.
    fn is_witnessed(&self) {
        let entries = i64::try_from(self.journal().len()).unwrap();
        let visitor = self.forge.terminal();
        eventually("the last entry is signed", || {
            visitor.forge("", &["ledger", "verify", "enfance", "--json"]).json()["entries"]
                == entries
        });
        let clone = format!("{}/enfance/meta.git", self.forge.url(""));
        visitor.git("", &["clone", "-q", &clone, "meta"]).ok();
        let alone = visitor.forge("", &["ledger", "verify", "--repo", "meta", "--json"]);
        alone.ok();
        let told = alone.json();
        assert_eq!((&told["verified"], &told["entries"]), (&json!(true), &json!(entries)));
    }

    /// The ledger without its ids and times: what happened, for whom, on how many documents, and
    /// what it moved.
    fn journal(&self) -> Vec<Value> {
        let entries = self.forge.api(None).get("/api/v1/spaces/enfance/ledger?limit=50");
        let told = |one: &Value| {
            let entry = &one["entry"];
            let documents = entry["evidence"].as_array().unwrap().len();
            json!([entry["kind"], entry["council"], documents, entry["postings"]])
        };
        done(&entries).as_array().unwrap().iter().map(told).collect()
    }
}

/// The published journal of E19, with the two votes of the story where they were closed.
fn e19() -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("../vectors.json")).unwrap();
    let mut journal = vec![json!(["vote.closed", null, 1, []])];
    for one in vectors["E19"]["journal"].as_array().unwrap() {
        let kind = one[0].as_str().unwrap();
        let about = |account: &str| {
            ["commitments/council/", "funds/receivable/council/", "funds/payable/refund/council/"]
                .iter()
                .find_map(|before| account.strip_prefix(before).map(str::to_owned))
        };
        let accounts = one[1].as_array().unwrap();
        let named = accounts.iter().find_map(|line| about(line[0].as_str().unwrap()));
        let council = named.filter(|_| kind != "closing.appropriation");
        // A pledge rests on the file of its act, its confirmation on the inputs that were frozen, a
        // call for funds on its calculation.
        let documents = match kind {
            "pledge.firm" | "pledge.confirmed" | "funds_call.issued" => 1,
            _ => 0,
        };
        journal.push(json!([kind, council, documents, one[1]]));
        if kind == "grant.secured" {
            journal.push(json!(["vote.closed", null, 1, []]));
        }
    }
    journal
}

fn token_of<'a>(tokens: &'a [(String, String)], login: &str) -> &'a str {
    let found = tokens.iter().find(|(known, _)| known == login);
    &found.unwrap_or_else(|| panic!("nobody is {login}")).1
}

/// Waits for what a job does; each look is a request, so the machine is not kept busy.
#[track_caller]
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < patience, "not in a minute: {what}");
    }
}

/// One way in, for every act of the story. The lead of Aubervac carries the call, its maintainer
/// delivers, and its finance officer carries the money.
trait Door {
    fn found(&self, stage: &Stage);
    fn propose(&self, stage: &Stage, charter: (&str, &str));
    fn ballot(&self, stage: &Stage, who: &str, vote: (&str, &str));
    fn join(&self, stage: &Stage, council: &str);
    fn admit(&self, stage: &Stage, council: &str);
    /// Makes the module in the space.
    fn module(&self, stage: &Stage);
    /// The reference of the draft.
    fn draft(&self, stage: &Stage) -> String;
    /// What would fall to Belrive if all three councils joined.
    fn foresee(&self, stage: &Stage) -> String;
    fn publish(&self, stage: &Stage);
    fn commit(&self, stage: &Stage, council: &str, ceiling: &str);
    fn check(&self, stage: &Stage, council: &str);
    fn secure(&self, stage: &Stage);
    fn contract(&self, stage: &Stage);
    /// Offers two days of work of a council, in its lead's name.
    fn offer_work(&self, stage: &Stage, council: &str);
    fn agree_work(&self, stage: &Stage, work: &str);
    /// Says that the days were given.
    fn give_work(&self, stage: &Stage, work: &str);
    fn deliver(&self, stage: &Stage, tag: &str);
    fn accept(&self, stage: &Stage);
    /// The reference of the call for funds that was issued.
    fn call(&self, stage: &Stage) -> String;
    fn declare(&self, stage: &Stage, paid: (&str, &str, &str));
    fn acknowledge(&self, stage: &Stage, payment: &str);
    fn receive(&self, stage: &Stage);
    fn invoice(&self, stage: &Stage);
    fn approve(&self, stage: &Stage, who: &str, invoice: &str);
    fn pay(&self, stage: &Stage, invoice: &str);
    fn plan(&self, stage: &Stage);
    fn refund(&self, stage: &Stage, refund: &str);
    fn sign(&self, stage: &Stage, who: &str);
}

on_both! {
    /// And an auditor takes it away, and finds it again.
    fn e19_by_the_api(engine) {
        let stage = Stage::played(engine);
        audited(&stage);
    }

    fn e19_by_command(engine) {
        Stage::set(engine).play(&ByCommand);
    }

    /// And whoever comes by reads what the money became, in both languages, without an account.
    fn e19_by_page(engine) {
        let stage = Stage::set(engine);
        stage.play(&ByPage::default());
        let anyone = stage.forge.browser();
        let call = format!("/enfance/-/calls/{}", stage.call());
        for language in ["fr", "en"] {
            let closing = anyone.get(&format!("{call}/closing?lang={language}"));
            assert!(closing.says("EUPL-1.2"), "{}", closing.text("main"));
            let funds = anyone.get(&format!("{call}/funds?lang={language}"));
            assert!(funds.says("FC-"), "{}", funds.text("main"));
        }
        let fc = stage.newest("funds-calls");
        let statement = anyone.get(&format!("{call}/funds/{fc}/statement/belrive?lang=fr"));
        assert!(statement.says("3\u{202f}295,09\u{a0}€"), "{}", statement.text("main"));
        assert!(statement.says("3\u{202f}210 sur 61\u{202f}233"), "{}", statement.text("main"));
        let pack = anyone.get(&format!("{call}/pack/belrive?lang=fr"));
        assert!(pack.says("4\u{202f}000,00\u{a0}€ TTC"), "{}", pack.text("main"));
        let csv = anyone.get(&format!("/api/v1/funds-calls/{fc}/statement.csv?council=belrive"));
        let text = String::from_utf8_lossy(csv.bytes()).into_owned();
        let amounts = "2527.48,767.61,3295.09,EUR";
        let row = format!(",belrive,,,Quote-part jalon M1 {0},{amounts},{0},M1,", stage.call());
        assert!(text.contains(&row), "{text}");
        // Bank references are for auditors and the two sides.
        assert!(!anyone.get(&format!("{call}/funds")).says("Référence bancaire"));
    }
}
