//! Erasing a person: their row goes, and with it the only place that has their name and address.
//!
//! What they did stays, under an identifier that now leads to nobody: the ledger and the audit log
//! never held anything else, so nothing of what is hashed changes (domain.md §e).

use forge_domain::{
    access::{Deed, Resource},
    names::Slug,
};
use forge_store::{
    Tx, invitations, mandates, modules, notices, owners,
    people::{self, Person},
    roles, sessions, tokens,
};
use serde_json::json;

use super::{
    Action, Context,
    people::{by_login, own},
};
use crate::{
    app::Via,
    error::{Error, Refusal},
};

/// Erases one's own account. The login is typed again, so that nobody does it by one click.
#[derive(Debug, Clone)]
pub struct EraseOwnAccount {
    /// What was typed.
    pub login: String,
}

impl Action for EraseOwnAccount {
    const DEED: Deed = Deed::ManageOwnAccount;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let id = cx.person()?;
        cx.allow(&own(id))?;
        let person = people::by_id(&mut *tx, id).await?.ok_or(Error::SignIn)?;
        erase(tx, cx, &person, &self.login).await
    }
}

/// Erases somebody's account, for whoever administers the forge.
#[derive(Debug, Clone)]
pub struct ErasePerson {
    /// Whose.
    pub login: Slug,
    /// The same, typed again.
    pub confirmation: String,
}

impl Action for ErasePerson {
    const DEED: Deed = Deed::AdministerPeople;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        cx.allow(&Resource::instance())?;
        let person = by_login(tx, &self.login).await?;
        // One's own account asks for a recent proof of who one is, which is asked elsewhere.
        if Some(person.id) == cx.by.actor.person && cx.by.via != Via::Command {
            return Err(Error::Conflict(Refusal::new("erase_oneself")));
        }
        erase(tx, cx, &person, &self.confirmation).await
    }
}

async fn erase(
    tx: &mut Tx,
    cx: &Context<'_>,
    person: &Person,
    confirmation: &str,
) -> Result<(), Error> {
    if confirmation.trim() != person.slug {
        return Err(Error::Refused(Refusal::field("login", "login_not_repeated")));
    }
    if modules::any_of(&mut *tx, person.id.uuid()).await? {
        return Err(Error::Conflict(Refusal::new("owns_modules")));
    }
    let roles = roles::end_all(&mut *tx, person.id, cx.now).await?;
    let mandates = mandates::revoke_everywhere(&mut *tx, person.id, cx.now).await?;
    let sessions = sessions::delete_of(&mut *tx, person.id).await?;
    let tokens = tokens::delete_of(&mut *tx, person.id).await?;
    invitations::forget_address(&mut *tx, &person.email).await?;
    notices::forget(tx, person.id).await?;
    people::delete_identities(&mut *tx, person.id).await?;
    people::delete(&mut *tx, person.id).await?;
    owners::release(&mut *tx, person.id.uuid()).await?;
    if people::administrators(&mut *tx).await? == 0 {
        return Err(Error::Conflict(Refusal::new("last_administrator")));
    }
    let ended = json!({
        "roles": roles, "mandates": mandates, "sessions": sessions, "tokens": tokens
    });
    cx.record(person.id.to_string(), json!({ "after": "erased", "ended": ended }));
    Ok(())
}
