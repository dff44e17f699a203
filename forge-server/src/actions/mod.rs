//! Every write: one file per noun, one struct per verb.
//!
//! An act loads what it needs, asks the table of rights, asks the pure rules, writes rows and
//! queues jobs, all in the transaction that [`App::act`] opened. Pages, API, git, commands and
//! jobs all reach a deed through the same struct.

pub mod audit;
pub mod calls;
pub mod charters;
pub mod councils;
pub mod erasure;
pub mod evidence;
pub mod fields;
pub mod funds;
pub mod identities;
pub mod invitations;
pub mod mandates;
pub mod members;
pub mod milestones;
pub mod modules;
pub mod notices;
pub mod once;
pub mod people;
pub mod pledges;
pub mod pushes;
pub mod spaces;
pub mod statuses;
pub mod tokens;
pub mod votes;
pub mod webhooks;
pub mod work;

use std::{future::Future, sync::Mutex};

use forge_domain::{
    Id,
    access::{Actor, Deed, Resource, Verdict, judge},
    id,
};
use forge_store::Tx;
use jiff::Timestamp;
use uuid::{Timestamp as UuidTimestamp, Uuid};

use crate::{
    app::{App, By},
    error::{Error, Refusal},
};

/// Something that can be done.
pub trait Action: Sync {
    /// Its row in the table of rights.
    const DEED: Deed;
    /// What the doer gets back.
    type Output: Send;

    /// Does it. May run twice when transactions cross, so it touches the disk only in ways that
    /// can be repeated.
    fn run(
        &self,
        tx: &mut Tx,
        cx: &Context<'_>,
    ) -> impl Future<Output = Result<Self::Output, Error>> + Send;
}

/// What an act knows besides its own fields.
pub struct Context<'a> {
    /// The application.
    pub app: &'a App,
    /// Who acts.
    pub by: &'a By,
    /// The instant of the act; the only one it may use.
    pub now: Timestamp,
    deed: Deed,
    record: Mutex<audit::Record>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(app: &'a App, by: &'a By, deed: Deed) -> Self {
        Self { app, by, now: app.clock.now(), deed, record: Mutex::default() }
    }

    /// The person who acts.
    ///
    /// # Errors
    /// [`Error::SignIn`] where nobody is signed in.
    pub fn person(&self) -> Result<Id<id::Person>, Error> {
        self.by.actor.person.ok_or(Error::SignIn)
    }

    /// Asks the table of rights for the act's own deed.
    pub fn allow(&self, on: &Resource) -> Result<(), Error> {
        allow(&self.by.actor, self.deed, on)
    }

    /// A new identifier, ordered by the act's instant.
    pub fn new_id<T>(&self) -> Id<T> {
        id_at(self.now)
    }

    /// Says what the audit row is about, and what changed: never a secret, never a body.
    pub fn record(&self, subject: impl Into<String>, detail: serde_json::Value) {
        if let Ok(mut record) = self.record.lock() {
            *record = audit::Record { subject: subject.into(), detail, ..Default::default() };
        }
    }

    /// As [`Context::record`], in the name of a council.
    pub fn record_for(
        &self,
        council: Id<id::Council>,
        subject: impl Into<String>,
        detail: serde_json::Value,
    ) {
        if let Ok(mut record) = self.record.lock() {
            let council = Some(council);
            *record =
                audit::Record { subject: subject.into(), council, detail, ..Default::default() };
        }
    }

    /// As [`Context::record`], where each part of the act was refused: nothing was changed, and
    /// the act could say so in its output.
    pub fn record_refused(&self, subject: impl Into<String>, detail: serde_json::Value) {
        if let Ok(mut record) = self.record.lock() {
            let subject = subject.into();
            *record = audit::Record { subject, detail, refused: true, ..Default::default() };
        }
    }

    pub(crate) async fn write_audit(&self, tx: &mut Tx) -> Result<(), Error> {
        let record = self.record.lock().map(|record| record.clone()).unwrap_or_default();
        audit::write_done(tx, self.now, self.by, self.deed.name(), record).await
    }
}

/// A new identifier, ordered by its instant.
pub fn id_at<T>(now: Timestamp) -> Id<T> {
    let seconds = now.as_second().unsigned_abs();
    let nanos = now.subsec_nanosecond().unsigned_abs();
    Id::new(Uuid::new_v7(UuidTimestamp::from_unix(uuid::NoContext, seconds, nanos)))
}

/// Asks the one table of rights, and puts its verdict into the server's terms.
pub fn allow(actor: &Actor, deed: Deed, on: &Resource) -> Result<(), Error> {
    match judge(actor, deed, on) {
        Verdict::Yes => Ok(()),
        Verdict::NotFound => Err(Error::NotFound),
        Verdict::SignIn => Err(Error::SignIn),
        Verdict::No(denial) => {
            Err(Error::Forbidden(Refusal::new(denial.code()).arg("deed", deed.name())))
        }
    }
}
