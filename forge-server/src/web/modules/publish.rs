//! Publishing a module: what is checked, then the deliberate act.

use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use forge_domain::access::{Deed, Visibility};
use serde::{Deserialize, Serialize};

use super::{Code, about::FindingLine, address, framed, parts::ModuleHead};
use crate::{
    actions::{allow, modules::PublishModule},
    app::App,
    auth::Viewer,
    error::Error,
    publication,
    themes::{self, Chrome},
    web::{
        form::{Form, Given},
        page,
    },
};

/// `pages/module-publish.html`.
#[derive(Debug, Serialize)]
struct PublishPage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// The form, with what was refused.
    form: themes::Form,
    /// Whether anything was pushed.
    has_code: bool,
    /// Whether a licence stands at the root.
    has_licence: bool,
    /// Whether a README does.
    has_readme: bool,
    /// `valid`, `invalid` or `absent`.
    sheet: &'static str,
    /// What makes publiccode.yml invalid.
    errors: Vec<FindingLine>,
    /// What one should mend in it.
    warnings: Vec<FindingLine>,
    /// Whether nothing forbids it.
    ready: bool,
}

/// The form: only its button, and the mark that one means it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    confirmed: String,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module)): Path<(String, String)>,
) -> Result<Response, Error> {
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    allow(viewer.actor(), Deed::PublishModule, &code.opened.resource())?;
    if code.opened.module.visibility == Visibility::Public {
        return Ok(Redirect::to(&code.href()).into_response());
    }
    render(&app, &viewer, &code, StatusCode::OK, themes::Form::default()).await
}

pub(super) async fn send(
    State(app): State<App>,
    Path((owner, module)): Path<(String, String)>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    allow(viewer.actor(), Deed::PublishModule, &code.opened.resource())?;
    if fields.confirmed != "yes" {
        let words = page::text(&app, &viewer, "mod-publish-unconfirmed");
        let form = again(&given).error("confirmed", words);
        return render(&app, &viewer, &code, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    }
    match app.act(&viewer.by, PublishModule { module: code.opened.module.id }).await {
        Ok(_) => page::see_other_saying(&app, &code.href(), "mod-publish-done"),
        Err(Error::Refused(why)) => {
            let words = crate::wording::refused(&app, viewer.locale(), &why);
            let form = again(&given).error("confirmed", words);
            render(&app, &viewer, &code, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
        Err(error) => Err(error),
    }
}

fn again(given: &Given) -> themes::Form {
    themes::Form::default().value("confirmed", given.get("confirmed"))
}

async fn render(
    app: &App,
    viewer: &Viewer,
    code: &Code,
    status: StatusCode,
    form: themes::Form,
) -> Result<Response, Error> {
    let row = &code.opened.module;
    let checked = publication::check(app, row).await?;
    let head = code.head(app, viewer, None).await?;
    let title = page::text(app, viewer, "mod-publish");
    let chrome = page::chrome(app, viewer, format!("{title} — {}", head.name));
    let name = forge_publiccode::FILE_NAME.as_bytes();
    let file = address::at(&code.href(), "blob", &row.default_branch, Some(name));
    let sheet = checked.sheet.as_ref();
    let findings = |of: &[forge_publiccode::Finding]| FindingLine::all(of, Some(&file));
    let body = PublishPage {
        page: framed(chrome, app, viewer, &head, &title),
        module: head,
        form,
        has_code: checked.has_code,
        has_licence: checked.has_licence,
        has_readme: checked.has_readme,
        errors: sheet.map(|sheet| findings(&sheet.errors)).unwrap_or_default(),
        warnings: sheet.map(|sheet| findings(&sheet.warnings)).unwrap_or_default(),
        sheet: match sheet {
            None => "absent",
            Some(sheet) if sheet.is_valid() => "valid",
            Some(_) => "invalid",
        },
        ready: checked.blocking().is_none(),
    };
    let mut response = page::page_with(app, viewer, status, ("pages/module-publish.html", &body))?;
    let robots = HeaderName::from_static("x-robots-tag");
    response.headers_mut().insert(robots, HeaderValue::from_static("noindex"));
    Ok(response)
}
