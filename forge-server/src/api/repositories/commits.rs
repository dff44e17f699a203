//! The history.

use axum::{
    Json,
    extract::{Path, State},
};
use forge_api::dialect::{ApiError, Commit};
use forge_domain::names::{Oid, PathInRepo};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{git_error, open, resolve, told};
use crate::{
    api::{Listed, Pages, Query, pages::PagesQuery},
    app::App,
    auth::ApiCaller,
    error::Error,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(commits)).routes(routes!(commit))
}

/// Which part of the history.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The branch, tag or commit to start from; the default branch when nothing is said.
    sha: Option<String>,
    /// Only what changed this path.
    path: Option<String>,
}

/// The commits that lead to a revision, newest first.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/commits",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), Asked, PagesQuery),
    responses((status = 200, body = [Commit]), (status = 404, body = ApiError)),
)]
async fn commits(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    pages: Pages,
) -> Result<Listed<Commit>, Error> {
    let (opened, repository) = open(&app, &caller, &owner, &repo).await?;
    if opened.module.empty {
        return Ok(pages.of(Vec::new(), 0));
    }
    let from = resolve(&repository, asked.sha.as_deref(), &opened.module.default_branch).await?;
    let path = asked.path.as_deref().filter(|path| !path.is_empty());
    let path: Option<PathInRepo> = path.map(str::parse).transpose().map_err(|_| Error::NotFound)?;
    let skip = usize::try_from(pages.offset()).unwrap_or(usize::MAX);
    let limit = usize::try_from(pages.limit).unwrap_or(0);
    let log = repository.log(from, path.as_ref(), skip, limit).await.map_err(git_error)?;
    let told: Vec<Commit> =
        log.commits.iter().map(|commit| told::commit(&app, &opened.module, commit)).collect();
    let total = match &path {
        None => repository.count_commits(from).await.map_err(git_error)?.commits,
        // Counting what changed one path would walk the whole history: what is known is told.
        Some(_) => skip.saturating_add(told.len()).saturating_add(usize::from(log.more)),
    };
    Ok(pages.of(told, i64::try_from(total).unwrap_or(i64::MAX)))
}

/// One commit.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/git/commits/{sha}",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), ("sha" = String, Path)),
    responses((status = 200, body = Commit), (status = 404, body = ApiError)),
)]
async fn commit(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo, sha)): Path<(String, String, String)>,
) -> Result<Json<Commit>, Error> {
    let (opened, repository) = open(&app, &caller, &owner, &repo).await?;
    // Through resolve, not straight to the object: a commit that no branch and no tag leads to
    // is not shown (security.md A3 #43).
    let oid: Oid = resolve(&repository, Some(&sha), &opened.module.default_branch).await?;
    let commit = repository.commit(oid).await.map_err(git_error)?;
    Ok(Json(told::commit(&app, &opened.module, &commit)))
}
