//! What a forger would do to a clone of a meta-repository, and what `forge ledger verify --repo`
//! says to it. The ledger is that of example E19, as a server published it.

use std::{collections::BTreeSet, fs};

use forge_tests::{Engine, Terminal};
use serde_json::Value;

use crate::life::Stage;

/// A clone, its sound files, and a reader of it without a server.
struct Clone {
    reader: Terminal,
    /// The file of entries, and the entries in it, one a line.
    file: String,
    lines: Vec<String>,
    checkpoint: String,
    /// Keeps the server until everything was tried.
    _stage: Stage,
}

impl Clone {
    fn of_e19() -> Self {
        let stage = Stage::played(Engine::Sqlite);
        let reader = Terminal::new();
        let meta = format!("{}/enfance/meta.git", stage.forge().url(""));
        reader.git("", &["clone", "-q", &meta, "meta"]).ok();
        let listed = reader.git("meta", &["ls-files", "ledger/entries-*"]);
        // The story may cross a new year: the file with the most of it is the one that is tried.
        let files: Vec<String> = listed.ok().lines().map(|name| format!("meta/{name}")).collect();
        let file = files.into_iter().max_by_key(|name| reader.read(name).len()).unwrap();
        let lines = reader.read(&file).lines().map(str::to_owned).collect();
        let checkpoint = reader.read("meta/ledger/checkpoint");
        Self { reader, file, lines, checkpoint, _stage: stage }
    }

    /// What is found wrong: a code, the entry it was found at, and the sentence.
    fn faults(&self) -> Vec<(String, i64, String)> {
        let words = ["ledger", "verify", "--repo", "meta", "--json"];
        let ran = self.reader.forge("", &words);
        let told = ran.json();
        let faults = told["faults"].as_array().unwrap();
        assert_eq!(ran.code, Some(if faults.is_empty() { 0 } else { 6 }), "{ran:#?}");
        let fault = |one: &Value| {
            let text = |name: &str| one[name].as_str().unwrap().to_owned();
            (text("code"), one["seq"].as_i64().unwrap_or_default(), text("message"))
        };
        faults.iter().map(fault).collect()
    }

    /// Writes other entries, looks, and puts the sound ones back.
    fn with(&self, lines: &[String]) -> Vec<(String, i64, String)> {
        let whole = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect();
        let (forged, sound): (String, String) = (whole(lines), whole(&self.lines));
        self.reader.write(&self.file, &forged);
        let faults = self.faults();
        self.reader.write(&self.file, &sound);
        faults
    }

    fn entry(&self, at: usize) -> Value {
        serde_json::from_str(&self.lines[at]).unwrap()
    }

    /// The number an entry has.
    fn seq(&self, at: usize) -> i64 {
        self.entry(at)["seq"].as_i64().unwrap()
    }

    /// What an entry records.
    fn kind(&self, at: usize) -> String {
        self.entry(at)["kind"].as_str().unwrap().to_owned()
    }
}

#[test]
fn nothing_done_to_a_published_ledger_stays_unseen() {
    let clone = Clone::of_e19();
    assert_eq!(clone.faults(), [], "before anything is done");
    every_field_flipped(&clone);
    dropped_swapped_and_reordered(&clone);
    checkpoints_flipped(&clone);
    history_rewritten(&clone);
    assert_eq!(clone.faults(), [], "after everything was put back");
}

/// One byte of every value of an entry of every kind.
fn every_field_flipped(clone: &Clone) {
    let mut kinds = BTreeSet::new();
    for (at, line) in clone.lines.iter().enumerate() {
        if !kinds.insert(clone.kind(at)) {
            continue;
        }
        for (field, byte) in values(line) {
            let mut forged = line.clone().into_bytes();
            forged[byte] = other(forged[byte]);
            let mut lines = clone.lines.clone();
            lines[at] = String::from_utf8(forged).unwrap();
            let faults = clone.with(&lines);
            let seq = clone.seq(at);
            let story = format!("{field} of entry {seq}: {faults:#?}");
            let has = |code: &str| faults.iter().any(|fault| fault.0 == code);
            let at_entry = |code: &str| {
                faults.iter().any(|(found, n, said)| {
                    found == code && *n == seq && said.contains(&format!("Entry {seq} "))
                })
            };
            let fits = match field.as_str() {
                "seq" => at_entry("gap"),
                "amount" => at_entry("unbalanced_entry"),
                "kind" | "currency" => has("unreadable_entry"),
                "account" => has("unreadable_entry") || has("checkpoint_mismatch"),
                // Lawful by itself: only what was signed tells.
                _ => faults
                    .iter()
                    .any(|(code, from, _)| code == "checkpoint_mismatch" && *from <= seq),
            };
            assert!(fits, "{story}");
        }
    }
}

fn dropped_swapped_and_reordered(clone: &Clone) {
    let last = clone.lines.len() - 1;
    let has = |faults: &[(String, i64, String)], code: &str| {
        assert!(faults.iter().any(|fault| fault.0 == code), "{code}: {faults:#?}");
    };
    for at in 0..=last {
        let mut lines = clone.lines.clone();
        lines.remove(at);
        let faults = clone.with(&lines);
        has(&faults, if at == last { "rollback" } else { "gap" });
    }
    for at in 1..=last {
        let mut lines = clone.lines.clone();
        lines.swap(at - 1, at);
        has(&clone.with(&lines), "gap");
        let mut lines = clone.lines.clone();
        lines.insert(at, lines[at - 1].clone());
        has(&clone.with(&lines), "repeated_key");
    }
    let mut lines = clone.lines.clone();
    lines.reverse();
    has(&clone.with(&lines), "gap");
    // Numbered anew after one was dropped, so that no gap shows.
    let renumbered = |line: &String, seq: i64| line.replace(&format!("\"seq\":{seq},"), "");
    let mut lines = clone.lines.clone();
    lines.remove(1);
    for (at, line) in lines.iter_mut().enumerate().skip(1) {
        let (before, after) = (at as i64 + clone.seq(0) + 1, at as i64 + clone.seq(0));
        assert!(renumbered(line, before) != *line);
        *line = line.replace(&format!("\"seq\":{before},"), &format!("\"seq\":{after},"));
    }
    let faults = clone.with(&lines);
    has(&faults, "checkpoint_mismatch");
    has(&faults, "rollback");
}

/// A byte of every line of the signed head, and the key beside it.
fn checkpoints_flipped(clone: &Clone) {
    let note = &clone.checkpoint;
    let mut begins = 0;
    for line in note.split_inclusive('\n') {
        let byte = begins + line.trim_end().len().saturating_sub(5);
        begins += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let mut forged = note.clone().into_bytes();
        forged[byte] = other(forged[byte]);
        clone.reader.write("meta/ledger/checkpoint", &String::from_utf8(forged).unwrap());
        let faults = clone.faults();
        assert!(faults.iter().any(|fault| fault.0 == "bad_checkpoint"), "{line}: {faults:#?}");
    }
    clone.reader.write("meta/ledger/checkpoint", note);
    // An older head in the place of the newest: signed by the right key, and too short.
    let log = clone.reader.git("meta", &["log", "--format=%H", "--", "ledger/checkpoint"]);
    let oldest = log.ok().lines().last().unwrap().to_owned();
    let older = clone.reader.git("meta", &["show", &format!("{oldest}:ledger/checkpoint")]);
    clone.reader.write("meta/ledger/checkpoint", older.ok());
    let faults = clone.faults();
    assert!(faults.iter().any(|fault| fault.0 == "checkpoints_shrink"), "{faults:#?}");
    clone.reader.write("meta/ledger/checkpoint", note);
    let key = clone.reader.read("meta/ledger/key");
    let forged = format!("{}A{}", &key[..key.len() - 3], &key[key.len() - 2..]);
    let forged = if forged == key { key.replace("==", "A=") } else { forged };
    clone.reader.write("meta/ledger/key", &forged);
    let faults = clone.faults();
    assert!(faults.iter().any(|fault| fault.0 == "key_changed"), "{faults:#?}");
    clone.reader.write("meta/ledger/key", &key);
}

/// A branch set back to an earlier commit: what this clone saw before tells, with no other clone.
fn history_rewritten(clone: &Clone) {
    clone.reader.git("meta", &["tag", "sound"]).ok();
    clone.reader.git("meta", &["reset", "-q", "--hard", "HEAD~1"]).ok();
    let faults = clone.faults();
    assert!(faults.iter().any(|fault| fault.0 == "rollback"), "{faults:#?}");
    clone.reader.git("meta", &["reset", "-q", "--hard", "sound"]).ok();
    fs::remove_dir_all(clone.reader.home().join("meta/.git/logs")).unwrap();
}

/// Every value of an entry by the name of its member, with the place of a byte of it.
fn values(line: &str) -> Vec<(String, usize)> {
    let entry: Value = serde_json::from_str(line).unwrap();
    let mut all = Vec::new();
    for (name, value) in entry.as_object().unwrap() {
        let begins = line.find(&format!("\"{name}\":")).unwrap() + name.len() + 3;
        let after = |text: &str| begins + line[begins..].find(text).unwrap() + text.len();
        match (name.as_str(), value) {
            ("postings", Value::Array(postings)) => {
                for posting in postings {
                    let (account, minor) = (posting[0].as_str().unwrap(), &posting[1]);
                    all.push(("account".to_owned(), after(account) - 1));
                    all.push(("amount".to_owned(), after(&format!("{account}\",{minor}")) - 1));
                }
            }
            ("evidence", Value::Array(digests)) => {
                for digest in digests {
                    all.push((name.clone(), after(digest.as_str().unwrap()) - 1));
                }
            }
            // Before the Z.
            ("ts", Value::String(text)) => all.push((name.clone(), after(text) - 2)),
            (_, Value::String(text)) => all.push((name.clone(), after(text) - 1)),
            (_, value) => all.push((name.clone(), after(&value.to_string()) - 1)),
        }
    }
    all
}

/// Another byte of the same alphabet.
fn other(byte: u8) -> u8 {
    match byte {
        b'9' => b'8',
        b'0'..=b'8' => byte + 1,
        b'a' => b'b',
        b'A' => b'B',
        b'B'..=b'Z' => b'A',
        _ => b'a',
    }
}
