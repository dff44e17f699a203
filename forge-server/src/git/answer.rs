//! What git is answered: its own media types, or a sentence it can show.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use forge_git::{Answer, GitError, Service};
use forge_messages::Locale;
use tokio_util::io::ReaderStream;

use crate::{app::App, auth::ApiCaller, error::Error, wording};

/// Bytes handed to the network at once.
const CHUNK_BYTES: usize = 64 << 10;
/// When to try again where every slot is taken.
const RETRY_SECONDS: u64 = 20;

/// Why git is not answered as it hoped.
#[derive(Debug)]
pub(super) enum Failure {
    /// A known error, in the language of whoever asked.
    Known(Error, Option<Locale>),
    /// The repository said no.
    Git(GitError),
    /// The dumb protocol, or a service of another age.
    NotOffered,
    /// A body of another media type than this one.
    WrongType(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Known(error, None)
    }
}

impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl Failure {
    /// In the caller's language; and to nobody it says "sign in" where it would say "not found",
    /// so that git asks for a password, and what is private answers like what is absent.
    pub(super) fn for_caller(self, caller: &ApiCaller) -> Self {
        match self {
            Self::Known(Error::NotFound, _) if caller.person.is_none() => Error::SignIn.into(),
            Self::Known(error, _) => Self::Known(error, Some(caller.by.locale)),
            other => other,
        }
    }

    /// The answer: a line of plain text, which git shows as `remote:` before it gives up.
    pub(super) fn answer(self, app: &App, path: &str) -> Response {
        let (error, locale) = match self {
            Self::Known(error, locale) => (error, locale.unwrap_or(app.config.locale)),
            Self::Git(GitError::Malformed(why)) => return line(StatusCode::BAD_REQUEST, why),
            Self::Git(GitError::TooLarge(why)) => return line(StatusCode::PAYLOAD_TOO_LARGE, why),
            Self::Git(error @ GitError::Busy) => {
                let mut response = line(StatusCode::SERVICE_UNAVAILABLE, error.to_string());
                set(&mut response, header::RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
                return response;
            }
            Self::Git(error) => (Error::Internal(error.into()), app.config.locale),
            Self::NotOffered => {
                let text = app.messages.text(app.config.locale, "git-not-offered", &[]);
                return line(StatusCode::FORBIDDEN, text);
            }
            Self::WrongType(expected) => {
                let text = format!("Content-Type: {expected}");
                return line(StatusCode::UNSUPPORTED_MEDIA_TYPE, text);
            }
        };
        let reference = wording::log(&error, path);
        let text = match &error {
            Error::SignIn => app.messages.text(locale, "git-sign-in", &[]),
            error => wording::sentence(app, locale, error, &reference),
        };
        let mut response = line(error.status(), text);
        if matches!(error, Error::SignIn) {
            // Existing clients know this realm.
            let realm = HeaderValue::from_static("Basic realm=\"Gitea\"");
            set(&mut response, header::WWW_AUTHENTICATE, realm);
        }
        response
    }
}

fn line(status: StatusCode, text: String) -> Response {
    uncached((status, format!("{text}\n")).into_response())
}

/// The answer to `info/refs`, after the line that names the service.
pub(super) fn advertisement(service: Service, bytes: Bytes) -> Response {
    typed(service, "advertisement", Body::from(bytes))
}

/// An answer that is there already.
pub(super) fn bytes(service: Service, bytes: Bytes) -> Response {
    typed(service, "result", Body::from(bytes))
}

/// An answer as git makes it.
pub(super) fn stream(service: Service, answer: Answer) -> Response {
    let stream = ReaderStream::with_capacity(answer, CHUNK_BYTES);
    typed(service, "result", Body::from_stream(stream))
}

fn typed(service: Service, what: &str, body: Body) -> Response {
    let mut response = uncached(Response::new(body));
    let kind = format!("application/x-{}-{what}", service.name());
    if let Ok(kind) = HeaderValue::try_from(kind) {
        set(&mut response, header::CONTENT_TYPE, kind);
    }
    response
}

fn uncached(mut response: Response) -> Response {
    let never = HeaderValue::from_static("no-cache, max-age=0, must-revalidate");
    set(&mut response, header::CACHE_CONTROL, never);
    set(&mut response, header::PRAGMA, HeaderValue::from_static("no-cache"));
    let past = HeaderValue::from_static("Fri, 01 Jan 1980 00:00:00 GMT");
    set(&mut response, header::EXPIRES, past);
    response
}

fn set(response: &mut Response, name: HeaderName, value: HeaderValue) {
    response.headers_mut().insert(name, value);
}
