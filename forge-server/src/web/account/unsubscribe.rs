//! `/-/unsubscribe/{token}`: the link at the end of a message, and the button of a mail program.
//!
//! Nobody needs to sign in: the link itself says whose mail it ends, and only this server makes
//! such links. A form of another site could do no more than whoever holds the link.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::{
    access::{Actor, TokenScope},
    notices::{MailChoice, Topic},
};
use serde::Serialize;

use crate::{
    actions::notices::ChooseMail,
    app::{App, By, Via},
    auth::Viewer,
    error::Error,
    events::unsubscribe::{self, Ending},
    themes::Chrome,
    web::page,
};

/// `pages/unsubscribe.html`.
#[derive(Debug, Clone, Serialize)]
pub struct UnsubscribePage {
    /// The frame.
    pub page: Chrome,
    /// What mail is about, the end of a key `notices-topic-…`; none for everything.
    pub topic: Option<&'static str>,
    /// Whether it is done; it is asked first, because mail programs open links by themselves.
    pub done: bool,
    /// Where the form goes.
    pub action: String,
}

/// GET: asks.
pub async fn ask(
    State(app): State<App>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    let ending = unsubscribe::read(&app, &token)?.ok_or(Error::NotFound)?;
    render(&app, &viewer, (ending, &token), false)
}

/// POST: ends it, for the form and for the button of a mail program alike (RFC 8058).
pub async fn end(
    State(app): State<App>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    let ending = unsubscribe::read(&app, &token)?.ok_or(Error::NotFound)?;
    let by = By {
        actor: Actor {
            person: Some(ending.person),
            forge_admin: false,
            roles: Vec::new(),
            scope: TokenScope::Full,
        },
        token: None,
        via: Via::Web,
        locale: viewer.locale(),
        authenticated_at: None,
    };
    let topics = ending.topic.map_or_else(|| Topic::ALL.to_vec(), |topic| vec![topic]);
    let never = |topic: Topic| (topic.name().to_owned(), MailChoice::Never.name().to_owned());
    app.act(&by, ChooseMail { choices: topics.into_iter().map(never).collect() }).await?;
    render(&app, &viewer, (ending, &token), true)
}

fn render(
    app: &App,
    viewer: &Viewer,
    (ending, token): (Ending, &str),
    done: bool,
) -> Result<Response, Error> {
    let title = if done { "unsubscribe-end-title" } else { "unsubscribe-title" };
    let body = UnsubscribePage {
        page: page::chrome(app, viewer, page::text(app, viewer, title)),
        topic: ending.topic.map(Topic::name),
        done,
        action: format!("/-/unsubscribe/{token}"),
    };
    page::page(app, viewer, "pages/unsubscribe.html", &body)
}
