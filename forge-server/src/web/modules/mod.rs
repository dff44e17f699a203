//! Pages of modules: one file a page. Each opens the module for its viewer first, so that what
//! one may not see answers like what does not exist.

mod about;
pub mod address;
mod blob;
mod commit;
mod commits;
mod create;
mod dialect;
mod overview;
mod parts;
mod publish;
mod raw;
mod refs;
mod settings;
mod tree;

use axum::http::Uri;
use forge_domain::{
    access::Deed,
    names::{Oid, PathInRepo, Revision},
};
use forge_git::{GitError, Repository};
use forge_store::{councils, owners::OwnerKind, spaces};

use super::routes::{Access, Route};
use crate::{
    actions::allow,
    app::App,
    auth::{
        Viewer,
        module::{self, Opened},
    },
    error::Error,
    themes::{Chrome, Crumb, Nav},
};

use parts::{ModuleHead, Tab};

/// The routes of this folder. Cost classes: 0 rows and references · 1 one object or one page of a
/// history · 2 a walk or a comparison, which has its own limits of time.
pub fn routes() -> Vec<Route> {
    const READ: Access = Access::Deed(Deed::ReadModule);
    vec![
        Route::get("/{owner}/{module}", READ, overview::show), // 1
        Route::get("/{owner}/{module}/tree", READ, tree::choose), // 0
        Route::get("/{owner}/{module}/tree/{*at}", READ, tree::show), // 2
        Route::get("/{owner}/{module}/blob/{*at}", READ, blob::show), // 1
        Route::get("/{owner}/{module}/raw/{*at}", READ, raw::show), // 1
        Route::get("/{owner}/{module}/commits", READ, commits::newest), // 1
        Route::get("/{owner}/{module}/commits/{*at}", READ, commits::show), // 2
        Route::get("/{owner}/{module}/commit/{oid}", READ, commit::show), // 2
        Route::get("/{owner}/{module}/branches", READ, refs::branches), // 1
        Route::get("/{owner}/{module}/tags", READ, refs::tags), // 1
        Route::get("/{owner}/{module}/releases", READ, refs::releases), // 0
        Route::get("/{owner}/{module}/about", READ, about::show), // 1
        Route::get("/{owner}/{module}/publish", Access::Deed(Deed::PublishModule), publish::show),
        Route::post("/{owner}/{module}/publish", Access::Deed(Deed::PublishModule), publish::send),
        Route::get("/{owner}/{module}/settings", Access::Deed(Deed::EditModule), settings::show),
        Route::post("/{owner}/{module}/settings", Access::Deed(Deed::EditModule), settings::send),
        Route::get("/{owner}/-/modules/new", Access::Deed(Deed::CreateModule), create::show),
        Route::post("/{owner}/-/modules/new", Access::Deed(Deed::CreateModule), create::send),
        Route::get("/{owner}/{module}/src/branch/{*rest}", READ, dialect::src_branch), // 0
        Route::get("/{owner}/{module}/src/tag/{*rest}", READ, dialect::src_tag),       // 0
        Route::get("/{owner}/{module}/src/commit/{*rest}", READ, dialect::src_commit), // 0
        Route::get("/{owner}/{module}/raw/branch/{*rest}", READ, dialect::raw_branch), // 1
        Route::get("/{owner}/{module}/raw/tag/{*rest}", READ, dialect::raw_tag),       // 1
        Route::get("/{owner}/{module}/raw/commit/{*rest}", READ, dialect::raw_commit), // 1
    ]
}

/// A module that is open, with its repository.
struct Code {
    opened: Opened,
    repository: Repository,
}

impl Code {
    async fn open(app: &App, viewer: &Viewer, owner: &str, module: &str) -> Result<Self, Error> {
        let opened = module::open(app, viewer.actor(), owner, module).await?;
        let repository = app.repositories.get(opened.module.id.uuid()).await?;
        Ok(Self { opened, repository })
    }

    /// The module of the address asked for.
    async fn of(app: &App, viewer: &Viewer, uri: &Uri) -> Result<Self, Error> {
        let (owner, module) = address::module(uri)?;
        Self::open(app, viewer, &owner, &module).await
    }

    /// `/{owner}/{module}`.
    fn href(&self) -> String {
        format!("/{}", self.opened.path())
    }

    /// Where the default branch stands; none while nothing was pushed to it.
    async fn newest(&self) -> Result<Option<At>, Error> {
        let rev = self.opened.module.default_branch.clone();
        let revision: Revision = rev.parse().map_err(anyhow::Error::from)?;
        match self.repository.resolve(&revision).await {
            Ok(commit) => Ok(Some(At { rev, commit, path: None, is_fixed: false })),
            Err(GitError::NotFound(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What the address asked for names.
    async fn at(&self, uri: &Uri) -> Result<At, Error> {
        let asked = address::read(uri)?;
        let commit = self.repository.resolve(&asked.rev).await?;
        let is_fixed = matches!(asked.rev, Revision::Oid(_));
        Ok(At { rev: asked.rev.to_string(), commit, path: asked.path, is_fixed })
    }

    /// The band over every page of the module.
    async fn head(
        &self,
        app: &App,
        viewer: &Viewer,
        current: Option<Tab>,
    ) -> Result<ModuleHead, Error> {
        let module = &self.opened.module;
        let owner = owner_name(app, &self.opened).await?;
        let may_publish = module.visibility != forge_domain::access::Visibility::Public
            && allow(viewer.actor(), Deed::PublishModule, &self.opened.resource()).is_ok();
        let may_edit = allow(viewer.actor(), Deed::EditModule, &self.opened.resource()).is_ok();
        Ok(ModuleHead {
            name: module.title.clone(),
            href: self.href(),
            path: self.opened.path(),
            owner,
            owner_href: format!("/{}", module.owner),
            description: Some(module.description.clone()).filter(|text| !text.is_empty()),
            lang: module.lang.clone(),
            visibility: module.visibility.to_string(),
            licence: module.licence.clone(),
            tabs: Tab::all(&self.href(), &module.default_branch, current),
            publish_href: may_publish.then(|| format!("{}/publish", self.href())),
            settings_href: may_edit.then(|| format!("{}/settings", self.href())),
        })
    }
}

/// A commit of a module, and a path in it.
struct At {
    /// The revision as the address has it.
    rev: String,
    /// The commit it names now.
    commit: Oid,
    /// The path; none for the root.
    path: Option<PathInRepo>,
    /// Whether the address names the commit itself, so that its content never changes.
    is_fixed: bool,
}

impl At {
    /// The address of another page about the same place.
    fn href(&self, module: &str, page: &str) -> String {
        address::at(module, page, &self.rev, self.path.as_ref().map(PathInRepo::as_bytes))
    }

    /// The same place at the commit itself.
    fn permalink(&self, module: &str, page: &str) -> String {
        let path = self.path.as_ref().map(PathInRepo::as_bytes);
        address::at(module, page, &self.commit.to_string(), path)
    }
}

/// The name of the owner, for people.
async fn owner_name(app: &App, opened: &Opened) -> Result<String, Error> {
    use forge_domain::Id;
    let (id, slug) = (opened.module.owner_id, &opened.module.owner);
    let name = match opened.module.owner_kind {
        OwnerKind::Council => councils::by_id(&app.db, Id::new(id)).await?.map(|row| row.name),
        OwnerKind::Space => spaces::by_id(&app.db, Id::new(id)).await?.map(|row| row.title),
        // A person's name is theirs to show (domain.md §e): a draft says the login.
        OwnerKind::Person => None,
    };
    Ok(name.unwrap_or_else(|| slug.clone()))
}

/// The frame of a page of a module: `Catalogue / owner / module / …`.
fn framed(mut page: Chrome, app: &App, viewer: &Viewer, head: &ModuleHead, here: &str) -> Chrome {
    let catalogue = super::page::text(app, viewer, "nav-catalogue");
    page.nav = Some(Nav::Catalogue);
    page.crumbs = vec![
        Crumb::link(catalogue, "/catalogue"),
        Crumb::link(head.owner.clone(), head.owner_href.clone()),
    ];
    if here.is_empty() {
        page.crumbs.push(Crumb::here(head.name.clone()));
    } else {
        page.crumbs.push(Crumb::link(head.name.clone(), head.href.clone()));
        page.crumbs.push(Crumb::here(here));
    }
    page
}
