//! Collects what is wrong with the fields of an act, so that a person is told all of it at once.

use forge_domain::{calendar::CalendarError, money::AmountError, names::NameError};

use crate::error::{Error, FieldRefusal, Refusal};

/// Why a field's text cannot be used, as a code with arguments.
pub trait Fault {
    /// The stable code.
    fn code(&self) -> &'static str;
    /// The arguments of its message.
    fn args(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

impl Fault for NameError {
    fn code(&self) -> &'static str {
        NameError::code(self)
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { max } => vec![("max", max.to_string())],
            Self::Reserved(name) | Self::DeviceName(name) => vec![("name", name.clone())],
            Self::Identifier { scheme, .. } => vec![("scheme", scheme.clone())],
            _ => Vec::new(),
        }
    }
}

impl Fault for CalendarError {
    fn code(&self) -> &'static str {
        CalendarError::code(self)
    }
}

impl Fault for AmountError {
    fn code(&self) -> &'static str {
        AmountError::code(self)
    }
}

impl Fault for &'static str {
    fn code(&self) -> &'static str {
        self
    }
}

/// The wrong fields so far.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldRefusal>);

impl Fields {
    /// Notes a field that is wrong.
    pub fn take<T>(&mut self, field: &'static str, read: Result<T, impl Fault>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(fault) => {
                self.0.push(FieldRefusal { field, code: fault.code(), args: fault.args() });
                None
            }
        }
    }

    /// Everything that was read, or all that is wrong.
    pub fn end<T>(self, whole: Option<T>) -> Result<T, Error> {
        match whole {
            Some(whole) if self.0.is_empty() => Ok(whole),
            _ => Err(Error::Refused(Refusal::form(self.0))),
        }
    }
}

/// One line of text that must not be empty, of at most `max` characters.
pub fn line(text: &str, max: usize) -> Result<String, LengthFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(LengthFault("name_empty", None));
    }
    short(text, max)
}

/// Text that may be empty, of at most `max` characters.
pub fn short(text: &str, max: usize) -> Result<String, LengthFault> {
    let text = text.trim();
    if text.chars().count() > max {
        return Err(LengthFault("name_too_long", Some(max)));
    }
    Ok(text.to_owned())
}

/// An http or https address, or nothing.
pub fn website(text: &str) -> Result<Option<String>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match url::Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            Ok(Some(url.to_string()))
        }
        _ => Err("url_invalid"),
    }
}

/// Why a text does not fit: the code, and the most characters where there are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LengthFault(&'static str, Option<usize>);

impl Fault for LengthFault {
    fn code(&self) -> &'static str {
        self.0
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        self.1.map(|max| ("max", max.to_string())).into_iter().collect()
    }
}
