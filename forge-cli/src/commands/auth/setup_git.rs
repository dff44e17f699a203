//! `forge auth setup-git`: let git use the token for the forge.

use std::process::Command;

use clap::Args;
use serde_json::json;

use crate::{
    context::Context,
    failure::{Exit, Failure},
};

#[derive(Debug, Args)]
pub(crate) struct SetupGit {}

impl SetupGit {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let host = context.host()?;
        if context.token(&host)?.is_none() {
            return Err(context.not_signed_in());
        }
        let program = std::env::current_exe()
            .map_err(|error| Failure::new(Exit::Failed, "internal", error.to_string()))?;
        let helper = format!("!{} auth git-credential", quoted(&program.display().to_string()));
        let key = format!("credential.{host}.helper");
        // An empty helper first: for this forge, git shall ask no helper set for all hosts.
        git(context, &["config", "--global", "--replace-all", &key, ""])?;
        git(context, &["config", "--global", "--add", &key, &helper])?;
        let answer = json!({"host": host.as_str(), "helper": helper});
        context.output.answer(&answer, || {
            context.texts.with("cli-setup-git-done", &[("host", host.as_str().into())])
        })
    }
}

fn git(context: &Context, arguments: &[&str]) -> Result<(), Failure> {
    let fail = |reason: String| {
        let message = context.texts.with("cli-git-failed", &[("reason", reason.into())]);
        Failure::new(Exit::Failed, "git", message)
    };
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| fail(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(fail(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// A path as the shell that git runs helpers with takes it, spaces and all.
fn quoted(path: &str) -> String {
    format!("'{}'", path.replace('\'', r"'\''"))
}
