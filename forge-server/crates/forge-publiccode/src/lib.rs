//! `publiccode.yml`: the sheet by which catalogues find and describe public software.
//!
//! [`check`] reads a file of version 0.2 to 0.7 (or 1) and tells what is wrong, each time with line
//! and column, and what the sheet says. Nothing is fetched: whether an address answers or a picture
//! is one is not asked here.
//!
//! Source of the rules: the standard's 0.7 text and the behaviour of its reference parser
//! (domain.md §c5).

mod finding;
mod formats;
mod rules;
mod schema;
mod summary;
mod tree;
mod vocabulary;
mod walk;

pub use finding::{Finding, Form, Kind, Problem, Severity};
pub use summary::{Description, Organisation, Summary};

/// The name of the file, at the root of the default branch.
pub const FILE_NAME: &str = "publiccode.yml";

/// What was found in a file, and what the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What makes the file invalid, in the order of the file.
    pub errors: Vec<Finding>,
    /// What one should mend, in the order of the file.
    pub warnings: Vec<Finding>,
    /// What the sheet says, as far as it could be read.
    pub summary: Summary,
}

impl Report {
    /// Whether catalogues will take the file.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }
}

/// Checks a file, given as the bytes git keeps.
pub fn check(bytes: impl AsRef<[u8]>) -> Report {
    let root = match tree::parse(bytes.as_ref()) {
        Ok(root) => root,
        Err(errors) => return Report { errors, ..Report::default() },
    };
    let mut findings = walk::walk(&root);
    rules::apply(&root, &mut findings);
    findings.sort_by_key(|finding| (finding.line, finding.column));
    let (errors, warnings) =
        findings.into_iter().partition(|finding| finding.severity == Severity::Error);
    Report { errors, warnings, summary: summary::read(&root) }
}
