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
    ledger::{ChainedEntry, Checkpoint, LedgerBalance, LedgerProof, LedgerVerification},
};
use forge_domain::{
    hex,
    ledger::{Hash, Recorded, consistency_proof, inclusion_proof, leaf_hash},
    money::{Amount, Currency},
};
use forge_store::ledger as store;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Listed, Pages, Query, pages::PagesQuery};
use crate::{
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{Reader, open, wrong},
    ledger::{publish, rows, verify},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(lines))
        .routes(routes!(checkpoint))
        .routes(routes!(verified))
        .routes(routes!(proof))
        .routes(routes!(balances))
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

/// What a proof is asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Proved {
    /// The entry that is to be shown to be under the root.
    entry: Option<i64>,
    /// The size of an earlier head that the present one is to be shown to continue.
    from: Option<i64>,
}

/// Proves that an entry is under the newest signed root, or that this root continues an earlier
/// one (RFC 6962): checked with two heads and no entry.
#[utoipa::path(
    get,
    path = "/spaces/{space}/ledger/proof",
    tag = "ledger",
    params(("space" = String, Path), Proved),
    responses(
        (status = 200, body = LedgerProof),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn proof(
    State(app): State<App>,
    _: ApiCaller,
    Path(space): Path<String>,
    Query(asked): Query<Proved>,
) -> Result<Json<LedgerProof>, Error> {
    let (row, _) = open::space(&app, &space).await?;
    let last = store::last_checkpoint(&app.db, row.id).await?.ok_or(Error::NotFound)?;
    let size = usize::try_from(last.size).map_err(anyhow::Error::from)?;
    let mut leaves: Vec<Hash> = Vec::with_capacity(size);
    for one in recorded(&app, &space).await?.iter().take(size) {
        leaves.push(leaf_hash(&one.entry.canonical_bytes()));
    }
    let place = |n: i64| usize::try_from(n).ok().filter(|n| (1..=size).contains(n));
    let (hashes, leaf) = match (asked.entry, asked.from) {
        (Some(entry), None) => {
            let at = place(entry).ok_or(Error::NotFound)? - 1;
            let leaf = leaves.get(at).map(|leaf| hex::encode(leaf));
            (inclusion_proof(&leaves, at), leaf)
        }
        (None, Some(from)) => {
            (consistency_proof(&leaves, place(from).ok_or(Error::NotFound)?), None)
        }
        _ => return Err(wrong("entry", "choose_one")),
    };
    let hashes = hashes.ok_or(Error::NotFound)?;
    Ok(Json(LedgerProof {
        size: last.size,
        root: BASE64_STANDARD.encode(&last.root),
        note: last.note,
        leaf,
        hashes: hashes.iter().map(|hash| BASE64_STANDARD.encode(hash)).collect(),
    }))
}

/// What stands on every account, by call.
#[utoipa::path(
    get,
    path = "/spaces/{space}/ledger/balances",
    tag = "ledger",
    params(("space" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<LedgerBalance>), (status = 404, body = ApiError)),
)]
async fn balances(
    State(app): State<App>,
    _: ApiCaller,
    Path(space): Path<String>,
    pages: Pages,
) -> Result<Listed<LedgerBalance>, Error> {
    let (space, _) = open::space(&app, &space).await?;
    let told = |row: store::Standing| {
        let currency = Currency::from_code(&row.currency).map_err(anyhow::Error::from)?;
        Ok(LedgerBalance {
            call: row.call_ref,
            account: row.account,
            amount: Amount::from_minor(row.amount).to_decimal(currency),
            currency: row.currency,
        })
    };
    let rows = store::standing_of_space(&app.db, space.id).await?;
    Ok(pages.cut(rows.into_iter().map(told).collect::<Result<_, Error>>()?))
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
