//! An amount of money as it travels: text, never a JSON number.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

/// An amount as a decimal string: `"12500"`, `"12500.00"`; bodies also take `"12 500,00"`.
///
/// The text is read with the currency beside it, because the currency says how many decimals
/// there are. A JSON number is refused: it would pass through binary floating point on its way.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, example = "12500.00")]
pub struct Amount(pub String);

/// How the refusal of a number begins; readers of a body recognise it by this.
pub(crate) const NOT_TEXT: &str = "an amount is written as a decimal string";

impl Amount {
    /// The text as it came or as it will be sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

struct AmountVisitor;

impl AmountVisitor {
    fn refuse<E: de::Error>(number: impl fmt::Display) -> Result<Amount, E> {
        Err(E::custom(format_args!("{NOT_TEXT} such as \"12500.00\", not as the number {number}")))
    }
}

impl de::Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount as a decimal string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
        Ok(Amount(text.to_owned()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Amount, E> {
        Self::refuse(number)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Amount, E> {
        Self::refuse(number)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Amount, E> {
        Self::refuse(number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Amount, NOT_TEXT};

    #[test]
    fn an_amount_is_text_on_the_wire() {
        let amount: Amount = serde_json::from_str("\"12 500,00\"").unwrap();
        assert_eq!(amount.as_str(), "12 500,00");
        assert_eq!(serde_json::to_string(&amount).unwrap(), "\"12 500,00\"");
    }

    #[test]
    fn a_json_number_is_refused_in_words() {
        for number in ["12500", "12500.5", "-3", "1e3"] {
            let error = serde_json::from_str::<Amount>(number).unwrap_err().to_string();
            assert!(error.starts_with(NOT_TEXT), "{error}");
        }
    }
}
