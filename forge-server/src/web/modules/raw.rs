//! The bytes of a file: never a document of this site (security.md A5 #78).

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use forge_domain::{
    access::Visibility,
    names::{Oid, PathInRepo},
};
use forge_git::EntryKind;
use tokio_util::io::ReaderStream;

use super::{Code, address};
use crate::{app::App, auth::Viewer, error::Error};

/// Nothing in it runs, whatever a browser takes it for.
const POLICY: &str = "sandbox; default-src 'none'";
/// Where git looks for a NUL to call a file binary.
const SNIFFED_BYTES: u64 = 8_000;

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let code = Code::of(&app, &viewer, &uri).await?;
    let at = code.at(&uri).await?;
    let path = at.path.ok_or(Error::NotFound)?;
    serve(&code, &viewer, (at.commit, at.is_fixed), &path, &headers).await
}

/// The file at a path of a commit, as it is.
pub(super) async fn serve(
    code: &Code,
    viewer: &Viewer,
    (commit, is_fixed): (Oid, bool),
    path: &PathInRepo,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let entry = code.repository.entry(commit, path).await?.ok_or(Error::NotFound)?;
    if matches!(entry.kind, EntryKind::Folder | EntryKind::Submodule) {
        return Err(Error::NotFound);
    }
    let etag = format!("\"{}\"", entry.oid);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known.is_some_and(|known| known.contains(&etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let (size, stream) = code.repository.blob_stream(entry.oid).await?;
        let mut response = Body::from_stream(ReaderStream::new(stream)).into_response();
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(size));
        response
    };
    let is_text = is_text(code, commit, path).await?;
    let (kind, is_shown) = media_type(path.file_name(), is_text);
    set(&mut response, header::CONTENT_TYPE, kind);
    set(&mut response, header::CONTENT_SECURITY_POLICY, POLICY);
    set(&mut response, header::ETAG, &etag);
    set(&mut response, HeaderName::from_static("x-robots-tag"), "noindex");
    set(&mut response, header::CONTENT_DISPOSITION, &disposition(path.file_name(), is_shown));
    set(&mut response, header::VARY, "Cookie, Authorization");
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    Ok(kept_if(is_fixed, code, viewer, response))
}

/// An address that names a commit says that it may be kept: by everyone where the module is
/// public, by one's own browser where one is signed in, and by nobody else.
pub(super) fn kept_if(
    is_fixed: bool,
    code: &Code,
    viewer: &Viewer,
    mut response: Response,
) -> Response {
    if response.headers().contains_key(header::SET_COOKIE) {
        return response;
    }
    let is_public = code.opened.module.visibility == Visibility::Public;
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let keep = match (viewer.person.is_some(), is_public) {
        // What a page says around the content belongs to whoever is signed in.
        (true, _) if is_page => return response,
        (_, false) => "no-store",
        (_, true) if !is_fixed => return response,
        (true, true) => "private, max-age=31536000, immutable",
        // A page carries the token of its visitor's forms.
        (false, true) if is_page => "private, max-age=3600, immutable",
        (false, true) => "public, max-age=31536000, immutable",
    };
    set(&mut response, header::CACHE_CONTROL, keep);
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

async fn is_text(code: &Code, commit: Oid, path: &PathInRepo) -> Result<bool, Error> {
    let blob = code.repository.blob(commit, path, SNIFFED_BYTES).await?;
    // A longer file is judged by its name alone: reading it twice would cost more than it tells.
    Ok(!blob.is_binary && (blob.content.is_some() || has_text_name(path.file_name())))
}

/// The media type, and whether a browser may show it in place. Text of every kind is plain text:
/// HTML, XML and SVG are documents that could act. Images can only be looked at; an SVG is one
/// for `<img>` and a download otherwise.
fn media_type(name: &[u8], is_text: bool) -> (&'static str, bool) {
    let name = name.to_ascii_lowercase();
    let ends = |ending: &str| name.ends_with(ending.as_bytes());
    let images = [
        (".png", "image/png"),
        (".jpg", "image/jpeg"),
        (".jpeg", "image/jpeg"),
        (".gif", "image/gif"),
        (".webp", "image/webp"),
        (".avif", "image/avif"),
    ];
    if let Some((_, kind)) = images.iter().find(|(ending, _)| ends(ending)) {
        return (kind, true);
    }
    match is_text {
        _ if ends(".svg") => ("image/svg+xml", false),
        true => ("text/plain; charset=utf-8", true),
        false => ("application/octet-stream", false),
    }
}

fn has_text_name(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let endings = [
        ".txt", ".md", ".csv", ".json", ".xml", ".html", ".htm", ".xhtml", ".mht", ".yml", ".yaml",
        ".toml", ".rs", ".py", ".js", ".ts", ".css", ".php", ".java", ".go", ".c", ".h", ".sql",
        ".sh", ".log",
    ];
    endings.iter().any(|ending| name.ends_with(ending.as_bytes()))
}

/// RFC 6266: the name in a form no header can be broken out of.
fn disposition(name: &[u8], is_shown: bool) -> String {
    let how = if is_shown { "inline" } else { "attachment" };
    let name: Vec<u8> = name.iter().copied().filter(|byte| !byte.is_ascii_control()).collect();
    // The characters that a path may hold and an extended value may not.
    let mut text = address::escaped(&name);
    for (sign, escaped) in [
        ("(", "%28"),
        (")", "%29"),
        ("*", "%2A"),
        (",", "%2C"),
        (";", "%3B"),
        ("=", "%3D"),
        (":", "%3A"),
        ("@", "%40"),
        ("/", "%2F"),
    ] {
        text = text.replace(sign, escaped);
    }
    format!("{how}; filename*=UTF-8''{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_plain_text_or_a_download() {
        for name in ["a.html", "a.xhtml", "a.xml", "a.mht", "a.js", "a", "A.HTM"] {
            assert_eq!(media_type(name.as_bytes(), true), ("text/plain; charset=utf-8", true));
        }
        assert_eq!(media_type(b"a.svg", true), ("image/svg+xml", false));
        for name in ["a.pdf", "a.swf", "a.zip", "a"] {
            assert_eq!(media_type(name.as_bytes(), false), ("application/octet-stream", false));
        }
        assert_eq!(media_type(b"A.PNG", false), ("image/png", true));
    }

    #[test]
    fn a_name_breaks_out_of_no_header() {
        let said = disposition("a\"\r\nSet-Cookie: x;é.txt".as_bytes(), false);
        assert_eq!(said, "attachment; filename*=UTF-8''a%22Set-Cookie%3A%20x%3B%C3%A9.txt");
    }
}
