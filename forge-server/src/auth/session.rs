//! Sessions of the web: a random cookie, known by its hash.

use axum::http::{HeaderMap, HeaderValue, header};
use forge_domain::{Id, id};
use forge_store::{
    StoreError,
    sessions::{self, Session},
};
use jiff::{Timestamp, ToSpan as _};

use super::secret;
use crate::{app::App, error::Error};

/// A session that is not used for so long ends (security.md A12).
const IDLE_HOURS: i64 = 2;
/// A session ends after so long whatever happens.
const ABSOLUTE_HOURS: i64 = 12;
/// How often the last use is written.
const TOUCH_EVERY_SECONDS: i64 = 60;

/// The name of the cookie: `__Host-` binds it to https and this host, but browsers refuse it over
/// plain http, which is allowed on loopback only.
pub fn cookie_name(app: &App) -> &'static str {
    if is_secure(app) { "__Host-sid" } else { "sid" }
}

/// Whether people reach the forge by https.
pub(crate) fn is_secure(app: &App) -> bool {
    app.public_url.starts_with("https://")
}

/// Begins a session for someone who has just proved who they are, in place of the one their
/// browser had; the header that hands its cookie to the browser.
///
/// The id is always new (security.md A6 #94): one that was planted or seen before is worth
/// nothing. Forms that are open in other tabs of the same person stay good.
pub async fn begin(
    app: &App,
    person: Id<id::Person>,
    before: Option<&Session>,
) -> Result<HeaderValue, Error> {
    let now = app.clock.now();
    let cookie = secret::secret()?;
    let kept = before.filter(|before| before.person_id == person);
    let session = Session {
        id_hash: secret::digest(&cookie),
        person_id: person,
        csrf: match kept {
            Some(kept) => kept.csrf.clone(),
            None => secret::secret()?,
        },
        created_at: now,
        seen_at: now,
        authenticated_at: now,
        expires_at: now + ABSOLUTE_HOURS.hours(),
    };
    let mut tx = app.db.begin(None).await?;
    if let Some(before) = before {
        sessions::delete(&mut tx, &before.id_hash).await?;
    }
    sessions::insert(&mut tx, session).await?;
    tx.commit().await?;
    set_cookie(app, cookie_name(app), &cookie, ABSOLUTE_HOURS * 3600)
}

/// Whether the person proved who they are within so many minutes: money asks for five, the
/// account itself for ten (security.md A12).
pub fn is_proven(app: &App, session: &Session, minutes: i64) -> bool {
    session.authenticated_at >= app.clock.now() - minutes.minutes()
}

/// Ends a session; the header that takes its cookie away.
pub async fn end(app: &App, session: &Session) -> Result<HeaderValue, Error> {
    let mut tx = app.db.begin(None).await?;
    sessions::delete(&mut tx, &session.id_hash).await?;
    tx.commit().await?;
    set_cookie(app, cookie_name(app), "", 0)
}

/// The living session of a request.
pub async fn of_request(app: &App, headers: &HeaderMap) -> Result<Option<Session>, Error> {
    let Some(cookie) = cookie(headers, cookie_name(app)) else { return Ok(None) };
    let now = app.clock.now();
    let idle_since = now - IDLE_HOURS.hours();
    let found = sessions::living(&app.db, &secret::digest(cookie), now, idle_since).await?;
    if let Some(session) = &found
        && now.as_second() - session.seen_at.as_second() > TOUCH_EVERY_SECONDS
    {
        super::noted(touch(app, &session.id_hash, now).await)?;
    }
    Ok(found)
}

async fn touch(app: &App, id_hash: &[u8], now: Timestamp) -> Result<(), StoreError> {
    let mut tx = app.db.begin(None).await?;
    sessions::touch(&mut tx, id_hash, now).await?;
    tx.commit().await
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The `Set-Cookie` header of one of our cookies; an age of 0 takes it away.
pub(crate) fn set_cookie(
    app: &App,
    name: &str,
    value: &str,
    age_seconds: i64,
) -> Result<HeaderValue, Error> {
    let secure = if is_secure(app) { "; Secure" } else { "" };
    let text =
        format!("{name}={value}; Path=/; Max-Age={age_seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).map_err(|error| Error::Internal(error.into()))
}
