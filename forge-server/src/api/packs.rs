//! Draft deliberations.

use axum::{
    Json,
    extract::{Path, State},
};
use forge_api::{dialect::ApiError, packs::Pack};
use forge_domain::names::Slug;
use forge_messages::Locale;
use forge_store::councils;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::Query;
use crate::{
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{Reader, open, pack, wrong},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(drafted))
}

/// In which language it is asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Asked {
    /// `fr` or `en`; the reader's when nothing is said.
    lang: Option<String>,
}

/// The draft deliberation of a council on a call, with its annexes.
#[utoipa::path(
    get,
    path = "/calls/{ref}/pack/{council}",
    tag = "funding",
    params(("ref" = String, Path), ("council" = String, Path), Asked),
    responses(
        (status = 200, body = Pack),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn drafted(
    State(app): State<App>,
    caller: ApiCaller,
    Path((reference, council)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Json<Pack>, Error> {
    let mut opened = open::call(&app, caller.actor(), &reference).await?;
    let slug = council.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let council = councils::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    let locale = match asked.lang.as_deref() {
        None => caller.by.locale,
        Some(tag) => {
            let known = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
            known.ok_or_else(|| wrong("lang", "unknown_word"))?
        }
    };
    opened.book.add_council(&mut Reader::Db(&app.db), council.id).await?;
    let text = pack::text(&app, &opened.book, &council, locale).await?;
    let lang = locale.tag().to_owned();
    Ok(Json(Pack { call: reference, council: council.slug, lang, text }))
}
