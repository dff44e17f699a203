//! The public ledger: of a space, of all spaces, and what a council or a space funds.

mod entries;
mod flow_file;
mod funding;
mod named;
mod sums;
mod transparency;

use super::routes::{Access, Route};

/// The routes of ledgers and funding.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/{owner}/-/ledger", Access::Everyone, entries::view),
        Route::get("/{owner}/-/calls/{call}/ledger", Access::Everyone, entries::of_call),
        Route::get("/{owner}/-/funding", Access::Everyone, funding::view),
        Route::get("/transparency", Access::Everyone, transparency::view),
        Route::get("/transparency.csv", Access::Everyone, flow_file::file),
    ]
}
