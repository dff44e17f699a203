//! What a person is called and written to.

use std::{fmt, str::FromStr};

use super::{NameError, is_invisible};

/// An e-mail address: a plain local part, and a domain in lower case.
///
/// Quoted local parts are refused: nobody's, and dangerous in headers and on command lines.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`, in lower case.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for Email {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        if text.len() > 254 {
            return Err(NameError::TooLong { max: 254 });
        }
        let (local, domain) =
            text.rsplit_once('@').ok_or(NameError::Email("the sign @ is missing"))?;
        let atext = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-.".contains(&b);
        if local.is_empty() || local.len() > 64 || !local.bytes().all(atext) {
            return Err(NameError::Email("what stands before the @ is not usable"));
        }
        if local.starts_with(['.', '-']) || local.ends_with('.') || local.contains("..") {
            return Err(NameError::Email("what stands before the @ is not usable"));
        }
        let label = |part: &str| {
            !part.is_empty()
                && part.len() <= 63
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        if !domain.split('.').all(label) {
            return Err(NameError::Email("what stands after the @ is not a domain"));
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The name of a person, a council or a space as it is shown: one line of visible characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DisplayName(String);

impl DisplayName {
    /// The longest name, in bytes.
    pub const LEN_MAX: usize = 400;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DisplayName {
    type Err = NameError;

    /// Trims the ends; refuses control, invisible and direction-changing characters inside.
    fn from_str(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        if text.len() > Self::LEN_MAX {
            return Err(NameError::TooLong { max: Self::LEN_MAX });
        }
        match text.chars().find(|&c| is_invisible(c)) {
            Some(c) => Err(NameError::Invisible(c)),
            None => Ok(Self(text.to_owned())),
        }
    }
}

impl fmt::Display for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain_and_its_domain_folded() {
        let mail: Email = " Claire.Martin+git@Mairie-Aubervac.FR ".parse().unwrap();
        assert_eq!(mail.as_str(), "Claire.Martin+git@mairie-aubervac.fr");
        assert_eq!(mail.domain(), "mairie-aubervac.fr");
        for wrong in [
            "",
            "a",
            "@b.fr",
            "a@",
            "a@b..fr",
            "a@-b.fr",
            "a b@c.fr",
            "a@b.fr\r\nBcc: x@y.z",
            "a@b@c.fr",
            "\"a b\"@c.fr",
            ".a@b.fr",
            "a.@b.fr",
            "a..b@c.fr",
            "-oX@b.fr",
            "a@b.fr\0",
            "é@b.fr",
            "a@bé.fr",
            "*)(uid=*@b.fr",
        ] {
            assert!(wrong.parse::<Email>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_shown_name_is_one_visible_line() {
        let name: DisplayName = "  Pays d’Aubervac – Éole \"><img src=x> ".parse().unwrap();
        assert_eq!(name.as_str(), "Pays d’Aubervac – Éole \"><img src=x>");
        for wrong in
            ["", "  ", "a\nb", "a\u{202e}b", "a\u{200b}b", "a\u{1b}[2Jb", "a\0", "\u{3164}"]
        {
            assert!(wrong.parse::<DisplayName>().is_err(), "{wrong:?}");
        }
    }
}
