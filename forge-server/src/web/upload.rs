//! A form with one file: checked like any other before anything of it is read for what it says.

use axum::{
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts as _, Multipart, Request},
    http::header,
};

use super::form::Given;
use crate::{
    app::App,
    auth::{Viewer, csrf},
    error::{Error, Refusal},
};

/// What the fields beside the file may come to, in bytes.
const FIELDS_BYTES_MAX: usize = 1 << 20;
/// More fields than any page offers.
const FIELDS_MAX: usize = 100;

/// A checked form with a file, and who sent it.
#[derive(Debug)]
pub struct Upload {
    /// Who sent it.
    pub viewer: Viewer,
    /// Its fields.
    pub given: Given,
    /// The file: its name and its bytes; none where none was chosen.
    pub file: Option<(String, Vec<u8>)>,
}

impl FromRequest<App> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let viewer = Viewer::from_request_parts(&mut parts, app).await?;
        if csrf::is_cross_site(&parts.headers, &app.public_url) {
            return Err(Error::Forbidden(Refusal::new("cross_site")));
        }
        // Nobody else has a form with a file here: a visitor's body is not read at all.
        viewer.signed_in()?;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            return Err(Error::Forbidden(Refusal::new("form_expired")));
        }
        let headers = parts.headers.clone();
        let mut request = Request::from_parts(parts, body);
        let file_max = usize::try_from(app.config.evidence_size_bytes_max).unwrap_or(usize::MAX);
        DefaultBodyLimit::max(file_max.saturating_add(FIELDS_BYTES_MAX)).apply(&mut request);
        let multipart = Multipart::from_request(request, app).await;
        let multipart = multipart.map_err(|_| Error::Forbidden(Refusal::new("form_expired")))?;
        let (given, file) = read(multipart).await?;
        csrf::check(app, &headers, &viewer, Some(given.get(csrf::FIELD)))?;
        Ok(Self { viewer, given: given.without(csrf::FIELD), file })
    }
}

async fn read(mut parts: Multipart) -> Result<(Given, Option<(String, Vec<u8>)>), Error> {
    let (mut given, mut file, mut count) = (Given::default(), None, 0);
    while let Some(part) = parts.next_field().await.map_err(|error| refused(&error))? {
        count += 1;
        if count > FIELDS_MAX {
            return Err(Error::TooLarge);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|error| refused(&error))?;
        match file_name {
            // A browser sends the field of a file without one too.
            Some(file_name) if !file_name.is_empty() || !bytes.is_empty() => {
                file = Some((file_name, bytes.to_vec()));
            }
            Some(_) => {}
            None => given = given.with(&name, String::from_utf8_lossy(&bytes)),
        }
    }
    Ok((given, file))
}

fn refused(error: &axum::extract::multipart::MultipartError) -> Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Error::TooLarge
    } else {
        Error::Refused(Refusal::new("form_invalid").arg("why", error.body_text()))
    }
}
