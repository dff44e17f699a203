//! Pages for people: one folder per noun, one file per page or form.

pub mod assets;
pub mod errors;
pub mod form;
pub mod headers;
pub mod page;
pub mod routes;

use self::routes::{Access, Route};

/// Every page and form, with who may come through.
pub fn routes() -> Vec<Route> {
    let mut routes = vec![Route::get("/-/health", Access::Everyone, async || "ok\n")];
    routes.extend(assets::routes());
    routes
}
