//! Forms of another site must not act here (security.md A6 #87): the browser says where a request
//! comes from, and every form carries its session's token.

use axum::http::{HeaderMap, header};
use subtle::ConstantTimeEq as _;

/// The name of the hidden field every form carries.
pub const FIELD: &str = "csrf";

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
