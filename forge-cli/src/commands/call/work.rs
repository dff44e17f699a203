//! `forge call work`: days that councils give to the milestones of a call.

use clap::{Args, Subcommand};
use forge_api::work::{NewWork, Work as Told, WorkRefusal};
use serde_json::json;
use ureq::http::Method;

use crate::{
    client::path, commands::milestone::number, context::Context, failure::Failure, shown,
    table::Table, text::Texts,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Work {
    List(List),
    Offer(Offer),
    Withdraw(One),
    Agree(One),
    Refuse(Refuse),
    Deliver(One),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    call: String,
}

#[derive(Debug, Args)]
pub(crate) struct Offer {
    call: String,
    // As `M2` or `2`.
    milestone: String,
    #[arg(long)]
    council: String,
    #[arg(long)]
    days: String,
    #[arg(long)]
    task: String,
}

#[derive(Debug, Args)]
pub(crate) struct One {
    call: String,
    work: String,
}

#[derive(Debug, Args)]
pub(crate) struct Refuse {
    call: String,
    work: String,
    #[arg(long)]
    reason: String,
}

impl Work {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => {
                let told: Vec<Told> =
                    context.client()?.get(&path(&["calls", &command.call, "in-kind"]))?;
                context.output.answer(&told, || table(&told, &context.texts))
            }
            Self::Offer(command) => {
                let body = NewWork {
                    council: command.council.clone(),
                    milestone: number(&command.milestone, &context.texts)?,
                    days: command.days.clone(),
                    task: command.task.clone(),
                };
                change(context, &["calls", &command.call, "in-kind"], &body)
            }
            Self::Withdraw(one) => one.step(context, "withdraw"),
            Self::Agree(one) => one.step(context, "agree"),
            Self::Refuse(command) => {
                let body = WorkRefusal { reason: command.reason.clone() };
                change(
                    context,
                    &["calls", &command.call, "in-kind", &command.work, "refuse"],
                    &body,
                )
            }
            Self::Deliver(one) => one.step(context, "deliver"),
        }
    }
}

impl One {
    fn step(&self, context: &Context, verb: &str) -> Result<(), Failure> {
        change(context, &["calls", &self.call, "in-kind", &self.work, verb], &json!({}))
    }
}

/// Changes work, and says where it stands now.
fn change(context: &Context, at: &[&str], body: &impl serde::Serialize) -> Result<(), Failure> {
    let told: Told = context.client()?.change(Method::POST, &path(at), body)?;
    context.output.answer(&told, || table(std::slice::from_ref(&told), &context.texts))
}

fn table(all: &[Told], texts: &Texts) -> String {
    let headings = [
        "cli-col-ref",
        "cli-col-council",
        "cli-col-milestone",
        ">cli-col-days",
        ">cli-col-value",
        "cli-col-state",
        "cli-col-counted",
        "cli-col-task",
    ];
    let mut table = Table::headed(texts, &headings);
    for work in all {
        let counted = if work.counted { "common-yes" } else { "common-no" };
        table.row(vec![
            work.reference.clone(),
            work.council.clone(),
            format!("M{}", work.milestone),
            shown::days(&work.days, texts),
            shown::amount(&work.value, &work.currency, texts),
            shown::word("work-state", &work.state, texts),
            texts.say(counted),
            work.task.clone(),
        ]);
    }
    table.render()
}
