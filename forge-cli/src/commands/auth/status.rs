//! `forge auth status`: on which forges one is signed in, and whether they agree.

use clap::Args;
use forge_api::dialect::User;
use serde::Serialize;

use crate::{
    client::Client,
    context::Context,
    failure::{Exit, Failure},
    hosts::Host,
};

#[derive(Debug, Args)]
pub(crate) struct Status {}

/// One forge and what it says of the token.
#[derive(Serialize)]
struct Standing {
    host: String,
    login: Option<String>,
    /// Whether it is the forge meant when none is named.
    active: bool,
    valid: bool,
    /// What is wrong, where something is.
    reason: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    hosts: Vec<Standing>,
}

impl Status {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let active = context.host()?;
        let mut forges: Vec<Host> = context.hosts()?.all().map(|(host, _)| host).collect();
        if context.named_host()?.is_some() {
            forges = vec![active.clone()];
        }
        let mut hosts = Vec::new();
        for host in forges {
            hosts.push(standing(context, host, &active)?);
        }
        let signed_in = hosts.iter().any(|found| found.active && found.valid);
        let answer = Answer { hosts };
        if !signed_in && context.output.is_json() {
            return Err(context.not_signed_in());
        }
        context.output.answer(&answer, || {
            let lines = answer.hosts.iter().map(|found| words(context, found));
            lines.collect::<Vec<_>>().join("\n")
        })?;
        if signed_in { Ok(()) } else { Err(context.not_signed_in()) }
    }
}

fn standing(context: &Context, host: Host, active: &Host) -> Result<Standing, Failure> {
    // A token given by flag or environment is meant for the active forge, never for another.
    let kept = context.hosts()?.account(&host).map(|account| account.token.clone());
    let token = if host == *active { context.token(&host)? } else { kept };
    let standing = Standing {
        host: host.as_str().to_owned(),
        login: None,
        active: host == *active,
        valid: false,
        reason: None,
    };
    let Some(token) = token else {
        return Ok(Standing { reason: Some(context.not_signed_in().message), ..standing });
    };
    match Client::new(host, Some(token), &context.texts).get::<User>("/user") {
        Ok(user) => Ok(Standing { login: Some(user.login), valid: true, ..standing }),
        Err(failure) if failure.exit == Exit::Usage => Err(failure),
        Err(failure) => Ok(Standing { reason: Some(failure.message), ..standing }),
    }
}

fn words(context: &Context, found: &Standing) -> String {
    let host = || ("host", found.host.as_str().into());
    match (&found.login, &found.reason) {
        (Some(login), _) => {
            let key = if found.active { "cli-status-active" } else { "cli-status-other" };
            context.texts.with(key, &[host(), ("login", login.into())])
        }
        (None, reason) => {
            let reason = reason.clone().unwrap_or_default();
            context.texts.with("cli-status-invalid", &[host(), ("reason", reason.into())])
        }
    }
}
