//! Letters: what is written to a person, about one event or a day's.

use std::{collections::BTreeMap, fmt::Write as _};

use forge_domain::{Id, id};
use forge_messages::{Arg, Locale};
use forge_store::{
    events::{self, Event},
    jobs::{self, Job},
    notices::{self, Letter, LetterEnd},
    people::{self, Person},
};
use sha2::{Digest as _, Sha256};

use super::{
    audience,
    unsubscribe::{self, Ending},
    wording,
};
use crate::{
    app::App,
    auth::secret::hex,
    error::Error,
    funding::Reader,
    mail::{MailError, Post},
};

/// Sends the letter the job names: at least once, and recognisable where it comes twice.
///
/// # Errors
/// What the mail server refuses: the job is tried again later.
pub async fn perform(app: &App, job: &Job) -> Result<(), Error> {
    let id: Id<id::Letter> = job.key.parse().map_err(anyhow::Error::from)?;
    let letter = notices::letter(&app.db, id).await?;
    let mut end = LetterEnd::Dropped;
    if let Some(letter) = letter.filter(|letter| letter.state == "waiting")
        && let Some(post) = write(app, &letter).await?
    {
        match app.mailer.send(post).await {
            Ok(()) => end = LetterEnd::Sent,
            Err(error @ MailError::Refused(_)) => return give_up(app, job, &error).await,
            Err(error) => return Err(anyhow::Error::from(error).into()),
        }
    }
    let mut tx = app.begin_in_turn().await?;
    let now = app.clock.now();
    jobs::finish(&mut tx, job.id, now).await?;
    notices::end(&mut tx, id, end, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Leaves the letter to an administrator, who sees it with the reason.
async fn give_up(app: &App, job: &Job, error: &MailError) -> Result<(), Error> {
    tracing::warn!(job.kind, job.key, %error, "a letter is given up");
    let mut tx = app.begin_in_turn().await?;
    jobs::put_off(&mut tx, job.id, &error.to_string(), None).await?;
    tx.commit().await?;
    Ok(())
}

/// The message; none where nobody is left to read it, or nothing they may still read.
async fn write(app: &App, letter: &Letter) -> Result<Option<Post>, Error> {
    let person = people::by_id(&app.db, letter.person_id).await?;
    let person = person.filter(|person| person.status == "active" && app.mailer.is_set());
    let Some(person) = person else { return Ok(None) };
    let mut told = Vec::new();
    for event in notices::told_in(&app.db, letter.id).await? {
        let Some(event) = events::by_id(&app.db, event).await? else { continue };
        let now = app.clock.now();
        if audience::hears(&mut Reader::Db(&app.db), &event, person.id, now).await? {
            told.push(event);
        }
    }
    let Some(first) = told.first() else { return Ok(None) };
    let locale = person.locale.as_deref().and_then(Locale::from_tag);
    let locale = locale.unwrap_or(app.config.locale);
    let alone = letter.kind == "event";
    let topic = alone.then(|| first.kind.topic());
    let ending = unsubscribe::token(app, Ending { person: person.id, topic })?;
    let unsubscribe = format!("{}/-/unsubscribe/{ending}", app.public_url);
    Ok(Some(Post {
        subject: if alone { subject(app, locale, first) } else { subjects(app, locale, &told) },
        text: text(app, locale, &told, &unsubscribe),
        id: hex(&Sha256::digest(letter.key.as_bytes())[..16]),
        thread: alone.then(|| thread(first)),
        unsubscribe: Some(unsubscribe),
        to: of(person),
    }))
}

fn of(person: Person) -> String {
    person.email
}

/// What events of one call, or of one space, have in common.
fn thread(event: &Event) -> String {
    event.call_ref.as_deref().unwrap_or(&event.space_slug).to_lowercase()
}

fn subject(app: &App, locale: Locale, event: &Event) -> String {
    let about = event.call_ref.as_deref().unwrap_or(&event.space_title);
    let line = wording::line(app, locale, event).text;
    let args = [("about", Arg::from(about)), ("text", Arg::from(line))];
    app.themes.messages().text(locale, "mail-event-subject", &args)
}

fn subjects(app: &App, locale: Locale, told: &[Event]) -> String {
    let args = [("site", Arg::from(app.config.site_name.as_str())), ("n", Arg::from(told.len()))];
    app.themes.messages().text(locale, "mail-digest-subject", &args)
}

/// The text: what happened, call by call, and how to hear less.
fn text(app: &App, locale: Locale, told: &[Event], unsubscribe: &str) -> String {
    let say = |key: &str, args: &[(&str, Arg<'_>)]| app.themes.messages().text(locale, key, args);
    let mut threads: BTreeMap<String, Vec<&Event>> = BTreeMap::new();
    for event in told {
        threads.entry(thread(event)).or_default().push(event);
    }
    let mut text = say("mail-greeting", &[]);
    text.push('\n');
    for events in threads.values() {
        let Some(first) = events.first() else { continue };
        let title = match (&first.call_ref, &first.call_title) {
            (Some(call), Some(title)) => format!("{title} ({call})"),
            _ => first.space_title.clone(),
        };
        let _ = write!(text, "\n{title}\n");
        for event in events {
            let line = wording::line(app, locale, event);
            let _ = write!(text, "\n- {}\n  {}{}\n", line.text, app.public_url, line.href);
        }
    }
    let site = [("site", Arg::from(app.config.site_name.as_str()))];
    let choose = format!("{}/-/settings/notices", app.public_url);
    let _ = write!(text, "\n-- \n{}\n", say("mail-why", &site));
    let _ = writeln!(text, "{}", say("mail-choose", &[("url", Arg::from(choose))]));
    let _ = writeln!(text, "{}", say("mail-unsubscribe", &[("url", Arg::from(unsubscribe))]));
    text
}
