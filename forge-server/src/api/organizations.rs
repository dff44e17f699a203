//! Councils and spaces, told as organisations to clients of the dialect.

use axum::{
    Json,
    extract::{Path, State},
};
use forge_api::dialect::{ApiError, Organization};
use forge_domain::{Id, names::Slug};
use forge_store::{
    councils::{self, Council},
    owners::{self, OwnerKind},
    spaces::{self, Space},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, auth::ApiCaller, error::Error};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(view))
}

/// One organisation; a person is none.
#[utoipa::path(
    get,
    path = "/orgs/{org}",
    tag = "organization",
    params(("org" = String, Path)),
    responses((status = 200, body = Organization), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    _: ApiCaller,
    Path(slug): Path<String>,
) -> Result<Json<Organization>, Error> {
    let slug = slug.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let owner = owners::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    match owner.kind {
        OwnerKind::Person => Err(Error::NotFound),
        OwnerKind::Council => {
            let council = councils::by_id(&app.db, Id::new(owner.id)).await?;
            Ok(Json(of_council(&council.ok_or(Error::NotFound)?)))
        }
        OwnerKind::Space => {
            let space = spaces::by_id(&app.db, Id::new(owner.id)).await?;
            Ok(Json(of_space(&space.ok_or(Error::NotFound)?)))
        }
    }
}

/// A council as an organisation.
pub(super) fn of_council(council: &Council) -> Organization {
    Organization {
        id: council.number,
        name: council.slug.clone(),
        username: council.slug.clone(),
        full_name: council.name.clone(),
        website: council.website.clone().unwrap_or_default(),
        location: council.country.clone(),
        ..Organization::default()
    }
}

/// A space as an organisation.
fn of_space(space: &Space) -> Organization {
    Organization {
        id: space.number,
        name: space.slug.clone(),
        username: space.slug.clone(),
        full_name: space.title.clone(),
        description: space.purpose.clone(),
        ..Organization::default()
    }
}
