//! The push of a publication, by the user's own git.

use std::{
    io::{IsTerminal, Read, Write},
    process::Stdio,
};

use forge_api::dialect::Repository;

use crate::{
    client::Client,
    failure::{Exit, Failure},
    git::{self, Git},
};

/// Who pushes from where.
pub(super) struct Push<'a> {
    pub git: &'a Git<'a>,
    pub client: &'a Client<'a>,
    pub login: &'a str,
}

impl Push<'_> {
    /// Pushes a branch and every tag; git's progress and the forge's words go to standard error.
    pub fn run(&self, module: &Repository, branch: &str) -> Result<(), Failure> {
        let mut arguments = Vec::from(git::sign_in_options());
        if self.client.host().is_loopback() {
            // A proxy cannot reach this very machine.
            arguments.extend(["-c", "http.proxy="]);
        }
        let reference = format!("refs/heads/{branch}:refs/heads/{branch}");
        // Its progress is shown even where standard error is kept in a file.
        arguments.extend(["push", "--progress", "--tags", &module.clone_url, &reference]);
        let mut command = self.git.command(&arguments);
        git::sign_in(&mut command, self.login, self.client.token().unwrap_or_default());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let failed = |error: std::io::Error| self.git.failed(&error.to_string());
        let mut child = command.spawn().map_err(failed)?;
        let said = child.stderr.take().map(relay).unwrap_or_default();
        if child.wait().map_err(failed)?.success() {
            return Ok(());
        }
        let rejected = said.contains("[rejected]") || said.contains("[remote rejected]");
        let exit = if rejected { Exit::Conflict } else { Exit::Failed };
        Err(Failure {
            exit,
            code: "push_failed".to_owned(),
            ..self.git.failed(reasons(&said).trim())
        })
    }
}

/// Shows what git says as it says it, and keeps it.
fn relay(mut stream: impl Read) -> String {
    let mut kept = Vec::new();
    let mut some = [0; 4096];
    // A stream that breaks ends: the status tells whether that was a fault.
    while let Ok(length @ 1..) = stream.read(&mut some) {
        let mut shown = std::io::stderr().lock();
        // Progress that nobody can read is no reason to stop the push.
        let _ = shown.write_all(&some[..length]).and_then(|()| shown.flush());
        kept.extend_from_slice(&some[..length]);
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// The lines that say why, without those of progress.
fn reasons(said: &str) -> String {
    let why = |line: &&str| {
        ["remote: ", "error: ", "fatal: ", " ! "].iter().any(|start| line.starts_with(start))
    };
    let lines: Vec<&str> = said.lines().filter(why).collect();
    if lines.is_empty() && !std::io::stderr().is_terminal() {
        return said.trim().to_owned();
    }
    lines.join("\n")
}
