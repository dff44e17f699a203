//! The finance service approves a pledge before its signatory commits, sends it back to be
//! corrected, or ends it with a no.

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::Deed,
    id,
    money::Amount,
    notices::EventKind,
    pledge::{self, PledgeAct, VisaDecision},
};
use forge_store::{
    Tx,
    pledges::{self, NewVisa, Pledge, Step},
};
use serde_json::json;

use super::{
    at::{find, in_time, proven, tell},
    commit::{budget_year, read_years},
    follow::plain,
    leave::refuse,
    one,
    step::{happened, step_of},
};
use crate::{
    actions::{Action, Context, calls, pledges::NewYear},
    error::{Error, Refusal},
    events,
    funding::{CallBook, draft, wrong},
};

/// What the finance service of a council says of a pledge that is not decided yet.
#[derive(Debug, Clone)]
pub struct AttestPledge {
    /// The pledge.
    pub reference: String,
    /// What is said.
    pub decision: VisaDecision,
    /// The ceiling the budget carries; that of the pledge where none is given.
    pub ceiling: Option<forge_api::Amount>,
    /// The ceiling by budget year; what was said before stays where it is empty.
    pub years: Vec<NewYear>,
    /// The number of a commitment that is reserved already.
    pub commitment_no: Option<String>,
    /// Why it is not approved.
    pub reason: String,
}

impl Action for AttestPledge {
    const DEED: Deed = Deed::AttestPledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row) = find(tx, cx, &self.reference).await?;
        proven(cx)?;
        in_time(cx, &book, Some(&row))?;
        let reason = draft::text("reason", &self.reason)?;
        pledge::check_visa(self.decision, &reason).map_err(one)?;
        let ceiling = match self.decision {
            VisaDecision::Attested => self.attest(tx, cx, (&book, &row)).await?,
            VisaDecision::Returned => {
                pledge::transition(Some(row.state), PledgeAct::Return).map_err(one)?;
                Amount::from_minor(row.ceiling.unwrap_or_default())
            }
            VisaDecision::Refused => {
                refuse(tx, cx, (&book, &row), Some(reason.clone())).await?;
                Amount::from_minor(row.ceiling.unwrap_or_default())
            }
        };
        let number = self.commitment_no.as_deref().map(str::trim).filter(|no| !no.is_empty());
        let number = number.map(|number| plain("commitment_no", number)).transpose()?;
        let visa = NewVisa {
            pledge: row.id,
            decision: self.decision,
            ceiling: ceiling.minor(),
            commitment_no: number.as_deref(),
            reason: Some(reason.as_str()).filter(|reason| !reason.is_empty()),
            by: cx.person()?,
            now: cx.now,
        };
        let number = pledges::insert_visa(&mut *tx, visa).await?;
        let kind = match self.decision {
            VisaDecision::Attested => Some(EventKind::PledgeAttested),
            VisaDecision::Returned => Some(EventKind::PledgeReturned),
            // The step to refused tells of itself.
            VisaDecision::Refused => None,
        };
        if let Some(kind) = kind {
            let event = happened(&book, &row, kind).nth(number);
            events::emit(tx, cx, event).await?;
        }
        cx.record_for(
            row.council_id,
            row.reference.clone(),
            json!({ "call": row.call_ref, "visa": self.decision.name() }),
        );
        tell(tx, cx, (&book, &self.reference)).await
    }
}

impl AttestPledge {
    /// Writes the ceiling and its years, which together make it; the ceiling that is attested.
    async fn attest(
        &self,
        tx: &mut Tx,
        cx: &Context<'_>,
        (book, row): (&CallBook, &Pledge),
    ) -> Result<Amount, Error> {
        let to = pledge::transition(Some(row.state), PledgeAct::Attest).map_err(one)?;
        if row.signed_at.is_some() {
            // A signature stands: what it covers is not changed under it.
            return Err(Error::Conflict(Refusal::new("pledge_state")));
        }
        let ceiling = match &self.ceiling {
            Some(text) => draft::positive("ceiling", text, book.currency)?,
            None => {
                let stated = row.ceiling.map(Amount::from_minor);
                stated.ok_or_else(|| wrong("ceiling", "invalid_amount"))?
            }
        };
        let given = read_years(book, &self.years)?;
        let kept = pledges::years(&mut *tx, row.id).await?;
        let years = if given.is_empty() { &kept } else { &given };
        let parts: Vec<_> = years.iter().map(budget_year).collect();
        pledge::check_years(&parts, ceiling, book.currency).map_err(one)?;
        if !given.is_empty() {
            pledges::replace_years(tx, row.id, &given).await?;
        }
        let step = Step { ceiling: Some(ceiling.minor()), ..step_of(row, to) };
        // The pledge stays where it is: that it was attested is told, and no step.
        if !pledges::step(&mut *tx, (row.id, row.version), step, cx.now).await? {
            return Err(calls::stale());
        }
        Ok(ceiling)
    }
}

/// Refuses a signatory who commits against the last word of the finance service, where it said
/// one.
pub(super) async fn lets_commit(
    tx: &mut Tx,
    (book, row): (&CallBook, &Pledge),
    (signatory, ceiling): (forge_domain::Id<id::Person>, Amount),
) -> Result<(), Error> {
    let said = pledges::visas(&mut *tx, row.id).await?;
    let Some(last) = said.last() else { return Ok(()) };
    let visa = pledge::Visa {
        decision: last.decision,
        ceiling: Amount::from_minor(last.ceiling),
        by: last.decided_by,
    };
    visa.lets_commit(signatory, ceiling, book.currency).map_err(one)
}
