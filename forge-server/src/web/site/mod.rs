//! Pages of the site itself: home, catalogue, long texts, and what programs ask a site for.

mod catalogue;
mod home;
mod open_data;
mod programs;
mod texts;

use super::routes::{Access, Route};

/// The routes of this folder: all of cost class 0, rows alone.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/", Access::Everyone, home::show),
        Route::get("/catalogue", Access::Everyone, catalogue::show),
        Route::get("/search", Access::Everyone, catalogue::search),
        Route::get("/about", Access::Everyone, texts::about),
        Route::get("/legal", Access::Everyone, texts::legal),
        Route::get("/privacy", Access::Everyone, texts::privacy),
        Route::get("/accessibility", Access::Everyone, texts::accessibility),
        Route::get("/method", Access::Everyone, texts::method),
        Route::get("/open-data", Access::Everyone, open_data::show),
        Route::get("/robots.txt", Access::Everyone, programs::robots),
        Route::get("/favicon.ico", Access::Everyone, programs::favicon),
        Route::get("/-/ready", Access::Everyone, programs::ready),
    ]
}
