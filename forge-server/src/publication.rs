//! What is looked at before a module is made public: the same checks on the page, in the API and
//! at the act itself.

use forge_domain::names::{Oid, PathInRepo, Revision};
use forge_git::Repository;
use forge_messages::Locale;
use forge_publiccode::Report;
use forge_store::modules::Module;

use crate::{app::App, error::Error};

/// A publiccode.yml larger than this is not read.
const SHEET_BYTES_MAX: u64 = 256 * 1024;

/// What the default branch holds of what a published module needs.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The commit that was looked at: the head of the default branch.
    pub commit: Option<Oid>,
    /// Whether anything was pushed.
    pub has_code: bool,
    /// Whether a licence file stands at the root or in `LICENSES/`.
    pub has_licence: bool,
    /// Whether a README stands at the root.
    pub has_readme: bool,
    /// What publiccode.yml says and where it is wrong; none where it is absent.
    pub sheet: Option<Report>,
    /// The SPDX expression that publiccode.yml declares.
    pub licence: Option<String>,
}

impl Checked {
    /// The code of what forbids publication. A missing or wrong publiccode.yml does not: it only
    /// keeps the module out of the catalogues that harvest it.
    pub fn blocking(&self) -> Option<&'static str> {
        match self {
            Self { has_code: false, .. } => Some("module_empty"),
            Self { has_licence: false, .. } => Some("licence_missing"),
            _ => None,
        }
    }

    /// The name its sheet gives it.
    pub fn name(&self) -> Option<String> {
        self.sheet.as_ref().and_then(|sheet| sheet.summary.name.clone())
    }

    /// What its sheet says in a sentence, in this language where it can.
    pub fn short_description(&self, locale: Locale) -> Option<String> {
        let descriptions = &self.sheet.as_ref()?.summary.descriptions;
        let in_language = descriptions.iter().find(|said| said.language.starts_with(locale.tag()));
        in_language.or_else(|| descriptions.first())?.short.clone()
    }

    /// What one should mend, though it forbids nothing: the findings of publiccode.yml, with
    /// their places, and what is absent.
    pub fn advice(&self) -> Vec<String> {
        let mut advice = Vec::new();
        if !self.has_readme {
            advice.push("README is missing".to_owned());
        }
        match &self.sheet {
            None => advice.push("publiccode.yml is missing".to_owned()),
            Some(sheet) => {
                let findings = sheet.errors.iter().chain(&sheet.warnings);
                advice.extend(findings.map(|finding| format!("publiccode.yml:{finding}")));
            }
        }
        advice
    }
}

/// Looks at the default branch of a module.
pub async fn check(app: &App, module: &Module) -> Result<Checked, Error> {
    let internal = |error: forge_git::GitError| Error::Internal(error.into());
    let repository = app.repositories.get(module.id.uuid()).await.map_err(internal)?;
    let revision: Revision = module.default_branch.parse().map_err(anyhow::Error::from)?;
    match repository.resolve(&revision).await {
        Ok(commit) => check_commit(&repository, commit).await,
        Err(forge_git::GitError::NotFound(_)) => Ok(Checked::default()),
        Err(error) => Err(internal(error)),
    }
}

/// Looks at one commit, such as the one a tag names.
pub async fn check_commit(repository: &Repository, commit: Oid) -> Result<Checked, Error> {
    let internal = |error: forge_git::GitError| Error::Internal(error.into());
    let listing = repository.tree(commit, None).await.map_err(internal)?;
    let names: Vec<String> = listing
        .entries
        .iter()
        .map(|entry| String::from_utf8_lossy(&entry.name).to_lowercase())
        .collect();
    let starts = |prefixes: &[&str]| {
        names.iter().any(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
    };
    let mut checked = Checked {
        commit: Some(commit),
        has_code: true,
        has_licence: starts(&["license", "licence", "copying"]),
        has_readme: starts(&["readme"]),
        ..Checked::default()
    };
    let path: PathInRepo = "publiccode.yml".parse().map_err(anyhow::Error::from)?;
    match repository.blob(commit, &path, SHEET_BYTES_MAX).await {
        Ok(blob) => {
            let report = forge_publiccode::check(blob.content.unwrap_or_default());
            checked.licence = report.summary.licence.clone();
            checked.sheet = Some(report);
        }
        Err(forge_git::GitError::NotFound(_)) => {}
        Err(error) => return Err(internal(error)),
    }
    Ok(checked)
}
