//! Spreads an event to those who follow it.

use std::collections::BTreeSet;

use forge_domain::{
    Id, id,
    notices::{MailChoice, Topic},
};
use forge_store::{
    Tx,
    events::{self, Event},
    jobs::{self, Job},
    notices,
};
use jiff::Timestamp;

use super::{SEND, audience};
use crate::{actions::id_at, app::App, error::Error, funding::Reader, webhooks};

/// Spreads the event the job names, once: what follows is queued in the transaction that marks
/// the job done.
pub async fn perform(app: &App, job: &Job) -> Result<(), Error> {
    let id: Id<id::Event> = job.key.parse().map_err(anyhow::Error::from)?;
    let now = app.clock.now();
    // Looked up before the turn is taken, so that no act waits for it: whoever loses a role until
    // they are told is not told, because that is asked again then.
    let event = events::by_id(&app.db, id).await?.ok_or(Error::NotFound)?;
    let told = audience::told(&mut Reader::Db(&app.db), &event, now).await?;
    let _turn = app.turn.lock().await;
    let mut tx = app.begin_in_turn().await?;
    if !jobs::finish(&mut tx, job.id, now).await? {
        tx.rollback().await?;
        return Ok(());
    }
    tell_people(app, &mut tx, (&event, told), now).await?;
    webhooks::enqueue(&mut tx, &event, now).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Puts the event into the inbox of everyone who is told, and writes to those who want it at once.
async fn tell_people(
    app: &App,
    tx: &mut Tx,
    (event, people): (&Event, BTreeSet<Id<id::Person>>),
    now: Timestamp,
) -> Result<(), Error> {
    for person in people {
        // Without a mail server there is only the inbox, and nothing piles up for the day one
        // is set.
        let mail = match app.config.mail {
            Some(_) => choice(tx, person, event.kind.topic()).await?,
            None => MailChoice::Never,
        };
        let named = (person, event.id);
        if !notices::tell(&mut *tx, named, mail, now).await? || mail != MailChoice::AtOnce {
            continue;
        }
        let letter = id_at(now);
        let key = format!("{}/{person}", event.key);
        if notices::insert(&mut *tx, (letter, person), ("event", &key), now).await? {
            notices::set_letter(&mut *tx, named, letter).await?;
            send(tx, (letter, &key), now).await?;
        }
    }
    Ok(())
}

/// Asks for a letter to be sent.
pub(super) async fn send(
    tx: &mut Tx,
    (letter, key): (Id<id::Letter>, &str),
    now: Timestamp,
) -> Result<(), Error> {
    let job = (SEND, &*letter.to_string());
    jobs::queue(&mut *tx, id_at(now), job, key, now, now).await?;
    Ok(())
}

/// When a person wants mail about a topic.
async fn choice(tx: &mut Tx, person: Id<id::Person>, topic: Topic) -> Result<MailChoice, Error> {
    let chosen = notices::choices(&mut *tx, person).await?;
    let chosen = chosen.into_iter().find(|choice| choice.topic == topic);
    Ok(chosen.map_or(topic.by_default(), |choice| choice.mail))
}
