//! The first administrator, by the link that the server printed on its console.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_store::invitations;
use serde::Serialize;

use super::{new_account::AccountFields, sign_in::providers};
use crate::{
    actions::people::{BecomeAdministrator, CreateAdministrator},
    app::App,
    auth::{Viewer, secret, session},
    error::Error,
    themes::{Chrome, Form as Fields, Provider},
    web::{form::Form, page},
};

/// `locked/setup.html`: the account of the first administrator.
#[derive(Debug, Clone, Serialize)]
pub struct SetupPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `login`, `name`, `email`, `password`.
    pub form: Fields,
    /// Where the form goes.
    pub action: String,
    /// Whether an account with a password can be made.
    pub passwords: bool,
    /// Identity providers to sign in by first.
    pub providers: Vec<Provider>,
}

/// GET: the page.
pub async fn page(
    State(app): State<App>,
    Path(link): Path<String>,
    viewer: Viewer,
) -> Result<Response, Error> {
    open(&app, &link).await?;
    render(&app, &viewer, &link, (StatusCode::OK, Fields::default()))
}

/// POST: makes the account, or makes the signed-in person an administrator.
pub async fn make(
    State(app): State<App>,
    Path(link): Path<String>,
    form: Form<AccountFields>,
) -> Result<Response, Error> {
    let viewer = &form.viewer;
    let hash = secret::digest(&link);
    // Before a password is hashed for nobody.
    open(&app, &link).await?;
    if let Some(person) = &viewer.person {
        app.act(&viewer.by, BecomeAdministrator { link: hash }).await?;
        let cookie = session::begin(&app, person.id, viewer.session.as_ref()).await?;
        return page::see_other_with("/-/admin", cookie);
    }
    if !app.config.password_sign_in {
        return Err(Error::refused("password_off"));
    }
    let made = match form.fields.read().await {
        Ok(account) => app.act(&viewer.by, CreateAdministrator { link: Some(hash), account }).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(person) => {
            let cookie = session::begin(&app, person, None).await?;
            page::see_other_with("/-/admin", cookie)
        }
        Err(error) => {
            let status = error.status();
            let fields = form.given.refused(&app, viewer, "login", error)?;
            render(&app, viewer, &link, (status, fields))
        }
    }
}

async fn open(app: &App, link: &str) -> Result<(), Error> {
    let open = invitations::open(&app.db, &secret::digest(link), app.clock.now()).await?;
    let open = open.filter(|open| open.kind == "administrator");
    open.map(drop).ok_or(Error::refused("invitation_over"))
}

fn render(
    app: &App,
    viewer: &Viewer,
    link: &str,
    (status, form): (StatusCode, Fields),
) -> Result<Response, Error> {
    let action = format!("/-/setup/{link}");
    let mut frame = page::chrome(app, viewer, page::text(app, viewer, "setup-title"));
    // The secret of the link stays out of what is copied and indexed.
    frame.canonical.clone_from(&app.public_url);
    let body = SetupPage {
        page: frame,
        form,
        providers: providers(app, &action, false),
        action,
        passwords: app.config.password_sign_in,
    };
    page::page_with(app, viewer, status, ("locked/setup.html", &body))
}
