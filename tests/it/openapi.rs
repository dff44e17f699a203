//! The description the server gives of its own API. That every answer keeps it is held by the
//! client all tests use: see `tests/support/contract.rs`.

use std::{collections::BTreeSet, fs};

use boon::{Compiler, Schemas};
use forge_tests::{
    Engine, Forge, Town,
    contract::Document,
    source,
    town::{self, day, done},
};
use serde_json::{Value, json};

/// What an answer may lack keys of. The bytes of a ledger entry are hashed, and an absent key has
/// other bytes than a null one; a sharing rule and a grant stand as they were written, with the
/// keys that mean something for their kind; and a simulation tells the reckoning it made in the
/// very words `share compute` takes. The terms of a call are told in the words that set them, and
/// so are the budgets a ceiling falls into.
const WITH_ABSENT_KEYS: &[&str] = &[
    "LedgerEntry",
    "Rule",
    "Band",
    "Subsidy",
    "ShareRequest",
    "ShareCouncil",
    "Backstop",
    "ShareOutcome",
    "NewCall",
    "NewMilestone",
    "NewBackstop",
    "BudgetYear",
];

/// Only read by the tests here, so that one server does for both.
fn document() -> (Forge, Document) {
    let forge = Forge::with(Engine::Sqlite).on_the_real_clock().start();
    let document = Document::of(&forge.url(""));
    (forge, document)
}

/// The schema is the OpenAPI Initiative's own (Apache-2.0).
#[test]
fn the_document_is_openapi_3_1() {
    let (_forge, document) = document();
    let path = source::root().join("tests/openapi/openapi-3.1.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
    compiler.add_resource("http://oas.example/3.1", schema).unwrap();
    let schema = compiler.compile("http://oas.example/3.1", &mut schemas).unwrap();
    let outcome = schemas.validate(document.value(), schema);
    assert!(outcome.is_ok(), "{:#}", outcome.unwrap_err());
    // A document that is none is seen to be none.
    let mut broken = document.value().clone();
    broken["paths"]["/api/v1/version"]["get"]["responses"] = json!([]);
    assert!(schemas.validate(&broken, schema).is_err());
}

/// Routes and descriptions are one thing where they are made by `routes!`: a route made beside it
/// would be served and not described.
#[test]
fn no_route_of_the_api_is_made_beside_its_description() {
    let api = source::rust().into_iter().filter(|it| it.path.contains("forge-server/src/api/"));
    let beside: Vec<_> = api
        .flat_map(|source| {
            let lines = source.text.lines().map(str::trim).map(str::to_owned).collect::<Vec<_>>();
            lines.into_iter().filter(|line| line.contains(".route("))
        })
        .collect();
    assert_eq!(beside.len(), 1, "{beside:#?}");
    assert!(beside[0].contains("/api/openapi.json"), "{beside:#?}");
}

/// Every described operation is served: none of them answers like an address that leads nowhere.
#[test]
fn every_operation_is_served() {
    let (forge, document) = document();
    let api = forge.api(None);
    let nowhere = api.send("PATCH", "/api/v1/version", &json!({})).status;
    assert_eq!(nowhere, 404);
    let operations = document.operations();
    assert!(operations.len() > 50, "{operations:?}");
    let unserved = operations.iter().filter(|(method, path)| {
        // Nobody may write: an operation that is there asks for a token, or does not find the
        // thing; the document of a route that is not there would be refused by the client.
        let filled = path.replace(['{', '}', '*'], "");
        let answer = match method.as_str() {
            "GET" => api.get(&filled),
            "DELETE" => api.delete(&filled),
            _ => api.send(method, &filled, &json!({})),
        };
        answer.status >= 500 || answer.status == 405
    });
    assert_eq!(unserved.collect::<Vec<_>>(), Vec::<&(String, String)>::new());
}

/// api.md: every key of an answer is always there, null where there is nothing to say.
#[test]
fn every_key_of_an_answer_is_promised() {
    let (_forge, document) = document();
    let value = document.value();
    let mut answers = BTreeSet::new();
    for (method, path) in document.operations() {
        let responses = &value["paths"][path][method.to_lowercase()]["responses"];
        named(responses, value, &mut answers);
    }
    assert!(answers.len() > 20, "{answers:?}");
    let mut unpromised = Vec::new();
    for name in answers {
        let schema = &value["components"]["schemas"][&name];
        let promised: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
        if WITH_ABSENT_KEYS.contains(&name.as_str()) {
            continue;
        }
        for key in schema["properties"].as_object().into_iter().flat_map(|keys| keys.keys()) {
            if !promised.iter().any(|it| *it == key) {
                unpromised.push(format!("{name}.{key}"));
            }
        }
    }
    assert_eq!(unpromised, [] as [String; 0]);
}

/// The names of the schemas below a value, and of those they lead to.
fn named(value: &Value, document: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(to)) = object.get("$ref") {
                let name = to.rsplit('/').next().unwrap_or_default().to_owned();
                if found.insert(name.clone()) {
                    named(&document["components"]["schemas"][&name], document, found);
                }
            }
            object.values().for_each(|value| named(value, document, found));
        }
        Value::Array(values) => values.iter().for_each(|value| named(value, document, found)),
        _ => {}
    }
}

/// Those that change something answer what the document says of a success; the client looks.
#[test]
fn what_is_written_is_answered_as_described() {
    let forge = Forge::with(Engine::Sqlite).on_the_real_clock().start();
    let town = Town::found(&forge);
    for council in ["aubervac", "belrive", "corbelle"] {
        town.council(council, 12_345);
    }
    let [lead, second, guest] = ["lise", "bea", "gaston"].map(|login| town.person(login));
    town.role("lise", "aubervac", "lead");
    town.role("bea", "belrive", "lead");
    town.role("bea", "belrive", "signatory");
    town.mandate("bea", "belrive", "60000.00");
    let signatory = town.signatory("simone", "aubervac", "60000.00");
    town.space("enfance", "aubervac", &lead);
    // Who accepts takes on a role: a token that only writes does not reach so far.
    a_council_changes(&forge, town.administrator(), &town.token("gaston", "full"));

    let member = json!({ "council": "belrive", "status": "contributor" });
    by(&forge, &second, "POST", "spaces/enfance/members", member);
    let member = json!({ "status": "contributor" });
    by(&forge, &lead, "PATCH", "spaces/enfance/members/belrive", member);
    by(&forge, &guest, "POST", "user/repos", json!({ "name": "essai" }));
    by(&forge, &lead, "POST", "org/enfance/repos", json!({ "name": "cantine" }));
    let edit = json!({ "description": "La cantine", "visibility": "space" });
    let module = by(&forge, &lead, "PATCH", "repos/enfance/cantine", edit);
    assert_eq!(module["visibility"], "space");
    calls_end(&forge, &lead, &second, &signatory);
    by(&forge, &second, "DELETE", "spaces/enfance/members/belrive", Value::Null);
}

fn a_council_changes(forge: &Forge, root: &str, guest: &str) {
    let by = |method: &str, path: &str, body: Value| by(forge, root, method, path, body);
    by("PATCH", "councils/aubervac", json!({ "website": "https://aubervac.example" }));
    let inhabitants = json!({ "kind": "municipale", "vintage": "2025", "value": 12_300 });
    by("POST", "councils/aubervac/populations", inhabitants);
    let made_and_ended = |collection: &str, body: Value| {
        let made = by("POST", collection, body);
        let one = format!("{collection}/{}", made["id"].as_str().unwrap());
        by("DELETE", &one, Value::Null);
    };
    let role = json!({ "person": "gaston", "role": "developer" });
    made_and_ended("councils/corbelle/roles", role);
    made_and_ended("councils/aubervac/mandates", town::new_mandate("simone", "10.00"));
    let invitation = json!({ "role": "developer" });
    made_and_ended("councils/belrive/invitations", invitation.clone());
    let link = by("POST", "councils/belrive/invitations", invitation)["url"].clone();
    self::by(forge, guest, "POST", "invitations/accept", json!({ "link": link }));
    by("POST", "councils/corbelle/suspend", json!({ "reason": "Une fusion" }));
}

/// One call is confirmed early by two councils, the other called off after a pledge was taken back.
fn calls_end(forge: &Forge, lead: &str, second: &str, signatory: &str) {
    let post = |who: &str, path: &str, body: Value| by(forge, who, "POST", path, body);
    let opened = |early: bool| {
        let mut new = town::call("La cantine", day(60));
        new["early_close"] = json!(early);
        let call = post(lead, "spaces/enfance/calls", new.clone());
        let call = format!("calls/{}", call["ref"].as_str().unwrap());
        new["title"] = json!("La cantine et la garderie");
        by(forge, lead, "PUT", &call, new);
        post(lead, &format!("{call}/publish"), json!({}));
        call
    };
    let (call, other) = (opened(true), opened(false));
    let pledge = |who: &str, path: &str, body: Value| {
        let pledge = post(who, path, body);
        format!("pledges/{}", pledge["ref"].as_str().unwrap())
    };
    let wish = json!({ "council": "belrive", "ceiling": "100.00" });
    let wish = pledge(second, &format!("{call}/intentions"), wish);
    post(second, &format!("{wish}/refuse"), json!({ "reason": "Budget" }));
    let taken_back = town::pledge("aubervac", "50000.00");
    let taken_back = pledge(signatory, &format!("{other}/pledges"), taken_back);
    let act = json!({ "kind": "commitment", "number": "7", "date": day(-1).to_string() });
    post(signatory, &format!("{taken_back}/evidence"), act);
    post(signatory, &format!("{taken_back}/withdraw"), json!({ "reason": "Trop cher" }));
    let ended = post(lead, &format!("{other}/cancel"), json!({ "reason": "Sans suite" }));
    assert_eq!(ended["state"], "cancelled");
    pledge(signatory, &format!("{call}/pledges"), town::pledge("aubervac", "50000.00"));
    pledge(second, &format!("{call}/pledges"), town::pledge("belrive", "50000.00"));
    let confirmed = post(lead, &format!("{call}/confirm"), json!({}));
    assert_eq!(confirmed["state"], "confirmed");
    let asked = forge.api(None).get(&format!("/api/v1/{call}/share-request")).body;
    post(lead, "share/compute", asked);
}

#[track_caller]
fn by(forge: &Forge, token: &str, method: &str, path: &str, body: Value) -> Value {
    let api = forge.api(Some(token));
    let path = format!("/api/v1/{path}");
    let answer = match method {
        "DELETE" => api.delete(&path),
        _ => api.send(method, &path, &body),
    };
    done(&answer).clone()
}

/// A walk over everything that answers with more than an error, so that the client holds each
/// against the document.
#[test]
fn every_reading_answer_keeps_the_document() {
    let (forge, document) = document();
    let town = Town::found(&forge);
    town.council("aubervac", 12_345);
    let lead = town.member("lise", "aubervac", "lead");
    town.role("lise", "aubervac", "maintainer");
    let signatory = town.signatory("simone", "aubervac", "60000.00");
    town.space("enfance", "aubervac", &lead);
    let api = forge.api(Some(&lead));
    done(&api.send("POST", "/api/v1/orgs/enfance/repos", &json!({ "name": "cantine" })));
    let work = forge.terminal();
    work.git("", &["init", "-q", "work"]).ok();
    work.write("work/LICENSE", "EUPL-1.2\n");
    work.write("work/src/repas.txt", "soupe\n");
    work.git("work", &["add", "-A"]).ok();
    work.git("work", &["commit", "-q", "-m", "Commencer"]).ok();
    work.git("work", &["tag", "v1"]).ok();
    let remote = forge.remote("enfance/cantine", Some(&lead));
    work.git("work", &["push", "-q", &remote, "main", "v1"]).ok();
    let path = "/api/v1/repos/enfance/cantine/publication";
    done(&api.send("POST", path, &json!({ "description": "La cantine" })));
    let new = town::call("La cantine", day(30));
    let call = done(&api.send("POST", "/api/v1/spaces/enfance/calls", &new)).clone();
    let reference = call["ref"].as_str().unwrap();
    done(&api.send("POST", &format!("/api/v1/calls/{reference}/publish"), &json!({})));
    let signs = forge.api(Some(&signatory));
    let pledges = format!("/api/v1/calls/{reference}/pledges");
    let pledge = done(&signs.send("POST", &pledges, &town::pledge("aubervac", "50000.00"))).clone();

    let fill = [
        ("{owner}", "enfance"),
        ("{repo}", "cantine"),
        ("{org}", "enfance"),
        ("{user}", "lise"),
        ("{council}", "aubervac"),
        ("{space}", "enfance"),
        ("{*path}", "src/repas.txt"),
        ("{*branch}", "main"),
        ("{sha}", "HEAD"),
        ("{id}", "1"),
        ("{path}", "src/repas.txt"),
        ("{branch}", "main"),
    ];
    let mut seen = 0;
    for (method, pattern) in document.operations() {
        if method != "GET" {
            continue;
        }
        let which = if pattern.contains("/pledges/{ref}") { &pledge } else { &call };
        let mut path = pattern.replace("{ref}", which["ref"].as_str().unwrap());
        for (name, value) in fill {
            path = path.replace(name, value);
        }
        for token in [None, Some(&*lead), Some(town.administrator())] {
            let answer = forge.api(token).get(&path);
            assert!(answer.status < 500, "{path}: {answer:?}");
            seen += u32::from(answer.status == 200);
        }
    }
    assert!(seen > 60, "only {seen} answers had something to say");
}
