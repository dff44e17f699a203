//! What a refusal leaves unread of a request. Who is refused before all of it was read is answered
//! at once; the rest must go somewhere, or the connection ends under the next request of the same
//! client, who was not told that it would.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;

/// What is read and thrown away, so that the connection can go on; more is not worth it.
const DRAINED_BYTES_MAX: u64 = 64 * 1024;
/// How long it may take to arrive.
const DRAINED_WITHIN: Duration = Duration::from_secs(1);

/// Reads what a refused request still holds where that is little, and ends the connection with
/// the answer where it is not.
pub async fn settle(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let little = length(request.headers()).is_some_and(|length| length <= DRAINED_BYTES_MAX);
    let (head, body) = request.into_parts();
    let mut body = Shared(Arc::new(Mutex::new(body)));
    let mut answer = next.run(Request::from_parts(head, Body::new(body.clone()))).await;
    let refused = answer.status().is_client_error() || answer.status().is_server_error();
    if refused && !body.is_end_stream() {
        if little {
            // What did not arrive in time is still unread below.
            let _ = tokio::time::timeout(DRAINED_WITHIN, drain(&mut body)).await;
        }
        if !body.is_end_stream() {
            answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
    }
    answer
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn drain(body: &mut Shared) {
    while let Some(Ok(_)) = body.frame().await {}
}

/// A body that can still be read when whoever was given it is gone.
#[derive(Clone)]
struct Shared(Arc<Mutex<Body>>);

impl Shared {
    fn with<T>(&self, read: impl FnOnce(&mut Body) -> T) -> T {
        read(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.with(|body| Pin::new(body).poll_frame(cx))
    }

    fn is_end_stream(&self) -> bool {
        self.with(|body| body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.with(|body| body.size_hint())
    }
}
