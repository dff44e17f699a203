//! The server's few kinds of error, and what each says to people and programs.

use std::sync::Arc;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use forge_store::StoreError;

/// When to ask again where every slot for reading repositories is taken.
const BUSY_SECONDS: u64 = 20;

/// Why a request or an act did not go through.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the actor may not know that there is.
    #[error("not found")]
    NotFound,
    /// Someone must sign in first.
    #[error("sign in first")]
    SignIn,
    /// The actor sees the thing and may not do the deed.
    #[error("not allowed: {0}")]
    Forbidden(Refusal),
    /// A rule refuses what was asked; nothing was changed.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// What was asked no longer fits what is there.
    #[error("conflict: {0}")]
    Conflict(Refusal),
    /// Too many requests; try again after so many seconds.
    #[error("too many requests")]
    TooMany(u64),
    /// The request is larger than the limit.
    #[error("the request is too large")]
    TooLarge,
    /// The database is busy: nothing was changed, and trying again may succeed.
    #[error("busy")]
    Busy(#[source] StoreError),
    /// Ours to mend: logged once, shown as a reference number.
    #[error("internal error: {0:#}")]
    Internal(anyhow::Error),
}

/// A refusal in a form that a page, the API and the CLI can each put into words.
///
/// `code` is stable (domain.md §i); the words are the message `refusal-CODE` of the reader's
/// language, with `args`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable snake_case code.
    pub code: &'static str,
    /// Arguments of the message.
    pub args: Vec<(&'static str, String)>,
    /// Which fields of a form are wrong, each with its own code.
    pub fields: Vec<FieldRefusal>,
}

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRefusal {
    /// The name of the form field or JSON key.
    pub field: &'static str,
    /// Stable snake_case code, worded by `refusal-CODE`.
    pub code: &'static str,
    /// Arguments of the message.
    pub args: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal with this code.
    pub fn new(code: &'static str) -> Self {
        Self { code, args: Vec::new(), fields: Vec::new() }
    }

    /// With an argument for its message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// A form refused for these fields.
    pub fn form(fields: Vec<FieldRefusal>) -> Self {
        Self { code: "invalid_form", args: Vec::new(), fields }
    }

    /// A form refused for one field.
    pub fn field(field: &'static str, code: &'static str) -> Self {
        Self::form(vec![FieldRefusal { field, code, args: Vec::new() }])
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)?;
        for field in &self.fields {
            write!(f, " {}:{}", field.field, field.code)?;
        }
        Ok(())
    }
}

impl Error {
    /// Refuses with a code alone.
    pub fn refused(code: &'static str) -> Self {
        Self::Refused(Refusal::new(code))
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is refused, where it is a refusal.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Forbidden(refusal) | Self::Refused(refusal) | Self::Conflict(refusal) => {
                Some(refusal)
            }
            _ => None,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            error if error.is_transient() => Self::Busy(error),
            StoreError::Duplicate(what) => {
                Self::Conflict(Refusal::new("already_exists").arg("what", what))
            }
            other => Self::Internal(other.into()),
        }
    }
}

/// What a read of a repository answered: what is not there is not found.
impl From<forge_git::GitError> for Error {
    fn from(error: forge_git::GitError) -> Self {
        match error {
            forge_git::GitError::NotFound(_) => Self::NotFound,
            forge_git::GitError::Busy => Self::TooMany(BUSY_SECONDS),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

/// An answer whose body is still to be written: the layer [`crate::web::errors`] knows whether
/// the reader wants a page, JSON or plain text, and in which language.
#[derive(Debug, Clone)]
pub struct Unworded(pub Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Unworded(Arc::new(self)));
        response
    }
}
