use fixed_decimal::{Decimal, SignedRoundingMode, UnsignedRoundingMode};
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{Combo, YM, YMD, YMDT, zone::SpecificLong};
use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::{Locale as IcuLocale, locale};
use jiff::{Zoned, civil};

use crate::Locale;

const NO_BREAK_SPACE: char = '\u{00a0}';
/// A real minus sign: screen readers say it, where they skip a hyphen.
const MINUS: char = '\u{2212}';

/// How one language writes numbers, amounts, dates and times. Data: Unicode CLDR through ICU4X.
pub struct Formats {
    locale: Locale,
    decimal: DecimalFormatter,
    date: DateTimeFormatter<YMD>,
    short_date: DateTimeFormatter<YMD>,
    month: DateTimeFormatter<YM>,
    moment: DateTimeFormatter<Combo<YMDT, SpecificLong>>,
}

/// Formatting data that a language needs is missing from the build.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// Numbers cannot be written.
    #[error("the number data of “{0}” is missing from this build: {1}")]
    Numbers(&'static str, String),
    /// Dates cannot be written.
    #[error("the calendar data of “{0}” is missing from this build: {1}")]
    Dates(&'static str, String),
}

impl Formats {
    /// The formats of `locale`.
    ///
    /// # Errors
    /// The compiled data lacks the language.
    pub fn new(locale: Locale) -> Result<Self, FormatError> {
        let icu: IcuLocale = match locale {
            Locale::Fr => locale!("fr-FR"),
            Locale::En => locale!("en-GB"),
        };
        let dates = |error: icu_datetime::DateTimeFormatterLoadError| {
            FormatError::Dates(locale.tag(), error.to_string())
        };
        let decimal = DecimalFormatter::try_new((&icu).into(), DecimalFormatterOptions::default())
            .map_err(|error| FormatError::Numbers(locale.tag(), error.to_string()))?;
        Ok(Self {
            locale,
            decimal,
            date: DateTimeFormatter::try_new((&icu).into(), YMD::long()).map_err(dates)?,
            short_date: DateTimeFormatter::try_new((&icu).into(), YMD::short()).map_err(dates)?,
            month: DateTimeFormatter::try_new((&icu).into(), YM::long()).map_err(dates)?,
            moment: DateTimeFormatter::try_new(
                (&icu).into(),
                YMD::long().with_time_hm().with_zone(SpecificLong),
            )
            .map_err(dates)?,
        })
    }

    /// A whole number with grouped thousands: `12 345` with U+202F, `12,345`.
    pub fn number(&self, number: i64) -> String {
        self.decimal(number, 0)
    }

    /// A number given in units of 10^-`decimals`, all its decimals shown.
    pub fn decimal(&self, units: i64, decimals: u8) -> String {
        signed(units, self.magnitude(units, decimals))
    }

    /// A number given in hundredths, with no more decimals than it needs: `12`, `2,5`, `0.25`.
    pub fn hundredths(&self, hundredths: i64) -> String {
        match (hundredths % 100, hundredths % 10) {
            (0, _) => self.number(hundredths / 100),
            (_, 0) => self.decimal(hundredths / 10, 1),
            _ => self.decimal(hundredths, 2),
        }
    }

    /// An amount in minor units of `currency` (ISO 4217), which has `exponent` decimals:
    /// `12 345,67 €`, `€12,345.67`. A currency whose sign several countries share is written by
    /// its code: `12 345,67 DKK`, `DKK 12,345.67`.
    pub fn money(&self, minor: i64, currency: &str, exponent: u8) -> String {
        let amount = self.magnitude(minor, exponent);
        let sign = match currency {
            "EUR" => "€",
            "GBP" => "£",
            other => other,
        };
        let shown = match self.locale {
            Locale::Fr => format!("{amount}{NO_BREAK_SPACE}{sign}"),
            Locale::En if sign == currency => format!("{sign}{NO_BREAK_SPACE}{amount}"),
            Locale::En => format!("{sign}{amount}"),
        };
        signed(minor, shown)
    }

    /// A ratio given in basis points (10 000 is the whole), rounded half away from zero to
    /// `decimals` (at most 2): `31,8 %` with U+00A0, `31.8%`.
    pub fn percent(&self, basis_points: i64, decimals: u8) -> String {
        let mut ratio = Decimal::from(basis_points.unsigned_abs());
        ratio.multiply_pow10(-2);
        let last = -i16::from(decimals.min(2));
        ratio.round_with_mode(last, SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand));
        ratio.pad_end(last);
        let shown = self.decimal.format(&ratio);
        let shown = match self.locale {
            Locale::Fr => format!("{shown}{NO_BREAK_SPACE}%"),
            Locale::En => format!("{shown}%"),
        };
        signed(basis_points, shown)
    }

    /// A calendar day in full: `1 mars 2026`, `1 March 2026`. French writes the first of a month
    /// `1er mars` in running text; official tables and CLDR write `1 mars`, and so do we.
    pub fn date(&self, date: civil::Date) -> String {
        self.date.format(&date).to_string()
    }

    /// A calendar day in figures for narrow tables: `01/03/2026` in both languages.
    pub fn short_date(&self, date: civil::Date) -> String {
        self.short_date.format(&date).to_string()
    }

    /// The month of a day, for a heading: `mars 2026`, `March 2026`.
    pub fn month(&self, date: civil::Date) -> String {
        self.month.format(&date).to_string()
    }

    /// A day and time with the name of its zone, which tells summer from winter time.
    pub fn date_time(&self, moment: &Zoned) -> String {
        self.moment.format(moment).to_string()
    }

    fn magnitude(&self, units: i64, decimals: u8) -> String {
        let mut magnitude = Decimal::from(units.unsigned_abs());
        magnitude.multiply_pow10(-i16::from(decimals));
        magnitude.pad_end(-i16::from(decimals));
        self.decimal.format(&magnitude).to_string()
    }
}

/// Puts the minus sign before a magnitude.
fn signed(value: i64, shown: String) -> String {
    if value < 0 { format!("{MINUS}{shown}") } else { shown }
}
