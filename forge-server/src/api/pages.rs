//! Lists by `page` and `limit`, with the headers clients walk by (api.md §2.3).

use std::convert::Infallible;

use axum::{
    Json,
    extract::{FromRequestParts, OriginalUri},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use url::form_urlencoded;

use crate::app::App;

/// How many items a page holds when one asks for no number.
pub const LIMIT_DEFAULT: i64 = 30;
/// The most a page holds; a larger number is lowered without a word.
pub const LIMIT_MAX: i64 = 50;

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Which part of a list is asked for; also knows the address, to link to the other parts.
#[derive(Debug, Clone)]
pub struct Pages {
    /// The page, from 1.
    pub page: i64,
    /// How many items it holds at most.
    pub limit: i64,
    address: String,
    /// The other parameters of the query, which links keep.
    kept: Vec<(String, String)>,
}

/// What `page` and `limit` are called in a description.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PagesQuery {
    /// The page, from 1.
    #[expect(dead_code, reason = "read from the query by Pages, named here for the description")]
    page: Option<i64>,
    /// How many items a page holds: 30 when nothing is said, at most 50.
    #[expect(dead_code, reason = "read from the query by Pages, named here for the description")]
    limit: Option<i64>,
}

impl Pages {
    /// How many items come before this page.
    pub fn offset(&self) -> i64 {
        (self.page - 1).saturating_mul(self.limit)
    }

    /// This page of a list that is whole in memory.
    pub fn cut<T: Serialize>(&self, items: Vec<T>) -> Listed<T> {
        let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let skip = usize::try_from(self.offset()).unwrap_or(usize::MAX);
        let take = usize::try_from(self.limit).unwrap_or(usize::MAX);
        self.of(items.into_iter().skip(skip).take(take).collect(), total)
    }

    /// This page, of a list of `total` items.
    pub fn of<T: Serialize>(&self, items: Vec<T>, total: i64) -> Listed<T> {
        Listed { items, total, link: self.link(total) }
    }

    fn read(uri: &Uri, public_url: &str) -> Self {
        let query = uri.query().unwrap_or_default();
        let mut pages = Self {
            page: 1,
            limit: LIMIT_DEFAULT,
            address: format!("{public_url}{}", uri.path()),
            kept: Vec::new(),
        };
        // Numbers that are none, 0 or less mean "as usual": clients send `page=0&limit=0`.
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let number = value.parse::<i64>().ok().filter(|number| *number > 0);
            match (&*key, number) {
                ("page", number) => pages.page = number.unwrap_or(1),
                ("limit" | "per_page", number) => {
                    pages.limit = number.unwrap_or(LIMIT_DEFAULT).min(LIMIT_MAX);
                }
                _ => pages.kept.push((key.into_owned(), value.into_owned())),
            }
        }
        pages
    }

    fn link(&self, total: i64) -> Option<String> {
        let last = (total.saturating_sub(1) / self.limit + 1).max(1);
        if last == 1 {
            return None;
        }
        let to = |page: i64, rel: &str| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&self.kept);
            query.append_pair("page", &page.to_string());
            query.append_pair("limit", &self.limit.to_string());
            format!("<{}?{}>; rel=\"{rel}\"", self.address, query.finish())
        };
        let mut links = Vec::new();
        if self.page < last {
            links.extend([to(self.page + 1, "next"), to(last, "last")]);
        }
        if self.page > 1 {
            links.extend([to(1, "first"), to((self.page - 1).min(last), "prev")]);
        }
        Some(links.join(","))
    }
}

impl FromRequestParts<App> for Pages {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // The routes are nested: only the original address is the one the client knows.
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        Ok(Self::read(uri, &app.public_url))
    }
}

/// A page of a list, on its way out.
#[derive(Debug)]
pub struct Listed<T> {
    items: Vec<T>,
    total: i64,
    link: Option<String>,
}

impl<T> Listed<T> {
    /// How many items the whole list has.
    pub fn total(&self) -> i64 {
        self.total
    }

    /// The addresses of the other parts.
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref()
    }

    /// The items of this page, for an answer that wraps them.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(TOTAL, HeaderValue::from(self.total));
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("X-Total-Count, Link"),
        );
        if let Some(link) = self.link.and_then(|link| HeaderValue::try_from(link).ok()) {
            headers.insert(header::LINK, link);
        }
        (headers, Json(self.items)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(uri: &str) -> Pages {
        Pages::read(&uri.parse().unwrap(), "https://forge.example")
    }

    #[test]
    fn what_is_no_number_means_as_usual() {
        for query in ["", "?page=0&limit=0", "?page=-3&limit=x", "?page=1&limit=30", "?"] {
            let pages = pages(&format!("/api/v1/spaces{query}"));
            assert_eq!((pages.page, pages.limit, pages.offset()), (1, 30, 0), "{query}");
        }
        let beyond = pages("/api/v1/spaces?page=3&limit=1000");
        assert_eq!((beyond.limit, beyond.offset()), (50, 100));
        assert_eq!(pages("/x?page=9223372036854775807&limit=50").offset(), i64::MAX);
    }

    #[test]
    fn links_are_absolute_and_keep_the_query() {
        let middle = pages("/api/v1/spaces?q=a%26b&page=2&limit=10");
        assert_eq!(
            middle.link(25).unwrap(),
            "<https://forge.example/api/v1/spaces?q=a%26b&page=3&limit=10>; rel=\"next\",\
             <https://forge.example/api/v1/spaces?q=a%26b&page=3&limit=10>; rel=\"last\",\
             <https://forge.example/api/v1/spaces?q=a%26b&page=1&limit=10>; rel=\"first\",\
             <https://forge.example/api/v1/spaces?q=a%26b&page=1&limit=10>; rel=\"prev\""
        );
        assert_eq!(pages("/api/v1/spaces").link(30), None);
        assert_eq!(pages("/api/v1/spaces").link(0), None);
        let past = pages("/api/v1/spaces?page=9&limit=10").link(25).unwrap();
        assert!(past.contains("page=3") && past.ends_with("rel=\"prev\""), "{past}");
        assert!(!past.contains("next"), "a client that walks on must come to an end: {past}");
    }
}
