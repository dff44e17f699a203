//! Where an address of the internet leads: out to everyone, or back into a network that is ours
//! (security.md A4 #64). The registries of RFC 6890 and RFC 8190 are the authority.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::words::words;

words! {
    /// Where an address leads.
    Reach {
        /// To a machine that everyone can reach.
        Public = "public",
        /// To this very machine.
        Loopback = "loopback",
        /// To a network of one's own: RFC 1918, or unique local addresses.
        Private = "private",
        /// To the cable this machine is on; clouds tell secrets there.
        LinkLocal = "link_local",
        /// Into the network of a provider that shares addresses (RFC 6598).
        Shared = "shared",
        /// Through a translator that may lead anywhere: NAT64, 6to4, Teredo.
        Translated = "translated",
        /// To many machines at once.
        Multicast = "multicast",
        /// Nowhere: unspecified, broadcast, documentation, reserved.
        Reserved = "reserved",
    }
}

impl Reach {
    /// Where an address leads, however it is written: an IPv4 address inside an IPv6 one is
    /// judged as the IPv4 address.
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => of_v6(address),
        }
    }

    /// Whether what is meant for the world may go there.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Public)
    }
}

fn of_v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        [127, ..] => Reach::Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Reach::Private,
        [169, 254, ..] => Reach::LinkLocal,
        [100, 64..=127, ..] => Reach::Shared,
        [192, 88, 99, _] => Reach::Translated,
        [224..=239, ..] => Reach::Multicast,
        // This network, protocol assignments, documentation, benchmarks, the future, everyone.
        [0 | 240..=255, ..]
        | [192, 0, 0 | 2, _]
        | [198, 18..=19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => Reach::Reserved,
        _ => Reach::Public,
    }
}

fn of_v6(address: Ipv6Addr) -> Reach {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Reach::Reserved,
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::Loopback,
        // Mapped, and the compatible form that nothing should use any more.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => {
            of_v4(Ipv4Addr::from_bits((u32::from(high) << 16) | u32::from(low)))
        }
        [0x64, 0xff9b, ..] | [0x2002, ..] | [0x2001, 0, ..] => Reach::Translated,
        [0xfc00..=0xfdff, ..] => Reach::Private,
        [0xfe80..=0xfeff, ..] => Reach::LinkLocal,
        [0xff00..=0xffff, ..] => Reach::Multicast,
        // Protocol assignments and documentation.
        [0x2001, 1..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Reach::Reserved,
        [0x2000..=0x3fff, ..] => Reach::Public,
        _ => Reach::Reserved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_back_into_a_network_is_known() {
        let table = [
            ("127.0.0.1", Reach::Loopback),
            ("127.255.255.254", Reach::Loopback),
            ("::1", Reach::Loopback),
            ("::ffff:127.0.0.1", Reach::Loopback),
            ("::127.0.0.1", Reach::Loopback),
            ("10.0.0.1", Reach::Private),
            ("172.16.0.1", Reach::Private),
            ("172.31.255.255", Reach::Private),
            ("192.168.1.1", Reach::Private),
            ("::ffff:192.168.1.1", Reach::Private),
            ("fd00::1", Reach::Private),
            ("fc00::1", Reach::Private),
            ("169.254.169.254", Reach::LinkLocal),
            ("::ffff:a9fe:a9fe", Reach::LinkLocal),
            ("fe80::1", Reach::LinkLocal),
            ("fec0::1", Reach::LinkLocal),
            ("100.64.0.1", Reach::Shared),
            ("100.127.255.255", Reach::Shared),
            ("64:ff9b::7f00:1", Reach::Translated),
            ("64:ff9b:1::1", Reach::Translated),
            ("2002:7f00:1::", Reach::Translated),
            ("2001::1", Reach::Translated),
            ("192.88.99.1", Reach::Translated),
            ("224.0.0.1", Reach::Multicast),
            ("ff02::1", Reach::Multicast),
            ("0.0.0.0", Reach::Reserved),
            ("0.1.2.3", Reach::Reserved),
            ("::", Reach::Reserved),
            ("255.255.255.255", Reach::Reserved),
            ("240.0.0.1", Reach::Reserved),
            ("192.0.0.8", Reach::Reserved),
            ("192.0.2.1", Reach::Reserved),
            ("198.18.0.1", Reach::Reserved),
            ("198.51.100.7", Reach::Reserved),
            ("203.0.113.9", Reach::Reserved),
            ("2001:db8::1", Reach::Reserved),
            ("3fff::1", Reach::Reserved),
            ("100::1", Reach::Reserved),
            ("5f00::1", Reach::Reserved),
        ];
        for (text, reach) in table {
            assert_eq!(Reach::of(text.parse().unwrap()), reach, "{text}");
            assert!(!reach.is_public(), "{text}");
        }
    }

    #[test]
    fn what_stands_beside_a_network_is_the_world() {
        let world = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2a01:e0a::1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
        ];
        for text in world {
            assert_eq!(Reach::of(text.parse().unwrap()), Reach::Public, "{text}");
        }
    }
}
