//! Opening a module: every door asks here, so that what one may not see answers exactly like
//! what does not exist.

use forge_domain::{
    access::{Actor, Deed, Holder, Resource},
    names::{RefKind, RefName, Slug},
};
use forge_store::{
    modules::{self, Module},
    owners::{Owner, OwnerKind},
};

use super::holder;
use crate::{actions::allow, app::App, error::Error};

/// A module that the actor may read, and what is needed to judge further deeds on it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its row.
    pub module: Module,
    /// To whom it belongs.
    pub holder: Holder,
}

impl Opened {
    /// The module as the table of rights sees it.
    pub fn resource(&self) -> Resource {
        Resource::new(self.holder.clone(), self.module.visibility)
            .maintained_by(self.module.created_by)
    }

    /// Whether a branch is protected: the default branch of what councils share, and everything
    /// in a space's meta-repository, which only decisions change.
    pub fn protects(&self, name: &RefName) -> bool {
        let is_default =
            name.kind() == RefKind::Branch && name.short() == self.module.default_branch;
        self.module.kind == "meta" || (is_default && self.module.owner_kind != OwnerKind::Person)
    }

    /// `owner/module`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.module.owner, self.module.slug)
    }
}

/// Opens the module at `owner/module` (with or without `.git`) for a reader.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none that the actor may see.
pub async fn open(app: &App, actor: &Actor, owner: &str, module: &str) -> Result<Opened, Error> {
    let module = module.strip_suffix(".git").unwrap_or(module);
    // An address that is no name names nothing.
    let owner = owner.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let module = module.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let module = modules::at(&app.db, &owner, &module).await?.ok_or(Error::NotFound)?;
    let holder = holder::of_owner(&app.db, &owner_of(&module)).await?;
    let opened = Opened { module, holder };
    allow(actor, Deed::ReadModule, &opened.resource())?;
    Ok(opened)
}

/// Those of `modules` (of one owner) that the actor may see.
pub async fn visible(
    app: &App,
    actor: &Actor,
    owner: &Owner,
    modules: Vec<Module>,
) -> Result<Vec<Module>, Error> {
    let holder = holder::of_owner(&app.db, owner).await?;
    let sees = |module: &Module| {
        let resource = Resource::new(holder.clone(), module.visibility);
        allow(actor, Deed::ReadModule, &resource).is_ok()
    };
    Ok(modules.into_iter().filter(sees).collect())
}

/// The owner's row, as the module's row carries it.
pub fn owner_of(module: &Module) -> Owner {
    Owner {
        id: module.owner_id,
        number: module.owner_number,
        slug: module.owner.clone(),
        kind: module.owner_kind,
    }
}
