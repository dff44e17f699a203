//! `forge me`: who one is, and for whom one may act.

use clap::Args;
use forge_api::members;

use crate::{context::Context, failure::Failure, shown, table::Table};

#[derive(Debug, Args)]
pub(crate) struct Me {}

impl Me {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
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
