//! Pushes: each reference judged on its own, the intent written before any of them moves.

use forge_domain::{
    Id,
    access::Deed,
    id,
    names::{Oid, RefKind, RefName},
};
use forge_store::{
    Tx,
    modules::{self, Module},
    pushes::{self, PushRef},
};
use serde_json::json;

use super::{Action, Context, allow};
use crate::{
    app::App,
    auth::{
        self, holder,
        module::{Opened, owner_of},
    },
    error::{Error, Refusal},
};

/// How often the end of a push is written again when it crosses other transactions.
const ATTEMPTS_MAX: u32 = 5;
/// The branches a clone starts from by habit, the newest habit first.
const USUAL_BRANCHES: [&str; 3] = ["main", "master", "trunk"];

/// One reference of a push: what it was and what it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The reference.
    pub name: RefName,
    /// What it names now; none where it is new.
    pub old: Option<Oid>,
    /// What it shall name; none where it is to be deleted.
    pub new: Option<Oid>,
    /// Whether commits would be lost: a force push. Known once the objects are there.
    pub rewrites: bool,
}

/// Whether a reference of a module may be moved so: asked once before the pack is taken, and
/// again, with the rights of that moment, in the transaction that writes the intent.
///
/// # Errors
/// [`Error::Forbidden`] with a code whose sentence says what to do instead.
pub fn judge(actor: &forge_domain::access::Actor, to: &Opened, asked: &Move) -> Result<(), Error> {
    let refused = |code| Err(Error::Forbidden(Refusal::new(code)));
    if to.module.kind == "meta" {
        return refused("meta_read_only");
    }
    let protected = to.protects(&asked.name);
    if protected && asked.new.is_none() {
        return refused("protected_branch_deleted");
    }
    if protected && asked.rewrites {
        return refused("protected_branch_forced");
    }
    let deed = deed(asked, protected);
    allow(actor, deed, &to.resource()).map_err(|error| match (error, deed) {
        // These two say what one can do without the role.
        (Error::Forbidden(why), Deed::UpdateProtectedBranch) if why.code == "role_missing" => {
            Error::Forbidden(Refusal::new("protected_branch"))
        }
        (Error::Forbidden(why), Deed::PushTag | Deed::MoveTag) if why.code == "role_missing" => {
            Error::Forbidden(Refusal::new("tag_by_maintainer"))
        }
        (error, _) => error,
    })
}

fn deed(asked: &Move, protected: bool) -> Deed {
    match (asked.name.kind(), asked.old, asked.new) {
        (RefKind::Tag, None, Some(_)) => Deed::PushTag,
        (RefKind::Tag, ..) => Deed::MoveTag,
        (RefKind::Branch, ..) if protected => Deed::UpdateProtectedBranch,
        (RefKind::Branch, _, None) => Deed::DeleteBranch,
        (RefKind::Branch, ..) => Deed::PushBranch,
    }
}

/// Writes what a push is about to do: the row by which a crash is repaired (security.md B2.2).
#[derive(Debug, Clone)]
pub struct RecordPush {
    /// The push.
    pub id: Id<id::Push>,
    /// To which module.
    pub module: Id<id::Module>,
    /// The references that stood every check so far.
    pub moves: Vec<Move>,
    /// Those refused before, with the reason in short: the audit log tells them too.
    pub refused: Vec<(String, String)>,
}

impl Action for RecordPush {
    const DEED: Deed = Deed::PushBranch;
    /// The references refused now, each with why.
    type Output = Vec<(RefName, Refusal)>;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Self::Output, Error> {
        let module = modules::by_id(&mut *tx, self.module).await?.ok_or(Error::NotFound)?;
        let held = holder::of_owner_in(tx, &owner_of(&module)).await?;
        let to = Opened { module, holder: held };
        let actor = auth::actor_again(tx, cx.by, cx.now).await?;
        allow(&actor, Deed::ReadModule, &to.resource())?;
        let mut refused = Vec::new();
        let mut moves = Vec::new();
        for asked in &self.moves {
            match judge(&actor, &to, asked) {
                Ok(()) => moves.push(asked),
                Err(Error::Forbidden(why)) => refused.push((asked.name.clone(), why)),
                Err(error) => return Err(error),
            }
        }
        if !moves.is_empty() {
            pushes::insert(&mut *tx, self.id, self.module, actor.person, cx.now).await?;
        }
        for asked in &moves {
            pushes::insert_ref(&mut *tx, self.id, row(asked)).await?;
        }
        let told: Vec<_> = moves.iter().map(|asked| told(asked)).collect();
        let now_refused = refused.iter().map(|(name, why)| (name.as_str(), why.code));
        let all_refused = self.refused.iter().map(|(name, code)| (name.as_str(), code.as_str()));
        let all_refused: Vec<_> = all_refused
            .chain(now_refused)
            .map(|(name, code)| json!({ "ref": name, "code": code }))
            .collect();
        let detail = json!({ "moved": told, "refused": all_refused });
        if moves.is_empty() {
            cx.record_refused(to.path(), detail);
        } else {
            cx.record(to.path(), detail);
        }
        Ok(refused)
    }
}

fn row(asked: &Move) -> PushRef {
    PushRef {
        name: asked.name.as_str().to_owned(),
        old_oid: asked.old.map(|oid| oid.to_string()),
        new_oid: asked.new.map(|oid| oid.to_string()),
    }
}

fn told(asked: &Move) -> serde_json::Value {
    json!({
        "ref": asked.name.as_str(),
        "old": asked.old.map(|oid| oid.to_string()),
        "new": asked.new.map(|oid| oid.to_string()),
        "forced": asked.rewrites,
    })
}

/// Closes a push whose references were moved on disk, and brings the module's row up to date.
/// The audit row of the push is [`RecordPush`]'s: this is its end, not another act, so it also
/// serves the repair at start, which nobody asked for.
///
/// # Errors
/// Failures of the database or the disk; the push then stays open until the next start.
pub async fn finish(
    app: &App,
    id: Id<id::Push>,
    module: Id<id::Module>,
    landed: &[RefName],
    failed: &[RefName],
) -> Result<(), Error> {
    let repository = app.repositories.get(module.uuid()).await.map_err(anyhow::Error::from)?;
    let branches = repository.branches().await.map_err(anyhow::Error::from)?;
    let row = modules::by_id(&app.db, module).await?.ok_or(Error::NotFound)?;
    let adopted = adopted(&row, &branches, landed);
    if let Some(branch) = &adopted {
        repository.set_default_branch(branch).await.map_err(anyhow::Error::from)?;
    }
    let end = End { id, module, landed, failed, empty: branches.is_empty(), adopted };
    let mut attempt = 1;
    loop {
        match end.write(app).await {
            Err(Error::Busy(_)) if attempt < ATTEMPTS_MAX => attempt += 1,
            result => return result,
        }
    }
}

/// The branch a clone shall start from after the first push, where it brought another than the
/// one that was foreseen: a module whose HEAD leads nowhere would look empty for ever.
fn adopted(module: &Module, branches: &[forge_git::Branch], landed: &[RefName]) -> Option<RefName> {
    let is_there = |short: &str| branches.iter().any(|branch| branch.name.short() == short);
    if !module.empty || branches.is_empty() || is_there(&module.default_branch) {
        return None;
    }
    let usual = USUAL_BRANCHES.into_iter().find(|name| is_there(name));
    if let Some(usual) = usual {
        return RefName::branch(usual).ok();
    }
    let first = landed.iter().find(|name| name.kind() == RefKind::Branch && is_there(name.short()));
    first.or_else(|| branches.first().map(|branch| &branch.name)).cloned()
}

struct End<'a> {
    id: Id<id::Push>,
    module: Id<id::Module>,
    landed: &'a [RefName],
    failed: &'a [RefName],
    empty: bool,
    adopted: Option<RefName>,
}

impl End<'_> {
    async fn write(&self, app: &App) -> Result<(), Error> {
        let now = app.clock.now();
        let mut tx = app.db.begin(None).await?;
        for name in self.failed {
            pushes::forget_ref(&mut tx, self.id, name.as_str()).await?;
        }
        let state = if self.landed.is_empty() { "undone" } else { "done" };
        pushes::close(&mut tx, self.id, state, now).await?;
        if !self.landed.is_empty() {
            modules::pushed(&mut tx, self.module, self.empty, now).await?;
        }
        if let Some(branch) = &self.adopted {
            modules::set_default_branch(&mut tx, self.module, branch.short()).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
