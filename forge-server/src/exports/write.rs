//! The three forms of an export, and what each column means to a program.

use serde_json::{Map, Value, json};

use super::{Cell, STATE, State, Table};

/// A form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV (RFC 4180) with a header, UTF-8, commas.
    Csv,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// The form of a file's ending.
    pub fn of(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::Jsonl),
            _ => None,
        }
    }

    /// What it is called on the wire.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
            Self::Jsonl => "application/jsonl; charset=utf-8",
        }
    }
}

/// The names of all columns.
fn columns(table: &Table) -> impl Iterator<Item = &'static str> {
    marked(table).map(|name| name.trim_start_matches('#'))
}

/// The columns of a table and of its state, counts with their mark.
fn marked(table: &Table) -> impl Iterator<Item = &'static str> {
    let state = if table.exact { &[] } else { STATE };
    table.columns.iter().chain(state).copied()
}

/// What stands before the first row.
pub fn beginning(table: &Table, format: Format, state: &State) -> String {
    match format {
        Format::Csv => line(columns(table).map(str::to_owned)),
        Format::Jsonl => String::new(),
        Format::Json => {
            let head = json!({
                "table": table.name,
                "generated_at": state.generated_at,
                "ledger_size": state.ledger_size,
                "ledger_root": state.ledger_root,
            });
            let text = head.to_string();
            format!("{},\"rows\":[", text.trim_end_matches('}'))
        }
    }
}

/// One row; `first` where none stands before it.
pub fn row(
    table: &Table,
    (format, first): (Format, bool),
    (cells, state): (&[Cell], &State),
) -> String {
    let state = state.cells();
    let cells = cells.iter().chain(state.iter().filter(|_| !table.exact));
    match format {
        Format::Csv => line(cells.map(|cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Nothing => String::new(),
        })),
        Format::Json | Format::Jsonl => {
            let value = |cell: &Cell| match cell {
                Cell::Text(text) => Value::String(text.clone()),
                Cell::Number(number) => Value::from(*number),
                Cell::Nothing => Value::Null,
            };
            let members = columns(table).map(str::to_owned).zip(cells.map(value));
            let object = Value::Object(members.collect::<Map<_, _>>());
            match (format, first) {
                (Format::Jsonl, _) => format!("{object}\n"),
                (_, true) => format!("\n{object}"),
                (_, false) => format!(",\n{object}"),
            }
        }
    }
}

/// What stands after the last row.
pub const fn end(format: Format) -> &'static str {
    match format {
        Format::Json => "\n]}\n",
        Format::Csv | Format::Jsonl => "",
    }
}

/// The JSON Schema of a row of a table.
pub fn schema(table: &Table) -> Value {
    let all = || marked(table);
    let member = |name: &'static str| {
        let kind = if name.starts_with('#') { "integer" } else { "string" };
        (name.trim_start_matches('#').to_owned(), json!({ "type": [kind, "null"] }))
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "type": "object",
        "properties": all().map(member).collect::<Map<_, _>>(),
        "required": all().map(|name| name.trim_start_matches('#')).collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

fn line(fields: impl Iterator<Item = String>) -> String {
    let quoted = fields.map(|text| {
        let plain = !text.contains([',', '"', '\n', '\r']);
        if plain { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    });
    format!("{}\r\n", quoted.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Table = Table::new("things", &["name", "#n"]);

    fn state() -> State {
        State {
            generated_at: "2027-01-01T00:00:00Z".to_owned(),
            ledger_size: 4,
            ledger_root: "ab".to_owned(),
        }
    }

    fn whole(format: Format) -> String {
        let rows = [[Cell::from("a, \"b\""), Cell::from(1)], [Cell::Nothing, Cell::Nothing]];
        let mut text = beginning(&TABLE, format, &state());
        for (at, cells) in rows.iter().enumerate() {
            text += &row(&TABLE, (format, at == 0), (cells, &state()));
        }
        text + end(format)
    }

    #[test]
    fn every_form_holds_the_same_rows_and_their_state() {
        assert_eq!(
            whole(Format::Csv),
            "name,n,generated_at,ledger_size,ledger_root\r\n\
             \"a, \"\"b\"\"\",1,2027-01-01T00:00:00Z,4,ab\r\n,,2027-01-01T00:00:00Z,4,ab\r\n"
        );
        let json: Value = serde_json::from_str(&whole(Format::Json)).unwrap();
        assert_eq!(
            (&json["rows"][0]["name"], &json["ledger_size"]),
            (&json!("a, \"b\""), &json!(4))
        );
        let lines: Vec<Value> =
            whole(Format::Jsonl).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(&Value::Array(lines), &json["rows"]);
        let names = schema(&TABLE);
        assert_eq!(names["properties"]["n"]["type"][0], "integer");
        assert_eq!(names["required"].as_array().unwrap().len(), 5);
    }

    #[test]
    fn a_national_schema_keeps_its_columns() {
        let table = Table { exact: true, ..TABLE };
        let mut text = beginning(&table, Format::Csv, &state());
        text += &row(&table, (Format::Csv, true), (&["a".into(), 1.into()], &state()));
        assert_eq!(text, "name,n\r\na,1\r\n");
        assert_eq!(schema(&table)["required"], json!(["name", "n"]));
    }
}
