//! What an auditor takes away from a forge, and finds again without it: the archive of a call, its
//! ledger as files, and every export beside its schema.

use std::collections::BTreeSet;

use boon::{Compiler, Schemas};
use forge_tests::Terminal;
use serde_json::{Value, json};

use crate::life::Stage;

const TABLES: [&str; 11] = [
    "calls",
    "councils",
    "funds_calls",
    "ledger",
    "milestones",
    "modules",
    "payments",
    "pledges",
    "shares",
    "spaces",
    "votes",
];

/// Holds everything that can be taken away of a call that was played to its end.
pub fn audited(stage: &Stage) {
    the_archive_proves_itself(stage);
    the_ledger_comes_back_as_it_went(stage);
    every_export_is_what_its_schema_says(stage);
}

fn ran(reader: &Terminal, words: &str, status: i32) -> Value {
    let words: Vec<&str> = words.split(' ').chain(["--json"]).collect();
    let ran = reader.forge("", &words);
    assert_eq!(ran.code, Some(status), "{ran:#?}");
    ran.json()
}

/// One file, read where no server is known.
fn the_archive_proves_itself(stage: &Stage) {
    let call = stage.call();
    let online = stage.forge().terminal();
    ran(&online, &format!("export audit {call} --to audit.json"), 0);
    assert_eq!(ran(&online, &format!("call verify {call}"), 0)["verified"], true);
    let offline = Terminal::new();
    let archive = online.read("audit.json");
    offline.write("audit.json", &archive);
    let told = ran(&offline, "call verify --from audit.json", 0);
    assert_eq!((&told["verified"], &told["final"]), (&json!(true), &json!(true)));
    let meta = format!("{}/enfance/meta.git", stage.forge().url(""));
    offline.git("", &["clone", "-q", &meta, "meta"]).ok();
    assert_eq!(ran(&offline, "call verify --from audit.json --repo meta", 0)["verified"], true);
    // What is told of a share, an input of it, or an entry, is changed by a cent.
    for (before, after) in [
        ("\"belrive\":\"3295.09\"", "\"belrive\":\"3295.08\""),
        ("\"population\":3210", "\"population\":3211"),
        (
            "[\\\"commitments/council/belrive\\\",400000]",
            "[\\\"commitments/council/belrive\\\",400001]",
        ),
    ] {
        assert!(archive.contains(before), "{before} is not in {archive}");
        offline.write("forged.json", &archive.replace(before, after));
        let told = ran(&offline, "call verify --from forged.json", 6);
        assert_eq!(told["verified"], false, "{before}");
    }
    // An archive whose ledger was made anew agrees with itself, and not with a clone.
    let mut shorter: Value = serde_json::from_str(&archive).unwrap();
    let entries = shorter["entries"].as_array_mut().unwrap();
    entries.remove(1);
    shorter["checkpoint"] = Value::Null;
    shorter["key"] = Value::Null;
    offline.write("shorter.json", &shorter.to_string());
    let told = ran(&offline, "call verify --from shorter.json --repo meta", 6);
    assert!(told["faults"].to_string().contains("Entry 2"), "{told}");
}

/// Exported, read in again and hashed anew: the same head and the same root.
fn the_ledger_comes_back_as_it_went(stage: &Stage) {
    let online = stage.forge().terminal();
    let served = stage.forge().api(None).get("/api/v1/spaces/enfance/ledger/verify").body;
    ran(&online, "ledger export enfance --to kept", 0);
    let read = ran(&online, "ledger verify --repo kept", 0);
    for same in ["entries", "head", "root"] {
        assert_eq!(read[same], served[same], "{same}");
    }
    let head = online.forge("", &["ledger", "checkpoint", "enfance"]);
    assert_eq!(head.ok().trim(), online.read("kept/ledger/checkpoint").trim());
    // A head that was written down is a prefix of what is there, and another is not.
    let root = read["root"].as_str().unwrap();
    let known = format!("{}:{root}", read["entries"]);
    let said = online.forge("", &["ledger", "verify", "--repo", "kept", "--known", &known]);
    let said = said.ok();
    for words in ["links ok", "is a prefix: ok", "closed: all balances 0", "VERIFIED"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let entries = read["entries"].as_i64().unwrap();
    let more = format!("ledger verify --repo kept --known {}:{root}", entries + 1);
    assert_eq!(ran(&online, &more, 6)["faults"][0]["code"], "rollback");
    for entry in 1..=entries {
        let proof = format!("/api/v1/spaces/enfance/ledger/proof?entry={entry}");
        assert_eq!(stage.forge().api(None).get(&proof).body["root"], served["root"], "{proof}");
    }
}

/// Every row of every table in its three forms, whatever the form.
fn every_export_is_what_its_schema_says(stage: &Stage) {
    let forge = stage.forge();
    let listed = forge.api(None).get("/api/v1/exports").body;
    let named = listed.as_array().unwrap().iter();
    let named: BTreeSet<&str> = named.map(|one| one["table"].as_str().unwrap()).collect();
    // The files of the French schemas have columns that others chose: they are held elsewhere.
    assert!(named.is_superset(&TABLES.into_iter().collect()), "{named:?}");
    for table in TABLES {
        let file = |ending: &str| {
            let page = forge.browser().get(&format!("/api/v1/exports/{table}.{ending}"));
            String::from_utf8(page.bytes().to_vec()).unwrap()
        };
        let schema: Value = serde_json::from_str(&file("schema.json")).unwrap();
        let whole: Value = serde_json::from_str(&file("json")).unwrap();
        let rows = whole["rows"].as_array().unwrap();
        // The module of the story was never published.
        let filled = !rows.is_empty() || table == "modules";
        assert!(filled, "a call was played to its end: {table} has rows");
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        let place = format!("http://forge.example/{table}.schema.json");
        compiler.add_resource(&place, schema.clone()).unwrap();
        let index = compiler.compile(&place, &mut schemas).unwrap();
        for row in rows {
            schemas.validate(row, index).unwrap_or_else(|error| panic!("{table}: {error:#}"));
            for state in ["generated_at", "ledger_size", "ledger_root"] {
                assert_eq!(row[state], whole[state], "{table}");
            }
        }
        // Made at another instant of the same state: all but the time is the same.
        let untimed = |mut row: Value| {
            row.as_object_mut().unwrap().remove("generated_at");
            row
        };
        let lines = file("jsonl");
        let lines = lines.lines().map(|line| untimed(serde_json::from_str(line).unwrap()));
        let rows: Vec<Value> = rows.iter().cloned().map(untimed).collect();
        assert_eq!(lines.collect::<Vec<_>>(), rows, "{table}");
        let text = file("csv");
        let mut records = records(&text).into_iter();
        let head = records.next().unwrap();
        let known: BTreeSet<&str> =
            schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(head.iter().map(String::as_str).collect::<BTreeSet<_>>(), known, "{table}");
        for (record, row) in records.by_ref().zip(&rows) {
            for (name, cell) in head.iter().zip(&record).filter(|(name, _)| *name != "generated_at")
            {
                let told = match &row[name] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(*cell, told, "{table}: {name}");
            }
        }
        assert_eq!(records.count(), 0, "{table} has more rows as CSV");
    }
}

/// A CSV as RFC 4180 has it: fields that are quoted may hold commas, quotes and ends of lines.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut all, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                all.push(std::mem::take(&mut record));
            }
            c => field.push(c),
        }
    }
    assert!(!quoted && field.is_empty() && record.is_empty(), "it ends with a line: {text}");
    all
}
