//! The alarms of a vote: its hour, and what follows from it.

use forge_store::jobs::Job;

use crate::{
    actions::votes::{CarryOut, CloseVote},
    app::App,
    error::Error,
};

/// Closes the vote the job names, once.
pub async fn close(app: &App, job: &Job) -> Result<(), Error> {
    app.act_for_job(job, CloseVote { reference: job.key.clone() }).await?;
    Ok(())
}

/// Carries out what the vote the job names decided, once. What is refused is refused for good:
/// things moved on since the vote opened, and the vote says so.
pub async fn carry_out(app: &App, job: &Job) -> Result<(), Error> {
    let action = CarryOut { reference: job.key.clone(), refused: None };
    match app.act_for_job(job, action.clone()).await {
        Ok(_) => Ok(()),
        Err(error) => {
            let Some(code) = error.refusal().map(|refusal| refusal.code) else {
                return Err(error);
            };
            let refused = Some(code.to_owned());
            app.act_for_job(job, CarryOut { refused, ..action }).await?;
            Ok(())
        }
    }
}
