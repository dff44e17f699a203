//! Identifiers of public bodies in the registers of their countries.

use std::{fmt, str::FromStr};

use super::NameError;
use crate::words::words;

/// The SIREN of La Poste, whose establishments do not follow Luhn's rule.
const LA_POSTE: &str = "356000000";

/// A French body: nine digits, the last checked by Luhn's rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siren(String);

impl Siren {
    /// The nine digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Siren {
    type Err = NameError;

    /// Spaces between groups of digits are left out.
    fn from_str(text: &str) -> Result<Self, NameError> {
        let digits = digits("siren", text, 9)?;
        if luhn(&digits) { Ok(Self(digits)) } else { Err(wrong("siren", CHECK_DIGIT)) }
    }
}

/// An establishment of a French body: its SIREN and five digits, checked by Luhn's rule — except
/// La Poste's, whose digits sum to a multiple of five.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret(String);

impl Siret {
    /// The fourteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The body the establishment belongs to.
    pub fn siren(&self) -> Siren {
        Siren(self.0[..9].to_owned())
    }
}

impl FromStr for Siret {
    type Err = NameError;

    /// Spaces between groups of digits are left out.
    fn from_str(text: &str) -> Result<Self, NameError> {
        let digits = digits("siret", text, 14)?;
        digits[..9].parse::<Siren>()?;
        let sum: u32 = digits.chars().filter_map(|c| c.to_digit(10)).sum();
        let of_la_poste = digits.starts_with(LA_POSTE) && sum.is_multiple_of(5);
        if luhn(&digits) || of_la_poste {
            Ok(Self(digits))
        } else {
            Err(wrong("siret", CHECK_DIGIT))
        }
    }
}

/// A French commune in the INSEE code: two characters of its department (`2A`, `2B` in Corsica)
/// and three digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Insee(String);

impl Insee {
    /// The five characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Insee {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let code = text.trim().to_ascii_uppercase();
        let shape = matches!(code.as_bytes(), [d1, d2, rest @ ..]
            if rest.len() == 3
                && rest.iter().all(u8::is_ascii_digit)
                && d1.is_ascii_digit()
                && (d2.is_ascii_digit() || (*d1 == b'2' && matches!(d2, b'A' | b'B'))));
        if shape && !code.starts_with("00") {
            Ok(Self(code))
        } else {
            Err(wrong("insee", "it is five digits, or 2A or 2B and three digits"))
        }
    }
}

words! {
    /// How the numbers of a register are checked.
    Check {
        /// Nine digits, the last by Luhn's rule.
        Siren = "siren",
        /// Fourteen digits of a body and its establishment, with La Poste's exception.
        Siret = "siret",
        /// A commune in the INSEE code.
        Insee = "insee",
        /// 1 to 64 visible ASCII characters.
        Plain = "plain",
    }
}

/// An identifier with the register it comes from, written `scheme:value` as in `siren:213000003`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    scheme: String,
    value: String,
}

impl Identifier {
    /// Checks a value by the rule of its register, where we know one (`siren`, `siret`, `insee`);
    /// of any other register, that it is 1 to 64 visible ASCII characters.
    pub fn new(scheme: &str, value: &str) -> Result<Self, NameError> {
        let scheme = scheme.trim().to_ascii_lowercase();
        let named = scheme.starts_with(|c: char| c.is_ascii_lowercase())
            && scheme.len() <= 32
            && scheme.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !named {
            return Err(wrong("identifier", "the register is letters a to z, digits and _"));
        }
        let check = scheme.parse().unwrap_or(Check::Plain);
        Self::checked(&scheme, check, value)
    }

    /// Checks a value by a rule of a country profile.
    pub fn checked(scheme: &str, check: Check, value: &str) -> Result<Self, NameError> {
        let value = match check {
            Check::Siren => value.parse::<Siren>()?.0,
            Check::Siret => value.parse::<Siret>()?.0,
            Check::Insee => value.parse::<Insee>()?.0,
            Check::Plain => plain(scheme, value)?,
        };
        Ok(Self { scheme: scheme.to_owned(), value })
    }

    /// Whether two identifiers of one body can be of the same one: an establishment carries the
    /// number of its body.
    pub fn agrees(&self, other: &Self) -> bool {
        match (self.scheme.as_str(), other.scheme.as_str()) {
            ("siret", "siren") => self.value.starts_with(&other.value),
            ("siren", "siret") => other.value.starts_with(&self.value),
            _ => true,
        }
    }

    /// The register, as in `siren`.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The value, as the register writes it without spaces.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl FromStr for Identifier {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (scheme, value) = text
            .split_once(':')
            .ok_or_else(|| wrong("identifier", "it is written register:value"))?;
        Self::new(scheme, value)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.scheme, self.value)
    }
}

const CHECK_DIGIT: &str = "its check digit does not fit; look for a mistyped digit";

fn wrong(scheme: &str, why: &'static str) -> NameError {
    NameError::Identifier { scheme: scheme.to_owned(), why }
}

fn plain(scheme: &str, value: &str) -> Result<String, NameError> {
    let value = value.trim();
    let fits = (1..=64).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_graphic());
    if fits {
        Ok(value.to_owned())
    } else {
        Err(wrong(scheme, "it is 1 to 64 letters, digits and signs"))
    }
}

fn digits(scheme: &str, text: &str, count: usize) -> Result<String, NameError> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() == count && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(digits);
    }
    Err(wrong(scheme, if count == 9 { "it is nine digits" } else { "it is fourteen digits" }))
}

/// Luhn's rule: every second digit from the right is doubled, its digits added; the sum ends in 0.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_catch_a_mistyped_or_swapped_digit() {
        assert_eq!("213 000 003".parse::<Siren>().unwrap().as_str(), "213000003");
        let siret: Siret = "213\u{a0}000\u{a0}003 00011".parse().unwrap();
        assert_eq!(siret.siren().as_str(), "213000003");
        for wrong in ["213000004", "231000003", "21300000", "2130000030", "21300000x", "２13000003"]
        {
            assert!(wrong.parse::<Siren>().is_err(), "{wrong}");
        }
        for wrong in ["21300000300012", "21300000400011", "2130000030001", ""] {
            assert!(wrong.parse::<Siret>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn la_poste_sums_to_a_multiple_of_five() {
        // Head office, which follows Luhn too, then an establishment that does not.
        assert!("35600000000048".parse::<Siret>().is_ok());
        assert!("35600000049837".parse::<Siret>().is_ok());
        assert!("35600000049838".parse::<Siret>().is_err());
    }

    #[test]
    fn communes_of_corsica_have_a_letter() {
        for right in ["01001", "2A004", "2b033", "97411"] {
            assert!(right.parse::<Insee>().is_ok(), "{right}");
        }
        for wrong in ["1001", "2C004", "A2004", "00001", "010011", "0100x"] {
            assert!(wrong.parse::<Insee>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_identifier_names_its_register() {
        let siren: Identifier = "SIREN:213 000 003".parse().unwrap();
        assert_eq!(siren.to_string(), "siren:213000003");
        let siret: Identifier = "siret:21300000300011".parse().unwrap();
        assert!(siret.agrees(&siren) && siren.agrees(&siret));
        assert!(!siret.agrees(&"siren:356000000".parse().unwrap()));
        assert_eq!(Identifier::new("uk_gss", "E08000025").unwrap().value(), "E08000025");
        for wrong in ["213000003", "siren:213000004", ":x", "si ren:1", "kbo:", "kbo:a b", "kbo:é"]
        {
            assert!(wrong.parse::<Identifier>().is_err(), "{wrong}");
        }
    }
}
