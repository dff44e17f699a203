//! A confirmed call: its contract (K8) and the end of its work (K9).

use forge_api::calls::NewContract;
use forge_domain::{
    access::Deed,
    calendar,
    call::{self, CallAct, CallState},
    notices::EventKind,
};
use forge_store::{Tx, calls};
use serde_json::json;

use super::{Action, Context, open, stale};
use crate::{
    error::Error,
    events::{self, Event},
    funding::{CallBook, Reader, decision, draft, wrong},
};

/// Records the contract of a confirmed call, whose work then begins (K8).
#[derive(Debug, Clone)]
pub struct RecordContract {
    /// Which call.
    pub reference: String,
    /// The contract.
    pub new: NewContract,
}

impl Action for RecordContract {
    const DEED: Deed = Deed::RecordContract;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        let to = call::step(book.call.state, CallAct::Contract)
            .map_err(|error| decision::refusal(&error))?;
        let signed_on = draft::date("signed_on", &self.new.signed_on)?;
        if signed_on > calendar::date_at(cx.now, &book.zone) {
            return Err(wrong("signed_on", "date_future"));
        }
        let contract = calls::Contract {
            reference: draft::line("ref", &self.new.reference)?,
            supplier: draft::line("supplier", &self.new.supplier)?,
            amount: draft::positive("amount", &self.new.amount, book.currency)?.minor(),
            signed_on,
            recorded_at: cx.now,
        };
        calls::insert_contract(&mut *tx, book.call.id, &contract, cx.person()?).await?;
        advance(tx, cx, &book, to).await?;
        cx.record(self.reference.clone(), json!({ "contract": contract.reference }));
        Ok(self.reference.clone())
    }
}

/// K9: settles an executing call once none of its milestones is left to do.
pub(in crate::actions) async fn settle_when_done(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    if book.call.state != CallState::Executing {
        return Ok(());
    }
    let states: Vec<_> = book.milestones.iter().map(|slice| slice.state).collect();
    let settled =
        call::settle(book.call.state, &states).map_err(|error| decision::refusal(&error))?;
    match settled {
        Some(to) => advance(tx, cx, &book, to).await,
        None => Ok(()),
    }
}

/// Moves a call on whose shares are frozen.
pub(in crate::actions) async fn advance(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    to: CallState,
) -> Result<(), Error> {
    let seen = (book.call.id, book.call.version);
    if !calls::advance(&mut *tx, seen, to, cx.now).await? {
        return Err(stale());
    }
    let kind = match to {
        CallState::Executing => EventKind::CallExecuting,
        CallState::Settling => EventKind::CallSettling,
        CallState::Closed => EventKind::CallClosed,
        _ => return Ok(()),
    };
    events::emit(tx, cx, Event::on_call(book, kind)).await?;
    Ok(())
}
