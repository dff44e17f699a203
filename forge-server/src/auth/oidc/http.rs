//! How we ask an identity provider: by TLS, without following where it leads, for little, for a
//! short time, and only for JSON (security.md A4 #66, #70).

use std::{pin::Pin, sync::Arc, time::Duration};

use axum::http::{Response, header};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use tokio::sync::Semaphore;
use url::Url;

use crate::config;

/// A provider that takes longer is not there.
const WAIT: Duration = Duration::from_secs(5);
/// The largest answer: discovery documents and key sets take a few kilobytes.
const ANSWER_BYTES_MAX: u64 = 1 << 20;
/// Each question holds a thread while it waits.
const AT_ONCE: usize = 8;

/// Why a provider gave no answer we can use.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// Secrets are not sent there.
    #[error("{0} is neither https nor on this machine")]
    Unsafe(String),
    /// It did not answer, or not in time, or too much.
    #[error("the provider does not answer: {0}")]
    Failed(#[from] ureq::Error),
    /// Its answer is not JSON.
    #[error("the provider answers {status} with {kind:?}, not with JSON")]
    NotJson {
        /// The status.
        status: u16,
        /// The media type it names.
        kind: String,
    },
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
}

/// The client.
#[derive(Debug, Clone)]
pub(super) struct Http {
    agent: ureq::Agent,
    turns: Arc<Semaphore>,
}

impl Http {
    pub(super) fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(WAIT))
            .max_redirects(0)
            .http_status_as_error(false)
            // Nothing reads the environment after the start.
            .proxy(None)
            .user_agent("beffroi")
            .build();
        Self { agent: config.new_agent(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    async fn ask(self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let _turn = self.turns.acquire().await.map_err(|_| HttpError::Stopping)?;
        let agent = self.agent;
        let asked = tokio::task::spawn_blocking(move || ask(&agent, request)).await;
        asked.map_err(|_| HttpError::Stopping)?
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.clone().ask(request))
    }
}

fn ask(agent: &ureq::Agent, request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let address = request.uri().to_string();
    if !Url::parse(&address).is_ok_and(|url| config::is_safe(&url)) {
        return Err(HttpError::Unsafe(address));
    }
    let mut answer = agent.run(request)?;
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let status = answer.status();
    if !is_json(&kind) {
        return Err(HttpError::NotJson { status: status.as_u16(), kind });
    }
    let body = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec()?;
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = answer.headers().clone();
    Ok(response)
}

fn is_json(kind: &str) -> bool {
    let media_type = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    // The key set has a type of its own (RFC 7517).
    media_type == "application/json" || media_type == "application/jwk-set+json"
}
