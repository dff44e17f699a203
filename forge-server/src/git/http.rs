//! Git over HTTP: the smart protocol of clone, fetch and push. The dumb one is not offered.
//!
//! Addresses are those of the module's page, with or without `.git`; the router cannot match a
//! suffix, so it is taken off where the module is opened.

use std::io;

use axum::{
    Router,
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, Uri, header},
    response::Response,
    routing::{get, post},
};
use forge_git::{Protocol, Service, gunzip};
use futures_util::TryStreamExt as _;
use tokio::io::AsyncRead;
use tokio_util::io::StreamReader;
use url::form_urlencoded;

use super::{
    answer::{self, Failure},
    entrance::{self, Entered},
    push,
};
use crate::{
    app::{App, Via},
    auth::ApiCaller,
};

/// The routes of git's smart protocol. Cost: a read of the references; a child process for a
/// fetch that is not empty; for a push, the disk.
pub fn router() -> Router<App> {
    Router::new()
        .route("/{owner}/{module}/info/refs", get(info_refs))
        .route("/{owner}/{module}/git-upload-pack", post(upload_pack))
        .route("/{owner}/{module}/git-receive-pack", post(receive_pack))
}

/// What git asks first: which references there are, or which version is spoken.
async fn info_refs(
    State(app): State<App>,
    Path((owner, module)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let answered = async {
        let service = service(query.as_deref()).ok_or(Failure::NotOffered)?;
        let caller = caller(&app, &headers).await?;
        let entered = match service {
            Service::UploadPack => entrance::to_read(&app, &caller, &owner, &module).await,
            Service::ReceivePack => entrance::to_write(&app, &caller, &owner, &module).await,
        };
        let bytes = match entered.map_err(|error| error.for_caller(&caller))? {
            Entered::Module(opened) => {
                let repository = app.repositories.get(opened.module.id.uuid()).await?;
                repository.advertise(service, protocol(&headers)).await?
            }
            Entered::Free(_) => forge_git::advertise_nothing(service),
        };
        Ok(answer::advertisement(service, bytes))
    };
    answered.await.unwrap_or_else(|failure: Failure| failure.answer(&app, uri.path()))
}

/// Clone and fetch.
async fn upload_pack(
    State(app): State<App>,
    Path((owner, module)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let answered = async {
        is_request(Service::UploadPack, &headers)?;
        let caller = caller(&app, &headers).await?;
        let entered = entrance::to_read(&app, &caller, &owner, &module).await;
        let Entered::Module(opened) = entered.map_err(|error| error.for_caller(&caller))? else {
            return Err(Failure::NotOffered);
        };
        let repository = app.repositories.get(opened.module.id.uuid()).await?;
        let stream = repository.fetch(protocol(&headers), reader(&headers, body)).await?;
        Ok(answer::stream(Service::UploadPack, stream))
    };
    answered.await.unwrap_or_else(|failure| failure.answer(&app, uri.path()))
}

/// Push.
async fn receive_pack(
    State(app): State<App>,
    Path((owner, module)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let answered = async {
        is_request(Service::ReceivePack, &headers)?;
        let caller = caller(&app, &headers).await?;
        let entered = entrance::to_write(&app, &caller, &owner, &module).await;
        let entered = entered.map_err(|error| error.for_caller(&caller))?;
        let report = push::take(&app, &caller, entered, reader(&headers, body)).await;
        let report = report.map_err(|error| error.for_caller(&caller))?;
        Ok(answer::bytes(Service::ReceivePack, report))
    };
    answered.await.unwrap_or_else(|failure: Failure| failure.answer(&app, uri.path()))
}

async fn caller(app: &App, headers: &HeaderMap) -> Result<ApiCaller, Failure> {
    Ok(ApiCaller::of(app, headers, Via::Git).await?)
}

fn service(query: Option<&str>) -> Option<Service> {
    let mut pairs = form_urlencoded::parse(query?.as_bytes());
    let (_, name) = pairs.find(|(key, _)| key == "service")?;
    [Service::UploadPack, Service::ReceivePack].into_iter().find(|service| service.name() == name)
}

fn protocol(headers: &HeaderMap) -> Protocol {
    Protocol::from_header(headers.get("git-protocol").and_then(|value| value.to_str().ok()))
}

/// A form of another site cannot send this media type without being asked about it.
fn is_request(service: Service, headers: &HeaderMap) -> Result<(), Failure> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let expected = format!("application/x-{}-request", service.name());
    if kind == Some(expected.as_str()) { Ok(()) } else { Err(Failure::WrongType(expected)) }
}

/// The body as it arrives, decoded where git compressed it. The limits are those of the reader:
/// of a fetch's whole request, of a push's commands and pack.
fn reader(headers: &HeaderMap, body: Body) -> Box<dyn AsyncRead + Send + Unpin> {
    let stream = StreamReader::new(body.into_data_stream().map_err(io::Error::other));
    let encoding = headers.get(header::CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    match encoding {
        Some("gzip" | "x-gzip") => Box::new(gunzip(stream)),
        _ => Box::new(stream),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_smart_services_are_known() {
        assert_eq!(service(Some("service=git-upload-pack")), Some(Service::UploadPack));
        assert_eq!(service(Some("a=b&service=git-receive-pack")), Some(Service::ReceivePack));
        for other in [None, Some(""), Some("service="), Some("service=git-upload-archive")] {
            assert_eq!(service(other), None, "{other:?}");
        }
    }
}
