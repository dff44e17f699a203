//! Money after a call is confirmed: its overview, a call for funds, its statements, the closing
//! report, the draft deliberation of a council, and one form for each act.

mod acts;
mod call;
mod closing;
mod fields;
mod form;
mod overview;
mod pack;
mod statement;

use super::routes::{Access, Route};

/// The routes of the money of a call.
pub fn routes() -> Vec<Route> {
    let (everyone, signed) = (Access::Everyone, Access::SignedIn);
    vec![
        Route::get("/{owner}/-/calls/{call}/funds", everyone, overview::view),
        Route::get("/{owner}/-/calls/{call}/funds/act/{act}", signed, form::show),
        Route::post("/{owner}/-/calls/{call}/funds/act/{act}", signed, form::send),
        Route::get("/{owner}/-/calls/{call}/funds/{fc}", everyone, call::view),
        Route::get(
            "/{owner}/-/calls/{call}/funds/{fc}/statement/{council}",
            everyone,
            statement::view,
        ),
        Route::get("/{owner}/-/calls/{call}/closing", everyone, closing::view),
        Route::get("/{owner}/-/calls/{call}/pack/{council}", everyone, pack::view),
        Route::get("/{owner}/-/calls/{call}/pack/{council}/text", everyone, pack::text),
        Route::get("/{owner}/-/calls/{call}/pack/{council}/html", everyone, pack::html),
    ]
}
