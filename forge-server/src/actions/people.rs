//! Accounts: created, changed, disabled.

use forge_domain::{
    Id,
    access::{Deed, Holder, Resource, Visibility},
    id,
    names::{DisplayName, Email, Slug},
};
use forge_messages::Locale;
use forge_store::{
    Tx, invitations,
    owners::{self, OwnerKind},
    people::{self, NewPerson, Person},
    sessions, tokens,
};
use serde_json::json;

use super::{Action, Context, fields::Fields};
use crate::{
    app::Via,
    error::{Error, Refusal},
};

/// An account to make. The password is hashed before the act, which may run twice.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The name in addresses.
    pub login: String,
    /// The name people write.
    pub name: String,
    /// The professional address.
    pub email: String,
    /// The hash of the password; none for who signs in by a provider.
    pub password_hash: Option<String>,
}

/// Makes an administrator: by a one-time link, or by a command on the server itself.
#[derive(Debug, Clone)]
pub struct CreateAdministrator {
    /// The hash of the link's secret; none for the command.
    pub link: Option<Vec<u8>>,
    /// The account.
    pub account: NewAccount,
}

impl Action for CreateAdministrator {
    const DEED: Deed = Deed::AdministerPeople;
    type Output = Id<id::Person>;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Id<id::Person>, Error> {
        // The table of rights asks for an administrator; before the first one, what counts is
        // the link that was printed on the server's own console, or being at that console.
        let link = match &self.link {
            Some(hash) => {
                let open = invitations::open(&mut *tx, hash, cx.now).await?;
                let open = open.filter(|open| open.kind == "administrator");
                Some(open.ok_or(Error::refused("invitation_over"))?)
            }
            None if cx.by.via == Via::Command => None,
            None => return Err(Error::NotFound),
        };
        let person = create(tx, cx, &self.account, true).await?;
        if let Some(link) = link {
            use_link(tx, cx, link.id, person).await?;
        }
        cx.record(person.to_string(), json!({ "created": { "administrator": true } }));
        Ok(person)
    }
}

/// Makes the signed-in person an administrator, by a one-time link: where people sign in by a
/// provider, there is no account to make.
#[derive(Debug, Clone)]
pub struct BecomeAdministrator {
    /// The hash of the link's secret.
    pub link: Vec<u8>,
}

impl Action for BecomeAdministrator {
    const DEED: Deed = Deed::ManageOwnAccount;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let person = cx.person()?;
        cx.allow(&own(person))?;
        let open = invitations::open(&mut *tx, &self.link, cx.now).await?;
        let open = open.filter(|open| open.kind == "administrator");
        let link = open.ok_or(Error::refused("invitation_over"))?;
        people::set_administrator(&mut *tx, person).await?;
        use_link(tx, cx, link.id, person).await?;
        cx.record(person.to_string(), json!({ "after": { "administrator": true } }));
        Ok(())
    }
}

/// Makes an account that is not an administrator's.
#[derive(Debug, Clone)]
pub struct CreatePerson {
    /// The account.
    pub account: NewAccount,
}

impl Action for CreatePerson {
    const DEED: Deed = Deed::AdministerPeople;
    type Output = Id<id::Person>;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Id<id::Person>, Error> {
        cx.allow(&Resource::instance())?;
        let person = create(tx, cx, &self.account, false).await?;
        cx.record(person.to_string(), json!({ "created": { "administrator": false } }));
        Ok(person)
    }
}

/// Disables an account: its sessions and tokens end at once, what it did stays.
#[derive(Debug, Clone)]
pub struct DisablePerson {
    /// Whose.
    pub login: Slug,
}

impl Action for DisablePerson {
    const DEED: Deed = Deed::AdministerPeople;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        cx.allow(&Resource::instance())?;
        let person = by_login(tx, &self.login).await?;
        // A command acts in the name of the oldest administrator, who is not asked.
        if Some(person.id) == cx.by.actor.person && cx.by.via != Via::Command {
            return Err(Error::Conflict(Refusal::new("disable_oneself")));
        }
        people::set_status(&mut *tx, person.id, "disabled").await?;
        if people::administrators(&mut *tx).await? == 0 {
            return Err(Error::Conflict(Refusal::new("last_administrator")));
        }
        let sessions = sessions::delete_of(&mut *tx, person.id).await?;
        let tokens = tokens::revoke_all(&mut *tx, person.id, cx.now).await?;
        let ended = json!({ "sessions": sessions, "tokens": tokens });
        cx.record(person.id.to_string(), json!({ "after": "disabled", "ended": ended }));
        Ok(())
    }
}

/// Lets a disabled account sign in again; its tokens stay revoked.
#[derive(Debug, Clone)]
pub struct EnablePerson {
    /// Whose.
    pub login: Slug,
}

impl Action for EnablePerson {
    const DEED: Deed = Deed::AdministerPeople;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        cx.allow(&Resource::instance())?;
        let person = by_login(tx, &self.login).await?;
        people::set_status(&mut *tx, person.id, "active").await?;
        cx.record(person.id.to_string(), json!({ "after": "active" }));
        Ok(())
    }
}

/// Gives oneself a new password. Every other session ends.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    /// The hash of the new one.
    pub password_hash: String,
    /// The hash of the session that stays.
    pub kept_session: Option<Vec<u8>>,
    /// Whether tokens end too.
    pub end_tokens: bool,
}

impl Action for ChangePassword {
    const DEED: Deed = Deed::ManageOwnAccount;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let person = cx.person()?;
        cx.allow(&own(person))?;
        people::set_password(&mut *tx, person, &self.password_hash).await?;
        match &self.kept_session {
            Some(kept) => sessions::delete_others(&mut *tx, person, kept).await?,
            None => sessions::delete_of(&mut *tx, person).await?,
        };
        if self.end_tokens {
            tokens::revoke_all(&mut *tx, person, cx.now).await?;
        }
        cx.record(person.to_string(), json!({ "changed": ["password"] }));
        Ok(())
    }
}

/// Changes one's own name and language.
#[derive(Debug, Clone)]
pub struct EditAccount {
    /// The name people write.
    pub name: String,
    /// The language to read; the browser's where empty.
    pub locale: String,
}

impl Action for EditAccount {
    const DEED: Deed = Deed::ManageOwnAccount;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let person = cx.person()?;
        cx.allow(&own(person))?;
        let mut fields = Fields::default();
        let name = fields.take("name", self.name.parse::<DisplayName>());
        let locale = fields.take("locale", locale(&self.locale));
        let (name, locale) = fields.end(name.zip(locale))?;
        people::edit(&mut *tx, person, name.as_str(), locale).await?;
        cx.record(person.to_string(), json!({ "changed": ["name", "locale"] }));
        Ok(())
    }
}

/// What is a person's own: their account and their tokens.
pub(super) fn own(person: Id<id::Person>) -> Resource {
    Resource::new(Holder::Person(person), Visibility::Council)
}

/// The person with a login.
pub(super) async fn by_login(tx: &mut Tx, login: &Slug) -> Result<Person, Error> {
    let owner = owners::by_slug(&mut *tx, login).await?;
    let owner = owner.filter(|owner| owner.kind == OwnerKind::Person).ok_or(Error::NotFound)?;
    people::by_id(&mut *tx, Id::new(owner.id)).await?.ok_or(Error::NotFound)
}

/// Makes an account's rows.
pub(super) async fn create(
    tx: &mut Tx,
    cx: &Context<'_>,
    account: &NewAccount,
    forge_admin: bool,
) -> Result<Id<id::Person>, Error> {
    let mut fields = Fields::default();
    let login = fields.take("login", Slug::for_owner(&account.login));
    let name = fields.take("name", account.name.parse::<DisplayName>());
    let email = fields.take("email", account.email.parse::<Email>());
    let (login, (name, email)) = fields.end(login.zip(name.zip(email)))?;
    free(tx, "login", &login).await?;
    let email = email.as_str().to_lowercase();
    if people::is_email_taken(&mut *tx, &email).await? {
        return Err(Error::Conflict(Refusal::field("email", "email_taken")));
    }
    let id = cx.new_id();
    owners::insert(&mut *tx, id.uuid(), &login, OwnerKind::Person).await?;
    let person = NewPerson {
        id,
        name: name.as_str(),
        email: &email,
        password_hash: account.password_hash.clone(),
        forge_admin,
        created_at: cx.now,
    };
    people::insert(&mut *tx, person).await?;
    Ok(id)
}

/// Refuses an address at the root that is taken, or that reads like one that is.
pub(super) async fn free(tx: &mut Tx, field: &'static str, slug: &Slug) -> Result<(), Error> {
    if owners::is_taken(&mut *tx, slug).await? {
        return Err(Error::Conflict(Refusal::field(field, "name_taken")));
    }
    Ok(())
}

/// Uses a one-time link up.
pub(super) async fn use_link(
    tx: &mut Tx,
    cx: &Context<'_>,
    link: Id<id::Invitation>,
    person: Id<id::Person>,
) -> Result<(), Error> {
    if invitations::mark_used(&mut *tx, link, person, cx.now).await? {
        Ok(())
    } else {
        Err(Error::refused("invitation_over"))
    }
}

fn locale(text: &str) -> Result<Option<&'static str>, &'static str> {
    match text {
        "" => Ok(None),
        text => Locale::from_tag(text).map(|locale| Some(locale.tag())).ok_or("locale_unknown"),
    }
}
