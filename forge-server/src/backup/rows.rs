//! A row as a line of JSON: an object of its columns, in a form that both engines read back.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_store::{
    dump::{Kind, Table, Values},
    types::Value,
};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

/// A row as JSON.
pub(super) fn to_json(table: &Table, row: Values) -> Json {
    let columns = table.columns.iter().map(|(name, _)| (*name).to_owned());
    Json::Object(columns.zip(row.into_iter().map(value)).collect())
}

fn value(value: Value) -> Json {
    let json = match value {
        Value::Int(int) => int.map(Json::from),
        Value::Bool(bool) => bool.map(Json::from),
        Value::Text(text) => text.map(Json::from),
        Value::Uuid(id) => id.map(|id| Json::from(id.to_string())),
        Value::Bytes(bytes) => bytes.map(|bytes| Json::from(BASE64_STANDARD.encode(bytes))),
    };
    json.unwrap_or(Json::Null)
}

/// The row a line holds; why not, where it does not.
pub(super) fn from_json(table: &Table, line: &str) -> Result<Values, String> {
    let row: Map<String, Json> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if row.len() != table.columns.len() {
        return Err(format!("a row has {} columns, not {}", row.len(), table.columns.len()));
    }
    let read = |(name, kind): &(&str, Kind)| {
        let json = row.get(*name).ok_or_else(|| format!("a row has no column {name}"))?;
        read(*kind, json).ok_or_else(|| format!("the column {name} holds {json}"))
    };
    table.columns.iter().map(read).collect()
}

fn read(kind: Kind, json: &Json) -> Option<Value> {
    let null = json.is_null();
    Some(match kind {
        Kind::Int if null => Value::Int(None),
        Kind::Bool if null => Value::Bool(None),
        Kind::Text if null => Value::Text(None),
        Kind::Uuid if null => Value::Uuid(None),
        Kind::Bytes if null => Value::Bytes(None),
        Kind::Int => Value::Int(Some(json.as_i64()?)),
        Kind::Bool => Value::Bool(Some(json.as_bool()?)),
        Kind::Text => Value::Text(Some(json.as_str()?.to_owned())),
        Kind::Uuid => Value::Uuid(Some(Uuid::parse_str(json.as_str()?).ok()?)),
        Kind::Bytes => Value::Bytes(Some(BASE64_STANDARD.decode(json.as_str()?).ok()?)),
    })
}
