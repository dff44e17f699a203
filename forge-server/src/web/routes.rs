//! What a route says of itself: the router and the test of rights both read this table.

use axum::{
    Router,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};
use forge_domain::access::Deed;

use crate::app::App;

/// Who may come through a route at all; the handler and its act still ask the table of rights
/// for the resource at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Everyone,
    /// Someone who is signed in, for what is their own.
    SignedIn,
    /// Those to whom the table grants this deed on the resource of the address.
    Deed(Deed),
}

/// One method of one address.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The address, in axum's syntax.
    pub path: &'static str,
    /// Who may come through.
    pub access: Access,
    handler: MethodRouter<App>,
}

impl Route {
    /// A page.
    pub fn get<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: axum::handler::Handler<T, App>,
        T: 'static,
    {
        Self { method: Method::GET, path, access, handler: on(MethodFilter::GET, handler) }
    }

    /// A form.
    pub fn post<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: axum::handler::Handler<T, App>,
        T: 'static,
    {
        Self { method: Method::POST, path, access, handler: on(MethodFilter::POST, handler) }
    }
}

/// The router of a table of routes.
pub fn router(routes: Vec<Route>) -> Router<App> {
    routes.into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler))
}
