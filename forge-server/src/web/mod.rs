//! Pages for people: one folder per noun, one file per page or form.

pub mod account;
pub mod admin;
pub mod assets;
pub mod calls;
pub mod cards;
pub mod councils;
pub mod csv;
pub mod dashboard;
pub mod errors;
pub mod feeds;
pub mod form;
pub mod funds;
pub mod headers;
pub mod ledger;
pub mod markdown;
pub mod modules;
pub mod owner;
pub mod page;
pub mod pledges;
pub mod prose;
pub mod routes;
pub mod shown;
pub mod site;
pub mod spaces;
pub mod upload;
pub mod votes;
pub mod webhooks;

use self::routes::{Access, Route};

/// Every page and form, with who may come through.
pub fn routes() -> Vec<Route> {
    let mut routes = vec![Route::get("/-/health", Access::Everyone, async || "ok\n")];
    routes.extend(account::routes());
    routes.extend(admin::routes());
    routes.extend(assets::routes());
    routes.extend(councils::routes());
    routes.extend(dashboard::routes());
    routes.extend(feeds::routes());
    routes.extend(modules::routes());
    routes.extend(owner::routes());
    routes.extend(site::routes());
    routes.extend(spaces::routes());
    routes.extend(votes::routes());
    routes.extend(webhooks::routes());
    routes.extend(calls::routes());
    routes.extend(pledges::routes());
    routes.extend(funds::routes());
    routes.extend(ledger::routes());
    routes
}
