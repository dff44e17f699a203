//! Modules, told as repositories in the dialect existing clients speak (api.md §3, §4.3).

mod commits;
mod contents;
mod create;
mod list;
mod publication;
mod refs;
mod statuses;
mod told;

use axum::{
    Json,
    extract::{Path, State},
};
use forge_api::{
    dialect::{ApiError, EditRepo, Repository},
    modules::Visibility as Told,
};
use forge_domain::{
    access::Visibility,
    names::{Oid, RefName, Revision},
};
use forge_git::GitError;
use forge_store::modules;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    actions::{allow, modules::EditModule},
    api::Body,
    app::App,
    auth::{ApiCaller, module},
    error::{Error, Refusal},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(view, edit))
        .routes(routes!(by_number))
        .merge(list::routes())
        .merge(create::routes())
        .merge(refs::routes())
        .merge(commits::routes())
        .merge(contents::routes())
        .merge(publication::routes())
        .merge(statuses::routes())
}

/// One repository.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path)),
    responses((status = 200, body = Repository), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo)): Path<(String, String)>,
) -> Result<Json<Repository>, Error> {
    let opened = module::open(&app, caller.actor(), &owner, &repo).await?;
    Ok(Json(told::repository(&app, caller.actor(), &opened)))
}

/// One repository by its number, which survives renames.
#[utoipa::path(
    get,
    path = "/repositories/{id}",
    tag = "repository",
    params(("id" = i64, Path)),
    responses((status = 200, body = Repository), (status = 404, body = ApiError)),
)]
async fn by_number(
    State(app): State<App>,
    caller: ApiCaller,
    Path(number): Path<String>,
) -> Result<Json<Repository>, Error> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    let found = modules::by_number(&app.db, number).await?.ok_or(Error::NotFound)?;
    let opened = module::open(&app, caller.actor(), &found.owner, &found.slug).await?;
    Ok(Json(told::repository(&app, caller.actor(), &opened)))
}

/// Changes the description, the default branch, or whether the whole space sees it.
#[utoipa::path(
    patch,
    path = "/repos/{owner}/{repo}",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path)),
    request_body = EditRepo,
    responses(
        (status = 200, body = Repository),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn edit(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo)): Path<(String, String)>,
    Body(body): Body<EditRepo>,
) -> Result<Json<Repository>, Error> {
    let opened = module::open(&app, caller.actor(), &owner, &repo).await?;
    let edit = EditModule {
        module: opened.module.id,
        title: opened.module.title.clone(),
        description: body.description.unwrap_or(opened.module.description.clone()),
        default_branch: body.default_branch.as_deref().map(branch).transpose()?,
        visibility: body.visibility.map(seen_by),
    };
    app.act(&caller.by, edit).await?;
    view(State(app), caller, Path((owner, repo))).await
}

fn seen_by(told: Told) -> Visibility {
    match told {
        Told::Council => Visibility::Council,
        Told::Space => Visibility::Space,
        Told::Public => Visibility::Public,
    }
}

fn branch(name: &str) -> Result<RefName, Error> {
    RefName::branch(name)
        .map_err(|_| Error::Refused(Refusal::field("default_branch", "branch_name")))
}

/// What git answered, in the API's terms: what is not there is not found.
fn git_error(error: GitError) -> Error {
    match error {
        GitError::NotFound(_) | GitError::NoRepository => Error::NotFound,
        other => Error::Internal(other.into()),
    }
}

/// The commit that `?ref=` or `?sha=` names; the default branch's where there is none.
async fn resolve(
    repository: &forge_git::Repository,
    asked: Option<&str>,
    default_branch: &str,
) -> Result<Oid, Error> {
    let asked = asked.filter(|text| !text.is_empty()).unwrap_or(default_branch);
    let revision: Revision = asked.parse().map_err(|_| Error::NotFound)?;
    repository.resolve(&revision).await.map_err(git_error)
}

/// Opens the module and its repository for reading.
async fn open(
    app: &App,
    caller: &ApiCaller,
    owner: &str,
    repo: &str,
) -> Result<(module::Opened, forge_git::Repository), Error> {
    let opened = module::open(app, caller.actor(), owner, repo).await?;
    let repository = app.repositories.get(opened.module.id.uuid()).await.map_err(git_error)?;
    Ok((opened, repository))
}

/// Whether the caller may do a deed on the module.
fn may(caller: &ApiCaller, deed: forge_domain::access::Deed, opened: &module::Opened) -> bool {
    allow(caller.actor(), deed, &opened.resource()).is_ok()
}
