//! Exports: every public table in three forms, made as they are sent.

use std::io;

use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use forge_api::{dialect::ApiError, exports::ExportFile};
use futures_util::stream;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::ApiCaller,
    error::Error,
    exports::{self, Cell, Format, Source, Table},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(file))
}

/// The tables, and where each is in each form.
#[utoipa::path(
    get,
    path = "/exports",
    tag = "exports",
    responses((status = 200, body = Vec<ExportFile>)),
)]
async fn list(State(app): State<App>, _: ApiCaller) -> Json<Vec<ExportFile>> {
    let address = |name: &str| format!("{}/api/v1/exports/{name}", app.public_url);
    let one = |table: &Table| ExportFile {
        table: table.name.to_owned(),
        csv: address(&format!("{}.csv", table.name)),
        json: address(&format!("{}.json", table.name)),
        jsonl: address(&format!("{}.jsonl", table.name)),
        schema: address(&format!("{}.schema.json", table.name)),
    };
    Json(exports::TABLES.iter().map(one).collect())
}

/// One table: `calls.csv`, `calls.json`, `calls.jsonl`, or its `calls.schema.json`. Each row tells
/// when it was made, and the size and root of the ledgers at that time; so do the headers
/// `X-Generated-At`, `X-Ledger-Size` and `X-Ledger-Root`, also where a national schema leaves no
/// place for it in the rows.
#[utoipa::path(
    get,
    path = "/exports/{file}",
    tag = "exports",
    params(("file" = String, Path)),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = 404, body = ApiError),
    ),
)]
async fn file(
    State(app): State<App>,
    _: ApiCaller,
    Path(file): Path<String>,
) -> Result<Response, Error> {
    if let Some(table) = file.strip_suffix(".schema.json") {
        let table = exports::table(table).ok_or(Error::NotFound)?;
        return Ok(Json(exports::schema(table)).into_response());
    }
    let (name, ending) = file.rsplit_once('.').ok_or(Error::NotFound)?;
    let table = exports::table(name).ok_or(Error::NotFound)?;
    let format = Format::of(ending).ok_or(Error::NotFound)?;
    let state = exports::State::now(&app).await?;
    let first = exports::beginning(table, format, &state);
    let shown = [
        ("x-generated-at", state.generated_at.clone()),
        ("x-ledger-size", state.ledger_size.to_string()),
        ("x-ledger-root", state.ledger_root.clone()),
    ];
    let making = Making {
        source: Source::new(&app).await?,
        app,
        table,
        format,
        state,
        next: Some(first),
        begun: false,
        ended: false,
    };
    let body = stream::unfold(making, |mut making| async move {
        let part = making.part().await.transpose()?;
        Some((part.map_err(|error| io::Error::other(error.to_string())), making))
    });
    let name = format!("attachment; filename=\"{file}\"");
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, shown, Body::from_stream(body)).into_response())
}

/// An export in the making.
struct Making {
    app: App,
    table: &'static Table,
    format: Format,
    state: exports::State,
    source: Source,
    /// What is sent next before any row.
    next: Option<String>,
    /// Whether a row was sent.
    begun: bool,
    /// Whether the end was.
    ended: bool,
}

impl Making {
    /// The next bytes; none at the end.
    async fn part(&mut self) -> Result<Option<String>, Error> {
        if let Some(first) = self.next.take() {
            return Ok(Some(first));
        }
        if self.ended {
            return Ok(None);
        }
        match exports::rows(&self.app, self.table, &mut self.source).await? {
            Some(rows) => Ok(Some(self.text(&rows))),
            None => {
                self.ended = true;
                Ok(Some(exports::end(self.format).to_owned()))
            }
        }
    }

    fn text(&mut self, rows: &[Vec<Cell>]) -> String {
        let mut text = String::new();
        for cells in rows {
            let first = !std::mem::replace(&mut self.begun, true);
            text += &exports::row(self.table, (self.format, first), (cells, &self.state));
        }
        text
    }
}
