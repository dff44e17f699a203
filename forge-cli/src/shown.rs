//! Amounts, dates and words of the wire as the reader's language writes them.

use forge_api::Amount;
use forge_domain::{calendar, money::Currency, work::Days};
use serde::Serialize;
use serde_json::Value;

use crate::text::Texts;

/// What stands where there is nothing to say.
pub(crate) const NOTHING: &str = "—";

/// An amount; as it came, where it cannot be read.
pub(crate) fn amount(amount: &Amount, currency: &str, texts: &Texts) -> String {
    let read = |currency: Currency| Some((amount.to_domain(currency).ok()?.minor(), currency));
    let Some((minor, known)) = Currency::from_code(currency).ok().and_then(read) else {
        return format!("{amount} {currency}");
    };
    let exponent = u8::try_from(known.exponent()).unwrap_or_default();
    texts.formats().money(minor, currency, exponent)
}

/// An amount in minor units, with its sign.
pub(crate) fn minor(minor: i64, currency: &str, texts: &Texts) -> String {
    let known = Currency::from_code(currency).map(|currency| currency.exponent());
    let exponent = known.ok().and_then(|exponent| u8::try_from(exponent).ok());
    texts.formats().money(minor, currency, exponent.unwrap_or_default())
}

/// An amount that may be absent.
pub(crate) fn some_amount(found: Option<&Amount>, currency: &str, texts: &Texts) -> String {
    found.map_or_else(|| NOTHING.to_owned(), |found| amount(found, currency, texts))
}

/// A day; as it came, where it is none. Of an instant, its day.
pub(crate) fn day(text: &str, texts: &Texts) -> String {
    let day = text.get(..10).unwrap_or(text);
    calendar::parse_date(day)
        .map_or_else(|_| text.to_owned(), |date| texts.formats().short_date(date))
}

/// A day that may be absent.
pub(crate) fn some_day(text: Option<&str>, texts: &Texts) -> String {
    text.map_or_else(|| NOTHING.to_owned(), |text| day(text, texts))
}

/// Days of work; as they came, where they cannot be read.
pub(crate) fn days(text: &str, texts: &Texts) -> String {
    text.parse::<Days>()
        .map_or_else(|_| text.to_owned(), |days| texts.formats().hundredths(days.hundredths()))
}

/// A word of the wire, such as a state, by the message of that name: `call-state-open`.
pub(crate) fn word(prefix: &str, value: &impl Serialize, texts: &Texts) -> String {
    let word = match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => return NOTHING.to_owned(),
    };
    texts.find(&format!("{prefix}-{}", word.replace('_', "-"))).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use forge_domain::money::{self, NumberStyle};
    use forge_messages::Locale;

    use super::*;

    #[test]
    fn an_amount_that_is_shown_is_read_back_in_either_language() {
        let written = [
            (Locale::Fr, NumberStyle::DecimalComma, "1\u{202f}234\u{202f}567,89\u{a0}€"),
            (Locale::En, NumberStyle::DecimalPoint, "€1,234,567.89"),
        ];
        let limits = [0, 1, 9, 10, 99, 100, 99_999, 100_000, 123_456_789, i64::MAX - 1, i64::MAX];
        for (locale, style, example) in written {
            let texts = Texts::new(locale).unwrap();
            assert_eq!(minor(123_456_789, "EUR", &texts), example);
            for code in ["EUR", "GBP", "DKK", "CHF"] {
                let currency = Currency::from_code(code).unwrap();
                for one in limits {
                    let text = minor(one, code, &texts);
                    let read = money::Amount::parse_styled(&text, currency, style);
                    assert_eq!(read.map(money::Amount::minor), Ok(one), "{text}");
                }
            }
        }
    }
}
