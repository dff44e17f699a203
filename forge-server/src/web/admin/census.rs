//! Inhabitants from a file, and the groupings in which they count once.

use axum::{extract::State, http::StatusCode, response::Response};
use forge_domain::names::Slug;
use serde::{Deserialize, Serialize};

use super::{Asked, Said, answer};
use crate::{
    actions::councils::{ImportPopulations, SetGrouping},
    app::App,
    auth::Viewer,
    census::Sheet,
    error::{Error, Refusal},
    web::{
        form::{Form, Given},
        page::see_other_saying,
        upload::Upload,
    },
};

/// What an import did.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Told {
    /// How many counts were recorded or corrected.
    pub recorded: i64,
    /// How many were known already.
    pub unchanged: i64,
    /// How many are of bodies that are no verified council here.
    pub unknown: i64,
}

/// What the form for a grouping sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Membership {
    council: String,
    grouping: String,
    belongs: String,
}

/// Records the counts of a file, all or none.
pub(super) async fn import(State(app): State<App>, sent: Upload) -> Result<Response, Error> {
    let Upload { viewer, given, file } = sent;
    let done = async {
        let missing = || Error::Refused(Refusal::field("file", "file_missing"));
        let (_, bytes) = file.ok_or_else(missing)?;
        let mut sheet = Sheet::default();
        sheet.push(&bytes)?;
        app.act(&viewer.by, ImportPopulations { counts: sheet.end()? }).await
    };
    match done.await {
        Ok(done) => {
            let imported =
                Told { recorded: done.recorded, unchanged: done.unchanged, unknown: done.unknown };
            let said = Said { imported: Some(imported), ..Said::default() };
            answer(&app, &viewer, &Asked::default(), said).await
        }
        Err(error) => refused(&app, &viewer, (given, "file", error)).await,
    }
}

/// Says that a council belongs to a grouping, or does not any more.
pub(super) async fn group(
    State(app): State<App>,
    sent: Form<Membership>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let slug = |field: &'static str, text: &str| {
        let unknown = |_| Error::Refused(Refusal::field(field, "council_unknown"));
        text.trim().parse::<Slug>().map_err(unknown)
    };
    let done = async {
        let council = slug("council", &fields.council)?;
        let grouping = slug("grouping", &fields.grouping)?;
        let belongs = fields.belongs != "no";
        let done = app.act(&viewer.by, SetGrouping { council, grouping, belongs }).await;
        match done {
            Err(Error::NotFound) => {
                Err(Error::Refused(Refusal::field("council", "council_unknown")))
            }
            done => done,
        }
    };
    match done.await {
        Ok(()) => see_other_saying(&app, "/-/admin", "admin-grouping-done"),
        Err(error) => refused(&app, &viewer, (given, "council", error)).await,
    }
}

async fn refused(
    app: &App,
    viewer: &Viewer,
    (given, first, error): (Given, &'static str, Error),
) -> Result<Response, Error> {
    let form = given.refused(app, viewer, first, error)?;
    let said = Said { status: StatusCode::UNPROCESSABLE_ENTITY, form, ..Said::default() };
    answer(app, viewer, &Asked::default(), said).await
}
