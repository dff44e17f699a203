//! Work that nobody waits for: one job a file, run by one runner.

pub mod deadline;
pub mod publish_ledger;
pub mod runner;
pub mod votes;

use std::sync::Arc;

use forge_store::jobs::Job;
use tokio::sync::Notify;

use crate::{
    actions::{calls, spaces, votes as ballots},
    app::App,
    error::Error,
    events, ledger,
};

/// Rings when a job was queued, so that the runner need not look at a clock.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Wakes the runner.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Waits for the next ring.
    pub async fn heard(&self) {
        self.0.notified().await;
    }
}

/// Does one job.
///
/// A job's effect and the row that says it is done are one transaction, so that a job runs
/// exactly once across restarts; what it does outside the database can be repeated.
async fn perform(app: &App, job: &Job) -> Result<(), Error> {
    match job.kind.as_str() {
        calls::DEADLINE => deadline::perform(app, job).await,
        ballots::CLOSE => votes::close(app, job).await,
        ballots::EFFECT => votes::carry_out(app, job).await,
        spaces::LEAVE => {
            let action = spaces::EndMembership { key: job.key.clone() };
            app.act_for_job(job, action).await.map(drop)
        }
        events::DIGEST => events::digest::perform(app, job).await,
        events::REMIND => events::remind::perform(app, job).await,
        events::SEND => events::letter::perform(app, job).await,
        events::SPREAD => events::spread::perform(app, job).await,
        ledger::PUBLISH => publish_ledger::perform(app, job).await,
        other => Err(anyhow::anyhow!("no job is called {other}").into()),
    }
}
