//! The sign-in page, its form, the same form before an act with consequences, and signing out.

use axum::{
    extract::{Query, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use forge_messages::Arg;
use forge_store::{people, people::Person};
use serde::Deserialize;

use crate::{
    app::App,
    auth::{Viewer, local, password, peer::Peer, session},
    error::{Error, Refusal},
    themes::{Flash, FlashKind, Form as Fields, Provider, SignInPage},
    web::{form::Form, page},
};

/// The query of the page: where to go on.
#[derive(Debug, Default, Deserialize)]
pub struct Next {
    /// A path of this site.
    #[serde(default)]
    pub next: String,
}

/// The fields of the form.
#[derive(Debug, Deserialize)]
pub struct SignIn {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// GET: the page. Whoever is signed in already goes on.
pub async fn form(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Next>,
) -> Result<Response, Error> {
    let next = local::path(&asked.next);
    if viewer.person.is_some() {
        return Ok(page::see_other(&next));
    }
    render(&app, &viewer, Shown::first(next))
}

/// POST: signs in by login and password.
pub async fn sign_in(
    State(app): State<App>,
    peer: Peer,
    form: Form<SignIn>,
) -> Result<Response, Error> {
    passwords_are_on(&app)?;
    let viewer = &form.viewer;
    let SignIn { login, password, next } = form.fields;
    let next = local::path(&next);
    let login = login.trim().to_lowercase();
    let person = people::by_login(&app.db, &login).await?;
    // Login and address of one account count together.
    let name = person.as_ref().map_or(login.as_str(), |person| person.slug.as_str());
    match prove(&app, peer, (name, person.as_ref()), password).await {
        Ok(Some(person)) => {
            let cookie = session::begin(&app, person.id, viewer.session.as_ref()).await?;
            page::see_other_with(&next, cookie)
        }
        Ok(None) => {
            let said = page::text(&app, viewer, "signin-failed");
            let typed = Fields::default().value("login", login).error("login", said);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            render(&app, viewer, Shown { form: typed, status, ..Shown::first(next) })
        }
        Err(Error::TooMany(seconds)) => {
            let form = Fields::default().value("login", login);
            wait(&app, viewer, Shown { form, ..Shown::first(next) }, seconds)
        }
        Err(error) => Err(error),
    }
}

/// GET: the form by which someone signed in proves again who they are.
pub async fn form_again(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Next>,
) -> Result<Response, Error> {
    viewer.signed_in()?;
    render(&app, &viewer, Shown { again: true, ..Shown::first(local::path(&asked.next)) })
}

/// POST: the proof; the session gets a new id.
pub async fn prove_again(
    State(app): State<App>,
    peer: Peer,
    form: Form<SignIn>,
) -> Result<Response, Error> {
    passwords_are_on(&app)?;
    let viewer = &form.viewer;
    let person = viewer.signed_in()?;
    let next = local::path(&form.fields.next);
    let shown = Shown { again: true, ..Shown::first(next.clone()) };
    let by = (person.slug.as_str(), Some(person));
    match prove(&app, peer, by, form.fields.password).await {
        Ok(Some(person)) => {
            let cookie = session::begin(&app, person.id, viewer.session.as_ref()).await?;
            page::see_other_with(&next, cookie)
        }
        Ok(None) => {
            let said = page::text(&app, viewer, "signin-wrong-password");
            let typed = Fields::default().error("password", said);
            render(
                &app,
                viewer,
                Shown { form: typed, status: StatusCode::UNPROCESSABLE_ENTITY, ..shown },
            )
        }
        Err(Error::TooMany(seconds)) => wait(&app, viewer, shown, seconds),
        Err(error) => Err(error),
    }
}

/// POST: ends the session, and what the browser keeps of it.
pub async fn sign_out(State(app): State<App>, form: Form<NoFields>) -> Result<Response, Error> {
    let mut response = page::see_other_saying(&app, "/", "signout-done")?;
    if let Some(session) = &form.viewer.session {
        let gone = session::end(&app, session).await?;
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    // Not the cookies: they are those of every host of the domain.
    response.headers_mut().insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

/// A form that is only a button.
#[derive(Debug, Deserialize)]
pub struct NoFields {}

/// Whether a password is the person's; counts as a failure until it is.
pub(super) async fn prove<'p>(
    app: &App,
    peer: Peer,
    (login, person): (&str, Option<&'p Person>),
    given: String,
) -> Result<Option<&'p Person>, Error> {
    let attempt = app.sign_ins.admit(login, peer, app.clock.now())?;
    let hash = person.and_then(|person| person.password_hash.clone());
    let holds = password::verify(given, hash).await?;
    let person = person.filter(|person| holds && person.status == "active");
    if person.is_some() {
        app.sign_ins.forgive(&attempt);
    }
    Ok(person)
}

/// What the sign-in page shows besides its frame.
pub(super) struct Shown {
    pub(super) form: Fields,
    pub(super) next: String,
    pub(super) again: bool,
    pub(super) status: StatusCode,
    /// Something that went wrong on the way, in words.
    pub(super) fault: Option<String>,
}

impl Shown {
    pub(super) fn first(next: String) -> Self {
        let (form, status) = (Fields::default(), StatusCode::OK);
        Self { form, next, again: false, status, fault: None }
    }
}

/// The page.
pub(super) fn render(app: &App, viewer: &Viewer, shown: Shown) -> Result<Response, Error> {
    let title = if shown.again { "signin-again" } else { "signin-title" };
    let mut frame = page::chrome(app, viewer, page::text(app, viewer, title));
    if let Some(text) = shown.fault {
        frame.flashes.push(Flash { kind: FlashKind::Error, text });
    }
    // What was typed comes back to this page, whichever form sent it.
    frame.path = format!("/-/login?{}", next_query(&shown.next));
    let has_password = viewer.person.as_ref().is_none_or(|person| person.password_hash.is_some());
    let body = SignInPage {
        page: frame,
        form: shown.form,
        providers: providers(app, &shown.next, shown.again),
        next: shown.next,
        passwords: app.config.password_sign_in && has_password,
        again: shown.again,
    };
    page::page_with(app, viewer, shown.status, ("locked/sign-in.html", &body))
}

/// The providers as links that lead on to `next`.
pub(super) fn providers(app: &App, next: &str, again: bool) -> Vec<Provider> {
    let again = if again { "&again=yes" } else { "" };
    let providers = app.config.providers.iter();
    providers
        .map(|provider| Provider {
            name: provider.label.clone(),
            href: format!("/-/login/oidc/{}?{}{again}", provider.id, next_query(next)),
        })
        .collect()
}

fn wait(app: &App, viewer: &Viewer, shown: Shown, seconds: u64) -> Result<Response, Error> {
    let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
    let words = [("n", Arg::from(minutes))];
    let fault = app.themes.messages().text(viewer.locale(), "signin-too-many", &words);
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut response = render(app, viewer, Shown { status, fault: Some(fault), ..shown })?;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}

fn passwords_are_on(app: &App) -> Result<(), Error> {
    if app.config.password_sign_in {
        Ok(())
    } else {
        Err(Error::Forbidden(Refusal::new("password_off")))
    }
}

fn next_query(next: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish()
}
