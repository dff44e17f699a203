//! Work that nobody waits for: one job a file, run by one runner; what leaves for machines of
//! others is the courier's.

pub mod courier;
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

/// Rings when a job or a delivery was queued, so that nobody need look at a clock.
#[derive(Debug, Clone, Default)]
pub struct Bell {
    runner: Arc<Notify>,
    courier: Arc<Notify>,
}

impl Bell {
    /// Wakes the runner and the courier.
    pub fn ring(&self) {
        self.runner.notify_one();
        self.courier.notify_one();
    }

    /// Waits for the next ring, as the runner.
    pub async fn heard(&self) {
        self.runner.notified().await;
    }

    /// Waits for the next ring, as the courier.
    pub async fn heard_by_courier(&self) {
        self.courier.notified().await;
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
        events::FORGET => events::forget::perform(app, job).await,
        events::REMIND => events::remind::perform(app, job).await,
        events::SEND => events::letter::perform(app, job).await,
        events::SPREAD => events::spread::perform(app, job).await,
        ledger::PUBLISH => publish_ledger::perform(app, job).await,
        other => Err(anyhow::anyhow!("no job is called {other}").into()),
    }
}
