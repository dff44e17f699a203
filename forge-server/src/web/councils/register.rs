//! Registering a council.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use forge_store::councils::Population;
use serde::{Deserialize, Serialize};

use crate::{
    actions::councils::RegisterCouncil,
    app::App,
    auth::Viewer,
    error::Error,
    themes::{self, Chrome, Crumb},
    web::{
        form::Form,
        page::{chrome, page_with, see_other_saying, text},
    },
};

/// The kinds the form offers; the API takes any.
const KINDS: [&str; 8] =
    ["commune", "epci", "syndicat", "department", "region", "ccas", "agency", "other"];

/// `pages/council-new.html`.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `slug`, `name`, `kind`, `country`, `website`, `email_domains`, `ids`,
    /// `populations`, `year`.
    pub form: themes::Form,
    /// The kinds to choose from.
    pub kinds: Vec<Choice>,
}

/// One of a list to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    slug: String,
    name: String,
    kind: String,
    country: String,
    website: String,
    email_domains: String,
    ids: String,
    populations: String,
    year: String,
}

pub(super) async fn show(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    viewer.signed_in()?;
    let form = themes::Form::default().value("kind", "commune").value("country", "FR");
    answer(&app, &viewer, StatusCode::OK, form)
}

pub(super) async fn send(State(app): State<App>, sent: Form<Fields>) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    match app.act(&viewer.by, fields.into_action()).await {
        Ok(council) => {
            let done = see_other_saying(&app, &format!("/{}", council.slug), "council-new-done")?;
            Ok(done.into_response())
        }
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "slug", error)?;
            answer(&app, &viewer, status, form)
        }
    }
}

fn answer(
    app: &App,
    viewer: &Viewer,
    status: StatusCode,
    form: themes::Form,
) -> Result<Response, Error> {
    let title = text(app, viewer, "council-new-title");
    let mut frame = chrome(app, viewer, title.as_str());
    frame.crumbs =
        vec![Crumb::link(text(app, viewer, "nav-councils"), "/councils"), Crumb::here(title)];
    let kind = |kind: &&str| Choice {
        value: (*kind).to_owned(),
        label: text(app, viewer, &format!("org-{kind}")),
    };
    let body = RegisterPage { page: frame, form, kinds: KINDS.iter().map(kind).collect() };
    page_with(app, viewer, status, ("pages/council-new.html", &body))
}

impl Fields {
    fn into_action(self) -> RegisterCouncil {
        let words = |text: &str| {
            let words = text.split([',', ';', '\n', ' ']).map(str::trim);
            words.filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        // A number without its register is left for the act to refuse.
        let identifier = |line: &str| {
            let (scheme, value) = line.split_once(':').unwrap_or(("", line));
            (scheme.trim().to_owned(), value.trim().to_owned())
        };
        let lines = self.ids.lines().map(str::trim).filter(|line| !line.is_empty());
        let counted = !self.populations.trim().is_empty();
        let figures: String = self.populations.chars().filter(char::is_ascii_digit).collect();
        let population = Population {
            kind: "municipale".to_owned(),
            vintage: self.year.trim().to_owned(),
            // What is no number is refused by the act, as no count at all.
            value: figures.parse().unwrap_or(0),
            reference_date: None,
            source_url: None,
        };
        RegisterCouncil {
            identifiers: lines.map(identifier).collect(),
            domains: words(&self.email_domains),
            populations: counted.then_some(population).into_iter().collect(),
            slug: self.slug,
            name: self.name,
            kind: self.kind,
            country: self.country,
            currency: String::new(),
            website: self.website,
        }
    }
}
