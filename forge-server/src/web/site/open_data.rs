//! `/open-data`: what may be taken away, in which forms, under which licence, and the state of the
//! ledgers that it shows.

use axum::{extract::State, response::Response};
use serde::Serialize;

use super::texts;
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    exports::{self, Table},
    themes::{Chrome, Crumb, Html},
    web::page,
};

/// `pages/open-data.html`.
#[derive(Debug, Clone, Serialize)]
pub struct OpenDataPage {
    /// The frame.
    pub page: Chrome,
    /// The text of the site.
    pub text: Html,
    /// The tables.
    pub tables: Vec<TableRow>,
    /// When a table that is fetched now is made.
    pub generated_at: String,
    /// How many signed entries all ledgers have together.
    pub ledger_size: i64,
    /// The root over their signed heads, in hexadecimal.
    pub ledger_root: String,
}

/// A table that may be taken away.
#[derive(Debug, Clone, Serialize)]
pub struct TableRow {
    /// Its name: the end of a key `export-…`.
    pub name: &'static str,
    /// Where it is as CSV, JSON, JSON lines, and its schema.
    pub files: [(&'static str, String); 4],
}

pub(super) async fn show(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    let state = exports::State::now(&app).await?;
    let title = page::text(&app, &viewer, "open-data-title");
    let mut frame = page::chrome(&app, &viewer, title.clone());
    frame.crumbs = vec![Crumb::here(title)];
    let body = OpenDataPage {
        page: frame,
        text: texts::prose(&app, &viewer, "open-data")?,
        tables: exports::TABLES.iter().map(row).collect(),
        generated_at: state.generated_at,
        ledger_size: state.ledger_size,
        ledger_root: state.ledger_root,
    };
    page::page(&app, &viewer, "pages/open-data.html", &body)
}

fn row(table: &Table) -> TableRow {
    let file = |ending: &str| format!("/api/v1/exports/{}.{ending}", table.name);
    let files = [("CSV", "csv"), ("JSON", "json"), ("JSONL", "jsonl"), ("schema", "schema.json")];
    TableRow { name: table.name, files: files.map(|(form, ending)| (form, file(ending))) }
}
