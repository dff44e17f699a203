//! The ledger of a space.

use std::io;

use axum::{
    Json,
    body::Body,
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
    Id, hex, id,
    ledger::{Hash, Node, Recorded, consistency_parts, inclusion_parts, join},
    money::{Amount, Currency},
};
use forge_store::ledger as store;
use futures_util::stream;
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
    let (space, _) = open::space(&app, &space).await?;
    let total = store::head(&app.db, space.id).await?.map_or(0, |head| head.seq);
    // Without gaps, the place of an entry is its number: only this page is read.
    let page = (pages.offset(), pages.limit);
    let recorded = rows::some_after(&mut Reader::Db(&app.db), space.id, page).await?;
    let told = recorded.iter().map(chained).collect::<Result<_, _>>()?;
    Ok(pages.of(told, total))
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
    let (space, _) = open::space(&app, &space).await?;
    let space = space.id;
    // A thousand entries at a time, as they are sent: a long ledger is never held whole.
    let lines = stream::try_unfold((app, 0), move |(app, after)| async move {
        let some = rows::batch(&mut Reader::Db(&app.db), space, after).await;
        let some = some.map_err(|error| io::Error::other(format!("{error:?}")))?;
        let Some(last) = some.last() else { return Ok::<_, io::Error>(None) };
        let after = i64::try_from(last.entry.seq).map_err(io::Error::other)?;
        let mut text = Vec::with_capacity(some.len() * 512);
        for one in &some {
            one.entry.write_canonical(&mut text);
            text.push(b'\n');
        }
        Ok(Some((text, (app, after))))
    });
    let kind = [(header::CONTENT_TYPE, "application/jsonl; charset=utf-8")];
    Ok((kind, Body::from_stream(lines)).into_response())
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
/// one (RFC 6962): checked with two heads and no entry. It is made of kept subtrees: a few rows for
/// each of its hashes, which are as many as the ledger's length has binary digits.
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
    let size = u64::try_from(last.size).map_err(anyhow::Error::from)?;
    let place = |n: i64| u64::try_from(n).ok().filter(|n| (1..=size).contains(n));
    let (parts, leaf) = match (asked.entry, asked.from) {
        (Some(entry), None) => {
            let at = place(entry).ok_or(Error::NotFound)? - 1;
            let leaf = hash_of(&app, row.id, Node { level: 0, position: at }).await?;
            (inclusion_parts(size, at), Some(hex::encode(&leaf)))
        }
        (None, Some(from)) => (consistency_parts(size, place(from).ok_or(Error::NotFound)?), None),
        _ => return Err(wrong("entry", "choose_one")),
    };
    let mut hashes = Vec::new();
    for part in parts.ok_or(Error::NotFound)? {
        let mut peaks = Vec::with_capacity(part.len());
        for node in part {
            peaks.push(hash_of(&app, row.id, node).await?);
        }
        hashes.extend(join(&peaks));
    }
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

/// The hash of a subtree that was kept when its ledger was published.
async fn hash_of(app: &App, space: Id<id::Space>, node: Node) -> Result<Hash, Error> {
    let kept = store::node(&app.db, space, node).await?;
    let kept = kept.ok_or_else(|| anyhow::anyhow!("no subtree {node:?} of the ledger is kept"))?;
    rows::hash(&kept.hash)
}

fn chained(recorded: &Recorded) -> Result<ChainedEntry, Error> {
    let entry = serde_json::from_slice(&recorded.entry.canonical_bytes());
    Ok(ChainedEntry {
        entry: entry.map_err(anyhow::Error::from)?,
        hash: recorded.link.map(|link| hex::encode(&link)).unwrap_or_default(),
    })
}
