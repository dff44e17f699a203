//! Holds a file against the tables of the standard.

use unicode_segmentation::UnicodeSegmentation;

use crate::{
    finding::{Finding, Form, Kind, Problem, Severity},
    formats,
    schema::{FILE, Field, Presence, Shape},
    tree::{Content, Node, Place},
    vocabulary,
};

/// Everything the tables find wrong, in no order.
pub(crate) fn walk(root: &Node) -> Vec<Finding> {
    let version = root.get("publiccodeYmlVersion").and_then(Node::text).unwrap_or_default();
    let mut walk = Walk { first_major: version.starts_with('1'), findings: Vec::new() };
    walk.section(root, FILE, "");
    walk.findings
}

/// What remains of a text that is shown back; files come from anybody.
const SHOWN_MAX: usize = 60;

struct Walk {
    /// Whether the file follows 1.0, where deprecated keys are gone.
    first_major: bool,
    findings: Vec<Finding>,
}

impl Walk {
    fn say(&mut self, severity: Severity, key: &str, place: Place, problem: Problem) {
        let Place { line, column } = place;
        self.findings.push(Finding { severity, key: key.to_owned(), line, column, problem });
    }

    fn error(&mut self, key: &str, place: Place, problem: Problem) {
        self.say(Severity::Error, key, place, problem);
    }

    fn section(&mut self, node: &Node, fields: &'static [Field], path: &str) {
        if !matches!(node.content, Content::Section(_)) {
            return self.error(path, node.place, Problem::WrongType(Kind::Section));
        }
        for entry in node.entries() {
            let path = join(path, &entry.key);
            match fields.iter().find(|field| field.key == entry.key) {
                Some(field) => self.field(field, entry.place, &entry.value, &path),
                None => self.unlisted(&entry.key, entry.place, &path),
            }
        }
        for field in fields.iter().filter(|field| field.presence == Presence::Required) {
            // Version 1 asks for features in one language only, and no longer in each.
            let waived = self.first_major && field.key == "features";
            if !waived && node.entry(field.key).is_none() {
                self.error(&join(path, field.key), node.place, Problem::Missing);
            }
        }
    }

    fn field(&mut self, field: &'static Field, place: Place, value: &Node, path: &str) {
        match field.presence {
            Presence::Required if is_empty(value, &field.shape) => {
                return self.error(path, place, Problem::Missing);
            }
            Presence::Deprecated(instead) => {
                let problem = instead.map_or(Problem::Deprecated, Problem::DeprecatedFor);
                let gone = self.first_major;
                let severity = if gone { Severity::Error } else { Severity::Warning };
                self.say(severity, path, place, problem);
            }
            Presence::Required | Presence::Optional => {}
        }
        // An optional key without a value says nothing, and nothing is wrong with that.
        if !value.is_null() {
            self.value(&field.shape, place, value, path);
        }
    }

    /// A key the tables lack: a country's section, or a slip.
    fn unlisted(&mut self, key: &str, place: Place, path: &str) {
        let upper = key.to_ascii_uppercase();
        let country = path == key
            && vocabulary::contains(vocabulary::COUNTRIES, &upper)
            && (key == upper || key == key.to_ascii_lowercase());
        if country && !self.first_major {
            let instead = "supports and organisation.uri";
            self.say(Severity::Warning, path, place, Problem::DeprecatedFor(instead));
        } else {
            self.error(path, place, Problem::UnknownKey);
        }
    }

    /// `place` is where the key stands, or the item of a list.
    fn value(&mut self, shape: &'static Shape, place: Place, value: &Node, path: &str) {
        match shape {
            Shape::Section(fields) => self.section(value, fields, path),
            Shape::ByLanguage(fields) => self.by_language(value, fields, path),
            Shape::List(item) => self.list(item, place, value, path),
            Shape::OneOrMany(item) => match &value.content {
                Content::List(_) => self.list(item, place, value, path),
                Content::Section(_) | Content::Bool(_) => {
                    self.error(path, place, Problem::WrongType(Kind::TextOrList));
                }
                _ => self.value(item, place, value, path),
            },
            Shape::Bool => {
                if !matches!(value.content, Content::Bool(_)) {
                    self.error(path, place, Problem::WrongType(Kind::Bool));
                }
            }
            Shape::Version => self.version(value, place, path),
            Shape::Text
            | Shape::Length(..)
            | Shape::Formed(_)
            | Shape::OneOf(_)
            | Shape::Vocabulary(_)
            | Shape::Licence
            | Shape::Country => match value.text() {
                Some(text) => self.text(shape, place, text, path),
                None => self.error(path, place, Problem::WrongType(Kind::Text)),
            },
        }
    }

    fn list(&mut self, item: &'static Shape, place: Place, value: &Node, path: &str) {
        if !matches!(value.content, Content::List(_)) {
            return self.error(path, place, Problem::WrongType(Kind::List));
        }
        for (index, node) in value.items().iter().enumerate() {
            self.value(item, node.place, node, &format!("{path}[{index}]"));
        }
    }

    fn by_language(&mut self, value: &Node, fields: &'static [Field], path: &str) {
        if !matches!(value.content, Content::Section(_)) {
            return self.error(path, value.place, Problem::WrongType(Kind::Section));
        }
        for entry in value.entries() {
            let path = join(path, &entry.key);
            if !formats::is_language(&entry.key) {
                let problem = Problem::Malformed { value: shown(&entry.key), form: Form::Language };
                self.error(&path, entry.place, problem);
            }
            self.section(&entry.value, fields, &path);
        }
    }

    fn version(&mut self, value: &Node, place: Place, path: &str) {
        let Content::Text(version) = &value.content else {
            return self.error(path, place, Problem::WrongType(Kind::QuotedText));
        };
        if !vocabulary::contains(vocabulary::VERSIONS, version) {
            let allowed = vocabulary::VERSIONS.to_owned();
            self.error(path, place, Problem::NotListed { value: shown(version), allowed });
        } else if !(version == "0" || version.starts_with("0.7") || version.starts_with('1')) {
            self.say(Severity::Warning, path, place, Problem::OldVersion(version.clone()));
        }
    }

    fn text(&mut self, shape: &'static Shape, place: Place, text: &str, path: &str) {
        let problem = match shape {
            Shape::Length(min, max) => length_problem(text, *min, *max),
            Shape::Formed(form) => (!is_formed(*form, text))
                .then(|| Problem::Malformed { value: shown(text), form: *form }),
            Shape::OneOf(words) => (!vocabulary::contains(words, text)).then(|| {
                Problem::NotListed { value: shown(text), allowed: words.replace(' ', ", ") }
            }),
            Shape::Vocabulary(words) => {
                (!vocabulary::contains(words, text)).then(|| Problem::NotInVocabulary(shown(text)))
            }
            Shape::Licence => licence_problem(text),
            Shape::Country => return self.country(place, text, path),
            _ => None,
        };
        if let Some(problem) = problem {
            self.error(path, place, problem);
        }
    }

    fn country(&mut self, place: Place, text: &str, path: &str) {
        let upper = text.to_ascii_uppercase();
        let known = vocabulary::contains(vocabulary::COUNTRIES, &upper);
        if known && text == text.to_ascii_lowercase() {
            self.say(Severity::Warning, path, place, Problem::LowerCaseCountry(upper));
        } else if !known || text != upper {
            let problem = Problem::Malformed { value: shown(text), form: Form::Country };
            self.error(path, place, problem);
        }
    }
}

/// The licence expression of a text, as lenient on outdated identifiers as catalogues are.
pub(crate) fn licence(text: &str) -> Result<spdx::Expression, spdx::ParseError> {
    let mode = spdx::ParseMode { allow_deprecated: true, ..spdx::ParseMode::STRICT };
    spdx::Expression::parse_mode(text, mode)
}

fn licence_problem(text: &str) -> Option<Problem> {
    licence(text).err().map(|error| Problem::UnknownLicence {
        value: shown(text),
        reason: error.reason.to_string(),
    })
}

/// Lengths are counted in grapheme clusters: what a reader takes for one character.
fn length_problem(text: &str, min: usize, max: usize) -> Option<Problem> {
    let found = text.graphemes(true).count();
    if found > max {
        Some(Problem::TooLong { found, max })
    } else if found < min {
        Some(Problem::TooShort { found, min })
    } else {
        None
    }
}

fn is_formed(form: Form, text: &str) -> bool {
    match form {
        Form::Url => formats::is_url(text),
        Form::HttpUrl => formats::is_http_url(text),
        Form::Date => formats::is_date(text),
        Form::Email => formats::is_email(text),
        Form::Language => formats::is_language(text),
        Form::Country => vocabulary::contains(vocabulary::COUNTRIES, text),
        Form::OrganisationUri => formats::is_organisation_uri(text),
        Form::SupportsId => formats::is_supports_id(text),
        Form::PathOrUrl => formats::is_path_or_url(text),
        Form::Logo => {
            formats::is_path_or_url(text) && formats::has_extension(text, &["svg", "svgz", "png"])
        }
        Form::Screenshot => {
            formats::is_path_or_url(text) && formats::has_extension(text, &["png", "jpg", "jpeg"])
        }
        Form::MediaType => formats::is_media_type(text),
    }
}

/// Whether a required value says nothing. A section's own keys are asked for one by one instead.
fn is_empty(value: &Node, shape: &Shape) -> bool {
    match &value.content {
        Content::Null => true,
        Content::Text(text) => text.trim().is_empty(),
        Content::List(items) => items.is_empty() && !matches!(shape, Shape::Version),
        Content::Section(entries) => {
            entries.is_empty() && matches!(shape, Shape::ByLanguage(_) | Shape::Section(_))
        }
        Content::Bool(_) | Content::Number(_) => false,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { shown(key) } else { format!("{path}.{}", shown(key)) }
}

fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN_MAX).collect();
    if text.chars().nth(SHOWN_MAX).is_some() {
        shown.push('…');
    }
    shown
}
