//! Sentences about a call, with its amounts in its currency.

use forge_domain::money::{Amount, Currency};
use forge_messages::{Arg, Locale};

use super::CallBook;
use crate::{app::App, auth::Viewer};

/// Says things in one reader's language, with the amounts of one call.
#[derive(Clone, Copy)]
pub struct Say<'a> {
    app: &'a App,
    locale: Locale,
    currency: Currency,
}

impl<'a> Say<'a> {
    /// For a reader of this call.
    pub fn new(app: &'a App, viewer: &Viewer, book: &CallBook) -> Self {
        Self::in_language(app, viewer.locale(), book)
    }

    /// In a language that was chosen, for papers of this call.
    pub fn in_language(app: &'a App, locale: Locale, book: &CallBook) -> Self {
        Self { app, locale, currency: book.currency }
    }

    /// A day, as it is written out.
    pub fn day(&self, day: jiff::civil::Date) -> String {
        self.app.themes.messages().formats(self.locale).date(day)
    }

    /// A count.
    pub fn number(&self, number: i64) -> String {
        self.app.themes.messages().formats(self.locale).number(number)
    }

    /// The language.
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// A message without arguments.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A message with arguments.
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.app.themes.messages().text(self.locale, key, args)
    }

    /// An amount of the call, for a message.
    pub fn amount(&self, amount: Amount) -> Arg<'_> {
        Arg::Money {
            minor: amount.minor(),
            currency: self.currency.code(),
            exponent: u8::try_from(self.currency.exponent()).unwrap_or(u8::MAX),
        }
    }

    /// “a”, “a and b”, “a, b and c”.
    pub fn list(&self, mut items: Vec<String>) -> String {
        let Some(last) = items.pop() else { return String::new() };
        if items.is_empty() {
            return last;
        }
        let first = items.join(", ");
        self.with("call-and", &[("first", first.into()), ("last", last.into())])
    }

    /// A ratio in basis points.
    pub fn percent(&self, basis_points: i64, decimals: u8) -> String {
        self.app.themes.messages().formats(self.locale).percent(basis_points, decimals)
    }

    /// An amount of the call, as it stands in a drawing.
    pub fn money(&self, amount: Amount) -> String {
        let exponent = u8::try_from(self.currency.exponent()).unwrap_or(u8::MAX);
        let formats = self.app.themes.messages().formats(self.locale);
        formats.money(amount.minor(), self.currency.code(), exponent)
    }

    /// The sentence of a refusal by the sharing rules.
    pub fn refusal(&self, code: &'static str) -> String {
        crate::wording::code(self.app, self.locale, code, &[])
    }
}
