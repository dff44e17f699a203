//! Spaces: founded, read, joined, left.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    dialect::ApiError,
    spaces::{JoinSpace, NewSpace, SetSpaceMember, Space as Told, SpaceMember, SpaceMembership},
};
use forge_domain::{Id, access::MemberStatus, id, names::Slug};
use forge_store::{
    owners,
    spaces::{self as store, Member, Space},
};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{Body, Listed, Pages, Query, pages::PagesQuery};
use crate::{
    actions::spaces as actions,
    app::App,
    auth::ApiCaller,
    error::{Error, Refusal},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, found))
        .routes(routes!(view))
        .routes(routes!(members, ask))
        .routes(routes!(admit, leave))
}

/// Which spaces are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Words of the title, the purpose or the address.
    #[serde(default)]
    q: Option<String>,
}

/// Spaces, by title.
#[utoipa::path(
    get,
    path = "/spaces",
    tag = "spaces",
    params(PagesQuery, Wanted),
    responses((status = 200, body = [Told])),
)]
async fn list(
    State(app): State<App>,
    _: ApiCaller,
    pages: Pages,
    Query(wanted): Query<Wanted>,
) -> Result<Listed<Told>, Error> {
    let words = wanted.q.map(|words| words.trim().to_lowercase()).filter(|q| !q.is_empty());
    let part = (pages.limit, pages.offset());
    let mut all = Vec::new();
    for space in store::list(&app.db, words.as_deref(), None, part).await? {
        all.push(told(&app, space).await?);
    }
    Ok(pages.of(all, store::count(&app.db, words.as_deref()).await?))
}

/// Founds a space in a council's name.
#[utoipa::path(
    post,
    path = "/spaces",
    tag = "spaces",
    request_body = NewSpace,
    responses(
        (status = 201, body = Told),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn found(
    State(app): State<App>,
    caller: ApiCaller,
    Body(new): Body<NewSpace>,
) -> Result<(StatusCode, Json<Told>), Error> {
    let action = actions::FoundSpace {
        meta: Id::new(Uuid::now_v7()),
        slug: new.slug,
        title: new.title,
        purpose: new.purpose.unwrap_or_default(),
        lead: council("lead", &new.lead)?,
        treasurer: new.treasurer.map(|slug| council("treasurer", &slug)).transpose()?,
        lang: new.lang.unwrap_or_default(),
        time_zone: new.time_zone.unwrap_or_default(),
        currency: new.currency.unwrap_or_default(),
        licence: new.default_licence.unwrap_or_default(),
    };
    let space = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(told(&app, space).await?)))
}

/// One space with its councils.
#[utoipa::path(
    get,
    path = "/spaces/{space}",
    tag = "spaces",
    params(("space" = String, Path)),
    responses((status = 200, body = Told), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    _: ApiCaller,
    Path(slug): Path<String>,
) -> Result<Json<Told>, Error> {
    let space = store::by_slug(&app.db, &super::slug(&slug)?).await?.ok_or(Error::NotFound)?;
    Ok(Json(told(&app, space).await?))
}

/// The councils of a space.
#[utoipa::path(
    get,
    path = "/spaces/{space}/members",
    tag = "spaces",
    params(("space" = String, Path), PagesQuery),
    responses((status = 200, body = [SpaceMember]), (status = 404, body = ApiError)),
)]
async fn members(
    State(app): State<App>,
    _: ApiCaller,
    Path(slug): Path<String>,
    pages: Pages,
) -> Result<Listed<SpaceMember>, Error> {
    let space = store::by_slug(&app.db, &super::slug(&slug)?).await?.ok_or(Error::NotFound)?;
    let found = store::members(&app.db, space.id).await?;
    Ok(pages.cut(found.into_iter().map(member).collect()))
}

/// Asks for a council to join.
#[utoipa::path(
    post,
    path = "/spaces/{space}/members",
    tag = "spaces",
    params(("space" = String, Path)),
    request_body = JoinSpace,
    responses(
        (status = 201, body = SpaceMember),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn ask(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(body): Body<JoinSpace>,
) -> Result<(StatusCode, Json<SpaceMember>), Error> {
    let space = super::slug(&slug)?;
    let council = council("council", &body.council)?;
    let action = actions::AskToJoin {
        space: space.clone(),
        council: council.clone(),
        wish: status(body.status.unwrap_or(SpaceMembership::Contributor)),
        act_ref: body.act_ref.unwrap_or_default(),
    };
    app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &space, &council).await?)))
}

/// Answers a council that asked, or changes where a member stands.
#[utoipa::path(
    patch,
    path = "/spaces/{space}/members/{council}",
    tag = "spaces",
    params(("space" = String, Path), ("council" = String, Path)),
    request_body = SetSpaceMember,
    responses(
        (status = 200, body = SpaceMember),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn admit(
    State(app): State<App>,
    caller: ApiCaller,
    Path((space, council)): Path<(String, String)>,
    Body(body): Body<SetSpaceMember>,
) -> Result<Json<SpaceMember>, Error> {
    let (space, council) = (super::slug(&space)?, super::slug(&council)?);
    let action = actions::AdmitMember {
        space: space.clone(),
        council: council.clone(),
        status: status(body.status),
        act_ref: body.act_ref.unwrap_or_default(),
    };
    app.act(&caller.by, action).await?;
    Ok(Json(one(&app, &space, &council).await?))
}

/// Takes a council out of a space.
#[utoipa::path(
    delete,
    path = "/spaces/{space}/members/{council}",
    tag = "spaces",
    params(("space" = String, Path), ("council" = String, Path)),
    responses(
        (status = 204),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn leave(
    State(app): State<App>,
    caller: ApiCaller,
    Path((space, council)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    let action =
        actions::LeaveSpace { space: super::slug(&space)?, council: super::slug(&council)? };
    app.act(&caller.by, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn told(app: &App, space: Space) -> Result<Told, Error> {
    let members = store::members(&app.db, space.id).await?;
    Ok(Told {
        id: space.id.uuid(),
        html_url: format!("{}/{}", app.public_url, space.slug),
        meta_clone_url: format!("{}/{}/meta.git", app.public_url, space.slug),
        lead: address(app, space.lead_id).await?,
        treasurer: address(app, space.treasurer_id).await?,
        slug: space.slug,
        title: space.title,
        purpose: space.purpose,
        status: space.status,
        lang: space.lang,
        currency: space.currency,
        default_licence: space.licence,
        time_zone: space.time_zone,
        members: members.into_iter().map(member).collect(),
        created_at: space.created_at.to_string(),
    })
}

async fn address(app: &App, council: Id<id::Council>) -> Result<String, Error> {
    let owner = owners::by_id(&app.db, council.uuid()).await?;
    Ok(owner.map(|owner| owner.slug).unwrap_or_default())
}

async fn one(app: &App, space: &Slug, council: &Slug) -> Result<SpaceMember, Error> {
    let space = store::by_slug(&app.db, space).await?.ok_or(Error::NotFound)?;
    let members = store::members(&app.db, space.id).await?;
    let found = members.into_iter().find(|member| member.slug == council.as_str());
    found.map(member).ok_or(Error::NotFound)
}

fn member(member: Member) -> SpaceMember {
    SpaceMember {
        council: member.slug,
        name: member.name,
        status: match member.status {
            MemberStatus::Asked => SpaceMembership::Asked,
            MemberStatus::Observer => SpaceMembership::Observer,
            MemberStatus::Contributor => SpaceMembership::Contributor,
            MemberStatus::Suspended => SpaceMembership::Suspended,
            MemberStatus::Left => SpaceMembership::Left,
        },
        since: member.since.to_string(),
        until: member.until.map(|until| until.to_string()),
        act_ref: member.act_ref,
    }
}

fn status(word: SpaceMembership) -> MemberStatus {
    match word {
        SpaceMembership::Asked => MemberStatus::Asked,
        SpaceMembership::Observer => MemberStatus::Observer,
        SpaceMembership::Contributor => MemberStatus::Contributor,
        SpaceMembership::Suspended => MemberStatus::Suspended,
        SpaceMembership::Left => MemberStatus::Left,
    }
}

fn council(field: &'static str, slug: &str) -> Result<Slug, Error> {
    slug.parse().map_err(|_| Error::Refused(Refusal::field(field, "council_unknown")))
}
