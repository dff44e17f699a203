//! The connections of the server: each has a time in which to say what it wants, so that a peer
//! that says nothing, or a letter a minute, holds none for ever (security.md B2).

use std::{convert::Infallible, future::Future, net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, extract::ConnectInfo, response::Response, serve::Listener};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;
use tower::Service as _;

/// Answers every connection until `stop`, then lets what is under way finish. The head of a
/// request, and the silence before it, may last `head_max`.
pub async fn serve(
    mut listener: TcpListener,
    doors: Router,
    head_max: Duration,
    stop: CancellationToken,
) {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            Some(_) = open.join_next() => {}
            // Its own errors it waits out: too many open files end by themselves.
            (stream, peer) = Listener::accept(&mut listener) => {
                open.spawn(answer(stream, (doors.clone(), peer), head_max, stop.clone()));
            }
        }
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn answer(
    stream: TcpStream,
    (doors, peer): (Router, SocketAddr),
    head_max: Duration,
    stop: CancellationToken,
) {
    // Without TCP_NODELAY a streamed answer waits 40 ms for the client's acknowledgement.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY could not be set");
    }
    let service = service_fn(move |request| pass(doors.clone(), peer, request));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_max);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, %peer, "a connection ended badly");
    }
}

/// A request on its way to the doors, with whom it comes from.
fn pass(
    mut doors: Router,
    peer: SocketAddr,
    mut request: Request<Incoming>,
) -> impl Future<Output = Result<Response, Infallible>> {
    request.extensions_mut().insert(ConnectInfo(peer));
    doors.call(request)
}
