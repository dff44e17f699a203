//! Days of work, in hundredths: half a day is 0.50.

use std::{fmt, str::FromStr};

use super::WorkError;

/// The most days of one offer: more than forty years of one agent.
const DAYS_MAX: i64 = 10_000;

/// Days of work, more than none, counted in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(i64);

impl Days {
    /// So many hundredths of a day.
    ///
    /// # Errors
    /// [`WorkError::Days`] for none, fewer than none, or more than anybody gives.
    pub const fn from_hundredths(hundredths: i64) -> Result<Self, WorkError> {
        if hundredths < 1 || hundredths > DAYS_MAX * 100 {
            return Err(WorkError::Days);
        }
        Ok(Self(hundredths))
    }

    /// The days in hundredths.
    pub const fn hundredths(self) -> i64 {
        self.0
    }
}

/// As people write them, with a point or a comma: `12`, `2.5`, `0,25`.
impl FromStr for Days {
    type Err = WorkError;

    fn from_str(text: &str) -> Result<Self, WorkError> {
        let text = text.trim();
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 6 {
            return Err(WorkError::Days);
        }
        let number = |text: &str| text.parse::<i64>().map_err(|_| WorkError::Days);
        let tenths = if part.len() == 1 { 10 } else { 1 };
        Self::from_hundredths(number(whole)? * 100 + number(part)? * tenths)
    }
}

/// The machine form: a point, no more decimals than are needed: `12`, `2.5`, `0.25`.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}
