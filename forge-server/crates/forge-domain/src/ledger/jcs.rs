//! Canonical JSON (RFC 8785) for what the ledger holds: strings, integers, lists, objects.
//!
//! Written by hand because this shape is closed and the bytes are what is hashed: no fraction, no
//! boolean, no null ever occurs.

use std::fmt::Write as _;

/// A JSON value of the closed shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer; canonical JSON carries them exactly up to 2^53.
    Integer(i64),
    /// A list, in its own order.
    List(Vec<Value>),
    /// Names and values, in any order; written sorted.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The largest integer that a JSON number carries exactly.
    pub const INTEGER_MAX: i64 = (1 << 53) - 1;

    /// The canonical bytes: UTF-8, no spaces, names sorted by their UTF-16 code units.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = String::new();
        self.write(&mut text);
        text.into_bytes()
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => write_text(text, out),
            // Writing into a string never fails.
            Self::Integer(number) => {
                let _ = write!(out, "{number}");
            }
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                let mut sorted: Vec<_> = members.iter().collect();
                sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
                out.push('{');
                for (at, (name, value)) in sorted.into_iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The escapes of RFC 8785 §3.2.2.2: short forms where JSON has them, `\u00xx` for other controls.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_by_utf16() {
        // The example of RFC 8785 §3.2.3; U+1F600 sorts before U+FB33 because of its surrogates.
        let names = ["\u{20ac}", "\r", "\u{fb33}", "1", "\u{1f600}", "\u{80}", "\u{f6}"];
        let object = names.iter().map(|name| ((*name).to_owned(), Value::Integer(0))).collect();
        let text = String::from_utf8(Value::Object(object).to_bytes()).unwrap();
        let sorted = "{\"\\r\":0,\"1\":0,\"\u{80}\":0,\"\u{f6}\":0,\"\u{20ac}\":0,\
            \"\u{1f600}\":0,\"\u{fb33}\":0}";
        assert_eq!(text, sorted);
    }

    #[test]
    fn texts_are_escaped_as_the_rule_says() {
        let given = "\u{20ac}$\u{f}\nA'B\"\\\"/\u{8}\u{c}\t\r\u{7f}";
        let text = String::from_utf8(Value::from(given).to_bytes()).unwrap();
        assert_eq!(text, "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\"/\\b\\f\\t\\r\u{7f}\"");
        // What serde_json reads back is what was given.
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), given);
    }

    #[test]
    fn lists_keep_their_order() {
        let list = Value::List(vec![Value::Integer(-3), Value::List(vec![]), Value::from("a")]);
        assert_eq!(list.to_bytes(), b"[-3,[],\"a\"]");
    }
}
