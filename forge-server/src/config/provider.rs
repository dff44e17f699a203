//! `[[provider]]`: one identity provider (OpenID Connect).

use std::fmt;

use forge_domain::{access::Role, names::Slug};
use serde::{Deserialize, Serialize, Serializer};
use url::{Host, Url};

use super::{ConfigError, value};

/// One `[[provider]]` table, as it is written.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawProvider {
    /// Its name in addresses: `/-/login/oidc/{id}`.
    pub id: String,
    /// The words on its button.
    pub label: String,
    /// The issuer, exactly as its discovery document names it.
    pub issuer: String,
    /// The client id it gave us.
    pub client_id: String,
    /// The client secret it gave us; absent for a public client.
    pub client_secret: Option<Secret>,
    /// The claim whose value (or values) names a council's slug or identifier (`scheme:value`).
    pub council_claim: Option<String>,
    /// The role given in that council to whoever does not hold it yet. Default `developer`.
    pub council_role: Option<String>,
}

/// An identity provider whose settings hold.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its name in addresses.
    pub id: String,
    /// The words on its button.
    pub label: String,
    /// The issuer, to the letter.
    pub issuer: String,
    /// The client id it gave us.
    pub client_id: String,
    /// The client secret; none for a public client.
    pub client_secret: Option<Secret>,
    /// The claim that names councils.
    pub council_claim: Option<String>,
    /// The role given in them.
    pub council_role: Role,
}

/// A text that no log and no page shows.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

/// Whoever writes settings down learns that there is one, and no more.
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("(set)")
    }
}

impl Secret {
    /// A text to be kept secret.
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for whoever it is meant for.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// Checks every provider, and that no two share an id.
pub(super) fn resolve(raw: Vec<RawProvider>) -> Result<Vec<Provider>, ConfigError> {
    let mut providers: Vec<Provider> = Vec::with_capacity(raw.len());
    for provider in raw {
        let provider = provider.resolve()?;
        if providers.iter().any(|other| other.id == provider.id) {
            return Err(value("provider.id", provider.id, "give each provider an id of its own"));
        }
        providers.push(provider);
    }
    Ok(providers)
}

impl RawProvider {
    fn resolve(self) -> Result<Provider, ConfigError> {
        if self.id.parse::<Slug>().is_err() {
            return Err(value("provider.id", self.id, "use lower-case letters, digits, hyphens"));
        }
        if !Url::parse(&self.issuer).is_ok_and(|issuer| is_safe(&issuer)) {
            let why = "give an https:// address; http:// serves on this machine only";
            return Err(value("provider.issuer", self.issuer, why));
        }
        let council_role = match self.council_role {
            None => Role::Developer,
            Some(name) => match name.parse::<Role>() {
                // Who may bind a council is said by the council, mandate by mandate.
                Ok(Role::Signatory) | Err(_) => {
                    let why = "give developer, maintainer, lead, finance, auditor or supplier";
                    return Err(value("provider.council_role", name, why));
                }
                Ok(role) => role,
            },
        };
        Ok(Provider {
            id: self.id,
            label: self.label,
            issuer: self.issuer,
            client_id: self.client_id,
            client_secret: self.client_secret,
            council_claim: self.council_claim,
            council_role,
        })
    }
}

/// Whether secrets may be sent to an address: by TLS, or without leaving this machine.
pub fn is_safe(url: &Url) -> bool {
    let plain = url.username().is_empty() && url.password().is_none();
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    plain && (url.scheme() == "https" || (url.scheme() == "http" && loopback))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(change: impl FnOnce(&mut RawProvider)) -> Result<Provider, ConfigError> {
        let mut raw = RawProvider {
            id: "agents".to_owned(),
            label: "Compte d’agent".to_owned(),
            issuer: "https://id.aubervac.example".to_owned(),
            client_id: "beffroi".to_owned(),
            client_secret: Some(Secret("hush".to_owned())),
            council_claim: None,
            council_role: None,
        };
        change(&mut raw);
        raw.resolve()
    }

    #[test]
    fn secrets_go_by_tls_or_stay_on_this_machine() {
        for issuer in ["https://id.example/realms/a", "http://127.0.0.1:8080", "http://[::1]:80"] {
            assert!(provider(|raw| raw.issuer = issuer.to_owned()).is_ok(), "{issuer}");
        }
        let refused = [
            "http://id.example",
            "http://10.0.0.1",
            "http://127.0.0.1.evil.example",
            "id.example",
            "file:///etc/passwd",
            "https://a@127.0.0.1#@ok.example",
            "http://localhost.",
        ];
        for issuer in refused {
            assert!(provider(|raw| raw.issuer = issuer.to_owned()).is_err(), "{issuer}");
        }
    }

    #[test]
    fn a_claim_never_makes_a_signatory() {
        assert!(provider(|raw| raw.council_role = Some("signatory".to_owned())).is_err());
        let lead = provider(|raw| raw.council_role = Some("lead".to_owned())).unwrap();
        assert_eq!(lead.council_role, Role::Lead);
    }

    #[test]
    fn a_secret_is_not_printed() {
        assert!(!format!("{:?}", provider(|_| ()).unwrap()).contains("hush"));
    }
}
