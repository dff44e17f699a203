//! What somebody gives as an address, read once by the one parser (security.md A4 #73).

use url::{Host, Url};

use crate::config::Allowed;

/// The longest address.
const BYTES_MAX: usize = 2_000;

/// Why an address is none we send to; each has a message `refusal-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is not an address at all.
    #[error("it is no http:// or https:// address with a host")]
    NoAddress,
    /// It holds what reads differently in different programs.
    #[error("it holds a name, a password, a fragment or a control character")]
    Tricky,
    /// It is longer than any that is meant.
    #[error("it is longer than {BYTES_MAX} characters")]
    TooLong,
    /// What is sent could be read on the way.
    #[error("it is not https, and an administrator has not allowed its host")]
    NotHttps,
    /// It leads back into a private network.
    #[error("it leads into a private network that an administrator has not allowed")]
    NotPublic,
}

impl AddressError {
    /// The stable code of the refusal.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAddress => "address_invalid",
            Self::Tricky => "address_tricky",
            Self::TooLong => "address_too_long",
            Self::NotHttps => "address_not_https",
            Self::NotPublic => "address_not_public",
        }
    }
}

/// Reads an address, and refuses what can be refused before it is looked up.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn parse(text: &str, allowed: &Allowed) -> Result<Url, AddressError> {
    if text.len() > BYTES_MAX {
        return Err(AddressError::TooLong);
    }
    // The parser would drop tabs and newlines, and turn backslashes.
    let odd = |character: char| character.is_control() || matches!(character, ' ' | '\\');
    let lower = text.to_ascii_lowercase();
    if text.contains(odd) || ["%0d", "%0a", "%00"].iter().any(|coded| lower.contains(coded)) {
        return Err(AddressError::Tricky);
    }
    let url = Url::parse(text).map_err(|_| AddressError::NoAddress)?;
    let host = url.host().filter(|_| matches!(url.scheme(), "http" | "https"));
    let host = host.ok_or(AddressError::NoAddress)?;
    let named = text.contains('@') && (!url.username().is_empty() || url.password().is_some());
    let dotted = matches!(&host, Host::Domain(name) if name.ends_with('.'));
    if named || dotted || url.fragment().is_some() {
        return Err(AddressError::Tricky);
    }
    let named = allowed.names(&host);
    if !named && is_inside(&host) {
        return Err(AddressError::NotPublic);
    }
    if url.scheme() != "https" && !named {
        return Err(AddressError::NotHttps);
    }
    Ok(url)
}

/// Whether a host leads inside without being looked up.
fn is_inside(host: &Host<&str>) -> bool {
    use forge_domain::reach::Reach;
    match host {
        Host::Ipv4(address) => !Reach::of((*address).into()).is_public(),
        Host::Ipv6(address) => !Reach::of((*address).into()).is_public(),
        // RFC 6761.
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RawConfig;

    fn read(text: &str) -> Result<String, AddressError> {
        let raw: RawConfig =
            toml::from_str("[outbound]\nallow = [\"ci.example.org\", \"10.1.0.0/16\"]").unwrap();
        parse(text, &raw.resolve().unwrap().outbound).map(Into::into)
    }

    #[test]
    fn a_private_address_is_refused_however_it_is_spelt() {
        let spellings = [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://%31%32%37.0.0.1/",
            "https://１２７.0.0.1/",
            "https://127。0。0。1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://0.0.0.0/",
            "https://169.254.169.254/latest/meta-data/",
            "https://10.0.0.7/",
            "https://[fd00::1]/",
            "https://localhost/",
            "https://LOCALHOST:8443/",
            "https://a.localhost/",
        ];
        for text in spellings {
            assert_eq!(read(text), Err(AddressError::NotPublic), "{text}");
        }
    }

    #[test]
    fn what_two_programs_may_read_differently_is_refused() {
        for text in [
            "https://a@127.0.0.1#@ok.example/",
            "https://a:b@ok.example/",
            "https://ok.example/#part",
            "https://ok.example/a%0d%0aX-Y:z",
            "https://ok.example/a%0D%0A",
            "https://ok.example/\r\nX-Y: z",
            "https://ok.example\\@evil.example/",
            "https://ok.example/a b",
            "\thttps://ok.example/",
            "https://ok.example./",
            "https://localhost./",
            "https://ok.example/%00",
        ] {
            assert_eq!(read(text), Err(AddressError::Tricky), "{text}");
        }
        for text in
            ["", "ok.example", "//ok.example/", "gopher://ok.example/", "file:///etc/passwd"]
        {
            assert_eq!(read(text), Err(AddressError::NoAddress), "{text}");
        }
        let long = format!("https://ok.example/{}", "a".repeat(2_000));
        assert_eq!(read(&long), Err(AddressError::TooLong));
    }

    #[test]
    fn plain_http_goes_only_where_an_administrator_allowed_it() {
        assert_eq!(read("http://ok.example/"), Err(AddressError::NotHttps));
        assert_eq!(read("http://10.2.0.1/"), Err(AddressError::NotPublic));
        let kept = "https://hooks.example/hook?access_token=a.b-c_d&x=%20";
        assert_eq!(read(kept).as_deref(), Ok(kept), "an address is sent as it was given");
        for text in ["http://ci.example.org:8000/hook", "http://10.1.2.3/hook"] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
    }
}
