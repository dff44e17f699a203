//! The ledger of a space.

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_api::{
    dialect::ApiError,
    ledger::{ChainedEntry, Checkpoint, LedgerVerification},
};
use forge_domain::{hex, ledger::Recorded};
use forge_store::ledger as store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Listed, Pages, pages::PagesQuery};
use crate::{
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{Reader, open},
    ledger::{publish, rows, verify},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(lines))
        .routes(routes!(checkpoint))
        .routes(routes!(verified))
}

/// The entries, oldest first, each with its place in the chain.
#[utoipa::path(
    get,
    path = "/spaces/{space}/ledger",
    tag = "ledger",
    params(("space" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<ChainedEntry>), (status = 404, body = ApiError)),
)]
async fn list(
    State(app): State<App>,
    _: ApiCaller,
    Path(space): Path<String>,
    pages: Pages,
) -> Result<Listed<ChainedEntry>, Error> {
    let recorded = recorded(&app, &space).await?;
    Ok(pages.cut(recorded.iter().map(chained).collect::<Result<_, _>>()?))
}

/// The entries as they are hashed and published, one a line.
#[utoipa::path(
    get,
    path = "/spaces/{space}/ledger/entries",
    tag = "ledger",
    params(("space" = String, Path)),
    responses(
        (status = 200, body = String, content_type = "application/jsonl"),
        (status = 404, body = ApiError),
    ),
)]
async fn lines(
    State(app): State<App>,
    _: ApiCaller,
    Path(space): Path<String>,
) -> Result<Response, Error> {
    let mut text = Vec::new();
    for one in recorded(&app, &space).await? {
        text.extend(one.entry.canonical_bytes());
        text.push(b'\n');
    }
    Ok(([(header::CONTENT_TYPE, "application/jsonl; charset=utf-8")], text).into_response())
}

/// The newest signed head.
#[utoipa::path(
    get,
    path = "/spaces/{space}/ledger/checkpoint",
    tag = "ledger",
    params(("space" = String, Path)),
    responses((status = 200, body = Checkpoint), (status = 404, body = ApiError)),
)]
async fn checkpoint(
    State(app): State<App>,
    _: ApiCaller,
    Path(space): Path<String>,
) -> Result<Json<Checkpoint>, Error> {
    let (space, _) = open::space(&app, &space).await?;
    let last = store::checkpoints(&app.db, space.id).await?.pop().ok_or(Error::NotFound)?;
    let entry = store::entries(&app.db, space.id, last.size - 1, 1).await?;
    Ok(Json(Checkpoint {
        origin: publish::origin(&app, &space).await?,
        size: last.size,
        root: BASE64_STANDARD.encode(&last.root),
        head: entry.first().map(|entry| hex::encode(&entry.hash)).unwrap_or_default(),
        note: last.note,
    }))
}

/// Verifies the ledger: everything is derived from the entries and held against the signed heads
/// and the published files.
#[utoipa::path(
    get,
    path = "/spaces/{space}/ledger/verify",
    tag = "ledger",
    params(("space" = String, Path)),
    responses((status = 200, body = LedgerVerification), (status = 404, body = ApiError)),
)]
async fn verified(
    State(app): State<App>,
    _: ApiCaller,
    Path(space): Path<String>,
) -> Result<Json<LedgerVerification>, Error> {
    let (space, _) = open::space(&app, &space).await?;
    Ok(Json(verify::verify(&app, &space).await?))
}

async fn recorded(app: &App, space: &str) -> Result<Vec<Recorded>, Error> {
    let (space, _) = open::space(app, space).await?;
    rows::recorded(&mut Reader::Db(&app.db), space.id).await
}

fn chained(recorded: &Recorded) -> Result<ChainedEntry, Error> {
    let entry = serde_json::from_slice(&recorded.entry.canonical_bytes());
    Ok(ChainedEntry {
        entry: entry.map_err(anyhow::Error::from)?,
        hash: recorded.link.map(|link| hex::encode(&link)).unwrap_or_default(),
    })
}
