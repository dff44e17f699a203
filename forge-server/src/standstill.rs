//! One instant of the forge: its rows, and what every reference named while nothing could be
//! written. What a backup holds and what a verification compares.

use std::collections::BTreeMap;

use forge_domain::{
    Id, id,
    names::{Oid, RefName},
};
use forge_git::GitError;
use forge_store::{
    Tx,
    modules::{self, Module},
};

use crate::{
    app::{AUDIT_QUEUE, App},
    error::Error,
};

/// The forge at one instant. The rows are read through `tx` while the server goes on; end it with
/// [`Tx::rollback`].
#[derive(Debug)]
pub struct Standstill {
    /// Sees the database as it was.
    pub tx: Tx,
    /// Every module, by number.
    pub modules: Vec<Module>,
    /// What the repository of each held; absent where it cannot be read.
    pub repositories: BTreeMap<Id<id::Module>, Result<References, GitError>>,
}

/// What a repository's references named.
#[derive(Debug, Clone, Default)]
pub struct References {
    /// The branch that HEAD named.
    pub head: Option<RefName>,
    /// What each branch and tag named.
    pub named: BTreeMap<RefName, Oid>,
}

impl Standstill {
    /// Stops all writing for as long as it takes to read the names and targets of the references,
    /// and no longer: no object is copied meanwhile.
    ///
    /// Every act and every push's intent takes the turn that is held here. So a reference of the
    /// result is never newer than the rows, but for pushes whose intent stands open in them, and
    /// those are closed at the next start like after a crash (security.md B2.2, B2.4).
    ///
    /// # Errors
    /// Of the database.
    pub async fn take(app: &App) -> Result<Self, Error> {
        let turn = app.db.begin(Some(AUDIT_QUEUE)).await?;
        let mut tx = app.db.snapshot().await?;
        // The first statement fixes what the snapshot sees.
        let modules = modules::search(&mut tx, None).await?;
        let mut repositories = BTreeMap::new();
        for module in &modules {
            repositories.insert(module.id, references(app, module.id).await);
        }
        turn.rollback().await?;
        Ok(Self { tx, modules, repositories })
    }
}

async fn references(app: &App, module: Id<id::Module>) -> Result<References, GitError> {
    let repository = app.repositories.get(module.uuid()).await?;
    let head = Some(repository.default_branch().await?);
    let branches = repository.branches().await?.into_iter().map(|branch| (branch.name, branch.tip));
    let tags = repository.tags().await?.into_iter().map(|tag| (tag.name, tag.target));
    Ok(References { head, named: branches.chain(tags).collect() })
}
