//! Bad input gets a clear error, and nothing is lost. What is refused over git's own protocol is in
//! `git.rs`; a port in use and a folder that cannot be written to are in `serving.rs`.

use std::fs;

use forge_store::migrations;
use forge_tests::{
    Database, Engine, Forge, Terminal, Town,
    engine::block_on,
    on_both, source,
    town::{self, day, done},
};
use serde_json::{Value, json};

/// A space of two councils with an open call and somebody who may sign for one of them.
struct Fund {
    forge: Forge,
    lead: String,
    signatory: String,
    call: String,
}

impl Fund {
    fn open(engine: Engine) -> Self {
        let forge = Forge::with(engine).on_the_real_clock().start();
        let town = Town::found(&forge);
        town.council("aubervac", 12_345);
        let lead = town.member("lise", "aubervac", "lead");
        let signatory = town.signatory("simone", "aubervac", "60000.00");
        town.space("enfance", "aubervac", &lead);
        let api = forge.api(Some(&lead));
        let drafted =
            api.send("POST", "/api/v1/spaces/enfance/calls", &town::call("La cantine", day(30)));
        let call = done(&drafted)["ref"].as_str().unwrap().to_owned();
        done(&api.send("POST", &format!("/api/v1/calls/{call}/publish"), &json!({})));
        Self { forge, lead, signatory, call }
    }

    /// Refused with a status and a code; nobody's pledge, nor the ledger, has changed.
    #[track_caller]
    fn refuses(&self, body: &Value, status: u16, code: &str) {
        let pledges = format!("/api/v1/calls/{}/pledges", self.call);
        let ledger = "/api/v1/spaces/enfance/ledger";
        let reader = self.forge.api(None);
        let before = (reader.get(&pledges).body, reader.get(ledger).body);
        let answer = self.forge.api(Some(&self.signatory)).send("POST", &pledges, body);
        assert_eq!(answer.status, status, "{answer:#?}");
        assert_eq!(answer.body["code"], code, "{answer:#?}");
        let message = answer.body["message"].as_str().unwrap();
        assert!(message.len() > 15 && message.ends_with('.'), "{message}");
        assert_eq!((reader.get(&pledges).body, reader.get(ledger).body), before);
    }
}

on_both! {
    /// Amounts are exact, and no pledge goes above what an act or a mandate allows.
    fn a_pledge_that_is_wrong_is_refused_with_its_reason(engine) {
        let fund = Fund::open(engine);
        let with = |ceiling: Value| {
            let mut body = town::pledge("aubervac", "0");
            body["ceiling"] = ceiling;
            body
        };
        fund.refuses(&with(json!("1000.005")), 422, "invalid_amount");
        fund.refuses(&with(json!("50 000,0x")), 422, "invalid_amount");
        fund.refuses(&with(json!("-5")), 422, "invalid_amount");
        fund.refuses(&with(json!("0.00")), 422, "amount_zero");
        fund.refuses(&with(json!("99999999999999999999")), 422, "overflow");
        fund.refuses(&with(json!("10000.00")), 422, "ceiling_exceeded");
        fund.refuses(&with(json!("60000.01")), 403, "mandate_exceeded");
        let mut tomorrow = with(json!("50000.00"));
        tomorrow["evidence"]["date"] = json!(day(3).to_string());
        fund.refuses(&tomorrow, 422, "evidence_incomplete");
        let mut unknown = with(json!("50000.00"));
        unknown["evidence"]["kind"] = json!("promise");
        fund.refuses(&unknown, 422, "evidence_incomplete");
    }

    /// What the command line says, and with which status it ends.
    fn the_command_line_ends_with_the_status_of_the_refusal(engine) {
        let fund = Fund::open(engine);
        let signs = fund.forge.terminal().signed_in(&fund.signatory);
        let commit = |ceiling: &str, date: &str| {
            signs.forge("", &[
                "pledge", "commit", &fund.call, "--council", "aubervac", "--ceiling", ceiling,
                "--kind", "deliberation", "--number", "1", "--date", date, "--yes", "--json",
            ])
        };
        let said = commit("1000.005", &day(-1).to_string());
        assert!(matches!(said.code, Some(1 | 2)), "{said:#?}");
        commit("60000.01", &day(-1).to_string()).fails(3);
        let signs = fund.forge.terminal().signed_in(&fund.signatory).with("LC_ALL", "fr_FR.UTF-8");
        let refused = signs.forge("", &[
            "pledge", "commit", &fund.call, "--council", "aubervac", "--ceiling", "60000.01",
            "--kind", "deliberation", "--number", "1", "--date", &day(-1).to_string(), "--yes",
        ]);
        assert!(refused.fails(3).contains("Votre délégation"), "{refused:#?}");
        signs.forge("", &["pledge", "show", "PLG-2026-9999", "--json"]).fails(4);
        signs.forge("", &["call", "view", "CALL-2026-9999"]).fails(4);
        let wrong = fund.forge.terminal().signed_in(&"0".repeat(40));
        wrong.forge("", &["me"]).fails(3);
        let nobody = fund.forge.terminal();
        nobody.forge("", &["me"]).fails(3);
        let said = nobody.with("FORGE_HOST", "http://127.0.0.1:1").forge("", &["call", "list"]);
        assert!(said.fails(1).contains("127.0.0.1:1"), "{said:#?}");
    }

    /// A deadline is ahead when a call is published, by the days the law gives councils.
    fn a_deadline_in_the_past_is_refused(engine) {
        let fund = Fund::open(engine);
        let api = fund.forge.api(Some(&fund.lead));
        for deadline in [day(-1), day(0), day(1)] {
            let new = town::call("Trop tard", deadline);
            let mut answer = api.send("POST", "/api/v1/spaces/enfance/calls", &new);
            if answer.status == 201 {
                let call = answer.body["ref"].as_str().unwrap().to_owned();
                answer = api.send("POST", &format!("/api/v1/calls/{call}/publish"), &json!({}));
            }
            assert_eq!(answer.status, 422, "{deadline}: {answer:#?}");
            let text = answer.body.to_string();
            assert!(text.contains("deadline"), "{text}");
        }
        let open = fund.forge.api(None).get("/api/v1/calls").body;
        assert_eq!(open.as_array().unwrap().len(), 1, "{open:#}");
    }

    /// A token that is none is no visitor, even where visitors may read.
    fn a_wrong_token_and_an_unknown_thing_are_told(engine) {
        let fund = Fund::open(engine);
        let wrong = fund.forge.api(Some(&"0".repeat(40)));
        assert_eq!(wrong.get("/api/v1/spaces/enfance").status, 401);
        assert_eq!(wrong.get(&format!("/api/v1/calls/{}", fund.call)).status, 401);
        let api = fund.forge.api(Some(&fund.signatory));
        for path in [
            "/api/v1/repos/enfance/rien", "/api/v1/repos/rien/rien", "/api/v1/spaces/rien",
            "/api/v1/councils/rien", "/api/v1/calls/CALL-1999-0001", "/api/v1/pledges/PLG-1",
            "/api/v1/repos/enfance/rien/raw/README.md", "/api/v1/repositories/x", "/api/v1/rien",
        ] {
            assert_eq!(api.get(path).status, 404, "{path}");
        }
        for (body, code) in [("{", "body_invalid"), ("[1]", "body_invalid")] {
            let path = format!("/api/v1/calls/{}/pledges", fund.call);
            let answer = api.post(&path, "application/json", body.as_bytes());
            assert_eq!((answer.status, &answer.body["code"]), (422, &json!(code)), "{answer:#?}");
        }
        let path = format!("/api/v1/calls/{}/pledges", fund.call);
        let answer = api.post(&path, "text/plain", b"{}");
        assert_eq!(answer.body["code"], "body_not_json", "{answer:#?}");
    }

    /// A program that was rolled back must not write where a later one has.
    fn a_newer_database_is_a_sentence_and_stays_as_it_is(engine) {
        let mut forge = Forge::with(engine).on_the_real_clock().start();
        forge.stop();
        let newer = migrations::latest() + 1;
        let sql = format!(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             select {newer}, 'of tomorrow', success, checksum, execution_time
             from _sqlx_migrations where version = 1"
        );
        block_on(forge.database().execute(&[&sql])).unwrap();
        let said = forge.command(&["serve"]).fails(1);
        assert!(said.contains(&newer.to_string()) && !said.contains("panicked"), "{said}");
        assert!(said.lines().count() < 5, "{said}");
        for command in [
            &["admin", "invite-link"][..],
            &["backup", "never.tar"],
            &["verify"],
            &["migrate", "--check"],
        ] {
            let said = forge.command(command).fails(1);
            assert!(said.contains(&newer.to_string()), "{said}");
        }
        let undone = format!("delete from _sqlx_migrations where version = {newer}");
        block_on(forge.database().execute(&[&undone])).unwrap();
        forge.start_again();
        assert_eq!(forge.browser().get("/-/health").status(), 200);
    }
}

/// Where a repository is expected and there is a file, a folder or half of one.
#[test]
fn what_is_no_repository_is_told() {
    let nobody = Terminal::new();
    nobody.write("file", "not a repository");
    nobody.write("folder/README.md", "# Rien\n");
    nobody.write("half/.git/HEAD", "ref: refs/heads/main\n");
    for place in ["file", "folder", "half", "absent"] {
        let said = nobody.forge("", &["ledger", "verify", "--repo", place]);
        assert!(matches!(said.code, Some(1 | 2 | 4)), "{said:#?}");
        let words = format!("{}{}", said.stdout, said.stderr);
        assert!(words.contains(place) && !words.contains("panicked"), "{words}");
    }
    let said = nobody.forge("folder", &["publish", "--check"]);
    assert!(matches!(said.code, Some(1 | 2)), "{said:#?}");
    assert!(said.stderr.contains("git"), "{said:#?}");
}

/// The folder of a repository that was damaged by hand: its pages and clones fail, nothing else.
#[test]
fn a_repository_that_is_a_file_hurts_nobody_else() {
    let forge = Forge::with(Engine::Sqlite).on_the_real_clock().start();
    let town = Town::found(&forge);
    town.council("aubervac", 12_345);
    let token = town.member("nadia", "aubervac", "maintainer");
    let api = forge.api(Some(&token));
    for name in ["saine", "malade"] {
        done(&api.send("POST", "/api/v1/orgs/aubervac/repos", &json!({ "name": name })));
        let work = forge.terminal();
        work.git("", &["init", "-q", "work"]).ok();
        work.git("work", &["commit", "-q", "--allow-empty", "-m", "Commencer"]).ok();
        let remote = forge.remote(&format!("aubervac/{name}"), Some(&token));
        work.git("work", &["push", "-q", &remote, "main"]).ok();
        if name == "saine" {
            continue;
        }
        let before = super::git::repositories(&forge);
        assert_eq!(before.len(), 2, "{before:?}");
        // UUIDv7: the younger sorts last.
        let last = before.last().unwrap();
        fs::remove_dir_all(last).unwrap();
        fs::write(last, "not a repository").unwrap();
    }
    let healthy = forge.remote("aubervac/saine", Some(&token));
    let sick = forge.remote("aubervac/malade", Some(&token));
    let work = forge.terminal();
    let said = work.git("", &["clone", &sick, "malade"]).fails(128);
    assert!(said.contains("500") || said.contains("404"), "{said}");
    work.git("", &["clone", "-q", &healthy, "saine"]).ok();
    let said = forge.command(&["verify"]);
    assert_ne!(said.code, Some(0), "{said:#?}");
    assert!(format!("{}{}", said.stdout, said.stderr).contains("malade"), "{said:#?}");
}

/// A code without a sentence would reach a person as its bare key.
#[test]
fn every_refusal_has_a_sentence_in_both_languages() {
    let mut codes = Vec::new();
    for source in source::rust().into_iter().filter(|source| !source.is_test()) {
        match source.package() {
            "forge-server" => codes.extend(refusals(&source.text)),
            // What a check of a ledger finds is a fault, not a refusal.
            "forge-domain" if !source.path.contains("/ledger/") => {
                codes.extend(own_codes(&source.text));
            }
            _ => {}
        }
    }
    codes.sort();
    codes.dedup();
    assert!(codes.len() > 80, "{codes:?}");
    for language in ["fr", "en"] {
        let folder = source::root().join("themes/default/locales").join(language);
        let files = fs::read_dir(folder).unwrap().flatten();
        let texts: String =
            files.map(|file| fs::read_to_string(file.path()).unwrap() + "\n").collect();
        let keys: Vec<_> = texts
            .lines()
            .filter_map(|line| line.strip_prefix("refusal-")?.split_once(" ="))
            .map(|(key, _)| key.replace('-', "_"))
            .collect();
        let unsaid: Vec<_> = codes.iter().filter(|code| !keys.contains(code)).collect();
        assert_eq!(unsaid, Vec::<&String>::new(), "in {language}");
    }
}

/// The codes that the server gives by name: the last text of these calls.
fn refusals(text: &str) -> Vec<String> {
    let calls = ["Refusal::new(", "Refusal::field(", "Error::refused(", "wrong(", "conflict("];
    let found = calls.iter().flat_map(|call| text.split(call).skip(1));
    let last = |rest: &str| {
        let arguments = rest.split(')').next()?;
        let literal = arguments.rsplit('"').nth(1)?;
        let after = arguments.rsplit('"').next()?.trim().trim_matches(',');
        (after.is_empty() && is_code(literal)).then(|| literal.to_owned())
    };
    found.filter_map(last).collect()
}

/// The codes of the pure rules: what their functions `code` give.
fn own_codes(text: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for body in text.split("fn code(").skip(1) {
        let body = body.split("\n    }\n").next().unwrap_or_default();
        let arms = body.lines().filter_map(|line| line.split_once("=> \""));
        codes.extend(arms.filter_map(|(_, code)| Some(code.split_once('"')?.0.to_owned())));
    }
    codes.retain(|code| is_code(code));
    codes
}

fn is_code(text: &str) -> bool {
    text.contains('_') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Both engines share one PostgreSQL; a URL that leads nowhere is a sentence.
#[test]
fn a_database_that_does_not_answer_is_a_sentence() {
    let _kept = Database::fresh(Engine::Postgres);
    let setup = Forge::with(Engine::Sqlite).on_the_real_clock();
    let url = "postgres://nobody:mot-de-passe@127.0.0.1:1/none";
    let said = setup.set("FORGE_DATABASE_URL", url).refused().fails(1);
    assert!(!said.contains("panicked") && !said.contains("mot-de-passe"), "{said}");
}
