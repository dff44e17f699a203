//! A page on its way out: its frame, its headers, its cookies.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use forge_messages::Locale;
use serde::Serialize;

use crate::{
    app::App,
    auth::{
        Viewer,
        asked::{FLASH_COOKIE, LANGUAGE_COOKIE},
        session,
    },
    error::Error,
    themes::{Chrome, Conformity, Flash, FlashKind, LanguageLink, PersonLink},
};

/// Every language pages are written in.
const LANGUAGES: [Locale; 2] = [Locale::Fr, Locale::En];
/// A chosen language or appearance is kept for a year.
pub(super) const CHOICE_SECONDS: i64 = 365 * 24 * 3600;
/// A message is read on the page that follows at once, or not at all.
const FLASH_SECONDS: i64 = 60;

/// The frame of a page; the handler adds `nav`, `crumbs`, `description` and `wide`.
pub fn chrome(app: &App, viewer: &Viewer, title: impl Into<String>) -> Chrome {
    let locale = viewer.locale();
    let asked = &viewer.asked;
    let others = LANGUAGES.into_iter().filter(|other| *other != locale);
    let language = |other: Locale| LanguageLink {
        tag: other.tag(),
        name: other.own_name(),
        href: asked.in_language(other),
    };
    let person = viewer
        .person
        .as_ref()
        .map(|person| PersonLink { name: person.name.clone(), href: format!("/{}", person.slug) });
    Chrome {
        lang: locale.tag(),
        languages: others.map(language).collect(),
        title: title.into(),
        description: None,
        site_name: app.config.site_name.clone(),
        nav: None,
        is_admin: viewer.person.as_ref().is_some_and(|person| person.forge_admin),
        person,
        csrf: viewer.form_token.value.clone(),
        flashes: flash(app, viewer).into_iter().collect(),
        crumbs: Vec::new(),
        path: asked.path.clone(),
        canonical: format!("{}{}", app.public_url, asked.path),
        scheme: asked.scheme,
        wide: false,
        feed: feed("", locale),
        conformity: Conformity::default(),
    }
}

/// The feed of a page, in its language: `/enfance/-` or `/enfance/-/calls/CALL-2026-001`; of the
/// instance where nothing stands before it.
pub fn feed(of: &str, locale: Locale) -> String {
    format!("{of}/feed.atom?lang={}", locale.tag())
}

/// The words of a message, in the viewer's language.
pub fn text(app: &App, viewer: &Viewer, key: &str) -> String {
    app.themes.messages().text(viewer.locale(), key, &[])
}

/// Answers with a page: `template` rendered with one documented page struct.
///
/// # Errors
/// [`Error::Internal`] where the template fails, which is a defect.
pub fn page<T: Serialize>(
    app: &App,
    viewer: &Viewer,
    template: &str,
    body: &T,
) -> Result<Response, Error> {
    page_with(app, viewer, StatusCode::OK, (template, body))
}

/// As [`page()`], with another status: a form that was refused answers 422.
pub fn page_with<T: Serialize>(
    app: &App,
    viewer: &Viewer,
    status: StatusCode,
    (template, body): (&str, &T),
) -> Result<Response, Error> {
    let locale = viewer.locale();
    let html = app.themes.render(template, locale, body).map_err(anyhow::Error::from)?;
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_TYPE, "text/html; charset=utf-8");
    set(header::CONTENT_LANGUAGE, locale.tag());
    set(header::VARY, "Cookie, Accept-Language, Authorization");
    // Forms hold the token of one visitor or one session.
    let cache = if viewer.person.is_some() { "no-store" } else { "private, no-cache" };
    set(header::CACHE_CONTROL, cache);
    if let Some(cookie) = &viewer.form_token.cookie {
        headers.append(header::SET_COOKIE, cookie.clone());
    }
    if let Some(language) = viewer.asked.language {
        let kept = session::set_cookie(app, LANGUAGE_COOKIE, language.tag(), CHOICE_SECONDS)?;
        headers.append(header::SET_COOKIE, kept);
    }
    if viewer.asked.flash.is_some() {
        headers.append(header::SET_COOKIE, session::set_cookie(app, FLASH_COOKIE, "", 0)?);
    }
    Ok(response)
}

/// Leads on after a form (303), to a path of this site.
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// As [`see_other`], with a cookie; `path` may be a provider's address too.
pub fn see_other_with(path: &str, cookie: HeaderValue) -> Result<Response, Error> {
    let mut response = see_other(path);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// As [`see_other`], and the next page says the message `key` once.
pub fn see_other_saying(app: &App, path: &str, key: &str) -> Result<Response, Error> {
    let mut response = see_other(path);
    let cookie = session::set_cookie(app, FLASH_COOKIE, key, FLASH_SECONDS)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Only a message of ours is said, whatever the cookie holds: what was done (`…-done`), or what
/// comes first (`…-first`).
fn flash(app: &App, viewer: &Viewer) -> Option<Flash> {
    let key = viewer.asked.flash.as_deref()?;
    let kind = match key.rsplit_once('-')?.1 {
        "done" => FlashKind::Success,
        "first" => FlashKind::Info,
        _ => return None,
    };
    let known = app.themes.messages().has(viewer.locale(), key);
    known.then(|| Flash { kind, text: text(app, viewer, key) })
}
