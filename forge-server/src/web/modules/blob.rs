//! A file at a revision.

use axum::{
    extract::{Query, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use forge_git::{Blob, EntryKind};
use serde::{Deserialize, Serialize};

use super::{
    At, Code, framed,
    overview::{is_markdown, rendered},
    parts::{self, ModuleHead, Step, Tab},
    raw,
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Chrome, Html},
    web::{markdown::Links, page, shown},
};

/// A larger file is told, not shown (ux.md P4).
const SHOWN_BYTES_MAX: u64 = 1 << 20;
/// More lines are cut: a page holds eight megabytes.
const SHOWN_LINES_MAX: usize = 20_000;
/// A longer line is cut: nobody reads it.
const LINE_BYTES_MAX: usize = 8 << 10;

/// `pages/blob.html`.
#[derive(Debug, Serialize)]
struct BlobPage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// The revision as the address has it.
    rev: String,
    /// The file's path.
    path: String,
    /// The way to the file.
    steps: Vec<Step>,
    /// Its size in bytes.
    size: u64,
    /// What is shown: `lines`, `rendered`, `binary`, `large`, `lfs`, `link` or `empty`.
    shown: &'static str,
    /// Its lines, or the target of a link.
    lines: Vec<Html>,
    /// How many lines it has.
    line_count: usize,
    /// Whether lines were left out.
    cut: bool,
    /// Whether it holds characters that hide something; they are marked.
    hidden: bool,
    /// Whether it may be run.
    executable: bool,
    /// The size of what an LFS pointer stands for.
    lfs_size: Option<u64>,
    /// Its text, where it was rendered.
    html: Option<Html>,
    /// The other of the two views, source or rendered.
    other_href: Option<String>,
    /// First and last line asked for; 0 where none was.
    from: usize,
    /// The last line asked for.
    to: usize,
    /// Its own address.
    href: String,
    /// Its bytes.
    raw_href: String,
    /// Its history.
    history_href: String,
    /// The same file at the commit itself.
    permalink: String,
}

/// Which lines, and which view.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// `12` or `12-20`: marked.
    l: Option<String>,
    /// The same from the form: leads to the link.
    lines: Option<String>,
    /// `source` for a text that would be rendered.
    view: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
    uri: Uri,
) -> Result<Response, Error> {
    let code = Code::of(&app, &viewer, &uri).await?;
    let at = code.at(&uri).await?;
    let href = at.href(&code.href(), "blob");
    let Some(path) = &at.path else {
        return Ok(Redirect::to(&at.href(&code.href(), "tree")).into_response());
    };
    if let Some((from, to)) = asked.lines.as_deref().and_then(range) {
        let range = if from == to { from.to_string() } else { format!("{from}-{to}") };
        return Ok(Redirect::to(&format!("{href}?l={range}#L{from}")).into_response());
    }
    let entry = code.repository.entry(at.commit, path).await?.ok_or(Error::NotFound)?;
    if entry.kind == EntryKind::Folder {
        return Ok(Redirect::to(&at.href(&code.href(), "tree")).into_response());
    }
    let blob = code.repository.blob(at.commit, path, SHOWN_BYTES_MAX).await?;
    let head = code.head(&app, &viewer, Some(Tab::Code)).await?;
    let title = shown::plain(path.as_bytes());
    let chrome = page::chrome(&app, &viewer, format!("{title} — {}", head.name));
    let mut chrome = framed(chrome, &app, &viewer, &head, &title);
    chrome.wide = true;
    let mut body = BlobPage {
        page: chrome,
        module: head,
        rev: shown::plain(&at.rev),
        path: title,
        steps: parts::steps(&code.href(), &at),
        size: blob.size,
        shown: state(&blob),
        lines: Vec::new(),
        line_count: 0,
        cut: false,
        hidden: false,
        executable: blob.kind == EntryKind::Executable,
        lfs_size: blob.lfs.as_ref().map(|pointer| pointer.size),
        html: None,
        other_href: None,
        from: 0,
        to: 0,
        raw_href: at.href(&code.href(), "raw"),
        history_href: at.href(&code.href(), "commits"),
        permalink: at.permalink(&code.href(), "blob"),
        href,
    };
    fill(&mut body, &code, &at, &blob, &asked).await?;
    let response = page::page(&app, &viewer, "pages/blob.html", &body)?;
    Ok(raw::kept_if(at.is_fixed, &code, &viewer, response))
}

fn state(blob: &Blob) -> &'static str {
    match blob {
        Blob { kind: EntryKind::Link, .. } => "link",
        Blob { content: None, .. } => "large",
        Blob { is_binary: true, .. } => "binary",
        Blob { lfs: Some(_), .. } => "lfs",
        Blob { size: 0, .. } => "empty",
        _ => "lines",
    }
}

/// The content, as its state allows.
async fn fill(
    body: &mut BlobPage,
    code: &Code,
    at: &At,
    blob: &Blob,
    asked: &Asked,
) -> Result<(), Error> {
    let Some(content) = blob.content.as_deref() else { return Ok(()) };
    if !["lines", "link", "lfs"].contains(&body.shown) {
        return Ok(());
    }
    let asked_lines = asked.l.as_deref().and_then(range);
    let name = at.path.as_ref().map(|path| path.file_name().to_vec()).unwrap_or_default();
    if body.shown == "lines" && is_markdown(&name) {
        if asked.view.as_deref() != Some("source") && asked_lines.is_none() {
            let folder = at.path.as_ref().and_then(|path| path.parent());
            let links = Links { module: code.href(), rev: at.rev.clone(), folder };
            body.html = Some(rendered(content.to_vec(), true, links).await?);
            body.shown = "rendered";
            body.other_href = Some(format!("{}?view=source", body.href));
            return Ok(());
        }
        body.other_href = Some(body.href.clone());
    }
    (body.from, body.to) = asked_lines.unwrap_or_default();
    body.hidden = shown::has_hidden(content);
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    let lines = content.split(|&byte| byte == b'\n');
    body.line_count = lines.clone().count();
    body.cut = body.line_count > SHOWN_LINES_MAX;
    body.lines = lines
        .take(SHOWN_LINES_MAX)
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .map(|line| shown::line(&line[..line.len().min(LINE_BYTES_MAX)]))
        .collect();
    Ok(())
}

/// `12` or `12-20`, in any order.
fn range(text: &str) -> Option<(usize, usize)> {
    let text = text.trim().trim_start_matches('L');
    let (from, to) = text.split_once(['-', '–']).unwrap_or((text, text));
    let number = |text: &str| text.trim().trim_start_matches('L').parse::<usize>().ok();
    let (from, to) = (number(from)?, number(to)?);
    let (from, to) = (from.min(to), from.max(to));
    (from > 0).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn lines_are_asked_for_as_people_write_them() {
        assert_eq!(range("12"), Some((12, 12)));
        assert_eq!(range(" 20 - 12 "), Some((12, 20)));
        assert_eq!(range("L3-L5"), Some((3, 5)));
        assert_eq!(range("3–5"), Some((3, 5)));
        for wrong in ["", "0", "a", "-5", "1-", "99999999999999999999"] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }
}
