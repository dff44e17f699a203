//! Looks a host up and looks at what it finds, before anything connects (security.md A4 #64, #65).

use std::net::{IpAddr, SocketAddr};

use axum::http::Uri;
use forge_domain::reach::Reach;
use ureq::{
    config::Config,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};
use url::Host;

use crate::config::Allowed;

/// A host that leads where nothing of ours may go.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the host leads to an address that is {0}, not public: an administrator can allow it in \
     outbound.allow"
)]
pub(super) struct Refused(pub &'static str);

/// The system's resolver, and a look at every address it gives.
#[derive(Debug)]
pub(super) struct Guard {
    system: DefaultResolver,
    allowed: Allowed,
}

impl Guard {
    pub(super) fn new(allowed: Allowed) -> Self {
        Self { system: DefaultResolver::default(), allowed }
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        // What is returned here is all that is connected to: nobody looks it up a second time.
        let found = self.system.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        look(host, &found, &self.allowed).map_err(|refused| ureq::Error::Other(refused.into()))?;
        Ok(found)
    }
}

/// Refuses a host of which any address leads inside.
fn look(host: &str, found: &[SocketAddr], allowed: &Allowed) -> Result<(), Refused> {
    let parsed = Host::parse(host);
    let named = match &parsed {
        Ok(Host::Domain(name)) => allowed.names(&Host::Domain(name.as_str())),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) | Err(_) => false,
    };
    if named {
        return Ok(());
    }
    let inside = |address: IpAddr| {
        let reach = Reach::of(address);
        (!reach.is_public() && !allowed.holds(address)).then_some(Refused(reach.name()))
    };
    found.iter().find_map(|address| inside(address.ip())).map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RawConfig;

    fn seen(host: &str, addresses: &[&str]) -> Result<(), Refused> {
        let raw: RawConfig =
            toml::from_str("[outbound]\nallow = [\"ci.example.org\", \"10.1.0.0/16\"]").unwrap();
        let found: Vec<_> =
            addresses.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 443)).collect();
        look(host, &found, &raw.resolve().unwrap().outbound)
    }

    #[test]
    fn one_private_answer_among_public_ones_is_enough_to_refuse() {
        assert_eq!(seen("ok.example", &["1.1.1.1", "2606:4700::1111"]), Ok(()));
        let refused = Err(Refused("private"));
        assert_eq!(seen("ok.example", &["1.1.1.1", "10.0.0.1"]), refused);
        assert_eq!(seen("ok.example", &["1.1.1.1", "::ffff:10.0.0.1"]), refused);
        assert_eq!(seen("ok.example", &["127.0.0.1"]), Err(Refused("loopback")));
    }

    #[test]
    fn what_an_administrator_allowed_may_be_private() {
        assert_eq!(seen("ci.example.org", &["192.168.7.7"]), Ok(()));
        assert_eq!(seen("CI.example.org", &["192.168.7.7"]), Ok(()));
        assert_eq!(seen("ok.example", &["10.1.9.9"]), Ok(()));
        assert_eq!(seen("10.1.9.9", &["10.1.9.9"]), Ok(()));
        assert_eq!(seen("ok.example", &["10.1.9.9", "10.2.0.1"]), Err(Refused("private")));
    }
}
