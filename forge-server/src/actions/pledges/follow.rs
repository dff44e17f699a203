//! After a call is confirmed: ordered, settled, in default (P10 to P12).

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::Deed,
    ledger::Event,
    money::Amount,
    pledge::{self, PledgeState},
};
use forge_store::{
    Tx,
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
    funding::{CallBook, answer, wrong},
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
        tell(tx, cx, &self.reference).await
    }
}

/// Marks a share as settled where all of it was called and paid (P11); nothing where it is not, or
/// was already. Called by the act that acknowledges a payment, in its transaction.
pub async fn settle(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, row): (&CallBook, &Pledge),
    (called, paid): (Amount, Amount),
) -> Result<bool, Error> {
    let Some(share) = answer::final_in_basis(book, row) else { return Ok(false) };
    let Ok(to) = pledge::settle(row.state, share, called, paid) else { return Ok(false) };
    move_on(tx, cx, book, Moved { row, step: step_of(row, to), event: None }).await?;
    Ok(true)
}

/// Says that a council does not pay (P12): the effect of a vote of the funders. `overdue_days` is
/// the age of its oldest amount, `reminders` how many it was sent.
///
/// # Errors
/// [`Error::Refused`] where it is too early for that.
pub async fn declare_default(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, row): (&CallBook, &Pledge),
    (overdue_days, reminders): (i64, u32),
) -> Result<PledgeState, Error> {
    let to = pledge::default(row.state, overdue_days, reminders).map_err(one)?;
    let event = Some(Event::PledgeDefaulted);
    move_on(tx, cx, book, Moved { row, step: step_of(row, to), event }).await?;
    Ok(to)
}

fn plain(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    let fits = text.chars().count() <= NUMBER_CHARS_MAX && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(wrong(field, "text_too_long")) }
}
