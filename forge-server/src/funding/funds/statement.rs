//! The statement of amounts due as data: what a finance system reads (domain.md §c12, §i).

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use forge_domain::hex;
use forge_store::funds::{FundsCall, Line};

use super::{FundsBook, milestone_key};
use crate::funding::CallBook;

/// For so many days an overdue line is the space's to see; then everybody's (domain.md §c10).
pub const OVERDUE_MEMBERS_DAYS: i64 = 60;

const COLUMNS: [&str; 12] = [
    "debtor_siret",
    "council",
    "service_code",
    "commitment_no",
    "object",
    "net",
    "vat",
    "gross",
    "currency",
    "call",
    "milestone",
    "calc_sha256",
];

/// The lines of a call for funds, or the one of a council, in the separator of the call's profile.
pub fn csv(
    (book, money): (&CallBook, &FundsBook),
    row: &FundsCall,
    (council, separator): (Option<&str>, char),
) -> String {
    let mut text = line(&COLUMNS, separator);
    let wanted = |owed: &&Line| council.is_none_or(|council| council == owed.council_slug);
    for owed in money.lines_of(row.id).filter(wanted) {
        let amount = |minor: i64| book.decimal(minor);
        let milestone = milestone_key(book, row.milestone);
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut cells = vec![
            optional(&owed.siret),
            owed.council_slug.clone(),
            optional(&owed.service_code),
            optional(&owed.commitment_no),
            object(book, &milestone),
        ];
        cells.extend([owed.net, owed.vat, owed.gross].map(amount));
        cells.extend([book.call.currency.clone(), row.call_ref.clone(), milestone]);
        cells.push(hex::encode(&row.digest));
        text.push_str(&line(&cells, separator));
    }
    text
}

/// A row of a file for spreadsheets: no cell is a formula, and none breaks the row.
pub fn line(cells: &[impl AsRef<str>], separator: char) -> String {
    let cells: Vec<String> =
        cells.iter().map(|text| cell(&safe(text.as_ref()), separator)).collect();
    cells.join(&separator.to_string()) + "\r\n"
}

/// What a line is for, in the language of the call.
pub fn object(book: &CallBook, milestone: &str) -> String {
    let call = &book.call.reference;
    match book.call.lang.as_str() {
        "fr" => format!("Quote-part jalon {milestone} {call}"),
        _ => format!("Share of milestone {milestone} {call}"),
    }
}

/// A text that no spreadsheet takes for a formula (security.md #80); an amount below zero is one
/// for nobody.
fn safe(text: &str) -> String {
    let amount = text.strip_prefix('-').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    });
    if !amount && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn cell(text: &str, separator: char) -> String {
    if text.contains([separator, '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A CSV to be kept as a file.
pub fn as_csv(text: String, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}.csv\"");
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let disposition = HeaderValue::try_from(disposition)
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text)
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_breaks_no_row() {
        let row = ["=1+1", "DSI; service \"A\"", "2027-00481", "-12.50", "-A1"];
        let written = "'=1+1;\"DSI; service \"\"A\"\"\";2027-00481;-12.50;'-A1\r\n";
        assert_eq!(line(&row, ';'), written);
        assert_eq!(line(&["a,b", "c;d"], ','), "\"a,b\",c;d\r\n");
    }
}
