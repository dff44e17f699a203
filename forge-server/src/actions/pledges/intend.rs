//! Before a council decides: an intention, and when which body decides (P1, P2).

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::Deed,
    call,
    notices::EventKind,
    pledge::{self, PledgeAct},
};
use forge_store::{Tx, pledges::Step};
use serde_json::json;

use super::{
    at::{Start, find, in_time, insert, open, tell, today},
    move_on, one,
    step::Moved,
    step_of,
};
use crate::{
    actions::{Action, Context},
    error::Error,
    events::{self, Event},
    funding::{decision, draft, wrong},
};

/// The longest name of a body.
const BODY_CHARS_MAX: usize = 120;

/// Declares that a council intends to join (P1).
#[derive(Debug, Clone)]
pub struct DeclareIntention {
    /// The call.
    pub call: String,
    /// The council.
    pub council: String,
    /// The most it thinks of.
    pub ceiling: Option<forge_api::Amount>,
    /// A remark for the councils of the space.
    pub note: String,
    /// Whether everyone sees it.
    pub public: bool,
}

impl Action for DeclareIntention {
    const DEED: Deed = Deed::DeclareIntention;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let mut at = open(tx, cx, &self.call, &self.council).await?;
        let clock = at.book.clock()?;
        call::takes_intentions(at.book.call.state, clock, cx.now)
            .map_err(|error| decision::refusal(&error))?;
        let from = at.position().map(|row| row.state);
        let state = pledge::transition(from, PledgeAct::Intend).map_err(one)?;
        let currency = at.book.currency;
        let ceiling = self
            .ceiling
            .as_ref()
            .map(|text| draft::positive("ceiling", text, currency))
            .transpose()?;
        let note = draft::text("note", &self.note)?;
        at.reckon(tx, ceiling).await?;
        let start = Start { state, ceiling, note: &note, published: self.public };
        let reference = insert(tx, cx, &at, start).await?;
        let event = Event::on_call(&at.book, EventKind::PledgeIntended);
        let event = event.of(at.council.id).about(&reference);
        events::emit(tx, cx, Event { members_only: !self.public, ..event }).await?;
        cx.record_for(
            at.council.id,
            reference.clone(),
            json!({ "call": self.call, "state": "intention" }),
        );
        tell(tx, cx, (&at.book, &reference)).await
    }
}

/// Says when which body decides (P2); said again, it moves the day.
#[derive(Debug, Clone)]
pub struct SchedulePledge {
    /// The pledge.
    pub reference: String,
    /// The day of the decision.
    pub planned_on: String,
    /// The body: the assembly, its bureau, the executive, a cabinet.
    pub body: String,
}

impl Action for SchedulePledge {
    const DEED: Deed = Deed::SchedulePledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (book, row) = find(tx, cx, &self.reference).await?;
        let to = pledge::transition(Some(row.state), PledgeAct::Schedule).map_err(one)?;
        in_time(cx, &book, Some(&row))?;
        let planned_on = draft::date("planned_on", &self.planned_on)?;
        if planned_on < today(cx, &book) {
            return Err(wrong("planned_on", "planned_past"));
        }
        let body = self.body.trim();
        if body.is_empty() {
            return Err(wrong("body", "text_missing"));
        }
        if body.chars().count() > BODY_CHARS_MAX || body.chars().any(char::is_control) {
            return Err(wrong("body", "text_too_long"));
        }
        let step = Step { planned: Some((planned_on, body.to_owned())), ..step_of(&row, to) };
        move_on(tx, cx, &book, Moved { row: &row, step, event: None }).await?;
        cx.record_for(
            row.council_id,
            row.reference.clone(),
            json!({
                "call": row.call_ref, "state": to.name(), "planned_on": planned_on.to_string()
            }),
        );
        tell(tx, cx, (&book, &self.reference)).await
    }
}
