//! Joining a call whose shares are final (domain.md §c10): a council signs, the funders vote.

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::Deed,
    call::{self, CallAct},
    money::Amount,
    pledge::{self, MandateKind, PledgeAct, PledgeState},
};
use forge_store::{
    Tx,
    pledges::{self, Pledge, Step},
    refunds,
};
use serde_json::json;

use super::{
    at::{At, Start, insert, mandates_for, open, proven, tell, today},
    commit::judge_acts,
    one,
    step::{Moved, move_on, step_of},
};
use crate::{
    actions::{
        Action, Context,
        evidence::{NewAct, add},
    },
    error::{Error, Refusal},
    funding::{decision, draft, pledge_refused, wrong},
};

/// Asks, for a council, to join a confirmed call on evidence of its own. It takes part once those
/// who pay for the call have voted for it.
#[derive(Debug, Clone)]
pub struct AskToJoin {
    /// The call.
    pub call: String,
    /// The council.
    pub council: String,
    /// The most it may ever owe.
    pub ceiling: forge_api::Amount,
    /// The act.
    pub act: NewAct,
}

impl Action for AskToJoin {
    const DEED: Deed = Deed::CommitPledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let at = open(tx, cx, &self.call, &self.council).await?;
        proven(cx)?;
        call::step(at.book.call.state, CallAct::Join).map_err(|error| decision::refusal(&error))?;
        if refunds::closing(&mut *tx, at.book.call.id).await?.is_some() {
            return Err(Error::Conflict(Refusal::new("refunds_planned")));
        }
        if at.position().is_some() {
            return Err(wrong("council", "already_pledged"));
        }
        let ceiling = draft::positive("ceiling", &self.ceiling, at.book.currency)?;
        let row = sign(tx, cx, &at, (ceiling, &self.act)).await?;
        let ceiling = at.book.decimal(ceiling.minor());
        let detail = json!({ "call": self.call, "asks_to_join": true, "ceiling": ceiling });
        cx.record_for(at.council.id, row.reference.clone(), detail);
        tell(tx, cx, (&at.book, &row.reference)).await
    }
}

/// Signs for a council on a call that collects pledges no more: a mandate covers the ceiling and
/// its act is complete. Enforceable and checked it must be when the pledge is confirmed.
pub(super) async fn sign(
    tx: &mut Tx,
    cx: &Context<'_>,
    at: &At,
    (ceiling, act): (Amount, &NewAct),
) -> Result<Pledge, Error> {
    let mandates = mandates_for(tx, cx, at.council.id).await?;
    let amount = (ceiling, at.book.currency);
    pledge::check_mandate(&mandates, MandateKind::Pledge, amount, today(cx, &at.book))
        .map_err(one)?;
    let acts = [act.row(cx, forge_domain::Id::new(uuid::Uuid::nil()))?];
    if judge_acts(cx, &at.book, &acts)?.is_none() {
        let judged = crate::actions::evidence::standing(&acts);
        let vehicle = &at.book.call.vehicle;
        let day = today(cx, &at.book);
        let profile = cx.app.profiles.of(&at.book.call.profile)?;
        let why = pledge::check_evidence(&judged, profile, vehicle, day);
        return Err(pledge_refused(&why.err().into_iter().collect::<Vec<_>>()));
    }
    let state = PledgeState::Intention;
    let start = Start { state, ceiling: Some(ceiling), note: "", published: true };
    let reference = insert(tx, cx, at, start).await?;
    let row = pledges::by_ref(&mut *tx, &reference).await?.ok_or(Error::NotFound)?;
    add(tx, cx, (&at.book, &row), &act.row(cx, row.id)?).await?;
    let to = pledge::transition(Some(row.state), PledgeAct::Sign).map_err(one)?;
    let step = Step { signed_by: Some(cx.person()?), ..step_of(&row, to) };
    move_on(tx, cx, &at.book, Moved { row: &row, step, event: None }).await?;
    pledges::by_ref(&mut *tx, &reference).await?.ok_or(Error::NotFound)
}
