//! Forms of another site must not act here (security.md A6 #87): the browser says where a request
//! comes from, and every form carries its session's token — or, where nobody is signed in, the
//! same random value as a cookie of this host.

use axum::http::{HeaderMap, HeaderValue, header};
use forge_store::sessions::Session;
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
    /// The `Set-Cookie` that hands a new visitor their value; none for a session, and none for a
    /// visitor whose browser holds one.
    pub cookie: Option<HeaderValue>,
}

/// The token for the forms of whoever asks: their session's, the visitor's, or a new one.
pub(super) fn token(
    app: &App,
    session: Option<&Session>,
    headers: &HeaderMap,
) -> Result<FormToken, Error> {
    let known = session.map(|session| session.csrf.clone()).or_else(|| of_visitor(app, headers));
    match known {
        Some(value) => Ok(FormToken { value, cookie: None }),
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
    // A value made for this very request was shown to nobody yet.
    let known = viewer.form_token.cookie.is_none();
    let holds = known && given.is_some_and(|given| is_token(given, &viewer.form_token.value));
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
fn of_visitor(app: &App, headers: &HeaderMap) -> Option<String> {
    let value = session::cookie(headers, cookie_name(app))?;
    let ours = value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit());
    ours.then(|| value.to_owned())
}

/// `__Host-` keeps another host of the same domain from planting a value it knows.
fn cookie_name(app: &App) -> &'static str {
    if session::is_secure(app) { "__Host-csrf" } else { "csrf" }
}
