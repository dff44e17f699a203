//! The ways out: a firm pledge withdrawn, anything before it ended with a no (P5, P6).

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::Deed,
    ledger::Key,
    money::Amount,
    pledge::{self, MandateKind, PledgeAct},
};
use forge_store::{
    Tx,
    pledges::{Pledge, Step},
    substitutions,
};
use serde_json::json;

use super::{
    at::{find, mandated, proven, tell, tell_of},
    one,
    step::{Moved, move_on, step_of},
};
use crate::{
    actions::{Action, Context, calls},
    charter,
    error::Error,
    funding::{CallBook, Reader, draft},
};

/// Takes a firm pledge back before its call is decided (P6).
#[derive(Debug, Clone)]
pub struct WithdrawPledge {
    /// The pledge.
    pub reference: String,
    /// Why, in a sentence everyone may read.
    pub reason: String,
    /// The act it rests on.
    pub act_ref: Option<String>,
}

impl Action for WithdrawPledge {
    const DEED: Deed = Deed::WithdrawPledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row) = find(tx, cx, &self.reference).await?;
        proven(cx)?;
        let reason = draft::text("reason", &self.reason)?;
        let charter = charter::in_force(&mut Reader::Tx(&mut *tx), book.call.space_id).await?;
        let leaving = book.leaving(&charter)?;
        let to = pledge::withdraw(row.state, &reason, leaving, cx.now).map_err(one)?;
        mandated(tx, cx, (&book, &row), MandateKind::Withdraw).await?;
        let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
        let ceiling = Amount::from_minor(row.ceiling.unwrap_or_default());
        let event = pledge::ledger_event(PledgeAct::Withdraw, council, ceiling);
        let act_ref =
            self.act_ref.as_deref().map(|text| draft::text("act_ref", text)).transpose()?;
        let step = Step { reason: Some(reason), act_ref, ..step_of(&row, to) };
        move_on(tx, cx, &book, Moved { row: &row, step, event }).await?;
        let after = calls::recount(tx, cx, &book).await?;
        cx.record_for(
            row.council_id,
            row.reference.clone(),
            json!({ "call": row.call_ref, "state": "withdrawn" }),
        );
        tell_of(tx, cx, (&after, &self.reference)).await
    }
}

/// Ends an intention or a pending decision with a no (P5).
#[derive(Debug, Clone)]
pub struct RefusePledge {
    /// The pledge.
    pub reference: String,
    /// Why, where the council says.
    pub reason: String,
}

impl Action for RefusePledge {
    const DEED: Deed = Deed::RefusePledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row) = find(tx, cx, &self.reference).await?;
        let reason = draft::text("reason", &self.reason)?;
        refuse(tx, cx, (&book, &row), (!reason.is_empty()).then_some(reason)).await?;
        cx.record_for(
            row.council_id,
            row.reference.clone(),
            json!({ "call": row.call_ref, "state": "refused" }),
        );
        tell(tx, cx, (&book, &self.reference)).await
    }
}

/// Ends a pledge with a no; a place that was offered to it is free for another council.
pub(super) async fn refuse(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, row): (&CallBook, &Pledge),
    reason: Option<String>,
) -> Result<(), Error> {
    let to = pledge::transition(Some(row.state), PledgeAct::Refuse).map_err(one)?;
    let step = Step { reason, ..step_of(row, to) };
    move_on(tx, cx, book, Moved { row, step, event: None }).await?;
    if let Some(offer) = substitutions::taken_by(&mut *tx, row.id).await? {
        substitutions::take(&mut *tx, offer.id, None).await?;
    }
    Ok(())
}
