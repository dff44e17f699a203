//! Councils: the list, a council's page, its registration, who acts for it.

mod list;
mod register;
mod settings;
mod settings_forms;
pub mod view;

use forge_domain::access::Deed;

use super::routes::{Access, Route};

/// The routes of councils.
pub fn routes() -> Vec<Route> {
    let internals = Access::Deed(Deed::ReadCouncilInternals);
    vec![
        Route::get("/councils", Access::Everyone, list::list),
        Route::get("/councils/new", Access::SignedIn, register::show),
        Route::post("/councils", Access::Deed(Deed::RegisterCouncil), register::send),
        Route::get("/{owner}/-/settings", internals, settings::show),
        Route::get(
            "/{owner}/-/settings/roles/new",
            Access::Deed(Deed::GrantRole),
            settings_forms::role_form,
        ),
        Route::post(
            "/{owner}/-/settings/roles",
            Access::Deed(Deed::GrantRole),
            settings_forms::give_role,
        ),
        Route::post(
            "/{owner}/-/settings/roles/{id}/end",
            Access::Deed(Deed::RevokeRole),
            settings::end_role,
        ),
        Route::get(
            "/{owner}/-/settings/mandates/new",
            Access::Deed(Deed::GiveMandate),
            settings_forms::mandate_form,
        ),
        Route::post(
            "/{owner}/-/settings/mandates",
            Access::Deed(Deed::GiveMandate),
            settings_forms::give_mandate,
        ),
        Route::post(
            "/{owner}/-/settings/mandates/{id}/revoke",
            Access::Deed(Deed::RevokeMandate),
            settings::revoke_mandate,
        ),
        Route::get(
            "/{owner}/-/settings/invitations/new",
            Access::Deed(Deed::InvitePerson),
            settings_forms::invitation_form,
        ),
        Route::post(
            "/{owner}/-/settings/invitations",
            Access::Deed(Deed::InvitePerson),
            settings_forms::invite,
        ),
        Route::post(
            "/{owner}/-/settings/invitations/{id}/withdraw",
            Access::Deed(Deed::InvitePerson),
            settings::withdraw,
        ),
    ]
}
