//! The one runner: takes what is due, does it, puts off what failed.

use std::time::Duration;

use forge_store::jobs::{self, Job};
use jiff::ToSpan as _;
use tokio_util::sync::CancellationToken;

use crate::{app::App, error::Error};

/// How many due jobs are looked at together.
const BATCH: i64 = 32;
/// The runner looks again after so long even when no bell rang: another server may have queued.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// A job that failed so often, over three days, is dead: an administrator must look at it.
const ATTEMPTS_MAX: i64 = 23;

/// Runs until `stop`.
pub async fn run(app: App, stop: CancellationToken) {
    loop {
        if let Err(error) = run_due(&app).await {
            tracing::error!(%error, "the job runner could not read its queue");
        }
        let pause = pause(&app).await;
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.bell.heard() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Does everything that is due now.
pub async fn run_due(app: &App) -> Result<(), Error> {
    loop {
        let due = jobs::due(&app.db, app.clock.now(), BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        for job in due {
            if let Err(error) = super::perform(app, &job).await {
                put_off(app, &job, &error).await?;
            }
        }
    }
}

async fn put_off(app: &App, job: &Job, error: &Error) -> Result<(), Error> {
    tracing::warn!(job.kind, job.key, job.attempts, %error, "a job failed and is put off");
    let again_at = (job.attempts + 1 < ATTEMPTS_MAX).then(|| {
        // 10 s, 20 s, 40 s … to 6 h (security.md B2.7).
        let seconds = 10_i64.saturating_mul(1 << job.attempts.min(12)).min(6 * 3600);
        app.clock.now() + seconds.seconds()
    });
    let mut tx = app.db.begin(None).await?;
    jobs::put_off(&mut tx, job.id, &error.to_string(), again_at).await?;
    tx.commit().await?;
    Ok(())
}

async fn pause(app: &App) -> Duration {
    let next = jobs::next_due(&app.db).await.ok().flatten();
    let until = next.map_or(LOOK_EVERY, |next| {
        Duration::try_from(next.duration_since(app.clock.now())).unwrap_or(Duration::ZERO)
    });
    // Never a busy loop where a due job cannot be put off.
    until.clamp(Duration::from_millis(200), LOOK_EVERY)
}
