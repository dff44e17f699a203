//! The extractors by which a handler learns who asks.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_domain::access::{Actor, TokenScope};
use forge_messages::Locale;
use forge_store::{people::Person, sessions::Session};

use super::{
    active_person, actor_of,
    asked::{Asked, LANGUAGE_COOKIE},
    csrf, session, token,
};
use crate::{
    app::{App, By, Via},
    error::Error,
};

/// Who looks at a page: a session's person, or nobody.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// In whose name acts are done.
    pub by: By,
    /// The person, where one is signed in.
    pub person: Option<Person>,
    /// Their session.
    pub session: Option<Session>,
    /// What their forms carry.
    pub form_token: csrf::FormToken,
    /// What else the request says.
    pub asked: Asked,
}

impl Viewer {
    /// The actor, for the table of rights.
    pub fn actor(&self) -> &Actor {
        &self.by.actor
    }

    /// The language of the page.
    pub fn locale(&self) -> Locale {
        self.by.locale
    }

    /// The signed-in person.
    ///
    /// # Errors
    /// [`Error::SignIn`] where nobody is.
    pub fn signed_in(&self) -> Result<&Person, Error> {
        self.person.as_ref().ok_or(Error::SignIn)
    }
}

impl FromRequestParts<App> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let session = session::of_request(app, &parts.headers).await?;
        let person = match &session {
            Some(session) => active_person(app, session.person_id).await?,
            None => None,
        };
        let actor = match &person {
            Some(person) => actor_of(app, person, TokenScope::Full).await?,
            None => Actor::visitor(),
        };
        let chosen = person.as_ref().and_then(|person| person.locale.as_deref());
        let asked = Asked::of(&parts.uri, &parts.headers);
        let by = By {
            actor,
            token: None,
            via: Via::Web,
            locale: locale(&asked, &parts.headers, chosen, app.config.locale),
            authenticated_at: session.as_ref().map(|session| session.authenticated_at),
        };
        let form_token = csrf::token(app, session.as_ref(), &parts.headers)?;
        Ok(Self { by, person, session, form_token, asked })
    }
}

/// `?lang=`, then the account, then the cookie, then the browser, then the instance.
fn locale(asked: &Asked, headers: &HeaderMap, chosen: Option<&str>, fallback: Locale) -> Locale {
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    asked
        .language
        .or_else(|| chosen.and_then(Locale::from_tag))
        .or_else(|| session::cookie(headers, LANGUAGE_COOKIE).and_then(Locale::from_tag))
        .or_else(|| accept.map(|accept| Locale::negotiate(accept, fallback)))
        .unwrap_or(fallback)
}

/// Who calls the API or git: a token's person, or nobody. Cookies are not read here, so that no
/// page of another site can call in someone's name.
#[derive(Debug, Clone)]
pub struct ApiCaller {
    /// In whose name acts are done.
    pub by: By,
    /// The person, where a token was shown.
    pub person: Option<Person>,
}

impl ApiCaller {
    /// The actor, for the table of rights.
    pub fn actor(&self) -> &Actor {
        &self.by.actor
    }

    /// The person whose token was shown.
    ///
    /// # Errors
    /// [`Error::SignIn`] where none was.
    pub fn signed_in(&self) -> Result<&Person, Error> {
        self.person.as_ref().ok_or(Error::SignIn)
    }

    /// Whether a request says who calls, rightly or not.
    pub fn is_named(headers: &HeaderMap) -> bool {
        shown_token(headers).is_some()
    }

    /// The caller of a request to `via`.
    ///
    /// # Errors
    /// [`Error::SignIn`] where a token was shown that is not one: falling back to what the public
    /// may see would hide the mistake.
    pub async fn of(app: &App, headers: &HeaderMap, via: Via) -> Result<Self, Error> {
        let Some(shown) = shown_token(headers) else {
            let actor = Actor::visitor();
            let locale = app.config.locale;
            let by = By { actor, token: None, via, locale, authenticated_at: None };
            return Ok(Self { by, person: None });
        };
        let found = token::caller(app, &shown, via).await?;
        let (by, person) = found.ok_or(Error::SignIn)?;
        Ok(Self { by, person: Some(person) })
    }
}

impl FromRequestParts<App> for ApiCaller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Self::of(app, &parts.headers, Via::Api).await
    }
}

/// The token in every form clients send it (api.md §2.1): `token X`, `Bearer X`, Basic with the
/// token as the password or as the only user name.
fn shown_token(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    let rest = rest.trim();
    match scheme.to_ascii_lowercase().as_str() {
        "token" | "bearer" => Some(rest.to_owned()),
        "basic" => {
            let decoded = String::from_utf8(BASE64_STANDARD.decode(rest).ok()?).ok()?;
            let (user, password) = decoded.split_once(':')?;
            let secret =
                if password.is_empty() || password == "x-oauth-basic" { user } else { password };
            (!secret.is_empty()).then(|| secret.to_owned())
        }
        _ => Some(String::new()),
    }
}
