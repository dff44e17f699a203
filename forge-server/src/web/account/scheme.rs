//! Light or dark: a cookie, set by the form at the foot of every page.

use axum::{extract::State, http::header, response::Response};
use serde::Deserialize;

use crate::{
    app::App,
    auth::{asked::SCHEME_COOKIE, local, session},
    error::Error,
    themes::Scheme,
    web::{form::Form, page},
};

/// The fields of the form.
#[derive(Debug, Deserialize)]
pub struct Choice {
    #[serde(default)]
    scheme: String,
    #[serde(default)]
    next: String,
}

/// POST: keeps the choice for a year.
pub async fn choose(State(app): State<App>, form: Form<Choice>) -> Result<Response, Error> {
    let scheme = Scheme::from_name(&form.fields.scheme);
    let seconds = if scheme == Scheme::Auto { 0 } else { page::CHOICE_SECONDS };
    let cookie = session::set_cookie(&app, SCHEME_COOKIE, scheme.name(), seconds)?;
    let mut response = page::see_other(&local::path(&form.fields.next));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
