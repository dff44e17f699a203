//! `/{space}/-/calls/{ref}/pack/{council}`: the draft deliberation of a council, as a page that
//! prints and as text to be edited.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use forge_domain::names::Slug;
use forge_store::councils;
use serde::Serialize;

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{Reader, open::OpenedCall, pack},
    themes::{Chrome, Html},
    web::{
        calls::view::{at, call_href, frame_below},
        page::{page, text as words},
        prose,
    },
};

/// `pages/pack.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PackPage {
    /// The frame.
    pub page: Chrome,
    /// The council.
    pub council: String,
    /// The call's reference and page.
    pub call: (String, String),
    /// The draft.
    pub draft: Html,
    /// The same as text.
    pub text: String,
    /// The same as a page of its own, for a word processor.
    pub html: String,
}

type Address = Path<(String, String, String)>;

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path(address): Address,
) -> Result<Response, Error> {
    let (opened, council, draft) = drafted(&app, &viewer, address).await?;
    let book = &opened.book;
    let title = words(&app, &viewer, "pack-title");
    let href = call_href(book);
    let body = PackPage {
        page: frame_below(&app, &viewer, &opened, title),
        council: council.name,
        call: (book.call.reference.clone(), href.clone()),
        draft: prose::html(&draft, &book.space.slug),
        text: format!("{href}/pack/{}/text", council.slug),
        html: format!("{href}/pack/{}/html", council.slug),
    };
    page(&app, &viewer, "pages/pack.html", &body)
}

pub(super) async fn text(
    State(app): State<App>,
    viewer: Viewer,
    Path(address): Address,
) -> Result<Response, Error> {
    let (opened, council, draft) = drafted(&app, &viewer, address).await?;
    let name = format!("{}-{}.md", opened.book.call.reference, council.slug);
    kept(draft, ("text/markdown; charset=utf-8", &name))
}

/// The draft as a file of its own: what a word processor opens and a council edits.
pub(super) async fn html(
    State(app): State<App>,
    viewer: Viewer,
    Path(address): Address,
) -> Result<Response, Error> {
    let (opened, council, draft) = drafted(&app, &viewer, address).await?;
    let name = format!("{}-{}.html", opened.book.call.reference, council.slug);
    let title = words(&app, &viewer, "pack-title");
    let body = prose::html(&draft, &opened.book.space.slug);
    let lang = viewer.locale().tag();
    let page = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head><meta charset=\"utf-8\">\
         <title>{title}</title></head>\n<body>\n{}\n</body>\n</html>\n",
        body.as_str()
    );
    kept(page, ("text/html; charset=utf-8", &name))
}

/// A text to be kept as a file.
fn kept(text: String, (kind, name): (&'static str, &str)) -> Result<Response, Error> {
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::try_from(disposition).map_err(anyhow::Error::from)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, text).into_response())
}

async fn drafted(
    app: &App,
    viewer: &Viewer,
    (space, call, council): (String, String, String),
) -> Result<(OpenedCall, councils::Council, String), Error> {
    let mut opened = at(app, viewer, (&space, &call)).await?;
    let slug = council.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let council = councils::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    opened.book.add_council(&mut Reader::Db(&app.db), council.id).await?;
    let draft = pack::text(app, &opened.book, &council, viewer.locale()).await?;
    Ok((opened, council, draft))
}
