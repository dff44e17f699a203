//! Personal access tokens: forty hexadecimal characters, the form existing clients expect.

use forge_domain::{Id, id};
use forge_messages::Locale;
use forge_store::{StoreError, people, tokens};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{active_person, actor_of, secret};
use crate::{
    app::{App, By, Via},
    error::Error,
};

/// How often the last use of a token is written: a busy client must not write at every request.
const TOUCH_EVERY_SECONDS: i64 = 60;

/// A new token: 128 random bits and a 32-bit checksum, which lets a secret scanner tell a token
/// from any other forty hexadecimal characters (security.md A12).
pub fn generate() -> Result<String, Error> {
    let body = secret::random::<16>()?;
    Ok(secret::hex(&body) + &secret::hex(&checksum(&body)))
}

fn checksum(body: &[u8]) -> [u8; 4] {
    let digest = Sha256::digest(body);
    [digest[0], digest[1], digest[2], digest[3]]
}

/// Who a token speaks for; none where it is unknown, ended, or its person is not active.
pub async fn caller(
    app: &App,
    token: &str,
    via: Via,
) -> Result<Option<(By, people::Person)>, Error> {
    let now = app.clock.now();
    let Some(found) = tokens::living(&app.db, &secret::digest(token), now).await? else {
        return Ok(None);
    };
    let Some(person) = active_person(app, found.person_id).await? else { return Ok(None) };
    if found.used_at.is_none_or(|used| now.as_second() - used.as_second() > TOUCH_EVERY_SECONDS) {
        super::noted(touch(app, found.id, now).await)?;
    }
    let actor = actor_of(app, &person, found.scope).await?;
    // git and programs say nothing of a language: the account's, then the instance's.
    let chosen = person.locale.as_deref().and_then(Locale::from_tag);
    let locale = chosen.unwrap_or(app.config.locale);
    let by = By { actor, token: Some(found.id), via, locale, authenticated_at: None };
    Ok(Some((by, person)))
}

async fn touch(app: &App, token: Id<id::Token>, now: Timestamp) -> Result<(), StoreError> {
    let mut tx = app.db.begin(None).await?;
    tokens::touch(&mut tx, token, now).await?;
    tx.commit().await
}
