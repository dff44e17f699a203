//! Currencies of ISO 4217 and how many decimals each has.

use std::{fmt, str::FromStr};

use super::AmountError;

/// A currency of ISO 4217, in use today.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The pound sterling.
    pub const GBP: Self = Self(*b"GBP");
    /// The Danish krone.
    pub const DKK: Self = Self(*b"DKK");

    /// The currency of this three-letter code, in capitals.
    pub fn from_code(code: &str) -> Result<Self, AmountError> {
        let unknown = || AmountError::UnknownCurrency(code.chars().take(16).collect());
        let bytes: [u8; 3] = code.as_bytes().try_into().map_err(|_| unknown())?;
        let listed = |codes: &str| codes.split(' ').any(|known| known == code);
        if listed(TWO) || listed(ZERO) || listed(THREE) || listed(FOUR) {
            Ok(Self(bytes))
        } else {
            Err(unknown())
        }
    }

    /// The three letters, in capitals.
    pub fn code(&self) -> &str {
        // The bytes come from the tables below, which are ASCII.
        str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals an amount of this currency has: 2 for EUR, 0 for JPY, 3 for TND.
    pub fn exponent(&self) -> u32 {
        let listed = |codes: &str| codes.split(' ').any(|known| known == self.code());
        if listed(ZERO) {
            0
        } else if listed(THREE) {
            3
        } else if listed(FOUR) {
            4
        } else {
            2
        }
    }

    /// The sign people write for it, where there is a usual one. `kr` serves three currencies.
    pub fn sign(&self) -> Option<&'static str> {
        SIGNS.iter().find(|(code, _)| *code == self.code()).map(|(_, sign)| *sign)
    }

    /// Whether some currency is written with this sign.
    pub(super) fn is_sign(text: &str) -> bool {
        SIGNS.iter().any(|(_, sign)| *sign == text)
    }
}

impl FromStr for Currency {
    type Err = AmountError;

    fn from_str(code: &str) -> Result<Self, AmountError> {
        Self::from_code(code)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

const SIGNS: [(&str, &str); 13] = [
    ("EUR", "€"),
    ("GBP", "£"),
    ("USD", "$"),
    ("CAD", "$"),
    ("AUD", "$"),
    ("JPY", "¥"),
    ("DKK", "kr"),
    ("NOK", "kr"),
    ("SEK", "kr"),
    ("ISK", "kr"),
    ("PLN", "zł"),
    ("CZK", "Kč"),
    ("HUF", "Ft"),
];

// ISO 4217:2015 with its amendments, list one, by number of decimals. Precious metals, bond units
// and testing codes have no minor unit and are left out; nobody pays a share in gold.
const ZERO: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";
const FOUR: &str = "CLF UYW";
const TWO: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN \
BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP \
GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP \
LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD \
PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP \
SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
