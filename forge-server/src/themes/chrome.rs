//! What every page shows around its content, and the parts page structs are made of. These
//! structs are the theme author's interface: within a template API major they only gain fields.

use std::collections::BTreeMap;

use minijinja::Value;
use serde::Serialize;

/// The frame of a page: field `page` of every page struct, read by `base.html`.
#[derive(Debug, Clone, Serialize)]
pub struct Chrome {
    /// BCP 47 tag of the page's language.
    pub lang: &'static str,
    /// The other languages of this page.
    pub languages: Vec<LanguageLink>,
    /// What the page is about, most precise first: “src/parts.rs — Facturation”. The name of the
    /// site, and “Error:” where a form was refused, are added by the template.
    pub title: String,
    /// One sentence for search engines, where there is a good one.
    pub description: Option<String>,
    /// The name of the site.
    pub site_name: String,
    /// The entry of the main navigation this page belongs to.
    pub nav: Option<Nav>,
    /// Who is signed in.
    pub person: Option<PersonLink>,
    /// Whether to offer the administration.
    pub is_admin: bool,
    /// The anti-forgery token of the session, which every POST form carries.
    pub csrf: String,
    /// What just happened, said once.
    pub flashes: Vec<Flash>,
    /// The way here, from the top; the last entry is the page itself. Empty on the home page.
    pub crumbs: Vec<Crumb>,
    /// Path and query of the page without `lang`, where forms of the frame return to.
    pub path: String,
    /// The absolute address search engines should keep.
    pub canonical: String,
    /// The appearance this browser asked for.
    pub scheme: Scheme,
    /// Whether the content may use the whole width: code and differences do.
    pub wide: bool,
    /// The Atom feed of what the page is about, else of the instance: a path of this site.
    pub feed: String,
    /// What the accessibility statement says of this instance.
    pub conformity: Conformity,
}

/// The same page in another language.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageLink {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// The language's own name.
    pub name: &'static str,
    /// Its address: `?lang=en` with the rest of the query.
    pub href: String,
}

/// The entries of the main navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Nav {
    /// Modules.
    Catalogue,
    /// Mutualised spaces.
    Spaces,
    /// Co-funding calls.
    Calls,
    /// The public ledger.
    Ledger,
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize)]
pub struct PersonLink {
    /// Displayed name.
    pub name: String,
    /// Address of their own page.
    pub href: String,
}

/// A message about what just happened; it stays until the page is left.
#[derive(Debug, Clone, Serialize)]
pub struct Flash {
    /// How it went.
    pub kind: FlashKind,
    /// The sentence, already in the reader's language.
    pub text: String,
}

/// How something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FlashKind {
    /// Done.
    Success,
    /// Worth knowing.
    Info,
    /// Done, but look.
    Warning,
    /// Not done.
    Error,
}

/// One step of the way to a page.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// Its words.
    pub label: String,
    /// Its address; none for the page itself.
    pub href: Option<String>,
}

impl Crumb {
    /// A step above the page.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// The page itself.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// Light, dark, or what the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// What the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Scheme {
    /// The value of the cookie and of the form field.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The scheme a cookie or form field names; anything unknown is [`Scheme::Auto`].
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// The three mentions the law knows (décret 2019-768, art. 5); without an audit, the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Conformity {
    /// Not compliant, or not audited.
    #[default]
    None,
    /// At least half of the criteria hold.
    Partial,
    /// All criteria hold.
    Full,
}

/// A form as it comes back: field `form` of a page struct. The frame shows the summary of its
/// errors and the macros of `locked/fields.html` show values and errors beside the fields.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Form {
    /// What was typed, by field name, so that nothing is typed twice. Passwords are never here.
    pub values: BTreeMap<String, String>,
    /// What is wrong, in the order of the fields.
    pub errors: Vec<FieldError>,
}

/// One error of a form.
#[derive(Debug, Clone, Serialize)]
pub struct FieldError {
    /// Name and id of the field.
    pub field: String,
    /// What to do, in the reader's language.
    pub message: String,
}

impl Form {
    /// With a value to show in a field.
    #[must_use]
    pub fn value(mut self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.insert(field.into(), value.into());
        self
    }

    /// With an error beside a field.
    #[must_use]
    pub fn error(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.errors.push(FieldError { field: field.into(), message: message.into() });
        self
    }
}

/// An amount for `money()`.
#[derive(Debug, Clone, Serialize)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// Decimals of the currency.
    pub exponent: u8,
}

impl Money {
    /// An amount of a call or a ledger.
    pub fn new(
        amount: forge_domain::money::Amount,
        currency: forge_domain::money::Currency,
    ) -> Self {
        let exponent = u8::try_from(currency.exponent()).unwrap_or(u8::MAX);
        Self { minor: amount.minor(), currency: currency.code().to_owned(), exponent }
    }
}

/// The look of a tag; the word beside it says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// A fact.
    Plain,
    /// Reached, verified, paid: ✓.
    Success,
    /// Committed, going on: ●.
    Info,
    /// Proposed, waiting: ◔.
    Warning,
    /// Late, failed, refused: !.
    Danger,
}

/// HTML that goes into a page as it is. Templates have no other way to mark a text as safe, so
/// everything that is not escaped comes through [`Html::from_sanitised`].
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct Html(Value);

impl Html {
    /// HTML that a sanitiser made or that was escaped piece by piece; nothing else.
    pub fn from_sanitised(html: String) -> Self {
        Self(Value::from_safe_string(html))
    }

    /// The text of it, where it goes into a file of its own.
    pub fn as_str(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }

    /// Several pieces, each on a line of its own.
    pub fn lines(pieces: &[Self]) -> Self {
        let texts = pieces.iter().map(|piece| piece.0.as_str().unwrap_or_default());
        Self(Value::from_safe_string(texts.collect::<Vec<_>>().join("\n")))
    }
}
