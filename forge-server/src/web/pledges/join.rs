//! Joining a call whose shares are final: one page that says what it would cost, and the form.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::Deed,
    call::{CallAct, step},
    charter::LateJoinerPolicy,
};
use forge_store::spaces;
use serde::Serialize;

use super::{
    Choice, acting, again, amount, choices,
    commit::is_proven,
    typed::{act, file_field, kinds},
};
use crate::{
    actions::pledges::AskToJoin,
    app::App,
    auth::Viewer,
    charter,
    error::Error,
    funding::{Reader, decision, evidence, open::OpenedCall},
    themes::{self, Chrome},
    web::{
        calls::{
            say::Say,
            view::{CallFacts, at, call_href, facts, frame_below},
        },
        page::{page_with, see_other, see_other_saying, text},
        upload::Upload,
    },
};

/// `pages/pledge-join.html`.
#[derive(Debug, Clone, Serialize)]
pub struct JoinPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `council`, `ceiling` and those of an act.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// Where the money goes by the charter: the end of a key `call-late-…`.
    pub policy: String,
    /// The councils the reader signs for that take no part yet.
    pub councils: Vec<Choice>,
    /// The kinds of act.
    pub kinds: Vec<Choice>,
    /// The largest file, in bytes.
    pub bytes_max: i64,
    /// Where the reader proves again who they are, where that is asked.
    pub prove: Option<String>,
}

type Address = Path<(String, String)>;

pub(super) async fn form(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call)): Address,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &call)).await?;
    acting(&app, &viewer, &opened, Deed::CommitPledge).await?;
    step(opened.book.call.state, CallAct::Join).map_err(|error| decision::refusal(&error))?;
    if !is_proven(&app, &viewer) {
        return Ok(see_other(&prove_href(&opened)));
    }
    let form = themes::Form::default().value("visibility", "auditors");
    show(&app, &viewer, &opened, (StatusCode::OK, form)).await
}

pub(super) async fn send(
    State(app): State<App>,
    Path((space, call)): Address,
    sent: Upload,
) -> Result<Response, Error> {
    let Upload { viewer, given, file } = sent;
    let opened = at(&app, &viewer, (&space, &call)).await?;
    // Nothing is kept, even for a moment, of whoever may not sign for a council.
    acting(&app, &viewer, &opened, Deed::CommitPledge).await?;
    let kept = match file {
        None => None,
        Some((name, bytes)) => Some(evidence::keep(&app, &name, bytes).await?),
    };
    let done = async {
        let action = AskToJoin {
            call: call.clone(),
            council: given.get("council").to_owned(),
            ceiling: amount(&opened.book, viewer.locale(), given.get("ceiling")),
            act: act(&given, kept.clone())?,
        };
        app.act(&viewer.by, action).await
    };
    match done.await.map_err(file_field) {
        Ok(pledge) => {
            let href = format!("{}/pledges/{}", call_href(&opened.book), pledge.reference);
            see_other_saying(&app, &href, "pledge-join-done")
        }
        Err(error) => {
            if let Some(kept) = &kept {
                evidence::discard(&app, kept).await;
            }
            let form = again(&app, &viewer, given, ("ceiling", error))?;
            show(&app, &viewer, &opened, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

async fn show(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let book = &opened.book;
    let mut councils = acting(app, viewer, opened, Deed::CommitPledge).await?;
    councils.retain(|council| book.position(council.id).is_none());
    let members = spaces::members(&app.db, book.call.space_id).await?;
    let charter = charter::in_force(&mut Reader::Db(&app.db), book.space.id).await?;
    let policy = match charter.late_joiner {
        LateJoinerPolicy::Redistribute => "redistribute",
        LateJoinerPolicy::ToMaintenance => "to-maintenance",
        LateJoinerPolicy::MoreScope => "more-scope",
    };
    let body = JoinPage {
        page: frame_below(app, viewer, opened, text(app, viewer, "pledge-join")),
        form,
        call: facts(book, viewer.locale(), &members),
        policy: policy.to_owned(),
        councils: choices(&councils),
        kinds: kinds(app, Say::new(app, viewer, book), book)?,
        bytes_max: i64::try_from(app.config.evidence_size_bytes_max).unwrap_or(i64::MAX),
        prove: (!is_proven(app, viewer)).then(|| prove_href(opened)),
    };
    page_with(app, viewer, status, ("pages/pledge-join.html", &body))
}

fn prove_href(opened: &OpenedCall) -> String {
    let next = format!("{}/join", call_href(&opened.book));
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("/-/reauthenticate?next={next}")
}
