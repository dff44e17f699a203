//! Co-funding calls: the list, a call's page, the forms that make, publish and end one.

mod acts;
mod after;
mod curve;
mod decide;
mod edit;
pub(in crate::web) mod figures;
pub(in crate::web) mod list;
mod milestone;
mod next;
mod pictures;
pub(in crate::web) mod pledged;
pub(in crate::web) mod shares;
pub(in crate::web) mod simulation;
mod steer;
mod typed;
mod verify;
mod versions;
pub(in crate::web) mod view;
mod work;

use forge_domain::access::Deed;
use forge_messages::Locale;

use super::{
    page,
    routes::{Access, Route},
};
use crate::funding::CallBook;

pub(in crate::web) use crate::funding::{rule, say};

/// The routes of calls.
pub fn routes() -> Vec<Route> {
    let (create, edit) = (Access::Deed(Deed::CreateCall), Access::Deed(Deed::EditCall));
    let publish = Access::Deed(Deed::PublishCall);
    let (cancel, confirm) = (Access::Deed(Deed::CancelCall), Access::Deed(Deed::ConfirmCallEarly));
    let (manage, deliver) =
        (Access::Deed(Deed::SteerMilestone), Access::Deed(Deed::DeliverMilestone));
    let (offer, judge) = (Access::Deed(Deed::OfferWork), Access::Deed(Deed::JudgeWork));
    let take_back = Access::Deed(Deed::WithdrawWork);
    let mut routes = vec![
        Route::get("/calls", Access::Everyone, list::list),
        Route::get("/{owner}/-/calls/new", create, edit::form_new),
        Route::post("/{owner}/-/calls/new", create, edit::create),
        Route::get("/{owner}/-/calls/{call}", Access::Everyone, view::view),
        Route::get("/{owner}/-/calls/{call}/verify", Access::Everyone, verify::verify),
        Route::get("/{owner}/-/calls/{call}/edit", edit, edit::form_edit),
        Route::post("/{owner}/-/calls/{call}/edit", edit, edit::rewrite),
        Route::get("/{owner}/-/calls/{call}/publish", publish, decide::form_publish),
        Route::post("/{owner}/-/calls/{call}/publish", publish, decide::publish),
        Route::get("/{owner}/-/calls/{call}/cancel", cancel, decide::form_cancel),
        Route::post("/{owner}/-/calls/{call}/cancel", cancel, decide::cancel),
        Route::get("/{owner}/-/calls/{call}/confirm", confirm, decide::form_confirm),
        Route::post("/{owner}/-/calls/{call}/confirm", confirm, decide::confirm),
        Route::get("/{owner}/-/calls/{call}/versions", Access::Everyone, versions::show),
        Route::get("/{owner}/-/calls/{call}/milestones/{n}", Access::Everyone, milestone::view),
        Route::post("/{owner}/-/calls/{call}/milestones/{n}/start", manage, milestone::start),
        Route::post("/{owner}/-/calls/{call}/milestones/{n}/deliver", deliver, milestone::deliver),
        Route::post("/{owner}/-/calls/{call}/milestones/{n}/accept", manage, milestone::accept),
        Route::post("/{owner}/-/calls/{call}/milestones/{n}/reject", manage, milestone::reject),
        Route::get("/{owner}/-/calls/{call}/in-kind", Access::Everyone, work::view),
        Route::post("/{owner}/-/calls/{call}/in-kind", offer, work::offered),
        Route::post("/{owner}/-/calls/{call}/in-kind/{work}/withdraw", take_back, work::withdraw),
        Route::post("/{owner}/-/calls/{call}/in-kind/{work}/agree", judge, work::agree),
        Route::post("/{owner}/-/calls/{call}/in-kind/{work}/refuse", judge, work::refuse),
        Route::post("/{owner}/-/calls/{call}/in-kind/{work}/deliver", judge, work::deliver),
    ];
    routes.extend(steer::routes());
    routes
}

/// The feed of a call. A draft has none, since nobody but the space knows of it: it names the
/// space's.
fn feed(book: &CallBook, locale: Locale) -> String {
    let of = match book.call.published_at {
        Some(_) => view::call_href(book),
        None => format!("/{}/-", book.space.slug),
    };
    page::feed(&of, locale)
}
