//! The alarm of a call: at its deadline, and again when the days of grace are over.

use forge_store::jobs::Job;

use crate::{actions::calls::CloseCall, app::App, error::Error};

/// Ends the call the job names, once.
pub async fn perform(app: &App, job: &Job) -> Result<(), Error> {
    app.act_for_job(job, CloseCall { reference: job.key.clone() }).await?;
    Ok(())
}
