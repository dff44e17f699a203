//! What a request for a page says besides who asks: its address, its language, its appearance,
//! and what the step before left to be said.

use axum::http::{HeaderMap, Uri};
use forge_messages::Locale;
use url::form_urlencoded;

use super::session;
use crate::themes::Scheme;

/// The cookie that keeps the appearance.
pub const SCHEME_COOKIE: &str = "scheme";
/// The cookie that keeps the language.
pub const LANGUAGE_COOKIE: &str = "lang";
/// The cookie that carries one message over a redirect.
pub const FLASH_COOKIE: &str = "flash";

/// A request for a page.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Path and query, without the query's `lang`: where forms of the frame return to.
    pub path: String,
    /// The language the address itself asks for.
    pub language: Option<Locale>,
    /// The appearance this browser asked for.
    pub scheme: Scheme,
    /// The message left by the step before, as [`FLASH_COOKIE`] carries it.
    pub flash: Option<String>,
}

impl Asked {
    /// Reads a request.
    pub fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let query = uri.query().unwrap_or_default();
        let pairs = || form_urlencoded::parse(query.as_bytes());
        let mut kept = form_urlencoded::Serializer::new(String::new());
        kept.extend_pairs(pairs().filter(|(name, _)| name != LANGUAGE_COOKIE));
        let kept = kept.finish();
        let path = uri.path();
        Self {
            path: if kept.is_empty() { path.to_owned() } else { format!("{path}?{kept}") },
            language: pairs()
                .find(|(name, _)| name == LANGUAGE_COOKIE)
                .and_then(|(_, tag)| Locale::from_tag(&tag)),
            scheme: session::cookie(headers, SCHEME_COOKIE)
                .map(Scheme::from_name)
                .unwrap_or_default(),
            flash: session::cookie(headers, FLASH_COOKIE).map(str::to_owned),
        }
    }

    /// The address of the same page in another language.
    pub fn in_language(&self, locale: Locale) -> String {
        let joint = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{joint}{LANGUAGE_COOKIE}={}", self.path, locale.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_no_part_of_the_address_that_forms_return_to() {
        let uri = "/catalogue?q=caf%C3%A9&lang=en&after=x".parse::<Uri>().unwrap();
        let asked = Asked::of(&uri, &HeaderMap::new());
        assert_eq!(asked.path, "/catalogue?q=caf%C3%A9&after=x");
        assert_eq!(asked.language, Some(Locale::En));
        assert_eq!(asked.in_language(Locale::Fr), "/catalogue?q=caf%C3%A9&after=x&lang=fr");
    }

    #[test]
    fn a_language_we_do_not_speak_is_not_asked_for() {
        let asked = Asked::of(&"/?lang=xx".parse::<Uri>().unwrap(), &HeaderMap::new());
        assert_eq!((asked.path.as_str(), asked.language), ("/", None));
    }
}
