//! Brings together, at start, what the rows say of pushes and what the references are.

use std::time::Duration;

use forge_domain::{
    Id, id,
    names::{Oid, RefName},
};
use forge_store::pushes::{self, PushRef};

use super::answer::Failure;
use crate::{actions, app::App, error::Error};

/// Removed repositories are kept so long (security.md B2.3).
const TOMBSTONE_AGE: Duration = Duration::from_secs(14 * 24 * 3600);

/// Clears what interrupted work left on disk and closes every push that was open when the server
/// stopped. One that cannot be closed is logged and stays open: the others must not wait for it.
///
/// # Errors
/// The database does not answer, or the folder of repositories cannot be read.
pub async fn reconcile(app: &App) -> Result<(), Error> {
    let swept = app.repositories.sweep(TOMBSTONE_AGE).await.map_err(anyhow::Error::from)?;
    if swept > 0 {
        tracing::info!(swept, "leftovers of interrupted work were removed");
    }
    for open in pushes::open(&app.db).await? {
        if let Err(failure) = settle(app, open.id, open.module_id).await {
            tracing::error!(push = %open.id, module = %open.module_id, ?failure,
                "a push that was interrupted could not be closed");
        }
    }
    Ok(())
}

/// Closes one push by what its references name now.
pub(super) async fn settle(
    app: &App,
    id: Id<id::Push>,
    module: Id<id::Module>,
) -> Result<(), Failure> {
    let repository = app.repositories.get(module.uuid()).await?;
    let (mut landed, mut failed) = (Vec::new(), Vec::new());
    for row in pushes::refs(&app.db, id).await? {
        let name: RefName = row.name.parse().map_err(anyhow::Error::from).map_err(Error::from)?;
        let now = repository.reference(&name).await?;
        if has_landed(&row, now) { landed.push(name) } else { failed.push(name) }
    }
    tracing::warn!(push = %id, module = %module, landed = landed.len(), failed = failed.len(),
        "a push that was interrupted is closed");
    Ok(actions::pushes::finish(app, id, module, &landed, &failed).await?)
}

/// A reference that is neither what it was nor what it was to be has moved on since: only a push
/// that found this one's result could do that.
fn has_landed(row: &PushRef, now: Option<Oid>) -> bool {
    let now = now.map(|oid| oid.to_string());
    now == row.new_oid || now != row.old_oid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_tells_whether_its_push_landed() {
        let (a, b, c) = ("a".repeat(40), "b".repeat(40), "c".repeat(40));
        let oid = |text: &str| text.parse::<Oid>().ok();
        let row = |old: Option<&str>, new: Option<&str>| PushRef {
            name: "refs/heads/x".to_owned(),
            old_oid: old.map(str::to_owned),
            new_oid: new.map(str::to_owned),
        };
        assert!(has_landed(&row(Some(&a), Some(&b)), oid(&b)));
        assert!(!has_landed(&row(Some(&a), Some(&b)), oid(&a)));
        assert!(has_landed(&row(Some(&a), Some(&b)), oid(&c)));
        assert!(has_landed(&row(Some(&a), None), None));
        assert!(!has_landed(&row(Some(&a), None), oid(&a)));
        assert!(!has_landed(&row(None, Some(&a)), None));
    }
}
