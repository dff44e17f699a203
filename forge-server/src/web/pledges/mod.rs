//! Pledges: an intention, a commitment checked before it binds, and the ways out.

mod addresses;
mod commit;
mod evidence;
mod intend;
mod join;
mod leave;
mod positions;
mod steps;
mod typed;
mod view;
mod visa;

use forge_domain::{
    access::{Deed, councils_for},
    money::Amount,
};
use forge_messages::Locale;
use forge_store::{councils, councils::Council};
use serde::Serialize;

use super::{
    calls::simulation::style,
    form::Given,
    routes::{Access, Route},
};
use crate::{
    app::App,
    auth::Viewer,
    error::{Error, FieldRefusal, Refusal},
    funding::{CallBook, open::OpenedCall},
    themes,
};

/// The routes of pledges.
pub fn routes() -> Vec<Route> {
    let (intends, commits) = (Deed::DeclareIntention, Deed::CommitPledge);
    let signed = Access::SignedIn;
    let mut routes = vec![
        Route::get("/{owner}/-/calls/{call}/intend", signed, intend::form),
        Route::post("/{owner}/-/calls/{call}/intend", Access::Deed(intends), intend::send),
        Route::get("/{owner}/-/calls/{call}/commit", signed, commit::form),
        Route::get("/{owner}/-/calls/{call}/commit/check", signed, commit::check),
        Route::post("/{owner}/-/calls/{call}/commit", Access::Deed(commits), commit::send),
        Route::get("/{owner}/-/calls/{call}/join", signed, join::form),
        Route::post("/{owner}/-/calls/{call}/join", Access::Deed(commits), join::send),
        Route::get("/{owner}/-/calls/{call}/pledges/{pledge}", Access::Everyone, view::view),
        Route::get("/{owner}/-/calls/{call}/pledges/{pledge}/withdraw", signed, leave::form),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/withdraw",
            Access::Deed(Deed::WithdrawPledge),
            leave::withdraw,
        ),
        Route::get("/{owner}/-/calls/{call}/pledges/{pledge}/refuse", signed, leave::form_refuse),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/refuse",
            Access::Deed(Deed::RefusePledge),
            leave::refuse,
        ),
        Route::get("/{owner}/-/positions.csv", Access::Everyone, positions::file),
        Route::post(
            "/{owner}/-/calls/{call}/evidence/{id}/dates",
            Access::Deed(Deed::PreparePledge),
            evidence::dates,
        ),
        Route::get("/{owner}/-/calls/{call}/evidence/{id}", Access::Everyone, evidence::file),
        Route::post(
            "/{owner}/-/calls/{call}/evidence/{id}/check",
            Access::Deed(Deed::CheckEvidence),
            evidence::check,
        ),
        Route::post(
            "/{owner}/-/calls/{call}/evidence/{id}/reject",
            Access::Deed(Deed::CheckEvidence),
            evidence::reject,
        ),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/evidence",
            Access::Deed(Deed::PreparePledge),
            evidence::add,
        ),
    ];
    routes.extend(step_routes());
    routes
}

/// The steps of a pledge between its first day and its order.
fn step_routes() -> Vec<Route> {
    vec![
        step_form("/{owner}/-/calls/{call}/pledges/{pledge}/schedule", steps::schedule_form),
        step_form("/{owner}/-/calls/{call}/pledges/{pledge}/amend", steps::amend_form),
        step_form("/{owner}/-/calls/{call}/pledges/{pledge}/visa", visa::form),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/visa",
            Access::Deed(Deed::AttestPledge),
            visa::send,
        ),
        step_form("/{owner}/-/calls/{call}/pledges/{pledge}/order", steps::order_form),
        step_form("/{owner}/-/calls/{call}/pledges/{pledge}/offer", steps::offer_form),
        step_form("/{owner}/-/calls/{call}/pledges/{pledge}/take", steps::take_form),
        step_form("/{owner}/-/calls/{call}/pledges/{pledge}/approve", steps::approve_form),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/schedule",
            Access::Deed(Deed::SchedulePledge),
            steps::schedule,
        ),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/amend",
            Access::Deed(Deed::CommitPledge),
            steps::amend,
        ),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/order",
            Access::Deed(Deed::OrderPledge),
            steps::order,
        ),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/offer",
            Access::Deed(Deed::SubstitutePledge),
            steps::offer,
        ),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/take",
            Access::Deed(Deed::SubstitutePledge),
            steps::take,
        ),
        Route::post(
            "/{owner}/-/calls/{call}/pledges/{pledge}/approve",
            Access::Deed(Deed::ApproveSubstitution),
            steps::approve,
        ),
    ]
}

/// The form of a step, for whoever is signed in; the page itself asks whether they may take it.
fn step_form<H, T>(path: &'static str, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    Route::get(path, Access::SignedIn, handler)
}

/// One of a list to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// The councils in whose name the reader may do this on a call.
///
/// # Errors
/// [`Error::Forbidden`] where there is none, with the reason the table of rights gives.
async fn acting(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    deed: Deed,
) -> Result<Vec<Council>, Error> {
    viewer.signed_in()?;
    let resource = opened.resource();
    let mut found = Vec::new();
    for id in councils_for(viewer.actor(), deed, &resource) {
        found.extend(councils::by_id(&app.db, id).await?);
    }
    if found.is_empty() {
        crate::actions::allow(viewer.actor(), deed, &resource)?;
        return Err(Error::Forbidden(Refusal::new("role_missing").arg("deed", deed.name())));
    }
    Ok(found)
}

fn choices(councils: &[Council]) -> Vec<Choice> {
    let choice =
        |council: &Council| Choice { value: council.slug.clone(), label: council.name.clone() };
    councils.iter().map(choice).collect()
}

/// An amount as people of this language type it, for the acts; what cannot be read goes on as it
/// is, so that the act says what is wrong.
pub(super) fn amount(book: &CallBook, locale: Locale, text: &str) -> forge_api::Amount {
    match Amount::parse_styled(text, book.currency, style(locale)) {
        Ok(amount) => forge_api::Amount(amount.to_decimal(book.currency)),
        Err(_) => forge_api::Amount(text.to_owned()),
    }
}

/// A form again after its act was refused: also where a mandate does not reach, which is said
/// beside the amount and loses nothing of what was typed.
fn again(
    app: &App,
    viewer: &Viewer,
    given: Given,
    (first, error): (&'static str, Error),
) -> Result<themes::Form, Error> {
    let error = match error {
        Error::Forbidden(refusal) if !refusal.fields.is_empty() => Error::Refused(refusal),
        Error::Forbidden(refusal) if refusal.code == "prove_again" => {
            let field = FieldRefusal { field: first, code: refusal.code, args: Vec::new() };
            Error::Refused(Refusal { fields: vec![field], ..refusal })
        }
        Error::TooLarge => Error::Refused(Refusal::field("file", "file_too_large")),
        other => other,
    };
    given.refused(app, viewer, first, error)
}
