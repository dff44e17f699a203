//! What a module says of itself, where a clone of it begins, and who sees it until it is public.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, Visibility},
    names::RefName,
};
use forge_store::owners::OwnerKind;
use serde::{Deserialize, Serialize};

use super::{Code, framed, parts::ModuleHead};
use crate::{
    actions::{allow, modules::EditModule},
    app::App,
    auth::Viewer,
    error::{Error, Refusal},
    themes::{self, Chrome},
    web::{form::Form, page},
};

/// `pages/module-settings.html`.
#[derive(Debug, Serialize)]
struct SettingsPage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// Fields `title`, `description`, `default_branch`, `visibility`.
    form: themes::Form,
    /// The branches a clone may begin on; none while nothing was pushed.
    branches: Vec<Choice>,
    /// Who may see it; none where it is public or belongs to no space.
    visibilities: Vec<Choice>,
}

/// One of a list to choose from.
#[derive(Debug, Serialize)]
struct Choice {
    /// What is sent.
    value: String,
    /// What is read.
    label: String,
    /// What it means.
    hint: Option<String>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    title: String,
    description: String,
    default_branch: String,
    visibility: String,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module)): Path<(String, String)>,
) -> Result<Response, Error> {
    let code = open(&app, &viewer, &owner, &module).await?;
    let row = &code.opened.module;
    let form = themes::Form::default()
        .value("title", row.title.as_str())
        .value("description", row.description.as_str())
        .value("default_branch", row.default_branch.as_str())
        .value("visibility", row.visibility.to_string());
    render(&app, &viewer, &code, (StatusCode::OK, form)).await
}

pub(super) async fn send(
    State(app): State<App>,
    Path((owner, module)): Path<(String, String)>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let code = open(&app, &viewer, &owner, &module).await?;
    let done = match fields.act(&code) {
        Ok(edit) => app.act(&viewer.by, edit).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => page::see_other_saying(&app, &code.href(), "mod-settings-done"),
        Err(error) => {
            let status = error.status();
            let form = given.refused(&app, &viewer, "title", error)?;
            render(&app, &viewer, &code, (status, form)).await
        }
    }
}

async fn open(app: &App, viewer: &Viewer, owner: &str, module: &str) -> Result<Code, Error> {
    let code = Code::open(app, viewer, owner, module).await?;
    allow(viewer.actor(), Deed::EditModule, &code.opened.resource())?;
    Ok(code)
}

impl Fields {
    fn act(self, code: &Code) -> Result<EditModule, Error> {
        let refused = |field, code| Error::Refused(Refusal::field(field, code));
        // A field that was not offered changes nothing.
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        let branch = given(self.default_branch).map(|name| RefName::branch(&name)).transpose();
        let visibility = given(self.visibility).map(|word| word.parse::<Visibility>()).transpose();
        Ok(EditModule {
            module: code.opened.module.id,
            title: self.title,
            description: self.description,
            default_branch: branch.map_err(|_| refused("default_branch", "branch_name"))?,
            visibility: visibility.map_err(|_| refused("visibility", "visibility_unknown"))?,
        })
    }
}

async fn render(
    app: &App,
    viewer: &Viewer,
    code: &Code,
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let row = &code.opened.module;
    let head = code.head(app, viewer, None).await?;
    let title = page::text(app, viewer, "mod-settings");
    let chrome = page::chrome(app, viewer, format!("{title} — {}", head.name));
    let branch = |name: &str| Choice { value: name.to_owned(), label: name.to_owned(), hint: None };
    let branches = code.repository.branches().await?;
    let seen_by = |visibility: Visibility| Choice {
        value: visibility.to_string(),
        label: page::text(app, viewer, &format!("mod-visibility-{visibility}")),
        hint: Some(page::text(app, viewer, &format!("mod-visibility-{visibility}-text"))),
    };
    let is_shared = row.owner_kind == OwnerKind::Space && row.visibility != Visibility::Public;
    let visibilities = if is_shared { &[Visibility::Council, Visibility::Space][..] } else { &[] };
    let body = SettingsPage {
        page: framed(chrome, app, viewer, &head, &title),
        module: head,
        form,
        branches: branches.iter().map(|it| branch(it.name.short())).collect(),
        visibilities: visibilities.iter().copied().map(seen_by).collect(),
    };
    page::page_with(app, viewer, status, ("pages/module-settings.html", &body))
}
