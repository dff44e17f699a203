//! The long texts of the site: `legal/LANG/NAME.md` of the theme.

use axum::{extract::State, response::Response};

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Conformity, Crumb, Html, Instance, TextPage},
    web::page,
};

pub(super) async fn about(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    show(&app, &viewer, "about")
}

pub(super) async fn legal(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    show(&app, &viewer, "legal")
}

pub(super) async fn privacy(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    show(&app, &viewer, "privacy")
}

pub(super) async fn accessibility(
    State(app): State<App>,
    viewer: Viewer,
) -> Result<Response, Error> {
    show(&app, &viewer, "accessibility")
}

pub(super) async fn method(State(app): State<App>, viewer: Viewer) -> Result<Response, Error> {
    show(&app, &viewer, "method")
}

/// A long text in the reader's language.
pub(super) fn prose(app: &App, viewer: &Viewer, name: &str) -> Result<Html, Error> {
    let instance = Instance {
        site_name: app.config.site_name.clone(),
        publisher: None,
        contact: None,
        host: None,
        conformity: Conformity::default(),
    };
    Ok(app.themes.prose(name, viewer.locale(), &instance).map_err(anyhow::Error::from)?)
}

fn show(app: &App, viewer: &Viewer, name: &str) -> Result<Response, Error> {
    let text = prose(app, viewer, name)?;
    let title = page::text(app, viewer, &format!("{name}-title"));
    let mut chrome = page::chrome(app, viewer, title.clone());
    chrome.crumbs = vec![Crumb::here(title)];
    page::page(app, viewer, "pages/text.html", &TextPage { page: chrome, text })
}
