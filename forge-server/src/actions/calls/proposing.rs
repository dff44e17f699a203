//! What is put to the vote of a call's councils: its publication where the charter asks for it, an
//! extension, a smaller scope, an early end.

use forge_domain::{
    access::Deed,
    calendar,
    call::{self, CallAct, Extension},
    milestone::MilestoneState,
    vote::VoteKind,
};
use forge_store::Tx;
use jiff::civil::Date;
use serde_json::json;

use super::{Action, Context, open, voted::may_change};
use crate::{
    actions::votes::{self, Effect, Motion},
    charter,
    error::Error,
    funding::{CallBook, Reader, announced::announced, decision, draft, wrong},
};

/// Puts the publication of a draft to the vote (K1).
#[derive(Debug, Clone)]
pub struct ProposeOpening {
    /// Which call.
    pub reference: String,
}

impl Action for ProposeOpening {
    const DEED: Deed = Deed::OpenVote;
    /// The reference of the vote.
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        // On the day the vote is over, the terms must still hold.
        let (ends, last) = end_of_vote(tx, cx, &book, VoteKind::CallOpen).await?;
        let faults = book.terms(last).check(cx.app.profiles.of(&book.call.profile)?);
        call::publish(book.call.state, faults, book.clock()?, ends)
            .map_err(|error| decision::refusal(&error))?;
        announced(&mut Reader::Tx(&mut *tx), &book).await?;
        let effect = Effect::OpenCall { call: self.reference.clone() };
        propose(tx, cx, &book, (effect, &book.call.need)).await
    }
}

/// Puts another deadline to the vote (K6).
#[derive(Debug, Clone)]
pub struct ProposeExtension {
    /// Which call.
    pub reference: String,
    /// The new last day.
    pub deadline: String,
    /// Why.
    pub reason: String,
}

impl Action for ProposeExtension {
    const DEED: Deed = Deed::OpenVote;
    /// The reference of the vote.
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        let proposed = draft::date("deadline", &self.deadline)?;
        let (_, decided_on) = end_of_vote(tx, cx, &book, VoteKind::CallExtend).await?;
        let extension = Extension {
            first: book.call.deadline_first.unwrap_or(book.call.deadline),
            current: book.call.deadline,
            used: book.call.extensions,
            proposed,
            decided_on,
        };
        extension.check(book.call.state).map_err(|error| decision::refusal(&error))?;
        let deadline = proposed.to_string();
        let effect = Effect::ExtendCall { call: self.reference.clone(), deadline };
        propose(tx, cx, &book, (effect, &self.reason)).await
    }
}

/// Puts a smaller scope to the vote: the last milestones are dropped.
#[derive(Debug, Clone)]
pub struct ProposeScope {
    /// Which call.
    pub reference: String,
    /// How many of its first milestones are kept.
    pub keep: i64,
    /// Why.
    pub reason: String,
}

impl Action for ProposeScope {
    const DEED: Deed = Deed::OpenVote;
    /// The reference of the vote.
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        may_change(book.call.state, CallAct::ChangeScope)?;
        let accepted = |slice: &forge_store::calls::Milestone| {
            slice.state == MilestoneState::Accepted && slice.position > self.keep
        };
        let kept = book.milestones.iter().filter(|slice| slice.state != MilestoneState::Dropped);
        let fewer = self.keep >= 1 && kept.clone().any(|slice| slice.position > self.keep);
        if !fewer || book.milestones.iter().any(accepted) {
            return Err(wrong("keep", "scope_unchanged"));
        }
        let effect = Effect::ChangeScope { call: self.reference.clone(), keep: self.keep };
        propose(tx, cx, &book, (effect, &self.reason)).await
    }
}

/// Puts an early end to the vote (K9).
#[derive(Debug, Clone)]
pub struct ProposeStop {
    /// Which call.
    pub reference: String,
    /// Why.
    pub reason: String,
}

impl Action for ProposeStop {
    const DEED: Deed = Deed::OpenVote;
    /// The reference of the vote.
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        may_change(book.call.state, CallAct::StopEarly)?;
        let effect = Effect::StopEarly { call: self.reference.clone() };
        propose(tx, cx, &book, (effect, &self.reason)).await
    }
}

pub(super) async fn propose(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    (effect, reason): (Effect, &str),
) -> Result<String, Error> {
    let explanation = draft::text("reason", reason)?;
    if explanation.is_empty() {
        return Err(wrong("reason", "reason_missing"));
    }
    let motion = Motion { question: question(book, &effect), explanation, effect };
    let reference = votes::open(tx, cx, &book.space, motion).await?;
    cx.record(book.call.reference.clone(), json!({ "vote": reference }));
    Ok(reference)
}

/// When a vote opened now would end, and on which day.
async fn end_of_vote(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    kind: VoteKind,
) -> Result<(jiff::Timestamp, Date), Error> {
    let charter = charter::in_force(&mut Reader::Tx(tx), book.space.id).await?;
    let days = i32::try_from(charter.terms(kind).days).unwrap_or(i32::MAX);
    let last = calendar::add_days(calendar::date_at(cx.now, &book.zone), days)
        .map_err(anyhow::Error::from)?;
    let ends = calendar::deadline_instant(last, &book.zone).map_err(anyhow::Error::from)?;
    Ok((ends, last))
}

/// What the councils are asked, in the language of the call.
fn question(book: &CallBook, effect: &Effect) -> String {
    let french = book.call.lang == "fr";
    let title: String = book.call.title.chars().take(120).collect();
    let call = &book.call.reference;
    let named =
        if french { format!("« {title} » ({call})") } else { format!("“{title}” ({call})") };
    match (effect, french) {
        (Effect::OpenCall { .. }, true) => format!("Publier l’appel {named} ?"),
        (Effect::OpenCall { .. }, false) => format!("Publish the call {named}?"),
        (Effect::ExtendCall { deadline, .. }, true) => {
            format!("Reporter la date limite de l’appel {named} au {deadline} ?")
        }
        (Effect::ExtendCall { deadline, .. }, false) => {
            format!("Move the closing date of the call {named} to {deadline}?")
        }
        (Effect::ChangeScope { keep, .. }, true) => {
            format!("Ne garder que les {keep} premiers jalons de l’appel {named} ?")
        }
        (Effect::ChangeScope { keep, .. }, false) => {
            format!("Keep only the first {keep} milestones of the call {named}?")
        }
        (Effect::ChooseSupplier { .. }, true) => {
            format!("Quel prestataire retenir pour l’appel {named} ?")
        }
        (Effect::ChooseSupplier { .. }, false) => {
            format!("Which supplier does the work of the call {named}?")
        }
        (Effect::LateJoiner { council, amount, .. }, true) => {
            format!("Laisser {} rejoindre l’appel {named} pour {amount} ?", name(book, council))
        }
        (Effect::LateJoiner { council, amount, .. }, false) => {
            format!("Let {} join the call {named} for {amount}?", name(book, council))
        }
        (Effect::DeclareDefault { council, .. }, true) => {
            format!(
                "Constater le défaut de paiement de {} sur l’appel {named} ?",
                name(book, council)
            )
        }
        (Effect::DeclareDefault { council, .. }, false) => {
            format!("Declare {} in default on the call {named}?", name(book, council))
        }
        (_, true) => format!("Arrêter avant leur terme les travaux de l’appel {named} ?"),
        (_, false) => format!("Stop the work of the call {named} before its end?"),
    }
}

/// The name of a council that has said something on the call.
fn name<'a>(book: &'a CallBook, council: &'a str) -> &'a str {
    let row = book.pledges.iter().find(|row| row.council_slug == council);
    row.map_or(council, |row| row.council_name.as_str())
}
