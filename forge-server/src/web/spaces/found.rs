//! Founding a space.

use axum::{extract::State, http::StatusCode, response::Response};
use forge_domain::{
    Id,
    access::{Deed, Resource, councils_for},
    names::Slug,
};
use forge_store::councils;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    actions::spaces::FoundSpace,
    app::App,
    auth::Viewer,
    error::{Error, Refusal},
    themes::{self, Chrome, Crumb, Nav},
    web::{
        form::Form,
        page::{chrome, page_with, see_other_saying, text},
    },
};

/// `pages/space-new.html`.
#[derive(Debug, Clone, Serialize)]
pub struct FoundPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `title`, `slug`, `purpose`, `lead`, `treasurer`, `lang`, `time_zone`,
    /// `default_licence`.
    pub form: themes::Form,
    /// The councils the reader may found for.
    pub leads: Vec<Choice>,
    /// The languages of its papers.
    pub languages: Vec<Choice>,
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
    title: String,
    slug: String,
    purpose: String,
    lead: String,
    treasurer: String,
    lang: String,
    time_zone: String,
    default_licence: String,
}

pub(super) async fn show(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    viewer.signed_in()?;
    let leads = leads(&app, &viewer).await?;
    let mut form = themes::Form::default()
        .value("lang", viewer.locale().tag())
        .value("time_zone", "Europe/Paris")
        .value("default_licence", "EUPL-1.2");
    if let [only] = leads.as_slice() {
        form = form.value("lead", only.value.as_str());
    }
    answer(&app, &viewer, StatusCode::OK, form).await
}

pub(super) async fn send(State(app): State<App>, sent: Form<Fields>) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    viewer.signed_in()?;
    let done = async { app.act(&viewer.by, fields.into_action()?).await };
    match done.await {
        Ok(space) => see_other_saying(&app, &format!("/{}", space.slug), "space-new-done"),
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "title", error)?;
            answer(&app, &viewer, status, form).await
        }
    }
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    status: StatusCode,
    form: themes::Form,
) -> Result<Response, Error> {
    let title = text(app, viewer, "space-new-title");
    let mut frame = chrome(app, viewer, title.as_str());
    frame.nav = Some(Nav::Spaces);
    frame.crumbs =
        vec![Crumb::link(text(app, viewer, "nav-spaces"), "/spaces"), Crumb::here(title)];
    let language =
        |(tag, name): (&str, &str)| Choice { value: tag.to_owned(), label: name.to_owned() };
    let body = FoundPage {
        page: frame,
        form,
        leads: leads(app, viewer).await?,
        languages: [("fr", "Français"), ("en", "English")].into_iter().map(language).collect(),
    };
    page_with(app, viewer, status, ("pages/space-new.html", &body))
}

/// The councils in whose name the reader may found a space, by name.
async fn leads(app: &App, viewer: &Viewer) -> Result<Vec<Choice>, Error> {
    let mut leads = Vec::new();
    for id in councils_for(viewer.actor(), Deed::FoundSpace, &Resource::instance()) {
        if let Some(council) = councils::by_id(&app.db, id).await? {
            leads.push(Choice { value: council.slug, label: council.name });
        }
    }
    leads.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(leads)
}

impl Fields {
    fn into_action(self) -> Result<FoundSpace, Error> {
        let treasurer = match self.treasurer.trim() {
            "" => None,
            slug => Some(council("treasurer", slug)?),
        };
        Ok(FoundSpace {
            meta: Id::new(Uuid::now_v7()),
            lead: council("lead", &self.lead)?,
            treasurer,
            slug: self.slug,
            title: self.title,
            purpose: self.purpose,
            lang: self.lang,
            time_zone: self.time_zone,
            currency: String::new(),
            licence: self.default_licence,
        })
    }
}

fn council(field: &'static str, slug: &str) -> Result<Slug, Error> {
    let read = slug.trim().parse();
    read.map_err(|_| Error::Refused(Refusal::field(field, "council_unknown")))
}
