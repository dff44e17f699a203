//! A folder at a revision.

use axum::{
    extract::{Path, Query, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use forge_domain::names::PathInRepo;
use forge_git::{Entry, EntryKind, LastChanges};
use serde::{Deserialize, Serialize};

use super::{
    At, Code, address, framed,
    overview::{Readme, readme},
    parts::{self, CommitLine, ModuleHead, Step, Tab},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::Chrome,
    web::{page, shown},
};

/// More branches and tags than this are not offered in a list.
const REVISIONS_MAX: usize = 200;

/// `pages/tree.html`.
#[derive(Debug, Serialize)]
struct TreePage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// The revision as the address has it.
    rev: String,
    /// Branches and tags to look at instead.
    revisions: Vec<String>,
    /// The folder's path; the revision's name at the root.
    title: String,
    /// The way to the folder.
    steps: Vec<Step>,
    /// Its parent; none at the root.
    up_href: Option<String>,
    /// The newest commit that changed it.
    last: Option<CommitLine>,
    /// What stands in it.
    entries: Vec<TreeEntry>,
    /// Whether there is more than is listed.
    cut: bool,
    /// Whether every entry has its last change.
    complete: bool,
    /// Its history.
    history_href: String,
    /// The same place at the commit itself.
    permalink: String,
    /// Its README.
    readme: Option<Readme>,
}

/// One name of a folder.
#[derive(Debug, Serialize)]
struct TreeEntry {
    /// The name.
    name: String,
    /// `folder`, `file`, `link` or `submodule`: a key `code-…-prefix`.
    kind: &'static str,
    /// Its page; none for a submodule, which is elsewhere.
    href: Option<String>,
    /// Its size in bytes.
    size: Option<u64>,
    /// The commit that last changed it, where it was found in time.
    last: Option<CommitLine>,
}

/// Which revision to look at, from the form over a tree.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    rev: String,
}

/// Leads to the tree of the chosen revision, or of the default branch.
pub(super) async fn choose(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Error> {
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    let default = &code.opened.module.default_branch;
    let rev = if chosen.rev.is_empty() { default } else { &chosen.rev };
    let href = address::at(&code.href(), "tree", rev, None);
    Ok(Redirect::to(&href).into_response())
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
) -> Result<Response, Error> {
    let code = Code::of(&app, &viewer, &uri).await?;
    let at = code.at(&uri).await?;
    if let Some(path) = &at.path
        && let Some(entry) = code.repository.entry(at.commit, path).await?
        && entry.kind != EntryKind::Folder
    {
        return Ok(Redirect::to(&at.href(&code.href(), "blob")).into_response());
    }
    let listing = code.repository.tree(at.commit, at.path.as_ref()).await?;
    let changes = code.repository.last_changes(at.commit, at.path.as_ref()).await?;
    let newest = code.repository.log(at.commit, at.path.as_ref(), 0, 1).await?;
    let href = code.href();
    let head = code.head(&app, &viewer, Some(Tab::Code)).await?;
    let title = parts::title(at.path.as_ref(), &at.rev);
    let chrome = page::chrome(&app, &viewer, format!("{title} — {}", head.name));
    let mut chrome = framed(chrome, &app, &viewer, &head, &title);
    chrome.wide = true;
    let body = TreePage {
        page: chrome,
        revisions: revisions(&code, &at).await?,
        steps: parts::steps(&href, &at),
        up_href: up(&href, &at),
        last: newest.commits.first().map(|commit| CommitLine::of(&href, commit)),
        entries: listing.entries.iter().map(|found| entry(&href, &at, found, &changes)).collect(),
        cut: listing.cut,
        complete: changes.complete,
        history_href: at.href(&href, "commits"),
        permalink: at.permalink(&href, "tree"),
        readme: readme(&viewer, &code, &at).await?,
        rev: shown::plain(&at.rev),
        title,
        module: head,
    };
    let response = page::page(&app, &viewer, "pages/tree.html", &body)?;
    Ok(super::raw::kept_if(at.is_fixed, &code, &viewer, response))
}

fn entry(module: &str, at: &At, found: &Entry, changes: &LastChanges) -> TreeEntry {
    let (kind, to) = match found.kind {
        EntryKind::Folder => ("folder", Some("tree")),
        EntryKind::File | EntryKind::Executable => ("file", Some("blob")),
        EntryKind::Link => ("link", Some("blob")),
        EntryKind::Submodule => ("submodule", None),
    };
    let path = match &at.path {
        Some(folder) => folder.join(&found.name),
        None => PathInRepo::from_bytes(&found.name),
    };
    let href =
        path.ok().zip(to).map(|(path, to)| address::at(module, to, &at.rev, Some(path.as_bytes())));
    let last = changes.by_name.get(&found.name).map(|commit| CommitLine::of(module, commit));
    TreeEntry { name: shown::plain(&found.name), kind, href, size: found.size, last }
}

fn up(module: &str, at: &At) -> Option<String> {
    let parent = at.path.as_ref()?.parent();
    let parent = parent.as_ref().map(PathInRepo::as_bytes);
    Some(address::at(module, "tree", &at.rev, parent))
}

/// Branches, then tags, the one shown among them.
async fn revisions(code: &Code, at: &At) -> Result<Vec<String>, Error> {
    let branches = code.repository.branches().await?;
    let tags = code.repository.tags().await?;
    let names = branches.iter().map(|branch| branch.name.short());
    let names = names.chain(tags.iter().map(|tag| tag.name.short()));
    let mut names: Vec<String> = names.take(REVISIONS_MAX).map(str::to_owned).collect();
    if !names.contains(&at.rev) {
        names.insert(0, at.rev.clone());
    }
    Ok(names)
}
