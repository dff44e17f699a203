//! What a check says: where, how bad, and why.

use std::fmt;

/// Whether a finding makes the file invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Catalogues refuse the file.
    Error,
    /// Catalogues take the file; it should be mended.
    Warning,
}

/// One thing found, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Error or warning.
    pub severity: Severity,
    /// The path of the key, such as `maintenance.contractors[0].until`; empty for the whole file.
    pub key: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}:{} {severity} ", self.line, self.column)?;
        if self.key.is_empty() {
            write!(f, "{}", self.problem)
        } else {
            write!(f, "{} {}", self.key, self.problem)
        }
    }
}

/// What can be wrong. The English sentence is here; other languages find theirs by
/// [`Problem::code`] and [`Problem::args`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The bytes are no UTF-8.
    #[error("is not written in UTF-8; save the file in that encoding")]
    NotUtf8,
    /// The file is too large, too deep or has too many parts to be read safely.
    #[error("is too large or too deeply nested to be read")]
    TooLarge,
    /// The text is no YAML.
    #[error("is not YAML: {0}")]
    Syntax(String),
    /// There is more than one document in the file.
    #[error("holds more than one YAML document; keep one")]
    ManyDocuments,
    /// A key stands twice in the same place.
    #[error("stands twice; keep one")]
    DuplicateKey,
    /// The standard has no such key.
    #[error("is not a key of the standard; check its spelling or remove it")]
    UnknownKey,
    /// A key that must be there is absent or empty.
    #[error("is missing or empty")]
    Missing,
    /// The value is of another kind than the key wants.
    #[error("must be {0}")]
    WrongType(Kind),
    /// The value is not in the closed list.
    #[error("\"{value}\" is not in the list; write one of: {allowed}")]
    NotListed {
        /// What stands there.
        value: String,
        /// What may stand there.
        allowed: String,
    },
    /// The value is not in a list that is too long to repeat.
    #[error("\"{0}\" is not in the list of the standard")]
    NotInVocabulary(String),
    /// The text is longer than catalogues show, counted as a reader counts characters.
    #[error("has {found} characters; at most {max} are allowed")]
    TooLong {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// The text is too short to tell anything, counted as a reader counts characters.
    #[error("has {found} characters; at least {min} are needed")]
    TooShort {
        /// How many there are.
        found: usize,
        /// How many there must be.
        min: usize,
    },
    /// The value is not of the form the key wants.
    #[error("\"{value}\" is not {form}")]
    Malformed {
        /// What stands there.
        value: String,
        /// What should.
        form: Form,
    },
    /// The licence is no expression of known SPDX identifiers.
    #[error("\"{value}\" is not an SPDX licence expression: {reason}")]
    UnknownLicence {
        /// What stands there.
        value: String,
        /// Why it is not.
        reason: String,
    },
    /// The list of contractors stands beside a type that has none.
    #[error("must be absent unless maintenance.type is \"contract\"")]
    ContractorsWithoutContract,
    /// The key will go away.
    #[error("is deprecated; remove it")]
    Deprecated,
    /// The key will go away, and another says the same.
    #[error("is deprecated, use {0}")]
    DeprecatedFor(&'static str),
    /// A country is written in small letters.
    #[error("is deprecated in lower case, write {0}")]
    LowerCaseCountry(String),
    /// The file is written for an earlier version of the standard.
    #[error("{0} is not the latest version of the standard; write \"0\"")]
    OldVersion(String),
    /// A funder has no name: some catalogues want it, though others do not.
    #[error("should also have a name; catalogues differ on which of uri and name they need")]
    FunderWithoutName,
}

/// The kinds of value a key may want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A text, even where it looks like a number.
    QuotedText,
    /// `true` or `false`.
    Bool,
    /// A list.
    List,
    /// A section of keys.
    Section,
    /// A text or a list of texts.
    TextOrList,
}

/// The forms a text may have to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An absolute address of any scheme.
    Url,
    /// An absolute address for a browser.
    HttpUrl,
    /// A day.
    Date,
    /// A mail address.
    Email,
    /// A BCP 47 language tag.
    Language,
    /// An ISO 3166 country code of two letters.
    Country,
    /// A URI or URN of an organisation.
    OrganisationUri,
    /// An alias or URI of something supported.
    SupportsId,
    /// A path inside the repository or an absolute address.
    PathOrUrl,
    /// A picture of a kind catalogues show.
    Logo,
    /// A picture of a screen.
    Screenshot,
    /// A media type.
    MediaType,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a text",
            Self::QuotedText => "a text; put it in quotation marks",
            Self::Bool => "true or false",
            Self::List => "a list",
            Self::Section => "a section of keys",
            Self::TextOrList => "a text or a list of texts",
        })
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Url => "an absolute URL",
            Self::HttpUrl => "an absolute URL beginning with https:// or http://",
            Self::Date => "a day written YYYY-MM-DD",
            Self::Email => "an e-mail address",
            Self::Language => "a BCP 47 language tag such as fr or pt-BR",
            Self::Country => "an ISO 3166 country code of two letters",
            Self::OrganisationUri => "the URI or URN of an organisation",
            Self::SupportsId => "a known alias such as alias:gdpr, or a URI",
            Self::PathOrUrl => "a path inside the repository or an absolute URL",
            Self::Logo => "a picture in SVG or PNG",
            Self::Screenshot => "a picture in PNG or JPEG",
            Self::MediaType => "a media type",
        })
    }
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::QuotedText => "quoted-text",
            Self::Bool => "bool",
            Self::List => "list",
            Self::Section => "section",
            Self::TextOrList => "text-or-list",
        }
    }
}

impl Form {
    const fn word(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::HttpUrl => "http-url",
            Self::Date => "date",
            Self::Email => "email",
            Self::Language => "language",
            Self::Country => "country",
            Self::OrganisationUri => "organisation-uri",
            Self::SupportsId => "supports-id",
            Self::PathOrUrl => "path-or-url",
            Self::Logo => "logo",
            Self::Screenshot => "screenshot",
            Self::MediaType => "media-type",
        }
    }
}

impl Problem {
    /// A stable word for programs and message files.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::TooLarge => "too-large",
            Self::Syntax(_) => "syntax",
            Self::ManyDocuments => "many-documents",
            Self::DuplicateKey => "duplicate-key",
            Self::UnknownKey => "unknown-key",
            Self::Missing => "missing",
            Self::WrongType(_) => "wrong-type",
            Self::NotListed { .. } => "not-listed",
            Self::NotInVocabulary(_) => "not-in-vocabulary",
            Self::TooLong { .. } => "too-long",
            Self::TooShort { .. } => "too-short",
            Self::Malformed { .. } => "malformed",
            Self::UnknownLicence { .. } => "unknown-licence",
            Self::ContractorsWithoutContract => "contractors-without-contract",
            Self::Deprecated => "deprecated",
            Self::DeprecatedFor(_) => "deprecated-for",
            Self::LowerCaseCountry(_) => "lower-case-country",
            Self::OldVersion(_) => "old-version",
            Self::FunderWithoutName => "funder-without-name",
        }
    }

    /// What the sentence speaks of, by name: `value`, `allowed`, `found`, `limit`, `kind`, `form`,
    /// `reason`, `instead`.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Syntax(reason) => vec![("reason", reason.clone())],
            Self::WrongType(kind) => vec![("kind", kind.word().to_owned())],
            Self::NotListed { value, allowed } => {
                vec![("value", value.clone()), ("allowed", allowed.clone())]
            }
            Self::NotInVocabulary(value) | Self::OldVersion(value) => {
                vec![("value", value.clone())]
            }
            Self::TooLong { found, max: limit } | Self::TooShort { found, min: limit } => {
                vec![("found", found.to_string()), ("limit", limit.to_string())]
            }
            Self::Malformed { value, form } => {
                vec![("value", value.clone()), ("form", form.word().to_owned())]
            }
            Self::UnknownLicence { value, reason } => {
                vec![("value", value.clone()), ("reason", reason.clone())]
            }
            Self::DeprecatedFor(instead) => vec![("instead", (*instead).to_owned())],
            Self::LowerCaseCountry(upper) => vec![("instead", upper.clone())],
            Self::NotUtf8
            | Self::TooLarge
            | Self::ManyDocuments
            | Self::DuplicateKey
            | Self::UnknownKey
            | Self::Missing
            | Self::ContractorsWithoutContract
            | Self::Deprecated
            | Self::FunderWithoutName => Vec::new(),
        }
    }
}
