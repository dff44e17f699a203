//! Changing the ceiling of a firm pledge (P4).

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::Deed,
    ledger::{Event, Key},
    money::{Amount, Money},
    pledge::{self, PledgeAct},
};
use forge_store::{
    Tx, evidence,
    pledges::{self, Step},
};
use serde_json::json;

use super::{
    NewYear,
    at::{find, mandates_for, proven, tell_of},
    commit::{Weighed, read_years},
    one,
    step::{Moved, move_on, step_of},
};
use crate::{
    actions::{Action, Context, calls, evidence::NewAct},
    error::Error,
    funding::{book::or_refused, draft, pledge_refused},
};

/// Changes the ceiling of a firm pledge (P4). Raising it takes an act that was added since the
/// pledge became firm, enforceable and checked where the profile asks for that.
#[derive(Debug, Clone)]
pub struct AmendPledge {
    /// The pledge.
    pub reference: String,
    /// The most the council may owe from now on.
    pub ceiling: forge_api::Amount,
    /// The act; none where it was added already, or where the ceiling falls.
    pub act: Option<NewAct>,
    /// The new ceiling by budget year.
    pub years: Vec<NewYear>,
}

impl Action for AmendPledge {
    const DEED: Deed = Deed::CommitPledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row) = find(tx, cx, &self.reference).await?;
        proven(cx)?;
        let to = pledge::transition(Some(row.state), PledgeAct::Amend).map_err(one)?;
        let ceiling = draft::positive("ceiling", &self.ceiling, book.currency)?;
        let years = read_years(&book, &self.years)?;
        let from = Amount::from_minor(row.ceiling.unwrap_or_default());
        let mut new = evidence::of_pledge(&mut *tx, row.id).await?;
        // A rise rests on an act of its own: what carried the ceiling until now carries no more.
        new.retain(|act| act.uploaded_at > row.updated_at);
        if let Some(act) = &self.act {
            let act = act.row(cx, row.id)?;
            evidence::insert(&mut *tx, &act).await?;
            new.push(act);
        }
        let mut me = book.participant(&row);
        me.ceiling = Some(ceiling);
        let reference_share = or_refused(book.prospect(&me))?.reference;
        let mandates = mandates_for(tx, cx, row.council_id).await?;
        let weighed = Weighed { ceiling, reference_share, mandates: &mandates, years: &years };
        let faults = weighed.with(cx, &book, &new, |commitment| pledge::amend(from, commitment))?;
        if !faults.is_empty() {
            return Err(pledge_refused(&faults));
        }
        // The years of the ceiling until now do not make the new one.
        pledges::replace_years(tx, row.id, &years).await?;
        let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
        let event = Some(Event::PledgeAmended { council, from, to: ceiling });
        let step = Step { ceiling: Some(ceiling.minor()), ..step_of(&row, to) };
        let seq = move_on(tx, cx, &book, Moved { row: &row, step, event }).await?;
        let after = calls::recount(tx, cx, &book).await?;
        let money = |amount| Money { amount, currency: book.currency }.to_string();
        cx.record_for(
            row.council_id,
            row.reference.clone(),
            json!({
                "call": row.call_ref, "before": money(from), "after": money(ceiling),
                "ledger_seq": seq,
            }),
        );
        tell_of(tx, cx, (&after, &self.reference)).await
    }
}
