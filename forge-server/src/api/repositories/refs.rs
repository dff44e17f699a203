//! Branches and tags.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
};
use forge_api::dialect::{ApiError, Branch, CommitMeta, Tag};
use forge_domain::{
    access::Deed,
    names::{Oid, RefName},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{git_error, may, open, told};
use crate::{
    api::{Listed, Pages, pages::PagesQuery},
    app::App,
    auth::{ApiCaller, module::Opened},
    error::Error,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(branches)).routes(routes!(branch)).routes(routes!(tags))
}

/// The branches.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/branches",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), PagesQuery),
    responses((status = 200, body = [Branch]), (status = 404, body = ApiError)),
)]
async fn branches(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo)): Path<(String, String)>,
    pages: Pages,
) -> Result<Listed<Branch>, Error> {
    let (opened, repository) = open(&app, &caller, &owner, &repo).await?;
    let branches = repository.branches().await.map_err(git_error)?;
    let tips = branches.iter().map(|branch| branch.tip).collect();
    let commits = repository.commits(tips).await.map_err(git_error)?;
    let commits: HashMap<Oid, forge_git::Commit> =
        commits.into_iter().map(|commit| (commit.oid, commit)).collect();
    let told = branches
        .iter()
        .filter_map(|branch| {
            Some(tell(&app, &caller, &opened, &branch.name, commits.get(&branch.tip)?))
        })
        .collect();
    Ok(pages.cut(told))
}

/// One branch; its name may hold slashes, encoded or not.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/branches/{*branch}",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), ("branch" = String, Path)),
    responses((status = 200, body = Branch), (status = 404, body = ApiError)),
)]
async fn branch(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo, name)): Path<(String, String, String)>,
) -> Result<Json<Branch>, Error> {
    let (opened, repository) = open(&app, &caller, &owner, &repo).await?;
    let name = RefName::branch(&name).map_err(|_| Error::NotFound)?;
    let tip = repository.tip(&name).await.map_err(git_error)?.ok_or(Error::NotFound)?;
    let commit = repository.commit(tip).await.map_err(git_error)?;
    Ok(Json(tell(&app, &caller, &opened, &name, &commit)))
}

fn tell(
    app: &App,
    caller: &ApiCaller,
    opened: &Opened,
    name: &RefName,
    commit: &forge_git::Commit,
) -> Branch {
    let protected = opened.protects(name);
    let deed = if protected { Deed::UpdateProtectedBranch } else { Deed::PushBranch };
    Branch {
        name: name.short().to_owned(),
        commit: told::payload(app, &opened.module, commit),
        protected,
        user_can_push: may(caller, deed, opened),
        user_can_merge: may(caller, deed, opened),
        ..Branch::default()
    }
}

/// The tags, newest name first.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/tags",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), PagesQuery),
    responses((status = 200, body = [Tag]), (status = 404, body = ApiError)),
)]
async fn tags(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo)): Path<(String, String)>,
    pages: Pages,
) -> Result<Listed<Tag>, Error> {
    let (opened, repository) = open(&app, &caller, &owner, &repo).await?;
    let api = format!("{}/api/v1/repos/{}", app.public_url, opened.path());
    let mut tags = repository.tags().await.map_err(git_error)?;
    tags.reverse();
    let told = tags
        .into_iter()
        .filter_map(|tag| {
            let commit = tag.commit?;
            let message = tag.annotation.map(|said| said.subject).unwrap_or_default();
            let created = None;
            let url = format!("{api}/git/commits/{commit}");
            Some(Tag {
                name: tag.name.short().to_owned(),
                id: commit.to_string(),
                message,
                commit: CommitMeta { url, sha: commit.to_string(), created },
                ..Tag::default()
            })
        })
        .collect();
    Ok(pages.cut(told))
}
