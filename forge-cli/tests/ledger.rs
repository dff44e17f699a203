//! A ledger verified from clones alone: real git, the real program, and what a forger would do.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use forge_domain::{
    ledger::{Checkpoint, Entry, Event, Head, Signer},
    money::{Amount, Currency},
};
use serde_json::Value;
use tempfile::TempDir;

const ORIGIN: &str = "forge.example/enfance";

/// A folder with a meta-repository in it.
struct Meta {
    folder: TempDir,
    signer: Signer,
}

impl Meta {
    /// A meta-repository with the heads of 2 and of 4 entries in its history.
    fn new() -> Self {
        let meta = Self {
            folder: tempfile::tempdir().unwrap(),
            signer: Signer::new(ORIGIN, &[7; 32]).unwrap(),
        };
        git(meta.folder.path(), &["init", "--quiet", "--initial-branch=main", "meta"]);
        meta.publish(&entries(2, 0));
        meta.publish(&entries(4, 0));
        meta
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("meta")
    }

    /// Writes and commits entries with a head over them, as a server does.
    fn publish(&self, entries: &[Entry]) {
        let mut head = Head::EMPTY;
        let mut lines = Vec::new();
        for entry in entries {
            head.push(&entry.canonical_bytes());
            lines.extend(entry.canonical_bytes());
            lines.push(b'\n');
        }
        let note = Checkpoint::of(ORIGIN, &head).sign(&self.signer).unwrap();
        let ledger = self.path().join("ledger");
        fs::create_dir_all(&ledger).unwrap();
        fs::write(ledger.join("entries-2026.jsonl"), lines).unwrap();
        fs::write(ledger.join("checkpoint"), note).unwrap();
        fs::write(ledger.join("key"), format!("{}\n", self.signer.verifier())).unwrap();
        self.commit();
    }

    fn commit(&self) {
        git(&self.path(), &["add", "--all"]);
        git(&self.path(), &["commit", "--quiet", "--message", "ledger"]);
    }

    fn clone(&self, name: &str, options: &[&str]) -> PathBuf {
        let path = self.folder.path().join(name);
        let (from, to) = (self.path().display().to_string(), path.display().to_string());
        git(self.folder.path(), &[&["clone", "--quiet"], options, &[&from, &to]].concat());
        path
    }

    fn edit(&self, change: impl Fn(&str) -> String) {
        let path = self.path().join("ledger/entries-2026.jsonl");
        fs::write(&path, change(&fs::read_to_string(&path).unwrap())).unwrap();
    }
}

/// Entries that balance; the second commits `more` cents than it did.
fn entries(count: u64, more: i64) -> Vec<Entry> {
    let one = |seq: u64| {
        let amount = 100_000 + if seq == 2 { more } else { 0 };
        let council = format!("council-{seq}").parse().unwrap();
        let event = Event::PledgeFirm { council, ceiling: Amount::from_minor(amount) };
        Entry {
            seq,
            ts: "2026-11-02T09:00:00Z".parse().unwrap(),
            kind: event.kind(),
            call: "CALL-2026-0007".parse().unwrap(),
            currency: Currency::EUR,
            actor: uuid::Uuid::from_u128(7),
            council: None,
            postings: event.postings().unwrap(),
            evidence: vec![[0xab; 32]],
            reverses: None,
            idempotency_key: Some(format!("PLG-2026-{seq:04}:firm").parse().unwrap()),
        }
    };
    (1..=count).map(one).collect()
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(["-c", "user.name=Camille", "-c", "user.email=camille@aubervac.example"])
        .args(arguments)
        .current_dir(folder);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
}

fn forge(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_forge"));
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .args(arguments)
        .current_dir(folder);
    let output = command.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// The exit status and the codes of what was found.
#[track_caller]
fn verify(repo: &Path, more: &[&str]) -> (i32, Vec<String>) {
    let arguments = [&["ledger", "verify", "--json"], more].concat();
    let (status, text) = forge(repo, &arguments);
    let answer: Value = serde_json::from_str(&text).unwrap();
    let faults = answer["faults"].as_array().unwrap();
    assert_eq!(answer["verified"], Value::Bool(faults.is_empty()));
    (status, faults.iter().map(|fault| fault["code"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn a_sound_ledger_is_verified_from_any_clone() {
    let meta = Meta::new();
    let (status, text) = forge(&meta.path(), &["ledger", "verify", "--json"]);
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(status, 0);
    assert_eq!((&answer["space"], &answer["entries"]), (&"enfance".into(), &4.into()));
    assert_eq!(answer["checkpoints"], 2, "every head in the history is looked at");
    let root = answer["root"].as_str().unwrap();
    for (name, options) in [("bare", vec!["--bare"]), ("thin", vec!["--no-checkout"])] {
        let clone = meta.clone(name, &options);
        assert_eq!(verify(&clone, &[]), (0, vec![]), "{name}");
        let key = meta.signer.verifier().to_string();
        let known = format!("4:{root}");
        assert_eq!(verify(&clone, &["--key", &key, "--known", &known]), (0, vec![]), "{name}");
    }
    let older = meta.clone("older", &[]);
    meta.publish(&entries(5, 0));
    assert_eq!(verify(&meta.path(), &["--against", &older.display().to_string()]), (0, vec![]));
    let (status, said) = forge(&meta.path(), &["ledger", "verify", "--lang", "fr"]);
    assert!(status == 0 && said.contains("VÉRIFIÉ") && said.contains("5 écritures"), "{said}");
}

#[test]
fn a_chain_rehashed_by_whoever_signs_is_found_with_an_older_clone() {
    let meta = Meta::new();
    let older = meta.clone("older", &[]).display().to_string();
    let (_, text) = forge(&meta.path(), &["ledger", "verify", "--json"]);
    let root = serde_json::from_str::<Value>(&text).unwrap()["root"].as_str().unwrap().to_owned();
    // Everything is made anew, signatures and history: nothing in it disagrees with itself.
    fs::remove_dir_all(meta.path()).unwrap();
    git(meta.folder.path(), &["init", "--quiet", "--initial-branch=main", "meta"]);
    meta.publish(&entries(4, 50));
    assert_eq!(verify(&meta.path(), &[]), (0, vec![]));
    let (status, faults) = verify(&meta.path(), &["--against", &older]);
    assert_eq!(status, 6);
    assert_eq!(faults, ["entry_differs", "checkpoint_mismatch", "checkpoint_mismatch"]);
    let (status, faults) = verify(&meta.path(), &["--known", &format!("4:{root}")]);
    assert_eq!((status, faults), (6, vec!["checkpoint_mismatch".to_owned()]));
    // A shorter ledger is no better.
    meta.publish(&entries(1, 0));
    let (status, faults) = verify(&meta.path(), &["--against", &older]);
    assert!(status == 6 && faults.contains(&"rollback".to_owned()), "{faults:?}");
    assert!(faults.contains(&"entry_missing".to_owned()), "{faults:?}");
}

#[test]
fn a_chain_rehashed_onto_its_own_history_needs_no_other_clone() {
    let meta = Meta::new();
    meta.publish(&entries(5, 50));
    assert_eq!(verify(&meta.path(), &[]).0, 6);
    assert!(verify(&meta.path(), &[]).1.contains(&"checkpoint_mismatch".to_owned()));
    let (status, said) = forge(&meta.path(), &["ledger", "verify"]);
    assert!(status == 6 && said.contains("NOT VERIFIED"), "{said}");
}

#[test]
fn what_is_changed_by_hand_is_named() {
    let found = |change: &dyn Fn(&str) -> String| {
        let meta = Meta::new();
        meta.edit(change);
        let (status, faults) = verify(&meta.path(), &[]);
        assert_eq!(status, 6, "{faults:?}");
        faults
    };
    let has = |faults: &[String], code: &str| {
        assert!(faults.iter().any(|found| found == code), "{code}: {faults:?}");
    };
    has(&found(&|text| text.replacen("100000", "100001", 1)), "unbalanced_entry");
    has(&found(&|text| text.replacen("\"seq\":2", "\"seq\": 2", 1)), "not_canonical");
    has(
        &found(&|text| text.replacen("\"seq\":2", "\"note\":\"x\",\"seq\":2", 1)),
        "unreadable_entry",
    );
    has(&found(&|text| text.lines().take(3).map(|line| format!("{line}\n")).collect()), "rollback");
    has(&found(&|text| text.split_inclusive('\n').skip(1).collect()), "gap");
    let again = |text: &str| {
        let last = text.lines().last().unwrap().replace("\"seq\":4", "\"seq\":5");
        format!("{text}{last}\n")
    };
    has(&found(&again), "unsigned_entry");
    has(&found(&again), "repeated_key");
}

#[test]
fn another_key_is_not_believed() {
    let mut meta = Meta::new();
    let older = meta.clone("older", &[]).display().to_string();
    meta.signer = Signer::new(ORIGIN, &[8; 32]).unwrap();
    meta.publish(&entries(5, 0));
    let (status, faults) = verify(&meta.path(), &[]);
    assert_eq!(status, 6);
    assert!(faults.contains(&"bad_checkpoint".to_owned()), "{faults:?}");
    assert!(faults.contains(&"key_changed".to_owned()), "{faults:?}");
    // Made anew with the new key, only the older clone knows.
    fs::remove_dir_all(meta.path()).unwrap();
    git(meta.folder.path(), &["init", "--quiet", "--initial-branch=main", "meta"]);
    meta.publish(&entries(4, 0));
    assert_eq!(verify(&meta.path(), &[]).0, 0);
    assert_eq!(verify(&meta.path(), &["--against", &older]).0, 6);
}

#[test]
fn a_folder_without_a_ledger_and_a_head_that_is_none_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (status, said) = forge(folder.path(), &["ledger", "verify", "--json"]);
    assert!(status == 4 && said.contains("no_ledger"), "{said}");
    let meta = Meta::new();
    for known in ["4", "x:y", "4:abcd"] {
        let (status, _) = forge(&meta.path(), &["ledger", "verify", "--known", known]);
        assert_eq!(status, 2, "{known}");
    }
    assert_eq!(forge(&meta.path(), &["ledger", "verify", "--key", "x"]).0, 2);
}
