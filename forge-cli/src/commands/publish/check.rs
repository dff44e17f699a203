//! What is looked at before a working copy is published.

use forge_publiccode::{FILE_NAME, Report};
use serde::Serialize;

use crate::{failure::Failure, git, git::Git, text::Texts};

/// What was found in a working copy, and what stands there.
#[derive(Debug, Serialize)]
pub(super) struct Checked {
    /// The branch to publish; none where no branch is checked out.
    pub branch: Option<String>,
    /// The commit at its head; none before the first.
    pub commit: Option<String>,
    /// Whether nothing forbids publishing.
    pub publishable: bool,
    /// What forbids it.
    pub errors: Vec<Remark>,
    /// What one should mend.
    pub warnings: Vec<Remark>,
    /// What the sheet says in a sentence, in the reader's language.
    #[serde(skip)]
    pub description: Option<String>,
}

/// One thing found.
#[derive(Debug, Serialize)]
pub(super) struct Remark {
    /// A stable word.
    pub code: String,
    /// A sentence.
    pub message: String,
}

/// How many names of changed files are told.
const NAMES_MAX: usize = 5;

/// Looks at what is committed, as the forge will, and at what is not.
pub(super) fn check(git: &Git<'_>, texts: &Texts) -> Result<Checked, Failure> {
    let mut checked = Checked {
        branch: git.text(&["symbolic-ref", "--quiet", "--short", "HEAD"]).ok(),
        commit: git.text(&["rev-parse", "--verify", "--quiet", "HEAD"]).ok(),
        publishable: false,
        errors: Vec::new(),
        warnings: Vec::new(),
        description: None,
    };
    if checked.branch.is_none() {
        checked.error(texts, "no-branch");
    }
    if git.text(&["rev-parse", "--is-shallow-repository"])? == "true" {
        checked.error(texts, "shallow");
    }
    checked.uncommitted(git, texts)?;
    if checked.commit.is_some() {
        checked.committed(git, texts)?;
    } else {
        checked.error(texts, "no-commit");
    }
    checked.publishable = checked.errors.is_empty();
    Ok(checked)
}

impl Checked {
    /// Changes that would stay behind.
    fn uncommitted(&mut self, git: &Git<'_>, texts: &Texts) -> Result<(), Failure> {
        let lines = git.bytes(&["status", "--porcelain", "-z", "--no-renames"])?;
        let lines = git::names(&lines);
        let (new, changed): (Vec<&String>, Vec<&String>) =
            lines.iter().partition(|line| line.starts_with("??"));
        let told = |lines: &[&String]| {
            let names = lines.iter().filter_map(|line| line.get(3..));
            let mut told = names.take(NAMES_MAX).collect::<Vec<_>>().join(", ");
            if lines.len() > NAMES_MAX {
                told.push_str(", …");
            }
            told
        };
        if !changed.is_empty() {
            let message = texts.with("cli-publish-dirty", &[("names", told(&changed).into())]);
            self.errors.push(Remark { code: "dirty".to_owned(), message });
        }
        if !new.is_empty() {
            let message = texts.with("cli-publish-untracked", &[("names", told(&new).into())]);
            self.warnings.push(Remark { code: "untracked".to_owned(), message });
        }
        Ok(())
    }

    /// What the last commit holds.
    fn committed(&mut self, git: &Git<'_>, texts: &Texts) -> Result<(), Failure> {
        let tree = git::names(&git.bytes(&["ls-tree", "-z", "--name-only", "HEAD"])?);
        let stands = |beginnings: &[&str]| {
            tree.iter().any(|name| {
                let name = name.to_lowercase();
                beginnings.iter().any(|beginning| name.starts_with(beginning))
            })
        };
        if !stands(&["license", "licence", "copying"]) {
            self.error(texts, "no-licence");
        }
        if !stands(&["readme"]) {
            self.error(texts, "no-readme");
        }
        match git.found(&["cat-file", "blob", &format!("HEAD:{FILE_NAME}")]) {
            None => self.warning(texts, "no-sheet"),
            Some(sheet) => self.sheet(&forge_publiccode::check(&sheet), texts),
        }
        Ok(())
    }

    fn sheet(&mut self, report: &Report, texts: &Texts) {
        let remark = |finding: &forge_publiccode::Finding| Remark {
            code: format!("publiccode-{}", finding.problem.code()),
            message: format!("{FILE_NAME}:{finding}"),
        };
        self.errors.extend(report.errors.iter().map(remark));
        self.warnings.extend(report.warnings.iter().map(remark));
        let said = report.summary.description(texts.tag());
        self.description = said.and_then(|said| said.short.clone());
    }

    fn error(&mut self, texts: &Texts, code: &str) {
        let message = texts.say(&format!("cli-publish-{code}"));
        self.errors.push(Remark { code: code.replace('-', "_"), message });
    }

    fn warning(&mut self, texts: &Texts, code: &str) {
        let message = texts.say(&format!("cli-publish-{code}"));
        self.warnings.push(Remark { code: code.replace('-', "_"), message });
    }

    /// The findings as lines.
    pub fn words(&self, texts: &Texts) -> String {
        let line =
            |key: &str, remark: &Remark| texts.with(key, &[("message", (&remark.message).into())]);
        let errors = self.errors.iter().map(|remark| line("cli-publish-error", remark));
        let warnings = self.warnings.iter().map(|remark| line("cli-publish-warning", remark));
        let mut lines: Vec<String> = errors.chain(warnings).collect();
        let key = if self.publishable { "cli-publish-ready" } else { "cli-publish-not-ready" };
        lines.push(texts.say(key));
        lines.join("\n")
    }
}
