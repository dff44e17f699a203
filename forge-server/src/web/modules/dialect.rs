//! The addresses that crawlers of publiccode.yml and existing clients ask for:
//! `src/branch/{branch}/{path}` leads to ours, `raw/branch/{branch}/{path}` answers at once.

use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::{IntoResponse, Redirect, Response},
};
use forge_domain::names::{Oid, PathInRepo, RefKind, RefName};

use super::{Code, address, raw};
use crate::{app::App, auth::Viewer, error::Error};

/// Owner, module, `raw` or `src`, and the kind of revision stand before the revision.
const BEFORE: usize = 4;

pub(super) async fn src_branch(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
) -> Result<Response, Error> {
    lead(&app, &viewer, &uri, Kind::Ref(RefKind::Branch)).await
}

pub(super) async fn src_tag(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
) -> Result<Response, Error> {
    lead(&app, &viewer, &uri, Kind::Ref(RefKind::Tag)).await
}

pub(super) async fn src_commit(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
) -> Result<Response, Error> {
    lead(&app, &viewer, &uri, Kind::Commit).await
}

pub(super) async fn raw_branch(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    bytes(&app, &viewer, (&uri, &headers), Kind::Ref(RefKind::Branch)).await
}

pub(super) async fn raw_tag(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    bytes(&app, &viewer, (&uri, &headers), Kind::Ref(RefKind::Tag)).await
}

pub(super) async fn raw_commit(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    bytes(&app, &viewer, (&uri, &headers), Kind::Commit).await
}

/// What the segment before the revision says it is.
#[derive(Clone, Copy)]
enum Kind {
    Ref(RefKind),
    Commit,
}

async fn lead(app: &App, viewer: &Viewer, uri: &Uri, kind: Kind) -> Result<Response, Error> {
    let code = Code::of(app, viewer, uri).await?;
    let found = find(&code, uri, kind).await?;
    let path = found.path.as_ref().map(PathInRepo::as_bytes);
    // The tree leads on to the file where the path is one.
    let href = address::at(&code.href(), "tree", &found.rev, path);
    Ok(Redirect::to(&href).into_response())
}

async fn bytes(
    app: &App,
    viewer: &Viewer,
    (uri, headers): (&Uri, &HeaderMap),
    kind: Kind,
) -> Result<Response, Error> {
    let code = Code::of(app, viewer, uri).await?;
    let found = find(&code, uri, kind).await?;
    let path = found.path.ok_or(Error::NotFound)?;
    let is_fixed = matches!(kind, Kind::Commit);
    raw::serve(&code, viewer, (found.commit, is_fixed), &path, headers).await
}

struct Found {
    rev: String,
    commit: Oid,
    path: Option<PathInRepo>,
}

/// Branches and tags may hold slashes: the longest name that exists is the one meant.
async fn find(code: &Code, uri: &Uri, kind: Kind) -> Result<Found, Error> {
    let rest = address::rest(uri, BEFORE).ok_or(Error::NotFound)?;
    let mut ends: Vec<usize> =
        rest.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at).collect();
    ends.push(rest.len());
    for end in ends.into_iter().rev() {
        let Ok(name) = std::str::from_utf8(&rest[..end]) else { continue };
        let Some((rev, commit)) = named(code, name, kind).await? else { continue };
        let path = rest[end..].strip_prefix(b"/").filter(|path| !path.is_empty());
        let path = path.map(|path| PathInRepo::from_bytes(path).map_err(|_| Error::NotFound));
        return Ok(Found { rev, commit, path: path.transpose()? });
    }
    Err(Error::NotFound)
}

async fn named(code: &Code, name: &str, kind: Kind) -> Result<Option<(String, Oid)>, Error> {
    let full = match kind {
        Kind::Ref(RefKind::Branch) => RefName::branch(name),
        Kind::Ref(RefKind::Tag) => RefName::tag(name),
        Kind::Commit => {
            let Ok(oid) = name.parse::<Oid>() else { return Ok(None) };
            let revision = forge_domain::names::Revision::Oid(oid);
            return match code.repository.resolve(&revision).await {
                Ok(commit) => Ok(Some((name.to_owned(), commit))),
                Err(forge_git::GitError::NotFound(_)) => Ok(None),
                Err(error) => Err(error.into()),
            };
        }
    };
    let Ok(full) = full else { return Ok(None) };
    let Some(commit) = code.repository.tip(&full).await? else { return Ok(None) };
    // A tag is written in full: a branch of the same name would be taken for it.
    let rev = match full.kind() {
        RefKind::Branch => full.short(),
        RefKind::Tag => full.as_str(),
    };
    Ok(Some((rev.to_owned(), commit)))
}
