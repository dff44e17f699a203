//! Personal access tokens: made, revoked. The secret is told once and kept by nobody.

use forge_domain::{
    Id,
    access::{Deed, Resource, TokenScope},
    id,
};
use forge_store::{
    Tx,
    tokens::{self, Token},
};
use jiff::{Timestamp, ToSpan as _};
use serde_json::json;

use super::{
    Action, Context,
    fields::{self, Fields},
    people::own,
};
use crate::{
    auth::{secret, token},
    error::{Error, Refusal},
};

/// The longest a token lasts (security.md A12), in days; also where nothing is said.
pub const DAYS_MAX: i64 = 365;

/// Makes a token for oneself.
#[derive(Debug, Clone)]
pub struct MakeToken {
    /// What its owner calls it.
    pub name: String,
    /// What it allows.
    pub scope: TokenScope,
    /// When it ends; after a year where none.
    pub expires_at: Option<Timestamp>,
}

/// What is asked to read one's own tokens: the same as to make them.
pub fn own_tokens(person: Id<id::Person>) -> (Deed, Resource) {
    (Deed::ManageOwnTokens, own(person))
}

/// A new token with its secret.
#[derive(Debug, Clone)]
pub struct Made {
    /// What is kept.
    pub token: Token,
    /// Forty hexadecimal characters.
    pub secret: String,
}

impl Action for MakeToken {
    const DEED: Deed = Deed::ManageOwnTokens;
    type Output = Made;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Made, Error> {
        let person = cx.person()?;
        cx.allow(&own(person))?;
        let longest = cx.now + (DAYS_MAX * 24).hours();
        let mut wrong = Fields::default();
        let name = wrong.take("name", fields::line(&self.name, 100));
        let expires_at = self.expires_at.unwrap_or(longest);
        let lasts = if expires_at > cx.now && expires_at <= longest {
            Ok(expires_at)
        } else {
            Err("token_expiry")
        };
        let expires_at = wrong.take("expires_at", lasts);
        let (name, expires_at) = wrong.end(name.zip(expires_at))?;
        let existing = tokens::of_person(&mut *tx, person, cx.now).await?;
        if existing.iter().any(|token| token.name == name) {
            return Err(Error::Conflict(Refusal::field("name", "token_name_taken")));
        }
        let secret = token::generate()?;
        let token = Token {
            id: cx.new_id(),
            number: 0,
            person_id: person,
            name,
            last_eight: secret[secret.len() - 8..].to_owned(),
            scope: self.scope,
            created_at: cx.now,
            expires_at,
            used_at: None,
        };
        let id = token.id;
        tokens::insert(&mut *tx, token, &secret::digest(&secret)).await?;
        let made = tokens::of_person(&mut *tx, person, cx.now).await?;
        let token = made.into_iter().find(|token| token.id == id).ok_or(Error::NotFound)?;
        let detail = json!({
            "token": id.to_string(), "scope": self.scope.name(), "until": expires_at.to_string(),
        });
        cx.record(person.to_string(), detail);
        Ok(Made { token, secret })
    }
}

/// Revokes one of one's own tokens, at once.
#[derive(Debug, Clone)]
pub struct RevokeToken {
    /// Its number, or its name.
    pub which: String,
}

impl Action for RevokeToken {
    const DEED: Deed = Deed::ManageOwnTokens;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let person = cx.person()?;
        cx.allow(&own(person))?;
        let tokens = tokens::of_person(&mut *tx, person, cx.now).await?;
        let number = self.which.parse::<i64>().ok();
        let token = tokens
            .into_iter()
            .find(|token| Some(token.number) == number || token.name == self.which)
            .ok_or(Error::NotFound)?;
        tokens::revoke(&mut *tx, person, token.number, cx.now).await?;
        cx.record(person.to_string(), json!({ "revoked": token.id.to_string() }));
        Ok(())
    }
}
