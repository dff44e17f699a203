//! Creation under a person, a council or a space.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::dialect::{ApiError, CreateRepo, Repository};
use forge_domain::{
    Id,
    names::{RefName, Slug},
};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::told;
use crate::{
    actions::modules::CreateModule,
    api::Body,
    app::App,
    auth::{ApiCaller, module},
    error::{Error, Refusal},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(under_me))
        .routes(routes!(under_org))
        .routes(routes!(under_org_alias))
}

/// Creates a draft of one's own.
#[utoipa::path(
    post,
    path = "/user/repos",
    tag = "repository",
    request_body = CreateRepo,
    responses(
        (status = 201, body = Repository),
        (status = 401, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn under_me(
    State(app): State<App>,
    caller: ApiCaller,
    Body(body): Body<CreateRepo>,
) -> Result<(StatusCode, Json<Repository>), Error> {
    let owner = caller.signed_in()?.slug.clone();
    create(&app, &caller, &owner, body).await
}

/// Creates a module of a council or space.
#[utoipa::path(
    post,
    path = "/orgs/{org}/repos",
    tag = "repository",
    params(("org" = String, Path)),
    request_body = CreateRepo,
    responses(
        (status = 201, body = Repository),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn under_org(
    State(app): State<App>,
    caller: ApiCaller,
    Path(org): Path<String>,
    Body(body): Body<CreateRepo>,
) -> Result<(StatusCode, Json<Repository>), Error> {
    create(&app, &caller, &org, body).await
}

/// The same under the address older clients use.
#[utoipa::path(
    post,
    path = "/org/{org}/repos",
    tag = "repository",
    params(("org" = String, Path)),
    request_body = CreateRepo,
    responses((status = 201, body = Repository), (status = 404, body = ApiError)),
)]
async fn under_org_alias(
    State(app): State<App>,
    caller: ApiCaller,
    Path(org): Path<String>,
    Body(body): Body<CreateRepo>,
) -> Result<(StatusCode, Json<Repository>), Error> {
    create(&app, &caller, &org, body).await
}

async fn create(
    app: &App,
    caller: &ApiCaller,
    owner: &str,
    body: CreateRepo,
) -> Result<(StatusCode, Json<Repository>), Error> {
    let owner: Slug = owner.parse().map_err(|_| Error::NotFound)?;
    let slug = Slug::for_module(&body.name)
        .map_err(|_| Error::Refused(Refusal::field("name", "module_name")))?;
    let default_branch = match body.default_branch.as_deref().filter(|name| !name.is_empty()) {
        None => None,
        Some(name) => Some(super::branch(name)?),
    };
    let new = CreateModule {
        id: Id::new(Uuid::now_v7()),
        owner: owner.clone(),
        slug: slug.clone(),
        title: String::new(),
        description: body.description.unwrap_or_default(),
        default_branch: default_branch.map(|branch: RefName| branch),
        council: None,
    };
    app.act(&caller.by, new).await?;
    let opened = module::open(app, caller.actor(), owner.as_str(), slug.as_str()).await?;
    Ok((StatusCode::CREATED, Json(told::repository(app, caller.actor(), &opened))))
}
