//! One-time links: made, taken back, accepted.

use forge_domain::{
    Id,
    access::{Deed, Resource, Role},
    id,
    names::{Email, Slug},
};
use forge_store::{
    Tx,
    invitations::{self, Invitation, NewInvitation},
    people as people_store,
    roles::{self, NewRole},
};
use jiff::{Timestamp, ToSpan as _};
use serde_json::json;

use super::{
    Action, Context, councils,
    fields::Fields,
    people::{self, NewAccount},
};
use crate::{
    app::Via,
    auth::secret,
    error::{Error, Refusal},
};

/// For how many days a link works where nothing is said.
pub const DAYS_DEFAULT: i64 = 7;
/// The most days a link works.
pub const DAYS_MAX: i64 = 30;
/// An administrator's link works for a day: the console prints a new one at each start.
const ADMINISTRATOR_HOURS: i64 = 24;

/// A link, told once.
#[derive(Debug, Clone)]
pub struct Link {
    /// What is kept of it.
    pub invitation: Invitation,
    /// The secret at the end of its address.
    pub secret: String,
}

/// Makes a link that gives a role in a council to whoever opens it first.
#[derive(Debug, Clone)]
pub struct InviteToCouncil {
    /// Into which council.
    pub council: Slug,
    /// The role it gives. A signatory is named, not invited.
    pub role: Role,
    /// Whom it is meant for: then it serves that address only.
    pub email: String,
    /// For how many days it works.
    pub days: i64,
}

impl Action for InviteToCouncil {
    const DEED: Deed = Deed::InvitePerson;
    type Output = Link;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Link, Error> {
        let council = councils::by_slug(tx, &self.council).await?;
        cx.allow(&councils::resource(&council))?;
        if self.role == Role::Signatory {
            return Err(Error::Refused(Refusal::field("role", "invite_signatory")));
        }
        let mut wrong = Fields::default();
        let email = match self.email.trim() {
            "" => Some(None),
            text => wrong.take("email", text.parse::<Email>()).map(Some),
        };
        let days = if (1..=DAYS_MAX).contains(&self.days) { Ok(self.days) } else { Err("days") };
        let days = wrong.take("days", days);
        let (email, days) = wrong.end(email.zip(days))?;
        let email = email.map(|email| email.as_str().to_lowercase());
        let into = Some((council.id, self.role));
        let expires_at = cx.now + (days * 24).hours();
        let link = make(tx, cx, into, email.as_deref(), expires_at).await?;
        let detail = json!({
            "invited": self.role.name(), "invitation": link.invitation.id.to_string(),
            "until": expires_at.to_string(),
        });
        cx.record_for(council.id, council.slug, detail);
        Ok(link)
    }
}

/// Takes back an invitation into a council that was not used yet.
#[derive(Debug, Clone)]
pub struct WithdrawInvitation {
    /// Into which council: an invitation into another one is not found.
    pub council: Slug,
    /// The invitation.
    pub invitation: Id<id::Invitation>,
}

impl Action for WithdrawInvitation {
    const DEED: Deed = Deed::InvitePerson;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let council = councils::by_slug(tx, &self.council).await?;
        cx.allow(&councils::resource(&council))?;
        let found = invitations::by_id(&mut *tx, self.invitation).await?;
        let found =
            found.filter(|found| found.council_id == Some(council.id)).ok_or(Error::NotFound)?;
        invitations::withdraw(&mut *tx, found.id, cx.now).await?;
        let detail = json!({ "withdrawn": found.id.to_string() });
        cx.record_for(council.id, council.slug, detail);
        Ok(())
    }
}

/// Makes a link by which someone becomes an administrator: on the server's own console, or by an
/// administrator. The console's earlier links end.
#[derive(Debug, Clone)]
pub struct InviteAdministrator;

impl Action for InviteAdministrator {
    const DEED: Deed = Deed::AdministerPeople;
    type Output = Link;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Link, Error> {
        // Whoever runs a command on the server holds its data already.
        if cx.by.via != Via::Command {
            cx.allow(&Resource::instance())?;
        }
        if cx.by.actor.person.is_none() {
            invitations::withdraw_administrators(&mut *tx, cx.now).await?;
        }
        let link = make(tx, cx, None, None, cx.now + ADMINISTRATOR_HOURS.hours()).await?;
        cx.record("forge", json!({ "invited": "administrator" }));
        Ok(link)
    }
}

async fn make(
    tx: &mut Tx,
    cx: &Context<'_>,
    into: Option<(Id<id::Council>, Role)>,
    email: Option<&str>,
    expires_at: Timestamp,
) -> Result<Link, Error> {
    let secret = secret::secret()?;
    let id = cx.new_id();
    let new = NewInvitation {
        id,
        token_hash: &secret::digest(&secret),
        into,
        email,
        created_by: cx.by.actor.person,
        created_at: cx.now,
        expires_at,
    };
    invitations::insert(&mut *tx, new).await?;
    let invitation = invitations::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)?;
    Ok(Link { invitation, secret })
}

/// Accepts an invitation into a council: the signed-in person, or a new account.
#[derive(Debug, Clone)]
pub struct AcceptInvitation {
    /// The hash of the link's secret.
    pub link: Vec<u8>,
    /// The account to make, where nobody is signed in.
    pub account: Option<NewAccount>,
}

impl Action for AcceptInvitation {
    const DEED: Deed = Deed::ManageOwnAccount;
    type Output = Id<id::Person>;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Id<id::Person>, Error> {
        let over = || Error::refused("invitation_over");
        let open = invitations::open(&mut *tx, &self.link, cx.now).await?.ok_or_else(over)?;
        let (Some(council), Some(role)) = (open.council_id, open.role) else { return Err(over()) };
        let (person, email) = match (cx.by.actor.person, &self.account) {
            (Some(person), _) => {
                cx.allow(&people::own(person))?;
                let row = people_store::by_id(&mut *tx, person).await?.ok_or(Error::NotFound)?;
                (person, row.email)
            }
            (None, None) => return Err(Error::SignIn),
            (None, Some(account)) => {
                // The link stands for the right that the table cannot give to nobody.
                let person = people::create(tx, cx, account, false).await?;
                (person, account.email.trim().to_lowercase())
            }
        };
        if open.email.is_some_and(|meant| meant != email) {
            return Err(Error::Refused(Refusal::field("email", "invitation_for_other")));
        }
        people::use_link(tx, cx, open.id, person).await?;
        if roles::held(&mut *tx, (person, council), role, cx.now).await? == 0 {
            let new = NewRole {
                id: cx.new_id(),
                person,
                council,
                role,
                valid_from: cx.now,
                valid_until: None,
                granted_by: open.created_by,
            };
            roles::insert(&mut *tx, new).await?;
        }
        let detail = json!({ "invitation": open.id.to_string(), "granted": role.name() });
        cx.record_for(council, person.to_string(), detail);
        Ok(person)
    }
}
