//! A space's page.

use axum::response::Response;
use forge_domain::{
    Id,
    access::{Deed, MemberStatus},
};
use forge_store::{
    councils, modules,
    owners::Owner,
    spaces::{self, Space},
};
use serde::Serialize;

use crate::{
    actions::allow,
    app::App,
    auth::{Viewer, holder, module},
    error::Error,
    themes::{Chrome, Crumb, ModuleCard, Nav},
    web::{
        cards,
        page::{chrome, feed, page, text},
    },
    webhooks,
};

/// `pages/space.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SpacePage {
    /// The frame; its title is the space's.
    pub page: Chrome,
    /// What it is for.
    pub purpose: String,
    /// The language of title and purpose where it is not the page's.
    pub lang: Option<String>,
    /// The sections of the space.
    pub tabs: Vec<Tab>,
    /// The council that carries it.
    pub lead: Place,
    /// The council that receives and pays.
    pub treasurer: Place,
    /// SPDX id its modules start from.
    pub licence: String,
    /// Where its charter can be read.
    pub charter: String,
    /// The councils that belong to it.
    pub members: Vec<Place>,
    /// Its modules that the reader may see.
    pub modules: Vec<ModuleCard>,
    /// Where its webhooks are, where the reader may have some.
    pub webhooks: Option<String>,
}

/// A section of a space: what `ui.tabs` takes.
#[derive(Debug, Clone, Serialize)]
pub struct Tab {
    /// Its address.
    pub href: String,
    /// Its words.
    pub label: String,
    /// How much is there, where that says something.
    pub count: Option<usize>,
    /// Whether the reader is there.
    pub current: bool,
}

/// A council, and where it stands.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// Its name.
    pub label: String,
    /// Its page.
    pub href: String,
    /// The end of a key `space-…`: observer, contributor …
    pub standing: String,
}

/// Shows a space.
pub async fn show(app: &App, viewer: &Viewer, owner: Owner) -> Result<Response, Error> {
    let space = spaces::by_id(&app.db, Id::new(owner.id)).await?.ok_or(Error::NotFound)?;
    let members = spaces::members(&app.db, space.id).await?;
    let on = webhooks::resource(holder::of_space(&space, members.clone()));
    let manages = allow(viewer.actor(), Deed::ManageWebhooks, &on).is_ok();
    let members: Vec<_> =
        members.into_iter().filter(|member| belongs(member.status)).map(place).collect();
    let found = modules::of_owner(&app.db, owner.id).await?;
    let found = module::visible(app, viewer.actor(), &owner, found).await?;
    let card = |found| cards::module(found, &space.title, viewer.locale());
    let body = SpacePage {
        page: frame(app, viewer, &space, None),
        tabs: tabs(app, viewer, &space, (members.len(), "")),
        purpose: space.purpose.clone(),
        lang: (space.lang != viewer.locale().tag()).then(|| space.lang.clone()),
        lead: council(app, space.lead_id, "lead").await?,
        treasurer: council(app, space.treasurer_id, "treasurer").await?,
        licence: space.licence.clone(),
        charter: format!("/{}/-/charter", space.slug),
        members,
        modules: found.into_iter().filter(|found| found.kind == "module").map(card).collect(),
        webhooks: manages.then(|| format!("/{}/-/settings/webhooks", space.slug)),
    };
    page(app, viewer, "pages/space.html", &body)
}

/// The frame of a page of a space; `below` is the title of a page under its own.
pub fn frame(app: &App, viewer: &Viewer, space: &Space, below: Option<String>) -> Chrome {
    let title = match &below {
        None => space.title.clone(),
        Some(below) => format!("{below} — {}", space.title),
    };
    let mut frame = chrome(app, viewer, title);
    frame.nav = Some(Nav::Spaces);
    frame.feed = feed(&format!("/{}/-", space.slug), viewer.locale());
    frame.crumbs = vec![Crumb::link(text(app, viewer, "nav-spaces"), "/spaces")];
    match below {
        None => frame.crumbs.push(Crumb::here(space.title.as_str())),
        Some(below) => frame.crumbs.extend([
            Crumb::link(space.title.as_str(), format!("/{}", space.slug)),
            Crumb::here(below),
        ]),
    }
    frame
}

/// The sections of a space; `here` is the end of the current one's address.
pub fn tabs(app: &App, viewer: &Viewer, space: &Space, (members, here): (usize, &str)) -> Vec<Tab> {
    let tab = |end: &str, key: &str, count| Tab {
        href: format!("/{}{end}", space.slug),
        label: text(app, viewer, key),
        count,
        current: end == here,
    };
    vec![
        tab("", "code-overview", None),
        tab("/-/members", "space-members", Some(members)),
        tab("/-/funding", "space-funding", None),
        tab("/-/decisions", "vote-decisions", None),
        tab("/-/charter", "space-charter", None),
        tab("/-/ledger", "nav-ledger", None),
    ]
}

/// Whether a council counts as one of the space's.
pub fn belongs(status: MemberStatus) -> bool {
    matches!(status, MemberStatus::Observer | MemberStatus::Contributor | MemberStatus::Suspended)
}

/// A member as a place.
pub fn place(member: spaces::Member) -> Place {
    Place {
        label: member.name,
        href: format!("/{}", member.slug),
        standing: member.status.name().to_owned(),
    }
}

async fn council(
    app: &App,
    id: Id<forge_domain::id::Council>,
    standing: &str,
) -> Result<Place, Error> {
    let council = councils::by_id(&app.db, id).await?.ok_or(Error::NotFound)?;
    Ok(Place {
        label: council.name,
        href: format!("/{}", council.slug),
        standing: standing.to_owned(),
    })
}
