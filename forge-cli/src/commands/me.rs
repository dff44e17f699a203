//! `forge me`: who one is, for whom one may act, what waits for one, and what one is told.

use clap::{Args, Subcommand};
use forge_api::{
    dashboard::Dashboard,
    members,
    notices::{MailChoice, Notice, Read},
};
use serde_json::json;
use ureq::http::Method;

use crate::{context::Context, failure::Failure, shown, table::Table};

#[derive(Debug, Args)]
pub(crate) struct Me {
    #[command(subcommand)]
    command: Option<Mine>,
}

#[derive(Debug, Subcommand)]
enum Mine {
    Todo,
    Notices(Notices),
    Mail(Mail),
}

#[derive(Debug, Args)]
struct Notices {
    #[arg(long)]
    unread: bool,
    #[arg(long)]
    mark_read: bool,
}

#[derive(Debug, Args)]
struct Mail {
    #[arg(value_name = "TOPIC", requires = "when")]
    topic: Option<String>,
    #[arg(value_parser = ["at_once", "daily", "never"])]
    when: Option<String>,
}

impl Notices {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        if self.mark_read {
            client.changed(Method::PUT, "/me/notices/read", &Read { ids: Vec::new() })?;
            return context
                .output
                .answer(&json!({ "read": "all" }), || context.texts.say("cli-done"));
        }
        let mut notices: Vec<Notice> = client.list("/me/notices")?;
        notices.retain(|notice| !self.unread || !notice.read);
        context.output.answer(&notices, || {
            let texts = &context.texts;
            if notices.is_empty() {
                return texts.say("notices-none");
            }
            let mut table = Table::of_pairs();
            for notice in &notices {
                table.pair(shown::day(&notice.at, texts), &*notice.text);
            }
            table.render()
        })
    }
}

impl Mail {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let choices: Vec<MailChoice> = match (&self.topic, &self.when) {
            (Some(topic), Some(mail)) => {
                let chosen = MailChoice { topic: topic.clone(), mail: mail.clone() };
                client.change(Method::PUT, "/me/mail", &[chosen])?
            }
            _ => client.get("/me/mail")?,
        };
        context.output.answer(&choices, || {
            let texts = &context.texts;
            let mut table = Table::of_pairs();
            for choice in &choices {
                let topic = texts.say(&format!("notices-topic-{}", choice.topic));
                let mail = choice.mail.replace('_', "-");
                table.pair(topic, texts.say(&format!("notices-mail-{mail}")));
            }
            table.render()
        })
    }
}

impl Me {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match &self.command {
            Some(Mine::Todo) => todo(context),
            Some(Mine::Notices(notices)) => notices.run(context),
            Some(Mine::Mail(mail)) => mail.run(context),
            None => Self::show(context),
        }
    }

    fn show(context: &Context) -> Result<(), Failure> {
        let me: members::Me = context.client()?.get("/me")?;
        context.output.answer(&me, || {
            let texts = &context.texts;
            let mut table = Table::of_pairs();
            let name = format!("{} ({})", me.person.full_name, me.person.login);
            table.pair(texts.say("cli-col-name"), name);
            table.pair(texts.say("cli-col-email"), &*me.email);
            if me.is_admin {
                table.pair(texts.say("cli-col-role"), texts.say("role-forge-admin"));
            }
            for held in &me.roles {
                let until = held.valid_until.as_deref();
                let until = until.map(|day| {
                    texts.with("common-until", &[("date", shown::day(day, texts).into())])
                });
                let role = shown::word("role", &held.role, texts);
                let line = format!("{} · {role} {}", held.council, until.unwrap_or_default());
                table.pair(texts.say("cli-col-role"), line.trim_end());
            }
            for given in &me.mandates {
                let max = shown::amount(&given.max_amount, &given.currency, texts);
                let day = shown::day(&given.valid_until, texts);
                let until = texts.with("common-until", &[("date", day.into())]);
                let line = format!("{} · {max} · {} · {until}", given.council, given.act_ref);
                table.pair(texts.say("cli-col-mandate"), line);
            }
            table.render()
        })
    }
}

/// What waits for whoever asks; `--json` tells the whole dashboard.
fn todo(context: &Context) -> Result<(), Failure> {
    let read: Dashboard = context.client()?.get("/me/dashboard")?;
    context.output.answer(&read, || {
        let texts = &context.texts;
        if read.todo.is_empty() {
            return texts.say("cli-todo-none");
        }
        let heads = ["cli-col-due", "cli-col-task", "cli-col-subject", "cli-col-who"];
        let mut table = Table::headed(texts, &heads);
        for one in &read.todo {
            table.row(vec![
                shown::some_day(one.due_on.as_deref(), texts),
                shown::word("todo", &one.task, texts),
                one.subject.clone(),
                one.who.clone().unwrap_or_else(|| shown::NOTHING.to_owned()),
            ]);
        }
        table.render()
    })
}
