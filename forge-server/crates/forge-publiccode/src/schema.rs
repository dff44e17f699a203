//! The keys of the standard, as tables: what each wants, and whether it must be there.

use crate::{
    finding::Form,
    vocabulary::{CATEGORIES, DEVELOPMENT_STATUS, MAINTENANCE_TYPES, SCOPES, SOFTWARE_TYPES},
};

/// A key of a section.
pub(crate) struct Field {
    pub key: &'static str,
    pub presence: Presence,
    pub shape: Shape,
}

/// Whether a key must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
    /// Will go away; another key may say the same.
    Deprecated(Option<&'static str>),
}

/// What a key wants.
pub(crate) enum Shape {
    /// Any text.
    Text,
    /// A text of so many characters.
    Length(usize, usize),
    /// A text of a form.
    Formed(Form),
    /// One of a few words.
    OneOf(&'static str),
    /// One of many words.
    Vocabulary(&'static str),
    /// `true` or `false`.
    Bool,
    /// The version of the standard the file follows.
    Version,
    /// An SPDX expression.
    Licence,
    /// A country, capitals wanted.
    Country,
    /// A list of these.
    List(&'static Shape),
    /// One of these, or a list of them.
    OneOrMany(&'static Shape),
    /// A section with these keys.
    Section(&'static [Field]),
    /// A section whose keys are languages.
    ByLanguage(&'static [Field]),
}

const fn required(key: &'static str, shape: Shape) -> Field {
    Field { key, presence: Presence::Required, shape }
}

const fn optional(key: &'static str, shape: Shape) -> Field {
    Field { key, presence: Presence::Optional, shape }
}

const fn deprecated(key: &'static str, instead: Option<&'static str>, shape: Shape) -> Field {
    Field { key, presence: Presence::Deprecated(instead), shape }
}

const TEXTS: Shape = Shape::List(&Shape::Text);
const URL: Shape = Shape::Formed(Form::Url);
const HTTP_URL: Shape = Shape::Formed(Form::HttpUrl);
const MEDIA_TYPES: Shape = Shape::List(&Shape::Formed(Form::MediaType));
const COUNTRIES: Shape = Shape::List(&Shape::Country);

/// The whole file.
pub(crate) static FILE: &[Field] = &[
    required("publiccodeYmlVersion", Shape::Version),
    required("name", Shape::Text),
    optional("applicationSuite", Shape::Text),
    required("url", URL),
    optional("landingURL", HTTP_URL),
    optional("isBasedOn", Shape::OneOrMany(&URL)),
    optional("softwareVersion", Shape::Text),
    optional("releaseDate", Shape::Formed(Form::Date)),
    optional("logo", Shape::Formed(Form::Logo)),
    deprecated("monochromeLogo", Some("logo"), Shape::Formed(Form::Logo)),
    optional("organisation", Shape::Section(ORGANISATION)),
    deprecated("inputTypes", None, MEDIA_TYPES),
    deprecated("outputTypes", None, MEDIA_TYPES),
    required("platforms", TEXTS),
    optional("categories", Shape::List(&Shape::Vocabulary(CATEGORIES))),
    optional("usedBy", TEXTS),
    optional("fundedBy", Shape::List(&Shape::Section(ORGANISATION))),
    optional("roadmap", HTTP_URL),
    required("developmentStatus", Shape::OneOf(DEVELOPMENT_STATUS)),
    required("softwareType", Shape::OneOf(SOFTWARE_TYPES)),
    optional("supports", Shape::List(&Shape::Section(SUPPORTS))),
    optional("intendedAudience", Shape::Section(AUDIENCE)),
    required("description", Shape::ByLanguage(DESCRIPTION)),
    required("legal", Shape::Section(LEGAL)),
    required("maintenance", Shape::Section(MAINTENANCE)),
    required("localisation", Shape::Section(LOCALISATION)),
    optional("dependsOn", Shape::Section(DEPENDS_ON)),
];

static ORGANISATION: &[Field] =
    &[optional("name", Shape::Text), required("uri", Shape::Formed(Form::OrganisationUri))];

static SUPPORTS: &[Field] = &[required("id", Shape::Formed(Form::SupportsId))];

static AUDIENCE: &[Field] = &[
    optional("scope", Shape::List(&Shape::Vocabulary(SCOPES))),
    optional("countries", COUNTRIES),
    optional("unsupportedCountries", COUNTRIES),
];

static DESCRIPTION: &[Field] = &[
    optional("localisedName", Shape::Text),
    deprecated("genericName", None, Shape::Length(0, 35)),
    required("shortDescription", Shape::Length(1, 150)),
    required("longDescription", Shape::Length(150, 10_000)),
    optional("documentation", HTTP_URL),
    optional("apiDocumentation", HTTP_URL),
    required("features", TEXTS),
    optional("screenshots", Shape::List(&Shape::Formed(Form::Screenshot))),
    optional("videos", Shape::List(&HTTP_URL)),
    optional("awards", TEXTS),
];

static LEGAL: &[Field] = &[
    required("license", Shape::Licence),
    optional("mainCopyrightOwner", Shape::Text),
    deprecated("repoOwner", Some("organisation.name"), Shape::Text),
    deprecated("authorsFile", None, Shape::Formed(Form::PathOrUrl)),
];

// Which of contacts and contractors must be there depends on the type: `rules.rs` says.
static MAINTENANCE: &[Field] = &[
    required("type", Shape::OneOf(MAINTENANCE_TYPES)),
    optional("contractors", Shape::List(&Shape::Section(CONTRACTOR))),
    optional("contacts", Shape::List(&Shape::Section(CONTACT))),
];

static CONTRACTOR: &[Field] = &[
    required("name", Shape::Text),
    required("until", Shape::Formed(Form::Date)),
    optional("email", Shape::Formed(Form::Email)),
    optional("website", HTTP_URL),
];

static CONTACT: &[Field] = &[
    required("name", Shape::Text),
    optional("email", Shape::Formed(Form::Email)),
    optional("affiliation", Shape::Text),
    optional("phone", Shape::Text),
];

static LOCALISATION: &[Field] = &[
    required("localisationReady", Shape::Bool),
    required("availableLanguages", Shape::List(&Shape::Formed(Form::Language))),
];

static DEPENDS_ON: &[Field] = &[
    optional("open", Shape::List(&Shape::Section(DEPENDENCY))),
    optional("proprietary", Shape::List(&Shape::Section(DEPENDENCY))),
    optional("hardware", Shape::List(&Shape::Section(DEPENDENCY))),
];

static DEPENDENCY: &[Field] = &[
    required("name", Shape::Text),
    optional("versionMin", Shape::Text),
    optional("versionMax", Shape::Text),
    optional("version", Shape::Text),
    optional("optional", Shape::Bool),
];
