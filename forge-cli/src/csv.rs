//! Lines of CSV (RFC 4180), for people's spreadsheets.

/// One line with its end.
pub(crate) fn line<T: AsRef<str>>(fields: &[T]) -> String {
    let quoted = |field: &T| {
        let text = field.as_ref();
        let plain = !text.contains([',', '"', '\n', '\r']);
        if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    };
    let fields: Vec<String> = fields.iter().map(quoted).collect();
    format!("{}\r\n", fields.join(","))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn what_would_break_a_line_is_quoted() {
        assert_eq!(line(&["a", "b,c", "d \"e\"", ""]), "a,\"b,c\",\"d \"\"e\"\"\",\r\n");
    }
}
