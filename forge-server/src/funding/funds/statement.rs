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
    council: Option<&str>,
) -> String {
    let separator = separator(&book.call.profile);
    let mut text = COLUMNS.join(&separator.to_string());
    text.push_str("\r\n");
    let wanted = |line: &&Line| council.is_none_or(|council| council == line.council_slug);
    for line in money.lines_of(row.id).filter(wanted) {
        let amount = |minor: i64| book.decimal(minor);
        let milestone = milestone_key(book, row.milestone);
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let words = [
            optional(&line.siret),
            line.council_slug.clone(),
            optional(&line.service_code),
            optional(&line.commitment_no),
            object(book, &milestone),
        ];
        let mut cells: Vec<String> =
            words.iter().map(|text| cell(&safe(text), separator)).collect();
        cells.extend([line.net, line.vat, line.gross].map(amount));
        cells.extend([book.call.currency.clone(), row.call_ref.clone(), milestone]);
        cells.push(hex::encode(&row.digest));
        text.push_str(&cells.join(&separator.to_string()));
        text.push_str("\r\n");
    }
    text
}

/// What a line is for, in the language of the call.
pub fn object(book: &CallBook, milestone: &str) -> String {
    let call = &book.call.reference;
    match book.call.lang.as_str() {
        "fr" => format!("Quote-part jalon {milestone} {call}"),
        _ => format!("Share of milestone {milestone} {call}"),
    }
}

/// French spreadsheets and finance systems read semicolons, others commas.
fn separator(profile: &str) -> char {
    if profile == "fr" { ';' } else { ',' }
}

/// A text that no spreadsheet takes for a formula (security.md #80).
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
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
        assert_eq!(cell(&safe("=1+1"), ';'), "'=1+1");
        assert_eq!(cell(&safe("DSI; service \"A\""), ';'), "\"DSI; service \"\"A\"\"\"");
        assert_eq!(cell(&safe("2027-00481"), ','), "2027-00481");
        assert_eq!((separator("fr"), separator("generic")), (';', ','));
    }
}
