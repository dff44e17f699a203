//! One commit with what it changed.

use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue},
    response::Response,
};
use forge_domain::names::{Oid, Revision};
use forge_git::{Commit, EntryKind, FileChange, FileContent, FileDiff, Hunk, Line, LineKind};
use forge_store::commit_statuses::{self, CommitStatus};
use serde::Serialize;

use super::{
    Code, address, framed,
    parts::{self, ModuleHead, Tab},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Chrome, Html},
    web::{page, shown},
};

/// `pages/commit.html`.
#[derive(Debug, Serialize)]
struct CommitPage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// The whole id.
    oid: String,
    /// The first paragraph of the message.
    subject: String,
    /// The rest of it.
    body: Option<Html>,
    /// Who wrote the change.
    author: Who,
    /// Who recorded it, where that is someone else.
    committer: Option<Who>,
    /// What it stands on.
    parents: Vec<Parent>,
    /// Whether it carries a signature, which nobody checked here.
    signed: bool,
    /// What programs said of it.
    checks: Vec<CheckRow>,
    /// The files of that moment.
    tree_href: String,
    /// Lines added and removed, over all files.
    added: usize,
    /// Lines removed.
    removed: usize,
    /// How many files it changed.
    file_count: usize,
    /// The files shown.
    files: Vec<FilePart>,
    /// Whether files or lines were left out.
    cut: bool,
}

/// What one check said last.
#[derive(Debug, Serialize)]
struct CheckRow {
    /// Its name.
    name: String,
    /// `pending`, `success`, `failure`, `error` or `warning`.
    state: &'static str,
    /// In a few words.
    said: String,
    /// Where more is told.
    href: Option<String>,
    /// The login of who handed it in.
    by: String,
    /// RFC 3339.
    at: String,
}

/// Someone, and when.
#[derive(Debug, Serialize)]
struct Who {
    name: String,
    /// RFC 3339.
    at: String,
}

/// A commit before.
#[derive(Debug, Serialize)]
struct Parent {
    short: String,
    href: String,
}

/// What happened to one file.
#[derive(Debug, Serialize)]
struct FilePart {
    /// Unique on the page: `f1`, `f2` …
    id: String,
    /// Its path, the new one where it was renamed.
    path: String,
    /// `added`, `deleted`, `modified`, `renamed` or `copied`.
    change: &'static str,
    /// Its path before, where that was another.
    from: Option<String>,
    /// Its mode before and after, as git writes them, where they differ.
    modes: Option<(&'static str, &'static str)>,
    /// `text`, `same`, `empty`, `binary`, `large` or `submodule`.
    content: &'static str,
    /// Size before, in bytes.
    old_size: Option<u64>,
    /// Size after, in bytes.
    new_size: Option<u64>,
    /// Lines added.
    added: usize,
    /// Lines removed.
    removed: usize,
    /// Whether lines were left out.
    cut: bool,
    /// The changed lines and their surroundings.
    hunks: Vec<HunkPart>,
    /// The file as this commit leaves it; none where it is gone.
    href: Option<String>,
}

/// A run of lines.
#[derive(Debug, Serialize)]
struct HunkPart {
    header: String,
    lines: Vec<LinePart>,
}

/// One line: `kind` is `a` added, `d` deleted or empty.
#[derive(Debug, Serialize)]
struct LinePart {
    kind: &'static str,
    old: Option<u32>,
    new: Option<u32>,
    text: Html,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module, oid)): Path<(String, String, String)>,
) -> Result<Response, Error> {
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    let revision: Revision = oid.parse().map_err(|_| Error::NotFound)?;
    // A commit that no branch and no tag leads to does not exist here (security.md A3 #44).
    let oid = code.repository.resolve(&revision).await?;
    let commit = code.repository.commit(oid).await?;
    let diff = code.repository.diff(oid).await?;
    let checks = commit_statuses::latest(&app.db, code.opened.module.id, oid).await?;
    let head = code.head(&app, &viewer, Some(Tab::Commits)).await?;
    let short = oid.to_string()[..10].to_owned();
    let subject = shown::plain(&commit.subject);
    let chrome = page::chrome(&app, &viewer, format!("{subject} ({short}) — {}", head.name));
    let mut chrome = framed(chrome, &app, &viewer, &head, &short);
    chrome.wide = true;
    let href = code.href();
    let files = diff.files.iter().enumerate();
    let body = CommitPage {
        page: chrome,
        module: head,
        oid: oid.to_string(),
        subject,
        body: message(&commit),
        author: who(&commit.author),
        committer: (commit.committer.name != commit.author.name).then(|| who(&commit.committer)),
        parents: commit.parents.iter().map(|oid| parent(&href, *oid)).collect(),
        signed: commit.signed,
        checks: checks.into_iter().map(check).collect(),
        tree_href: address::at(&href, "tree", &oid.to_string(), None),
        added: diff.stats.added,
        removed: diff.stats.removed,
        file_count: diff.stats.files,
        files: files.map(|(at, file)| part(&href, oid, at, file)).collect(),
        cut: diff.cut,
    };
    let mut response = page::page(&app, &viewer, "pages/commit.html", &body)?;
    let robots = HeaderName::from_static("x-robots-tag");
    response.headers_mut().insert(robots, HeaderValue::from_static("noindex"));
    // The commit never changes, but what programs say of it comes later.
    Ok(super::raw::kept_if(false, &code, &viewer, response))
}

fn check(status: CommitStatus) -> CheckRow {
    CheckRow {
        name: shown::plain(&status.context),
        state: status.state.name(),
        said: shown::plain(&status.description),
        href: (!status.target_url.is_empty()).then_some(status.target_url),
        by: status.creator,
        at: status.created_at.to_string(),
    }
}

/// The rest of the message, line by line as it was written.
fn message(commit: &Commit) -> Option<Html> {
    let body = commit.body.trim_end();
    if body.is_empty() {
        return None;
    }
    let lines: Vec<Html> = body.lines().map(shown::line).collect();
    Some(Html::lines(&lines))
}

fn who(signature: &forge_git::Signature) -> Who {
    Who { name: shown::plain(&signature.name), at: parts::moment(signature) }
}

fn parent(module: &str, oid: Oid) -> Parent {
    let oid = oid.to_string();
    Parent { short: oid[..10].to_owned(), href: format!("{module}/commit/{oid}") }
}

fn part(module: &str, commit: Oid, at: usize, file: &FileDiff) -> FilePart {
    let (change, from) = match &file.change {
        FileChange::Added => ("added", None),
        FileChange::Deleted => ("deleted", None),
        FileChange::Modified => ("modified", None),
        FileChange::Renamed { from, .. } => ("renamed", Some(shown::plain(from))),
        FileChange::Copied { from, .. } => ("copied", Some(shown::plain(from))),
    };
    let modes = match (&file.old, &file.new) {
        (Some((old, _)), Some((new, _))) if old != new => Some((mode(*old), mode(*new))),
        _ => None,
    };
    let is_file = file.new.as_ref().is_some_and(|(kind, _)| *kind != EntryKind::Submodule);
    let href = is_file.then(|| address::at(module, "blob", &commit.to_string(), Some(&file.path)));
    let mut part = FilePart {
        id: format!("f{}", at + 1),
        path: shown::plain(&file.path),
        change,
        from,
        modes,
        content: "same",
        old_size: None,
        new_size: None,
        added: 0,
        removed: 0,
        cut: false,
        hunks: Vec::new(),
        href,
    };
    match &file.content {
        FileContent::Same => {}
        FileContent::Empty => part.content = "empty",
        FileContent::Submodule => part.content = "submodule",
        FileContent::Binary { old_size, new_size } => {
            (part.content, part.old_size, part.new_size) = ("binary", *old_size, *new_size);
        }
        FileContent::TooLarge { old_size, new_size } => {
            (part.content, part.old_size, part.new_size) = ("large", *old_size, *new_size);
        }
        FileContent::Text { hunks, added, removed, cut } => {
            (part.content, part.added, part.removed) = ("text", *added, *removed);
            part.cut = *cut;
            part.hunks = hunks.iter().map(hunk).collect();
        }
    }
    part
}

fn hunk(hunk: &Hunk) -> HunkPart {
    let Hunk { old_start, old_lines, new_start, new_lines, .. } = hunk;
    HunkPart {
        header: format!("@@ −{old_start},{old_lines} +{new_start},{new_lines} @@"),
        lines: hunk.lines.iter().map(line).collect(),
    }
}

fn line(line: &Line) -> LinePart {
    let kind = match line.kind {
        LineKind::Context => "",
        LineKind::Added => "a",
        LineKind::Removed => "d",
    };
    let text = line.text.strip_suffix(b"\r").unwrap_or(&line.text);
    LinePart { kind, old: line.old_number, new: line.new_number, text: shown::line(text) }
}

fn mode(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Folder => "040000",
        EntryKind::File => "100644",
        EntryKind::Executable => "100755",
        EntryKind::Link => "120000",
        EntryKind::Submodule => "160000",
    }
}
