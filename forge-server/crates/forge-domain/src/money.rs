//! Money: an integer number of minor units and an ISO 4217 currency, never a float.
//!
//! One call has one currency and nothing is ever converted (domain decision 4). What people type is
//! read by [`Amount::parse`]; how a person sees an amount belongs to the message files, only the
//! machine form is written here.

mod currency;
mod parse;

use std::fmt;

pub use currency::Currency;
pub use parse::NumberStyle;

/// An integer number of minor units (cents, øre, pence) of a currency known from the context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The amount of this many minor units.
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// How many minor units this is, for the store and for arithmetic.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// Reads a non-negative amount as people type it, when only one reading is possible.
    ///
    /// See [`Amount::parse_styled`]; `12,500` alone is refused here as ambiguous.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, AmountError> {
        Self::parse_styled(text, currency, NumberStyle::Any)
    }

    /// Reads a non-negative amount, `style` deciding where `12,500` could be read in two ways.
    ///
    /// Digits may be grouped by threes with spaces (U+0020, U+00A0, U+2009, U+202F), or with the
    /// mark that is not the decimal one; the currency may stand before or after, as code or sign.
    pub fn parse_styled(
        text: &str,
        currency: Currency,
        style: NumberStyle,
    ) -> Result<Self, AmountError> {
        let amount = Self::parse_signed(text, currency, style)?;
        if parse::has_minus(text) { Err(AmountError::Negative) } else { Ok(amount) }
    }

    /// Reads an amount that may be negative, such as a correction; otherwise as
    /// [`Amount::parse_styled`].
    pub fn parse_signed(
        text: &str,
        currency: Currency,
        style: NumberStyle,
    ) -> Result<Self, AmountError> {
        parse::parse(text, currency, style).map(Self)
    }

    /// The machine form: a dot, all the decimals of the currency, no groups (`12500.00`).
    pub fn to_decimal(self, currency: Currency) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let minor = self.0.unsigned_abs();
        let decimals = currency.exponent() as usize;
        if decimals == 0 {
            return format!("{sign}{minor}");
        }
        let one = 10_u64.pow(currency.exponent());
        format!("{sign}{}.{:0decimals$}", minor / one, minor % one)
    }

    /// The sum, or [`AmountError::Overflow`].
    pub fn checked_add(self, other: Self) -> Result<Self, AmountError> {
        self.0.checked_add(other.0).map(Self).ok_or(AmountError::Overflow)
    }

    /// The difference, possibly negative, or [`AmountError::Overflow`].
    pub fn checked_sub(self, other: Self) -> Result<Self, AmountError> {
        self.0.checked_sub(other.0).map(Self).ok_or(AmountError::Overflow)
    }

    /// The sum of many amounts, or [`AmountError::Overflow`].
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, AmountError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// This part of a whole in basis points, rounded down, from nothing to all of it: what a
    /// meter draws. Nothing of a whole that is nothing.
    pub fn basis_points_of(self, whole: Self) -> i64 {
        if whole.minor() <= 0 {
            return 0;
        }
        let bp = i128::from(self.minor()) * 10_000 / i128::from(whole.minor());
        i64::try_from(bp.clamp(0, 10_000)).unwrap_or_default()
    }

    /// Whether this is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether this is exactly nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// An amount with its currency, where the context does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much, in minor units of `currency`.
    pub amount: Amount,
    /// Of what; two currencies never meet in one sum.
    pub currency: Currency,
}

impl Money {
    /// The sum of two amounts of the same currency.
    pub fn checked_add(self, other: Self) -> Result<Self, AmountError> {
        let amount = self.amount.checked_add(self.same_currency(other)?)?;
        Ok(Self { amount, ..self })
    }

    /// The difference of two amounts of the same currency, possibly negative.
    pub fn checked_sub(self, other: Self) -> Result<Self, AmountError> {
        let amount = self.amount.checked_sub(self.same_currency(other)?)?;
        Ok(Self { amount, ..self })
    }

    fn same_currency(self, other: Self) -> Result<Amount, AmountError> {
        if self.currency == other.currency {
            return Ok(other.amount);
        }
        let found = other.currency.code().to_owned();
        Err(AmountError::CurrencyMismatch { expected: self.currency, found })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount.to_decimal(self.currency), self.currency)
    }
}

/// Why a text is no amount, or why two amounts cannot be reckoned together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// There is no text, or only spaces.
    #[error("The amount is empty; write it in figures, for example 12500.00.")]
    Empty,
    /// A dot or a comma has no figure on one of its sides.
    #[error("A figure is missing before or after the decimal mark; write 0.50 or 5.00.")]
    MissingDigits,
    /// More decimals than the currency has.
    #[error("The amount has too many decimals; {currency} takes at most {max}.")]
    TooManyDecimals {
        /// The currency asked for.
        currency: Currency,
        /// How many decimals it has.
        max: u32,
    },
    /// `12,500` could be twelve and a half or twelve thousand five hundred.
    #[error("\"{0}\" can be read in two ways; write 12500 or 12.50, without a lone comma.")]
    Ambiguous(String),
    /// Groups that are not of three figures, or two kinds of group in one amount.
    #[error("The figures are not grouped by threes; write 12500 or 12 500.")]
    Grouping,
    /// Scientific notation.
    #[error("An amount is not written with an exponent; write 1000 rather than 1e3.")]
    Exponent,
    /// Full-width, Arabic-Indic or other figures that are not 0 to 9.
    #[error("\"{0}\" is not one of the figures 0 to 9; type the amount with those.")]
    ForeignDigit(char),
    /// A word such as NaN or infinity, or only a currency.
    #[error("\"{0}\" is not an amount; write it in figures, for example 12500.00.")]
    NotANumber(String),
    /// A sign or letter that has no place in an amount.
    #[error("\"{0}\" has no place in an amount; write only figures, for example 12500.00.")]
    UnexpectedCharacter(char),
    /// Less than nothing, where that has no meaning.
    #[error("The amount is negative; it must be zero or more.")]
    Negative,
    /// More than 64 bits of minor units.
    #[error("The amount is larger than this program can reckon with.")]
    Overflow,
    /// Not a currency of ISO 4217.
    #[error("\"{0}\" is not an ISO 4217 currency code; write for example EUR, GBP or DKK.")]
    UnknownCurrency(String),
    /// Two currencies where one is wanted; nothing is ever converted.
    #[error("The amount is in {found} but {expected} is wanted; currencies are never converted.")]
    CurrencyMismatch {
        /// The currency of the call.
        expected: Currency,
        /// What was given, as it was written.
        found: String,
    },
}

impl AmountError {
    /// The stable code of the API and of the command line.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Overflow => "overflow",
            Self::CurrencyMismatch { .. } => "currency_mismatch",
            Self::Empty
            | Self::MissingDigits
            | Self::TooManyDecimals { .. }
            | Self::Ambiguous(_)
            | Self::Grouping
            | Self::Exponent
            | Self::ForeignDigit(_)
            | Self::NotANumber(_)
            | Self::UnexpectedCharacter(_)
            | Self::Negative
            | Self::UnknownCurrency(_) => "invalid_amount",
        }
    }
}

#[cfg(test)]
mod tests;
