//! `/-/admin`: people, councils that wait, links for administrators.

mod census;

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, Resource},
    names::Slug,
};
use forge_store::{
    councils::{self, Council, Wanted},
    notices,
    people::{self, Person},
};
use serde::{Deserialize, Serialize};

use super::{
    cards::day,
    form::Form,
    page::{chrome, page_with, see_other_saying, text},
    routes::{Access, Route},
};
use crate::{
    actions::{
        allow,
        councils::{SuspendCouncil, VerifyCouncil},
        invitations::InviteAdministrator,
        people::{DisablePerson, EnablePerson},
    },
    app::App,
    auth::Viewer,
    error::Error,
    themes::{self, Chrome, Crumb},
};

const PEOPLE: usize = 50;
const WAITING: i64 = 100;

/// The routes of the administration.
pub fn routes() -> Vec<Route> {
    let people = Access::Deed(Deed::AdministerPeople);
    let councils = Access::Deed(Deed::VerifyCouncil);
    vec![
        Route::get("/-/admin", people, show),
        Route::post("/-/admin/councils/{council}/verify", councils, verify),
        Route::post("/-/admin/councils/{council}/suspend", councils, suspend),
        Route::post("/-/admin/populations", Access::Deed(Deed::ImportPopulations), census::import),
        Route::post("/-/admin/groupings", councils, census::group),
        Route::post("/-/admin/people/{login}/disable", people, disable),
        Route::post("/-/admin/people/{login}/enable", people, enable),
        Route::post("/-/admin/invitations", people, invite),
    ]
}

/// `pages/admin.html`.
#[derive(Debug, Clone, Serialize)]
pub struct AdminPage {
    /// The frame.
    pub page: Chrome,
    /// Fields of the forms for inhabitants and groupings.
    pub form: themes::Form,
    /// What an import of inhabitants just did.
    pub imported: Option<census::Told>,
    /// A link for an administrator that was just made, shown this once.
    pub link: Option<String>,
    /// The councils that wait for verification.
    pub pending: Vec<CouncilRow>,
    /// The councils that are suspended.
    pub suspended: Vec<CouncilRow>,
    /// The messages no mail server took.
    pub undelivered: Vec<LetterRow>,
    /// This part of the accounts.
    pub people: Vec<PersonRow>,
    /// The address of the next part.
    pub next: Option<String>,
}

/// A council to decide on.
#[derive(Debug, Clone, Serialize)]
pub struct CouncilRow {
    /// Its name.
    pub name: String,
    /// Its address.
    pub slug: String,
    /// Its official identifiers, as `SIREN 213000003`.
    pub identifiers: Vec<String>,
    /// The mail domains it claims.
    pub domains: Vec<String>,
    /// When it was registered.
    pub since: String,
}

/// A message that was given up.
#[derive(Debug, Clone, Serialize)]
pub struct LetterRow {
    /// To whom, by their login.
    pub login: String,
    /// When it was written.
    pub since: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What the mail server said last.
    pub why: String,
}

/// An account.
#[derive(Debug, Clone, Serialize)]
pub struct PersonRow {
    /// The name they show.
    pub name: String,
    /// Their login.
    pub login: String,
    /// Their address.
    pub email: String,
    /// Whether they administer the forge.
    pub administrator: bool,
    /// Whether the account can be used.
    pub active: bool,
    /// Whether this is the reader, who disables no account of theirs.
    pub own: bool,
}

/// What is asked of the list of people.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The name and the login of the last person before, joined by a slash.
    #[serde(default)]
    after: String,
}

/// What the forms beside a council send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Decision {
    proof: String,
    reason: String,
}

/// A form of one button.
#[derive(Debug, Default, Deserialize)]
pub struct Nothing {}

async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    answer(&app, &viewer, &asked, Said::default()).await
}

async fn verify(
    State(app): State<App>,
    Path(council): Path<String>,
    sent: Form<Decision>,
) -> Result<Response, Error> {
    let action = VerifyCouncil { slug: slug(&council)?, proof: sent.fields.proof };
    app.act(&sent.viewer.by, action).await?;
    see_other_saying(&app, "/-/admin", "admin-verify-done")
}

async fn suspend(
    State(app): State<App>,
    Path(council): Path<String>,
    sent: Form<Decision>,
) -> Result<Response, Error> {
    let action = SuspendCouncil { slug: slug(&council)?, reason: sent.fields.reason };
    app.act(&sent.viewer.by, action).await?;
    see_other_saying(&app, "/-/admin", "admin-suspend-done")
}

async fn disable(
    State(app): State<App>,
    Path(login): Path<String>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    app.act(&sent.viewer.by, DisablePerson { login: slug(&login)? }).await?;
    see_other_saying(&app, "/-/admin", "admin-disable-done")
}

async fn enable(
    State(app): State<App>,
    Path(login): Path<String>,
    sent: Form<Nothing>,
) -> Result<Response, Error> {
    app.act(&sent.viewer.by, EnablePerson { login: slug(&login)? }).await?;
    see_other_saying(&app, "/-/admin", "admin-enable-done")
}

/// Not a redirect: the link is told once, and nothing keeps it to be told again.
async fn invite(State(app): State<App>, sent: Form<Nothing>) -> Result<Response, Error> {
    let link = app.act(&sent.viewer.by, InviteAdministrator).await?;
    let link = format!("{}/-/setup/{}", app.public_url, link.secret);
    let said = Said { link: Some(link), ..Said::default() };
    answer(&app, &sent.viewer, &Asked::default(), said).await
}

/// What the page says besides what is there.
#[derive(Debug, Default)]
struct Said {
    status: StatusCode,
    link: Option<String>,
    form: themes::Form,
    imported: Option<census::Told>,
}

async fn answer(app: &App, viewer: &Viewer, asked: &Asked, said: Said) -> Result<Response, Error> {
    viewer.signed_in()?;
    allow(viewer.actor(), Deed::AdministerPeople, &Resource::instance())?;
    let after = asked.after.rsplit_once('/');
    let mut found = people::list(&app.db, after, 1 + PEOPLE as i64).await?;
    let more = found.len() > PEOPLE;
    found.truncate(PEOPLE);
    let next = found.last().filter(|_| more).map(|last| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("after", &format!("{}/{}", last.name, last.slug));
        format!("/-/admin?{}", query.finish())
    });
    let row = |person: Person| PersonRow {
        own: Some(person.id) == viewer.actor().person,
        name: person.name,
        login: person.slug,
        email: person.email,
        administrator: person.forge_admin,
        active: person.status == "active",
    };
    let title = text(app, viewer, "nav-admin");
    let mut frame = chrome(app, viewer, title.as_str());
    frame.crumbs = vec![Crumb::here(title)];
    let body = AdminPage {
        page: frame,
        form: said.form,
        imported: said.imported,
        link: said.link,
        pending: with_status(app, "pending").await?,
        suspended: with_status(app, "suspended").await?,
        undelivered: undelivered(app).await?,
        people: found.into_iter().map(row).collect(),
        next,
    };
    page_with(app, viewer, said.status, ("pages/admin.html", &body))
}

async fn undelivered(app: &App) -> Result<Vec<LetterRow>, Error> {
    let letters = notices::undelivered(&app.db, WAITING).await?;
    let row = |letter: notices::Undelivered| LetterRow {
        login: letter.login,
        since: day(letter.created_at),
        attempts: letter.attempts,
        why: letter.last_error.unwrap_or_default(),
    };
    Ok(letters.into_iter().map(row).collect())
}

async fn with_status(app: &App, status: &str) -> Result<Vec<CouncilRow>, Error> {
    let wanted = Wanted { status, most: WAITING, ..Wanted::default() };
    let mut rows = Vec::new();
    for council in councils::list(&app.db, wanted).await? {
        rows.push(council_row(app, council).await?);
    }
    Ok(rows)
}

async fn council_row(app: &App, council: Council) -> Result<CouncilRow, Error> {
    let identifiers = councils::identifiers(&app.db, council.id).await?;
    let worded =
        identifiers.into_iter().map(|id| format!("{} {}", id.scheme.to_uppercase(), id.value));
    Ok(CouncilRow {
        identifiers: worded.collect(),
        domains: councils::domains(&app.db, council.id).await?,
        since: day(council.created_at),
        name: council.name,
        slug: council.slug,
    })
}

fn slug(text: &str) -> Result<Slug, Error> {
    text.parse().map_err(|_| Error::NotFound)
}
