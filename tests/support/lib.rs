//! What the tests stand on: a real server, a real database, real `git` and `forge`, a browser
//! without JavaScript. Nothing here imitates a part of the product.
//!
//! A test is written once and runs on both engines:
//! ```ignore
//! on_both! {
//!     /// What a citizen sees of a module that was published.
//!     fn a_published_module_is_public(engine) {
//!         let forge = Forge::start(engine);
//!         let page = forge.browser().get("/catalogue");
//!         assert_eq!(page.status(), 200);
//!     }
//! }
//! ```
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so and stops"
)]

pub mod browser;
pub mod contract;
pub mod engine;
pub mod forge;
pub mod form;
pub mod post;
pub mod postgres;
pub mod provider;
pub mod receiver;
pub mod run;
pub mod source;
pub mod terminal;
pub mod town;

pub use browser::{Api, Browser, Page};
pub use engine::{Database, Engine};
pub use forge::Forge;
pub use form::Form;
pub use provider::Provider;
pub use receiver::Receiver;
pub use terminal::{Ran, Terminal};
pub use town::Town;
