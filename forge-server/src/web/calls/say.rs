//! Sentences of a call's page, with its amounts in its currency.

use forge_domain::money::{Amount, Currency};
use forge_messages::{Arg, Locale};

use crate::{app::App, auth::Viewer, funding::CallBook};

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
        Self { app, locale: viewer.locale(), currency: book.currency }
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
