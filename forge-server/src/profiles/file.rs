//! One profile file: TOML, every key known, parsed into the types of forge-domain.

use forge_domain::{
    calendar,
    money::{Amount, Currency},
    profiles::{
        Bands, EvidenceRule, ProcurementThreshold, Profile, ProfileFault, Register, Validity,
        VatRate, Vehicle,
    },
    sharing::Basis,
    working_time::Holidays,
};
use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::ProfileError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    code: Spanned<String>,
    country: Option<Spanned<String>>,
    valid_from: Spanned<Datetime>,
    checked_on: Spanned<Datetime>,
    csv_separator: Spanned<String>,
    #[serde(default)]
    register: Vec<RegisterRow>,
    evidence: Vec<EvidenceRow>,
    vehicle: Vec<VehicleRow>,
    #[serde(default)]
    vat: Vec<VatRow>,
    #[serde(default)]
    bands: Vec<BandsRow>,
    #[serde(default)]
    threshold: Vec<ThresholdRow>,
    #[serde(default)]
    holidays: HolidaysRow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisterRow {
    scheme: Spanned<String>,
    check: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceRow {
    kind: Spanned<String>,
    backs: Spanned<String>,
    #[serde(default)]
    needs: Vec<Spanned<String>>,
    #[serde(default)]
    enforceable_with: Vec<Spanned<String>>,
    #[serde(default)]
    second_check: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VehicleRow {
    code: Spanned<String>,
    basis: Option<Spanned<String>>,
    evidence: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VatRow {
    bp: u32,
    valid_from: Spanned<Datetime>,
    valid_until: Option<Spanned<Datetime>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BandsRow {
    code: Spanned<String>,
    upto: Vec<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdRow {
    code: Spanned<String>,
    amount: Spanned<String>,
    currency: Spanned<String>,
    valid_from: Spanned<Datetime>,
    valid_until: Option<Spanned<Datetime>>,
    source: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidaysRow {
    #[serde(default)]
    fixed: Vec<Spanned<String>>,
    #[serde(default)]
    easter: Vec<i32>,
}

/// Reads and checks one file.
///
/// # Errors
/// [`ProfileError::Wrong`] with the first line that is.
pub(super) fn parse(name: &str, text: &str) -> Result<Profile, ProfileError> {
    let source = Source { name, text };
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        source.wrong(at, error.message())
    })?;
    let profile = source.profile(file)?;
    match profile.check().first() {
        None => Ok(profile),
        Some(fault) => {
            let row = match fault {
                ProfileFault::VatRate(bp) => Some(format!("bp = {bp}")),
                fault => fault.about().map(|word| format!("= \"{word}\"")),
            };
            let at = row.and_then(|row| text.rfind(&row)).unwrap_or(0);
            Err(source.wrong(at, &fault.to_string()))
        }
    }
}

/// The text of a file, for the lines of what is wrong.
struct Source<'a> {
    name: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn wrong(&self, at: usize, why: &str) -> ProfileError {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        ProfileError::Wrong { file: self.name.to_owned(), line, why: why.to_owned() }
    }

    fn profile(&self, file: File) -> Result<Profile, ProfileError> {
        Ok(Profile {
            valid_from: self.day(&file.valid_from)?,
            checked_on: self.day(&file.checked_on)?,
            csv_separator: self.separator(&file.csv_separator)?,
            registers: each(&file.register, |row| self.register(row))?,
            evidence: each(&file.evidence, |row| self.evidence(row))?,
            vehicles: each(&file.vehicle, |row| self.vehicle(row))?,
            vat_rates: each(&file.vat, |row| {
                let valid = self.validity(&row.valid_from, row.valid_until.as_ref())?;
                Ok(VatRate { bp: row.bp, valid })
            })?,
            bands: each(&file.bands, |row| {
                Ok(Bands { code: self.code(&row.code)?, upto: row.upto.clone() })
            })?,
            thresholds: each(&file.threshold, |row| self.threshold(row))?,
            holidays: Holidays {
                fixed: each(&file.holidays.fixed, |day| self.day_of_year(day))?,
                easter: file.holidays.easter,
            },
            country: file.country.as_ref().map(|country| self.country(country)).transpose()?,
            code: self.code(&file.code)?,
        })
    }

    fn register(&self, row: &RegisterRow) -> Result<Register, ProfileError> {
        Ok(Register { scheme: self.code(&row.scheme)?, check: self.word(&row.check)? })
    }

    fn evidence(&self, row: &EvidenceRow) -> Result<EvidenceRule, ProfileError> {
        Ok(EvidenceRule {
            kind: self.code(&row.kind)?,
            backs: self.word(&row.backs)?,
            needs: each(&row.needs, |field| self.word(field))?,
            enforceable_with: each(&row.enforceable_with, |field| self.word(field))?,
            second_check: row.second_check,
        })
    }

    fn vehicle(&self, row: &VehicleRow) -> Result<Vehicle, ProfileError> {
        let basis = match row.basis.as_ref().map(|basis| (basis, basis.get_ref().as_str())) {
            None => None,
            Some((_, "net")) => Some(Basis::Net),
            Some((_, "gross")) => Some(Basis::Gross),
            Some((at, other)) => {
                let why = format!("the basis is net or gross, not {other:?}");
                return Err(self.wrong(at.span().start, &why));
            }
        };
        Ok(Vehicle { code: self.code(&row.code)?, basis, evidence: row.evidence.clone() })
    }

    fn threshold(&self, row: &ThresholdRow) -> Result<ProcurementThreshold, ProfileError> {
        let at = |error: forge_domain::money::AmountError, from: &Spanned<String>| {
            self.wrong(from.span().start, &error.to_string())
        };
        let currency = Currency::from_code(row.currency.get_ref())
            .map_err(|error| at(error, &row.currency))?;
        let amount = Amount::parse(row.amount.get_ref(), currency)
            .map_err(|error| at(error, &row.amount))?;
        Ok(ProcurementThreshold {
            code: self.code(&row.code)?,
            amount,
            currency,
            valid: self.validity(&row.valid_from, row.valid_until.as_ref())?,
            source: row.source.clone(),
        })
    }

    fn validity(
        &self,
        from: &Spanned<Datetime>,
        until: Option<&Spanned<Datetime>>,
    ) -> Result<Validity, ProfileError> {
        let until = until.map(|until| self.day(until)).transpose()?;
        Ok(Validity { from: self.day(from)?, until })
    }

    fn day(&self, day: &Spanned<Datetime>) -> Result<Date, ProfileError> {
        let text = day.get_ref().to_string();
        let why = "write a day, as in 2026-04-01";
        calendar::parse_date(&text).map_err(|_| self.wrong(day.span().start, why))
    }

    /// A day of every year. 29 February is one in the years that have it.
    fn day_of_year(&self, day: &Spanned<String>) -> Result<(i8, i8), ProfileError> {
        let why = "write a day of the year as month-day, as in \"07-14\"";
        let date = calendar::parse_date(&format!("2024-{}", day.get_ref()));
        let date = date.map_err(|_| self.wrong(day.span().start, why))?;
        Ok((date.month(), date.day()))
    }

    /// What stands between the cells of a file for the finance systems of the country.
    fn separator(&self, text: &Spanned<String>) -> Result<char, ProfileError> {
        match text.get_ref().as_str() {
            ";" => Ok(';'),
            "," => Ok(','),
            _ => Err(self.wrong(text.span().start, "the separator is \";\" or \",\"")),
        }
    }

    /// A word by which rows and pages name a thing.
    fn code(&self, word: &Spanned<String>) -> Result<String, ProfileError> {
        let text = word.get_ref();
        let plain = (1..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let why = "a word has 1 to 40 letters a to z, digits and _";
        if plain { Ok(text.clone()) } else { Err(self.wrong(word.span().start, why)) }
    }

    fn country(&self, word: &Spanned<String>) -> Result<String, ProfileError> {
        let text = word.get_ref();
        let plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        let why = "a country is two capital letters, as in FR";
        if plain { Ok(text.clone()) } else { Err(self.wrong(word.span().start, why)) }
    }

    fn word<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        word: &Spanned<String>,
    ) -> Result<T, ProfileError> {
        let parsed = word.get_ref().parse::<T>();
        parsed.map_err(|error| self.wrong(word.span().start, &error.to_string()))
    }
}

fn each<R, T>(
    rows: &[R],
    read: impl Fn(&R) -> Result<T, ProfileError>,
) -> Result<Vec<T>, ProfileError> {
    rows.iter().map(read).collect()
}
