//! What follows from money that came in, was undone or given up: where a call for funds stands, and
//! which pledges are settled.

use forge_domain::{
    Id,
    funds::{FundsCallAct, FundsCallState, funds_call_after},
    id,
};
use forge_store::{Tx, funds};

use super::Purse;
use crate::{
    actions::{Context, calls::stale, pledges},
    error::Error,
    funding::{
        Reader,
        funds::{FundsBook, confirmed, refused},
    },
};

/// What follows from a payment that both sides agree on, or that was undone: on a call for funds,
/// or made to the supplier directly.
pub(super) async fn after(
    tx: &mut Tx,
    cx: &Context<'_>,
    purse: &Purse,
    funds_call: Option<Id<id::FundsCall>>,
) -> Result<(), Error> {
    match funds_call {
        Some(call) => resettle(tx, cx, purse, call).await,
        None => settle_pledges(tx, cx, purse).await,
    }
}

/// Moves a call for funds on after something was paid on it, written off or undone.
pub(super) async fn resettle(
    tx: &mut Tx,
    cx: &Context<'_>,
    purse: &Purse,
    id: Id<id::FundsCall>,
) -> Result<(), Error> {
    let money = FundsBook::load(&mut Reader::Tx(&mut *tx), &purse.book).await?;
    let row = money.calls.iter().find(|call| call.id == id).ok_or(Error::NotFound)?;
    let owed: i64 = money.lines_of(id).map(|line| money.owed(line).minor()).sum();
    let settled: i64 =
        money.lines_of(id).map(|line| line.written_off + money.paid(line).minor()).sum();
    let act = match (owed, settled, row.state) {
        (0, ..) => FundsCallAct::PayAll,
        (_, 0, FundsCallState::Issued) => return settle_pledges(tx, cx, purse).await,
        (_, 0, _) => FundsCallAct::Unpay,
        (_, _, FundsCallState::Paid) => FundsCallAct::Reopen,
        _ => FundsCallAct::PayPart,
    };
    let to = funds_call_after(row.state, act).map_err(|e| refused(&e))?;
    if !funds::step(&mut *tx, (row.id, row.version), to, None).await? {
        return Err(stale());
    }
    settle_pledges(tx, cx, purse).await
}

/// P11: a pledge is settled once all of its share was called and all that was called is paid, and
/// is so no more once a payment was undone. Asked after everything that moves a council's money.
async fn settle_pledges(tx: &mut Tx, cx: &Context<'_>, purse: &Purse) -> Result<(), Error> {
    let money = FundsBook::load(&mut Reader::Tx(&mut *tx), &purse.book).await?;
    for pledge in confirmed(&purse.book) {
        let called = money.called(&purse.book, pledge.council_id);
        let paid = money.paid_by(&purse.book, pledge).map_err(anyhow::Error::from)?;
        pledges::settle(tx, cx, (&purse.book, pledge), (called, paid)).await?;
    }
    Ok(())
}
