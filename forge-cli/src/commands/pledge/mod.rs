//! `forge pledge`: what a council says it will pay.

mod amend;
mod commit;
mod follow;
mod intend;
mod join;
mod list;
mod pack;
mod substitute;
mod visa;
mod withdraw;

pub(super) use commit::Act;

use clap::Subcommand;
use forge_api::{
    Amount,
    pledges::{Pledge as Told, PledgeState},
};
use forge_domain::money::{AmountError, Currency};
use serde::Serialize;

use crate::{
    context::Context,
    failure::{Exit, Failure},
    shown,
    text::Texts,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Pledge {
    List(list::List),
    Show(list::Show),
    Pack(pack::Pack),
    Intend(intend::Intend),
    Schedule(follow::Schedule),
    Attest(visa::Attest),
    Return(visa::Return),
    Refuse(visa::Refuse),
    Visas(visa::Visas),
    Commit(commit::Commit),
    Amend(amend::Amend),
    ConfirmOrder(follow::ConfirmOrder),
    Withdraw(withdraw::Withdraw),
    Substitute(substitute::Substitute),
    Join(join::Join),
}

impl Pledge {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::Show(command) => command.run(context),
            Self::Pack(command) => command.run(context),
            Self::Intend(command) => command.run(context),
            Self::Attest(command) => command.run(context),
            Self::Return(command) => command.run(context),
            Self::Refuse(command) => command.run(context),
            Self::Visas(command) => command.run(context),
            Self::Commit(command) => command.run(context),
            Self::Schedule(command) => command.run(context),
            Self::Amend(command) => command.run(context),
            Self::ConfirmOrder(command) => command.run(context),
            Self::Withdraw(command) => command.run(context),
            Self::Substitute(command) => command.run(context),
            Self::Join(command) => command.run(context),
        }
    }
}

/// What a pledge comes to, as programs are told.
#[derive(Serialize)]
struct Summary<'a> {
    #[serde(rename = "ref")]
    reference: &'a str,
    state: PledgeState,
    share_now: Option<&'a Amount>,
    share_if_all_join: Option<&'a Amount>,
    ceiling: Option<&'a Amount>,
    awaits: &'a [String],
}

/// Says what a pledge comes to.
fn summary(context: &Context, told: &Told) -> Result<(), Failure> {
    let answer = Summary {
        reference: &told.reference,
        state: told.state,
        share_now: told.share_now.as_ref(),
        share_if_all_join: told.share_if_all_join.as_ref(),
        ceiling: told.ceiling.as_ref(),
        awaits: &told.awaits,
    };
    context.output.answer(&answer, || {
        let texts = &context.texts;
        let args = [
            ("ref", (&told.reference).into()),
            ("state", shown::word("pledge-state", &told.state, texts).into()),
        ];
        let mut lines = vec![texts.with("cli-pledge-stands", &args)];
        lines.extend(prospect(told, texts));
        lines.extend(written(told, texts));
        for wait in &told.awaits {
            lines.push(texts.say(&format!("cli-pledge-awaits-{}", wait.replace('_', "-"))));
        }
        let firm = told.state == PledgeState::Firm;
        if firm
            && told.evidence.iter().any(|act| act.checked_at.is_none() && act.rejected_at.is_none())
        {
            lines.push(texts.say("cli-pledge-second-check"));
        }
        lines.join("\n")
    })
}

/// Share today, if all join, never above.
fn prospect(told: &Told, texts: &Texts) -> Option<String> {
    told.share_now.as_ref()?;
    let money =
        |amount: &Option<Amount>| shown::some_amount(amount.as_ref(), &told.currency, texts);
    let args = [
        ("now", money(&told.share_now).into()),
        ("best", money(&told.share_if_all_join).into()),
        ("ceiling", money(&told.ceiling).into()),
    ];
    Some(texts.with("cli-pledge-prospect", &args))
}

/// Where it stands in the ledger.
fn written(told: &Told, texts: &Texts) -> Option<String> {
    let hash = told.ledger_hash.as_deref()?;
    let short = format!("{}…", hash.get(..8).unwrap_or(hash));
    Some(
        texts.with("cli-pledge-entry", &[("seq", told.ledger_seq?.into()), ("hash", short.into())]),
    )
}

/// Reads an amount as people write it; it travels with a point and all its decimals.
fn amount(text: &str, currency: &str, texts: &Texts) -> Result<Amount, Failure> {
    let refused = |error: &AmountError| {
        let code = error.code();
        let said = texts.find(&format!("refusal-{}", code.replace('_', "-")));
        Failure::new(Exit::Failed, code, said.unwrap_or_else(|| error.to_string()))
    };
    let currency = Currency::from_code(currency).map_err(|error| refused(&error))?;
    let read = Amount(text.to_owned()).to_domain(currency).map_err(|error| refused(&error))?;
    Ok(Amount::from_domain(read, currency))
}

/// The minor units of an amount the server or [`amount`] wrote.
fn minor(amount: &Amount, currency: &str) -> Option<i64> {
    let currency = Currency::from_code(currency).ok()?;
    Some(amount.to_domain(currency).ok()?.minor())
}
