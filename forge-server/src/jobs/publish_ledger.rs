//! Publishes the ledger of a space into its meta-repository.

use forge_domain::{Id, id};
use forge_store::{
    jobs::{self, Job},
    ledger,
};

use crate::{app::App, error::Error, ledger::publish};

/// Publishes what there is; the job is done when nothing was written meanwhile. Publishing twice
/// changes nothing, so that a server that stops in between does it again.
pub async fn perform(app: &App, job: &Job) -> Result<(), Error> {
    let space: Id<id::Space> = Id::new(job.key.parse().map_err(anyhow::Error::from)?);
    loop {
        let published = publish::publish(app, space).await?;
        let mut tx = app.begin_in_turn().await?;
        let written = ledger::head(&mut tx, space).await?.map_or(0, |head| head.seq);
        if written == published {
            jobs::finish(&mut tx, job.id, app.clock.now()).await?;
            tx.commit().await?;
            return Ok(());
        }
        tx.rollback().await?;
    }
}
