//! `/{owner}`: a council, a space or a person. One namespace, so one door.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::{Id, names::Slug};
use forge_store::{
    modules,
    owners::{self, OwnerKind},
    people,
};
use serde::Serialize;

use super::{
    cards, councils,
    page::{chrome, page},
    routes::{Access, Route},
    spaces,
};
use crate::{
    app::App,
    auth::{Viewer, module},
    error::Error,
    themes::{Chrome, Crumb, ModuleCard},
};

/// The routes at the root of an owner.
pub fn routes() -> Vec<Route> {
    vec![Route::get("/{owner}", Access::Everyone, view)]
}

/// `pages/person.html`: a person and their drafts, as far as the reader may see them.
#[derive(Debug, Clone, Serialize)]
pub struct PersonPage {
    /// The frame.
    pub page: Chrome,
    /// Their login.
    pub login: String,
    /// The name they show; to themself and to administrators (domain.md §e).
    pub name: Option<String>,
    /// Whether this is the reader.
    pub own: bool,
    /// Their drafts.
    pub modules: Vec<ModuleCard>,
}

async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let slug = owner.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let owner = owners::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    match owner.kind {
        OwnerKind::Council => councils::view::show(&app, &viewer, owner).await,
        OwnerKind::Space => spaces::view::show(&app, &viewer, owner).await,
        OwnerKind::Person => person(&app, &viewer, owner).await,
    }
}

async fn person(app: &App, viewer: &Viewer, owner: owners::Owner) -> Result<Response, Error> {
    let found = people::by_id(&app.db, Id::new(owner.id)).await?.ok_or(Error::NotFound)?;
    let own = viewer.person.as_ref().is_some_and(|person| person.id == found.id);
    if found.status != "active" && !viewer.actor().forge_admin {
        return Err(Error::NotFound);
    }
    let drafts = modules::of_owner(&app.db, owner.id).await?;
    let drafts = module::visible(app, viewer.actor(), &owner, drafts).await?;
    let card = |draft| cards::module(draft, &found.slug, viewer.locale());
    let mut frame = chrome(app, viewer, found.slug.as_str());
    frame.crumbs = vec![Crumb::here(found.slug.as_str())];
    let body = PersonPage {
        page: frame,
        name: (own || viewer.actor().forge_admin).then(|| found.name.clone()),
        own,
        modules: drafts.into_iter().map(card).collect(),
        login: found.slug.clone(),
    };
    page(app, viewer, "pages/person.html", &body)
}
