//! How identity providers lead to accounts: (issuer, subject) is the key, and an address never is
//! (security.md A6 #90).

use forge_domain::{
    Id,
    access::{Deed, Role},
    id,
    names::{DisplayName, Email, Identifier, Slug},
};
use forge_store::{
    Tx,
    councils::{self, Council},
    owners, people,
    people::Person,
    roles::{self, NewRole},
};
use serde_json::json;

use super::{
    Action, Context,
    people::{NewAccount, create, own},
};
use crate::{
    auth::oidc::Profile,
    error::{Error, Refusal},
};

/// How many numbers are tried behind a login that is taken.
const NUMBERS: u32 = 99;

/// Finds or makes the account of whom a provider vouches for, and gives the role in the councils
/// that it names.
#[derive(Debug, Clone)]
pub struct SignInByProvider {
    /// Whom the provider vouches for.
    pub profile: Profile,
    /// The role the settings give in the councils of the profile.
    pub council_role: Role,
}

/// Where a provider's person belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Their account, which may be new.
    Account(Id<id::Person>),
    /// Another account has their address: they must sign in to it first.
    AddressTaken,
}

impl Action for SignInByProvider {
    const DEED: Deed = Deed::ManageOwnAccount;
    type Output = Found;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Found, Error> {
        let Profile { issuer, subject, .. } = &self.profile;
        let known = people::by_identity(&mut *tx, issuer, subject).await?;
        let (person, is_new) = match known {
            Some(person) if person.status == "active" => (person.id, false),
            Some(_) => return Err(Error::refused("account_disabled")),
            None => match self.make(tx, cx).await? {
                Some(person) => (person, true),
                None => return Ok(Found::AddressTaken),
            },
        };
        let granted = self.grant(tx, cx, person).await?;
        let detail = json!({ "signed_in_by": issuer, "new": is_new, "granted_in": granted });
        cx.record(person.to_string(), detail);
        Ok(Found::Account(person))
    }
}

impl SignInByProvider {
    /// Makes the account; none where its address is another one's.
    async fn make(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Option<Id<id::Person>>, Error> {
        let email = self.profile.email.as_deref().and_then(|email| email.parse::<Email>().ok());
        let email = email.ok_or(Error::refused("provider_no_email"))?;
        let email = email.as_str().to_lowercase();
        if people::is_email_taken(&mut *tx, &email).await? {
            return Ok(None);
        }
        let login = self.free_login(tx, &email).await?;
        let name = self.profile.name.as_deref().filter(|name| name.parse::<DisplayName>().is_ok());
        let name = name.unwrap_or(login.as_str()).to_owned();
        let login = login.as_str().to_owned();
        let account = NewAccount { login, name, email, password_hash: None };
        let person = create(tx, cx, &account, false).await?;
        let Profile { issuer, subject, .. } = &self.profile;
        people::insert_identity(&mut *tx, issuer, subject, person, cx.now).await?;
        Ok(Some(person))
    }

    /// A login like the one they have there, that nobody has here.
    async fn free_login(&self, tx: &mut Tx, email: &str) -> Result<Slug, Error> {
        let local = email.split('@').next().unwrap_or_default();
        let wished = [self.profile.username.as_deref(), Some(local), Some("agent")];
        for wish in wished.into_iter().flatten() {
            // Some providers call people by their address, some by a number with signs in it.
            let wish = slug_like(wish.split('@').next().unwrap_or_default());
            for number in 1..=NUMBERS {
                let login = if number == 1 { wish.clone() } else { format!("{wish}-{number}") };
                let Ok(login) = Slug::for_owner(&login) else { break };
                if !owners::is_taken(&mut *tx, &login).await? {
                    return Ok(login);
                }
            }
        }
        Err(Error::Conflict(Refusal::field("login", "name_taken")))
    }

    /// Gives the role in the verified councils of the profile; their addresses.
    async fn grant(
        &self,
        tx: &mut Tx,
        cx: &Context<'_>,
        person: Id<id::Person>,
    ) -> Result<Vec<String>, Error> {
        let mut granted = Vec::new();
        for named in &self.profile.councils {
            let Some(council) = council(tx, named).await? else {
                tracing::info!(named, "a provider names a council that is not verified here");
                continue;
            };
            let place = (person, council.id);
            if roles::held(&mut *tx, place, self.council_role, cx.now).await? > 0 {
                continue;
            }
            let role = NewRole {
                id: cx.new_id(),
                person,
                council: council.id,
                role: self.council_role,
                valid_from: cx.now,
                valid_until: None,
                granted_by: None,
            };
            roles::insert(&mut *tx, role).await?;
            granted.push(council.slug);
        }
        Ok(granted)
    }
}

/// The verified council with this slug, or this `scheme:value`.
async fn council(tx: &mut Tx, named: &str) -> Result<Option<Council>, Error> {
    let found = match named.split_once(':') {
        Some((scheme, value)) => match Identifier::new(scheme, value) {
            Ok(identifier) => councils::by_identifier(&mut *tx, &identifier).await?,
            Err(_) => None,
        },
        None => match named.parse::<Slug>() {
            Ok(slug) => councils::by_slug(&mut *tx, &slug).await?,
            Err(_) => None,
        },
    };
    Ok(found.filter(|council| council.status == "verified"))
}

/// Lower-case letters, digits and single hyphens, short enough for a number behind them.
fn slug_like(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'à' | 'â' | 'ä' | 'á' => slug.push('a'),
            'ç' => slug.push('c'),
            'é' | 'è' | 'ê' | 'ë' => slug.push('e'),
            'î' | 'ï' | 'í' => slug.push('i'),
            'ô' | 'ö' | 'ó' => slug.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => slug.push('u'),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(32);
    slug.trim_end_matches('-').to_owned()
}

/// Ties a provider's person to the account of whoever is signed in and said so.
#[derive(Debug, Clone)]
pub struct LinkIdentity {
    /// The provider.
    pub issuer: String,
    /// Who they are there.
    pub subject: String,
}

impl Action for LinkIdentity {
    const DEED: Deed = Deed::ManageOwnAccount;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let person = cx.person()?;
        cx.allow(&own(person))?;
        if people::by_identity(&mut *tx, &self.issuer, &self.subject).await?.is_some() {
            return Err(Error::Conflict(Refusal::new("identity_taken")));
        }
        people::insert_identity(&mut *tx, &self.issuer, &self.subject, person, cx.now).await?;
        cx.record(person.to_string(), json!({ "linked": self.issuer }));
        Ok(())
    }
}

/// Takes a provider away from one's own account, while another way in remains.
#[derive(Debug, Clone)]
pub struct UnlinkIdentity {
    /// The provider.
    pub issuer: String,
    /// Who they are there.
    pub subject: String,
}

impl Action for UnlinkIdentity {
    const DEED: Deed = Deed::ManageOwnAccount;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let id = cx.person()?;
        cx.allow(&own(id))?;
        let held = people::identities(&mut *tx, id).await?;
        let is_it =
            |held: &people::Identity| held.issuer == self.issuer && held.subject == self.subject;
        if !held.iter().any(is_it) {
            return Err(Error::NotFound);
        }
        let person = people::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)?;
        if held.len() == 1 && !has_password(&person, cx) {
            return Err(Error::Conflict(Refusal::new("last_way_in")));
        }
        people::delete_identity(&mut *tx, &self.issuer, &self.subject).await?;
        cx.record(id.to_string(), json!({ "unlinked": self.issuer }));
        Ok(())
    }
}

fn has_password(person: &Person, cx: &Context<'_>) -> bool {
    person.password_hash.is_some() && cx.app.config.password_sign_in
}

#[cfg(test)]
mod tests {
    use super::slug_like;

    #[test]
    fn a_login_is_made_of_what_a_provider_calls_someone() {
        let made = [
            ("Dominique.Agent", "dominique-agent"),
            ("Éloïse Nuñez", "eloise-nu-ez"),
            ("--x__y--", "x-y"),
            ("8f14e45f/fceea:167a", "8f14e45f-fceea-167a"),
            ("日本", ""),
        ];
        for (there, here) in made {
            assert_eq!(slug_like(there), here);
        }
        assert!(slug_like(&"a".repeat(100)).len() <= 32);
    }
}
