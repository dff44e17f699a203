//! `forge auth login`: sign in with a token made on the forge's settings page.

use std::io;

use clap::Args;
use forge_api::dialect::User;
use serde_json::json;

use crate::{
    client::Client,
    context::Context,
    failure::{Exit, Failure},
    hosts::Account,
    prompt,
};

#[derive(Debug, Args)]
pub(crate) struct Login {
    #[arg(long)]
    with_token: bool,
}

impl Login {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let texts = &context.texts;
        let failed =
            |error: io::Error| Failure::new(Exit::Failed, "unreadable_file", error.to_string());
        let host = match context.named_host()? {
            Some(host) => host,
            None if self.with_token => {
                return Err(Failure::new(Exit::Usage, "no_host", texts.say("cli-login-no-host")));
            }
            None => {
                let asked = prompt::line(&texts.say("cli-login-ask-host")).map_err(failed)?;
                context.read_host(&asked)?
            }
        };
        let token = match &context.globals.token {
            Some(token) if !self.with_token => token.clone(),
            _ => {
                let page = host.join("/-/settings");
                let question = texts.with("cli-login-ask-token", &[("page", page.into())]);
                prompt::secret(&question).map_err(failed)?
            }
        };
        if token.is_empty() {
            return Err(Failure::new(Exit::Usage, "no_token", texts.say("cli-login-no-token")));
        }
        // Asked before anything is kept: a wrong token leaves everything as it was.
        let client = Client::new(host.clone(), Some(token.clone()), texts);
        let user: User = client.get("/user").map_err(|failure| match failure.exit {
            Exit::NotAllowed => failure.hint(texts.say("cli-login-wrong-token")),
            _ => failure,
        })?;
        let mut hosts = context.hosts()?;
        hosts.sign_in(&host, Account { login: user.login.clone(), token });
        context.save_hosts(&hosts)?;
        let answer = json!({"host": host.as_str(), "login": user.login});
        context.output.answer(&answer, || {
            let args = [("login", (&user.login).into()), ("host", host.as_str().into())];
            texts.with("cli-login-done", &args)
        })
    }
}
