//! From which address a request comes: limits are kept by it. What a proxy says is believed only
//! of the proxies that the settings name (security.md A6 #104).

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};

use crate::{
    app::App,
    config::prefix::{Prefix, narrowed},
};

/// The address of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// The neighbours that share a limit: what one subscriber usually holds, /24 or /56.
    pub fn neighbourhood(self) -> IpAddr {
        let bits = if self.0.is_ipv4() { 24 } else { 56 };
        narrowed(self.0, bits).unwrap_or(self.0)
    }

    /// Walks back from our own end: the first hop that is none of our proxies is the client.
    fn behind(connection: IpAddr, headers: &HeaderMap, trusted: &[Prefix]) -> Self {
        let is_proxy = |address| trusted.iter().any(|prefix| prefix.contains(address));
        let mut client = connection.to_canonical();
        let named = headers.get_all("x-forwarded-for").iter().rev();
        let hops = named.filter_map(|value| value.to_str().ok()).flat_map(|line| line.rsplit(','));
        for hop in hops {
            if !is_proxy(client) {
                break;
            }
            let Ok(before) = hop.trim().parse::<IpAddr>() else { break };
            client = before.to_canonical();
        }
        Self(client)
    }
}

impl FromRequestParts<App> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Without a connection there is only ourselves: a test that calls the router.
        let connection = connection.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
        Ok(Self::behind(connection, &parts.headers, &app.config.trusted_proxies))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn behind(connection: &str, forwarded: &str, trusted: &[&str]) -> IpAddr {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<Prefix> = trusted.iter().map(|prefix| prefix.parse().unwrap()).collect();
        Peer::behind(address(connection), &headers, &trusted).0
    }

    #[test]
    fn a_stranger_cannot_name_another_address() {
        assert_eq!(behind("203.0.113.9", "198.51.100.1", &[]), address("203.0.113.9"));
        let proxies = ["10.0.0.0/8"];
        assert_eq!(behind("203.0.113.9", "198.51.100.1", &proxies), address("203.0.113.9"));
    }

    #[test]
    fn behind_our_proxy_the_last_hop_before_it_counts() {
        let proxies = ["127.0.0.1", "10.0.0.0/8"];
        let forwarded = "1.2.3.4, 198.51.100.7, 10.0.0.2";
        assert_eq!(behind("127.0.0.1", forwarded, &proxies), address("198.51.100.7"));
        assert_eq!(behind("::ffff:127.0.0.1", "198.51.100.7", &proxies), address("198.51.100.7"));
        assert_eq!(behind("127.0.0.1", "nonsense", &proxies), address("127.0.0.1"));
    }

    #[test]
    fn neighbours_share_a_limit_and_strangers_do_not() {
        let near = |text| Peer(address(text)).neighbourhood();
        assert_eq!(near("198.51.100.7"), near("198.51.100.200"));
        assert_ne!(near("198.51.100.7"), near("198.51.101.7"));
        assert_eq!(near("2001:db8:0:aa01::1"), near("2001:db8:0:aaff::9"));
        assert_ne!(near("2001:db8:0:aa01::1"), near("2001:db8:0:ab01::1"));
    }

    #[test]
    fn a_range_that_is_none_is_refused() {
        for text in ["", "10.0.0.0/33", "::/129", "10.0.0/8", "x", "10.0.0.0/-1"] {
            assert!(text.parse::<Prefix>().is_err(), "{text}");
        }
        assert!("0.0.0.0/0".parse::<Prefix>().unwrap().contains(address("203.0.113.9")));
    }
}
