//! `forge space join`, `admit` and `leave`.

use clap::Args;
use forge_api::spaces::{JoinSpace, SetSpaceMember, SpaceMember, SpaceMembership};
use serde_json::json;
use ureq::http::Method;

use crate::{client::path, context::Context, failure::Failure, shown};

#[derive(Debug, Args)]
pub(crate) struct Join {
    space: String,
    #[arg(long)]
    council: String,
    #[arg(long)]
    observer: bool,
    #[arg(long, value_name = "ACT")]
    act_ref: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Admit {
    space: String,
    #[arg(long)]
    council: String,
    #[arg(long)]
    observer: bool,
    #[arg(long, conflicts_with = "observer")]
    suspended: bool,
    #[arg(long, value_name = "ACT")]
    act_ref: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Leave {
    space: String,
    #[arg(long)]
    council: String,
}

impl Join {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = JoinSpace {
            council: self.council.clone(),
            status: Some(standing(self.observer)),
            act_ref: self.act_ref.clone(),
        };
        let path = path(&["spaces", &self.space, "members"]);
        told(context, &context.client()?.change(Method::POST, &path, &body)?)
    }
}

impl Admit {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let act_ref = self.act_ref.clone();
        let status =
            if self.suspended { SpaceMembership::Suspended } else { standing(self.observer) };
        let body = SetSpaceMember { status, act_ref };
        let path = path(&["spaces", &self.space, "members", &self.council]);
        told(context, &context.client()?.change(Method::PATCH, &path, &body)?)
    }
}

impl Leave {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let path = path(&["spaces", &self.space, "members", &self.council]);
        context.client()?.delete(&path)?;
        let answer = json!({"space": self.space, "council": self.council});
        context.output.answer(&answer, || context.texts.say("cli-done"))
    }
}

fn standing(observer: bool) -> SpaceMembership {
    if observer { SpaceMembership::Observer } else { SpaceMembership::Contributor }
}

fn told(context: &Context, member: &SpaceMember) -> Result<(), Failure> {
    context.output.answer(member, || {
        let texts = &context.texts;
        let state = shown::word("cli-membership", &member.status, texts);
        let args = [("council", (&member.name).into()), ("state", state.into())];
        texts.with("cli-space-member", &args)
    })
}
