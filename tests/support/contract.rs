//! Holds every answer of the API against the OpenAPI document that the same server serves.

use std::{collections::BTreeMap, fmt, sync::OnceLock};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};
use ureq::Agent;

use crate::browser::Answer;

/// The name under which the document is known to the validator.
const DOCUMENT: &str = "http://forge.example/api/openapi.json";
/// Where a response keeps the schema of its body.
const SCHEMA: &str = "/content/application~1json/schema";
/// Where the schema of a refusal stands.
const ERROR: &str = "/components/schemas/ApiError";

/// The document a server serves, read once: every test starts the same program.
#[derive(Debug)]
pub struct Document {
    value: Value,
    operations: Vec<(String, String)>,
    /// The document with every object closed: an answer has no key that is not described.
    closed: Value,
    compiled: Compiled,
}

/// The schemas of every answer, compiled once, and which one stands at which place.
#[derive(Default)]
struct Compiled {
    schemas: Schemas,
    places: BTreeMap<String, SchemaIndex>,
}

impl fmt::Debug for Compiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compiled").field("places", &self.places.keys()).finish()
    }
}

/// Refuses an answer of the API that the document does not describe.
///
/// # Panics
/// With what does not fit.
#[track_caller]
pub fn hold(method: &str, base: &str, path: &str, answer: &Answer) {
    static SERVED: OnceLock<Document> = OnceLock::new();
    if !path.starts_with("/api/v1/") {
        return;
    }
    SERVED.get_or_init(|| Document::of(base)).hold(method, path, answer);
}

impl Document {
    /// Asks a server for its document.
    pub fn of(base: &str) -> Self {
        let url = format!("{base}/api/openapi.json");
        let mut answer =
            Agent::new_with_defaults().get(&url).call().expect("the document is there");
        let text = answer.body_mut().read_to_string().expect("the document arrives whole");
        Self::new(serde_json::from_str(&text).expect("the document is JSON"))
    }

    /// A document that was not asked for over HTTP.
    pub fn new(value: Value) -> Self {
        let mut closed = value.clone();
        close(&mut closed);
        let compiled = Compiled::of(&closed);
        Self { operations: operations(&value), value, closed, compiled }
    }

    /// As [`hold`], against this document.
    ///
    /// # Panics
    /// With what does not fit.
    #[track_caller]
    pub fn hold(&self, method: &str, path: &str, answer: &Answer) {
        if let Err(fault) = self.describes(method, path, answer) {
            panic!("{method} {path} does not keep the document: {fault}\n{answer:#?}")
        }
    }

    /// The document itself.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Every method and path it describes, as in `GET /api/v1/version`.
    pub fn operations(&self) -> &[(String, String)] {
        &self.operations
    }

    /// Whether an answer is described: its status, its media type, and each of its keys.
    ///
    /// # Errors
    /// What does not fit.
    pub fn describes(&self, method: &str, path: &str, answer: &Answer) -> Result<(), String> {
        let path = path.split('?').next().unwrap_or_default();
        let found = self
            .operations
            .iter()
            .filter(|(known, pattern)| known == method && fits(pattern, path))
            .max_by_key(|(_, pattern)| pattern.split('/').filter(|s| !s.starts_with('{')).count());
        let Some((_, pattern)) = found else {
            // An address that leads nowhere is in no document.
            return if answer.status == 404 { Ok(()) } else { Err("it is not described".into()) };
        };
        let place = ["paths", pattern, &method.to_lowercase(), "responses"];
        let responses = pointer(&place);
        let status = answer.status.to_string();
        let described = self.closed.pointer(&format!("{responses}/{status}"));
        let Some(described) = described else {
            // What any route may answer: nobody, nothing, not that, too much, not now.
            let any = [401, 403, 404, 405, 409, 413, 415, 422, 429, 503];
            if !any.contains(&answer.status) {
                return Err(format!("the status {status} is not described"));
            }
            is_json(answer)?;
            return self.compiled.check(ERROR, &answer.body);
        };
        let Some(content) = described.get("content").and_then(Value::as_object) else {
            let empty = answer.body.is_null();
            return if empty { Ok(()) } else { Err("no body is described".to_owned()) };
        };
        if !content.contains_key("application/json") {
            return Ok(());
        }
        is_json(answer)?;
        self.compiled.check(&format!("{responses}/{status}{SCHEMA}"), &answer.body)
    }
}

impl Compiled {
    fn of(closed: &Value) -> Self {
        let mut compiler = Compiler::new();
        compiler.add_resource(DOCUMENT, closed.clone()).expect("the document has one address");
        let mut all = Self::default();
        let each = operations(closed).into_iter().flat_map(|(method, path)| {
            let place = pointer(&["paths", &path, &method.to_lowercase(), "responses"]);
            let responses = closed.pointer(&place).and_then(Value::as_object);
            let statuses: Vec<_> = responses.into_iter().flatten().map(|(key, _)| key).collect();
            let schemas = statuses.into_iter().map(move |key| format!("{place}/{key}{SCHEMA}"));
            schemas.collect::<Vec<_>>()
        });
        let places = each.filter(|place| closed.pointer(place).is_some());
        for place in places.chain([ERROR.to_owned()]) {
            let address = place.replace('{', "%7B").replace('}', "%7D");
            let schema = compiler.compile(&format!("{DOCUMENT}#{address}"), &mut all.schemas);
            let schema = schema.unwrap_or_else(|error| panic!("{place}: {error:#}"));
            all.places.insert(place, schema);
        }
        all
    }

    fn check(&self, place: &str, body: &Value) -> Result<(), String> {
        let schema = *self.places.get(place).ok_or_else(|| format!("{place} has no schema"))?;
        self.schemas.validate(body, schema).map_err(|error| format!("{error:#}"))
    }
}

fn operations(document: &Value) -> Vec<(String, String)> {
    let paths = document["paths"].as_object().expect("a document has paths");
    let each = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flat_map(|item| item.keys());
        methods
            .filter(|key| ["get", "post", "put", "patch", "delete"].contains(&key.as_str()))
            .map(|method| (method.to_uppercase(), path.clone()))
    });
    each.collect()
}

/// A JSON pointer with its signs escaped.
fn pointer(parts: &[&str]) -> String {
    let escaped = parts.iter().map(|part| part.replace('~', "~0").replace('/', "~1"));
    escaped.map(|part| format!("/{part}")).collect()
}

/// Whether a path is an instance of a pattern: `{name}` is one part, `{*name}` is the rest.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    for wanted in pattern.split('/') {
        if wanted.starts_with("{*") {
            return parts.next().is_some();
        }
        let Some(part) = parts.next() else { return false };
        if !wanted.starts_with('{') && wanted != part {
            return false;
        }
    }
    parts.next().is_none()
}

fn is_json(answer: &Answer) -> Result<(), String> {
    let kind = answer.headers.iter().find(|(name, _)| name == "content-type");
    match kind.map(|(_, kind)| kind.as_str()) {
        Some("application/json") => Ok(()),
        other => Err(format!("its media type is {other:?}")),
    }
}

/// Says of every object with named keys that it has no others. Parts of one (`allOf`) stay open:
/// none of them knows the keys of the others.
fn close(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let is_closed = object.contains_key("additionalProperties");
            if object.get("properties").is_some_and(Value::is_object) && !is_closed {
                object.insert("additionalProperties".to_owned(), json!(false));
            }
            object.iter_mut().filter(|(key, _)| *key != "allOf").for_each(|(_, it)| close(it));
        }
        Value::Array(values) => values.iter_mut().for_each(close),
        _ => {}
    }
}
