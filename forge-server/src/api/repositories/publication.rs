//! Making a module public, and what is looked at before.

use axum::{
    Json,
    extract::{Path, State},
};
use forge_api::{
    dialect::ApiError,
    modules::{Publish, Published, Visibility},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    actions::modules::{EditModule, PublishModule},
    api::Body,
    app::App,
    auth::{ApiCaller, module},
    error::{Error, Refusal},
    publication,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(publish))
}

/// Publishes a module: from now on everyone may read and clone it.
#[utoipa::path(
    post,
    path = "/repos/{owner}/{repo}/publication",
    tag = "module",
    params(("owner" = String, Path), ("repo" = String, Path)),
    request_body = Publish,
    responses(
        (status = 200, body = Published),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn publish(
    State(app): State<App>,
    caller: ApiCaller,
    Path((owner, repo)): Path<(String, String)>,
    Body(body): Body<Publish>,
) -> Result<Json<Published>, Error> {
    let opened = module::open(&app, caller.actor(), &owner, &repo).await?;
    let checked = publication::check(&app, &opened.module).await?;
    let moved = body.commit.is_some() && body.commit != checked.commit.map(|oid| oid.to_string());
    if moved {
        return Err(Error::Conflict(Refusal::new("branch_moved")));
    }
    let described = body.description.or_else(|| checked.short_description(app.config.locale));
    if let Some(description) = described.filter(|text| *text != opened.module.description) {
        let title = checked.name().unwrap_or_else(|| opened.module.title.clone());
        let edit = EditModule {
            module: opened.module.id,
            title,
            description,
            default_branch: None,
            visibility: None,
        };
        app.act(&caller.by, edit).await?;
    }
    app.act(&caller.by, PublishModule { module: opened.module.id }).await?;
    Ok(Json(Published {
        url: format!("{}/{}", app.public_url, opened.path()),
        module: opened.path(),
        visibility: Visibility::Public,
        warnings: checked.advice(),
    }))
}
