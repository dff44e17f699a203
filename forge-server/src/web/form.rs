//! A form that was sent: checked before anything of it is read, and kept whole so that a refusal
//! can show it again as it was filled in.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts as _, Request},
    http::{HeaderMap, StatusCode, header},
};
use forge_domain::calendar;
use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};
use url::form_urlencoded;

use crate::{
    app::App,
    auth::{Viewer, csrf},
    error::{Error, Refusal},
    themes, wording,
};

/// A longer form is nobody's typing; files come by another way.
const BYTES_MAX: usize = 1 << 20;
/// More fields than any page offers.
const FIELDS_MAX: usize = 1_000;

/// A checked form, and who sent it.
#[derive(Debug, Clone)]
pub struct Form<T> {
    /// Who sent it.
    pub viewer: Viewer,
    /// Its fields. Give every one `#[serde(default)]` and judge it yourself: then what is missing
    /// is said beside its field and not as a page of its own.
    pub fields: T,
    /// What was typed, to show the form again.
    pub given: Given,
}

/// The fields of a form as they were sent, without its secrets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Given(BTreeMap<String, String>);

impl Given {
    /// What a field held; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Puts a value into a form that is shown for the first time.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Leaves a field out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    /// The fields as the query of an address, so that a page can be opened again filled in.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.0);
        query.finish()
    }

    /// The fields of the query of an address.
    pub fn of_query(query: Option<&str>) -> Self {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        let fields: Vec<_> = pairs
            .take(FIELDS_MAX)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        Self::of(&fields)
    }

    /// The form as it was typed, with nothing wrong.
    pub fn form(&self) -> themes::Form {
        themes::Form { values: self.0.clone(), errors: Vec::new() }
    }

    /// The fields for the page that shows the form again, with what is wrong beside each.
    ///
    /// A refusal that names no field is said at `first`, where the reader begins again.
    ///
    /// # Errors
    /// The error itself, where it is no refusal of what was typed.
    pub fn refused(
        self,
        app: &App,
        viewer: &Viewer,
        first: &'static str,
        error: Error,
    ) -> Result<themes::Form, Error> {
        let (Error::Refused(refusal) | Error::Conflict(refusal)) = &error else {
            return Err(error);
        };
        let say = |code: &'static str, args: &[(&'static str, String)]| {
            wording::code(app, viewer.locale(), code, args)
        };
        let form = themes::Form { values: self.0, errors: Vec::new() };
        if refusal.fields.is_empty() {
            return Ok(form.error(first, say(refusal.code, &refusal.args)));
        }
        let fields = refusal.fields.iter();
        Ok(fields.fold(form, |form, field| form.error(field.field, say(field.code, &field.args))))
    }

    fn of(fields: &[(String, String)]) -> Self {
        let kept = fields.iter().filter(|(name, _)| name != csrf::FIELD && !is_secret(name));
        Self(kept.cloned().collect())
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let viewer = Viewer::from_request_parts(&mut parts, app).await?;
        if csrf::is_cross_site(&parts.headers, &app.public_url) {
            return Err(Error::Forbidden(Refusal::new("cross_site")));
        }
        // Other media types are what a page of another site could send without asking.
        if !is_form(&parts.headers) {
            return Err(Error::Forbidden(Refusal::new("form_expired")));
        }
        let headers = parts.headers.clone();
        let bytes = Bytes::from_request(Request::from_parts(parts, body), app).await;
        let bytes = bytes.map_err(|_| Error::TooLarge)?;
        if bytes.len() > BYTES_MAX {
            return Err(Error::TooLarge);
        }
        let fields = read(&bytes)?;
        let token = fields.iter().find(|(name, _)| name == csrf::FIELD).map(|(_, token)| token);
        csrf::check(app, &headers, &viewer, token.map(String::as_str))?;
        let given = Given::of(&fields);
        Ok(Self { viewer, fields: typed(bytes, app).await?, given })
    }
}

/// A day as people type it, `31/03/2027`, or as programs write it, `2027-03-31`; none where the
/// field is empty.
///
/// # Errors
/// [`Error::Refused`] for the field, where it is neither.
pub fn day(field: &'static str, text: &str) -> Result<Option<Date>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let turned = match text.split('/').collect::<Vec<_>>().as_slice() {
        [day, month, year] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    };
    let read = calendar::parse_date(&turned);
    read.map(Some).map_err(|error| Error::Refused(Refusal::field(field, error.code())))
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn is_secret(name: &str) -> bool {
    name.contains("password") || name.contains("secret")
}

fn read(bytes: &[u8]) -> Result<Vec<(String, String)>, Error> {
    let fields = form_urlencoded::parse(bytes).take(FIELDS_MAX + 1);
    let fields: Vec<_> =
        fields.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    if fields.len() > FIELDS_MAX { Err(Error::TooLarge) } else { Ok(fields) }
}

/// A field sent twice where one is meant is refused here, not settled by its order.
async fn typed<T: DeserializeOwned>(bytes: Bytes, app: &App) -> Result<T, Error> {
    let request = Request::post("/")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(bytes.into())
        .map_err(anyhow::Error::from)?;
    let read = axum::extract::Form::<T>::from_request(request, app).await;
    read.map(|form| form.0).map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ => Error::Refused(Refusal::new("form_invalid").arg("why", rejection.body_text())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_kept_and_secrets_are_not() {
        let fields = read("csrf=x&login=ad%C3%A9&password=p&password_new=q&secret=s".as_bytes());
        let given = Given::of(&fields.unwrap());
        assert_eq!(given, Given::default().with("login", "adé"));
        assert_eq!(given.get("password"), "");
    }

    #[test]
    fn a_form_of_a_thousand_and_one_fields_is_no_form() {
        assert!(read("a=1&".repeat(FIELDS_MAX).as_bytes()).is_ok());
        assert!(matches!(read("a=1&".repeat(FIELDS_MAX + 1).as_bytes()), Err(Error::TooLarge)));
    }

    #[test]
    fn a_day_is_read_in_the_order_people_type_it() {
        let read = |text: &str| day("until", text).ok().flatten().map(|day| day.to_string());
        assert_eq!(read("31/03/2027").as_deref(), Some("2027-03-31"));
        assert_eq!(read(" 1/4/2027 ").as_deref(), Some("2027-04-01"));
        assert_eq!(read("2027-03-31").as_deref(), Some("2027-03-31"));
        assert_eq!(read(""), None);
        for wrong in ["31/02/2027", "03/31/2027", "31-03-2027", "demain", "1/2"] {
            assert!(day("until", wrong).is_err(), "{wrong}");
        }
    }
}
