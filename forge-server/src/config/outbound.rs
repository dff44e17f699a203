//! `[outbound]`: where the server may go by itself, beyond the public internet.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use url::Host;

use super::{ConfigError, prefix::Prefix, value};

/// The `[outbound]` table, as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawOutbound {
    /// Hosts, addresses and ranges that may be reached though they are private, or without TLS:
    /// `["ci.example.org", "10.1.0.0/16"]`. Default none.
    #[serde(default)]
    pub allow: Vec<String>,
}

impl RawOutbound {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.allow.is_empty()
    }

    /// Reads every entry.
    pub(super) fn resolve(self) -> Result<Allowed, ConfigError> {
        let mut allowed = Allowed::default();
        for text in self.allow {
            let bare = text.trim_matches(['[', ']']);
            if let Ok(range) = bare.parse::<Prefix>() {
                allowed.ranges.push(range);
                continue;
            }
            match Host::parse(&text) {
                Ok(Host::Domain(name)) => allowed.hosts.push(name),
                _ => {
                    let why = "give host names, addresses or ranges: ci.example.org, 10.1.0.0/16";
                    return Err(value("outbound.allow", text, why));
                }
            }
        }
        Ok(allowed)
    }
}

/// Where the server may go beyond the public internet, because an administrator said so.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    hosts: Vec<String>,
    ranges: Vec<Prefix>,
}

impl Allowed {
    /// The same, and these hosts beside.
    #[must_use]
    pub fn and(mut self, hosts: impl IntoIterator<Item = Host<String>>) -> Self {
        for host in hosts {
            match host {
                Host::Domain(name) => self.hosts.push(name),
                Host::Ipv4(address) => self.ranges.push(Prefix::only(address.into())),
                Host::Ipv6(address) => self.ranges.push(Prefix::only(address.into())),
            }
        }
        self
    }

    /// Whether a host was named: then it may be reached without TLS, wherever it leads.
    pub fn names(&self, host: &Host<&str>) -> bool {
        match host {
            Host::Domain(name) => self.hosts.iter().any(|known| known == name),
            Host::Ipv4(address) => self.holds((*address).into()),
            Host::Ipv6(address) => self.holds((*address).into()),
        }
    }

    /// Whether an address lies in a range that was named.
    pub fn holds(&self, address: IpAddr) -> bool {
        self.ranges.iter().any(|range| range.contains(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(texts: &[&str]) -> Result<Allowed, ConfigError> {
        RawOutbound { allow: texts.iter().map(|text| (*text).to_owned()).collect() }.resolve()
    }

    #[test]
    fn a_host_is_named_by_its_own_name_alone() {
        let allowed = allowed(&["CI.example.org", "10.1.0.0/16", "[::1]"]).unwrap();
        let named = |text: &str| {
            let host = Host::parse(text).unwrap();
            let host = match &host {
                Host::Domain(name) => Host::Domain(name.as_str()),
                Host::Ipv4(address) => Host::Ipv4(*address),
                Host::Ipv6(address) => Host::Ipv6(*address),
            };
            allowed.names(&host)
        };
        for host in ["ci.example.org", "10.1.255.255", "[::1]", "[::ffff:10.1.0.1]"] {
            assert!(named(host), "{host}");
        }
        for host in ["example.org", "a.ci.example.org", "10.2.0.1", "127.0.0.1", "[::2]"] {
            assert!(!named(host), "{host}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in ["", "http://ci.example.org", "10.1.0.0/33", "a b", "ci.example.org:443"] {
            assert!(allowed(&[text]).is_err(), "{text}");
        }
    }
}
