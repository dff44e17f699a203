//! From an empty server to a confirmed call, by command alone, and what the commands say when
//! something is wrong.

use std::time::{Duration, Instant};

use forge_tests::{Engine, Forge, Terminal, on_both, town::day};
use serde_json::{Value, json};

/// People at their terminals, on a server that was empty.
pub struct People {
    pub forge: Forge,
    pub root: Terminal,
    pub ada: Terminal,
    pub bea: Terminal,
}

impl People {
    fn start(engine: Engine) -> Self {
        let forge = Forge::start(engine);
        let account = |login: &str, more: &[&str]| {
            let address = format!("{login}@forge.example");
            let words = ["admin", "user", "create", "--login", login, "--name", login, "--email"];
            forge.command(&[&words[..], &[&address], more].concat()).ok();
            let words = ["admin", "token", "create", "--user", login, "--scope", "full"];
            let token = forge.command(&words);
            forge.terminal().signed_in(token.ok().trim())
        };
        let root = account("mairie", &["--administrator"]);
        let (ada, bea) = (account("ada", &[]), account("bea", &[]));
        Self { root, ada, bea, forge }
    }

    /// Two verified councils with a lead and a signatory each, in one space.
    pub fn settled(engine: Engine) -> Self {
        let people = Self::start(engine);
        let root = |words: &str| said(&people.root, words);
        for (council, count) in [("aubervac", 12_345), ("belrive", 3_210)] {
            let population = format!("municipale:2026:{count}");
            let names = format!("council register --slug {council} --name {council}");
            let made = root(&format!("{names} --population {population}"));
            assert_eq!(
                (&made["status"], &made["populations"][0]["value"]),
                (&json!("pending"), &json!(count))
            );
            assert_eq!(root(&format!("council verify {council}"))["status"], "verified");
        }
        // One comes by a link, the other is named.
        let link = root("member invite --council aubervac --role lead --email ada@forge.example");
        let link = link["url"].as_str().unwrap();
        assert_eq!(said(&people.ada, &format!("member accept {link}"))["accepted"], true);
        root("member role grant --council belrive --person bea --role lead");
        let until = day(300);
        for (person, council) in [("bea", "aubervac"), ("ada", "belrive")] {
            let them = format!("--council {council} --person {person}");
            root(&format!("member role grant {them} --role signatory"));
            root(&format!(
                "member mandate give {them} --max 50000 --until {until} --act-ref DEL-1"
            ));
        }
        let space = "space found --slug enfance --title Enfance --lead aubervac";
        assert_eq!(said(&people.ada, space)["lead"], "aubervac");
        said(&people.bea, "space join enfance --council belrive");
        let admitted = said(&people.ada, "space admit enfance --council belrive");
        assert_eq!(admitted["status"], "contributor");
        people
    }

    /// An open call of 60,000 euros in equal parts, and its reference.
    pub fn call(&self) -> String {
        let deadline = day(40);
        let text = format!(
            "title = \"Permis\"\nneed = \"Suivre son permis\"\ntarget = 60000\n\
             deadline = {deadline}\nrule = {{ kind = \"equal\" }}\n"
        );
        self.ada.write("call.toml", &text);
        let draft = said(&self.ada, "call new --space enfance --from call.toml");
        assert_eq!(draft["state"], "draft");
        let call = draft["ref"].as_str().unwrap().to_owned();
        assert_eq!(said(&self.ada, &format!("call publish {call}"))["state"], "open");
        call
    }

    pub fn commit(&self, who: &Terminal, call: &str, council: &str, ceiling: &str) -> Value {
        let act = format!("--kind deliberation --number 2026-112 --date {}", day(-3));
        let words = format!("pledge commit {call} --council {council} --ceiling {ceiling}");
        said(who, &format!("{words} {act} --yes"))
    }
}

#[track_caller]
pub fn said(who: &Terminal, words: &str) -> Value {
    let words: Vec<&str> = words.split(' ').chain(["--json"]).collect();
    let ran = who.forge("", &words);
    ran.ok();
    ran.json()
}

/// The code of a refusal, which has this exit status.
#[track_caller]
pub fn refused(who: &Terminal, words: &str, status: i32) -> String {
    let words: Vec<&str> = words.split(' ').chain(["--json"]).collect();
    let ran = who.forge("", &words);
    ran.fails(status);
    ran.json()["error"]["code"].as_str().unwrap().to_owned()
}

/// Waits for what a job does; each look is a command, so the machine is not kept busy.
#[track_caller]
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < patience, "not in a minute: {what}");
    }
}

on_both! {
    /// The whole line, and the ledger of it read from a clone.
    fn from_an_empty_server_to_a_confirmed_call(engine) {
        let people = People::settled(engine);
        let call = people.call();
        let intention = said(&people.bea, &format!("pledge intend {call} --council belrive"));
        assert_eq!(intention["state"], "intention");
        let firm = people.commit(&people.bea, &call, "aubervac", "40000");
        assert_eq!(firm["state"], "firm");
        assert_eq!(firm["ceiling"], "40000.00");
        assert_eq!(firm["share_now"], "40000.00", "alone, up to its ceiling");
        assert_eq!(firm["share_if_all_join"], "30000.00");
        let keys: Vec<&String> = firm.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["awaits", "ceiling", "ref", "share_if_all_join", "share_now", "state"]);
        let clone = format!("{}/enfance/meta.git", people.forge.url(""));
        let signed = || said(&people.root, "ledger verify enfance")["checkpoints"].as_i64();
        eventually("the first entry is signed", || signed() == Some(1));
        people.root.git("", &["clone", "-q", &clone, "older"]).ok();
        assert_eq!(people.commit(&people.ada, &call, "belrive", "35000")["share_now"], "30000.00");
        let without = said(&people.root, &format!("call simulate {call} --remove belrive"));
        assert_eq!(without["total_then"], "40000.00");
        assert_eq!(without["gap_then"], "20000.00");
        assert_eq!(without["verdict"], "fails");
        let backed = "--remove belrive --backstop 30000 --ceiling aubervac=45000 --curve belrive";
        let backed = said(&people.root, &format!("call simulate {call} {backed}"));
        let used = json!({"limit": "30000.00", "used": "15000.00", "missing": "0.00"});
        assert_eq!(backed["backstop"], used);
        assert_eq!(backed["curve"][1], json!({"councils": 2, "share": "30000.00"}));
        let words = ["call", "simulate", &call, "--remove", "belrive", "--csv"];
        let rows = people.root.forge("", &words).ok().to_owned();
        assert!(rows.contains("aubervac,firm,40000.00,30000.00,40000.00,EUR,net\r\n"), "{rows}");
        assert_eq!(said(&people.root, &format!("call view {call}"))["state"], "reached");
        people.forge.set_clock(&format!("{}T12:00:00Z", day(42)));
        eventually("the call is confirmed", || {
            said(&people.root, &format!("call view {call}"))["state"] == "confirmed"
        });
        let listed = said(&people.bea, "pledge list --council aubervac");
        assert_eq!(listed[0]["final_share"]["net"], "30000.00");
        let wait = || said(&people.root, "ledger verify enfance --repo older");
        eventually("all is signed", || wait()["checkpoints"].as_i64() > Some(1));
        assert_eq!(wait()["entries"], 4);
        people.root.git("", &["clone", "-q", &clone, "newer"]).ok();
        let alone = said(&people.root, "ledger verify --repo newer --against older");
        assert_eq!((&alone["verified"], &alone["entries"]), (&json!(true), &json!(4)));
        let entries = said(&people.root, "ledger view enfance");
        assert_eq!(entries[3]["entry"]["kind"], "pledge.confirmed");
    }

    /// The words say what one signs, and nothing happens unless the council is typed.
    fn a_council_is_bound_by_typing_its_name(engine) {
        let people = People::settled(engine);
        let call = people.call();
        let date = day(-3).to_string();
        let act = ["--kind", "deliberation", "--number", "7", "--date", &date, "--lang", "fr"];
        let words = ["pledge", "commit", &call, "--council", "aubervac", "--ceiling", "40 000,00"];
        let words = [&words[..], &act].concat();
        let ran = people.bea.forge_with("", &words, "belrive\n");
        let told = ran.fails(1);
        assert!(told.contains("délégation jusqu’à 50\u{202f}000,00\u{a0}€ par acte"), "{told}");
        assert!(told.contains("jamais plus de 40\u{202f}000,00\u{a0}€ HT"), "{told}");
        assert_eq!(said(&people.bea, "pledge list"), json!([]));
        let told = people.bea.forge_with("", &words, "Aubervac\n").ok().to_owned();
        assert!(told.contains("Engagement ferme") && told.contains("Écriture 1"), "{told}");
        // Taken back, it is counted no more; an intention is taken back by the same words.
        let back = format!("pledge withdraw {call} --council aubervac --reason Budget");
        assert_eq!(said(&people.bea, &back)["state"], "withdrawn");
        said(&people.bea, &format!("pledge intend {call} --council belrive --ceiling 10000"));
        let back = format!("pledge withdraw {call} --council belrive --reason Budget");
        // A lead declares, and says no for nobody.
        assert_eq!(refused(&people.bea, &back, 3), "other_council");
        assert_eq!(said(&people.ada, &back)["state"], "refused");
    }

    /// Each with its exit status, and nothing half done.
    fn what_cannot_be_is_refused_in_words(engine) {
        let people = People::settled(engine);
        let call = people.call();
        let commit = |council: &str, ceiling: &str| {
            let act = format!("--kind deliberation --number 7 --date {} --yes", day(-3));
            format!("pledge commit {call} --council {council} --ceiling {ceiling} {act}")
        };
        assert_eq!(refused(&people.bea, &commit("aubervac", "12000.555"), 1), "invalid_amount");
        assert_eq!(refused(&people.bea, &commit("aubervac", "50000.01"), 3), "mandate_exceeded");
        // Ada leads Aubervac and signs for Belrive only.
        assert_eq!(refused(&people.ada, &commit("aubervac", "40000"), 3), "other_council");
        assert_eq!(refused(&people.root, "call view CALL-2026-9999", 4), "not_found");
        assert_eq!(refused(&people.forge.terminal(), "me", 3), "not_signed_in");
        assert_eq!(refused(&people.ada, &format!("call publish {call}"), 5), "call_not_open");
        let words = "title = \"x\"\nneed = \"y\"\ntarget = 1\nrule = { kind = \"equal\" }\n";
        let past = format!("{words}deadline = {}\n", day(-1));
        people.ada.write("past.toml", &past);
        refused(&people.ada, "call new --space enfance --from past.toml", 1);
        people.ada.write("float.toml", &past.replace("target = 1", "target = 1.5"));
        let float = "call new --space enfance --from float.toml";
        assert_eq!(refused(&people.ada, float, 1), "invalid_call");
        assert_eq!(said(&people.ada, "call list --space enfance").as_array().unwrap().len(), 1);
        // A usage error is clap's, before anything is sent.
        people.ada.forge("", &["pledge", "commit", &call]).fails(2);
    }
}
