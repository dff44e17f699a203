//! In whose name a command on the server acts: whoever runs it holds the data already, and the
//! audit log says that it came that way.

use forge_domain::{
    access::{Actor, TokenScope},
    names::Slug,
};
use forge_store::{owners, people};

use super::{active_person, actor_of};
use crate::{
    app::{App, By, Via},
    error::Error,
};

/// The oldest administrator; nobody before there is one.
pub async fn administrator(app: &App) -> Result<By, Error> {
    let actor = match people::first_administrator(&app.db).await? {
        Some(person) => actor_of(app, &person, TokenScope::Full).await?,
        None => Actor::visitor(),
    };
    Ok(by(app, actor))
}

/// The person with a login, to change what only they change.
pub async fn person(app: &App, login: &Slug) -> Result<By, Error> {
    let owner = owners::by_slug(&app.db, login).await?.ok_or(Error::NotFound)?;
    let person = active_person(app, forge_domain::Id::new(owner.id)).await?;
    let actor = actor_of(app, &person.ok_or(Error::NotFound)?, TokenScope::Full).await?;
    Ok(by(app, actor))
}

fn by(app: &App, actor: Actor) -> By {
    let authenticated_at = Some(app.clock.now());
    By { actor, token: None, via: Via::Command, locale: app.config.locale, authenticated_at }
}
