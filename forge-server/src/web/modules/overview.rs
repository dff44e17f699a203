//! The page of a module: what it is, how to get it, its README.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use forge_domain::names::PathInRepo;
use forge_git::Entry;
use serde::Serialize;

use super::{
    At, Code, address, framed,
    parts::{CommitLine, ModuleHead, Tab},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    publication,
    themes::{Chrome, Html},
    web::{
        markdown::{self, Links},
        page, shown,
    },
};

/// A longer README is not shown on a page.
const README_BYTES_MAX: u64 = 1 << 20;

/// `pages/module.html`.
#[derive(Debug, Serialize)]
struct ModulePage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// The address for git.
    clone_url: String,
    /// The branch a clone starts from.
    default_branch: String,
    /// The README; none where there is none.
    readme: Option<Readme>,
    /// The newest commit; none while nothing was pushed.
    last: Option<CommitLine>,
    /// How many branches and tags there are.
    branches: usize,
    /// How many tags there are.
    tags: usize,
    /// The newest tag by name.
    release: Option<String>,
    /// `valid`, `invalid` or `absent`: the end of a key `mod-publiccode-…`.
    sheet: &'static str,
    /// When it was made public, RFC 3339.
    published_at: Option<String>,
}

/// A README, rendered.
#[derive(Debug, Serialize)]
pub(super) struct Readme {
    /// The name of the file.
    name: String,
    /// Its page.
    href: String,
    /// Its text.
    html: Html,
    /// The language of its text.
    lang: String,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module)): Path<(String, String)>,
) -> Result<Response, Error> {
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    if module.ends_with(".git") {
        // The address a clone was made from leads people to the page.
        return Ok(Redirect::permanent(&code.href()).into_response());
    }
    let head = code.head(&app, &viewer, Some(Tab::Overview)).await?;
    let row = &code.opened.module;
    let at = code.newest().await?;
    let (readme, last) = match &at {
        None => (None, None),
        Some(at) => {
            let newest = code.repository.commit(at.commit).await?;
            (readme(&viewer, &code, at).await?, Some(CommitLine::of(&code.href(), &newest)))
        }
    };
    let tags = code.repository.tags().await?;
    let checked = publication::check(&app, row).await?;
    let mut chrome = framed(page::chrome(&app, &viewer, &head.name), &app, &viewer, &head, "");
    chrome.description.clone_from(&head.description);
    let body = ModulePage {
        page: chrome,
        clone_url: format!("{}/{}.git", app.public_url, code.opened.path()),
        default_branch: shown::plain(&row.default_branch),
        readme,
        last,
        branches: code.repository.branches().await?.len(),
        release: tags.last().map(|tag| shown::plain(tag.name.short())),
        tags: tags.len(),
        sheet: match &checked.sheet {
            None => "absent",
            Some(sheet) if sheet.is_valid() => "valid",
            Some(_) => "invalid",
        },
        published_at: row.published_at.map(|at| at.to_string()),
        module: head,
    };
    page::page(&app, &viewer, "pages/module.html", &body)
}

/// The README of a folder, in the reader's language where there is one.
pub(super) async fn readme(viewer: &Viewer, code: &Code, at: &At) -> Result<Option<Readme>, Error> {
    let language = viewer.locale().tag();
    let found = code.repository.find_readme(at.commit, at.path.as_ref(), Some(language)).await?;
    let Some(entry) = found else { return Ok(None) };
    let path = match &at.path {
        Some(folder) => folder.join(&entry.name),
        None => PathInRepo::from_bytes(&entry.name),
    };
    let Ok(path) = path else { return Ok(None) };
    let blob = code.repository.blob(at.commit, &path, README_BYTES_MAX).await?;
    let Some(content) = blob.content.filter(|_| !blob.is_binary) else { return Ok(None) };
    let links = Links { module: code.href(), rev: at.rev.clone(), folder: at.path.clone() };
    let is_markdown = is_markdown(&entry.name);
    let html = rendered(content.to_vec(), is_markdown, links).await?;
    let href = address::at(&code.href(), "blob", &at.rev, Some(path.as_bytes()));
    let lang = language_of(&entry, &code.opened.module.lang);
    Ok(Some(Readme { name: shown::plain(&entry.name), href, html, lang }))
}

/// Renders where it may take its time.
pub(super) async fn rendered(
    content: Vec<u8>,
    is_markdown: bool,
    links: Links,
) -> Result<Html, Error> {
    let render = move || {
        let text = String::from_utf8_lossy(&content);
        if is_markdown { markdown::html(&text, &links) } else { markdown::as_typed(&text) }
    };
    Ok(tokio::task::spawn_blocking(render).await.map_err(anyhow::Error::from)?)
}

pub(super) fn is_markdown(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    [&b".md"[..], b".markdown", b".mkd"].iter().any(|ending| name.ends_with(ending))
}

/// `README.fr.md` says its language; the others speak the module's.
fn language_of(entry: &Entry, module: &str) -> String {
    let name = entry.name.to_ascii_lowercase();
    let parts: Vec<&[u8]> = name.split(|&byte| byte == b'.').collect();
    match parts.as_slice() {
        [_, language, ..] if language.len() == 2 && *language != b"md" => {
            String::from_utf8_lossy(language).into_owned()
        }
        _ => module.to_owned(),
    }
}
