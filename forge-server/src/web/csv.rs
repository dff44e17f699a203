//! Files for spreadsheets (RFC 4180): UTF-8, a header, amounts with a point, dates ISO 8601.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

use crate::error::Error;

/// A line: each cell quoted where it must be, and none that a spreadsheet takes for a formula.
pub fn line(separator: char, cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(separator, &text)).collect();
    let mut line = cells.join(&separator.to_string());
    line.push_str("\r\n");
    line
}

/// A file to keep, under this name.
///
/// # Errors
/// [`Error::Internal`] where the name fits no header, which no slug and no reference does.
pub fn file(name: &str, text: String) -> Result<Response, Error> {
    let kept = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(kept).map_err(anyhow::Error::from)?),
    ];
    Ok((headers, text).into_response())
}

fn cell(separator: char, text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([separator, '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_text_and_never_a_formula() {
        assert_eq!(cell(';', "Permis"), "Permis");
        assert_eq!(cell(';', "a;b \"c\""), "\"a;b \"\"c\"\"\"");
        assert_eq!(cell(',', "a;b"), "a;b");
        assert_eq!(cell(',', "=1+1"), "'=1+1");
    }
}
