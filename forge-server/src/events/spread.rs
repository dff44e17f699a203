//! Spreads an event to those who follow it.

use forge_domain::{Id, id};
use forge_store::{
    events,
    jobs::{self, Job},
};

use crate::{app::App, error::Error};

/// Spreads the event the job names, once: what follows is queued in the transaction that marks
/// the job done.
pub async fn perform(app: &App, job: &Job) -> Result<(), Error> {
    let id: Id<id::Event> = job.key.parse().map_err(anyhow::Error::from)?;
    let _turn = app.turn.lock().await;
    let mut tx = app.begin_in_turn().await?;
    let now = app.clock.now();
    if jobs::finish(&mut tx, job.id, now).await? {
        let event = events::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        tracing::debug!(event.kind = event.kind.name(), "an event is spread");
    }
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}
