//! Errors as sentences, in a language: pages, the API and git all say the same.

use forge_domain::money::{Amount, Currency};
use forge_messages::{Arg, Locale};

use crate::{
    app::App,
    error::{Error, Refusal},
};

/// The sentence for an error; `reference` is the number by which a person can ask about it.
pub fn sentence(app: &App, locale: Locale, error: &Error, reference: &str) -> String {
    let text = |key: &str| app.messages.text(locale, key, &[]);
    match error {
        Error::NotFound => text("error-not-found"),
        Error::SignIn => text("error-sign-in"),
        Error::TooMany(_) => text("error-too-many"),
        Error::TooLarge => text("error-too-large"),
        Error::Busy(_) => text("error-busy"),
        Error::Internal(_) => {
            app.messages.text(locale, "error-internal", &[("reference", Arg::from(reference))])
        }
        Error::Forbidden(refusal) | Error::Refused(refusal) | Error::Conflict(refusal) => {
            refused(app, locale, refusal)
        }
    }
}

/// The sentence for a refusal.
pub fn refused(app: &App, locale: Locale, refusal: &Refusal) -> String {
    code(app, locale, refusal.code, &refusal.args)
}

/// The sentence for a code of domain.md §i.
pub fn code(app: &App, locale: Locale, code: &str, args: &[(&'static str, String)]) -> String {
    let key = format!("refusal-{}", code.replace('_', "-"));
    let args: Vec<(&str, Arg<'_>)> = args
        .iter()
        .map(|(name, value)| (*name, money(value).unwrap_or(Arg::from(value))))
        .collect();
    app.messages.text(locale, &key, &args)
}

/// An amount in its machine form (`12500.00 EUR`) is told as the language writes amounts.
fn money(text: &str) -> Option<Arg<'_>> {
    let (number, code) = text.split_once(' ')?;
    let currency = Currency::from_code(code).ok()?;
    let amount = Amount::parse(number, currency).ok()?;
    let exponent = u8::try_from(currency.exponent()).ok()?;
    (amount.to_decimal(currency) == number).then(|| Arg::Money {
        minor: amount.minor(),
        currency: code,
        exponent,
    })
}

/// Logs an error that is ours to mend, once; the number by which a person can ask about it.
pub fn log(error: &Error, path: &str) -> String {
    let reference = uuid::Uuid::new_v4().simple().to_string()[..8].to_owned();
    match error {
        Error::Internal(cause) => {
            tracing::error!(reference, path, cause = format!("{cause:#}"), "a request failed");
        }
        Error::Busy(cause) => tracing::warn!(reference, path, %cause, "the database was busy"),
        _ => {}
    }
    reference
}
