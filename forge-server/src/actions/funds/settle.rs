//! What follows from money that came in, was undone or given up: where a call for funds stands, and
//! which pledges are settled.

use forge_domain::{
    Id,
    funds::{FundsCallAct, FundsCallState, funds_call_after},
    id,
    money::Amount,
    pledge,
};
use forge_store::{Tx, funds, pledges};

use super::Purse;
use crate::{
    actions::{Context, calls::stale, pledges::step_of},
    error::Error,
    funding::{
        Reader,
        funds::{FundsBook, confirmed, refused, share},
    },
};

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
        (_, 0, FundsCallState::Issued) => return Ok(()),
        (_, 0, _) => FundsCallAct::Unpay,
        (_, _, FundsCallState::Paid) => FundsCallAct::Reopen,
        _ => FundsCallAct::PayPart,
    };
    let to = funds_call_after(row.state, act).map_err(|e| refused(&e))?;
    if !funds::step(&mut *tx, (row.id, row.version), to, None).await? {
        return Err(stale());
    }
    settle_pledges(tx, cx, purse, &money).await
}

/// P11: a pledge is settled once all of its share was called and all that was called is paid.
async fn settle_pledges(
    tx: &mut Tx,
    cx: &Context<'_>,
    purse: &Purse,
    money: &FundsBook,
) -> Result<(), Error> {
    for pledge in confirmed(&purse.book) {
        let called = money.called(&purse.book, pledge.council_id);
        let lines = money.lines.iter().filter(|line| line.council_id == pledge.council_id);
        let owed: i64 =
            lines.filter(|line| money.is_owed(line)).map(|line| money.owed(line).minor()).sum();
        // In the basis of the call, as shares are: what is owed is short of what is called.
        let paid = called.checked_sub(Amount::from_minor(owed)).map_err(anyhow::Error::from)?;
        let share = share(&purse.book, pledge);
        if let Ok(to) = pledge::settle(pledge.state, share, called, paid) {
            let step = step_of(pledge, to);
            if !pledges::step(&mut *tx, (pledge.id, pledge.version), step, cx.now).await? {
                return Err(stale());
            }
        }
    }
    Ok(())
}
