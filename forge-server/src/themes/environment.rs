//! The compiled templates, one set per language, and the functions they may call.

use std::{collections::BTreeMap, fmt, io, sync::Arc};

use forge_messages::{Arg, Formats, Locale, Messages};
use jiff::{Timestamp, Zoned, civil, tz::TimeZone};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, UndefinedBehavior, Value, escape_formatter,
    syntax::SyntaxConfig,
    value::{Kwargs, Rest},
};

use super::{ThemeError, assets::Assets, manifest::Manifest};

/// Instructions one page may take: some 200 ms. A page of 3 000 changed lines takes a tenth.
const FUEL: u64 = 10_000_000;
/// The longest page. What a theme replaces is a few kilobytes; a large file shown is the longest.
const PAGE_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Where a time has no zone of its own.
const TIME_ZONE: &str = "Europe/Paris";

/// The templates in French and in English: functions know their language without being told.
pub(super) struct Environments {
    french: Environment<'static>,
    english: Environment<'static>,
}

impl Environments {
    pub(super) fn build(
        templates: BTreeMap<String, String>,
        messages: &Arc<Messages>,
        assets: &Assets,
        manifest: &Manifest,
    ) -> Result<Self, ThemeError> {
        let environment = |locale| build(locale, templates.clone(), messages, assets, manifest);
        Ok(Self { french: environment(Locale::Fr)?, english: environment(Locale::En)? })
    }

    pub(super) fn render(
        &self,
        template: &str,
        locale: Locale,
        page: Value,
    ) -> Result<String, ThemeError> {
        let environment = match locale {
            Locale::Fr => &self.french,
            Locale::En => &self.english,
        };
        let mut out = Capped(Vec::with_capacity(16 * 1024));
        environment
            .get_template(template)
            .and_then(|template| template.render_captured_to(page, &mut out).map(drop))
            .map_err(|error| explained(template, &error))?;
        String::from_utf8(out.0).map_err(|error| ThemeError::new(template, error.to_string()))
    }
}

/// A page under construction, which refuses to grow without end.
struct Capped(Vec<u8>);

impl io::Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > PAGE_BYTES_MAX {
            return Err(io::Error::other(format!("a page of more than {PAGE_BYTES_MAX} bytes")));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn build(
    locale: Locale,
    templates: BTreeMap<String, String>,
    messages: &Arc<Messages>,
    assets: &Assets,
    manifest: &Manifest,
) -> Result<Environment<'static>, ThemeError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    // HTML comes into a page only as `Html`, from one sanitiser.
    environment.remove_filter("safe");
    environment.set_syntax(syntax()?);
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() && *state.auto_escape() == AutoEscape::Html => {
            escape(out, text).map_err(Error::from)
        }
        _ => escape_formatter(out, state, value),
    });
    add_words(&mut environment, locale, messages);
    add_figures(&mut environment, Arc::clone(messages.formats(locale)))?;
    let messages = Arc::clone(messages);
    environment.add_function("file_size", move |bytes: u64| messages.file_size(locale, bytes));
    add_brand(&mut environment, locale, assets, manifest)?;
    for (name, text) in templates {
        environment
            .add_template_owned(name.clone(), text)
            .map_err(|error| explained(&name, &error))?;
    }
    Ok(environment)
}

/// Escapes for text and for quoted attributes. The engine's own escaping also spells out each `/`,
/// which makes addresses unreadable and pages of links half as long again.
fn escape(out: &mut Output<'_>, text: &str) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (plain, special) = rest.split_at(at);
        out.write_str(plain)?;
        out.write_str(match special.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'"') => "&quot;",
            _ => "&#39;",
        })?;
        rest = special.get(1..).unwrap_or_default();
    }
    out.write_str(rest)
}

/// A line that holds only a tag leaves no empty line in the page.
fn syntax() -> Result<SyntaxConfig, ThemeError> {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .map_err(|error| explained("base.html", &error))
}

/// `t("key", name=value…)` and `has_text("key")`.
fn add_words(environment: &mut Environment<'static>, locale: Locale, messages: &Arc<Messages>) {
    let words = Arc::clone(messages);
    environment.add_function("t", move |key: &str, named: Kwargs| {
        let names: Vec<String> = named.args().map(str::to_owned).collect();
        let mut args = Vec::with_capacity(names.len());
        for name in &names {
            let value: Value = named.get(name)?;
            args.push((name.as_str(), argument(&value)?));
        }
        Ok::<_, Error>(words.try_text(locale, key, &args).unwrap_or_else(|error| {
            tracing::error!(%error, "a page shows a key instead of its text");
            words.text(locale, key, &args)
        }))
    });
    let words = Arc::clone(messages);
    environment.add_function("has_text", move |key: &str| words.has(locale, key));
}

fn argument(value: &Value) -> Result<Arg<'static>, Error> {
    if let Some(count) = value.as_i64().filter(|_| value.is_integer()) {
        return Ok(Arg::from(count));
    }
    match value.as_str() {
        Some(text) => Ok(Arg::from(text.to_owned())),
        None => Err(invalid("a message takes texts and whole numbers")),
    }
}

/// `num`, `hundredths`, `percent`, `money`, `date`, `short_date`, `month`, `datetime`.
fn add_figures(
    environment: &mut Environment<'static>,
    formats: Arc<Formats>,
) -> Result<(), ThemeError> {
    let here =
        TimeZone::get(TIME_ZONE).map_err(|error| ThemeError::new("datetime", error.to_string()))?;
    let numbers = Arc::clone(&formats);
    environment.add_function("num", move |number: i64| numbers.number(number));
    let days = Arc::clone(&formats);
    environment.add_function("hundredths", move |hundredths: i64| days.hundredths(hundredths));
    let percents = Arc::clone(&formats);
    environment.add_function("percent", move |basis_points: i64, decimals: Option<u8>| {
        percents.percent(basis_points, decimals.unwrap_or(1))
    });
    let amounts = Arc::clone(&formats);
    environment.add_function("money", move |amount: &Value, rest: Rest<Value>| {
        money(&amounts, amount, &rest)
    });
    let (dates, zone) = (Arc::clone(&formats), here.clone());
    environment.add_function("date", move |text: &str| day(text, &zone).map(|day| dates.date(day)));
    let (dates, zone) = (Arc::clone(&formats), here.clone());
    environment.add_function("short_date", move |text: &str| {
        day(text, &zone).map(|day| dates.short_date(day))
    });
    let (dates, zone) = (Arc::clone(&formats), here.clone());
    environment
        .add_function("month", move |text: &str| day(text, &zone).map(|day| dates.month(day)));
    environment.add_function("datetime", move |text: &str, zone: Option<&str>| {
        let moment = match zone {
            None => moment(text, &here)?,
            Some(name) => {
                let zone = TimeZone::get(name).map_err(|error| invalid(error.to_string()))?;
                moment(text, &zone)?
            }
        };
        Ok::<_, Error>(formats.date_time(&moment))
    });
    Ok(())
}

/// `money(amount)` of a [`super::Money`], or `money(minor, "EUR", 2)`.
fn money(formats: &Formats, amount: &Value, rest: &[Value]) -> Result<String, Error> {
    let shown = |minor: &Value, currency: Option<&Value>, exponent: Option<&Value>| {
        let minor = minor.as_i64()?;
        let currency = currency.map_or(Some("EUR"), Value::as_str)?;
        let exponent = exponent.map_or(Some(2), |value| value.as_i64())?;
        Some(formats.money(minor, currency, u8::try_from(exponent).ok()?))
    };
    let text = if amount.is_integer() {
        shown(amount, rest.first(), rest.get(1))
    } else {
        let field = |name| amount.get_attr(name);
        shown(&field("minor")?, Some(&field("currency")?), Some(&field("exponent")?))
    };
    text.ok_or_else(|| invalid("money() takes an amount, or minor units, currency and exponent"))
}

/// The day of an ISO 8601 date, or of a moment where it is shown.
fn day(text: &str, zone: &TimeZone) -> Result<civil::Date, Error> {
    if text.len() == 10 {
        return text.parse().map_err(|error: jiff::Error| invalid(error.to_string()));
    }
    moment(text, zone).map(|moment| moment.date())
}

/// An RFC 3339 moment, in `zone`.
fn moment(text: &str, zone: &TimeZone) -> Result<Zoned, Error> {
    text.parse::<Timestamp>()
        .map(|moment| moment.to_zoned(zone.clone()))
        .map_err(|error| invalid(error.to_string()))
}

/// `asset("logo.svg")`, `brand.logo`, `brand.favicon`, `brand.links`.
fn add_brand(
    environment: &mut Environment<'static>,
    locale: Locale,
    assets: &Assets,
    manifest: &Manifest,
) -> Result<(), ThemeError> {
    let named = |path: &Option<String>, fallback: &str| {
        let path = path.as_deref().unwrap_or(fallback);
        let name = path.strip_prefix("assets/").unwrap_or(path);
        assets.address(name).map(str::to_owned).ok_or_else(|| {
            ThemeError::new("theme.toml", format!("the brand names {path}, which is not there"))
        })
    };
    let links = manifest.footer.links.iter().map(|link| {
        Value::from_pairs([("href", link.href.as_str()), ("label", link.label.of(locale))])
    });
    environment.add_global(
        "brand",
        Value::from_pairs([
            ("logo", Value::from(named(&manifest.brand.logo, "logo.svg")?)),
            ("favicon", Value::from(named(&manifest.brand.favicon, "favicon.svg")?)),
            ("links", Value::from(links.collect::<Vec<_>>())),
        ]),
    );
    let addresses = assets.addresses().clone();
    environment.add_function("asset", move |name: &str| {
        addresses.get(name).cloned().ok_or_else(|| invalid(format!("there is no asset {name}")))
    });
    Ok(())
}

fn invalid(reason: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason)
}

/// The engine's error with the template it happened in, which may be one that was included.
fn explained(template: &str, error: &Error) -> ThemeError {
    let mut reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let mut innermost: &dyn std::error::Error = error;
    while let Some(cause) = innermost.source() {
        reason = format!("{reason}: {cause}");
        innermost = cause;
    }
    ThemeError { file: error.name().unwrap_or(template).to_owned(), line: error.line(), reason }
}
