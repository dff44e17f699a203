//! Modules: created, edited, published.

use forge_domain::{
    Id,
    access::{Deed, Resource, Visibility},
    id,
    names::{RefName, Slug},
};
use forge_git::GitError;
use forge_store::{
    Tx,
    modules::{self, Module, NewModule},
    owners::{self, OwnerKind},
};
use serde_json::json;

use super::{
    Action, Context,
    fields::{self, Fields},
};
use crate::{
    auth::{holder, module::owner_of},
    error::{Error, Refusal},
};

/// As long as a heading can be.
const TITLE_CHARS_MAX: usize = 200;
/// As long as what a list shows of a module, and then some.
const DESCRIPTION_CHARS_MAX: usize = 2_000;

/// Creates an empty module, seen by the council (or the space's contributors) until it is
/// published.
#[derive(Debug, Clone)]
pub struct CreateModule {
    /// The id of the module and of its repository, chosen before the act so that running it twice
    /// makes one repository.
    pub id: Id<id::Module>,
    /// Under which owner.
    pub owner: Slug,
    /// At which address.
    pub slug: Slug,
    /// What it is called; its address where empty.
    pub title: String,
    /// What it does, in a sentence.
    pub description: String,
    /// The branch a clone starts from; `main` where none.
    pub default_branch: Option<RefName>,
    /// In which council's name, where the owner is a space.
    pub council: Option<Id<id::Council>>,
}

impl Action for CreateModule {
    const DEED: Deed = Deed::CreateModule;
    type Output = Module;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Module, Error> {
        let owner = owners::by_slug(&mut *tx, &self.owner).await?.ok_or(Error::NotFound)?;
        let held = holder::of_owner_in(tx, &owner).await?;
        // Nobody's code yet: whoever sees the owner may be told whether they may create.
        let mut resource = Resource::new(held, Visibility::Public);
        if owner.kind == OwnerKind::Space {
            let council = match self.council {
                Some(council) => Some(council),
                None => only_council(cx, &resource)?,
            };
            resource.acting = council;
        }
        cx.allow(&resource)?;
        let branch = match &self.default_branch {
            Some(branch) => branch.clone(),
            None => RefName::branch("main").map_err(anyhow::Error::from)?,
        };
        let title = if self.title.trim().is_empty() { self.slug.as_str() } else { &self.title };
        let lang = cx.app.config.locale.tag();
        let new = NewModule {
            id: self.id,
            owner: owner.id,
            slug: &self.slug,
            kind: "module",
            title,
            description: &self.description,
            lang,
            visibility: Visibility::Council,
            default_branch: branch.short(),
            created_by: cx.by.actor.person,
            created_at: cx.now,
        };
        modules::insert(&mut *tx, new).await.map_err(|error| match error {
            error if error.is_duplicate() => Error::Conflict(Refusal::new("module_exists")),
            other => other.into(),
        })?;
        match cx.app.repositories.create(self.id.uuid(), &branch).await {
            Ok(_) | Err(GitError::Exists) => {}
            Err(error) => return Err(Error::Internal(error.into())),
        }
        cx.record(
            format!("{}/{}", self.owner, self.slug),
            json!({ "created": { "visibility": "council", "default_branch": branch.short() } }),
        );
        modules::by_id(&mut *tx, self.id).await?.ok_or(Error::NotFound)
    }
}

/// The one council in whose name the actor may create in a space; several are a choice to make.
fn only_council(cx: &Context<'_>, on: &Resource) -> Result<Option<Id<id::Council>>, Error> {
    let councils = forge_domain::access::councils_for(&cx.by.actor, Deed::CreateModule, on);
    match councils.as_slice() {
        [] => Ok(None),
        [council] => Ok(Some(*council)),
        [..] => Err(Error::Refused(Refusal::field("council", "council_missing"))),
    }
}

/// Changes what a module's sheet says, which branch a clone starts from, and whether the whole
/// space sees it or its contributing councils alone. That everyone sees it is [`PublishModule`].
#[derive(Debug, Clone)]
pub struct EditModule {
    /// Which module.
    pub module: Id<id::Module>,
    /// What it is called.
    pub title: String,
    /// What it does, in a sentence.
    pub description: String,
    /// The branch a clone starts from; unchanged where none.
    pub default_branch: Option<RefName>,
    /// Who sees it; unchanged where none.
    pub visibility: Option<Visibility>,
}

impl Action for EditModule {
    const DEED: Deed = Deed::EditModule;
    type Output = Module;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Module, Error> {
        let before = load(tx, cx, self.module).await?;
        let branch = match &self.default_branch {
            None => before.default_branch.clone(),
            Some(branch) => {
                let repository = open(cx, self.module).await?;
                let tip = repository.tip(branch).await.map_err(anyhow::Error::from)?;
                if tip.is_none() && !before.empty {
                    let refusal = Refusal::field("default_branch", "branch_missing");
                    return Err(Error::Refused(refusal));
                }
                repository.set_default_branch(branch).await.map_err(anyhow::Error::from)?;
                branch.short().to_owned()
            }
        };
        let visibility = self.seen_by(&before)?;
        let (title, description) = self.words(&before)?;
        let words = (title.as_str(), description.as_str());
        modules::edit(&mut *tx, self.module, words, (&branch, visibility), cx.now).await?;
        cx.record(
            format!("{}/{}", before.owner, before.slug),
            json!({
                "before": {
                    "title": before.title,
                    "default_branch": before.default_branch,
                    "visibility": before.visibility.to_string(),
                },
                "after": {
                    "title": title,
                    "default_branch": branch,
                    "visibility": visibility.to_string(),
                },
            }),
        );
        modules::by_id(&mut *tx, self.module).await?.ok_or(Error::NotFound)
    }
}

impl EditModule {
    /// Its title, its address where that is empty, and its description.
    fn words(&self, before: &Module) -> Result<(String, String), Error> {
        let mut wrong = Fields::default();
        let title = wrong.take("title", fields::short(&self.title, TITLE_CHARS_MAX));
        let most = DESCRIPTION_CHARS_MAX;
        let description = wrong.take("description", fields::short(&self.description, most));
        let (title, description) = wrong.end(title.zip(description))?;
        Ok((if title.is_empty() { before.slug.clone() } else { title }, description))
    }

    fn seen_by(&self, before: &Module) -> Result<Visibility, Error> {
        let Some(wished) = self.visibility else { return Ok(before.visibility) };
        if wished == before.visibility {
            return Ok(wished);
        }
        let refused = |code| Err(Error::Refused(Refusal::field("visibility", code)));
        match wished {
            // Whoever has a copy keeps it: what was public stays so.
            _ if before.visibility == Visibility::Public => refused("visibility_was_public"),
            Visibility::Public => refused("visibility_by_publication"),
            Visibility::Space if before.owner_kind != OwnerKind::Space => {
                refused("visibility_without_space")
            }
            Visibility::Space | Visibility::Council => Ok(wished),
        }
    }
}

/// Makes a module public: the deliberate act before which nobody outside sees it.
#[derive(Debug, Clone)]
pub struct PublishModule {
    /// Which module.
    pub module: Id<id::Module>,
}

impl Action for PublishModule {
    const DEED: Deed = Deed::PublishModule;
    type Output = Module;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Module, Error> {
        let before = load(tx, cx, self.module).await?;
        let checked = crate::publication::check(cx.app, &before).await?;
        if let Some(code) = checked.blocking() {
            return Err(Error::refused(code));
        }
        modules::publish(&mut *tx, self.module, checked.licence.as_deref(), cx.now).await?;
        cx.record(
            format!("{}/{}", before.owner, before.slug),
            json!({ "before": before.visibility.to_string(), "after": "public" }),
        );
        modules::by_id(&mut *tx, self.module).await?.ok_or(Error::NotFound)
    }
}

/// Loads a module inside the act and asks the table of rights for the act's deed on it.
async fn load(tx: &mut Tx, cx: &Context<'_>, id: Id<id::Module>) -> Result<Module, Error> {
    let module = modules::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)?;
    let held = holder::of_owner_in(tx, &owner_of(&module)).await?;
    cx.allow(&Resource::new(held, module.visibility).maintained_by(module.created_by))?;
    Ok(module)
}

async fn open(cx: &Context<'_>, id: Id<id::Module>) -> Result<forge_git::Repository, Error> {
    let repository = cx.app.repositories.get(id.uuid()).await;
    Ok(repository.map_err(anyhow::Error::from)?)
}
