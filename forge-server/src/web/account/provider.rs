//! To an identity provider and back.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use super::sign_in::{self, Shown};
use crate::{
    actions::identities::{Found, SignInByProvider},
    app::{App, By},
    auth::{
        Viewer, local,
        oidc::{self, Offer, OidcError, Profile, Request},
        secret, session,
    },
    error::Error,
    web::page,
};
use forge_domain::access::Actor;
use forge_store::people;

/// The page on which a provider's person is linked to the account they signed in to.
const LINK: &str = "/-/login/link";

/// Where to go on, and whether it is a proof anew.
#[derive(Debug, Deserialize)]
pub struct Going {
    #[serde(default)]
    next: String,
    #[serde(default)]
    again: String,
}

/// What a provider's answer brings in the address.
#[derive(Debug, Deserialize)]
pub struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    /// Who answers, where the provider says so (RFC 9207).
    iss: Option<String>,
    /// Why it does not vouch for anyone.
    error: Option<String>,
}

/// GET: sends the browser to the provider.
pub async fn begin(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(going): Query<Going>,
    viewer: Viewer,
) -> Result<Response, Error> {
    app.providers.settings(&id).ok_or(Error::NotFound)?;
    let next = local::path(&going.next);
    let again = going.again == "yes" && viewer.person.is_some();
    let cookie = secret::secret()?;
    let redirect = redirect(&app, &id);
    let now = app.clock.now();
    let going = (next.clone(), again);
    match app.providers.send_off((&id, &redirect), going, &cookie, now).await {
        Ok(url) => {
            let cookie = session::set_cookie(&app, way(&app), &cookie, oidc::SECONDS)?;
            page::see_other_with(&url, cookie)
        }
        Err(error) => refused(&app, &viewer, next, why(&id, &error)),
    }
}

/// GET: the browser comes back.
pub async fn callback(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(answer): Query<Answer>,
    headers: HeaderMap,
    viewer: Viewer,
) -> Result<Response, Error> {
    let home = || "/".to_owned();
    let sent = session::cookie(&headers, way(&app));
    let Some(request) = sent.and_then(|sent| app.providers.answered(sent, app.clock.now())) else {
        return refused(&app, &viewer, home(), "signin-interrupted");
    };
    let settings = app.providers.settings(&id).ok_or(Error::NotFound)?;
    if !is_answer_to(&request, &id, &answer, &settings.issuer) {
        return refused(&app, &viewer, home(), "signin-interrupted");
    }
    let next = request.next.clone();
    if let Some(error) = &answer.error {
        tracing::info!(provider = id, error, "a provider vouches for nobody");
        return refused(&app, &viewer, next, "signin-declined");
    }
    let redirect = redirect(&app, &id);
    let finished = app.providers.finish(&request, &redirect, answer.code, app.clock.now()).await;
    let profile = match finished {
        Ok(profile) => profile,
        Err(error) => return refused(&app, &viewer, next, why(&id, &error)),
    };
    if request.again {
        return proven(&app, &viewer, &profile, next).await;
    }
    let known = people::by_identity(&app.db, &profile.issuer, &profile.subject).await?;
    if known.is_none() && viewer.person.is_some() {
        // Somebody signed in adds a way in: they say so on a page of ours.
        return offer(&app, settings.label.clone(), profile, LINK);
    }
    let (label, council_role) = (settings.label.clone(), settings.council_role);
    let by = By { actor: Actor::visitor(), authenticated_at: None, ..viewer.by.clone() };
    let action = SignInByProvider { profile: profile.clone(), council_role };
    match app.act(&by, action).await {
        Ok(Found::Account(person)) => {
            let cookie = session::begin(&app, person, viewer.session.as_ref()).await?;
            let mut response = page::see_other_with(&next, cookie)?;
            response.headers_mut().append(header::SET_COOKIE, over(&app)?);
            Ok(response)
        }
        Ok(Found::AddressTaken) => offer(&app, label, profile, LINK),
        Err(error) => match error.refusal() {
            Some(refusal) => {
                let fault = crate::wording::refused(&app, viewer.locale(), refusal);
                answer_with(&app, &viewer, next, fault)
            }
            None => Err(error),
        },
    }
}

/// A single use, the right provider, the state we made up, and the issuer of the settings.
fn is_answer_to(request: &Request, id: &str, answer: &Answer, issuer: &str) -> bool {
    let state: bool = request.state.as_bytes().ct_eq(answer.state.as_bytes()).into();
    state && request.provider == id && answer.iss.as_deref().is_none_or(|iss| iss == issuer)
}

/// Someone signed in proved again who they are: it must be them.
async fn proven(
    app: &App,
    viewer: &Viewer,
    profile: &Profile,
    next: String,
) -> Result<Response, Error> {
    let person = viewer.signed_in()?;
    let known = people::by_identity(&app.db, &profile.issuer, &profile.subject).await?;
    if known.is_none_or(|known| known.id != person.id) {
        return refused(app, viewer, next, "signin-another");
    }
    let cookie = session::begin(app, person.id, viewer.session.as_ref()).await?;
    page::see_other_with(&next, cookie)
}

fn offer(app: &App, label: String, profile: Profile, next: &str) -> Result<Response, Error> {
    let cookie = secret::secret()?;
    app.providers.offer(&cookie, Offer { label, profile }, app.clock.now());
    let cookie = session::set_cookie(app, super::link::cookie_name(app), &cookie, oidc::SECONDS)?;
    page::see_other_with(next, cookie)
}

/// The sign-in page again, with a message of ours; what happened is in the log.
fn refused(app: &App, viewer: &Viewer, next: String, key: &str) -> Result<Response, Error> {
    answer_with(app, viewer, next, page::text(app, viewer, key))
}

fn answer_with(app: &App, viewer: &Viewer, next: String, fault: String) -> Result<Response, Error> {
    let (status, fault) = (StatusCode::UNPROCESSABLE_ENTITY, Some(fault));
    let again = viewer.person.is_some();
    let shown = Shown { status, fault, again, ..Shown::first(next) };
    let mut response = sign_in::render(app, viewer, shown)?;
    response.headers_mut().append(header::SET_COOKIE, over(app)?);
    Ok(response)
}

fn why(provider: &str, error: &OidcError) -> &'static str {
    tracing::warn!(provider, %error, "a sign-in with a provider failed");
    match error {
        OidcError::Unusable(_) => "signin-unreachable",
        OidcError::Unproven(_) => "signin-unproven",
    }
}

/// Where the provider sends browsers back to: what it was registered with.
fn redirect(app: &App, id: &str) -> String {
    format!("{}/-/login/oidc/{id}/callback", app.public_url)
}

/// The cookie of a browser that is on its way.
fn way(app: &App) -> &'static str {
    if session::is_secure(app) { "__Host-way" } else { "way" }
}

fn over(app: &App) -> Result<HeaderValue, Error> {
    session::set_cookie(app, way(app), "", 0)
}
