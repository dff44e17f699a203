//! Every request of the server to somebody else's machine leaves through this room (security.md
//! A4 #64 to #73): identity providers and webhooks now, mirrors later.
//!
//! The host is looked up at each use and not once at creation; where any of its addresses leads
//! back into a private network, nothing is sent, and the connection is made to an address that was
//! looked at. No redirect is followed, no proxy of the environment used, little is read, and not
//! for long.

mod address;
mod guard;

use std::time::{Duration, Instant};

use axum::http::{HeaderMap, Request, StatusCode, header};
use url::Url;

pub use self::address::{AddressError, parse};
use self::guard::Guard;
use crate::config::Allowed;

/// The longest a request to a webhook takes, from the first look-up to the last byte.
pub const WAIT: Duration = Duration::from_secs(10);
/// To find the host and to reach it.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// The most anybody can make us read.
const ANSWER_BYTES_MAX: u64 = 1 << 20;

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// The address is none we send to.
    #[error("the address is refused: {0}")]
    Address(#[from] AddressError),
    /// The host leads where nothing of ours may go.
    #[error("{0}")]
    Guarded(String),
    /// It did not answer in time.
    #[error("no answer in time")]
    Timeout,
    /// It could not be reached, or what it says is no answer.
    #[error("it cannot be reached: {0}")]
    Failed(String),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
}

/// What somebody else's machine said.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status; a redirect is one too.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The first bytes of the body, as many as were asked for.
    pub body: Vec<u8>,
    /// How long it took, to the last byte read.
    pub took: Duration,
}

/// The one way out. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Outbound {
    agent: ureq::Agent,
    allowed: Allowed,
}

impl Outbound {
    /// With what an administrator allowed beyond the public internet, and the longest a request
    /// may take as a whole.
    pub fn new(allowed: Allowed, wait: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(wait))
            .timeout_resolve(Some(CONNECT_WAIT.min(wait)))
            .timeout_connect(Some(CONNECT_WAIT.min(wait)))
            .max_redirects(0)
            .http_status_as_error(false)
            // Nothing reads the environment after the start.
            .proxy(None)
            // A connection that is kept would skip the guard.
            .max_idle_connections(0)
            .user_agent("beffroi")
            .build();
        let connector = ureq::unversioned::transport::DefaultConnector::default();
        let agent = ureq::Agent::with_parts(config, connector, Guard::new(allowed.clone()));
        Self { agent, allowed }
    }

    /// Whether an address is one that may be sent to, as far as can be told without looking it
    /// up.
    ///
    /// # Errors
    /// Why not.
    pub fn parse(&self, text: &str) -> Result<Url, AddressError> {
        parse(text, &self.allowed)
    }

    /// Asks, and reads up to `body_bytes_max` of the answer. It waits on a thread of its own:
    /// callers bound how many they send at once.
    ///
    /// # Errors
    /// Where no answer came; any answer at all is `Ok`.
    pub async fn send(
        &self,
        request: Request<Vec<u8>>,
        body_bytes_max: u64,
    ) -> Result<Answer, OutboundError> {
        self.parse(&request.uri().to_string())?;
        let agent = self.agent.clone();
        let asked = tokio::task::spawn_blocking(move || ask(&agent, request, body_bytes_max));
        asked.await.map_err(|_| OutboundError::Stopping)?
    }
}

fn ask(
    agent: &ureq::Agent,
    request: Request<Vec<u8>>,
    body_bytes_max: u64,
) -> Result<Answer, OutboundError> {
    use std::io::Read as _;

    let begun = Instant::now();
    let mut answer = agent.run(request).map_err(said)?;
    let mut body = Vec::new();
    let reader = answer.body_mut().as_reader();
    let read = reader.take(body_bytes_max.min(ANSWER_BYTES_MAX)).read_to_end(&mut body);
    read.map_err(|error| said(ureq::Error::from(error)))?;
    Ok(Answer {
        status: answer.status(),
        headers: answer.headers().clone(),
        body,
        took: begun.elapsed(),
    })
}

/// What went wrong, without an address that may hold somebody's secret.
fn said(error: ureq::Error) -> OutboundError {
    match error {
        ureq::Error::Timeout(_) => OutboundError::Timeout,
        ureq::Error::HostNotFound => OutboundError::Failed("the host has no address".to_owned()),
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
            OutboundError::Timeout
        }
        ureq::Error::Other(error) => match error.downcast::<guard::Refused>() {
            Ok(refused) => OutboundError::Guarded(refused.to_string()),
            Err(error) => OutboundError::Failed(error.to_string()),
        },
        error => OutboundError::Failed(error.to_string()),
    }
}

/// The media type an answer names, in lower case and without its parameters.
pub fn media_type(headers: &HeaderMap) -> String {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}
