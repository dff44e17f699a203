//! `forge vote`: what councils decide together.

use std::io::{self, IsTerminal};

use clap::{Args, Subcommand};
use forge_api::votes::{NewBallot, NewVote, NewWriteOff, Vote as Told};
use serde_json::json;
use ureq::http::Method;

use crate::{client::path, context::Context, failure::Failure, shown, table::Table, text::Texts};

#[derive(Debug, Subcommand)]
pub(crate) enum Vote {
    List(List),
    Show(Show),
    Open(Open),
    WriteOff(WriteOff),
    Cast(Cast),
    Withdraw(Show),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    #[arg(long, required_unless_present = "council")]
    space: Option<String>,
    #[arg(long, conflicts_with = "space")]
    council: Option<String>,
    #[arg(long, value_parser = ["open", "passed", "rejected", "withdrawn"])]
    state: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    vote: String,
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    space: String,
    #[arg(long)]
    question: String,
    #[arg(long)]
    explanation: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct WriteOff {
    space: String,
    #[arg(long)]
    call: String,
    // A council, or a grant such as `grant:state`.
    #[arg(long)]
    debtor: String,
    #[arg(long)]
    explanation: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Cast {
    vote: String,
    #[arg(long)]
    council: String,
    #[arg(long, value_parser = ["yes", "no", "abstain"])]
    choice: String,
    #[arg(long, value_name = "N")]
    offer: Option<u32>,
    #[arg(long)]
    comment: Option<String>,
}

impl Vote {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::Show(command) => {
                let told: Told = context.client()?.get(&path(&["votes", &command.vote]))?;
                answer(context, &told)
            }
            Self::Open(command) => {
                let body = NewVote {
                    question: command.question.clone(),
                    explanation: command.explanation.clone(),
                };
                let path = path(&["spaces", &command.space, "votes"]);
                let told: Told = context.client()?.change(Method::POST, &path, &body)?;
                answer(context, &told)
            }
            Self::WriteOff(command) => {
                let body = NewWriteOff {
                    call: command.call.clone(),
                    debtor: command.debtor.clone(),
                    explanation: command.explanation.clone(),
                };
                let path = path(&["spaces", &command.space, "write-offs"]);
                let told: Told = context.client()?.change(Method::POST, &path, &body)?;
                answer(context, &told)
            }
            Self::Cast(command) => command.run(context),
            Self::Withdraw(command) => {
                let at = path(&["votes", &command.vote, "withdraw"]);
                let told: Told = context.client()?.change(Method::POST, &at, &json!({}))?;
                answer(context, &told)
            }
        }
    }
}

impl List {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let (noun, slug) = match (&self.space, &self.council) {
            (_, Some(council)) => ("councils", council),
            (Some(space), None) => ("spaces", space),
            (None, None) => return Ok(()),
        };
        let mut found: Vec<Told> = context.client()?.list(&path(&[noun, slug, "votes"]))?;
        if let Some(state) = &self.state {
            found.retain(|vote| vote.state == *state);
        }
        context.output.answer(&found, || {
            let texts = &context.texts;
            let headings = [
                "cli-col-ref",
                "cli-col-question",
                "cli-col-state",
                "cli-col-until",
                ">cli-col-turnout",
            ];
            let mut table = Table::headed(texts, &headings);
            for vote in &found {
                table.row(vec![
                    vote.reference.clone(),
                    vote.question.clone(),
                    shown::word("vote-state", &vote.state, texts),
                    shown::day(&vote.closes_at, texts),
                    format!("{}/{}", vote.took_part, vote.electors.len()),
                ]);
            }
            context.listed(found.len(), &table)
        })
    }
}

impl Cast {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        if !context.globals.yes && io::stdin().is_terminal() {
            let asked: Told = client.get(&path(&["votes", &self.vote]))?;
            let choice = shown::word("vote-choice", &self.choice, &context.texts);
            let args = [
                ("question", (&asked.question).into()),
                ("choice", choice.into()),
                ("council", (&self.council).into()),
            ];
            eprintln!("{}", context.texts.with("cli-vote-meaning", &args));
            context.typed("cli-commit-ask", &self.council)?;
        }
        let body = NewBallot {
            choice: self.choice.clone(),
            offer: self.offer,
            comment: self.comment.clone(),
        };
        let path = path(&["votes", &self.vote, "ballots", &self.council]);
        let told: Told = client.change(Method::PUT, &path, &body)?;
        answer(context, &told)
    }
}

/// Tells a vote, as it stands now.
pub(crate) fn answer(context: &Context, told: &Told) -> Result<(), Failure> {
    context.output.answer(told, || sheet(told, &context.texts))
}

fn sheet(told: &Told, texts: &Texts) -> String {
    let mut table = Table::of_pairs();
    table.pair(texts.say("cli-col-ref"), &*told.reference);
    table.pair(texts.say("cli-col-question"), &*told.question);
    table.pair(texts.say("cli-col-kind"), shown::word("vote-kind", &told.kind, texts));
    table.pair(texts.say("cli-col-state"), shown::word("vote-state", &told.state, texts));
    table.pair(texts.say("cli-col-until"), shown::day(&told.closes_at, texts));
    table.pair(texts.say("cli-col-rule"), shown::word("vote-rule", &told.terms.rule, texts));
    let turnout = format!("{}/{}", told.took_part, told.electors.len());
    table.pair(texts.say("cli-col-turnout"), turnout);
    if let Some(result) = &told.result {
        let reason = shown::word("vote-reason", &result.reason, texts);
        table.pair(texts.say("cli-col-reason"), reason);
    }
    table.pair(texts.say("cli-col-page"), &*told.html_url);
    for offer in &told.offers {
        let said = format!("{}. {} ({})", offer.n, offer.supplier, offer.reference);
        let won = told.result.as_ref().and_then(|result| result.offer) == Some(offer.n);
        let mark = if won { " ✓" } else { "" };
        let asked = shown::amount(&offer.amount, &offer.currency, texts);
        table.pair(texts.say("cli-col-offer"), format!("{said} {asked}{mark}"));
    }
    let headings = ["cli-col-council", ">cli-col-weight", "cli-col-ballot", "cli-col-note"];
    let mut bodies = Table::headed(texts, &headings);
    for elector in &told.electors {
        let choice = elector.choice.as_ref();
        bodies.row(vec![
            elector.council.clone(),
            texts.formats().number(elector.weight),
            choice.map_or_else(
                || shown::NOTHING.to_owned(),
                |choice| ballot(choice, elector.offer, texts),
            ),
            elector.comment.clone().unwrap_or_default(),
        ]);
    }
    format!("{}\n\n{}", table.render(), bodies.render())
}

/// What a body said, with the number of the offer it is for.
fn ballot(choice: &str, offer: Option<u32>, texts: &Texts) -> String {
    let said = shown::word("vote-choice", &choice, texts);
    offer.map_or_else(|| said.clone(), |offer| format!("{said} ({offer})"))
}
