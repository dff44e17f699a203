//! People: who one is, who others are, in the dialect and in our own words.

use axum::{
    Json,
    extract::{Path, State},
};
use forge_api::{
    dialect::{ApiError, Organization, User},
    members::{Me, Person as ToldPerson},
};
use forge_domain::{Id, calendar, names::Slug};
use forge_store::{
    councils, mandates,
    owners::{self, OwnerKind},
    people::{self, Person},
    roles,
};
use jiff::tz::TimeZone;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Listed, Pages, members, organizations, pages::PagesQuery};
use crate::{app::App, auth::ApiCaller, error::Error};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(myself))
        .routes(routes!(my_organizations))
        .routes(routes!(me))
        .routes(routes!(view))
}

/// Whose token this is.
#[utoipa::path(
    get,
    path = "/user",
    tag = "people",
    responses((status = 200, body = User), (status = 401, body = ApiError)),
)]
async fn myself(State(app): State<App>, caller: ApiCaller) -> Result<Json<User>, Error> {
    Ok(Json(told(&app, caller.signed_in()?, true)))
}

/// The councils one holds a role in, told as organisations.
#[utoipa::path(
    get,
    path = "/user/orgs",
    tag = "people",
    params(PagesQuery),
    responses((status = 200, body = [Organization]), (status = 401, body = ApiError)),
)]
async fn my_organizations(
    State(app): State<App>,
    caller: ApiCaller,
    pages: Pages,
) -> Result<Listed<Organization>, Error> {
    caller.signed_in()?;
    let mut ids: Vec<_> = caller.actor().roles.iter().map(|held| held.council).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut told = Vec::new();
    for id in ids {
        if let Some(council) = councils::by_id(&app.db, id).await? {
            told.push(organizations::of_council(&council));
        }
    }
    told.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(pages.cut(told))
}

/// Whose token this is, with the roles and mandates they hold today.
#[utoipa::path(
    get,
    path = "/me",
    tag = "people",
    responses((status = 200, body = Me), (status = 401, body = ApiError)),
)]
async fn me(State(app): State<App>, caller: ApiCaller) -> Result<Json<Me>, Error> {
    let person = caller.signed_in()?;
    let now = app.clock.now();
    let held = roles::of_person(&app.db, person.id, now).await?;
    let today = calendar::date_at(now, &TimeZone::UTC);
    let mandates = mandates::of_person(&app.db, person.id, today).await?;
    Ok(Json(Me {
        person: ToldPerson {
            id: person.id.uuid(),
            login: person.slug.clone(),
            full_name: person.name.clone(),
            html_url: format!("{}/{}", app.public_url, person.slug),
        },
        email: person.email.clone(),
        language: person.locale.clone().unwrap_or_default(),
        is_admin: person.forge_admin,
        roles: held.iter().filter(|held| held.valid_from <= now).map(members::role).collect(),
        mandates: mandates.iter().map(members::mandate).collect(),
    }))
}

/// One person.
#[utoipa::path(
    get,
    path = "/users/{user}",
    tag = "people",
    params(("user" = String, Path)),
    responses((status = 200, body = User), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    caller: ApiCaller,
    Path(login): Path<String>,
) -> Result<Json<User>, Error> {
    let login = login.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let owner = owners::by_slug(&app.db, &login).await?.ok_or(Error::NotFound)?;
    match owner.kind {
        OwnerKind::Person => {
            let person = people::by_id(&app.db, Id::new(owner.id)).await?;
            let person = person.ok_or(Error::NotFound)?;
            let own = caller.person.as_ref().is_some_and(|caller| caller.id == person.id);
            Ok(Json(told(&app, &person, own || caller.actor().forge_admin)))
        }
        // Clients of the dialect ask for any owner this way.
        OwnerKind::Council | OwnerKind::Space => Ok(Json(User {
            id: owner.number,
            html_url: format!("{}/{}", app.public_url, owner.slug),
            username: owner.slug.clone(),
            login: owner.slug,
            active: true,
            ..User::default()
        })),
    }
}

/// A person as an account of the dialect; `whole` for themself and for administrators.
pub(super) fn told(app: &App, person: &Person, whole: bool) -> User {
    User {
        id: person.number,
        login: person.slug.clone(),
        username: person.slug.clone(),
        // A name is shown to others only by who chooses so (domain.md §e).
        full_name: if whole { person.name.clone() } else { String::new() },
        email: if whole { person.email.clone() } else { String::new() },
        html_url: format!("{}/{}", app.public_url, person.slug),
        language: if whole { person.locale.clone().unwrap_or_default() } else { String::new() },
        is_admin: whole && person.forge_admin,
        created: Some(person.created_at.to_string()),
        active: person.status == "active",
        prohibit_login: whole && person.status != "active",
        ..User::default()
    }
}
