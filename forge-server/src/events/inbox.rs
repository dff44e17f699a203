//! What stands in a person's inbox: what they were told, as long as they may still read it.

use forge_domain::{
    Id, id,
    notices::{MailChoice, Topic},
};
use forge_store::{
    events::{self, Event},
    notices,
};

use super::audience;
use crate::{app::App, error::Error, funding::Reader};

/// One line of an inbox.
#[derive(Debug, Clone)]
pub struct Told {
    /// What happened.
    pub event: Event,
    /// Whether it was read.
    pub read: bool,
}

/// A part of a person's inbox, newest first. What they may no longer read since they lost a role
/// is left out, so a part may be short.
pub async fn part(
    app: &App,
    person: Id<id::Person>,
    (most, skip): (i64, i64),
) -> Result<Vec<Told>, Error> {
    let now = app.clock.now();
    let mut told = Vec::new();
    for notice in notices::of_person(&app.db, person, (most, skip)).await? {
        let Some(event) = events::by_id(&app.db, notice.event_id).await? else { continue };
        if audience::hears(&mut Reader::Db(&app.db), &event, person, now).await? {
            told.push(Told { event, read: notice.read_at.is_some() });
        }
    }
    Ok(told)
}

/// When mail goes out to a person, topic by topic.
pub async fn choices(app: &App, person: Id<id::Person>) -> Result<Vec<(Topic, MailChoice)>, Error> {
    let chosen = notices::choices(&app.db, person).await?;
    let of = |topic: Topic| {
        let chosen = chosen.iter().find(|choice| choice.topic == topic);
        (topic, chosen.map_or(topic.by_default(), |choice| choice.mail))
    };
    Ok(Topic::ALL.iter().copied().map(of).collect())
}
