//! Who comes through git's door, and where to.

use forge_domain::{
    access::{Deed, Resource, Visibility, councils_for},
    names::Slug,
};
use forge_store::owners::{self, OwnerKind};

use super::answer::Failure;
use crate::{
    actions::allow,
    app::App,
    auth::{
        ApiCaller, holder,
        module::{self, Opened},
    },
    error::{Error, Refusal},
};

/// What someone may do anything to by pushing.
const PUSHES: [Deed; 5] = [
    Deed::PushBranch,
    Deed::UpdateProtectedBranch,
    Deed::DeleteBranch,
    Deed::PushTag,
    Deed::MoveTag,
];

/// Where an address leads.
#[derive(Debug)]
pub(super) enum Entered {
    /// To a module.
    Module(Box<Opened>),
    /// To a free name, which a push would take.
    Free(FreeName),
}

/// A name under an owner where the caller may create a module.
#[derive(Debug)]
pub(super) struct FreeName {
    /// The owner.
    pub(super) owner: Slug,
    /// The module's name.
    pub(super) module: Slug,
}

/// Opens a module to clone or fetch.
pub(super) async fn to_read(
    app: &App,
    caller: &ApiCaller,
    owner: &str,
    module: &str,
) -> Result<Entered, Failure> {
    let opened = module::open(app, caller.actor(), owner, module).await?;
    Ok(Entered::Module(Box::new(opened)))
}

/// Opens a module, or a name that is free, to push.
pub(super) async fn to_write(
    app: &App,
    caller: &ApiCaller,
    owner: &str,
    module: &str,
) -> Result<Entered, Failure> {
    caller.signed_in()?;
    match module::open(app, caller.actor(), owner, module).await {
        Ok(opened) => {
            may_push(caller, &opened)?;
            Ok(Entered::Module(Box::new(opened)))
        }
        Err(Error::NotFound) => Ok(Entered::Free(free(app, caller, owner, module).await?)),
        Err(error) => Err(error.into()),
    }
}

/// Refuses at the door whoever could push nothing at all, before their pack is on its way; each
/// reference is judged when its name is known.
fn may_push(caller: &ApiCaller, to: &Opened) -> Result<(), Error> {
    if to.module.kind == "meta" {
        return Err(Error::Forbidden(Refusal::new("meta_read_only")));
    }
    let resource = to.resource();
    let some = PUSHES.into_iter().any(|deed| allow(caller.actor(), deed, &resource).is_ok());
    if some { Ok(()) } else { allow(caller.actor(), Deed::PushBranch, &resource) }
}

/// A name that the caller could take. Whoever may create under an owner sees all of the owner's
/// modules, so a name that looks free to them is free.
async fn free(
    app: &App,
    caller: &ApiCaller,
    owner: &str,
    module: &str,
) -> Result<FreeName, Failure> {
    let module = module.strip_suffix(".git").unwrap_or(module);
    let owner = owner.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let row = owners::by_slug(&app.db, &owner).await?.ok_or(Error::NotFound)?;
    let resource = Resource::new(holder::of_owner(&app.db, &row).await?, Visibility::Public);
    let may = match row.kind {
        OwnerKind::Space => !councils_for(caller.actor(), Deed::CreateModule, &resource).is_empty(),
        OwnerKind::Council | OwnerKind::Person => {
            allow(caller.actor(), Deed::CreateModule, &resource).is_ok()
        }
    };
    if !may {
        return Err(Error::NotFound.into());
    }
    // Only to whom could create: to all others the address simply leads nowhere.
    let module = Slug::for_module(module).map_err(|_| Error::refused("module_name"))?;
    Ok(FreeName { owner, module })
}

impl From<forge_store::StoreError> for Failure {
    fn from(error: forge_store::StoreError) -> Self {
        Error::from(error).into()
    }
}
