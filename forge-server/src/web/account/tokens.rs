//! Personal access tokens, from one's own settings: made, shown once, revoked.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::access::TokenScope;
use jiff::ToSpan as _;
use serde::Deserialize;

use super::{
    settings::{self, Shown},
    sign_in::NoFields,
};
use crate::{
    actions::tokens::{MakeToken, RevokeToken},
    app::App,
    error::{Error, Refusal},
    web::{form::Form, page},
};

/// The fields of the form.
#[derive(Debug, Deserialize)]
pub struct NewToken {
    #[serde(default)]
    token: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    days: String,
}

/// POST: makes a token and shows it. There is no redirect: it is told in this answer and never
/// again.
pub async fn make(State(app): State<App>, form: Form<NewToken>) -> Result<Response, Error> {
    let viewer = &form.viewer;
    viewer.signed_in()?;
    if !settings::is_proven(&app, viewer) {
        return Ok(settings::prove_first());
    }
    let made = match read(&app, form.fields) {
        Ok(action) => app.act(&viewer.by, action).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(made) => settings::render(&app, viewer, Shown::token(made.secret)).await,
        Err(error) => {
            let error = settings::at(error, &[("name", "token"), ("expires_at", "days")]);
            let status = error.status();
            let again = form.given.refused(&app, viewer, "token", error)?;
            settings::render(&app, viewer, Shown::refused(again, status)).await
        }
    }
}

fn read(app: &App, fields: NewToken) -> Result<MakeToken, Error> {
    let scope = fields.scope.parse::<TokenScope>();
    let unknown = |_| Error::Refused(Refusal::field("scope", "token_scope_unknown"));
    let scope = scope.map_err(unknown)?;
    let days = fields.days.parse::<i64>().ok().filter(|days| (1..=3650).contains(days));
    let days = days.ok_or(Error::Refused(Refusal::field("days", "token_expiry")))?;
    let expires_at = Some(app.clock.now() + (days * 24).hours());
    Ok(MakeToken { name: fields.token, scope, expires_at })
}

/// POST: revokes a token at once.
pub async fn revoke(
    State(app): State<App>,
    Path(number): Path<i64>,
    form: Form<NoFields>,
) -> Result<Response, Error> {
    form.viewer.signed_in()?;
    app.act(&form.viewer.by, RevokeToken { which: number.to_string() }).await?;
    page::see_other_saying(&app, "/-/settings", "token-revoke-done")
}
