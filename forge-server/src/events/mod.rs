//! What happened, told on: written in the transaction of the act that caused it, spread by a job
//! (domain.md §c18).

pub mod audience;
pub mod digest;
pub mod forget;
pub mod inbox;
pub mod letter;
pub mod remind;
pub mod spread;
pub mod unsubscribe;
pub mod wording;

use forge_domain::{
    Id, id,
    notices::{EventKind, EventVisibility},
};
use forge_store::{Tx, events, jobs, spaces::Space};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    actions::{Context, id_at},
    app::App,
    error::Error,
    funding::CallBook,
};

/// The kind of the job that spreads an event; its key is the event's id.
pub const SPREAD: &str = "events.spread";

/// The kind of the job that sends a letter; its key is the letter's id.
pub const SEND: &str = "letter.send";
/// The kind of the job that writes the letters of the day.
pub const DIGEST: &str = "notices.digest";
/// The kind of the job that looks for what people are to be reminded of.
pub const REMIND: &str = "events.remind";
/// The kind of the job that forgets what is no longer kept.
pub const FORGET: &str = "events.forget";
/// The key of a job that comes back every day.
pub const EVERY_DAY: &str = "every_day";

/// Sets the alarms of what comes back every day, where they are not set.
///
/// # Errors
/// The store.
pub async fn set_alarms(app: &App) -> Result<(), Error> {
    let mut tx = app.begin_in_turn().await?;
    digest::set_alarm(&mut tx, &app.config.zone, app.clock.now()).await?;
    remind::set_alarm(&mut tx, &app.config.zone, app.clock.now()).await?;
    forget::set_alarm(&mut tx, &app.config.zone, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event<'a> {
    /// What.
    pub kind: EventKind,
    /// In which space.
    pub space: Id<id::Space>,
    /// Around which call.
    pub call: Option<&'a str>,
    /// The council it is about.
    pub council: Option<Id<id::Council>>,
    /// What it is about, such as `PLG-2026-0031`.
    pub subject: &'a str,
    /// Amounts as decimal text, dates and titles: never a person's name or address.
    pub data: Value,
    /// Whether only the councils of the space may read it, whatever its kind says.
    pub members_only: bool,
    /// What tells it from others of its kind and subject, such as a version: empty where it
    /// happens once.
    pub nth: String,
}

impl<'a> Event<'a> {
    /// Something that happened to a call.
    pub fn on_call(book: &'a CallBook, kind: EventKind) -> Self {
        let reference = book.call.reference.as_str();
        let call = Some(reference);
        Self { call, ..Self::new(kind, book.call.space_id, reference) }
    }

    /// Something that happened in a space.
    pub fn in_space(space: &'a Space, kind: EventKind) -> Self {
        Self::new(kind, space.id, &space.slug)
    }

    fn new(kind: EventKind, space: Id<id::Space>, subject: &'a str) -> Self {
        Self {
            kind,
            space,
            call: None,
            council: None,
            subject,
            data: json!({}),
            members_only: false,
            nth: String::new(),
        }
    }

    /// The same of one council.
    #[must_use]
    pub fn of(self, council: Id<id::Council>) -> Self {
        Self { council: Some(council), ..self }
    }

    /// The same about one thing, such as a pledge.
    #[must_use]
    pub fn about(self, subject: &'a str) -> Self {
        Self { subject, ..self }
    }

    /// The same, and more about it.
    #[must_use]
    pub fn saying(self, data: Value) -> Self {
        Self { data, ..self }
    }

    /// One of several of its kind about the same thing.
    #[must_use]
    pub fn nth(self, nth: impl ToString) -> Self {
        Self { nth: nth.to_string(), ..self }
    }

    fn visibility(&self) -> EventVisibility {
        if self.members_only { EventVisibility::Members } else { self.kind.visibility() }
    }

    fn key(&self) -> String {
        let mut key = format!("{}:{}", self.subject, self.kind);
        if !self.nth.is_empty() {
            key.push(':');
            key.push_str(&self.nth);
        }
        key
    }
}

/// Says that something happened, in the transaction of the act: whoever follows it is told once
/// that is durable, and never where the act is undone. What was said already is not said again;
/// the answer is whether it was new.
pub async fn emit(tx: &mut Tx, cx: &Context<'_>, event: Event<'_>) -> Result<bool, Error> {
    let moment = Moment { now: cx.now, actor: cx.by.actor.person.map(Id::uuid) };
    emit_at(tx, moment, event).await
}

/// When something happened, and who did it.
#[derive(Debug, Clone, Copy)]
struct Moment {
    now: Timestamp,
    actor: Option<Uuid>,
}

async fn emit_at(tx: &mut Tx, moment: Moment, event: Event<'_>) -> Result<bool, Error> {
    let Moment { now, actor } = moment;
    let id = id_at(now);
    let new = events::NewEvent {
        id,
        at: now,
        kind: event.kind,
        space: event.space,
        call: event.call,
        council: event.council,
        subject: event.subject,
        data: event.data.to_string(),
        visibility: event.visibility(),
        key: &event.key(),
        actor,
    };
    let is_new = events::append(&mut *tx, new).await?;
    if is_new {
        let job = (SPREAD, &*id.to_string());
        jobs::queue(&mut *tx, id_at(now), job, "{}", now, now).await?;
    }
    Ok(is_new)
}
