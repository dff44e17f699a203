//! Councils: registered, read, verified, corrected.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    councils::{
        Council as Told, CouncilStatus, EditCouncil, NewCouncil, OfficialId, Population,
        PopulationImport, SuspendCouncil, VerifyCouncil,
    },
    dialect::ApiError,
};
use forge_domain::{
    access::{Deed, Resource},
    names::Slug,
};
use forge_store::councils::{self as store, Council};
use futures_util::StreamExt as _;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, Query, pages::PagesQuery, pledges::Known};
use crate::{
    actions::{allow, councils as actions},
    app::App,
    auth::ApiCaller,
    census::Sheet,
    error::{Error, Refusal},
    funding::draft,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(view, edit))
        .routes(routes!(verify))
        .routes(routes!(suspend))
        .routes(routes!(set_population))
        .routes(routes!(import))
        .routes(routes!(join_grouping, leave_grouping))
}

/// Which councils are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Words of the name or the address.
    #[serde(default)]
    q: Option<String>,
    /// `verified` when nothing is said; administrators also ask for `pending` and `suspended`.
    #[serde(default)]
    status: Option<String>,
}

/// Councils, by name.
#[utoipa::path(
    get,
    path = "/councils",
    tag = "councils",
    params(PagesQuery, Wanted),
    responses((status = 200, body = [Told])),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    pages: Pages,
    Query(wanted): Query<Wanted>,
) -> Result<Listed<Told>, Error> {
    let status = match wanted.status.as_deref() {
        None | Some("verified") => "verified",
        Some(status @ ("pending" | "suspended")) if caller.actor().forge_admin => status,
        Some(_) => return Err(Error::Refused(Refusal::field("status", "status_unknown"))),
    };
    let words = wanted.q.map(|words| words.trim().to_lowercase()).filter(|q| !q.is_empty());
    let words = words.as_deref();
    let asked =
        store::Wanted { status, words, after: None, most: pages.limit, skip: pages.offset() };
    let mut told_all = Vec::new();
    for council in store::list(&app.db, asked).await? {
        told_all.push(told(&app, council).await?);
    }
    Ok(pages.of(told_all, store::count(&app.db, status, words).await?))
}

/// Registers a council; it waits for an administrator to verify it.
#[utoipa::path(
    post,
    path = "/councils",
    tag = "councils",
    request_body = NewCouncil,
    responses(
        (status = 201, body = Told),
        (status = 401, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn register(
    State(app): State<App>,
    caller: ApiCaller,
    Body(new): Body<NewCouncil>,
) -> Result<(StatusCode, Json<Told>), Error> {
    let action = actions::RegisterCouncil {
        slug: new.slug,
        name: new.name,
        kind: new.kind.unwrap_or_default(),
        country: new.country.unwrap_or_default(),
        currency: new.currency.unwrap_or_default(),
        website: new.website.unwrap_or_default(),
        domains: new.email_domains,
        identifiers: new.ids.into_iter().map(|id| (id.scheme, id.value)).collect(),
        populations: new.populations.into_iter().map(population).collect::<Result<_, _>>()?,
    };
    let council = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(told(&app, council).await?)))
}

/// One council.
#[utoipa::path(
    get,
    path = "/councils/{council}",
    tag = "councils",
    params(("council" = String, Path)),
    responses((status = 200, body = Told), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    _: ApiCaller,
    Path(slug): Path<String>,
) -> Result<Json<Told>, Error> {
    let council = store::by_slug(&app.db, &super::slug(&slug)?).await?;
    Ok(Json(told(&app, council.ok_or(Error::NotFound)?).await?))
}

/// Changes a council's name and site; what is absent stays.
#[utoipa::path(
    patch,
    path = "/councils/{council}",
    tag = "councils",
    params(("council" = String, Path)),
    request_body = EditCouncil,
    responses(
        (status = 200, body = Told),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn edit(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(body): Body<EditCouncil>,
) -> Result<Json<Told>, Error> {
    let slug = super::slug(&slug)?;
    let before = store::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    let action = actions::EditCouncil {
        slug: slug.clone(),
        name: body.name.unwrap_or(before.name),
        website: body.website.or(before.website).unwrap_or_default(),
    };
    app.act(&caller.by, action).await?;
    view(State(app), caller, Path(slug.to_string())).await
}

/// Says that a council is who it says it is.
#[utoipa::path(
    post,
    path = "/councils/{council}/verify",
    tag = "councils",
    params(("council" = String, Path)),
    request_body = VerifyCouncil,
    responses(
        (status = 200, body = Told),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn verify(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(body): Body<VerifyCouncil>,
) -> Result<Json<Told>, Error> {
    let slug = super::slug(&slug)?;
    let proof = body.proof.unwrap_or_default();
    let council = app.act(&caller.by, actions::VerifyCouncil { slug, proof }).await?;
    Ok(Json(told(&app, council).await?))
}

/// Suspends a council: its people hold no role there until it is verified again.
#[utoipa::path(
    post,
    path = "/councils/{council}/suspend",
    tag = "councils",
    params(("council" = String, Path)),
    request_body = SuspendCouncil,
    responses(
        (status = 204),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
    ),
)]
async fn suspend(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(body): Body<SuspendCouncil>,
) -> Result<StatusCode, Error> {
    let action = actions::SuspendCouncil {
        slug: super::slug(&slug)?,
        reason: body.reason.unwrap_or_default(),
    };
    app.act(&caller.by, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Records a count of inhabitants; one of the same kind and year is corrected.
#[utoipa::path(
    post,
    path = "/councils/{council}/populations",
    tag = "councils",
    params(("council" = String, Path)),
    request_body = Population,
    responses(
        (status = 200, body = Told),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn set_population(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(body): Body<Population>,
) -> Result<Json<Told>, Error> {
    let slug: Slug = super::slug(&slug)?;
    let action = actions::SetPopulation { slug: slug.clone(), population: population(body)? };
    app.act(&caller.by, action).await?;
    view(State(app), caller, Path(slug.to_string())).await
}

/// Records the counts of a CSV file, all or none: `council,kind,vintage,inhabitants` and where they
/// are known `reference_date,source`. Bodies that are no council here are passed over.
#[utoipa::path(
    post,
    path = "/populations",
    tag = "councils",
    request_body(content = String, content_type = "text/csv"),
    responses(
        (status = 200, body = PopulationImport),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn import(
    State(app): State<App>,
    Known(caller): Known,
    body: axum::body::Body,
) -> Result<Json<PopulationImport>, Error> {
    // Asked before the file is read, and by the act again.
    allow(caller.actor(), Deed::ImportPopulations, &Resource::instance())?;
    let mut sheet = Sheet::default();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        sheet.push(&piece.map_err(|_| Error::refused("body_unreadable"))?)?;
    }
    let action = actions::ImportPopulations { counts: sheet.end()? };
    let done = app.act(&caller.by, action).await?;
    let (recorded, unchanged, unknown) = (done.recorded, done.unchanged, done.unknown);
    Ok(Json(PopulationImport { recorded, unchanged, unknown }))
}

/// Says that a council belongs to a grouping: where both pledge, its inhabitants count once.
#[utoipa::path(
    put,
    path = "/councils/{council}/groupings/{grouping}",
    tag = "councils",
    params(("council" = String, Path), ("grouping" = String, Path)),
    responses(
        (status = 204),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn join_grouping(
    State(app): State<App>,
    caller: ApiCaller,
    Path(named): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    set_grouping(&app, &caller, &named, true).await
}

/// Says that a council does not belong to a grouping any more.
#[utoipa::path(
    delete,
    path = "/councils/{council}/groupings/{grouping}",
    tag = "councils",
    params(("council" = String, Path), ("grouping" = String, Path)),
    responses(
        (status = 204),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn leave_grouping(
    State(app): State<App>,
    caller: ApiCaller,
    Path(named): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    set_grouping(&app, &caller, &named, false).await
}

async fn set_grouping(
    app: &App,
    caller: &ApiCaller,
    (council, grouping): &(String, String),
    belongs: bool,
) -> Result<StatusCode, Error> {
    let (council, grouping) = (super::slug(council)?, super::slug(grouping)?);
    app.act(&caller.by, actions::SetGrouping { council, grouping, belongs }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A council with what its rows say.
pub(super) async fn told(app: &App, council: Council) -> Result<Told, Error> {
    let ids = store::identifiers(&app.db, council.id).await?;
    let populations = store::populations(&app.db, council.id).await?;
    let groupings = store::groupings(&app.db, council.id).await?;
    Ok(Told {
        id: council.id.uuid(),
        html_url: format!("{}/{}", app.public_url, council.slug),
        slug: council.slug,
        name: council.name,
        kind: council.kind,
        country: council.country,
        currency: council.currency,
        website: council.website,
        ids: ids.into_iter().map(|id| OfficialId { scheme: id.scheme, value: id.value }).collect(),
        populations: populations
            .into_iter()
            .map(|count| Population {
                kind: count.kind,
                value: count.value,
                vintage: count.vintage,
                reference_date: count.reference_date.map(|day| day.to_string()),
                source: count.source_url,
            })
            .collect(),
        member_of: groupings.into_iter().map(|one| one.slug).collect(),
        status: match council.status.as_str() {
            "verified" => CouncilStatus::Verified,
            "suspended" => CouncilStatus::Suspended,
            _ => CouncilStatus::Pending,
        },
        verified_at: council.verified_at.map(|at| at.to_string()),
        created_at: council.created_at.to_string(),
    })
}

fn population(told: Population) -> Result<store::Population, Error> {
    let day = told.reference_date.as_deref().map(str::trim).filter(|day| !day.is_empty());
    Ok(store::Population {
        kind: told.kind,
        vintage: told.vintage,
        value: told.value,
        reference_date: day.map(|day| draft::date("reference_date", day)).transpose()?,
        source_url: told.source.filter(|source| !source.trim().is_empty()),
    })
}
