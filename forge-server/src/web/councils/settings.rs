//! `/{council}/-/settings`: its people, their mandates, the links that are out; and what ends
//! each of them.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::{
    Id,
    access::{Deed, Role},
    calendar,
    money::{Amount, Currency},
    names::Slug,
};
use forge_store::{
    councils::{self, Council},
    invitations::{self, Invitation},
    mandates::{self, Mandate},
    roles::{self, HeldRole},
};
use jiff::{ToSpan as _, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::view::{frame, resource};
use crate::{
    actions::{allow, invitations::WithdrawInvitation, mandates::RevokeMandate, members::EndRole},
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Chrome, Money},
    web::{
        cards::day,
        form::Form,
        page::{page, see_other_saying, text},
    },
};

/// `pages/council-settings.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CouncilSettingsPage {
    /// The frame.
    pub page: Chrome,
    /// Where this page is; what is below it begins so.
    pub base: String,
    /// Whether the reader may change what stands here.
    pub may_change: bool,
    /// A link that was just made, shown this once.
    pub link: Option<String>,
    /// Who acts for the council.
    pub roles: Vec<RoleRow>,
    /// What its signatories may commit it to.
    pub mandates: Vec<MandateRow>,
    /// The links that still work.
    pub invitations: Vec<InvitationRow>,
    /// Where its webhooks are, where the reader may have some.
    pub webhooks: Option<String>,
}

/// A role somebody holds.
#[derive(Debug, Clone, Serialize)]
pub struct RoleRow {
    /// Its id, for its address.
    pub id: String,
    /// Who holds it.
    pub name: String,
    /// Their login.
    pub login: String,
    /// The end of a key `role-…`.
    pub role: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: Option<String>,
}

/// A mandate of a signatory.
#[derive(Debug, Clone, Serialize)]
pub struct MandateRow {
    /// Its id, for its address.
    pub id: String,
    /// Who may sign.
    pub name: String,
    /// The kinds of act it covers: the end of a key `mandate-kinds-…`.
    pub kinds: String,
    /// The most one act may commit.
    pub max: Money,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// The act that gave it.
    pub act_ref: String,
}

/// A link that still works.
#[derive(Debug, Clone, Serialize)]
pub struct InvitationRow {
    /// Its id, for its address.
    pub id: String,
    /// The end of a key `role-…`.
    pub role: String,
    /// Whom it is meant for.
    pub email: Option<String>,
    /// Its last day.
    pub until: String,
}

/// A form of one button.
#[derive(Debug, Default, Deserialize)]
pub struct Nothing {}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let council = open(&app, &viewer, &owner, Deed::ReadCouncilInternals).await?;
    answer(&app, &viewer, &council, None).await
}

/// The page, with a link that was just made.
pub(super) async fn answer(
    app: &App,
    viewer: &Viewer,
    council: &Council,
    link: Option<String>,
) -> Result<Response, Error> {
    let now = app.clock.now();
    let today = calendar::date_at(now, &TimeZone::UTC);
    let held = roles::of_council(&app.db, council.id, now).await?;
    let given = mandates::of_council(&app.db, council.id, today).await?;
    let out = invitations::of_council(&app.db, council.id, now).await?;
    let may_change = allow(viewer.actor(), Deed::GrantRole, &resource(council)).is_ok();
    let manages = allow(viewer.actor(), Deed::ManageWebhooks, &resource(council)).is_ok();
    let body = CouncilSettingsPage {
        page: frame(app, viewer, council, Some(text(app, viewer, "council-settings-title"))),
        base: format!("/{}/-/settings", council.slug),
        may_change,
        link,
        roles: held.into_iter().map(role).collect(),
        mandates: given.into_iter().map(mandate).collect(),
        invitations: out.into_iter().map(invitation).collect(),
        webhooks: manages.then(|| format!("/{}/-/settings/webhooks", council.slug)),
    };
    page(app, viewer, "pages/council-settings.html", &body)
}

pub(super) async fn end_role(
    State(app): State<App>,
    Path((owner, id)): Path<(String, String)>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    let council = slug(&owner)?;
    let role = id.parse().map_err(|_| Error::NotFound)?;
    app.act(&sent.viewer.by, EndRole { council, role }).await?;
    see_other_saying(&app, &format!("/{owner}/-/settings"), "role-end-done")
}

pub(super) async fn revoke_mandate(
    State(app): State<App>,
    Path((owner, id)): Path<(String, String)>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    let council = slug(&owner)?;
    let mandate = id.parse().map_err(|_| Error::NotFound)?;
    app.act(&sent.viewer.by, RevokeMandate { council, mandate }).await?;
    see_other_saying(&app, &format!("/{owner}/-/settings"), "mandate-revoke-done")
}

pub(super) async fn withdraw(
    State(app): State<App>,
    Path((owner, id)): Path<(String, String)>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    let council = slug(&owner)?;
    let invitation: Id<_> = id.parse().map_err(|_| Error::NotFound)?;
    app.act(&sent.viewer.by, WithdrawInvitation { council, invitation }).await?;
    see_other_saying(&app, &format!("/{owner}/-/settings"), "invitation-withdraw-done")
}

/// A council whose people the reader may read.
/// The council, for who may do the deed there.
pub(super) async fn open(
    app: &App,
    viewer: &Viewer,
    owner: &str,
    deed: Deed,
) -> Result<Council, Error> {
    let council = councils::by_slug(&app.db, &slug(owner)?).await?.ok_or(Error::NotFound)?;
    allow(viewer.actor(), deed, &resource(&council))?;
    Ok(council)
}

pub(super) fn slug(owner: &str) -> Result<Slug, Error> {
    owner.parse().map_err(|_| Error::NotFound)
}

fn role(held: HeldRole) -> RoleRow {
    RoleRow {
        id: held.id.to_string(),
        name: held.person_name,
        login: held.login,
        role: held.role.name().to_owned(),
        from: day(held.valid_from),
        until: held.valid_until.map(|until| day(until - 1.microsecond())),
    }
}

fn mandate(given: Mandate) -> MandateRow {
    let currency = Currency::from_code(&given.currency).unwrap_or(Currency::EUR);
    MandateRow {
        id: given.id.to_string(),
        name: given.person_name,
        kinds: if given.kinds.contains(' ') { "all".to_owned() } else { given.kinds },
        max: Money::new(Amount::from_minor(given.amount_max), currency),
        from: given.valid_from.to_string(),
        until: given.valid_until.to_string(),
        act_ref: given.act_ref,
    }
}

fn invitation(out: Invitation) -> InvitationRow {
    InvitationRow {
        id: out.id.to_string(),
        role: out.role.unwrap_or(Role::Developer).name().to_owned(),
        email: out.email,
        until: day(out.expires_at),
    }
}
