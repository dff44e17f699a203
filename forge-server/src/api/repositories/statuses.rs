//! What programs say of commits (api.md §4.6).

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, StatusCode},
};
use forge_api::dialect::{
    ApiError, CombinedStatus, CommitStatus, CreateStatus, StatusState as Told, User,
};
use forge_domain::{names::Oid, review::StatusState};
use forge_store::commit_statuses::{self as store, CommitStatus as Row};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{open, resolve, told};
use crate::{
    actions::statuses::ReportStatus,
    api::{Body, Listed, Pages, pages::PagesQuery},
    app::App,
    auth::{ApiCaller, module::Opened},
    error::Error,
};

/// Clients count a list by it, and one of them this answer too.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(of_commit, report))
        .routes(routes!(of_revision))
        .routes(routes!(combined))
}

/// Says what a check found of a commit.
#[utoipa::path(
    post,
    path = "/repos/{owner}/{repo}/statuses/{sha}",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), ("sha" = String, Path)),
    request_body = CreateStatus,
    responses(
        (status = 201, body = CommitStatus),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn report(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo, sha)): Path<(String, String, String)>,
    Body(body): Body<CreateStatus>,
) -> Result<(StatusCode, Json<CommitStatus>), Error> {
    let (opened, commit) = commit(&app, &caller, (&owner, &repo, &sha)).await?;
    let report = ReportStatus {
        module: opened.module.id,
        commit,
        context: body.context.unwrap_or_default(),
        state: body.state.unwrap_or_default(),
        target_url: body.target_url.unwrap_or_default(),
        description: body.description.unwrap_or_default(),
    };
    let row = app.act(&caller.by, report).await?;
    Ok((StatusCode::CREATED, Json(tell(&app, &opened, commit, row))))
}

/// Everything that was said of a commit, newest first.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/statuses/{sha}",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), ("sha" = String, Path), PagesQuery),
    responses((status = 200, body = [CommitStatus]), (status = 404, body = ApiError)),
)]
async fn of_commit(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo, sha)): Path<(String, String, String)>,
    pages: Pages,
) -> Result<Listed<CommitStatus>, Error> {
    list(&app, &caller, (&owner, &repo, &sha), &pages).await
}

/// Everything that was said of the commit a branch, a tag or an id leads to, newest first.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/commits/{ref}/statuses",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), ("ref" = String, Path), PagesQuery),
    responses((status = 200, body = [CommitStatus]), (status = 404, body = ApiError)),
)]
async fn of_revision(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo, revision)): Path<(String, String, String)>,
    pages: Pages,
) -> Result<Listed<CommitStatus>, Error> {
    list(&app, &caller, (&owner, &repo, &revision), &pages).await
}

/// What every check said last of the commit a branch, a tag or an id leads to.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/commits/{ref}/status",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), ("ref" = String, Path)),
    responses((status = 200, body = CombinedStatus), (status = 404, body = ApiError)),
)]
async fn combined(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo, revision)): Path<(String, String, String)>,
) -> Result<([(HeaderName, String); 1], Json<CombinedStatus>), Error> {
    let (opened, commit) = commit(&app, &caller, (&owner, &repo, &revision)).await?;
    let rows = store::latest(&app.db, opened.module.id, commit).await?;
    let total = rows.len();
    let api = api(&app, &opened);
    let combined = CombinedStatus {
        state: word(StatusState::of_all(rows.iter().map(|row| row.state))),
        sha: commit.to_string(),
        total_count: i64::try_from(total).unwrap_or(i64::MAX),
        statuses: rows.into_iter().map(|row| tell(&app, &opened, commit, row)).collect(),
        repository: Some(told::repository(&app, caller.actor(), &opened)),
        commit_url: format!("{api}/git/commits/{commit}"),
        url: format!("{api}/commits/{commit}/status"),
    };
    Ok(([(TOTAL, total.to_string())], Json(combined)))
}

async fn list(
    app: &App,
    caller: &ApiCaller,
    at: (&str, &str, &str),
    pages: &Pages,
) -> Result<Listed<CommitStatus>, Error> {
    let (opened, commit) = commit(app, caller, at).await?;
    let module = opened.module.id;
    let window = (pages.limit, pages.offset());
    let rows = store::page(&app.db, (module, commit), window).await?;
    let total = store::count(&app.db, module, commit).await?;
    Ok(pages.of(rows.into_iter().map(|row| tell(app, &opened, commit, row)).collect(), total))
}

/// The module, and the commit that a text leads to in it.
async fn commit(
    app: &App,
    caller: &ApiCaller,
    (owner, repo, revision): (&str, &str, &str),
) -> Result<(Opened, Oid), Error> {
    let (opened, repository) = open(app, caller, owner, repo).await?;
    let commit = resolve(&repository, Some(revision), &opened.module.default_branch).await?;
    Ok((opened, commit))
}

fn tell(app: &App, opened: &Opened, commit: Oid, row: Row) -> CommitStatus {
    let creator = User {
        id: row.creator_number,
        html_url: format!("{}/{}", app.public_url, row.creator),
        login: row.creator.clone(),
        username: row.creator,
        active: true,
        ..User::default()
    };
    CommitStatus {
        id: row.number,
        status: word(row.state),
        target_url: row.target_url,
        description: row.description,
        url: format!("{}/statuses/{commit}", api(app, opened)),
        context: row.context,
        creator: Some(creator),
        created_at: Some(row.created_at.to_string()),
        updated_at: Some(row.created_at.to_string()),
    }
}

fn api(app: &App, opened: &Opened) -> String {
    format!("{}/api/v1/repos/{}", app.public_url, opened.path())
}

const fn word(state: StatusState) -> Told {
    match state {
        StatusState::Pending => Told::Pending,
        StatusState::Success => Told::Success,
        StatusState::Failure => Told::Failure,
        StatusState::Error => Told::Error,
        StatusState::Warning => Told::Warning,
    }
}
