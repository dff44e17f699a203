//! Refunds: what was planned at the closing, sent one by one.

use forge_api::funds::{Refund as Answer, SentPayment};
use forge_domain::{
    access::Deed,
    funds::{RefundAct, RefundState, refund_after},
    ledger::{Event, Party},
    money::Amount,
};
use forge_store::{
    Tx,
    refunds::{self, Refund},
};
use serde_json::json;

use super::{Purse, short, value_date};
use crate::{
    actions::{Action, Context, calls::stale},
    error::Error,
    funding::{
        draft,
        funds::{answer, refused},
        wrong,
    },
};

/// Records that a refund was sent.
#[derive(Debug, Clone)]
pub struct SendRefund {
    /// The refund.
    pub reference: String,
    /// How it was sent; a refund is sent whole.
    pub sent: SentPayment,
}

impl Action for SendRefund {
    const DEED: Deed = Deed::SendPayment;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let row = refunds::by_ref(&mut *tx, &self.reference).await?.ok_or(Error::NotFound)?;
        let purse = Purse::open(tx, cx, &row.call_ref).await?;
        purse.allow_treasurer(cx)?;
        purse.moves()?;
        let owed = Amount::from_minor(row.amount);
        if let Some(text) = &self.sent.amount
            && draft::positive("amount", text, purse.book.currency)? != owed
        {
            return Err(wrong("amount", "refund_in_parts"));
        }
        let day = value_date(&purse, cx, &self.sent.value_date)?;
        let refund = Refund {
            value_date: Some(day),
            payment_order_no: short("payment_order_no", self.sent.payment_order_no.as_deref())?,
            bank_ref: short("bank_ref", self.sent.bank_ref.as_deref())?,
            ..row
        };
        let refund = settle(tx, cx, (&purse, refund), RefundAct::Send).await?;
        cx.record(
            refund.reference.clone(),
            json!({ "state": refund.state.name(), "ledger_seq": refund.entry_seq }),
        );
        answer::refund(&purse.book, &refund, true)
    }
}

/// Sends or carries a refund: its row and its entry.
pub(super) async fn settle(
    tx: &mut Tx,
    cx: &Context<'_>,
    (purse, mut refund): (&Purse, Refund),
    act: RefundAct,
) -> Result<Refund, Error> {
    refund.state = refund_after(refund.state, act).map_err(|error| refused(&error))?;
    let (party, amount) = (party(purse, &refund)?, Amount::from_minor(refund.amount));
    let event = match refund.state {
        RefundState::Carried => Event::RefundCarried { party, amount },
        RefundState::Planned | RefundState::Sent => Event::RefundSent { party, amount },
    };
    let key = format!("{}:{}", refund.reference, refund.state.name());
    let council = refund.council_slug.clone();
    refund.entry_seq = purse.append(tx, cx, (council.as_deref(), key), event).await?;
    if !refunds::step(&mut *tx, &refund, (cx.person()?, cx.now)).await? {
        return Err(stale());
    }
    Ok(refund)
}

/// Who a refund goes to, as accounts name it.
fn party(purse: &Purse, refund: &Refund) -> Result<Party, Error> {
    if let Some(council) = &refund.council_slug {
        return Ok(Party::Council(council.parse().map_err(anyhow::Error::from)?));
    }
    let of = |award: &&refunds::Award| Some(award.position) == refund.grant_position;
    let award = purse.money.awards.iter().find(of).ok_or(Error::NotFound)?;
    Ok(Party::Grant(award.account.parse().map_err(anyhow::Error::from)?))
}
