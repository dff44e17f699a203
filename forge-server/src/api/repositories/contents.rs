//! Files and folders at a revision, told in JSON or sent as they are.

use axum::{
    Json,
    body::Body as Bytes,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_api::dialect::{ApiError, ContentsResponse, EntryType, FileLinks};
use forge_domain::names::{Oid, PathInRepo};
use forge_git::{Entry, EntryKind};
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{git_error, open, resolve};
use crate::{
    api::Query,
    app::App,
    auth::{ApiCaller, module::Opened},
    error::Error,
};

/// The largest file told inside JSON; `raw` sends any.
const TOLD_BYTES_MAX: u64 = 10 << 20;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(root)).routes(routes!(contents)).routes(routes!(raw))
}

/// At which revision.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// A branch, a tag or a commit; the default branch when nothing is said.
    #[serde(rename = "ref")]
    #[param(rename = "ref")]
    revision: Option<String>,
}

/// The root folder.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/contents",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), Asked),
    responses((status = 200, body = [ContentsResponse]), (status = 404, body = ApiError)),
)]
async fn root(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    tell(&app, &caller, (&owner, &repo), "", asked.revision.as_deref()).await
}

/// A file with its content, or the entries of a folder.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/contents/{*path}",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), ("path" = String, Path), Asked),
    responses((status = 200, body = ContentsResponse), (status = 404, body = ApiError)),
)]
async fn contents(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo, path)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let path = path.trim_end_matches('/');
    tell(&app, &caller, (&owner, &repo), path, asked.revision.as_deref()).await
}

async fn tell(
    app: &App,
    caller: &ApiCaller,
    (owner, repo): (&str, &str),
    path: &str,
    revision: Option<&str>,
) -> Result<Response, Error> {
    let (opened, repository) = open(app, caller, owner, repo).await?;
    let branch = &opened.module.default_branch;
    let commit = resolve(&repository, revision, branch).await?;
    let at = At { app, opened: &opened, revision: revision.unwrap_or(branch), commit };
    if path.is_empty() {
        let listing = repository.tree(commit, None).await.map_err(git_error)?;
        let entries: Vec<_> = listing.entries.iter().map(|entry| at.entry("", entry)).collect();
        return Ok(Json(entries).into_response());
    }
    let parsed: PathInRepo = path.parse().map_err(|_| Error::NotFound)?;
    let entry = repository.entry(commit, &parsed).await.map_err(git_error)?;
    let entry = entry.ok_or(Error::NotFound)?;
    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    match entry.kind {
        EntryKind::Folder => {
            let listing = repository.tree(commit, Some(&parsed)).await.map_err(git_error)?;
            let entries: Vec<_> =
                listing.entries.iter().map(|entry| at.entry(path, entry)).collect();
            Ok(Json(entries).into_response())
        }
        EntryKind::Submodule => Ok(Json(at.entry(parent, &entry)).into_response()),
        EntryKind::File | EntryKind::Executable | EntryKind::Link => {
            let blob = repository.blob(commit, &parsed, TOLD_BYTES_MAX).await.map_err(git_error)?;
            let content = blob.content.ok_or(Error::TooLarge)?;
            let mut told = at.entry(parent, &entry);
            if entry.kind == EntryKind::Link {
                told.target = Some(String::from_utf8_lossy(&content).into_owned());
            }
            told.encoding = Some("base64".to_owned());
            told.content = Some(BASE64_STANDARD.encode(&content));
            Ok(Json(told).into_response())
        }
    }
}

/// Where an entry stands.
struct At<'a> {
    app: &'a App,
    opened: &'a Opened,
    revision: &'a str,
    commit: Oid,
}

impl At<'_> {
    fn entry(&self, folder: &str, entry: &Entry) -> ContentsResponse {
        let name = String::from_utf8_lossy(&entry.name).into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let base = &self.app.public_url;
        let module = self.opened.path();
        let encoded = encode_path(&path);
        let revision: String =
            url::form_urlencoded::byte_serialize(self.revision.as_bytes()).collect();
        let url = format!("{base}/api/v1/repos/{module}/contents/{encoded}?ref={revision}");
        let (kind, view) = match entry.kind {
            EntryKind::Folder => (EntryType::Dir, "tree"),
            EntryKind::File | EntryKind::Executable => (EntryType::File, "blob"),
            EntryKind::Link => (EntryType::Symlink, "blob"),
            EntryKind::Submodule => (EntryType::Submodule, "tree"),
        };
        let html_url = format!("{base}/{module}/{view}/{}:{encoded}", self.commit);
        let git_url = format!("{base}/api/v1/repos/{module}/git/blobs/{}", entry.oid);
        let raw = format!("{base}/{module}/raw/{}:{encoded}", self.commit);
        ContentsResponse {
            name,
            path,
            sha: entry.oid.to_string(),
            kind,
            size: entry.size.and_then(|size| i64::try_from(size).ok()).unwrap_or(0),
            download_url: (kind == EntryType::File).then_some(raw),
            links: FileLinks { this: url.clone(), git: git_url.clone(), html: html_url.clone() },
            url,
            html_url,
            git_url,
            ..ContentsResponse::default()
        }
    }
}

/// Percent-encodes each part of a path and keeps its slashes.
fn encode_path(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        url::form_urlencoded::byte_serialize(part.as_bytes())
            .collect::<String>()
            .replace('+', "%20")
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The bytes of a file.
#[utoipa::path(
    get,
    path = "/repos/{owner}/{repo}/raw/{*path}",
    tag = "repository",
    params(("owner" = String, Path), ("repo" = String, Path), ("path" = String, Path), Asked),
    responses(
        (status = 200, body = [u8], content_type = "application/octet-stream"),
        (status = 404, body = ApiError),
    ),
)]
async fn raw(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo, path)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (opened, repository) = open(&app, &caller, &owner, &repo).await?;
    let branch = &opened.module.default_branch;
    let commit = resolve(&repository, asked.revision.as_deref(), branch).await?;
    let path: PathInRepo = path.parse().map_err(|_| Error::NotFound)?;
    let entry = repository.entry(commit, &path).await.map_err(git_error)?;
    let entry = entry.ok_or(Error::NotFound)?;
    if matches!(entry.kind, EntryKind::Folder | EntryKind::Submodule) {
        return Err(Error::NotFound);
    }
    let (size, stream) = repository.blob_stream(entry.oid).await.map_err(git_error)?;
    // What was pushed is hostile until proven otherwise: never a document of this origin.
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_LENGTH, HeaderValue::from(size)),
        (
            HeaderName::from_static("content-security-policy"),
            HeaderValue::from_static("sandbox; default-src 'none'"),
        ),
    ];
    Ok((headers, Bytes::from_stream(ReaderStream::new(stream))).into_response())
}
