//! The history of a module, or of one path in it.

use axum::{
    extract::{Path, Query, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

use super::{
    Code, address, framed,
    parts::{self, CommitLine, ModuleHead, Step, Tab},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::Chrome,
    web::{page, shown},
};

/// Commits of one page.
const PAGE: usize = 50;
/// Nobody reads further by pages; the walk to get there grows with the number.
const SKIP_MAX: usize = 100_000;

/// `pages/commits.html`.
#[derive(Debug, Serialize)]
struct CommitsPage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// The revision as the address has it.
    rev: String,
    /// The path; none for all of the module.
    path: Option<String>,
    /// The way to the path.
    steps: Vec<Step>,
    /// The commits, newest first.
    commits: Vec<CommitLine>,
    /// False where the search stopped at its limits before it was done.
    complete: bool,
    /// The newer ones.
    prev_href: Option<String>,
    /// The older ones.
    next_href: Option<String>,
}

/// How many commits come before.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    after: usize,
}

/// Leads to the history of the default branch.
pub(super) async fn newest(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module)): Path<(String, String)>,
) -> Result<Response, Error> {
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    let branch = &code.opened.module.default_branch;
    Ok(Redirect::to(&address::at(&code.href(), "commits", branch, None)).into_response())
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
    uri: Uri,
) -> Result<Response, Error> {
    let code = Code::of(&app, &viewer, &uri).await?;
    let at = code.at(&uri).await?;
    let skip = asked.after.min(SKIP_MAX);
    let log = code.repository.log(at.commit, at.path.as_ref(), skip, PAGE).await?;
    let module_href = code.href();
    let href = at.href(&module_href, "commits");
    let head = code.head(&app, &viewer, Some(Tab::Commits)).await?;
    let commits = page::text(&app, &viewer, "code-commits");
    let title = format!("{commits} — {} — {}", parts::title(at.path.as_ref(), &at.rev), head.name);
    let chrome = page::chrome(&app, &viewer, title);
    let to = |skip: usize| match skip {
        0 => href.clone(),
        skip => format!("{href}?after={skip}"),
    };
    let body = CommitsPage {
        page: framed(chrome, &app, &viewer, &head, &commits),
        rev: shown::plain(&at.rev),
        path: at.path.as_ref().map(|path| shown::plain(path.as_bytes())),
        steps: parts::steps(&module_href, &at),
        commits: log.commits.iter().map(|commit| CommitLine::of(&module_href, commit)).collect(),
        complete: log.complete,
        prev_href: (skip > 0).then(|| to(skip.saturating_sub(PAGE))),
        next_href: (log.more && log.complete).then(|| to(skip + PAGE)),
        module: head,
    };
    let response = page::page(&app, &viewer, "pages/commits.html", &body)?;
    Ok(super::raw::kept_if(at.is_fixed, &code, &viewer, response))
}
