//! `/{owner}/-/settings/webhooks`: the programs that are told what happens in a council or a
//! space, and how each telling went.

mod list;
mod view;

use forge_domain::{Id, access::Deed};
use forge_store::{
    councils,
    owners::{Owner, OwnerKind},
    spaces,
};
use serde::Deserialize;

use super::{
    page::{chrome, text},
    routes::{Access, Route},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Chrome, Crumb, Nav},
};

/// The routes of webhooks.
pub fn routes() -> Vec<Route> {
    let manage = Access::Deed(Deed::ManageWebhooks);
    vec![
        Route::get("/{owner}/-/settings/webhooks", manage, list::show),
        Route::post("/{owner}/-/settings/webhooks", manage, list::add),
        Route::get("/{owner}/-/settings/webhooks/{number}", manage, view::show),
        Route::post("/{owner}/-/settings/webhooks/{number}", manage, view::edit),
        Route::post("/{owner}/-/settings/webhooks/{number}/remove", manage, view::remove),
        Route::post("/{owner}/-/settings/webhooks/{number}/test", manage, view::test),
        Route::post(
            "/{owner}/-/settings/webhooks/{number}/deliveries/{delivery}",
            manage,
            view::redeliver,
        ),
    ]
}

/// What the form of a webhook sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    url: String,
    format: String,
    events: String,
    secret: String,
    active: String,
}

/// A form of one button.
#[derive(Debug, Default, Deserialize)]
struct Nothing {}

/// The frame of a page of webhooks; `below` is what stands under the list.
async fn frame(
    app: &App,
    viewer: &Viewer,
    owner: &Owner,
    below: Option<String>,
) -> Result<Chrome, Error> {
    let (name, nav, all) = match owner.kind {
        OwnerKind::Space => {
            let space = spaces::by_id(&app.db, Id::new(owner.id)).await?;
            (space.ok_or(Error::NotFound)?.title, Some(Nav::Spaces), ("nav-spaces", "/spaces"))
        }
        OwnerKind::Council | OwnerKind::Person => {
            let council = councils::by_id(&app.db, Id::new(owner.id)).await?;
            (council.ok_or(Error::NotFound)?.name, None, ("nav-councils", "/councils"))
        }
    };
    let title = text(app, viewer, "webhooks-title");
    let mut frame = chrome(app, viewer, format!("{title} — {name}"));
    frame.nav = nav;
    frame.crumbs = vec![
        Crumb::link(text(app, viewer, all.0), all.1),
        Crumb::link(name, format!("/{}", owner.slug)),
    ];
    match below {
        None => frame.crumbs.push(Crumb::here(title)),
        Some(below) => frame.crumbs.extend([
            Crumb::link(title, format!("/{}/-/settings/webhooks", owner.slug)),
            Crumb::here(below),
        ]),
    }
    Ok(frame)
}
