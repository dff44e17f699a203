//! `forge share compute` through the real program, held to the golden vectors of the domain.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a vector that cannot be read is a failed test"
)]

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use serde_json::{Map, Value, json};

fn example(name: &str) -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors.json");
    let text = std::fs::read_to_string(path).expect("tests/vectors.json can be read");
    let all: Value = serde_json::from_str(&text).expect("tests/vectors.json is JSON");
    all[name].clone()
}

/// Minor units as the decimal string of a currency with two decimals.
fn text(minor: &Value) -> String {
    let minor = minor.as_i64().unwrap_or_else(|| panic!("{minor} is no amount"));
    format!("{}.{:02}", minor / 100, minor % 100)
}

fn texts(shares: &Value) -> Value {
    let rows = shares.as_object().unwrap_or_else(|| panic!("{shares} is no table"));
    rows.iter().map(|(id, minor)| (id.clone(), text(minor).into())).collect::<Map<_, _>>().into()
}

/// Councils with one more key each, the last one first: their order shall not matter.
fn councils(table: &Value, key: &str, value: impl Fn(&Value) -> Value) -> Value {
    let rows = table.as_object().unwrap_or_else(|| panic!("{table} is no table"));
    let council = |(id, cell): (&String, &Value)| json!({"id": id, key: value(cell)});
    rows.iter().rev().map(council).collect()
}

fn populations(table: &Value) -> Value {
    councils(table, "population", Clone::clone)
}

fn amounts(table: &Value, key: &str) -> Value {
    councils(table, key, |cell| text(cell).into())
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut forge = Command::new(env!("CARGO_BIN_EXE_forge"))
        .args(arguments)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments may be gone before it reads.
    let _ = forge.stdin.take().unwrap().write_all(input);
    forge.wait_with_output().unwrap()
}

fn from_stdin(request: &str) -> (i32, String) {
    let output = run(&["share", "compute", "--from", "-", "--json"], request.as_bytes());
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn computed(request: &Value) -> Value {
    let (status, answer) = from_stdin(&request.to_string());
    assert_eq!(status, 0, "{answer}");
    serde_json::from_str(&answer).unwrap()
}

/// The code of the refusal, which is on standard output beside status 1.
fn refused(request: &str) -> String {
    let (status, answer) = from_stdin(request);
    assert_eq!(status, 1, "{answer}");
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert!(!answer["error"]["message"].as_str().unwrap().is_empty());
    answer["error"]["code"].as_str().unwrap().to_owned()
}

#[test]
fn e1_equal() {
    let e1 = example("E1");
    let answer = computed(&json!({"currency": "EUR", "total": text(&e1["total"]),
        "rule": {"kind": "equal"}, "councils": councils(&e1["weights"], "weight", Clone::clone)}));
    assert_eq!(answer["shares"], texts(&e1["shares"]));
    assert_eq!((&answer["vat"], &answer["gap"]), (&Value::Null, &json!("0.00")));
    assert_eq!(answer["tranches"], json!([]));
}

#[test]
fn e2_population_and_e9_tranches() {
    let (e2, e9) = (example("E2"), example("E9"));
    let milestones: Vec<String> = e9["amounts"].as_array().unwrap().iter().map(text).collect();
    let answer = computed(&json!({"currency": "EUR", "total": text(&e2["total"]),
        "rule": {"mode": "split", "kind": "population", "population": "municipale",
            "vintage": "2026"},
        "councils": populations(&e2["weights"]), "milestones": milestones}));
    assert_eq!(answer["shares"], texts(&e2["shares"]));
    let plan = e9["plan"].as_array().unwrap();
    assert_eq!(answer["tranches"].as_array().unwrap().len(), plan.len());
    for (tranche, (amount, expected)) in
        answer["tranches"].as_array().unwrap().iter().zip(milestones.iter().zip(plan))
    {
        assert_eq!(tranche["amount"], json!(amount));
        assert_eq!(tranche["shares"], texts(expected));
    }
}

#[test]
fn e3_bands() {
    let e3 = example("E3");
    let band = |row: &Value| json!({"upto": row[0], "weight": row[1]});
    let bands: Vec<Value> = e3["bands"].as_array().unwrap().iter().map(band).collect();
    let answer = computed(&json!({"currency": "DKK", "total": text(&e3["total"]),
        "rule": {"kind": "bands", "bands": bands}, "councils": populations(&e3["population"])}));
    assert_eq!(answer["currency"], "DKK");
    assert_eq!(answer["shares"], texts(&e3["shares"]));
}

#[test]
fn e4_envelopes_floor_and_cap() {
    let e4 = example("E4");
    let part = |row: &Value| json!({"kind": row[0], "bp": row[1]});
    let parts: Vec<Value> = e4["parts"].as_array().unwrap().iter().map(part).collect();
    let mut request = json!({"currency": "EUR", "total": text(&e4["total"]),
        "rule": {"kind": "envelopes", "parts": parts},
        "councils": populations(&e4["population"])});
    assert_eq!(computed(&request)["shares"], texts(&e4["unclamped"]));
    request["floor"] = text(&e4["floor"]).into();
    request["cap"] = text(&e4["cap"]).into();
    let answer = computed(&request);
    assert_eq!(answer["shares"], texts(&e4["shares"]));
    assert_eq!(answer["gap"], text(&e4["gap"]));
}

#[test]
fn e5_subsidy_and_tax() {
    let e5 = example("E5");
    let mut request = json!({"currency": "EUR", "total": text(&e5["total_ht"]),
        "rule": {"kind": "population"}, "councils": populations(&e5["weights"]),
        "subsidies": [{"amount": text(&e5["grant"])}]});
    let net = computed(&request);
    assert_eq!(net["shares"], texts(&e5["net_basis_shares"]));
    assert_eq!(net["vat"], Value::Null);
    request["basis"] = "gross".into();
    request["vat_bp"] = e5["vat_bp"].clone();
    let gross = computed(&request);
    assert_eq!(gross["shares"], texts(&e5["gross_basis"]["due"]));
    assert_eq!(gross["vat"]["total"], text(&e5["vat"]));
    assert_eq!(gross["vat"]["shares"], texts(&e5["gross_basis"]["vat"]));
    request["subsidies"] = json!([{"rate_bp": 4000, "cap": "25000"}]);
    assert_eq!(computed(&request), gross);
}

#[test]
fn e6_ceilings_leave_a_gap() {
    let e6 = example("E6");
    let mut ceilings = e6["ceilings"].clone();
    for step in e6["steps"].as_array().unwrap() {
        if let Some(withdrawn) = step["withdrawn"].as_str() {
            ceilings.as_object_mut().unwrap().remove(withdrawn);
        }
        let answer = computed(&json!({"currency": "EUR", "total": text(&e6["total"]),
            "rule": {"kind": "equal"}, "councils": amounts(&ceilings, "ceiling")}));
        assert_eq!(answer["shares"], texts(&step["shares"]), "{step}");
        assert_eq!(answer["gap"], text(&step["gap"]), "{step}");
    }
}

#[test]
fn e7_what_a_prefix_costs_is_shared_by_offer() {
    let case = &example("E7")["case2"];
    let answer = computed(&json!({"currency": "EUR", "total": text(&case["cost"]),
        "rule": {"kind": "open"}, "councils": amounts(&case["firm"], "ceiling")}));
    assert_eq!(answer["shares"], texts(&case["shares"]));
}

#[test]
fn e8_offers_are_scaled_down() {
    let e8 = example("E8");
    let expected = texts(&e8["shares"]);
    for request in [
        json!({"rule": {"kind": "open"}, "councils": amounts(&e8["pledges"], "amount")}),
        json!({"rule": {"kind": "open"}, "councils": amounts(&e8["pledges"], "ceiling")}),
        json!({"rule": {"kind": "open", "amounts": texts(&e8["pledges"])},
            "councils": councils(&e8["pledges"], "population", |_| Value::Null)}),
    ] {
        let mut request = request;
        request["currency"] = "EUR".into();
        request["total"] = text(&e8["target"]).into();
        assert_eq!(computed(&request)["shares"], expected, "{request}");
    }
}

#[test]
fn e13_a_new_member_may_raise_a_share_by_a_cent() {
    let e13 = example("E13");
    let mut weights = e13["weights"].clone();
    let request = |weights: &Value| {
        json!({"currency": "EUR", "total": text(&e13["total"]), "rule": {"kind": "criteria"},
            "councils": councils(weights, "weight", Clone::clone)})
    };
    assert_eq!(computed(&request(&weights))["shares"], texts(&e13["before"]));
    weights.as_object_mut().unwrap().extend(e13["new"].as_object().unwrap().clone());
    assert_eq!(computed(&request(&weights))["shares"], texts(&e13["after"]));
}

#[test]
fn the_answer_is_one_line_with_councils_in_the_order_of_their_ids() {
    let (_, answer) = from_stdin(
        r#"{"currency":"EUR","total":"10","rule":{"kind":"equal"},
            "councils":[{"id":"c"},{"id":"a"},{"id":"b"}]}"#,
    );
    assert_eq!(
        answer,
        concat!(
            r#"{"currency":"EUR","shares":{"a":"3.34","b":"3.33","c":"3.33"},"#,
            "\"gap\":\"0.00\",\"vat\":null,\"tranches\":[]}\n"
        )
    );
}

#[test]
fn every_refusal_has_its_code_on_standard_output() {
    let with = |changes: &Value| {
        let mut request = json!({"currency": "EUR", "total": "100.00", "rule": {"kind": "equal"},
            "councils": [{"id": "a", "population": 3}, {"id": "b", "population": 4}]});
        for (key, value) in changes.as_object().unwrap() {
            request[key] = value.clone();
        }
        request.to_string()
    };
    for (changes, code) in [
        (json!({"total": "100.005"}), "invalid_amount"),
        (json!({"total": "12,345"}), "invalid_amount"),
        (json!({"total": "-1.00"}), "invalid_amount"),
        (json!({"total": "1e3"}), "invalid_amount"),
        (json!({"total": 100}), "invalid_amount"),
        (json!({"total": 100.5}), "invalid_amount"),
        (json!({"floor": "1.005"}), "invalid_amount"),
        (json!({"milestones": ["50.00", "50.001"]}), "invalid_amount"),
        (json!({"councils": [{"id": "a", "ceiling": "9.999"}]}), "invalid_amount"),
        (json!({"total": "92233720368547758.08"}), "overflow"),
        (json!({"total": "100.00 GBP"}), "currency_mismatch"),
        (json!({"rule": {"kind": "lottery"}}), "unknown_rule"),
        (json!({"councils": [{"id": "a"}, {"id": "a"}]}), "duplicate_council"),
        (json!({"councils": []}), "zero_weight"),
        (
            json!({"rule": {"kind": "population"},
            "councils": [{"id": "a", "population": 0}]}),
            "zero_weight",
        ),
        (json!({"rule": {"kind": "population"}, "councils": [{"id": "a"}]}), "population_missing"),
        (json!({"floor": "50.01"}), "floors_exceed_total"),
        (json!({"floor": "40.00", "cap": "30.00"}), "floor_above_cap"),
        (json!({"milestones": ["99.99"]}), "milestone_sum_mismatch"),
        (json!({"seq": 1}), "invalid_request"),
        (json!({"basis": "half"}), "invalid_request"),
        (json!({"subsidies": [{}]}), "invalid_request"),
    ] {
        assert_eq!(refused(&with(&changes)), code, "{changes}");
    }
    assert_eq!(refused("{"), "invalid_request");
    assert_eq!(refused(""), "invalid_request");
}

#[test]
fn amounts_follow_the_decimals_of_their_currency() {
    let request = |currency: &str, total: &str| {
        format!(
            r#"{{"currency":"{currency}","total":"{total}","rule":{{"kind":"equal"}},
                "councils":[{{"id":"a"}},{{"id":"b"}}]}}"#
        )
    };
    // The dinar has three decimals: what is a mistake in euros is an amount there.
    let dinars: Value = serde_json::from_str(&from_stdin(&request("TND", "12.501")).1).unwrap();
    assert_eq!(dinars["shares"], json!({"a": "6.251", "b": "6.250"}));
    let yen: Value = serde_json::from_str(&from_stdin(&request("JPY", "101")).1).unwrap();
    assert_eq!(yen["shares"], json!({"a": "51", "b": "50"}));
    assert_eq!(refused(&request("EUR", "12.501")), "invalid_amount");
    assert_eq!(refused(&request("JPY", "101.0")), "invalid_amount");
    assert_eq!(refused(&request("XXX", "1")), "invalid_amount");
}

#[test]
fn people_get_a_table_in_their_language() {
    let request = br#"{"currency":"EUR","total":"12345.67","rule":{"kind":"equal"},
        "councils":[{"id":"aubervac","ceiling":"5000"},{"id":"belrive","ceiling":"5000"}]}"#;
    let french = run(&["share", "compute", "--from", "-", "--lang", "fr"], request);
    let table = String::from_utf8(french.stdout).unwrap();
    assert_eq!(
        table.lines().collect::<Vec<_>>(),
        [
            "COLLECTIVITÉ   QUOTE-PART",
            "aubervac       5\u{202f}000,00\u{a0}€",
            "belrive        5\u{202f}000,00\u{a0}€",
            "TOTAL         10\u{202f}000,00\u{a0}€",
            "",
            "Il manque 2\u{202f}345,67\u{a0}€\u{a0}: toutes les collectivités sont à leur plafond.",
        ]
    );
    let english = run(&["share", "compute", "--from", "-", "--lang", "en"], request);
    assert!(String::from_utf8(english.stdout).unwrap().contains("€2,345.67 is missing"));
}

#[test]
fn without_json_a_refusal_goes_to_standard_error() {
    let output = run(&["share", "compute", "--from", "-"], b"{}");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("forge: "));
}

#[test]
fn a_file_is_read_as_well_and_a_missing_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("share.json");
    let request =
        r#"{"currency":"EUR","total":"2","rule":{"kind":"equal"},"councils":[{"id":"a"}]}"#;
    std::fs::write(&path, request).unwrap();
    let path = path.to_str().unwrap();
    let output = run(&["share", "compute", "--json", "--from", path], b"");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["shares"], json!({"a": "2.00"}));
    let output = run(&["share", "compute", "--json", "--from", "/nowhere/share.json"], b"");
    assert_eq!(output.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["error"]["code"], "unreadable_file");
    let usage = run(&["share", "compute"], b"");
    assert_eq!(usage.status.code(), Some(2));
}
