//! `forge call`: paying together.

mod draft;
mod list;
mod simulate;
mod steer;
mod verify;
mod versions;
mod view;
mod watch;
mod work;

use clap::{Args, Subcommand};
use forge_api::calls::{Call as Told, CallCancel};
use serde_json::json;
use ureq::http::Method;

pub(super) use simulate::address;
pub(super) use steer::put_to_vote;

use crate::{client::path, context::Context, failure::Failure, shown};

#[derive(Debug, Subcommand)]
pub(crate) enum Call {
    List(list::List),
    View(View),
    Template(Template),
    New(draft::New),
    Edit(draft::Edit),
    Publish(Publish),
    Simulate(simulate::Simulate),
    Verify(verify::Verify),
    #[command(visible_alias = "early-close")]
    Confirm(Confirm),
    Cancel(Cancel),
    Amend(steer::Amend),
    Versions(versions::Versions),
    Propose(steer::Propose),
    Extend(steer::Extend),
    Contract(steer::Contract),
    Scope(steer::Scope),
    Stop(steer::Stop),
    Supplier(steer::Supplier),
    Joining(steer::OfCouncil),
    Default(steer::OfCouncil),
    Reopen(steer::Reopen),
    Watch(watch::Watch),
    #[command(subcommand)]
    Work(work::Work),
    Close(Close),
}

#[derive(Debug, Args)]
pub(crate) struct View {
    call: String,
}

#[derive(Debug, Args)]
pub(crate) struct Template {}

#[derive(Debug, Args)]
pub(crate) struct Publish {
    call: String,
}

#[derive(Debug, Args)]
pub(crate) struct Confirm {
    call: String,
}

#[derive(Debug, Args)]
pub(crate) struct Cancel {
    call: String,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Close {
    call: String,
    #[arg(long)]
    lessons: Option<String>,
}

impl Call {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::View(command) => {
                let told: Told = context.client()?.get(&path(&["calls", &command.call]))?;
                context.output.answer(&told, || view::sheet(&told, &context.texts))
            }
            Self::Template(_) => {
                let template = draft::template(&context.texts);
                let answer = json!({"template": template});
                context.output.answer(&answer, || template.trim_end().to_owned())
            }
            Self::New(command) => command.run(context),
            Self::Edit(command) => command.run(context),
            Self::Publish(command) => step(context, &command.call, "publish", &json!({})),
            Self::Simulate(command) => command.run(context),
            Self::Verify(command) => command.run(context),
            Self::Confirm(command) => step(context, &command.call, "confirm", &json!({})),
            Self::Cancel(command) => {
                let body = CallCancel { reason: command.reason.clone() };
                step(context, &command.call, "cancel", &body)
            }
            Self::Amend(command) => command.run(context),
            Self::Versions(command) => command.run(context),
            Self::Propose(command) => command.run(context),
            Self::Extend(command) => command.run(context),
            Self::Contract(command) => command.run(context),
            Self::Scope(command) => command.run(context),
            Self::Stop(command) => command.run(context),
            Self::Supplier(command) => command.run(context),
            Self::Joining(command) => command.run(context, "joining"),
            Self::Default(command) => command.run(context, "default"),
            Self::Reopen(command) => command.run(context),
            Self::Watch(command) => command.run(context),
            Self::Work(command) => command.run(context),
            Self::Close(command) => {
                super::refund::close(context, &command.call, command.lessons.as_ref())
            }
        }
    }
}

/// Moves a call on, and says where it stands now.
fn step(
    context: &Context,
    call: &str,
    verb: &str,
    body: &impl serde::Serialize,
) -> Result<(), Failure> {
    let told: Told = context.client()?.change(Method::POST, &path(&["calls", call, verb]), body)?;
    stands(context, &told)
}

/// Says where a call stands.
fn stands(context: &Context, told: &Told) -> Result<(), Failure> {
    context.output.answer(told, || {
        let texts = &context.texts;
        let args = [
            ("ref", (&told.reference).into()),
            ("state", shown::word("call-state", &told.state, texts).into()),
            ("page", (&told.html_url).into()),
        ];
        texts.with("cli-call-stands", &args)
    })
}
