//! What a request brings: a JSON body, a query or the parts of an address, refused with a sentence
//! where it does not fit.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{HeaderMap, header, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::{
    app::App,
    auth::ApiCaller,
    error::{Error, Refusal},
};

/// A JSON body of somebody who said who they are: nobody is asked to sign in, whatever they sent.
/// An absent one reads as `{}`, because clients of the dialect send none where nothing is to be
/// said.
#[derive(Debug, Clone, Copy)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        if !ApiCaller::is_named(request.headers()) {
            return Err(Error::SignIn);
        }
        let is_json = is_json(request.headers());
        let bytes = Bytes::from_request(request, app).await.map_err(unreadable)?;
        if bytes.is_empty() {
            return parse(b"{}").map(Self);
        }
        // text/plain is what a form of another site can send without asking (security.md #87).
        if !is_json {
            return Err(Error::refused("body_not_json"));
        }
        parse(&bytes).map(Self)
    }
}

/// The named parts of an address; one that cannot be read, as a word where a number stands, names
/// nothing.
#[derive(Debug, Clone, Copy)]
pub struct Place<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Place<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, app).await;
        read.map(|path| Self(path.0)).map_err(|_| Error::NotFound)
    }
}

/// The query of an address.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        query.map(|query| Self(query.0)).map_err(|rejection| {
            Error::Refused(Refusal::new("query_invalid").arg("why", rejection.body_text()))
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/json")
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes)
        .map_err(|error| Error::Refused(Refusal::new("body_invalid").arg("why", error)))
}

fn unreadable(rejection: BytesRejection) -> Error {
    if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return Error::TooLarge;
    }
    Error::refused("body_unreadable")
}
