//! Forms of another site must not act here (security.md A6 #87): the browser says where a request
//! comes from, and every form carries its session's token — or, where nobody is signed in, the
//! same random value as a cookie of this host.

use axum::http::{HeaderMap, HeaderValue, header};
use subtle::ConstantTimeEq as _;

use super::{Viewer, secret, session};
use crate::{
    app::App,
    error::{Error, Refusal},
};

/// The name of the hidden field every form carries.
pub const FIELD: &str = "csrf";

/// How long a form of a visitor can be left open.
const VISITOR_SECONDS: i64 = 12 * 3600;

/// What a page with a form needs.
#[derive(Debug, Clone)]
pub struct FormToken {
    /// The value of the hidden field.
    pub value: String,
    /// The `Set-Cookie` a visitor's page must carry; none for a session.
    pub cookie: Option<HeaderValue>,
}

/// The token for the forms of a page.
pub fn token(app: &App, viewer: &Viewer) -> Result<FormToken, Error> {
    match expected(viewer) {
        Some(value) => Ok(FormToken { value: value.to_owned(), cookie: None }),
        None => {
            let value = secret::secret()?;
            let cookie = session::set_cookie(app, cookie_name(app), &value, VISITOR_SECONDS)?;
            Ok(FormToken { value, cookie: Some(cookie) })
        }
    }
}

/// Checks a form that was sent: `given` is what its hidden field holds.
///
/// # Errors
/// [`Error::Forbidden`] where another site sent it, or where its token is not this session's.
pub fn check(
    app: &App,
    headers: &HeaderMap,
    viewer: &Viewer,
    given: Option<&str>,
) -> Result<(), Error> {
    if is_cross_site(headers, &app.public_url) {
        return Err(Error::Forbidden(Refusal::new("cross_site")));
    }
    let holds = match (expected(viewer), given) {
        (Some(expected), Some(given)) => is_token(given, expected),
        _ => false,
    };
    if holds { Ok(()) } else { Err(Error::Forbidden(Refusal::new("form_expired"))) }
}

/// Whether the browser itself says that the request comes from another site.
pub fn is_cross_site(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let fetch_site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    match (fetch_site, text(header::ORIGIN)) {
        (Some("same-origin" | "none"), _) => false,
        (Some(_), _) => true,
        (None, Some(origin)) => origin != public_url,
        // A program, not a browser: it still has to show the session's token.
        (None, None) => false,
    }
}

/// Whether a form carries the token of its session.
pub fn is_token(given: &str, expected: &str) -> bool {
    given.as_bytes().ct_eq(expected.as_bytes()).into()
}

/// The visitor's value, where their browser sent one of ours.
pub(super) fn of_visitor(app: &App, headers: &HeaderMap) -> Option<String> {
    let value = session::cookie(headers, cookie_name(app))?;
    let ours = value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit());
    ours.then(|| value.to_owned())
}

fn expected(viewer: &Viewer) -> Option<&str> {
    match &viewer.session {
        Some(session) => Some(&session.csrf),
        None => viewer.visitor_token.as_deref(),
    }
}

/// `__Host-` keeps another host of the same domain from planting a value it knows.
fn cookie_name(app: &App) -> &'static str {
    if session::is_secure(app) { "__Host-csrf" } else { "csrf" }
}
