//! Reminders (domain.md §c18): looked for every morning, each an event that happens once however
//! often the server starts or its clock moves.

use forge_domain::{
    Id, calendar, id,
    money::{Amount, Currency},
    notices::{EventKind, Series},
};
use forge_store::{
    Tx, events as store, funds,
    jobs::{self, Job},
    reminders,
};
use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde_json::{Value, json};

use super::{EVERY_DAY, Event, Moment, REMIND, emit_at};
use crate::{actions::id_at, app::App, error::Error};

/// When reminders are looked for: before the mail of the day.
const AT: Time = Time::constant(6, 30, 0, 0);
/// A day is over somewhere before it is here: so much further ahead is looked.
const ZONES_DAYS: i32 = 1;

/// Sends what is due, and sets the alarm of the next morning.
pub async fn perform(app: &App, job: &Job) -> Result<(), Error> {
    let _turn = app.turn.lock().await;
    let mut tx = app.begin_in_turn().await?;
    let now = app.clock.now();
    if !jobs::finish(&mut tx, job.id, now).await? {
        tx.rollback().await?;
        return Ok(());
    }
    let today = calendar::date_at(now, &app.config.zone);
    let until = |series: Series| {
        calendar::add_days(today, series.ahead() + ZONES_DAYS).map_err(anyhow::Error::from)
    };
    for one in of_deadlines(&mut tx, until(Series::Deadline)?).await? {
        one.send(&mut tx, now).await?;
    }
    for one in of_meetings(&mut tx, until(Series::Meeting)?).await? {
        one.send(&mut tx, now).await?;
    }
    for one in of_dues(&mut tx, until(Series::Due)?).await? {
        one.send(&mut tx, now).await?;
    }
    set_alarm(&mut tx, &app.config.zone, now).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Sets the alarm of the next morning, where none is set.
pub(super) async fn set_alarm(tx: &mut Tx, zone: &TimeZone, now: Timestamp) -> Result<(), Error> {
    let at = calendar::next(AT, zone, now).map_err(anyhow::Error::from)?;
    jobs::queue(&mut *tx, id_at(now), (REMIND, EVERY_DAY), "{}", at, now).await?;
    Ok(())
}

/// A date that people are reminded of.
struct Reminder {
    series: Series,
    kind: EventKind,
    space: Id<id::Space>,
    zone: String,
    call: String,
    council: Option<Id<id::Council>>,
    subject: String,
    date: Date,
    since: Timestamp,
    data: Value,
}

impl Reminder {
    /// Sends what is due of the series today where the space is.
    async fn send(self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let zone = calendar::parse_zone(&self.zone).map_err(anyhow::Error::from)?;
        let day = |at| calendar::date_at(at, &zone);
        let known = (self.date, day(self.since));
        if self.series.due(known, day(now), &[]).is_none() {
            return Ok(());
        }
        let mut sent = Vec::new();
        for days in self.series.days() {
            if let Some(at) = store::happened_at(&mut *tx, &self.event(*days).key()).await? {
                sent.push((*days, day(at)));
            }
        }
        if let Some(days) = self.series.due(known, day(now), &sent) {
            emit_at(tx, Moment { now, actor: None }, self.event(days)).await?;
        }
        Ok(())
    }

    fn event(&self, days: i32) -> Event<'_> {
        let side = if days < 0 { "before" } else { "after" };
        let council = self.council.map(|council| format!(":{council}")).unwrap_or_default();
        let nth = format!("{}{council}:{side}-{}", self.date, days.unsigned_abs());
        let mut data = self.data.clone();
        data["days"] = json!(days);
        Event {
            council: self.council,
            call: Some(&self.call),
            ..Event::new(self.kind, self.space, &self.subject).saying(data).nth(nth)
        }
    }
}

async fn of_deadlines(tx: &mut Tx, until: Date) -> Result<Vec<Reminder>, Error> {
    let rows = reminders::endings(&mut *tx, until).await?.into_iter();
    Ok(rows
        .map(|row| Reminder {
            series: Series::Deadline,
            kind: EventKind::ReminderDeadline,
            space: row.space_id,
            zone: row.zone,
            call: row.reference.clone(),
            council: None,
            subject: row.reference,
            date: row.deadline,
            since: row.published_at,
            data: json!({ "deadline": row.deadline.to_string() }),
        })
        .collect())
}

async fn of_meetings(tx: &mut Tx, until: Date) -> Result<Vec<Reminder>, Error> {
    let rows = reminders::meetings(&mut *tx, until).await?.into_iter();
    Ok(rows
        .map(|row| Reminder {
            series: Series::Meeting,
            kind: EventKind::ReminderMeeting,
            space: row.space_id,
            zone: row.zone,
            call: row.call_ref,
            council: Some(row.council_id),
            subject: row.reference,
            date: row.planned_on,
            since: row.updated_at,
            data: json!({ "planned": row.planned_on.to_string() }),
        })
        .collect())
}

async fn of_dues(tx: &mut Tx, until: Date) -> Result<Vec<Reminder>, Error> {
    let mut all = Vec::new();
    for row in funds::overdue(&mut *tx, None, until).await? {
        let currency = Currency::from_code(&row.currency).map_err(anyhow::Error::from)?;
        let amount = Amount::from_minor(row.owed).to_decimal(currency);
        all.push(Reminder {
            series: Series::Due,
            kind: EventKind::ReminderDue,
            space: row.space_id,
            zone: row.zone,
            call: row.call_ref,
            council: Some(row.council_id),
            subject: row.reference,
            date: row.due_on,
            since: row.issued_at.unwrap_or_default(),
            data: json!({
                "due": row.due_on.to_string(), "amount": amount, "currency": row.currency,
            }),
        });
    }
    Ok(all)
}
