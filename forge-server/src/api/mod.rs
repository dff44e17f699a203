//! JSON for programs, in the dialect existing clients speak (api.md), and ours in its style.
//!
//! One file a noun; each hands its `OpenApiRouter` to [`described`], so that what is served and
//! what the description says are one thing.

pub mod body;
pub mod calls;
pub mod closing;
pub mod councils;
pub mod dashboard;
pub mod evidence;
pub mod exports;
pub mod funds;
pub mod instance;
pub mod ledger;
pub mod members;
pub mod milestones;
pub mod notices;
pub mod organizations;
pub mod packs;
pub mod pages;
pub mod payments;
pub mod people;
pub mod pledges;
pub mod positions;
pub mod repositories;
pub mod share;
pub mod spaces;
pub mod steering;
pub mod tokens;
pub mod visas;
pub mod votes;
pub mod webhooks;
pub mod work;

use axum::{
    Router,
    http::{StatusCode, header},
    routing::get,
};
use bytes::Bytes;
use utoipa::openapi::{
    InfoBuilder, OpenApi, OpenApiBuilder, RefOr, SecurityRequirement, ServerBuilder,
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;

use forge_domain::names::Slug;

use crate::{app::App, error::Error};

pub use body::{Body, Place, Query};
pub use pages::{Listed, Pages};

/// The routes under `/api`, and the document that describes them. It is written once and kept as
/// bytes: a handler is copied for each layer around it, and the description is megabytes.
pub fn router() -> Router<App> {
    let (router, description) = described().split_for_parts();
    let document = description.to_json().map(Bytes::from).unwrap_or_default();
    let json = [(header::CONTENT_TYPE, "application/json")];
    router.route("/api/openapi.json", get(move || async move { (json, document) }))
}

/// Every route with its description.
pub fn described() -> OpenApiRouter<App> {
    let mut described = OpenApiRouter::with_openapi(description()).nest("/api/v1", routes());
    describe_responses(described.get_openapi_mut());
    described
}

/// OpenAPI wants a description of every response: the words of its status, where a handler says
/// nothing more.
fn describe_responses(description: &mut OpenApi) {
    for item in description.paths.paths.values_mut() {
        let methods =
            [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in methods.into_iter().flatten() {
            for (status, response) in &mut operation.responses.responses {
                let RefOr::T(response) = response else { continue };
                let words = status.parse().ok().and_then(|code| StatusCode::from_u16(code).ok());
                let words = words.and_then(|status| status.canonical_reason());
                if response.description.is_empty() {
                    words.unwrap_or("Answer").clone_into(&mut response.description);
                }
            }
        }
    }
}

/// Every noun of the interface.
fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(instance::routes())
        .merge(packs::routes())
        .merge(share::routes())
        .merge(calls::routes())
        .merge(steering::routes())
        .merge(milestones::routes())
        .merge(work::routes())
        .merge(pledges::routes())
        .merge(positions::routes())
        .merge(visas::routes())
        .merge(evidence::routes())
        .merge(exports::routes())
        .merge(funds::routes())
        .merge(payments::routes())
        .merge(closing::routes())
        .merge(ledger::routes())
        .merge(notices::routes())
        .merge(people::routes())
        .merge(dashboard::routes())
        .merge(tokens::routes())
        .merge(organizations::routes())
        .merge(councils::routes())
        .merge(members::routes())
        .merge(spaces::routes())
        .merge(votes::routes())
        .merge(webhooks::routes())
        .merge(repositories::routes())
}

fn description() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Beffroi")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "What an inter-municipal forge says to programs. Reading what is public needs no \
             account; everything else a personal access token. Amounts are decimal strings, \
             instants RFC 3339 in UTC, every key of an answer is always present.",
        ))
        .build();
    let mut description = OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url("/").build()]))
        // An empty requirement first: without a token one reads what is public.
        .security(Some([
            SecurityRequirement::default(),
            SecurityRequirement::new("token", Vec::<String>::new()),
            SecurityRequirement::new("bearer", Vec::<String>::new()),
            SecurityRequirement::new("basic", Vec::<String>::new()),
        ]))
        .build();
    let components = description.components.get_or_insert_with(Default::default);
    let in_header = ApiKeyValue::with_description("Authorization", "`token` and the token");
    let http = |scheme| SecurityScheme::Http(HttpBuilder::new().scheme(scheme).build());
    components.add_security_scheme("token", SecurityScheme::ApiKey(ApiKey::Header(in_header)));
    components.add_security_scheme("bearer", http(HttpAuthScheme::Bearer));
    components.add_security_scheme("basic", http(HttpAuthScheme::Basic));
    description
}

/// The address of an owner; an address that is no name names nothing.
fn slug(text: &str) -> Result<Slug, Error> {
    text.parse().map_err(|_| Error::NotFound)
}
