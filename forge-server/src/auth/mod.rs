//! From a cookie, a token or a password to an [`Actor`]: every door asks here, and nowhere else.

pub mod asked;
pub mod console;
pub mod csrf;
pub mod holder;
pub mod limits;
pub mod local;
pub mod module;
pub mod oidc;
pub mod password;
pub mod peer;
pub mod secret;
pub mod session;
pub mod token;
pub mod viewer;

use forge_domain::{
    Id,
    access::{Actor, HeldRole, TokenScope},
    id,
};
use forge_store::{StoreError, Tx, people, tokens};
use jiff::Timestamp;

pub use viewer::{ApiCaller, Viewer};

use crate::{
    app::{App, By},
    error::Error,
};

/// Makes the actor of an active person: their roles at this instant, within a token's scope.
pub async fn actor_of(
    app: &App,
    person: &people::Person,
    scope: TokenScope,
) -> Result<Actor, Error> {
    let roles = held(people::roles_at(&app.db, person.id, app.clock.now()).await?);
    Ok(Actor { person: Some(person.id), forge_admin: person.forge_admin, roles, scope })
}

/// The actor as they are now, read inside an act: a push may take an hour, and a right, a token
/// or an account may have ended meanwhile.
///
/// # Errors
/// [`Error::SignIn`] where the account or the token has ended.
pub async fn actor_again(tx: &mut Tx, by: &By, now: Timestamp) -> Result<Actor, Error> {
    let Some(id) = by.actor.person else { return Ok(Actor::visitor()) };
    let person = people::by_id(&mut *tx, id).await?;
    let person = person.filter(|person| person.status == "active").ok_or(Error::SignIn)?;
    if let Some(token) = by.token
        && !tokens::is_living(&mut *tx, token, now).await?
    {
        return Err(Error::SignIn);
    }
    let roles = held(people::roles_at(&mut *tx, id, now).await?);
    Ok(Actor { person: Some(id), forge_admin: person.forge_admin, roles, scope: by.actor.scope })
}

fn held(roles: Vec<people::Role>) -> Vec<HeldRole> {
    let held = |role: people::Role| HeldRole { council: role.council_id, role: role.role };
    roles.into_iter().map(held).collect()
}

/// The person behind an id, while they are active.
pub async fn active_person(app: &App, id: Id<id::Person>) -> Result<Option<people::Person>, Error> {
    let person = people::by_id(&app.db, id).await?;
    Ok(person.filter(|person| person.status == "active"))
}

/// The last use of a token or a session was written, or the next use will: two at the same moment
/// say the same, and who only reads does not fail because somebody writes.
fn noted(written: Result<(), StoreError>) -> Result<(), StoreError> {
    written.or_else(|error| if error.is_transient() { Ok(()) } else { Err(error) })
}
