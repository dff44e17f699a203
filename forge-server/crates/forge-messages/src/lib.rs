//! The words and figures people read: Fluent messages and the formats of numbers, money and dates,
//! in French and English, shared by the server and the command line.
//!
//! The texts are `themes/default/locales/{fr,en}/*.ftl`, embedded at build time; a theme may reword
//! any key through [`Messages::with_overrides`]. Nothing here touches a file, a clock or a network.

mod arg;
mod bundle;
mod format;
mod locale;

use std::sync::Arc;

pub use arg::Arg;
pub use bundle::{MessageError, embedded};
pub use format::{FormatError, Formats};
pub use locale::Locale;

use bundle::LocaleBundle;

/// All messages and formats in all languages; made once at start and shared between threads.
pub struct Messages {
    french: LocaleBundle,
    english: LocaleBundle,
}

impl Messages {
    /// Builds the embedded messages.
    ///
    /// # Errors
    /// A file that does not parse, a key written twice, or formatting data that is missing.
    pub fn embedded() -> Result<Self, MessageError> {
        Self::with_overrides(&[])
    }

    /// Builds the embedded messages, then lets each `(language, Fluent text)` replace keys or add
    /// new ones, later texts winning over earlier ones: the wording overrides of a theme.
    ///
    /// # Errors
    /// As [`Messages::embedded`], naming the override that does not parse.
    pub fn with_overrides(overrides: &[(Locale, String)]) -> Result<Self, MessageError> {
        Ok(Self {
            french: LocaleBundle::new(Locale::Fr, overrides)?,
            english: LocaleBundle::new(Locale::En, overrides)?,
        })
    }

    /// The message `key` in `locale`. A key that is missing, or an argument that is, shows as
    /// `⟦key⟧` rather than as an empty place, so that a reader can report it; tests use
    /// [`Messages::try_text`].
    pub fn text(&self, locale: Locale, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.try_text(locale, key, args).unwrap_or_else(|_| format!("⟦{key}⟧"))
    }

    /// As [`Messages::text`], but says what is wrong with the key or its arguments.
    ///
    /// # Errors
    /// The key does not exist, has no text, or asks for an argument that was not given.
    pub fn try_text(
        &self,
        locale: Locale,
        key: &str,
        args: &[(&str, Arg<'_>)],
    ) -> Result<String, MessageError> {
        self.bundle(locale).text(key, args)
    }

    /// Whether `key` exists in `locale`, for keys made of a prefix and a state.
    pub fn has(&self, locale: Locale, key: &str) -> bool {
        self.bundle(locale).has(key)
    }

    /// How `locale` writes numbers, money, dates and times.
    pub fn formats(&self, locale: Locale) -> &Arc<Formats> {
        self.bundle(locale).formats()
    }

    /// A size in bytes with a decimal unit and at most one decimal: `240 Ko`, `1.2 MB`.
    pub fn file_size(&self, locale: Locale, bytes: u64) -> String {
        const UNITS: [(u64, &str); 3] =
            [(1_000_000_000, "size-giga"), (1_000_000, "size-mega"), (1_000, "size-kilo")];
        let formats = self.formats(locale);
        let unit = UNITS.iter().find(|(one, _)| bytes >= *one);
        let Some((one, key)) = unit else {
            return self.text(locale, "size-bytes", &[("n", Arg::from(bytes))]);
        };
        // Tenths, half up; ten units or more need no decimal.
        let tenths = (u128::from(bytes) * 10 + u128::from(*one) / 2) / u128::from(*one);
        let tenths = i64::try_from(tenths).unwrap_or(i64::MAX);
        let shown = match tenths {
            100.. => formats.number((tenths + 5) / 10),
            _ if tenths % 10 == 0 => formats.number(tenths / 10),
            _ => formats.decimal(tenths, 1),
        };
        self.text(locale, key, &[("size", Arg::from(shown))])
    }

    fn bundle(&self, locale: Locale) -> &LocaleBundle {
        match locale {
            Locale::Fr => &self.french,
            Locale::En => &self.english,
        }
    }
}
