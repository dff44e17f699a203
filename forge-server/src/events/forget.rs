//! What people were told and webhooks were sent is not kept for ever: every night what is old
//! enough is forgotten. Events themselves stay.

use forge_domain::calendar;
use forge_store::{
    Tx,
    jobs::{self, Job},
    retention,
};
use jiff::{SignedDuration, Timestamp, civil::Time, tz::TimeZone};

use super::{EVERY_DAY, FORGET};
use crate::{actions::id_at, app::App, error::Error};

/// When it happens: while nobody works.
const AT: Time = Time::constant(3, 30, 0, 0);
/// How long a delivery is kept after it ended: as long as somebody may ask why a message did not
/// arrive.
pub const DELIVERY_DAYS: i64 = 30;
/// How long a notice is kept, read or not: the technical traces of persons go within a year
/// (domain.md §e).
pub const NOTICE_DAYS: i64 = 365;

/// Forgets what is old enough, and sets the alarm of the next night.
pub async fn perform(app: &App, job: &Job) -> Result<(), Error> {
    let _turn = app.turn.lock().await;
    let mut tx = app.begin_in_turn().await?;
    let now = app.clock.now();
    if !jobs::finish(&mut tx, job.id, now).await? {
        tx.rollback().await?;
        return Ok(());
    }
    let before = |days: i64| {
        let age = SignedDuration::from_hours(days * 24);
        now.checked_sub(age).map_err(anyhow::Error::from)
    };
    retention::forget_deliveries(&mut tx, before(DELIVERY_DAYS)?).await?;
    retention::forget_notices(&mut tx, before(NOTICE_DAYS)?).await?;
    retention::forget_letters(&mut tx, before(NOTICE_DAYS)?).await?;
    set_alarm(&mut tx, &app.config.zone, now).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Sets the alarm of the next night, where none is set.
pub(super) async fn set_alarm(tx: &mut Tx, zone: &TimeZone, now: Timestamp) -> Result<(), Error> {
    let at = calendar::next(AT, zone, now).map_err(anyhow::Error::from)?;
    jobs::queue(&mut *tx, id_at(now), (FORGET, EVERY_DAY), "{}", at, now).await?;
    Ok(())
}
