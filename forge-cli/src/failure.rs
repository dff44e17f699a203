//! How a command fails: with a status programs know, a code, a sentence and what to do next.

use std::fmt;

/// The exit statuses of the product; 2, for a command line that cannot be read, is clap's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Refused or failed.
    Failed = 1,
    /// The command line asks for something that cannot be.
    Usage = 2,
    /// Not signed in, or not allowed.
    NotAllowed = 3,
    /// There is no such thing, or it may not be seen.
    NotFound = 4,
    /// It exists already, or has changed meanwhile.
    Conflict = 5,
    /// What was checked is not sound.
    Unsound = 6,
}

/// Why a command did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The exit status.
    pub exit: Exit,
    /// A stable word for programs.
    pub code: String,
    /// A sentence.
    pub message: String,
    /// What to do next, where something is known.
    pub hint: Option<String>,
    /// Every fault found, when there are several.
    pub faults: Vec<String>,
    /// Whether the command's answer has said it all already: then nothing is added to it.
    pub told: bool,
}

impl Failure {
    /// A failure without a hint.
    pub fn new(exit: Exit, code: impl Into<String>, message: impl Into<String>) -> Self {
        let (code, message) = (code.into(), message.into());
        Self { exit, code, message, hint: None, faults: Vec::new(), told: false }
    }

    /// A failure of which the answer already given tells everything but the status.
    pub fn told(exit: Exit) -> Self {
        Self { told: true, ..Self::new(exit, "told", "") }
    }

    /// The same failure with what to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
