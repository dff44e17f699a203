//! What a program asks first: which version, which bounds.

use axum::Json;
use forge_api::dialect::{GeneralApiSettings, ServerVersion};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::pages::{LIMIT_DEFAULT, LIMIT_MAX};
use crate::app::App;

/// Clients read their features off this number (api.md §2.5); ours is in the description.
const DIALECT: &str = "15.0.0+gitea-1.22.0";

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(version)).routes(routes!(settings))
}

/// Which dialect this server speaks.
#[utoipa::path(
    get,
    path = "/version",
    tag = "instance",
    responses((status = 200, body = ServerVersion)),
)]
async fn version() -> Json<ServerVersion> {
    Json(ServerVersion { version: DIALECT.to_owned() })
}

/// The bounds of lists.
#[utoipa::path(
    get,
    path = "/settings/api",
    tag = "instance",
    responses((status = 200, body = GeneralApiSettings)),
)]
async fn settings() -> Json<GeneralApiSettings> {
    Json(GeneralApiSettings {
        max_response_items: LIMIT_MAX,
        default_paging_num: LIMIT_DEFAULT,
        default_git_trees_per_page: 1000,
        default_max_blob_size: 10 << 20,
    })
}
