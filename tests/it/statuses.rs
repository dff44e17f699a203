//! What programs say of commits: handed in through the API and the client, shown on the page of the
//! commit (api.md §4.6).

use std::{
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use forge_tests::{Api, Engine, Forge, Terminal, Town, on_both};
use serde_json::{Value, json};

/// A public module with one commit, and its council's developer at a terminal with a copy of it.
struct Module {
    forge: Forge,
    dev: Terminal,
    token: String,
    commit: String,
}

const AT: &str = "/api/v1/repos/enfance/permis";

impl Module {
    fn start(engine: Engine) -> Self {
        let forge = Forge::with(engine).on_the_real_clock().start();
        let town = Town::found(&forge);
        town.council("aubervac", 12_345);
        let lead = town.member("lise", "aubervac", "lead");
        town.space("enfance", "aubervac", &lead);
        let token = town.member("dev", "aubervac", "developer");
        let lise = forge.terminal().signed_in(&lead);
        lise.git("", &["init", "-q", "permis"]).ok();
        lise.write("permis/LICENSE", "EUPL-1.2\n");
        lise.write("permis/README.md", "# Permis\n");
        lise.git("permis", &["add", "-A"]).ok();
        lise.git("permis", &["commit", "-q", "-m", "première"]).ok();
        let words = ["publish", "--owner", "enfance", "--name", "permis", "--yes", "--json"];
        lise.forge("permis", &words).ok();
        let dev = forge.terminal().signed_in(&token);
        dev.git("", &["clone", "-q", &format!("{}.git", forge.url("/enfance/permis"))]).ok();
        let commit = dev.git("permis", &["rev-parse", "HEAD"]).ok().trim().to_owned();
        Self { forge, dev, token, commit }
    }

    fn api(&self) -> Api {
        self.forge.api(Some(&self.token))
    }

    fn report(&self, body: &Value) -> Value {
        let made = self.api().send("POST", &format!("{AT}/statuses/{}", self.commit), body);
        assert_eq!(made.status, 201, "{made:#?}");
        made.body
    }

    fn combined(&self) -> Value {
        let told = self.forge.api(None).get(&format!("{AT}/commits/main/status"));
        assert_eq!(told.status, 200, "{told:#?}");
        told.body
    }

    /// Says through the client what a check found.
    fn set(&self, check: &str, state: &str) {
        self.dev.forge("permis", &["status", "set", "--context", check, "--state", state]).ok();
    }
}

on_both! {
    fn the_last_word_of_each_check_counts_and_the_worst_of_them(engine) {
        let module = Module::start(engine);
        assert_eq!(module.combined()["state"], "pending");
        let tests = json!({ "context": "tests", "state": "pending", "description": null });
        let first = module.report(&tests);
        module.report(&json!({
            "context": "build",
            "state": "success",
            "target_url": "https://ci.example/7",
            "description": "en deux minutes",
        }));
        assert_eq!(module.combined()["state"], "pending");
        let last = module.report(&json!({ "context": "tests", "state": "failure" }));
        assert!(last["id"].as_i64() > first["id"].as_i64(), "{first} {last}");
        let told = module.combined();
        assert_eq!((&told["state"], &told["total_count"]), (&json!("failure"), &json!(2)));
        let said: Vec<_> = told["statuses"].as_array().unwrap().iter()
            .map(|one| (one["context"].as_str().unwrap(), one["status"].as_str().unwrap()))
            .collect();
        assert_eq!(said, [("build", "success"), ("tests", "failure")]);
        assert_eq!(told["statuses"][0]["creator"]["login"], "dev");
        // Everything that was said stays, newest first, whatever name leads to the commit.
        for at in [format!("statuses/{}", module.commit), "commits/main/statuses".to_owned()] {
            let all = module.forge.api(None).get(&format!("{AT}/{at}"));
            let all = all.body.as_array().unwrap();
            let ids: Vec<_> = all.iter().map(|one| one["id"].as_i64().unwrap()).collect();
            assert_eq!(ids.len(), 3, "{all:#?}");
            assert!(ids.is_sorted_by(|one, next| one > next), "{ids:?}");
        }
    }

    fn a_branch_with_a_slash_is_asked_for_encoded(engine) {
        let module = Module::start(engine);
        module.report(&json!({ "state": "success" }));
        let remote = module.forge.remote("enfance/permis", Some(&module.token));
        module.dev.git("permis", &["push", "-q", &remote, "HEAD:refs/heads/essai/un"]).ok();
        let told = module.forge.api(None).get(&format!("{AT}/commits/essai%2Fun/status"));
        assert_eq!((told.status, &told.body["state"]), (200, &json!("success")));
        assert_eq!(told.body["statuses"][0]["context"], "default");
    }

    fn what_makes_no_sense_is_refused_and_nothing_is_kept(engine) {
        let module = Module::start(engine);
        let api = module.api();
        let at = format!("{AT}/statuses/{}", module.commit);
        let wrong = [
            json!({ "state": "skipped" }),
            json!({}),
            json!({ "state": "success", "target_url": "javascript:alert(1)" }),
            json!({ "state": "success", "context": "a\nb" }),
            json!({ "state": "success", "context": "x".repeat(201) }),
            json!({ "state": "success", "description": "x".repeat(501) }),
        ];
        for body in &wrong {
            assert_eq!(api.send("POST", &at, body).status, 422, "{body}");
        }
        let nowhere = format!("{AT}/statuses/{}", "0123456789".repeat(4));
        assert_eq!(api.send("POST", &nowhere, &json!({ "state": "success" })).status, 404);
        assert_eq!(module.combined()["total_count"], 0);
    }

    fn the_page_of_a_commit_says_what_its_checks_found(engine) {
        let module = Module::start(engine);
        let at = format!("/enfance/permis/commit/{}", module.commit);
        assert!(!module.forge.browser().get(&at).says("Checks"));
        module.report(&json!({
            "context": "<b>tests</b>",
            "state": "failure",
            "target_url": "https://ci.example/7",
            "description": "3 échecs",
        }));
        // Nothing kept this page as it was before.
        let page = module.forge.browser().reading("en").get(&at);
        assert!(page.says("Checks") && page.says("<b>tests</b>") && page.says("3 échecs"));
        assert!(page.says("Failed"), "{}", page.html());
        assert_eq!(page.attributes("tbody th a", "href"), ["https://ci.example/7"]);
        assert!(module.forge.browser().reading("fr").get(&at).says("Échoué"));
    }

    fn the_client_reports_waits_and_fails_with_the_checks(engine) {
        let module = Module::start(engine);
        module.set("tests", "pending");
        let told = module.dev.forge("permis", &["status", "list", "--lang", "en"]);
        assert!(told.ok().contains("tests") && told.ok().contains("Running"), "{told:#?}");
        // It waits until the check has ended, and says what for.
        let forge = module.dev.command(forge_tests::forge::binary("forge"));
        let mut waiting = { forge }
            .args(["status", "list", "--wait", "--json", "--lang", "en", "-R", "enfance/permis"])
            .arg("main")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(waiting.stderr.take().unwrap());
        said.read_line(&mut line).unwrap();
        assert!(line.contains("One check of 1 has not ended"), "{line}");
        module.set("tests", "success");
        let ended = waiting.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(0));
        let answer: Value = serde_json::from_slice(&ended.stdout).unwrap();
        assert_eq!(answer["state"], "success");
        module.set("tests", "error");
        module.dev.forge("permis", &["status", "list", "--wait"]).fails(1);
        // A look is not a verdict.
        module.dev.forge("permis", &["status", "list"]).ok();
        let nowhere = module.dev.forge("", &["status", "list", "--lang", "en"]).fails(2);
        assert!(nowhere.contains("--module OWNER/MODULE"), "{nowhere}");
    }
}
