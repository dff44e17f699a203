//! `[mail]`: the server that takes the forge's messages.

use std::{net::IpAddr, path::PathBuf};

use forge_domain::{calendar, names::Email};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{ConfigError, Secret, value};

/// `[mail]`, as it is written. Without a host there is no mail.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawMail {
    /// The mail server's name or address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Its port. Default 587, 465 for `tls`, 25 for `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// How the line is secured: `starttls` (default), `tls`, or `none` on this machine only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<String>,
    /// A certificate authority of one's own, as PEM, besides the public ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    /// Who signs in there, where the server asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Their password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
    /// The address the messages come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The time zone in which the mail of the day goes out at seven. Default `Europe/Paris`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// How the line to the mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// Plain at first, then TLS or nothing.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// Not at all: the server is on this machine.
    None,
}

/// The mail server whose settings hold.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is secured.
    pub tls: MailTls,
    /// A certificate authority of one's own.
    pub authority: Option<PathBuf>,
    /// Who signs in there, and their password.
    pub credentials: Option<(String, Secret)>,
    /// The address the messages come from.
    pub from: String,
}

/// The time zone of an instance that says nothing.
const ZONE: &str = "Europe/Paris";

impl RawMail {
    /// What `FORGE_MAIL_…` variables say; none where they say nothing.
    pub(super) fn from_environment(
        text: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, ConfigError> {
        let port = |port: String| {
            port.parse().map_err(|_| value("mail.port", port, "give a number, such as 587"))
        };
        let mail = Self {
            host: text("FORGE_MAIL_HOST"),
            port: text("FORGE_MAIL_PORT").map(port).transpose()?,
            tls: text("FORGE_MAIL_TLS"),
            authority: text("FORGE_MAIL_AUTHORITY").map(PathBuf::from),
            user: text("FORGE_MAIL_USER"),
            password: text("FORGE_MAIL_PASSWORD").map(Secret::new),
            from: text("FORGE_MAIL_FROM"),
            zone: text("FORGE_MAIL_ZONE"),
        };
        Ok((!mail.says_nothing()).then_some(mail))
    }

    fn says_nothing(&self) -> bool {
        let Self { host, port, tls, authority, user, password, from, zone } = self;
        host.is_none()
            && port.is_none()
            && tls.is_none()
            && authority.is_none()
            && user.is_none()
            && password.is_none()
            && from.is_none()
            && zone.is_none()
    }

    /// What this says, and below it what it leaves open.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            host: self.host.or(below.host),
            port: self.port.or(below.port),
            tls: self.tls.or(below.tls),
            authority: self.authority.or(below.authority),
            user: self.user.or(below.user),
            password: self.password.or(below.password),
            from: self.from.or(below.from),
            zone: self.zone.or(below.zone),
        }
    }

    /// The zone of the day's mail and of what falls due, whether there is a mail server or not.
    pub(super) fn zone(&self) -> Result<TimeZone, ConfigError> {
        let name = self.zone.as_deref().unwrap_or(ZONE);
        calendar::parse_zone(name)
            .map_err(|_| value("mail.zone", name.to_owned(), "give a zone such as Europe/Paris"))
    }

    pub(super) fn resolve(self) -> Result<Option<Mail>, ConfigError> {
        let Some(host) = self.host else { return Ok(None) };
        let tls = match self.tls.as_deref() {
            None | Some("starttls") => MailTls::StartTls,
            Some("tls") => MailTls::Tls,
            Some("none") if is_here(&host) => MailTls::None,
            Some("none") => {
                let why = "give starttls or tls: none serves on this machine only";
                return Err(value("mail.tls", "none".to_owned(), why));
            }
            Some(other) => {
                return Err(value("mail.tls", other.to_owned(), "give starttls, tls or none"));
            }
        };
        let from = self.from.unwrap_or_default();
        if from.parse::<Email>().is_err() {
            return Err(value("mail.from", from, "give the address the messages come from"));
        }
        let port = self.port.unwrap_or(match tls {
            MailTls::StartTls => 587,
            MailTls::Tls => 465,
            MailTls::None => 25,
        });
        let credentials = match (self.user, self.password) {
            (Some(user), Some(password)) => Some((user, password)),
            (None, None) => None,
            (Some(user), None) => {
                return Err(value("mail.user", user, "give mail.password too, or neither"));
            }
            (None, Some(_)) => {
                let why = "give mail.user too, or neither";
                return Err(value("mail.password", "(set)".to_owned(), why));
            }
        };
        Ok(Some(Mail { host, port, tls, authority: self.authority, credentials, from }))
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(toml: &str) -> Result<Option<Mail>, ConfigError> {
        toml::from_str::<RawMail>(toml).unwrap().resolve()
    }

    #[test]
    fn plain_text_never_leaves_this_machine() {
        let from = "from = \"forge@aubervac.example\"";
        for host in ["127.0.0.1", "::1", "localhost"] {
            let mail = resolved(&format!("host = \"{host}\"\ntls = \"none\"\n{from}")).unwrap();
            assert_eq!(mail.unwrap().tls, MailTls::None, "{host}");
        }
        for host in ["smtp.example", "10.0.0.1", "127.0.0.1.example", "localhost.example"] {
            let text = format!("host = \"{host}\"\ntls = \"none\"\n{from}");
            assert!(resolved(&text).is_err(), "{host}");
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        assert!(resolved("").unwrap().is_none());
        for text in [
            "host = \"smtp.example\"",
            "host = \"smtp.example\"\nfrom = \"nobody\"",
            "host = \"smtp.example\"\nfrom = \"a@b.example\"\nuser = \"a\"",
            "host = \"smtp.example\"\nfrom = \"a@b.example\"\npassword = \"a\"",
            "host = \"smtp.example\"\nfrom = \"a@b.example\"\ntls = \"ssl\"",
        ] {
            assert!(resolved(text).is_err(), "{text}");
        }
        let zone = RawMail { zone: Some("Mars/Olympus".to_owned()), ..RawMail::default() };
        assert!(zone.zone().is_err());
    }

    #[test]
    fn the_line_is_secured_where_nothing_is_said() {
        let mail = resolved("host = \"smtp.example\"\nfrom = \"a@b.example\"").unwrap().unwrap();
        assert_eq!((mail.tls, mail.port), (MailTls::StartTls, 587));
    }
}
