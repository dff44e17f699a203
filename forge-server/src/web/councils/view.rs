//! A council's page.

use axum::response::Response;
use forge_domain::{
    Id,
    access::{Deed, Holder, Resource, Visibility},
};
use forge_store::{
    councils::{self, Council},
    modules,
    owners::Owner,
    spaces,
};
use serde::Serialize;

use crate::{
    actions::allow,
    app::App,
    auth::{Viewer, module},
    error::Error,
    themes::{Chrome, Crumb, ModuleCard},
    web::{
        cards,
        page::{chrome, feed, page, text},
    },
};

/// `pages/council.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CouncilPage {
    /// The frame; its title is the council's name.
    pub page: Chrome,
    /// The end of a key `org-…`, or the word it was registered with.
    pub kind: String,
    /// ISO 3166 code.
    pub country: String,
    /// Its own site.
    pub website: Option<String>,
    /// `pending`, `verified` or `suspended`.
    pub status: String,
    /// Its official identifiers.
    pub identifiers: Vec<IdentifierRow>,
    /// Its counts of inhabitants, newest first.
    pub populations: Vec<PopulationRow>,
    /// The groupings it belongs to.
    pub groupings: Vec<Link>,
    /// The councils that belong to it.
    pub members: Vec<Link>,
    /// The spaces it belongs to.
    pub spaces: Vec<Link>,
    /// Its modules that the reader may see.
    pub modules: Vec<ModuleCard>,
    /// Where its pledges are.
    pub funding: String,
    /// Where its votes are.
    pub decisions: String,
    /// Where its people and mandates are, where the reader may read them.
    pub settings: Option<String>,
}

/// An official identifier.
#[derive(Debug, Clone, Serialize)]
pub struct IdentifierRow {
    /// The register, in capitals.
    pub scheme: String,
    /// The value in it.
    pub value: String,
}

/// A count of inhabitants.
#[derive(Debug, Clone, Serialize)]
pub struct PopulationRow {
    /// Inhabitants.
    pub value: i64,
    /// The year it is published for.
    pub vintage: String,
    /// The kind of count.
    pub kind: String,
    /// The day it was counted.
    pub counted_on: Option<String>,
}

/// A name that leads somewhere.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The name.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// Shows a council.
pub async fn show(app: &App, viewer: &Viewer, owner: Owner) -> Result<Response, Error> {
    let council = councils::by_id(&app.db, Id::new(owner.id)).await?.ok_or(Error::NotFound)?;
    let identifiers = councils::identifiers(&app.db, council.id).await?;
    let populations = councils::populations(&app.db, council.id).await?;
    let spaces = spaces::of_council(&app.db, council.id).await?;
    let found = modules::of_owner(&app.db, owner.id).await?;
    let found = module::visible(app, viewer.actor(), &owner, found).await?;
    let card = |found| cards::module(found, &council.name, viewer.locale());
    let link = |space: spaces::Space| Link { href: format!("/{}", space.slug), label: space.title };
    let near = |one: councils::Grouping| Link { href: format!("/{}", one.slug), label: one.name };
    let groupings = councils::groupings(&app.db, council.id).await?;
    let members = councils::members_of(&app.db, council.id).await?;
    let inside = allow(viewer.actor(), Deed::ReadCouncilInternals, &resource(&council)).is_ok();
    let body = CouncilPage {
        page: frame(app, viewer, &council, None),
        kind: council.kind.clone(),
        country: council.country.clone(),
        website: council.website.clone(),
        status: council.status.clone(),
        identifiers: identifiers
            .into_iter()
            .map(|id| IdentifierRow { scheme: id.scheme.to_uppercase(), value: id.value })
            .collect(),
        populations: populations
            .into_iter()
            .map(|count| PopulationRow {
                value: count.value,
                vintage: count.vintage,
                kind: count.kind,
                counted_on: count.reference_date.map(|day| day.to_string()),
            })
            .collect(),
        groupings: groupings.into_iter().map(near).collect(),
        members: members.into_iter().map(near).collect(),
        spaces: spaces.into_iter().map(link).collect(),
        modules: found.into_iter().map(card).collect(),
        funding: format!("/{}/-/funding", council.slug),
        decisions: format!("/{}/-/decisions", council.slug),
        settings: inside.then(|| format!("/{}/-/settings", council.slug)),
    };
    page(app, viewer, "pages/council.html", &body)
}

/// The frame of a page of a council; `below` is the title of a page under its own.
pub(super) fn frame(
    app: &App,
    viewer: &Viewer,
    council: &Council,
    below: Option<String>,
) -> Chrome {
    let title = match &below {
        None => council.name.clone(),
        Some(below) => format!("{below} — {}", council.name),
    };
    let mut frame = chrome(app, viewer, title);
    frame.feed = feed(&format!("/{}/-", council.slug), viewer.locale());
    frame.crumbs = vec![Crumb::link(text(app, viewer, "nav-councils"), "/councils")];
    match below {
        None => frame.crumbs.push(Crumb::here(council.name.as_str())),
        Some(below) => frame.crumbs.extend([
            Crumb::link(council.name.as_str(), format!("/{}", council.slug)),
            Crumb::here(below),
        ]),
    }
    frame
}

/// A council as the table of rights sees it.
pub(super) fn resource(council: &Council) -> Resource {
    Resource::new(Holder::Council(council.id), Visibility::Public)
}
