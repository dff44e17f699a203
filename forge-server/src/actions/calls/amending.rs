//! A published call that changes: every change is a version that is kept, and gives firm pledgers
//! fifteen days to leave without fault (domain.md §c6).

use forge_api::calls::{NewCall, VersionSimulation};
use forge_domain::{access::Deed, call, notices::EventKind};
use forge_store::{Tx, calls};
use serde_json::json;

use super::{Action, Context, check_terms, open, read, recount, seen, stale, terms};
use crate::{
    error::Error,
    events::{self, Event},
    funding::{CallBook, Reader, announced::announced, decision, draft, written, wrong},
};

/// Changes a published call.
#[derive(Debug, Clone)]
pub struct AmendCall {
    /// Which call.
    pub reference: String,
    /// The version that was seen.
    pub version: Option<i64>,
    /// Everything it says from now on.
    pub new: NewCall,
    /// Why, in a sentence everyone may read.
    pub reason: String,
}

impl Action for AmendCall {
    const DEED: Deed = Deed::AmendCall;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, held) = open(tx, cx, &self.reference).await?;
        let until = call::leave_until(cx.now, &book.zone).map_err(anyhow::Error::from)?;
        call::amend(book.call.state, book.call.deadline_at, until)
            .map_err(|error| decision::refusal(&error))?;
        let version = seen(book.call.version, self.version)?;
        let reason = draft::text("reason", &self.reason)?;
        if reason.is_empty() {
            return Err(wrong("reason", "reason_missing"));
        }
        let parsed = read(tx, cx, (&book.space, &held), &self.new).await?;
        fixed(&book, &parsed.draft)?;
        let id = book.call.id;
        if !calls::update_terms(&mut *tx, id, version, &parsed.draft).await? {
            return Err(stale());
        }
        terms::replace_parts(tx, cx, id, &parsed, &self.new).await?;
        check_terms(tx, cx, &self.reference).await?;
        let after = CallBook::of(&mut Reader::Tx(&mut *tx), &self.reference).await?;
        let changes = written::changes(&written::written(&book)?, &written::written(&after)?)?;
        if changes.is_empty() {
            return Err(wrong("title", "amend_nothing"));
        }
        let simulation = announced(&mut Reader::Tx(&mut *tx), &after).await?;
        keep_version(tx, cx, &after, (&reason, Some(&simulation))).await?;
        calls::set_leave_until(&mut *tx, id, until).await?;
        recount(tx, cx, &after).await?;
        let event = Event::on_call(&after, EventKind::CallAmended).nth(after.call.version);
        events::emit(tx, cx, event).await?;
        let changed: Vec<&str> = changes.iter().map(|one| one.field.as_str()).collect();
        cx.record(self.reference.clone(), json!({ "amended": changed, "reason": reason }));
        Ok(self.reference.clone())
    }
}

/// Keeps what a call says as its next version, with the simulation it was published with.
pub(super) async fn keep_version(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    (reason, simulation): (&str, Option<&VersionSimulation>),
) -> Result<(), Error> {
    let simulation = simulation.map(serde_json::to_string).transpose();
    let simulation = simulation.map_err(anyhow::Error::from)?;
    let terms = serde_json::to_string(&written::written(book)?).map_err(anyhow::Error::from)?;
    let by = cx.by.actor.person;
    let version = (terms.as_str(), simulation.as_deref(), reason);
    calls::insert_version(&mut *tx, book.call.id, version, by, cx.now).await?;
    Ok(())
}

/// What no amendment changes: ceilings are amounts of one currency in one basis, and only a vote
/// moves the deadline.
fn fixed(book: &CallBook, new: &calls::Draft) -> Result<(), Error> {
    if new.currency != book.call.currency {
        return Err(wrong("currency", "amend_fixed"));
    }
    if new.basis != book.call.basis {
        return Err(wrong("basis", "amend_fixed"));
    }
    if new.deadline != book.call.deadline {
        return Err(wrong("deadline", "amend_deadline"));
    }
    Ok(())
}
