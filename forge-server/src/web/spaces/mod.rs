//! Spaces: the list, a space's page, its founding, its councils.

mod found;
mod list;
pub mod members;
pub mod view;

use forge_domain::access::Deed;

use super::routes::{Access, Route};

/// The routes of spaces.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/spaces", Access::Everyone, list::list),
        Route::get("/spaces/new", Access::SignedIn, found::show),
        Route::post("/spaces", Access::Deed(Deed::FoundSpace), found::send),
        Route::get("/{owner}/-/members", Access::Everyone, members::show),
        Route::post("/{owner}/-/members", Access::Deed(Deed::AskToJoin), members::ask),
        Route::post(
            "/{owner}/-/members/{council}",
            Access::Deed(Deed::AdmitMember),
            members::admit,
        ),
        Route::post(
            "/{owner}/-/members/{council}/leave",
            Access::Deed(Deed::LeaveSpace),
            members::leave,
        ),
        Route::post(
            "/{owner}/-/members/{council}/seat",
            Access::Deed(Deed::AdmitMember),
            members::seat,
        ),
    ]
}
