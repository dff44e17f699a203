//! `forge publish`: from a working copy to a page everybody reads.

use std::path::{Path, PathBuf};

use forge_tests::{Engine, Forge, Terminal, Town, on_both};
use serde_json::json;

/// A space, and somebody of its lead council at a terminal with a working copy.
struct Space {
    forge: Forge,
    ada: Terminal,
    token: String,
    /// Somebody of a council outside the space.
    stranger: String,
}

impl Space {
    fn start(engine: Engine) -> Self {
        let forge = Forge::with(engine).on_the_real_clock().start();
        let town = Town::found(&forge);
        town.council("aubervac", 12_345);
        let token = town.member("ada", "aubervac", "lead");
        town.space("enfance", "aubervac", &token);
        town.council("corbelle", 45_678);
        let stranger = town.member("paul", "corbelle", "lead");
        let ada = forge.terminal().signed_in(&token);
        ada.git("", &["init", "-q", "permis"]).ok();
        let space = Self { forge, ada, token, stranger };
        space.commit("src/main.txt", "bonjour\n");
        space
    }

    fn commit(&self, path: &str, text: &str) {
        self.ada.write(&format!("permis/{path}"), text);
        self.ada.git("permis", &["add", "-A"]).ok();
        self.ada.git("permis", &["commit", "-q", "-m", path]).ok();
    }

    fn complete(&self) {
        self.commit("LICENSE", "EUPL-1.2\n");
        self.commit("README.md", "# Permis\n");
        self.commit("publiccode.yml", SHEET);
        self.ada.git("permis", &["tag", "-a", "v1.0", "-m", "première"]).ok();
    }

    fn check(&self, status: i32) -> Vec<String> {
        let ran = self.ada.forge("permis", &["publish", "--check", "--json"]);
        assert_eq!(ran.code, Some(status), "{ran:#?}");
        let told = ran.json();
        let errors = told["errors"].as_array().unwrap();
        errors.iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
    }
}

const PUBLISH: [&str; 7] = ["publish", "--owner", "enfance", "--name", "permis", "--yes", "--json"];

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

on_both! {
    /// Checked, made, pushed with its tags, described and public; a second time brings it up to
    /// date.
    fn a_working_copy_becomes_a_public_page(engine) {
        let space = Space::start(engine);
        assert_eq!(space.check(1), ["no_licence", "no_readme"]);
        let early = space.ada.forge("permis", &PUBLISH);
        early.fails(1);
        assert_eq!(early.json()["error"]["code"], "not_publishable");
        assert_eq!(space.forge.browser().get("/enfance/permis").status(), 404);
        space.complete();
        assert_eq!(space.check(0), Vec::<String>::new());
        let ran = space.ada.forge("permis", &PUBLISH);
        let last = ran.ok().lines().last().unwrap();
        let last: serde_json::Value = serde_json::from_str(last).unwrap();
        let url = space.forge.url("/enfance/permis");
        assert_eq!(last, json!({"module": "enfance/permis", "url": url, "visibility": "public"}));
        assert!(ran.stderr.contains("Writing objects: 100%"), "the push is shown: {}", ran.stderr);
        let module = space.forge.api(None).get("/api/v1/repos/enfance/permis");
        assert_eq!(module.body["description"], "Suivre son permis de construire.");
        let clone = format!("{url}.git");
        let refs = space.ada.git("", &["ls-remote", &clone]);
        assert!(refs.ok().contains("refs/heads/main") && refs.ok().contains("refs/tags/v1.0"));
        space.commit("CHANGES", "1.1\n");
        space.ada.forge("permis", &PUBLISH).ok();
        let head = space.ada.git("permis", &["rev-parse", "HEAD"]).ok().to_owned();
        assert!(space.ada.git("", &["ls-remote", &clone, "main"]).ok().starts_with(head.trim()));
        let branch = space.ada.forge("permis", &["module", "view", "enfance/permis", "--json"]);
        assert_eq!(branch.json()["default_branch"], "main");
    }

    /// A token is a password: no process list and no file may hold it.
    fn the_token_stays_out_of_arguments_and_files(engine) {
        let space = Space::start(engine);
        space.complete();
        let ada = space.forge.terminal().signed_in(&space.token).with("GIT_TRACE", "1");
        let from = space.ada.home().join("permis").display().to_string();
        ada.git("", &["clone", "-q", &from, "permis"]).ok();
        let ran = ada.forge("permis", &PUBLISH);
        ran.ok();
        assert!(ran.stderr.contains("trace: ") && !ran.stderr.contains(&space.token));
        let config = ada.read("permis/.git/config");
        assert!(!config.contains(&space.token) && !config.contains("credential"), "{config}");
    }

    /// Each is said before anything is made on the forge.
    fn a_copy_that_is_not_whole_is_refused(engine) {
        let space = Space::start(engine);
        space.complete();
        space.ada.write("permis/README.md", "# Autre\n");
        assert_eq!(space.check(1), ["dirty"]);
        space.ada.git("permis", &["checkout", "-q", "README.md"]).ok();
        space.ada.write("permis/notes.txt", "à trier\n");
        assert_eq!(space.check(0), Vec::<String>::new(), "what git does not follow only stays");
        space.commit("publiccode.yml", "publiccodeYmlVersion: \"0\"\nname: Permis\n");
        let told = space.ada.forge("permis", &["publish", "--check"]).fails(1);
        assert!(told.contains("publiccode.yml:1:1 error"), "{told}");
        let origin = format!("file://{}", space.ada.home().join("permis").display());
        space.ada.git("", &["clone", "-q", "--depth", "1", &origin, "shallow"]).ok();
        let told = space.ada.forge("shallow", &["publish", "--check"]).fails(1);
        assert!(told.contains("git fetch --unshallow"), "{told}");
        space.ada.forge("", &PUBLISH).fails(1);
        let unheard = space.forge.api(Some(&space.token)).get("/api/v1/repos/enfance/permis");
        assert_eq!(unheard.status, 404, "nothing was made");
    }

    /// Neither a space one is not of, nor a name that is taken, nor a history that is another.
    fn what_is_not_ours_is_not_published(engine) {
        let space = Space::start(engine);
        space.complete();
        space.ada.forge("permis", &PUBLISH).ok();
        let paul = space.forge.terminal().signed_in(&space.stranger);
        let from = space.ada.home().join("permis").display().to_string();
        paul.git("", &["clone", "-q", &from, "permis"]).ok();
        assert!(matches!(paul.forge("permis", &PUBLISH).code, Some(3..=5)));
        // The same person with a history of their own: the branch is not overwritten.
        space.ada.git("permis", &["commit", "-q", "--amend", "-m", "autre"]).ok();
        let ran = space.ada.forge("permis", &PUBLISH);
        ran.fails(5);
        assert_eq!(ran.json()["error"]["code"], "push_failed");
    }

    /// A real repository: this project's own.
    fn the_projects_own_history_is_published(engine) {
        let space = Space::start(engine);
        let root = root().display().to_string();
        let shallow = space.ada.git("", &["-C", &root, "rev-parse", "--is-shallow-repository"]);
        let name = if shallow.ok().trim() == "false" {
            space.ada.git("", &["clone", "-q", "--single-branch", &root, "own"]).ok();
            "own"
        } else {
            println!("this clone is shallow: a generated repository is published instead");
            space.complete();
            "permis"
        };
        let words = ["publish", "--owner", "enfance", "--name", "beffroi", "--yes", "--json"];
        space.ada.forge(name, &words).ok();
        let head = space.ada.git(name, &["rev-parse", "HEAD"]).ok().trim().to_owned();
        // Then anyone reads it, and clones it, without signing in.
        let nobody = space.forge.browser();
        let page = nobody.get("/enfance/beffroi");
        assert!(page.status() == 200 && page.says("README"), "{}", page.html());
        let licence = space.ada.read(&format!("{name}/LICENSE"));
        let raw = nobody.get("/enfance/beffroi/raw/main:LICENSE");
        assert_eq!((raw.status(), raw.bytes()), (200, licence.as_bytes()));
        let raw = "/api/v1/repos/enfance/beffroi/raw/LICENSE?ref=main";
        assert_eq!(space.forge.api(None).get(raw).body, licence);
        let subject = space.ada.git(name, &["log", "-1", "--format=%s"]);
        assert!(nobody.get("/enfance/beffroi/commits/main").says(subject.ok().trim()));
        assert!(nobody.get("/catalogue").html().contains("/enfance/beffroi"));
        let clone = format!("{}.git", space.forge.url("/enfance/beffroi"));
        space.ada.git("", &["clone", "-q", &clone, "again"]).ok();
        assert_eq!(space.ada.git("again", &["rev-parse", "HEAD"]).ok().trim(), head);
        space.ada.git("again", &["fsck", "--full", "--strict"]).ok();
    }
}

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("this package is in the workspace").to_owned()
}
