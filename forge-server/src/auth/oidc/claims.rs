//! What a provider says of a person, and the few words of it that we use.

use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Every claim beyond the standard ones: the settings name the one that tells councils.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct OtherClaims {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl AdditionalClaims for OtherClaims {}

impl OtherClaims {
    /// The texts of a claim, which may be one or a list of them.
    pub(super) fn texts(&self, claim: &str) -> Vec<String> {
        match self.all.get(claim) {
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Array(values)) => {
                values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Whom a provider vouches for. Only (issuer, subject) names them (security.md A6 #90).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The provider.
    pub issuer: String,
    /// Who they are there.
    pub subject: String,
    /// What they are called there, for a login.
    pub username: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Their address; none where the provider says that it was not checked.
    pub email: Option<String>,
    /// The councils the claim of the settings names: slugs, or `scheme:value`.
    pub councils: Vec<String>,
    /// When they proved to the provider who they are, in seconds of UTC.
    pub authenticated_at: Option<i64>,
}

impl Profile {
    /// Fills what is missing from what else the provider said.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            username: self.username.or(other.username),
            name: self.name.or(other.name),
            email: self.email.or(other.email),
            councils: if self.councils.is_empty() { other.councils } else { self.councils },
            ..self
        }
    }
}
