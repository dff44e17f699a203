//! Puts an [`Error`] into the words of whoever asked: a page, JSON, or a line for git.

use std::sync::Arc;

use axum::{
    Json,
    extract::{FromRequestParts as _, Request, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use forge_messages::Locale;
use serde_json::json;

use crate::{
    app::App,
    auth::Viewer,
    error::{Error, Unworded},
    themes::ErrorPage,
};

pub use crate::wording::{code, log, refused, sentence};

/// Words every error on its way out, and logs the ones that are ours to mend, once.
pub async fn word(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(Unworded(error)) = response.extensions_mut().remove::<Unworded>() else {
        return response;
    };
    let reference = log(&error, asked.uri.path());
    if asked.uri.path().starts_with("/api/") {
        let locale = api_locale(&asked);
        return json_answer(&app, locale, &error, &reference);
    }
    page(&app, asked, &error, &reference).await
}

/// The language a program asks for. One that asks for none reads English, as the clients of the
/// dialect expect.
fn api_locale(asked: &Parts) -> Locale {
    let header = asked.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    header.map_or(Locale::En, |accept| Locale::negotiate(accept, Locale::En))
}

/// The dialect's error body (api.md §2.2), with our stable code beside its sentence.
fn json_answer(app: &App, locale: Locale, error: &Error, reference: &str) -> Response {
    let message = match error {
        // The words existing clients look for.
        Error::SignIn => "token is required".to_owned(),
        _ => sentence(app, locale, error, reference),
    };
    let fields = error.refusal().map(|refusal| {
        let words = |field: &crate::error::FieldRefusal| {
            json!({
                "field": field.field,
                "code": field.code,
                "message": code(app, locale, field.code, &field.args),
            })
        };
        refusal.fields.iter().map(words).collect::<Vec<_>>()
    });
    let body = json!({
        "message": message,
        "url": format!("{}/api/openapi.json", app.public_url),
        "errors": fields.unwrap_or_default(),
        "code": error.refusal().map(|refusal| refusal.code),
        // The sentence already says what to do.
        "hint": null,
    });
    let mut response = (error.status(), Json(body)).into_response();
    if let Error::TooMany(seconds) = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}

async fn page(app: &App, mut asked: Parts, error: &Arc<Error>, reference: &str) -> Response {
    if matches!(**error, Error::SignIn) {
        // Only what was asked with GET can be asked again after the sign-in.
        let again = asked.uri.path_and_query().filter(|_| asked.method == Method::GET);
        let next = again.map_or("/", |path| path.as_str());
        let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        return Redirect::to(&format!("/-/login?next={next}")).into_response();
    }
    let Ok(viewer) = Viewer::from_request_parts(&mut asked, app).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "The database does not answer.\n")
            .into_response();
    };
    let status = error.status();
    let title = super::page::text(app, &viewer, &format!("error-{}-title", status.as_u16()));
    let internal = matches!(**error, Error::Internal(_));
    let body = ErrorPage {
        page: super::page::chrome(app, &viewer, title),
        status: status.as_u16(),
        text: sentence(app, viewer.locale(), error, reference),
        reference: internal.then(|| reference.to_owned()),
    };
    let rendered = super::page::page_with(app, &viewer, status, ("pages/error.html", &body));
    let mut response = rendered.unwrap_or_else(|failure| {
        tracing::error!(%failure, "the error page itself failed");
        (status, body.text).into_response()
    });
    if let Error::TooMany(seconds) = **error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
