use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use jiff::{Zoned, civil};

use crate::{Arg, FormatError, Formats, Locale};

/// Something is wrong with a message file, a key or its arguments.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// A file is not Fluent.
    #[error("{file}: {reason}")]
    Syntax {
        /// The file, or the override, by name.
        file: String,
        /// The parser's words.
        reason: String,
    },
    /// Two files define one key.
    #[error("{file}: the key {key} is defined twice")]
    Twice {
        /// The second of the two files.
        file: String,
        /// The key.
        key: String,
    },
    /// No message has that key.
    #[error("no message “{key}” in “{locale}”")]
    Missing {
        /// The language searched.
        locale: &'static str,
        /// The key asked for.
        key: String,
    },
    /// A message could not be put together, most often for an argument that was not given.
    #[error("message “{key}” in “{locale}”: {reason}")]
    Incomplete {
        /// The language of the message.
        locale: &'static str,
        /// Its key.
        key: String,
        /// What is missing.
        reason: String,
    },
    /// The build lacks data of a language.
    #[error(transparent)]
    Format(#[from] FormatError),
}

macro_rules! files {
    ($locale:literal: $($name:literal),+ $(,)?) => {
        &[$((
            concat!($locale, "/", $name),
            include_str!(concat!("../../../../themes/default/locales/", $locale, "/", $name)),
        )),+]
    };
}

/// The embedded message files of `locale`, as `(name, Fluent text)`; tests read them too.
pub fn embedded(locale: Locale) -> &'static [(&'static str, &'static str)] {
    match locale {
        Locale::Fr => {
            files!(
                "fr":
                "ui.ftl",
                "forge.ftl",
                "finance.ftl",
                "refusals.ftl",
                "account.ftl",
                "git.ftl",
                "modules.ftl",
                "votes.ftl",
                "webhooks.ftl",
                "reviews.ftl",
                "funds.ftl",
                "joining.ftl",
                "milestones.ftl",
                "dashboard.ftl",
                "visa.ftl",
                "work.ftl",
                "ops.ftl",
                "mail.ftl",
                "notices.ftl",
                "cli.ftl",
            )
        }
        Locale::En => {
            files!(
                "en":
                "ui.ftl",
                "forge.ftl",
                "finance.ftl",
                "refusals.ftl",
                "account.ftl",
                "git.ftl",
                "modules.ftl",
                "votes.ftl",
                "webhooks.ftl",
                "reviews.ftl",
                "funds.ftl",
                "joining.ftl",
                "milestones.ftl",
                "dashboard.ftl",
                "visa.ftl",
                "work.ftl",
                "ops.ftl",
                "mail.ftl",
                "notices.ftl",
                "cli.ftl",
            )
        }
    }
}

/// The messages of one language and its formats.
pub(crate) struct LocaleBundle {
    locale: Locale,
    formats: Arc<Formats>,
    bundle: FluentBundle<FluentResource>,
}

impl LocaleBundle {
    pub(crate) fn new(
        locale: Locale,
        overrides: &[(Locale, String)],
    ) -> Result<Self, MessageError> {
        let formats = Arc::new(Formats::new(locale)?);
        let language = match locale {
            Locale::Fr => "fr",
            Locale::En => "en",
        };
        let mut bundle = FluentBundle::new_concurrent(vec![language_of(language)?]);
        // Isolation marks would be copied with the text and break attributes and terminals.
        bundle.set_use_isolating(false);
        add_functions(&mut bundle, &formats);
        for (name, text) in embedded(locale) {
            bundle.add_resource(parse(name, text)?).map_err(|errors| twice(name, &errors))?;
        }
        let mine = overrides.iter().filter(|(of, _)| *of == locale);
        for (number, (_, text)) in mine.enumerate() {
            let name = format!("wording override {} of “{}”", number + 1, locale.tag());
            bundle.add_resource_overriding(parse(&name, text)?);
        }
        Ok(Self { locale, formats, bundle })
    }

    pub(crate) fn formats(&self) -> &Arc<Formats> {
        &self.formats
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    pub(crate) fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Result<String, MessageError> {
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let message = self.bundle.get_message(id);
        let pattern = message.and_then(|message| match attribute {
            Some(name) => message.get_attribute(name).map(|found| found.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            return Err(MessageError::Missing { locale: self.locale.tag(), key: key.to_owned() });
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, self.value(arg));
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut errors);
        match errors.first() {
            None => Ok(text.into_owned()),
            Some(error) => Err(MessageError::Incomplete {
                locale: self.locale.tag(),
                key: key.to_owned(),
                reason: error.to_string(),
            }),
        }
    }

    fn value<'a>(&self, arg: &'a Arg<'a>) -> FluentValue<'a> {
        match arg {
            Arg::Text(text) => FluentValue::String(text.as_ref().into()),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Money { minor, currency, exponent } => {
                self.formats.money(*minor, currency, *exponent).into()
            }
            Arg::Date(date) => self.formats.date(*date).into(),
            Arg::Moment(moment) => self.formats.date_time(moment).into(),
        }
    }
}

fn language_of<T: std::str::FromStr>(tag: &str) -> Result<T, MessageError>
where
    T::Err: std::fmt::Display,
{
    tag.parse().map_err(|error: T::Err| MessageError::Syntax {
        file: tag.to_owned(),
        reason: error.to_string(),
    })
}

fn parse(name: &str, text: &str) -> Result<FluentResource, MessageError> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
        let reason = errors.first().map_or_else(String::new, |error| {
            let line = text.get(..error.pos.start).map_or(1, |before| before.lines().count());
            format!("line {line}: {error}")
        });
        MessageError::Syntax { file: name.to_owned(), reason }
    })
}

fn twice(file: &str, errors: &[FluentError]) -> MessageError {
    let key = errors.iter().find_map(|error| match error {
        FluentError::Overriding { id, .. } => Some(id.clone()),
        FluentError::ParserError(_) | FluentError::ResolverError(_) => None,
    });
    MessageError::Twice { file: file.to_owned(), key: key.unwrap_or_default() }
}

/// `NUM($n)`, `MONEY($minor, currency: "EUR", exponent: 2)` and `DATE($iso)`. What is already a
/// text that they do not read passes through, so a message may be given either form.
fn add_functions(bundle: &mut FluentBundle<FluentResource>, formats: &Arc<Formats>) {
    let numbers = Arc::clone(formats);
    let amounts = Arc::clone(formats);
    let dates = Arc::clone(formats);
    // A fresh bundle has no function yet: the names cannot collide.
    let _ = bundle.add_function("NUM", move |positional, _| match positional.first() {
        Some(FluentValue::Number(number)) => numbers.number(number.value as i64).into(),
        Some(other) => other.clone(),
        None => FluentValue::Error,
    });
    let _ = bundle.add_function("MONEY", move |positional, named| {
        let currency = match named.get("currency") {
            Some(FluentValue::String(code)) => code.as_ref(),
            _ => "EUR",
        };
        let exponent = match named.get("exponent") {
            Some(FluentValue::Number(decimals)) => decimals.value as u8,
            _ => 2,
        };
        match positional.first() {
            Some(FluentValue::Number(minor)) => {
                amounts.money(minor.value as i64, currency, exponent).into()
            }
            Some(other) => other.clone(),
            None => FluentValue::Error,
        }
    });
    let _ = bundle.add_function("DATE", move |positional, _| match positional.first() {
        Some(FluentValue::String(text)) => written_date(&dates, text)
            .map_or_else(|| FluentValue::from(text.to_string()), FluentValue::from),
        Some(other) => other.clone(),
        None => FluentValue::Error,
    });
}

/// Writes an RFC 9557 moment or an ISO 8601 day; anything else is left to pass as it is.
fn written_date(formats: &Formats, text: &str) -> Option<String> {
    if let Ok(moment) = text.parse::<Zoned>() {
        return Some(formats.date_time(&moment));
    }
    (text.len() == 10)
        .then(|| text.parse::<civil::Date>().ok())
        .flatten()
        .map(|date| formats.date(date))
}
