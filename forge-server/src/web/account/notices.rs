//! `/-/settings/notices`: when mail goes out.

use std::collections::BTreeMap;

use axum::{extract::State, http::StatusCode, response::Response};
use forge_domain::notices::{MailChoice, Topic};
use serde::Serialize;

use crate::{
    actions::notices::ChooseMail,
    app::App,
    auth::Viewer,
    error::Error,
    events::inbox,
    themes::{Chrome, Crumb, Form as Fields},
    web::{form::Form, page},
};

const PATH: &str = "/-/settings/notices";

/// `pages/notice-choices.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ChoicesPage {
    /// The frame.
    pub page: Chrome,
    /// One field a topic, of its name.
    pub form: Fields,
    /// The topics: each the end of a key `notices-topic-…`, and its field.
    pub topics: Vec<&'static str>,
    /// When mail may go out: the value of a field, and the end of a key `notices-mail-…`.
    pub times: Vec<(&'static str, String)>,
    /// Whether the site sends mail at all.
    pub mail: bool,
}

/// GET: the page.
pub async fn show(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    let person = viewer.signed_in()?;
    let mut form = Fields::default();
    for (topic, mail) in inbox::choices(&app, person.id).await? {
        form.values.insert(topic.name().to_owned(), mail.name().to_owned());
    }
    render(&app, &viewer, (form, StatusCode::OK))
}

/// POST: keeps the choices.
pub async fn save(
    State(app): State<App>,
    form: Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    form.viewer.signed_in()?;
    let fields = form.fields.into_iter();
    let choices = fields.filter(|(name, _)| name.parse::<Topic>().is_ok()).collect();
    match app.act(&form.viewer.by, ChooseMail { choices }).await {
        Ok(()) => page::see_other_saying(&app, PATH, "notices-choices-done"),
        Err(error) => {
            let status = error.status();
            let first = Topic::Calls.name();
            let again = form.given.refused(&app, &form.viewer, first, error)?;
            render(&app, &form.viewer, (again, status))
        }
    }
}

fn render(
    app: &App,
    viewer: &Viewer,
    (form, status): (Fields, StatusCode),
) -> Result<Response, Error> {
    let title = page::text(app, viewer, "notices-choices");
    let mut frame = page::chrome(app, viewer, title.as_str());
    let settings = page::text(app, viewer, "settings-title");
    frame.crumbs = vec![Crumb::link(settings, "/-/settings"), Crumb::here(title)];
    let time = |mail: &MailChoice| (mail.name(), mail.name().replace('_', "-"));
    let body = ChoicesPage {
        page: frame,
        form,
        topics: Topic::ALL.iter().map(|topic| topic.name()).collect(),
        times: MailChoice::ALL.iter().map(time).collect(),
        mail: app.mailer.is_set(),
    };
    page::page_with(app, viewer, status, ("pages/notice-choices.html", &body))
}
