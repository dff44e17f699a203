//! `forge milestone`: slices of the work, delivered, accepted and sent back.

use clap::{Args, Subcommand};
use forge_api::milestones::{Delivery, MilestoneFile, NewUnmet, Rejection};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use ureq::http::Method;

use super::call::put_to_vote;
use crate::{
    client::path,
    commands::api::read,
    context::Context,
    failure::{Exit, Failure},
    shown,
    table::Table,
    text::Texts,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Milestone {
    List(List),
    Start(One),
    Deliver(Deliver),
    Accept(One),
    Reject(Reject),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    call: String,
}

#[derive(Debug, Args)]
pub(crate) struct One {
    call: String,
    // As `M2` or `2`.
    milestone: String,
}

#[derive(Debug, Args)]
pub(crate) struct Deliver {
    call: String,
    milestone: String,
    #[arg(long)]
    tag: String,
    #[arg(long, value_name = "OWNER/NAME")]
    module: Option<String>,
    #[arg(long, value_name = "FILE")]
    notes: String,
    #[arg(long, value_name = "FILE")]
    report: Option<String>,
    #[arg(long, value_name = "URL")]
    report_url: Option<String>,
    #[arg(long, value_name = "URL")]
    docs_url: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Reject {
    call: String,
    milestone: String,
    // `2=why` for a criterion, or the reason alone for the delivery as a whole.
    #[arg(long, required = true, value_name = "N=WHY")]
    reason: Vec<String>,
}

impl Milestone {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => {
                let at = path(&["calls", &command.call, "milestones"]);
                let told: Vec<MilestoneFile> = context.client()?.get(&at)?;
                context.output.answer(&told, || table(&told, &context.texts))
            }
            Self::Start(one) => step(context, (&one.call, &one.milestone, "start"), &json!({})),
            Self::Deliver(command) => command.run(context),
            Self::Accept(one) => {
                let n = number(&one.milestone, &context.texts)?.to_string();
                let at = ["calls", &one.call, "milestones", &n, "accept"];
                put_to_vote(context, &at, &json!({}))
            }
            Self::Reject(command) => {
                let unmet = command.reason.iter().map(|text| unmet(text)).collect();
                let at = (command.call.as_str(), command.milestone.as_str(), "reject");
                step(context, at, &Rejection { unmet })
            }
        }
    }
}

impl Deliver {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let notes = read(context, &self.notes)?;
        let notes = String::from_utf8(notes).map_err(|_| {
            Failure::new(Exit::Failed, "invalid_call", context.texts.say("cli-not-utf8"))
        })?;
        // Only its digest travels: whoever holds the report can prove that it is the one.
        let report = self.report.as_deref().map(|file| read(context, file)).transpose()?;
        let body = Delivery {
            tag: self.tag.clone(),
            module: self.module.clone(),
            notes,
            report_url: self.report_url.clone(),
            report_sha256: report.map(|bytes| hex(&Sha256::digest(bytes))),
            docs_url: self.docs_url.clone(),
        };
        step(context, (&self.call, &self.milestone, "deliver"), &body)
    }
}

fn hex(bytes: &[u8]) -> String {
    forge_domain::hex::encode(bytes)
}

/// Moves a milestone on, and says where it stands now.
fn step(
    context: &Context,
    (call, milestone, verb): (&str, &str, &str),
    body: &impl serde::Serialize,
) -> Result<(), Failure> {
    let n = number(milestone, &context.texts)?.to_string();
    let at = path(&["calls", call, "milestones", &n, verb]);
    let told: MilestoneFile = context.client()?.change(Method::POST, &at, body)?;
    context.output.answer(&told, || table(std::slice::from_ref(&told), &context.texts))
}

/// The number of a milestone, written `M2` or `2`.
pub(super) fn number(text: &str, texts: &Texts) -> Result<u32, Failure> {
    let digits = text.trim_start_matches(['M', 'm']);
    digits.parse().map_err(|_| {
        let message = texts.with("cli-milestone-number", &[("text", text.into())]);
        Failure::new(Exit::Usage, "milestone_unknown", message)
    })
}

fn unmet(text: &str) -> NewUnmet {
    let whole = || NewUnmet { criterion: 0, reason: text.to_owned() };
    let Some((n, reason)) = text.split_once('=') else { return whole() };
    match n.trim().parse() {
        Ok(criterion) => NewUnmet { criterion, reason: reason.trim().to_owned() },
        Err(_) => whole(),
    }
}

fn table(files: &[MilestoneFile], texts: &Texts) -> String {
    let headings = [
        "cli-col-n",
        "cli-col-milestone",
        ">cli-col-amount",
        "cli-col-due",
        "cli-col-state",
        "cli-col-tag",
        "cli-col-swhid",
    ];
    let mut table = Table::headed(texts, &headings);
    for file in files {
        let last = file.deliveries.last();
        table.row(vec![
            format!("M{}", file.n),
            file.title.clone(),
            shown::amount(&file.amount, &file.currency, texts),
            shown::some_day(file.due_on.as_deref(), texts),
            shown::word("milestone-state", &file.state, texts),
            last.map(|one| one.tag.clone()).unwrap_or_default(),
            last.map(|one| one.swhid_tree.clone()).unwrap_or_default(),
        ]);
    }
    table.render()
}

#[cfg(test)]
mod tests {
    use super::{NewUnmet, unmet};

    #[test]
    fn a_reason_names_its_criterion_or_is_about_the_whole() {
        let at = |criterion, reason: &str| NewUnmet { criterion, reason: reason.to_owned() };
        assert_eq!(unmet("2= No figures"), at(2, "No figures"));
        assert_eq!(unmet("Too late"), at(0, "Too late"));
        assert_eq!(unmet("a=b is wrong"), at(0, "a=b is wrong"));
    }
}
