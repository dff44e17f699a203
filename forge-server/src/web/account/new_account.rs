//! The fields by which an account is made, on the page of a one-time link.

use forge_domain::names::{DisplayName, Email, Slug};
use serde::Deserialize;

use crate::{
    actions::{fields::Fields, people::NewAccount},
    auth::password,
    error::Error,
};

/// The fields.
#[derive(Debug, Default, Deserialize)]
pub struct AccountFields {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

impl AccountFields {
    /// The account with its password hashed; all that is wrong is said at once.
    pub(super) async fn read(self) -> Result<NewAccount, Error> {
        let Self { login, name, email, password } = self;
        let (login, email) = (login.trim().to_lowercase(), email.trim().to_lowercase());
        let mut wrong = Fields::default();
        let slug = wrong.take("login", Slug::for_owner(&login));
        let shown = wrong.take("name", name.parse::<DisplayName>());
        let written_to = wrong.take("email", email.parse::<Email>());
        let own_words = [login.as_str(), name.as_str(), email.as_str()];
        let judged = wrong.take("password", password::judge(&password, &own_words));
        wrong.end(slug.zip(shown).zip(written_to).zip(judged))?;
        let password_hash = Some(password::hash(password).await?);
        Ok(NewAccount { login, name, email, password_hash })
    }
}
