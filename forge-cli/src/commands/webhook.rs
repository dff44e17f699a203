//! `forge webhook`: programs that are told what happens in a council or a space.

use std::{fs, io::Read as _, path::PathBuf};

use clap::{Args, Subcommand};
use forge_api::webhooks::{Hook, HookDelivery, NewHook, NewHookConfig};
use serde_json::json;
use ureq::http::Method;

use crate::{
    client::path,
    context::Context,
    failure::{Exit, Failure},
    shown,
    table::Table,
    text::Texts,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Webhook {
    List(List),
    Add(Add),
    Remove(One),
    Test(One),
    Deliveries(One),
    Redeliver(Redeliver),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    owner: String,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    owner: String,
    url: String,
    #[arg(long, value_parser = ["json", "rocketchat"], default_value = "json")]
    format: String,
    #[arg(long = "event", value_name = "KIND")]
    events: Vec<String>,
    // Never the secret itself: what stands on a command line is there for all to read.
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    #[arg(long)]
    inactive: bool,
}

#[derive(Debug, Args)]
pub(crate) struct One {
    owner: String,
    number: i64,
}

#[derive(Debug, Args)]
pub(crate) struct Redeliver {
    owner: String,
    number: i64,
    delivery: String,
}

impl Webhook {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::Add(command) => command.run(context),
            Self::Remove(command) => command.remove(context),
            Self::Test(command) => command.test(context),
            Self::Deliveries(command) => command.deliveries(context),
            Self::Redeliver(command) => command.run(context),
        }
    }
}

impl List {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let hooks: Vec<Hook> = context.client()?.list(&path(&["orgs", &self.owner, "hooks"]))?;
        context.output.answer(&hooks, || listed(&hooks, &context.texts))
    }
}

impl Add {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewHook {
            r#type: None,
            format: Some(self.format.clone()),
            config: NewHookConfig { url: Some(self.url.clone()), secret: self.secret(context)? },
            events: Some(self.events.clone()),
            active: Some(!self.inactive),
        };
        let path = path(&["orgs", &self.owner, "hooks"]);
        let hook: Hook = context.client()?.change(Method::POST, &path, &body)?;
        context.output.answer(&hook, || {
            let number = hook.id.to_string();
            let added = context.texts.with("cli-webhook-added", &[("number", number.into())]);
            let Some(secret) = &hook.secret else { return added };
            format!(
                "{added}\n{}",
                context.texts.with("cli-webhook-secret", &[("secret", secret.into())])
            )
        })
    }

    fn secret(&self, context: &Context) -> Result<Option<String>, Failure> {
        let Some(file) = &self.secret_file else { return Ok(None) };
        let read = if file.as_os_str() == "-" {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        } else {
            fs::read_to_string(file)
        };
        let text = read.map_err(|error| {
            let path = file.display().to_string();
            let args = [("path", path.into()), ("reason", error.to_string().into())];
            let said = context.texts.with("cli-no-file", &args);
            Failure::new(Exit::Failed, "unreadable_file", said)
        })?;
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }
}

impl One {
    fn path(&self, more: &[&str]) -> String {
        let number = self.number.to_string();
        path(&[&["orgs", &self.owner, "hooks", &number], more].concat())
    }

    fn remove(&self, context: &Context) -> Result<(), Failure> {
        context.client()?.delete(&self.path(&[]))?;
        let answer = json!({ "id": self.number, "removed": true });
        context.output.answer(&answer, || context.texts.say("cli-done"))
    }

    fn test(&self, context: &Context) -> Result<(), Failure> {
        context.client()?.changed(Method::POST, &self.path(&["tests"]), &json!({}))?;
        let answer = json!({ "id": self.number, "asked": true });
        context.output.answer(&answer, || context.texts.say("cli-webhook-tested"))
    }

    fn deliveries(&self, context: &Context) -> Result<(), Failure> {
        let found: Vec<HookDelivery> = context.client()?.list(&self.path(&["deliveries"]))?;
        context.output.answer(&found, || told(&found, &context.texts))
    }
}

impl Redeliver {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let one = One { owner: self.owner.clone(), number: self.number };
        let path = one.path(&["deliveries", &self.delivery, "redeliver"]);
        context.client()?.changed(Method::POST, &path, &json!({}))?;
        let answer = json!({ "id": self.delivery, "asked": true });
        context.output.answer(&answer, || context.texts.say("cli-webhook-tested"))
    }
}

fn listed(hooks: &[Hook], texts: &Texts) -> String {
    let columns =
        [">cli-col-number", "cli-col-address", "cli-col-format", "cli-col-events", "cli-col-state"];
    let mut table = Table::headed(texts, &columns);
    for hook in hooks {
        let active = match (&hook.stopped, hook.active) {
            (Some(why), _) => texts.say(&format!("webhook-stopped-{why}")),
            (None, true) => texts.say("webhook-active"),
            (None, false) => texts.say("webhook-inactive"),
        };
        table.row(vec![
            hook.id.to_string(),
            hook.config.url.clone(),
            hook.format.clone(),
            if hook.events.is_empty() { "*".to_owned() } else { hook.events.join(" ") },
            active,
        ]);
    }
    table.render()
}

fn told(found: &[HookDelivery], texts: &Texts) -> String {
    let columns = [
        "cli-col-id",
        "cli-col-event",
        "cli-col-state",
        ">cli-col-attempts",
        ">cli-col-status",
        "cli-col-answer",
    ];
    let mut table = Table::headed(texts, &columns);
    for one in found {
        let subject = one.subject.as_deref().unwrap_or_default();
        table.row(vec![
            one.id.clone(),
            format!("{} {subject}", one.event).trim_end().to_owned(),
            shown::word("webhook-state", &one.state, texts),
            one.attempts.to_string(),
            one.status.map(|status| status.to_string()).unwrap_or_default(),
            one.said.clone().unwrap_or_default(),
        ]);
    }
    table.render()
}
