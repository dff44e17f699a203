//! The acts pledges rest on.

use axum::{
    Json,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use forge_api::{
    dialect::ApiError,
    pledges::{Evidence, EvidenceDates, EvidenceReject, NewEvidence},
};
use forge_domain::{Id, id};
use forge_store::{calls, evidence as store, pledges};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Body,
    pledges::{BODY_BYTES_MAX, Known, kept},
};
use crate::{
    actions::evidence::{AddEvidence, CheckEvidence, CompleteEvidence, NewAct, RejectEvidence},
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{answer, evidence},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(check))
        .routes(routes!(reject))
        .routes(routes!(complete))
        .routes(routes!(file))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// The acts behind a pledge.
#[utoipa::path(
    get,
    path = "/pledges/{ref}/evidence",
    tag = "funding",
    params(("ref" = String, Path)),
    responses((status = 200, body = Vec<Evidence>), (status = 404, body = ApiError)),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Vec<Evidence>>, Error> {
    let (opened, pledge) = crate::funding::open::pledge(&app, caller.actor(), &reference).await?;
    let profile = app.profiles.of(&opened.book.call.profile)?;
    let rows = store::of_pledge(&app.db, pledge.id).await?;
    Ok(Json(rows.iter().map(|row| answer::evidence_answer(profile, row)).collect()))
}

/// Adds an act to a pledge.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/evidence",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = NewEvidence,
    responses(
        (status = 201, body = Evidence),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn add(
    State(app): State<App>,
    Known(caller): Known,
    Path(pledge): Path<String>,
    Body(body): Body<NewEvidence>,
) -> Result<(StatusCode, Json<Evidence>), Error> {
    let file = kept(&app, Some(&body)).await?;
    let added = match NewAct::parse(&body, file.clone()) {
        Ok(act) => app.act(&caller.by, AddEvidence { pledge, act }).await,
        Err(error) => Err(error),
    };
    if let (Err(_), Some(file)) = (&added, &file) {
        evidence::discard(&app, file).await;
    }
    let row = store::by_id(&app.db, added?).await?.ok_or(Error::NotFound)?;
    Ok((StatusCode::CREATED, Json(told(&app, &row).await?)))
}

/// Records that a second person has checked an act.
#[utoipa::path(
    post,
    path = "/evidence/{id}/check",
    tag = "funding",
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, body = Evidence),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn check(
    State(app): State<App>,
    caller: ApiCaller,
    Path(id): Path<String>,
) -> Result<Json<Evidence>, Error> {
    let evidence: Id<id::Evidence> = id.parse().map_err(|_| Error::NotFound)?;
    let row = app.act(&caller.by, CheckEvidence { evidence }).await?;
    Ok(Json(told(&app, &row).await?))
}

/// Records that a second person cannot accept an act, and why: the pledge waits for another.
#[utoipa::path(
    post,
    path = "/evidence/{id}/reject",
    tag = "funding",
    params(("id" = uuid::Uuid, Path)),
    request_body = EvidenceReject,
    responses(
        (status = 200, body = Evidence),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn reject(
    State(app): State<App>,
    caller: ApiCaller,
    Path(id): Path<String>,
    Body(body): Body<EvidenceReject>,
) -> Result<Json<Evidence>, Error> {
    let evidence: Id<id::Evidence> = id.parse().map_err(|_| Error::NotFound)?;
    let row = app.act(&caller.by, RejectEvidence { evidence, reason: body.reason }).await?;
    Ok(Json(told(&app, &row).await?))
}

/// Adds to an act the dates it was missing, until a second person has checked it.
#[utoipa::path(
    patch,
    path = "/evidence/{id}",
    tag = "funding",
    params(("id" = uuid::Uuid, Path)),
    request_body = EvidenceDates,
    responses(
        (status = 200, body = Evidence),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn complete(
    State(app): State<App>,
    caller: ApiCaller,
    Path(id): Path<String>,
    Body(body): Body<EvidenceDates>,
) -> Result<Json<Evidence>, Error> {
    let evidence: Id<id::Evidence> = id.parse().map_err(|_| Error::NotFound)?;
    let (prefecture_receipt, published) = (body.prefecture_receipt, body.published);
    let action = CompleteEvidence { evidence, prefecture_receipt, published };
    let row = app.act(&caller.by, action).await?;
    Ok(Json(told(&app, &row).await?))
}

async fn told(app: &App, row: &store::Evidence) -> Result<Evidence, Error> {
    let pledge = pledges::by_id(&app.db, row.pledge_id).await?.ok_or(Error::NotFound)?;
    let call = calls::by_ref(&app.db, &pledge.call_ref).await?.ok_or(Error::NotFound)?;
    Ok(answer::evidence_answer(app.profiles.of(&call.profile)?, row))
}

/// The file of an act, for those who may read it.
#[utoipa::path(
    get,
    path = "/evidence/{id}/file",
    tag = "funding",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = [u8]), (status = 404, body = ApiError)),
)]
async fn file(
    State(app): State<App>,
    caller: ApiCaller,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (row, bytes) = evidence::open(&app, caller.actor(), &id).await?;
    let name = row.file_name.unwrap_or_else(|| "evidence".to_owned());
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let disposition = format!("attachment; filename*=UTF-8''{}", encoded.replace('+', "%20"));
    let disposition = HeaderValue::try_from(disposition).map_err(anyhow::Error::from)?;
    let kind = row.media_type.unwrap_or_else(|| "application/octet-stream".to_owned());
    let kind = HeaderValue::try_from(kind).map_err(anyhow::Error::from)?;
    let sandbox = HeaderValue::from_static("sandbox; default-src 'none'");
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, sandbox),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}
