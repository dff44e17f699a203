//! The settings, resolved once at start: defaults, then one TOML file, then `FORGE_…` variables,
//! then the command line. Nothing reads the environment after this.

mod layers;
mod mail;
mod outbound;
pub mod prefix;
mod provider;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use forge_messages::Locale;
use forge_store::Location;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use url::Url;

use self::prefix::Prefix;
pub use self::provider::{Provider, RawProvider, Secret, is_safe};
pub use self::{
    layers::{Layer, Shown, shown},
    mail::{Mail, MailTls, RawMail},
    outbound::{Allowed, RawOutbound},
};

/// A peer takes no longer for the head of a request, where nobody says how long.
const HEAD_SECONDS: u64 = 30;
const HEAD_ADVICE: &str = "give a number of seconds, 30";

/// What can be set, as the file and the environment write it. Every key is optional.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawConfig {
    /// The data folder: database, repositories, evidence, keys. Default `./forge-data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// The address to listen on. Default `127.0.0.1:3000`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
    /// The database: absent for SQLite in the data folder, or a `postgres://` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// The address people reach the forge at; default `http://` and the address listened on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// The name of the site. Default `Beffroi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_name: Option<String>,
    /// The instance's language, `fr` or `en`. Default `fr`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The folder name of the theme under `themes/` of the data folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Whether passwords are accepted beside identity providers. Default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_sign_in: Option<bool>,
    /// OpenID Connect providers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provider: Vec<RawProvider>,
    /// The mail server; without one, people are told in their inbox only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<RawMail>,
    /// The largest push, in bytes. Default 2 GiB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub push_size_bytes_max: Option<u64>,
    /// The largest evidence file, in bytes. Default 20 MiB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence_size_bytes_max: Option<u64>,
    /// How long a peer may take for the head of a request, in seconds. Default 30.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_seconds_max: Option<u64>,
    /// The peers (addresses or prefixes) whose `X-Forwarded-For` is believed. Default none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trusted_proxies: Vec<String>,
    /// Where the server may go by itself, beyond the public internet.
    #[serde(default, skip_serializing_if = "RawOutbound::is_empty")]
    pub outbound: RawOutbound,
}

/// The settings in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// Where the database is.
    pub database: Location,
    /// The address people reach the forge at, where it was set.
    pub public_url: Option<Url>,
    /// The name of the site.
    pub site_name: String,
    /// The instance's language.
    pub locale: Locale,
    /// The active theme.
    pub theme: Option<String>,
    /// Whether passwords are accepted.
    pub password_sign_in: bool,
    /// The identity providers.
    pub providers: Vec<Provider>,
    /// The mail server, where there is one.
    pub mail: Option<Mail>,
    /// Where the day begins for the mail of the day and for reminders.
    pub zone: TimeZone,
    /// The largest push.
    pub push_size_bytes_max: u64,
    /// The largest evidence file.
    pub evidence_size_bytes_max: u64,
    /// How long a peer may take for the head of a request.
    pub head_max: Duration,
    /// Peers whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Prefix>,
    /// Where the server may go by itself, beyond the public internet.
    pub outbound: Allowed,
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the settings file {path} cannot be read: {source}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not valid.
    #[error("the settings file {path} is not valid: {source}")]
    Parse {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        source: toml::de::Error,
    },
    /// One key has a value it cannot have.
    #[error("{key} cannot be {value:?}: {why}")]
    Value {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What would do.
        why: &'static str,
    },
}

impl RawConfig {
    /// Reads a settings file.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|source| ConfigError::Parse { path: path.to_owned(), source })
    }

    /// What `FORGE_…` variables say; identity providers are a matter of the file.
    ///
    /// # Errors
    /// A number or a truth value that is none.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let text = |name: &str| variable(name).filter(|text| !text.is_empty());
        let number = |key: &'static str, name: &str, why: &'static str| {
            let read = |text: String| text.parse().map_err(|_| value(key, text, why));
            text(name).map(read).transpose()
        };
        let bytes = |key, name| number(key, name, "give a number of bytes");
        let truth = |text: String| match text.as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(value("password_sign_in", text, "give true or false")),
        };
        let list = |name: &str| {
            let text = text(name).unwrap_or_default();
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        };
        Ok(Self {
            data: text("FORGE_DATA").map(PathBuf::from),
            listen: text("FORGE_LISTEN"),
            database_url: text("FORGE_DATABASE_URL"),
            public_url: text("FORGE_PUBLIC_URL"),
            site_name: text("FORGE_SITE_NAME"),
            locale: text("FORGE_LOCALE"),
            theme: text("FORGE_THEME"),
            password_sign_in: text("FORGE_PASSWORD_SIGN_IN").map(truth).transpose()?,
            provider: Vec::new(),
            mail: RawMail::from_environment(text)?,
            push_size_bytes_max: bytes("push_size_bytes_max", "FORGE_PUSH_SIZE_BYTES_MAX")?,
            evidence_size_bytes_max: bytes(
                "evidence_size_bytes_max",
                "FORGE_EVIDENCE_SIZE_BYTES_MAX",
            )?,
            head_seconds_max: number("head_seconds_max", "FORGE_HEAD_SECONDS_MAX", HEAD_ADVICE)?,
            trusted_proxies: list("FORGE_TRUSTED_PROXIES"),
            outbound: RawOutbound { allow: list("FORGE_OUTBOUND_ALLOW") },
        })
    }

    /// What this says, and below it what it leaves open.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        let either = |over: Vec<String>, below| if over.is_empty() { below } else { over };
        Self {
            data: self.data.or(below.data),
            listen: self.listen.or(below.listen),
            database_url: self.database_url.or(below.database_url),
            public_url: self.public_url.or(below.public_url),
            site_name: self.site_name.or(below.site_name),
            locale: self.locale.or(below.locale),
            theme: self.theme.or(below.theme),
            password_sign_in: self.password_sign_in.or(below.password_sign_in),
            provider: if self.provider.is_empty() { below.provider } else { self.provider },
            mail: match (self.mail, below.mail) {
                (Some(over), Some(below)) => Some(over.over(below)),
                (over, below) => over.or(below),
            },
            push_size_bytes_max: self.push_size_bytes_max.or(below.push_size_bytes_max),
            evidence_size_bytes_max: self.evidence_size_bytes_max.or(below.evidence_size_bytes_max),
            head_seconds_max: self.head_seconds_max.or(below.head_seconds_max),
            trusted_proxies: either(self.trusted_proxies, below.trusted_proxies),
            outbound: RawOutbound { allow: either(self.outbound.allow, below.outbound.allow) },
        }
    }

    /// Resolves defaults and parses every value.
    pub fn resolve(self) -> Result<Config, ConfigError> {
        let data = self.data.unwrap_or_else(|| PathBuf::from("forge-data"));
        let listen = self.listen.unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let listen = listen
            .parse()
            .map_err(|_| value("listen", listen, "give an address and a port, 127.0.0.1:3000"))?;
        let database = match self.database_url {
            None => Location::Sqlite(data.join("forge.sqlite")),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Location::Postgres(url)
            }
            Some(url) => {
                return Err(value("database_url", url, "give a postgres:// URL, or leave it out"));
            }
        };
        let public_url = self.public_url.map(|url| parse_public_url(&url)).transpose()?;
        let locale = match self.locale {
            None => Locale::Fr,
            Some(tag) => {
                Locale::from_tag(&tag).ok_or_else(|| value("locale", tag, "give fr or en"))?
            }
        };
        let mail = self.mail.unwrap_or_default();
        Ok(Config {
            data,
            listen,
            database,
            public_url,
            site_name: self.site_name.unwrap_or_else(|| "Beffroi".to_owned()),
            locale,
            theme: self.theme,
            password_sign_in: self.password_sign_in.unwrap_or(true),
            providers: provider::resolve(self.provider)?,
            zone: mail.zone()?,
            mail: mail.resolve()?,
            push_size_bytes_max: self.push_size_bytes_max.unwrap_or(2 << 30),
            evidence_size_bytes_max: self.evidence_size_bytes_max.unwrap_or(20 << 20),
            head_max: head_max(self.head_seconds_max)?,
            trusted_proxies: proxies(self.trusted_proxies)?,
            outbound: self.outbound.resolve()?,
        })
    }
}

fn head_max(seconds: Option<u64>) -> Result<Duration, ConfigError> {
    match seconds.unwrap_or(HEAD_SECONDS) {
        0 => Err(value("head_seconds_max", "0".to_owned(), HEAD_ADVICE)),
        seconds => Ok(Duration::from_secs(seconds)),
    }
}

fn proxies(texts: Vec<String>) -> Result<Vec<Prefix>, ConfigError> {
    let read = |text: String| {
        let why = "give addresses or ranges, 10.0.0.0/8";
        text.parse().map_err(|()| value("trusted_proxies", text, why))
    };
    texts.into_iter().map(read).collect()
}

fn parse_public_url(text: &str) -> Result<Url, ConfigError> {
    let bad = || value("public_url", text.to_owned(), "give an http:// or https:// address");
    let url = Url::parse(text).map_err(|_| bad())?;
    if matches!(url.scheme(), "http" | "https") && url.host().is_some() {
        Ok(url)
    } else {
        Err(bad())
    }
}

fn value(key: &'static str, value: String, why: &'static str) -> ConfigError {
    ConfigError::Value { key, value, why }
}
