//! Decisions: the votes of a space or of a council, one vote, the minutes, the charter.

mod charter;
mod list;
mod minutes;
mod new;
mod sheet;
mod view;

use forge_domain::access::Deed;

use super::routes::{Access, Route};

/// The routes of votes and charters.
pub fn routes() -> Vec<Route> {
    let open = Access::Deed(Deed::OpenVote);
    vec![
        Route::get("/{owner}/-/decisions", Access::Everyone, list::list),
        Route::post("/{owner}/-/decisions", open, new::send),
        Route::get("/{owner}/-/decisions/new", open, new::show),
        Route::get("/{owner}/-/decisions/minutes", Access::Everyone, minutes::show),
        Route::get("/{owner}/-/decisions/minutes.md", Access::Everyone, minutes::markdown),
        Route::get("/{owner}/-/decisions/minutes.csv", Access::Everyone, minutes::file),
        Route::get("/{owner}/-/decisions/{vote}", Access::Everyone, view::show),
        Route::post("/{owner}/-/decisions/{vote}", Access::Deed(Deed::Vote), view::cast),
        Route::post("/{owner}/-/decisions/{vote}/withdraw", open, view::withdraw),
        Route::post("/{owner}/-/offices", open, new::office),
        Route::post("/{owner}/-/write-offs", open, new::write_off),
        Route::get("/{owner}/-/charter", Access::Everyone, charter::show),
        Route::post("/{owner}/-/charter", open, charter::propose),
        Route::get("/{owner}/-/charter/propose", open, charter::form),
    ]
}
