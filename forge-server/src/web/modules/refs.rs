//! Branches and tags.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use forge_domain::names::RefName;
use serde::Serialize;

use super::{
    Code, address, framed,
    parts::{self, CommitLine, ModuleHead, Tab},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Chrome, Html},
    web::{page, shown},
};

/// References of one page.
const PAGE: usize = 100;

/// `pages/branches.html`.
#[derive(Debug, Serialize)]
struct BranchesPage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// The branches, the default one first, then by name.
    branches: Vec<BranchLine>,
    /// The next ones.
    next_href: Option<String>,
}

/// One branch.
#[derive(Debug, Serialize)]
struct BranchLine {
    name: String,
    href: String,
    history_href: String,
    is_default: bool,
    is_protected: bool,
    last: CommitLine,
}

/// `pages/tags.html`.
#[derive(Debug, Serialize)]
struct TagsPage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// The tags, the newest first.
    tags: Vec<TagLine>,
    /// The next ones.
    next_href: Option<String>,
}

/// One tag.
#[derive(Debug, Serialize)]
struct TagLine {
    name: String,
    /// The files it marks; none for a tag of something else than a commit.
    href: Option<String>,
    /// The first paragraph of its message.
    subject: Option<String>,
    /// The rest of it.
    body: Option<Html>,
    /// Who made it.
    tagger: Option<String>,
    /// When it was made, or its commit recorded; RFC 3339.
    at: Option<String>,
    /// Whether it carries a signature, which nobody checked here.
    signed: bool,
    /// The commit it marks.
    commit: Option<CommitLine>,
}

/// Where a list goes on: the name of the last reference before.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
}

pub(super) async fn branches(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module)): Path<(String, String)>,
    axum::extract::Query(asked): axum::extract::Query<Asked>,
) -> Result<Response, Error> {
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    let default = code.opened.module.default_branch.clone();
    let is_default = |name: &RefName| name.short() == default;
    let mut all = code.repository.branches().await?;
    all.sort_by_key(|branch| !is_default(&branch.name));
    let names: Vec<&str> = all.iter().map(|branch| branch.name.short()).collect();
    let href = code.href();
    let (start, next) = cut(&names, asked.after.as_deref());
    let next_href = next.map(|name| after(&href, "branches", name));
    let shown_now: Vec<_> = all[start..].iter().take(PAGE).collect();
    let commits = code.repository.commits(shown_now.iter().map(|branch| branch.tip).collect());
    let lines = shown_now.iter().zip(commits.await?).map(|(branch, commit)| BranchLine {
        name: shown::plain(branch.name.short()),
        href: address::at(&href, "tree", branch.name.short(), None),
        history_href: address::at(&href, "commits", branch.name.short(), None),
        is_default: is_default(&branch.name),
        is_protected: code.opened.protects(&branch.name),
        last: CommitLine::of(&href, &commit),
    });
    let branches = lines.collect();
    let head = code.head(&app, &viewer, Some(Tab::Branches)).await?;
    let title = page::text(&app, &viewer, "code-branches");
    let chrome = page::chrome(&app, &viewer, format!("{title} — {}", head.name));
    let page = framed(chrome, &app, &viewer, &head, &title);
    let body = BranchesPage { page, module: head, branches, next_href };
    page::page(&app, &viewer, "pages/branches.html", &body)
}

pub(super) async fn tags(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module)): Path<(String, String)>,
    axum::extract::Query(asked): axum::extract::Query<Asked>,
) -> Result<Response, Error> {
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    let mut all = code.repository.tags().await?;
    // Names are versions: the last by name is most often the newest.
    all.reverse();
    let names: Vec<&str> = all.iter().map(|tag| tag.name.short()).collect();
    let href = code.href();
    let (start, next) = cut(&names, asked.after.as_deref());
    let next_href = next.map(|name| after(&href, "tags", name));
    let mut tags = Vec::new();
    for tag in all[start..].iter().take(PAGE) {
        let commit = match tag.commit {
            Some(oid) => Some(code.repository.commit(oid).await?),
            None => None,
        };
        tags.push(tag_line(&href, tag, commit.as_ref()));
    }
    let head = code.head(&app, &viewer, Some(Tab::Tags)).await?;
    let title = page::text(&app, &viewer, "code-releases");
    let chrome = page::chrome(&app, &viewer, format!("{title} — {}", head.name));
    let page = framed(chrome, &app, &viewer, &head, &title);
    let body = TagsPage { page, module: head, tags, next_href };
    page::page(&app, &viewer, "pages/tags.html", &body)
}

/// Releases are tags until they have pages of their own.
pub(super) async fn releases(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module)): Path<(String, String)>,
) -> Result<Response, Error> {
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    Ok(Redirect::to(&format!("{}/tags", code.href())).into_response())
}

fn tag_line(module: &str, tag: &forge_git::Tag, commit: Option<&forge_git::Commit>) -> TagLine {
    let said = tag.annotation.as_ref();
    let tagger = said.and_then(|said| said.tagger.as_ref());
    let body = said.map(|said| said.body.trim_end()).filter(|body| !body.is_empty());
    let commit_at = commit.map(|commit| parts::moment(&commit.committer));
    TagLine {
        name: shown::plain(tag.name.short()),
        href: commit.map(|_| address::at(module, "tree", tag.name.as_str(), None)),
        subject: said.map(|said| shown::plain(&said.subject)),
        body: body.map(|body| Html::lines(&body.lines().map(shown::line).collect::<Vec<_>>())),
        tagger: tagger.map(|tagger| shown::plain(&tagger.name)),
        at: tagger.map(parts::moment).or(commit_at),
        signed: said.is_some_and(|said| said.signed),
        commit: commit.map(|commit| CommitLine::of(module, commit)),
    }
}

/// Where the page starts, and the last name on it where more follow.
fn cut<'a>(names: &[&'a str], after: Option<&str>) -> (usize, Option<&'a str>) {
    let start = after.and_then(|after| names.iter().position(|name| *name == after));
    let start = start.map_or(0, |at| at + 1);
    let more = names.len() > start + PAGE;
    (start, more.then(|| names[start + PAGE - 1]))
}

fn after(module: &str, page: &str, name: &str) -> String {
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    format!("{module}/{page}?after={name}")
}
