//! The forms below a council's settings: give a role, give a mandate, make a link.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, Role},
    names::Slug,
};
use forge_store::councils::Council;
use serde::{Deserialize, Serialize};

use super::{
    register::Choice,
    settings::{answer, open, slug},
    view::frame,
};
use crate::{
    actions::{
        invitations::{DAYS_DEFAULT, InviteToCouncil},
        mandates::GiveMandate,
        members::{Grant, GrantRole, GrantSignatory},
    },
    app::App,
    auth::Viewer,
    error::{Error, Refusal},
    themes::{self, Chrome, Crumb},
    web::{
        form::{Form, day},
        page::{page_with, see_other_saying, text},
    },
};

/// Who is shown the form for a mandate. To give one is judged for the person it is given to, who is
/// not typed yet: whoever may end one may give one to somebody else.
const MANDATE: Deed = Deed::RevokeMandate;

/// `pages/role-new.html`, `pages/mandate-new.html` and `pages/invitation-new.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SettingsFormPage {
    /// The frame.
    pub page: Chrome,
    /// What was typed and what is wrong.
    pub form: themes::Form,
    /// Where the council's settings are; the form goes to a collection below.
    pub base: String,
    /// The roles to choose from.
    pub roles: Vec<Choice>,
    /// The council's currency.
    pub currency: String,
}

/// What the form for a role sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RoleFields {
    person: String,
    role: String,
    valid_from: String,
    valid_until: String,
}

/// What the form for a mandate sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MandateFields {
    person: String,
    max_amount: String,
    kinds: String,
    act_ref: String,
    valid_from: String,
    valid_until: String,
}

/// What the form for a link sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct InvitationFields {
    role: String,
    email: String,
    days: String,
}

pub(super) async fn role_form(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    blank(&app, &viewer, (&owner, Deed::GrantRole), ("role-new", themes::Form::default())).await
}

pub(super) async fn mandate_form(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let form = themes::Form::default();
    blank(&app, &viewer, (&owner, MANDATE), ("mandate-new", form)).await
}

pub(super) async fn invitation_form(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let form = themes::Form::default().value("days", DAYS_DEFAULT.to_string());
    blank(&app, &viewer, (&owner, Deed::InvitePerson), ("invitation-new", form)).await
}

pub(super) async fn give_role(
    State(app): State<App>,
    Path(owner): Path<String>,
    sent: Form<RoleFields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let council = open(&app, &viewer, &owner, Deed::GrantRole).await?;
    let done = async {
        let grant = fields.grant(slug(&owner)?)?;
        match grant.role {
            Role::Signatory => app.act(&viewer.by, GrantSignatory(grant)).await,
            _ => app.act(&viewer.by, GrantRole(grant)).await,
        }
    };
    match done.await {
        Ok(_) => see_other_saying(&app, &format!("/{owner}/-/settings"), "role-new-done"),
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "person", error)?;
            form_page(&app, &viewer, &council, (status, "role-new", form))
        }
    }
}

pub(super) async fn give_mandate(
    State(app): State<App>,
    Path(owner): Path<String>,
    sent: Form<MandateFields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let council = open(&app, &viewer, &owner, MANDATE).await?;
    let done = async {
        let action = GiveMandate {
            council: slug(&owner)?,
            person: named(&fields.person)?,
            amount_max: fields.max_amount,
            currency: String::new(),
            kinds: Some(fields.kinds).filter(|kind| !kind.is_empty()).into_iter().collect(),
            from: day("valid_from", &fields.valid_from)?,
            until: day("valid_until", &fields.valid_until)?,
            act_ref: fields.act_ref,
        };
        app.act(&viewer.by, action).await
    };
    match done.await {
        Ok(_) => see_other_saying(&app, &format!("/{owner}/-/settings"), "mandate-new-done"),
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "person", error)?;
            form_page(&app, &viewer, &council, (status, "mandate-new", form))
        }
    }
}

pub(super) async fn invite(
    State(app): State<App>,
    Path(owner): Path<String>,
    sent: Form<InvitationFields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let council = open(&app, &viewer, &owner, Deed::InvitePerson).await?;
    let done = async {
        let action = InviteToCouncil {
            council: slug(&owner)?,
            role: role(&fields.role)?,
            email: fields.email,
            days: fields.days.trim().parse().unwrap_or(0),
        };
        app.act(&viewer.by, action).await
    };
    match done.await {
        // Not a redirect: the link is told once, and nothing keeps it to be told again.
        Ok(link) => {
            let link = format!("{}/-/invitation/{}", app.public_url, link.secret);
            answer(&app, &viewer, &council, Some(link)).await
        }
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "role", error)?;
            form_page(&app, &viewer, &council, (status, "invitation-new", form))
        }
    }
}

async fn blank(
    app: &App,
    viewer: &Viewer,
    (owner, deed): (&str, Deed),
    (name, form): (&'static str, themes::Form),
) -> Result<Response, Error> {
    let council = open(app, viewer, owner, deed).await?;
    form_page(app, viewer, &council, (StatusCode::OK, name, form))
}

fn form_page(
    app: &App,
    viewer: &Viewer,
    council: &Council,
    (status, name, form): (StatusCode, &'static str, themes::Form),
) -> Result<Response, Error> {
    let title = text(app, viewer, &format!("{name}-title"));
    let base = format!("/{}/-/settings", council.slug);
    let mut chrome = frame(app, viewer, council, Some(title));
    let above = Crumb::link(text(app, viewer, "council-settings-title"), base.as_str());
    chrome.crumbs.insert(chrome.crumbs.len() - 1, above);
    // A signatory is named and never invited: whoever opens a link cannot be known before.
    let offered =
        Role::ALL.iter().filter(|role| name == "role-new" || !matches!(role, Role::Signatory));
    let choice = |role: &Role| Choice {
        value: role.name().to_owned(),
        label: text(app, viewer, &format!("role-{role}")),
    };
    let body = SettingsFormPage {
        page: chrome,
        form,
        base,
        roles: offered.map(choice).collect(),
        currency: council.currency.clone(),
    };
    page_with(app, viewer, status, (&format!("pages/{name}.html"), &body))
}

impl RoleFields {
    fn grant(&self, council: Slug) -> Result<Grant, Error> {
        Ok(Grant {
            council,
            person: named(&self.person)?,
            role: role(&self.role)?,
            from: day("valid_from", &self.valid_from)?,
            until: day("valid_until", &self.valid_until)?,
        })
    }
}

fn named(login: &str) -> Result<Slug, Error> {
    let read = login.trim().parse();
    read.map_err(|_| Error::Refused(Refusal::field("person", "person_unknown")))
}

fn role(word: &str) -> Result<Role, Error> {
    word.parse().map_err(|_| Error::Refused(Refusal::field("role", "role_unknown")))
}
