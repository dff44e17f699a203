//! The mail of the day: at seven in the morning, one message to each person for whom something
//! happened since the last.

use forge_domain::calendar;
use forge_store::{
    Tx,
    jobs::{self, Job},
    notices,
};
use jiff::{Timestamp, civil::Time, tz::TimeZone};

use super::{DIGEST, EVERY_DAY, spread::send};
use crate::{actions::id_at, app::App, error::Error};

/// When the mail of the day goes out.
const AT: Time = Time::constant(7, 0, 0, 0);

/// Writes the letters of the day, and sets the alarm of the next.
pub async fn perform(app: &App, job: &Job) -> Result<(), Error> {
    let _turn = app.turn.lock().await;
    let mut tx = app.begin_in_turn().await?;
    let now = app.clock.now();
    if !jobs::finish(&mut tx, job.id, now).await? {
        tx.rollback().await?;
        return Ok(());
    }
    let today = calendar::date_at(now, &app.config.zone);
    for person in notices::expecting(&mut tx).await? {
        let letter = id_at(now);
        let key = format!("digest/{today}/{person}");
        // A second time on the same day, they wait for the next.
        if notices::insert(&mut tx, (letter, person), ("digest", &key), now).await? {
            notices::bundle(&mut tx, person, letter).await?;
            send(&mut tx, (letter, &key), now).await?;
        }
    }
    set_alarm(&mut tx, &app.config.zone, now).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Sets the alarm of the next mail of the day, where none is set.
pub(super) async fn set_alarm(tx: &mut Tx, zone: &TimeZone, now: Timestamp) -> Result<(), Error> {
    let at = calendar::next(AT, zone, now).map_err(anyhow::Error::from)?;
    jobs::queue(&mut *tx, id_at(now), (DIGEST, EVERY_DAY), "{}", at, now).await?;
    Ok(())
}
