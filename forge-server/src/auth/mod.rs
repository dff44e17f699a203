//! From a cookie, a token or a password to an [`Actor`]: every door asks here, and nowhere else.

pub mod csrf;
pub mod holder;
pub mod module;
pub mod password;
pub mod secret;
pub mod session;
pub mod token;
pub mod viewer;

use forge_domain::{
    Id,
    access::{Actor, HeldRole, TokenScope},
    id,
};
use forge_store::people;

pub use viewer::{ApiCaller, Viewer};

use crate::{app::App, error::Error};

/// Makes the actor of an active person: their roles at this instant, within a token's scope.
pub async fn actor_of(
    app: &App,
    person: &people::Person,
    scope: TokenScope,
) -> Result<Actor, Error> {
    let held = people::roles_at(&app.db, person.id, app.clock.now()).await?;
    let roles = held
        .into_iter()
        .map(|held| HeldRole { council: held.council_id, role: held.role })
        .collect();
    Ok(Actor { person: Some(person.id), forge_admin: person.forge_admin, roles, scope })
}

/// The person behind an id, while they are active.
pub async fn active_person(app: &App, id: Id<id::Person>) -> Result<Option<people::Person>, Error> {
    let person = people::by_id(&app.db, id).await?;
    Ok(person.filter(|person| person.status == "active"))
}
