//! An invitation into a council: who invites, into which role; accepted by whoever is signed in,
//! or by a new account.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_store::{
    invitations::{self, Invitation},
    people,
};
use serde::Serialize;

use super::{new_account::AccountFields, sign_in::providers};
use crate::{
    actions::invitations::AcceptInvitation,
    app::App,
    auth::{Viewer, secret, session},
    error::Error,
    themes::{Chrome, Form as Fields, Provider},
    web::{form::Form, page},
};

/// `locked/invitation.html`: what is offered, and the two ways to take it.
#[derive(Debug, Clone, Serialize)]
pub struct InvitationPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `login`, `name`, `email`, `password`.
    pub form: Fields,
    /// Where the form goes.
    pub action: String,
    /// The council's name.
    pub council: String,
    /// The role, the end of a key `role-…`.
    pub role: String,
    /// The name of who invites; none where the administrators do.
    pub inviter: Option<String>,
    /// The address it is meant for, where it is meant for one.
    pub email: Option<String>,
    /// Until when it works, RFC 3339.
    pub expires_at: String,
    /// The login of whoever is signed in.
    pub login: Option<String>,
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
    let open = open(&app, &link).await?;
    let fields = Fields::default().value("email", open.email.clone().unwrap_or_default());
    render(&app, &viewer, (&link, open), (StatusCode::OK, fields)).await
}

/// POST: accepts.
pub async fn accept(
    State(app): State<App>,
    Path(link): Path<String>,
    form: Form<AccountFields>,
) -> Result<Response, Error> {
    let viewer = &form.viewer;
    let invitation = open(&app, &link).await?;
    let council = format!("/{}", invitation.council.as_deref().unwrap_or_default());
    let hash = secret::digest(&link);
    let accepted = if viewer.person.is_some() {
        app.act(&viewer.by, AcceptInvitation { link: hash, account: None }).await
    } else if !app.config.password_sign_in {
        Err(Error::refused("password_off"))
    } else {
        match form.fields.read().await {
            Ok(account) => {
                let action = AcceptInvitation { link: hash, account: Some(account) };
                app.act(&viewer.by, action).await
            }
            Err(error) => Err(error),
        }
    };
    match accepted {
        // A new role is a new reach: the session gets a new id with it.
        Ok(person) => {
            let cookie = session::begin(&app, person, viewer.session.as_ref()).await?;
            page::see_other_with(&council, cookie)
        }
        Err(error) => {
            let status = error.status();
            let first = if viewer.person.is_some() { "content" } else { "login" };
            let fields = form.given.refused(&app, viewer, first, error)?;
            render(&app, viewer, (&link, invitation), (status, fields)).await
        }
    }
}

async fn open(app: &App, link: &str) -> Result<Invitation, Error> {
    let open = invitations::open(&app.db, &secret::digest(link), app.clock.now()).await?;
    let open = open.filter(|open| open.kind == "council");
    open.ok_or(Error::refused("invitation_over"))
}

async fn render(
    app: &App,
    viewer: &Viewer,
    (link, open): (&str, Invitation),
    (status, form): (StatusCode, Fields),
) -> Result<Response, Error> {
    let inviter = match open.created_by {
        Some(person) => people::by_id(&app.db, person).await?.map(|person| person.name),
        None => None,
    };
    let action = format!("/-/invitation/{link}");
    let mut frame = page::chrome(app, viewer, page::text(app, viewer, "invited-title"));
    frame.canonical.clone_from(&app.public_url);
    let body = InvitationPage {
        page: frame,
        form,
        council: open.council_name.unwrap_or_default(),
        role: open.role.map(|role| role.name().to_owned()).unwrap_or_default(),
        inviter,
        email: open.email,
        expires_at: open.expires_at.to_string(),
        login: viewer.person.as_ref().map(|person| person.slug.clone()),
        passwords: app.config.password_sign_in,
        providers: providers(app, &action, false),
        action,
    };
    page::page_with(app, viewer, status, ("locked/invitation.html", &body))
}
