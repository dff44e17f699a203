//! How a vote ends: closed by its hour, written into the ledger, and then carried out.

use forge_domain::{
    access::Deed,
    ledger::Event,
    money::Currency,
    vote::{self, Closed, VoteState},
};
use forge_store::{
    Tx, jobs, spaces,
    votes::{self, Vote},
};
use serde_json::json;

use super::{Action, CLOSE, Context, EFFECT, Effect};
use crate::{error::Error, funding::Reader, ledger, voting::VoteBook};

/// What the alarm of a vote does: counts its ballots once its hour is there, and writes the
/// result into the ledger. Before that hour it sets the alarm again.
#[derive(Debug, Clone)]
pub struct CloseVote {
    /// Which vote.
    pub reference: String,
}

impl Action for CloseVote {
    const DEED: Deed = Deed::CloseVote;
    type Output = VoteState;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<VoteState, Error> {
        let vote = votes::by_ref(&mut *tx, &self.reference).await?.ok_or(Error::NotFound)?;
        if !vote::is_due(vote.state, vote.closes_at, cx.now) {
            if vote.state == VoteState::Open {
                set_alarm(tx, cx, CLOSE, &vote).await?;
            }
            cx.record(vote.reference, json!({ "state": vote.state.name() }));
            return Ok(vote.state);
        }
        let book = VoteBook::load(&mut Reader::Tx(&mut *tx), vote).await?;
        let tally = book.tally();
        let (vote, electors, ballots) = (&book.vote, book.bodies(), book.last_words());
        let closed = Closed {
            reference: &vote.reference,
            space: &vote.space_slug,
            call: vote.call_ref.as_deref(),
            kind: vote.kind,
            question: &vote.question,
            offers: &book.offers_named(),
            terms: &book.terms,
            span: (vote.opened_at, vote.closes_at),
            electors: &electors,
            ballots: &ballots,
            tally: &tally,
        };
        let outcome = tally.outcome;
        write(tx, cx, vote, &closed).await?;
        let detail = json!({ "state": outcome.state().name(), "reason": outcome.reason.name() });
        cx.record(vote.reference.clone(), detail);
        Ok(outcome.state())
    }
}

/// Writes the final state: the row, the memo of the ledger, and the alarm of what follows.
async fn write(
    tx: &mut Tx,
    cx: &Context<'_>,
    vote: &Vote,
    closed: &Closed<'_>,
) -> Result<(), Error> {
    let outcome = closed.tally.outcome;
    let follows = outcome.passed && effect_of(vote)?.follows();
    let record = String::from_utf8(closed.canonical_bytes()).map_err(anyhow::Error::from)?;
    let close = votes::Close {
        state: outcome.state(),
        reason: outcome.reason.name(),
        record: &record,
        follows,
        closed_at: cx.now,
    };
    if !votes::close(&mut *tx, vote.id, close).await? {
        return Err(anyhow::anyhow!("the vote {} was closed twice", vote.reference).into());
    }
    let space = spaces::by_id(&mut *tx, vote.space_id).await?.ok_or(Error::NotFound)?;
    let entry = ledger::NewEntry {
        call: vote.call_ref.as_deref().unwrap_or(&vote.reference),
        currency: Currency::from_code(&space.currency).map_err(anyhow::Error::from)?,
        council: None,
        event: Event::VoteClosed,
        evidence: vec![closed.digest()],
        key: format!("{}:closed", vote.reference),
    };
    ledger::append(tx, cx, space.id, entry).await?;
    if follows {
        set_alarm(tx, cx, EFFECT, vote).await?;
    }
    if !outcome.passed {
        effect_of(vote)?.turned_down(tx, cx, vote).await?;
    }
    Ok(())
}

/// Carries out what a vote decided, once.
#[derive(Debug, Clone)]
pub struct CarryOut {
    /// Which vote.
    pub reference: String,
    /// Why it could not be carried out, where that was tried and refused.
    pub refused: Option<String>,
}

impl Action for CarryOut {
    const DEED: Deed = Deed::CloseVote;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let vote = votes::by_ref(&mut *tx, &self.reference).await?.ok_or(Error::NotFound)?;
        if vote.effect_state == "waiting" {
            if self.refused.is_none() {
                effect_of(&vote)?.apply(tx, cx, &vote).await?;
            }
            votes::effect_ended(&mut *tx, vote.id, self.refused.as_deref()).await?;
        }
        cx.record(vote.reference, json!({ "carried_out": self.refused.is_none() }));
        Ok(())
    }
}

/// What follows from a vote, as it was written when it opened.
pub(super) fn effect_of(vote: &Vote) -> Result<Effect, Error> {
    Ok(serde_json::from_str(&vote.effect).map_err(anyhow::Error::from)?)
}

/// Asks for a step of a vote: its close at its hour; what follows at once, and of several votes
/// that closed together first what was asked first.
pub(super) async fn set_alarm(
    tx: &mut Tx,
    cx: &Context<'_>,
    kind: &str,
    vote: &Vote,
) -> Result<(), Error> {
    let at = if kind == CLOSE { vote.closes_at } else { vote.opened_at };
    jobs::queue(&mut *tx, cx.new_id(), (kind, &vote.reference), "{}", at, cx.now).await?;
    Ok(())
}
