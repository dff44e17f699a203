//! One's own account: name and language, password, ways in, tokens.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::Response,
};
use forge_store::{people, people::Person, roles, tokens};
use serde::{Deserialize, Serialize};

use super::sign_in;
use crate::{
    actions::{
        fields::Fields as Judged,
        identities::UnlinkIdentity,
        people::{ChangePassword, EditAccount},
    },
    app::App,
    auth::{Viewer, password, peer::Peer, session},
    error::{Error, Refusal},
    themes::{Chrome, Form as Fields, Provider},
    web::{form::Form, page},
};

/// How recent the proof must be for what gives access (security.md A12).
const PROOF_MINUTES: i64 = 10;

/// `locked/settings.html`: one's own account.
#[derive(Debug, Clone, Serialize)]
pub struct SettingsPage {
    /// The frame.
    pub page: Chrome,
    /// The fields of whichever form was sent: `name`, `locale`; `current_password`,
    /// `new_password`, `end_tokens`; `token`, `scope`, `days`.
    pub form: Fields,
    /// The login, which does not change here.
    pub login: String,
    /// The address, which does not change here.
    pub email: String,
    /// Whether passwords are accepted by the forge.
    pub passwords: bool,
    /// Whether the account has one.
    pub has_password: bool,
    /// What they do for which council.
    pub roles: Vec<RoleLine>,
    /// The tokens that work.
    pub tokens: Vec<TokenLine>,
    /// A token that was just made: shown this once.
    pub made: Option<String>,
    /// The providers it signs in by.
    pub identities: Vec<IdentityLine>,
    /// The providers it could sign in by.
    pub providers: Vec<Provider>,
}

/// A role held in a council.
#[derive(Debug, Clone, Serialize)]
pub struct RoleLine {
    /// The council's name.
    pub council: String,
    /// Its page.
    pub href: String,
    /// The role, the end of a key `role-…`.
    pub role: String,
    /// Until when, RFC 3339; none while it lasts.
    pub until: Option<String>,
}

/// A token of the list.
#[derive(Debug, Clone, Serialize)]
pub struct TokenLine {
    /// The number that names it.
    pub number: i64,
    /// What its owner calls it.
    pub name: String,
    /// Its last characters.
    pub last_eight: String,
    /// What it allows, the end of a key `token-scope-…`.
    pub scope: String,
    /// When it ends, RFC 3339.
    pub expires_at: String,
    /// When it was last used, RFC 3339.
    pub used_at: Option<String>,
}

/// A way in by a provider.
#[derive(Debug, Clone, Serialize)]
pub struct IdentityLine {
    /// The provider's words, or its issuer where the settings no longer have it.
    pub label: String,
    /// The issuer.
    pub issuer: String,
    /// Who they are there.
    pub subject: String,
    /// Since when, RFC 3339.
    pub since: String,
}

/// GET: the page.
pub async fn page(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    viewer.signed_in()?;
    render(&app, &viewer, Shown::default()).await
}

/// The fields of name and language.
#[derive(Debug, Deserialize)]
pub struct Account {
    #[serde(default)]
    name: String,
    #[serde(default)]
    locale: String,
}

/// POST: changes name and language.
pub async fn save(State(app): State<App>, form: Form<Account>) -> Result<Response, Error> {
    form.viewer.signed_in()?;
    let Account { name, locale } = form.fields;
    // The browser's own language is none that the account keeps.
    let locale = if locale == "auto" { String::new() } else { locale };
    match app.act(&form.viewer.by, EditAccount { name, locale }).await {
        Ok(()) => page::see_other_saying(&app, "/-/settings", "settings-done"),
        Err(error) => {
            let status = error.status();
            let form_again = form.given.refused(&app, &form.viewer, "name", error)?;
            render(&app, &form.viewer, Shown::refused(form_again, status)).await
        }
    }
}

/// The fields of the password form.
#[derive(Debug, Deserialize)]
pub struct NewPassword {
    #[serde(default)]
    current_password: String,
    #[serde(default)]
    new_password: String,
    #[serde(default)]
    end_tokens: String,
}

/// POST: changes the password; every other session ends, tokens where asked.
pub async fn change_password(
    State(app): State<App>,
    peer: Peer,
    form: Form<NewPassword>,
) -> Result<Response, Error> {
    let viewer = &form.viewer;
    let person = viewer.signed_in()?;
    match exchanged(&app, peer, viewer, person, form.fields).await {
        Ok(()) => {
            let mut response = page::see_other_saying(&app, "/-/settings", "password-done")?;
            let cookie = session::begin(&app, person.id, viewer.session.as_ref()).await?;
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(Error::SignIn) => Ok(prove_first()),
        Err(error) => {
            let status = error.status();
            let again = form.given.refused(&app, viewer, "new_password", error)?;
            render(&app, viewer, Shown::refused(again, status)).await
        }
    }
}

async fn exchanged(
    app: &App,
    peer: Peer,
    viewer: &Viewer,
    person: &Person,
    fields: NewPassword,
) -> Result<(), Error> {
    if !app.config.password_sign_in {
        return Err(Error::refused("password_off"));
    }
    if person.password_hash.is_some() {
        let by = (person.slug.as_str(), Some(person));
        let wrong = || Error::Refused(Refusal::field("current_password", "password_wrong"));
        sign_in::prove(app, peer, by, fields.current_password).await?.ok_or_else(wrong)?;
    } else if !is_proven(app, viewer) {
        return Err(Error::SignIn);
    }
    let own_words = [person.slug.as_str(), person.email.as_str(), person.name.as_str()];
    let mut wrong = Judged::default();
    let judged = wrong.take("new_password", password::judge(&fields.new_password, &own_words));
    wrong.end(judged)?;
    let password_hash = password::hash(fields.new_password).await?;
    let kept_session = viewer.session.as_ref().map(|session| session.id_hash.clone());
    let end_tokens = fields.end_tokens == "yes";
    app.act(&viewer.by, ChangePassword { password_hash, kept_session, end_tokens }).await
}

/// Which way in to take away.
#[derive(Debug, Deserialize)]
pub struct Identity {
    #[serde(default)]
    issuer: String,
    #[serde(default)]
    subject: String,
}

/// POST: takes a provider away from the account.
pub async fn unlink(State(app): State<App>, form: Form<Identity>) -> Result<Response, Error> {
    form.viewer.signed_in()?;
    if !is_proven(&app, &form.viewer) {
        return Ok(prove_first());
    }
    let Identity { issuer, subject } = form.fields;
    match app.act(&form.viewer.by, UnlinkIdentity { issuer, subject }).await {
        Ok(()) => page::see_other_saying(&app, "/-/settings", "unlink-done"),
        Err(error) => {
            let status = error.status();
            let again = form.given.refused(&app, &form.viewer, "identities", error)?;
            render(&app, &form.viewer, Shown::refused(again, status)).await
        }
    }
}

/// Whether who they are was proved recently enough for what gives access.
pub(super) fn is_proven(app: &App, viewer: &Viewer) -> bool {
    let session = viewer.session.as_ref();
    session.is_some_and(|session| session::is_proven(app, session, PROOF_MINUTES))
}

/// Leads to the proof, and back to this page.
pub(super) fn prove_first() -> Response {
    page::see_other("/-/reauthenticate?next=/-/settings")
}

/// The same refusal, with the fields under the names this page gives them.
pub(super) fn at(error: Error, names: &[(&str, &'static str)]) -> Error {
    let rename = |mut refusal: Refusal| {
        for field in &mut refusal.fields {
            let here = names.iter().find(|(there, _)| *there == field.field);
            field.field = here.map_or(field.field, |(_, here)| here);
        }
        refusal
    };
    match error {
        Error::Refused(refusal) => Error::Refused(rename(refusal)),
        Error::Conflict(refusal) => Error::Conflict(rename(refusal)),
        other => other,
    }
}

/// What the page shows besides the account.
#[derive(Default)]
pub(super) struct Shown {
    form: Option<Fields>,
    status: StatusCode,
    made: Option<String>,
}

impl Shown {
    pub(super) fn refused(form: Fields, status: StatusCode) -> Self {
        Self { form: Some(form), status, made: None }
    }

    pub(super) fn token(secret: String) -> Self {
        Self { made: Some(secret), ..Self::default() }
    }
}

/// The page.
pub(super) async fn render(app: &App, viewer: &Viewer, shown: Shown) -> Result<Response, Error> {
    let person = viewer.signed_in()?;
    let made = shown.made.is_some();
    let title = if made { "token-made-title" } else { "settings-title" };
    let mut frame = page::chrome(app, viewer, page::text(app, viewer, title));
    // Whatever form was sent, the page itself is at one address.
    "/-/settings".clone_into(&mut frame.path);
    let mut form = shown.form.unwrap_or_default();
    let mut first_value = |name: &str, value: &str| {
        form.values.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    };
    first_value("name", &person.name);
    first_value("locale", person.locale.as_deref().unwrap_or("auto"));
    first_value("scope", "write");
    first_value("days", "90");
    let body = SettingsPage {
        page: frame,
        form,
        login: person.slug.clone(),
        email: person.email.clone(),
        passwords: app.config.password_sign_in,
        has_password: person.password_hash.is_some(),
        roles: role_lines(app, person).await?,
        tokens: token_lines(app, person).await?,
        made: shown.made,
        identities: identity_lines(app, person).await?,
        providers: sign_in::providers(app, "/-/settings", false),
    };
    page::page_with(app, viewer, shown.status, ("locked/settings.html", &body))
}

async fn role_lines(app: &App, person: &Person) -> Result<Vec<RoleLine>, Error> {
    let held = roles::of_person(&app.db, person.id, app.clock.now()).await?;
    let line = |held: roles::HeldRole| RoleLine {
        council: held.council_name,
        href: format!("/{}", held.council),
        role: held.role.name().to_owned(),
        until: held.valid_until.map(|until| until.to_string()),
    };
    Ok(held.into_iter().map(line).collect())
}

async fn token_lines(app: &App, person: &Person) -> Result<Vec<TokenLine>, Error> {
    let tokens = tokens::of_person(&app.db, person.id, app.clock.now()).await?;
    let line = |token: tokens::Token| TokenLine {
        number: token.number,
        name: token.name,
        last_eight: token.last_eight,
        scope: token.scope.name().replace('_', "-"),
        expires_at: token.expires_at.to_string(),
        used_at: token.used_at.map(|used| used.to_string()),
    };
    Ok(tokens.into_iter().map(line).collect())
}

async fn identity_lines(app: &App, person: &Person) -> Result<Vec<IdentityLine>, Error> {
    let identities = people::identities(&app.db, person.id).await?;
    let providers = &app.config.providers;
    let line = |held: people::Identity| {
        let provider = providers.iter().find(|provider| provider.issuer == held.issuer);
        IdentityLine {
            label: provider.map_or(&held.issuer, |provider| &provider.label).clone(),
            since: held.created_at.to_string(),
            issuer: held.issuer,
            subject: held.subject,
        }
    };
    Ok(identities.into_iter().map(line).collect())
}
