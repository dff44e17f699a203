//! Lists of repositories: of the instance, of an owner, of the caller.

use std::collections::{HashMap, hash_map::Entry};

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, HeaderValue},
    response::{IntoResponse as _, Response},
};
use forge_api::dialect::{ApiError, Repository, SearchResults};
use forge_domain::{
    access::{Deed, Holder, Resource, Visibility},
    names::Slug,
};
use forge_store::{
    modules::{self, Module},
    owners::{self, OwnerKind},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::told;
use crate::{
    actions::allow,
    api::{Listed, Pages, Query, pages::PagesQuery},
    app::App,
    auth::{
        ApiCaller, holder,
        module::{Opened, owner_of},
    },
    error::Error,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(search))
        .routes(routes!(of_org))
        .routes(routes!(of_user))
        .routes(routes!(mine))
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Words in the name, title or description.
    q: Option<String>,
}

/// The repositories the caller may see. Crawlers of public catalogues walk this list.
#[utoipa::path(
    get,
    path = "/repos/search",
    tag = "repository",
    params(Asked, PagesQuery),
    responses((status = 200, body = SearchResults)),
)]
async fn search(
    State(app): State<App>,
    caller: ApiCaller,
    Query(asked): Query<Asked>,
    pages: Pages,
) -> Result<Response, Error> {
    let words = asked.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let found = modules::search(&app.db, words.map(contains).as_deref()).await?;
    let seen = visible(&app, &caller, found).await?;
    let listed = pages.cut(seen);
    let total = HeaderValue::from(listed.total());
    let link = listed.link().and_then(|link| HeaderValue::try_from(link).ok());
    let body = Json(SearchResults { ok: true, data: listed.into_items() });
    let mut response = body.into_response();
    response.headers_mut().insert(HeaderName::from_static("x-total-count"), total);
    if let Some(link) = link {
        response.headers_mut().insert(axum::http::header::LINK, link);
    }
    Ok(response)
}

/// A pattern of LIKE that finds the words anywhere; its own signs are taken literally.
fn contains(words: &str) -> String {
    let escaped = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}

/// The repositories of a council or space.
#[utoipa::path(
    get,
    path = "/orgs/{org}/repos",
    tag = "repository",
    params(("org" = String, Path), PagesQuery),
    responses((status = 200, body = [Repository]), (status = 404, body = ApiError)),
)]
async fn of_org(
    State(app): State<App>,
    caller: ApiCaller,
    Path(org): Path<String>,
    pages: Pages,
) -> Result<Listed<Repository>, Error> {
    let is_org = |kind| kind != OwnerKind::Person;
    Ok(pages.cut(of_owner(&app, &caller, &org, is_org).await?))
}

/// The repositories of any owner.
#[utoipa::path(
    get,
    path = "/users/{user}/repos",
    tag = "repository",
    params(("user" = String, Path), PagesQuery),
    responses((status = 200, body = [Repository]), (status = 404, body = ApiError)),
)]
async fn of_user(
    State(app): State<App>,
    caller: ApiCaller,
    Path(user): Path<String>,
    pages: Pages,
) -> Result<Listed<Repository>, Error> {
    Ok(pages.cut(of_owner(&app, &caller, &user, |_| true).await?))
}

async fn of_owner(
    app: &App,
    caller: &ApiCaller,
    slug: &str,
    wanted: impl Fn(OwnerKind) -> bool,
) -> Result<Vec<Repository>, Error> {
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    let owner = owners::by_slug(&app.db, &slug).await?.filter(|owner| wanted(owner.kind));
    let owner = owner.ok_or(Error::NotFound)?;
    visible(app, caller, modules::of_owner(&app.db, owner.id).await?).await
}

/// Every repository the caller may push to.
#[utoipa::path(
    get,
    path = "/user/repos",
    tag = "repository",
    params(PagesQuery),
    responses((status = 200, body = [Repository]), (status = 401, body = ApiError)),
)]
async fn mine(
    State(app): State<App>,
    caller: ApiCaller,
    pages: Pages,
) -> Result<Listed<Repository>, Error> {
    caller.signed_in()?;
    let all = visible(&app, &caller, modules::search(&app.db, None).await?).await?;
    Ok(pages.cut(all.into_iter().filter(|repository| repository.permissions.push).collect()))
}

/// Those of `modules` the caller may see, told. Each owner is looked up once.
async fn visible(
    app: &App,
    caller: &ApiCaller,
    modules: Vec<Module>,
) -> Result<Vec<Repository>, Error> {
    let mut holders: HashMap<_, Holder> = HashMap::new();
    let mut told = Vec::new();
    for module in modules {
        let holder = match holders.entry(module.owner_id) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(free) => {
                free.insert(holder::of_owner(&app.db, &owner_of(&module)).await?).clone()
            }
        };
        let opened = Opened { module, holder };
        let is_draft = opened.module.owner_kind == OwnerKind::Person
            && opened.module.visibility == Visibility::Public;
        let resource: Resource = opened.resource();
        if !is_draft && allow(caller.actor(), Deed::ReadModule, &resource).is_ok() {
            told.push(told::repository(app, caller.actor(), &opened));
        }
    }
    Ok(told)
}
