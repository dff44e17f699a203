//! How we ask an identity provider: through the one way out, and only for JSON (security.md A4
//! #70).

use std::{pin::Pin, sync::Arc, time::Duration};

use axum::http::Response;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use tokio::sync::Semaphore;
use url::Url;

use crate::{
    config::{self, Allowed, Provider},
    outbound::{self, Outbound, OutboundError},
};

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
    /// It did not answer, or not in time.
    #[error("the provider does not answer: {0}")]
    Failed(#[from] OutboundError),
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
    outbound: Outbound,
    turns: Arc<Semaphore>,
}

impl Http {
    /// The hosts of the providers' own issuers may be private: an administrator named them.
    /// Where their documents lead may not.
    pub(super) fn new(providers: &[Provider], allowed: Allowed) -> Self {
        let issuers = providers.iter().filter_map(|provider| Url::parse(&provider.issuer).ok());
        let hosts = issuers.filter_map(|issuer| issuer.host().map(|host| host.to_owned()));
        let outbound = Outbound::new(allowed.and(hosts), WAIT);
        Self { outbound, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    async fn ask(self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let address = request.uri().to_string();
        if !Url::parse(&address).is_ok_and(|url| config::is_safe(&url)) {
            return Err(HttpError::Unsafe(address));
        }
        let _turn = self.turns.acquire().await.map_err(|_| HttpError::Stopping)?;
        let answer = self.outbound.send(request, ANSWER_BYTES_MAX).await?;
        let kind = outbound::media_type(&answer.headers);
        // The key set has a type of its own (RFC 7517).
        if !matches!(kind.as_str(), "application/json" | "application/jwk-set+json") {
            return Err(HttpError::NotJson { status: answer.status.as_u16(), kind });
        }
        let mut response = Response::new(answer.body);
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.clone().ask(request))
    }
}
