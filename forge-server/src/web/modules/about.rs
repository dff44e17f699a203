//! What publiccode.yml says of a module, and where it is wrong.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_publiccode::{Finding, Report};
use serde::Serialize;

use super::{
    Code, address, framed,
    parts::{ModuleHead, Tab},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    publication,
    themes::Chrome,
    web::{page, shown},
};

/// `pages/module-about.html`.
#[derive(Debug, Serialize)]
struct AboutPage {
    /// The frame.
    page: Chrome,
    /// The band.
    module: ModuleHead,
    /// What the sheet says; none where there is none.
    sheet: Option<Sheet>,
    /// The file itself.
    file_href: Option<String>,
    /// Its line in the catalogue: when the module was made public, RFC 3339.
    published_at: Option<String>,
}

/// The sheet.
#[derive(Debug, Serialize)]
struct Sheet {
    valid: bool,
    errors: Vec<FindingLine>,
    warnings: Vec<FindingLine>,
    name: Option<String>,
    /// Descriptions, the reader's language first.
    descriptions: Vec<DescriptionPart>,
    url: Option<String>,
    landing_url: Option<String>,
    version: Option<String>,
    release_date: Option<String>,
    organisation: Option<String>,
    platforms: Vec<String>,
    categories: Vec<String>,
    development_status: Option<String>,
    software_type: Option<String>,
    licence: Option<String>,
    maintenance: Option<String>,
    languages: Vec<String>,
    used_by: Vec<String>,
    funded_by: Vec<String>,
}

/// A description in one language.
#[derive(Debug, Serialize)]
struct DescriptionPart {
    language: String,
    short: Option<String>,
    long: Option<String>,
    features: Vec<String>,
}

/// One finding, with its place in the file.
#[derive(Debug, Serialize)]
pub(super) struct FindingLine {
    line: usize,
    column: usize,
    key: String,
    /// In English, as the checker says it.
    text: String,
    href: Option<String>,
}

impl FindingLine {
    /// The findings of a sheet, each leading to its line of the file at `file`.
    pub(super) fn all(findings: &[Finding], file: Option<&str>) -> Vec<Self> {
        let line = |finding: &Finding| Self {
            line: finding.line,
            column: finding.column,
            key: shown::plain(&finding.key),
            text: shown::plain(finding.problem.to_string()),
            href: file.map(|file| format!("{file}?l={0}#L{0}", finding.line)),
        };
        findings.iter().map(line).collect()
    }
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((owner, module)): Path<(String, String)>,
) -> Result<Response, Error> {
    let code = Code::open(&app, &viewer, &owner, &module).await?;
    let row = &code.opened.module;
    let checked = publication::check(&app, row).await?;
    let file = address::at(
        &code.href(),
        "blob",
        &row.default_branch,
        Some(forge_publiccode::FILE_NAME.as_bytes()),
    );
    let head = code.head(&app, &viewer, Some(Tab::About)).await?;
    let title = page::text(&app, &viewer, "code-about");
    let chrome = page::chrome(&app, &viewer, format!("{title} — {}", head.name));
    let language = viewer.locale().tag();
    let body = AboutPage {
        page: framed(chrome, &app, &viewer, &head, &title),
        published_at: row.published_at.map(|at| at.to_string()),
        file_href: checked.sheet.is_some().then(|| file.clone()),
        sheet: checked.sheet.as_ref().map(|report| sheet(report, language, &file)),
        module: head,
    };
    page::page(&app, &viewer, "pages/module-about.html", &body)
}

fn sheet(report: &Report, language: &str, file: &str) -> Sheet {
    let said = &report.summary;
    let text = |value: &Option<String>| value.as_ref().map(shown::plain);
    let texts = |values: &[String]| values.iter().map(shown::plain).collect::<Vec<_>>();
    let names = |of: &forge_publiccode::Organisation| of.name.clone().or_else(|| of.uri.clone());
    let mut descriptions: Vec<_> = said
        .descriptions
        .iter()
        .map(|one| DescriptionPart {
            language: shown::plain(&one.language),
            short: text(&one.short),
            long: text(&one.long),
            features: texts(&one.features),
        })
        .collect();
    descriptions.sort_by_key(|one| !one.language.starts_with(language));
    Sheet {
        valid: report.is_valid(),
        errors: FindingLine::all(&report.errors, Some(file)),
        warnings: FindingLine::all(&report.warnings, Some(file)),
        name: text(&said.name),
        descriptions,
        url: web_address(&said.url),
        landing_url: web_address(&said.landing_url),
        version: text(&said.software_version),
        release_date: text(&said.release_date),
        organisation: said.organisation.as_ref().and_then(names).map(shown::plain),
        platforms: texts(&said.platforms),
        categories: texts(&said.categories),
        development_status: text(&said.development_status),
        software_type: text(&said.software_type),
        licence: text(&said.licence),
        maintenance: text(&said.maintenance),
        languages: texts(&said.languages),
        used_by: texts(&said.used_by),
        funded_by: said.funded_by.iter().filter_map(names).map(shown::plain).collect(),
    }
}

/// Only what leads to the web is a link.
fn web_address(address: &Option<String>) -> Option<String> {
    let url = url::Url::parse(address.as_deref()?).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}
