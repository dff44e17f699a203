//! Co-funding calls: the list, a call's page, the forms that make, publish and end one.

mod curve;
pub(in crate::web) mod figures;
pub(in crate::web) mod list;
pub(in crate::web) mod pledged;
mod rule;
pub(in crate::web) mod say;
pub(in crate::web) mod shares;
pub(in crate::web) mod simulation;
pub(in crate::web) mod view;

use super::routes::{Access, Route};

/// The routes of calls.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/calls", Access::Everyone, list::list),
        Route::get("/{owner}/-/calls/{call}", Access::Everyone, view::view),
    ]
}
