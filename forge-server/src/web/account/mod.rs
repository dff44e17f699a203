//! Signing in and out, the first administrator, invitations, and one's own account.

mod erase;
mod inbox;
mod invitation;
mod link;
mod new_account;
mod notices;
mod provider;
mod scheme;
mod settings;
mod setup;
mod sign_in;
mod tokens;
mod unsubscribe;

use forge_domain::access::Deed;

use super::routes::{Access, Route};

/// The routes of this folder.
pub fn routes() -> Vec<Route> {
    let everyone = Access::Everyone;
    let own = Access::SignedIn;
    let people = Access::Deed(Deed::AdministerPeople);
    vec![
        Route::get("/-/login", everyone, sign_in::form),
        Route::post("/-/login", everyone, sign_in::sign_in),
        Route::post("/-/logout", everyone, sign_in::sign_out),
        Route::get("/-/reauthenticate", own, sign_in::form_again),
        Route::post("/-/reauthenticate", own, sign_in::prove_again),
        Route::get("/-/login/oidc/{id}", everyone, provider::begin),
        Route::get("/-/login/oidc/{id}/callback", everyone, provider::callback),
        Route::get("/-/login/link", own, link::page),
        Route::post("/-/login/link", own, link::link),
        Route::get("/-/setup/{secret}", everyone, setup::page),
        Route::post("/-/setup/{secret}", everyone, setup::make),
        Route::get("/-/invitation/{secret}", everyone, invitation::page),
        Route::post("/-/invitation/{secret}", everyone, invitation::accept),
        Route::get("/-/settings", own, settings::page),
        Route::post("/-/settings", own, settings::save),
        Route::post("/-/settings/password", own, settings::change_password),
        Route::post("/-/settings/identities", own, settings::unlink),
        Route::post("/-/settings/tokens", own, tokens::make),
        Route::post("/-/settings/tokens/{number}", own, tokens::revoke),
        Route::get("/-/settings/notices", own, notices::show),
        Route::post("/-/settings/notices", own, notices::save),
        Route::get("/-/inbox", own, inbox::show),
        Route::post("/-/inbox", own, inbox::mark_read),
        Route::get("/-/unsubscribe/{token}", everyone, unsubscribe::ask),
        Route::post("/-/unsubscribe/{token}", everyone, unsubscribe::end),
        Route::get("/-/settings/erase", own, erase::own),
        Route::post("/-/settings/erase", own, erase::erase_own),
        Route::get("/-/admin/people/{login}/erase", people, erase::other),
        Route::post("/-/admin/people/{login}/erase", people, erase::erase_other),
        Route::post("/-/scheme", everyone, scheme::choose),
    ]
}
