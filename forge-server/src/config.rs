//! The settings, resolved once at start: defaults, then one TOML file, then `FORGE_…` variables,
//! then the command line. Nothing reads the environment after this.

pub mod prefix;
mod provider;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use forge_messages::Locale;
use forge_store::Location;
use serde::Deserialize;
use url::Url;

use self::prefix::Prefix;
pub use self::provider::{Provider, RawProvider, Secret, is_safe};

/// What can be set, as the file and the environment write it. Every key is optional.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawConfig {
    /// The data folder: database, repositories, evidence, keys. Default `./forge-data`.
    pub data: Option<PathBuf>,
    /// The address to listen on. Default `127.0.0.1:3000`.
    pub listen: Option<String>,
    /// The database: absent for SQLite in the data folder, or a `postgres://` URL.
    pub database_url: Option<String>,
    /// The address people reach the forge at; default `http://` and the address listened on.
    pub public_url: Option<String>,
    /// The name of the site. Default `Beffroi`.
    pub site_name: Option<String>,
    /// The instance's language, `fr` or `en`. Default `fr`.
    pub locale: Option<String>,
    /// The folder name of the theme under `themes/` of the data folder.
    pub theme: Option<String>,
    /// Whether passwords are accepted beside identity providers. Default true.
    pub password_sign_in: Option<bool>,
    /// OpenID Connect providers.
    #[serde(default)]
    pub provider: Vec<RawProvider>,
    /// The largest push, in bytes. Default 2 GiB.
    pub push_size_bytes_max: Option<u64>,
    /// The largest evidence file, in bytes. Default 20 MiB.
    pub evidence_size_bytes_max: Option<u64>,
    /// The peers (addresses or prefixes) whose `X-Forwarded-For` is believed. Default none.
    #[serde(default)]
    pub trusted_proxies: Vec<String>,
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
    /// The largest push.
    pub push_size_bytes_max: u64,
    /// The largest evidence file.
    pub evidence_size_bytes_max: u64,
    /// Peers whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Prefix>,
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
            push_size_bytes_max: self.push_size_bytes_max.unwrap_or(2 << 30),
            evidence_size_bytes_max: self.evidence_size_bytes_max.unwrap_or(20 << 20),
            trusted_proxies: proxies(self.trusted_proxies)?,
        })
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
