use std::borrow::Cow;

/// A value put into a message.
///
/// Money and dates are formatted before they enter the message, so a translator cannot forget it;
/// a number enters as it is, because the message chooses its plural by it, and is shown by `NUM()`.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// A text shown as it is.
    Text(Cow<'a, str>),
    /// A count; written `{ NUM($n) }` in messages.
    Number(i64),
    /// An amount in minor units of a currency with that many decimals.
    Money {
        /// Minor units: cents for the euro.
        minor: i64,
        /// ISO 4217 code.
        currency: &'a str,
        /// Decimals of the currency: 2 for the euro.
        exponent: u8,
    },
    /// A calendar day.
    Date(jiff::civil::Date),
    /// A moment in a time zone, shown with the zone's name.
    Moment(&'a jiff::Zoned),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<jiff::civil::Date> for Arg<'_> {
    fn from(date: jiff::civil::Date) -> Self {
        Self::Date(date)
    }
}

impl<'a> From<&'a jiff::Zoned> for Arg<'a> {
    fn from(moment: &'a jiff::Zoned) -> Self {
        Self::Moment(moment)
    }
}

/// Counts of any width; one above `i64::MAX` is shown as that, which no count reaches.
macro_rules! from_count {
    ($($int:ty),+) => {$(
        impl From<$int> for Arg<'_> {
            fn from(count: $int) -> Self {
                Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
            }
        }
    )+};
}
from_count!(i32, i64, u16, u32, u64, usize);
