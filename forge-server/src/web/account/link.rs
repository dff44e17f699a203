//! Linking a provider's person to the account that is signed in. It is asked on a page of ours:
//! whoever sends a browser to a provider and back must not tie their own identity to the account
//! of somebody else (security.md A6 #90).

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use serde::Serialize;

use super::sign_in::NoFields;
use crate::{
    actions::identities::LinkIdentity,
    app::App,
    auth::{Viewer, oidc::Offer, session},
    error::Error,
    themes::Chrome,
    web::{form::Form, page},
};

/// `locked/link.html`: whether to link.
#[derive(Debug, Clone, Serialize)]
pub struct LinkPage {
    /// The frame.
    pub page: Chrome,
    /// The provider's words on its button.
    pub provider: String,
    /// Whom it vouches for: their name there, or their address.
    pub known_as: String,
    /// The login of the account that is signed in.
    pub login: String,
}

/// GET: asks.
pub async fn page(
    State(app): State<App>,
    headers: HeaderMap,
    viewer: Viewer,
) -> Result<Response, Error> {
    let Offer { label, profile } = offered(&app, &headers)?;
    let Some(person) = &viewer.person else {
        // The address is known here: its account comes first.
        let sign_in = "/-/login?next=/-/login/link";
        return page::see_other_saying(&app, sign_in, "link-first");
    };
    let title = page::text(&app, &viewer, "link-title");
    let known_as = profile.email.or(profile.name).unwrap_or(profile.subject);
    let body = LinkPage {
        page: page::chrome(&app, &viewer, title),
        provider: label,
        known_as,
        login: person.slug.clone(),
    };
    page::page(&app, &viewer, "locked/link.html", &body)
}

/// POST: links.
pub async fn link(
    State(app): State<App>,
    headers: HeaderMap,
    form: Form<NoFields>,
) -> Result<Response, Error> {
    form.viewer.signed_in()?;
    let cookie = session::cookie(&headers, cookie_name(&app)).unwrap_or_default();
    let offer = app.providers.take_offer(cookie, app.clock.now());
    let Offer { profile, .. } = offer.ok_or(Error::refused("offer_over"))?;
    let action = LinkIdentity { issuer: profile.issuer, subject: profile.subject };
    app.act(&form.viewer.by, action).await?;
    let mut response = page::see_other_saying(&app, "/-/settings", "link-done")?;
    let gone = session::set_cookie(&app, cookie_name(&app), "", 0)?;
    response.headers_mut().append(header::SET_COOKIE, gone);
    Ok(response)
}

fn offered(app: &App, headers: &HeaderMap) -> Result<Offer, Error> {
    let cookie = session::cookie(headers, cookie_name(app)).unwrap_or_default();
    app.providers.offered(cookie, app.clock.now()).ok_or(Error::refused("offer_over"))
}

/// The cookie of a browser that has an offer.
pub(super) fn cookie_name(app: &App) -> &'static str {
    if session::is_secure(app) { "__Host-offer" } else { "offer" }
}
