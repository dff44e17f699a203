//! The acts behind a pledge: their files, the second person's check, another act added.

use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use forge_domain::{Id, access::Deed};
use forge_store::{
    evidence as store,
    pledges::{self, Pledge},
};
use serde::Deserialize;

use super::{
    again,
    typed::{act, file_field},
    view::{find, show},
};
use crate::{
    actions::{
        allow,
        evidence::{AddEvidence, CheckEvidence, CompleteEvidence, RejectEvidence},
    },
    app::App,
    auth::Viewer,
    error::Error,
    funding::{evidence, open::OpenedCall},
    web::{
        calls::{shares::pledge_href, view::at},
        form::Form,
        page::see_other_saying,
        upload::Upload,
    },
};

/// A form that sends nothing but its token.
#[derive(Debug, Deserialize)]
pub struct Fields {}

/// An act of a pledge on the call of the address, and that pledge: one of another call is not
/// there.
async fn of_call(
    app: &App,
    opened: &OpenedCall,
    id: &str,
) -> Result<(Id<forge_domain::id::Evidence>, Pledge), Error> {
    let evidence = id.parse().map_err(|_| Error::NotFound)?;
    let row = store::by_id(&app.db, evidence).await?.ok_or(Error::NotFound)?;
    let pledge = pledges::by_id(&app.db, row.pledge_id).await?.ok_or(Error::NotFound)?;
    if pledge.call_id == opened.book.call.id {
        Ok((evidence, pledge))
    } else {
        Err(Error::NotFound)
    }
}

/// A file, never shown in the page's own origin: downloaded, and powerless where it is opened.
pub(super) async fn file(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, id)): Path<(String, String, String)>,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &call)).await?;
    of_call(&app, &opened, &id).await?;
    let (row, bytes) = evidence::open(&app, viewer.actor(), &id).await?;
    let name = row.file_name.unwrap_or_else(|| "evidence".to_owned());
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let disposition = format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"));
    let kind = row.media_type.unwrap_or_else(|| "application/octet-stream".to_owned());
    let value = |text: String| HeaderValue::try_from(text).map_err(anyhow::Error::from);
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, value(kind)?),
        (header::CONTENT_DISPOSITION, value(disposition)?),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}

/// Records the second person's check.
pub(super) async fn check(
    State(app): State<App>,
    Path((space, call, id)): Path<(String, String, String)>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let viewer = sent.viewer;
    let opened = at(&app, &viewer, (&space, &call)).await?;
    let (evidence, pledge) = of_call(&app, &opened, &id).await?;
    app.act(&viewer.by, CheckEvidence { evidence }).await?;
    see_other_saying(&app, &pledge_href(&opened.book, &pledge), "evidence-check-done")
}

/// What the form of a rejection sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Rejection {
    reason: String,
}

/// Records that a second person cannot accept the act.
pub(super) async fn reject(
    State(app): State<App>,
    Path((space, call, id)): Path<(String, String, String)>,
    sent: Form<Rejection>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let opened = at(&app, &viewer, (&space, &call)).await?;
    let (evidence, pledge) = of_call(&app, &opened, &id).await?;
    let action = RejectEvidence { evidence, reason: fields.reason };
    match app.act(&viewer.by, action).await {
        Ok(_) => {
            see_other_saying(&app, &pledge_href(&opened.book, &pledge), "evidence-reject-done")
        }
        Err(error) => {
            let form = again(&app, &viewer, given, ("reason", error))?;
            let shown = (StatusCode::UNPROCESSABLE_ENTITY, form);
            show(&app, &viewer, (&opened, &pledge), shown).await
        }
    }
}

/// What the form for missing dates sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Dates {
    prefecture_receipt: String,
    published: String,
}

/// Adds to an act the dates it was missing.
pub(super) async fn dates(
    State(app): State<App>,
    Path((space, call, id)): Path<(String, String, String)>,
    sent: Form<Dates>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let opened = at(&app, &viewer, (&space, &call)).await?;
    let (evidence, pledge) = of_call(&app, &opened, &id).await?;
    let date = |field, text: &str| {
        let day = crate::web::form::day(field, text)?;
        Ok::<_, Error>(day.map(|day| day.to_string()))
    };
    let done = async {
        let prefecture_receipt = date("prefecture_receipt", &fields.prefecture_receipt)?;
        let published = date("published", &fields.published)?;
        let action = CompleteEvidence { evidence, prefecture_receipt, published };
        app.act(&viewer.by, action).await
    };
    match done.await {
        Ok(_) => see_other_saying(&app, &pledge_href(&opened.book, &pledge), "evidence-dates-done"),
        Err(error) => {
            let form = again(&app, &viewer, given, ("prefecture_receipt", error))?;
            let shown = (StatusCode::UNPROCESSABLE_ENTITY, form);
            show(&app, &viewer, (&opened, &pledge), shown).await
        }
    }
}

/// Adds an act to a pledge.
pub(super) async fn add(
    State(app): State<App>,
    Path((space, call, pledge)): Path<(String, String, String)>,
    sent: Upload,
) -> Result<Response, Error> {
    let Upload { viewer, given, file } = sent;
    let (opened, row) = find(&app, &viewer, (&space, &call, &pledge)).await?;
    // Nothing is kept, even for a moment, of whoever may not add it.
    let on = opened.resource().for_council(row.council_id);
    allow(viewer.actor(), Deed::PreparePledge, &on)?;
    let kept = match file {
        None => Ok(None),
        Some((name, bytes)) => evidence::keep(&app, &name, bytes).await.map(Some),
    };
    let error = match kept {
        Err(error) => error,
        Ok(kept) => {
            let done = match act(&given, kept.clone()) {
                Ok(act) => app.act(&viewer.by, AddEvidence { pledge, act }).await,
                Err(error) => Err(error),
            };
            match (done, kept) {
                (Ok(_), _) => {
                    let href = pledge_href(&opened.book, &row);
                    return see_other_saying(&app, &href, "evidence-add-done");
                }
                (Err(error), kept) => {
                    if let Some(kept) = kept {
                        evidence::discard(&app, &kept).await;
                    }
                    error
                }
            }
        }
    };
    let form = again(&app, &viewer, given, ("kind", file_field(error)))?;
    show(&app, &viewer, (&opened, &row), (StatusCode::UNPROCESSABLE_ENTITY, form)).await
}
