//! The user's own git, run in a folder.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    failure::{Exit, Failure},
    text::Texts,
};

/// git in a folder.
pub(crate) struct Git<'a> {
    folder: PathBuf,
    texts: &'a Texts,
}

impl<'a> Git<'a> {
    /// git as if started in this folder.
    pub fn new(folder: impl Into<PathBuf>, texts: &'a Texts) -> Self {
        Self { folder: folder.into(), texts }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What a command prints; a failure is told in git's own words.
    pub fn bytes(&self, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
        let output = self.command(arguments).stdin(Stdio::null()).output();
        let output = output.map_err(|error| self.failed(&error.to_string()))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(self.failed(String::from_utf8_lossy(&output.stderr).trim()))
    }

    /// What a command prints, as text without the last line's end.
    pub fn text(&self, arguments: &[&str]) -> Result<String, Failure> {
        let bytes = self.bytes(arguments)?;
        Ok(String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_owned())
    }

    /// What a command prints, or nothing where it fails: for questions whose answer may be no.
    pub fn found(&self, arguments: &[&str]) -> Option<Vec<u8>> {
        self.bytes(arguments).ok()
    }

    /// A command to be run otherwise than [`Git::bytes`] does.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // Messages are read for what they say, and quoted paths would hide names.
        command.arg("-C").arg(&self.folder).args(["-c", "core.quotePath=false"]).args(arguments);
        command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0");
        // A hook or an alias that runs us may have set these for another repository.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(name);
        }
        command
    }

    /// The failure of a command.
    pub fn failed(&self, reason: &str) -> Failure {
        let message = self.texts.with("cli-git-failed", &[("reason", reason.into())]);
        Failure::new(Exit::Failed, "git", message)
    }
}

/// Lets git sign in with a token for one command, without the token in its arguments, where every
/// user of the machine could read them, nor in any file.
pub(crate) fn sign_in(command: &mut Command, login: &str, token: &str) {
    command.env("FORGE_GIT_LOGIN", login).env("FORGE_GIT_PASSWORD", token);
}

/// The options of [`sign_in`], for before the name of git's command: they name the variables only.
pub(crate) fn sign_in_options() -> [&'static str; 4] {
    const HELPER: &str = "credential.helper=!f() { test \"$1\" = get && printf \
                          'username=%s\\npassword=%s\\n' \"$FORGE_GIT_LOGIN\" \
                          \"$FORGE_GIT_PASSWORD\"; }; f";
    // The empty one first forgets every helper set before.
    ["-c", "credential.helper=", "-c", HELPER]
}

/// The lines of what git printed with `-z`, as names.
pub(crate) fn names(bytes: &[u8]) -> Vec<String> {
    let names = bytes.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}
