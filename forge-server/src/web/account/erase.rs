//! Erasing an account: what goes and what stays is said before, and the login is typed again.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::Response,
};
use forge_domain::{
    access::{Deed, Resource},
    names::Slug,
};
use serde::{Deserialize, Serialize};

use super::settings;
use crate::{
    actions::{
        allow,
        erasure::{EraseOwnAccount, ErasePerson},
    },
    app::App,
    auth::{Viewer, session},
    error::Error,
    themes::{Chrome, Form as Fields},
    web::{form::Form, page},
};

/// `locked/erase.html`: whether to erase an account.
#[derive(Debug, Clone, Serialize)]
pub struct ErasePage {
    /// The frame.
    pub page: Chrome,
    /// The field `login`.
    pub form: Fields,
    /// The login of the account.
    pub login: String,
    /// Where the form goes.
    pub action: String,
    /// Where a reader who thinks better of it goes.
    pub back: &'static str,
    /// Whether it is the reader's own account.
    pub own: bool,
}

/// The fields of the form.
#[derive(Debug, Deserialize)]
pub struct Confirmed {
    #[serde(default)]
    login: String,
}

/// GET: asks whether to erase one's own account, of who has just proved whose it is.
pub async fn own(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    viewer.signed_in()?;
    if !settings::is_proven(&app, &viewer) {
        return Ok(page::see_other("/-/reauthenticate?next=/-/settings/erase"));
    }
    render(&app, &viewer, None, (Fields::default(), StatusCode::OK))
}

/// POST: erases one's own account, and leaves.
pub async fn erase_own(State(app): State<App>, form: Form<Confirmed>) -> Result<Response, Error> {
    form.viewer.signed_in()?;
    if !settings::is_proven(&app, &form.viewer) {
        return Ok(page::see_other("/-/reauthenticate?next=/-/settings/erase"));
    }
    let action = EraseOwnAccount { login: form.fields.login };
    match app.act(&form.viewer.by, action).await {
        Ok(()) => {
            let mut response = page::see_other_saying(&app, "/", "erase-own-done")?;
            let gone = session::set_cookie(&app, session::cookie_name(&app), "", 0)?;
            response.headers_mut().append(header::SET_COOKIE, gone);
            Ok(response)
        }
        Err(error) => {
            let status = error.status();
            let again = form.given.refused(&app, &form.viewer, "login", error)?;
            render(&app, &form.viewer, None, (again, status))
        }
    }
}

/// GET: asks an administrator whether to erase somebody's account.
pub async fn other(
    State(app): State<App>,
    Path(login): Path<String>,
    viewer: Viewer,
) -> Result<Response, Error> {
    viewer.signed_in()?;
    allow(viewer.actor(), Deed::AdministerPeople, &Resource::instance())?;
    let login: Slug = login.parse().map_err(|_| Error::NotFound)?;
    let known = forge_store::people::by_login(&app.db, login.as_str()).await?;
    known.ok_or(Error::NotFound)?;
    render(&app, &viewer, Some(&login), (Fields::default(), StatusCode::OK))
}

/// POST: erases somebody's account.
pub async fn erase_other(
    State(app): State<App>,
    Path(login): Path<String>,
    form: Form<Confirmed>,
) -> Result<Response, Error> {
    let login: Slug = login.parse().map_err(|_| Error::NotFound)?;
    let action = ErasePerson { login: login.clone(), confirmation: form.fields.login };
    match app.act(&form.viewer.by, action).await {
        Ok(()) => page::see_other_saying(&app, "/-/admin", "erase-done"),
        Err(error) => {
            let status = error.status();
            let again = form.given.refused(&app, &form.viewer, "login", error)?;
            render(&app, &form.viewer, Some(&login), (again, status))
        }
    }
}

fn render(
    app: &App,
    viewer: &Viewer,
    whose: Option<&Slug>,
    (form, status): (Fields, StatusCode),
) -> Result<Response, Error> {
    let own = &viewer.signed_in()?.slug;
    let (login, action, back) = match whose {
        Some(login) => (login.as_str(), format!("/-/admin/people/{login}/erase"), "/-/admin"),
        None => (own.as_str(), "/-/settings/erase".to_owned(), "/-/settings"),
    };
    let body = ErasePage {
        page: page::chrome(app, viewer, page::text(app, viewer, "erase-title")),
        form,
        login: login.to_owned(),
        action,
        back,
        own: whose.is_none(),
    };
    page::page_with(app, viewer, status, ("locked/erase.html", &body))
}
