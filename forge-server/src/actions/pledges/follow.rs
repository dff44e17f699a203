//! After a call is confirmed: ordered, settled, in default (P10 to P12).

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::Deed,
    calendar,
    ledger::Event,
    money::Amount,
    pledge::{self, PledgeState},
};
use forge_store::{
    Tx, events,
    pledges::{Pledge, Step},
};
use serde_json::json;

use super::{
    at::{find, tell},
    one,
    step::{Moved, move_on, step_of},
};
use crate::{
    actions::{Action, Context},
    error::Error,
    funding::{
        CallBook, Reader, answer,
        funds::{FundsBook, confirmed},
        wrong, wrong_because,
    },
};

/// The longest number of a commitment, and the longest code of a service.
const NUMBER_CHARS_MAX: usize = 60;

/// Records the number of the council's own commitment or purchase order (P10).
#[derive(Debug, Clone)]
pub struct OrderPledge {
    /// The pledge.
    pub reference: String,
    /// The number: in France the legal commitment, elsewhere the purchase order.
    pub number: String,
    /// The service that pays, where the council names one.
    pub service_code: Option<String>,
}

impl Action for OrderPledge {
    const DEED: Deed = Deed::OrderPledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row) = find(tx, cx, &self.reference).await?;
        let to = pledge::order(row.state, &self.number).map_err(one)?;
        let number = plain("commitment_no", &self.number)?;
        let service = self.service_code.as_deref().map(str::trim).filter(|code| !code.is_empty());
        let service = service.map(|code| plain("service_code", code)).transpose()?;
        let step = Step { ordered: Some((number.clone(), service)), ..step_of(&row, to) };
        let event = Some(Event::PledgeOrdered);
        move_on(tx, cx, &book, Moved { row: &row, step, event }).await?;
        cx.record_for(
            row.council_id,
            row.reference.clone(),
            json!({ "call": row.call_ref, "state": to.name(), "commitment_no": number }),
        );
        tell(tx, cx, (&book, &self.reference)).await
    }
}

/// Marks a share as settled where all of it was called and paid (P11), and takes that back where a
/// payment was undone since; nothing where it stands as it should. Called by the act that
/// acknowledges or undoes a payment, in its transaction.
pub async fn settle(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, row): (&CallBook, &Pledge),
    (called, paid): (Amount, Amount),
) -> Result<(), Error> {
    let Some(share) = answer::final_in_basis(book, row) else { return Ok(()) };
    let to = match row.state {
        PledgeState::Settled if share == called && called == paid => return Ok(()),
        PledgeState::Settled => pledge::unsettle(row.state, row.commitment_no.is_some()),
        state => pledge::settle(state, share, called, paid),
    };
    let Ok(to) = to else { return Ok(()) };
    move_on(tx, cx, book, Moved { row, step: step_of(row, to), event: None }).await?;
    Ok(())
}

/// Whether a council could be declared in default now (P12).
///
/// # Errors
/// [`Error::Refused`] where it owes nothing, or where it is too early for that.
pub async fn check_default(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, council): (&CallBook, &str),
) -> Result<(Pledge, PledgeState), Error> {
    let row = confirmed(book).find(|row| row.council_slug == council).cloned();
    let row = row.ok_or_else(|| wrong("council", "nothing_owed"))?;
    let money = FundsBook::load(&mut Reader::Tx(&mut *tx), book).await?;
    let today = calendar::date_at(cx.now, &book.zone);
    let since = money.late_since(row.council_id, today);
    let since = since.ok_or_else(|| wrong("council", "nothing_owed"))?;
    let days = i64::from((today - since).get_days());
    // What was sent before the day it was due is no reminder of it.
    let due = calendar::deadline_instant(since, &book.zone).map_err(anyhow::Error::from)?;
    let named = (book.call.reference.as_str(), row.council_id);
    let reminders = events::reminders_sent(&mut *tx, named, due).await?;
    let reminders = u32::try_from(reminders).unwrap_or(u32::MAX);
    let to = pledge::default(row.state, days, reminders).map_err(|fault| {
        wrong_because("council", fault.code(), vec![("why", fault.to_string())])
    })?;
    Ok((row, to))
}

/// Says that a council does not pay (P12): the effect of a vote of the funders, with its memo in
/// the ledger. From now on its money weighs nothing in votes (domain.md §c4).
///
/// # Errors
/// [`Error::Refused`] where it has paid since the vote was opened.
pub async fn declare_default(
    tx: &mut Tx,
    cx: &Context<'_>,
    (call, council): (&str, &str),
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), call).await?;
    let (row, to) = check_default(tx, cx, (&book, council)).await?;
    let event = Some(Event::PledgeDefaulted);
    move_on(tx, cx, &book, Moved { row: &row, step: step_of(&row, to), event }).await?;
    Ok(())
}

pub(super) fn plain(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    let fits = text.chars().count() <= NUMBER_CHARS_MAX && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(wrong(field, "text_too_long")) }
}
