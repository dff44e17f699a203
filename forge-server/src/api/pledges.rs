//! Pledges on calls.

use axum::{
    Json,
    extract::{DefaultBodyLimit, FromRequestParts, Path, State},
    http::{HeaderMap, StatusCode, request::Parts},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_api::{
    dialect::ApiError,
    pledges::{
        BudgetSection, BudgetYear, NewEvidence, Pledge, PledgeCommit, PledgeIntent, PledgeRefuse,
        PledgeWithdraw,
    },
};
use forge_domain::{names::Slug, pledge::Section};
use forge_store::{councils, pledges};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, pages::PagesQuery};
use crate::{
    actions::{
        evidence::NewAct,
        once::{Once, RequestKey},
        pledges::{CommitPledge, DeclareIntention, NewYear, RefusePledge, WithdrawPledge},
    },
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{
        Reader, answer,
        evidence::{self, KeptFile},
        open, wrong,
    },
};

/// The largest body with a file in base64; the file itself has its own, smaller bound.
pub(super) const BODY_BYTES_MAX: usize = 64 << 20;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, commit))
        .routes(routes!(intend))
        .routes(routes!(of_council))
        .routes(routes!(view))
        .routes(routes!(withdraw))
        .routes(routes!(refuse))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// Someone who showed a token: asked before a large body is read.
pub(super) struct Known(pub ApiCaller);

impl FromRequestParts<App> for Known {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let caller = ApiCaller::from_request_parts(parts, app).await?;
        caller.signed_in()?;
        Ok(Self(caller))
    }
}

/// The pledges on a call, ended ones too; intentions that are not public for the space alone.
#[utoipa::path(
    get,
    path = "/calls/{ref}/pledges",
    tag = "funding",
    params(("ref" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<Pledge>), (status = 404, body = ApiError)),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    pages: Pages,
) -> Result<Listed<Pledge>, Error> {
    let opened = open::call(&app, caller.actor(), &reference).await?;
    let mut reader = Reader::Db(&app.db);
    let mut told = Vec::with_capacity(opened.book.pledges.len());
    for row in &opened.book.pledges {
        told.push(answer::pledge(&app, &mut reader, &opened.book, row, opened.internal).await?);
    }
    Ok(pages.cut(told))
}

/// Commits a council up to a ceiling, on the strength of an act.
#[utoipa::path(
    post,
    path = "/calls/{ref}/pledges",
    tag = "funding",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = PledgeCommit,
    responses(
        (status = 201, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn commit(
    State(app): State<App>,
    Known(caller): Known,
    Path(call): Path<String>,
    headers: HeaderMap,
    Body(body): Body<PledgeCommit>,
) -> Result<(StatusCode, Json<Pledge>), Error> {
    let key = request_key(&headers, body.idempotency_key.as_deref(), ("commit", &call), &body)?;
    let file = kept(&app, body.evidence.as_ref()).await?;
    let act = parsed(body.evidence.as_ref(), file.clone());
    let pledge = match act {
        Ok(act) => {
            let action = CommitPledge {
                call,
                council: body.council,
                ceiling: body.ceiling,
                act,
                years: body.budget_years.into_iter().map(year).collect(),
                note: body.note,
                version: None,
            };
            app.act(&caller.by, Once { key, action }).await
        }
        Err(error) => Err(error),
    };
    settle_file(&app, file, pledge.as_ref().ok()).await;
    Ok((StatusCode::CREATED, Json(pledge?)))
}

/// Declares that a council intends to join; this binds nobody.
#[utoipa::path(
    post,
    path = "/calls/{ref}/intentions",
    tag = "funding",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = PledgeIntent,
    responses(
        (status = 201, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn intend(
    State(app): State<App>,
    Known(caller): Known,
    Path(call): Path<String>,
    headers: HeaderMap,
    Body(body): Body<PledgeIntent>,
) -> Result<(StatusCode, Json<Pledge>), Error> {
    let key = request_key(&headers, body.idempotency_key.as_deref(), ("intend", &call), &body)?;
    let action = DeclareIntention {
        call,
        council: body.council,
        ceiling: body.ceiling,
        note: body.note.unwrap_or_default(),
        public: body.public.unwrap_or(true),
    };
    let pledge = app.act(&caller.by, Once { key, action }).await?;
    Ok((StatusCode::CREATED, Json(pledge)))
}

/// The pledges of a council that the caller may see, newest first.
#[utoipa::path(
    get,
    path = "/councils/{council}/pledges",
    tag = "funding",
    params(("council" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<Pledge>), (status = 404, body = ApiError)),
)]
async fn of_council(
    State(app): State<App>,
    caller: ApiCaller,
    Path(council): Path<String>,
    pages: Pages,
) -> Result<Listed<Pledge>, Error> {
    let slug = council.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let council = councils::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    let mut told = Vec::new();
    for row in pledges::of_council(&app.db, council.id).await? {
        match open::pledge(&app, caller.actor(), &row.reference).await {
            Ok((opened, row)) => {
                let mut reader = Reader::Db(&app.db);
                let (book, noted) = (&opened.book, opened.internal);
                told.push(answer::pledge(&app, &mut reader, book, &row, noted).await?);
            }
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(pages.cut(told))
}

/// One pledge.
#[utoipa::path(
    get,
    path = "/pledges/{ref}",
    tag = "funding",
    params(("ref" = String, Path)),
    responses((status = 200, body = Pledge), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Pledge>, Error> {
    let (opened, row) = open::pledge(&app, caller.actor(), &reference).await?;
    let mut reader = Reader::Db(&app.db);
    let told = answer::pledge(&app, &mut reader, &opened.book, &row, opened.internal).await?;
    Ok(Json(told))
}

/// Takes a firm pledge back, before its call is decided.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/withdraw",
    tag = "funding",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = PledgeWithdraw,
    responses(
        (status = 200, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn withdraw(
    State(app): State<App>,
    Known(caller): Known,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Body(body): Body<PledgeWithdraw>,
) -> Result<Json<Pledge>, Error> {
    let named = ("withdraw", reference.as_str());
    let key = request_key(&headers, body.idempotency_key.as_deref(), named, &body)?;
    let action = WithdrawPledge { reference, reason: body.reason, act_ref: body.act_ref };
    Ok(Json(app.act(&caller.by, Once { key, action }).await?))
}

/// Ends an intention with a no.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/refuse",
    tag = "funding",
    params(("ref" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = PledgeRefuse,
    responses(
        (status = 200, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn refuse(
    State(app): State<App>,
    Known(caller): Known,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Body(body): Body<PledgeRefuse>,
) -> Result<Json<Pledge>, Error> {
    let key = request_key(&headers, None, ("refuse", &reference), &body)?;
    let action = RefusePledge { reference, reason: body.reason.unwrap_or_default() };
    Ok(Json(app.act(&caller.by, Once { key, action }).await?))
}

/// The key of a request: of the header, else of the body.
pub(super) fn request_key<T: Serialize>(
    headers: &HeaderMap,
    in_body: Option<&str>,
    (verb, subject): (&str, &str),
    body: &T,
) -> Result<Option<RequestKey>, Error> {
    let in_header = headers
        .get("idempotency-key")
        .map(|value| {
            value.to_str().map_err(|_| wrong("idempotency_key", "idempotency_key_invalid"))
        })
        .transpose()?;
    let Some(key) = in_header.or(in_body) else { return Ok(None) };
    let body = serde_json::to_vec(body).map_err(anyhow::Error::from)?;
    RequestKey::new(key, &[verb.as_bytes(), subject.as_bytes(), &body]).map(Some)
}

/// A part of a ceiling, as the acts read it.
pub(super) fn year(told: BudgetYear) -> NewYear {
    NewYear {
        year: told.year,
        amount: told.amount,
        section: match told.section {
            BudgetSection::Investment => Section::Investment,
            BudgetSection::Operating => Section::Operating,
        },
        account_hint: told.account_hint,
    }
}

/// The act of a body, where it has one.
pub(super) fn parsed(
    new: Option<&NewEvidence>,
    file: Option<KeptFile>,
) -> Result<Option<NewAct>, Error> {
    new.map(|new| NewAct::parse(new, file)).transpose()
}

/// Puts the file of an act on disk, where it brings one.
pub(super) async fn kept(app: &App, new: Option<&NewEvidence>) -> Result<Option<KeptFile>, Error> {
    let Some(file) = new.and_then(|new| new.file.as_ref()) else { return Ok(None) };
    let bytes = BASE64_STANDARD
        .decode(file.content.as_bytes())
        .map_err(|_| wrong("evidence", "evidence_not_base64"))?;
    evidence::keep(app, &file.name, bytes).await.map(Some)
}

/// Takes away a file that no row refers to: the act was refused, or the request was a repetition.
pub(super) async fn settle_file(app: &App, file: Option<KeptFile>, pledge: Option<&Pledge>) {
    let Some(file) = file else { return };
    let used = pledge
        .is_some_and(|pledge| pledge.evidence.iter().any(|evidence| evidence.id == file.id.uuid()));
    if !used {
        evidence::discard(app, &file).await;
    }
}
