//! Calls: drafted, published, confirmed early, cancelled, and ended by their deadline
//! (domain.md §c6).

mod amending;
mod asking;
mod ending;
mod executing;
mod guarantee;
pub(super) mod joining;
mod proposing;
mod reopening;
mod terms;
pub(super) mod voted;

pub use amending::AmendCall;
pub(super) use asking::chosen;
pub use asking::{OFFERS_MAX, ProposeDefault, ProposeJoining, ProposeSupplier};
pub use ending::CloseCall;
use ending::{end, free};
pub use executing::RecordContract;
pub(in crate::actions) use executing::{advance, settle_when_done};
pub use proposing::{ProposeExtension, ProposeOpening, ProposeScope, ProposeStop};
pub use reopening::ReopenCall;
use terms::{read, write_parts};

use forge_api::calls::NewCall;
use forge_domain::{
    Id,
    access::{Deed, Holder, Resource},
    calendar,
    call::{self, CallState},
    id,
    names::Slug,
    notices::EventKind,
    vote::VoteKind,
};
use forge_store::{Tx, calls, jobs, settings, spaces, spaces::Space};
use jiff::tz::TimeZone;
use serde_json::json;

use super::{Action, Context};
use crate::{
    auth::holder,
    charter,
    error::{Error, Refusal},
    events::{self, Event},
    funding::{
        CallBook, Reader,
        announced::announced,
        decision::{self, Decision},
        draft,
    },
};

/// The kind of the job that ends a call; its key is the call's reference.
pub const DEADLINE: &str = "deadline";

/// Drafts a call in a space.
#[derive(Debug, Clone)]
pub struct CreateCall {
    /// In which space.
    pub space: Slug,
    /// What it says.
    pub new: NewCall,
}

impl Action for CreateCall {
    const DEED: Deed = Deed::CreateCall;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let found = spaces::by_slug(&mut *tx, &self.space).await?.ok_or(Error::NotFound)?;
        let (space, held) = holder::of_space_in(tx, found.id).await?;
        // A space is everyone's to see: who may not draft in it is told why.
        cx.allow(&Resource::published_call(held.clone()))?;
        let (_, reference) = draft_call(tx, cx, (&space, &held), &self.new).await?;
        cx.record(reference.clone(), json!({ "space": space.slug, "title": self.new.title }));
        Ok(reference)
    }
}

/// Writes a new draft; its id and reference.
async fn draft_call(
    tx: &mut Tx,
    cx: &Context<'_>,
    (space, held): (&Space, &Holder),
    new: &NewCall,
) -> Result<(Id<id::Call>, String), Error> {
    let parsed = read(tx, cx, (space, held), new).await?;
    let year = cx.now.to_zoned(TimeZone::UTC).year();
    let number = settings::next(&mut *tx, &format!("CALL-{year}")).await?;
    let reference = format!("CALL-{year}-{number:04}");
    let id = cx.new_id();
    let named = (id, reference.as_str());
    calls::insert(&mut *tx, named, space.id, &parsed.draft, cx.person()?, cx.now).await?;
    write_parts(tx, cx, id, &parsed, new).await?;
    check_terms(tx, cx, &reference).await?;
    Ok((id, reference))
}

/// Rewrites a draft.
#[derive(Debug, Clone)]
pub struct EditCall {
    /// Which call.
    pub reference: String,
    /// The version that was seen.
    pub version: Option<i64>,
    /// What it says now.
    pub new: NewCall,
}

impl Action for EditCall {
    const DEED: Deed = Deed::EditCall;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, held) = open(tx, cx, &self.reference).await?;
        call::edit(book.call.state).map_err(|error| decision::refusal(&error))?;
        let version = seen(book.call.version, self.version)?;
        let parsed = read(tx, cx, (&book.space, &held), &self.new).await?;
        let id = book.call.id;
        if !calls::update_terms(&mut *tx, id, version, &parsed.draft).await? {
            return Err(stale());
        }
        terms::replace_parts(tx, cx, id, &parsed, &self.new).await?;
        check_terms(tx, cx, &self.reference).await?;
        cx.record(self.reference.clone(), json!({ "version": version + 1 }));
        Ok(self.reference.clone())
    }
}

/// Publishes a draft (K1) and sets its alarm.
#[derive(Debug, Clone)]
pub struct PublishCall {
    /// Which call.
    pub reference: String,
    /// The version that was seen.
    pub version: Option<i64>,
}

impl Action for PublishCall {
    const DEED: Deed = Deed::PublishCall;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        seen(book.call.version, self.version)?;
        let charter = charter::in_force(&mut Reader::Tx(&mut *tx), book.space.id).await?;
        if charter.asks_for(VoteKind::CallOpen) {
            return Err(Error::refused("vote_needed"));
        }
        publish(tx, cx, &book).await?;
        let deadline = book.call.deadline.to_string();
        cx.record(self.reference.clone(), json!({ "published": true, "deadline": deadline }));
        Ok(self.reference.clone())
    }
}

/// K1: publishes a draft, keeps its first version with its simulation and sets its alarm.
async fn publish(tx: &mut Tx, cx: &Context<'_>, book: &CallBook) -> Result<(), Error> {
    let terms = book.terms(calendar::date_at(cx.now, &book.zone));
    let faults = terms.check(cx.app.profiles.of(&book.call.profile)?);
    let to = call::publish(book.call.state, faults, book.clock()?, cx.now)
        .map_err(|error| decision::refusal(&error))?;
    let step = calls::Step {
        state: to,
        published_at: Some(cx.now),
        reached_at: None,
        ended_at: None,
        snapshot: None,
        end_reason: None,
    };
    if !calls::step(&mut *tx, book.call.id, book.call.version, step).await? {
        return Err(stale());
    }
    let simulation = announced(&mut Reader::Tx(&mut *tx), book).await?;
    amending::keep_version(tx, cx, book, ("", Some(&simulation))).await?;
    let event = Event::on_call(book, EventKind::CallPublished);
    let event = event.saying(json!({ "deadline": book.call.deadline.to_string() }));
    events::emit(tx, cx, event).await?;
    set_alarm(tx, cx, &book.call.reference, book.call.deadline_at).await
}

/// Confirms a reached call before its deadline, where it allows that (K4).
#[derive(Debug, Clone)]
pub struct ConfirmEarly {
    /// Which call.
    pub reference: String,
}

impl Action for ConfirmEarly {
    const DEED: Deed = Deed::ConfirmCallEarly;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        let standing = book.standing().map_err(|error| crate::funding::refused(&error))?;
        let terms = book.terms(book.call.deadline);
        let leaving = call::leaves_freely(book.call.leave_until, cx.now);
        let kept = call::confirm_early(book.call.state, &terms, &standing, leaving)
            .map_err(|error| decision::refusal(&error))?;
        let decision =
            decision::settle(&book, kept).map_err(|error| crate::funding::refused(&error))?;
        if !matches!(decision, Decision::Confirmed(..)) {
            return Err(Error::refused("target_not_covered"));
        }
        end(tx, cx, &book, &decision).await?;
        Ok(self.reference.clone())
    }
}

/// Cancels a call, with a reason everyone reads (K7).
#[derive(Debug, Clone)]
pub struct CancelCall {
    /// Which call.
    pub reference: String,
    /// Why.
    pub reason: String,
}

impl Action for CancelCall {
    const DEED: Deed = Deed::CancelCall;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        let reason = draft::text("reason", &self.reason)?;
        let to =
            call::cancel(book.call.state, &reason).map_err(|error| decision::refusal(&error))?;
        free(tx, cx, &book, &reason).await?;
        let step = calls::Step {
            state: to,
            published_at: None,
            reached_at: None,
            ended_at: Some(cx.now),
            snapshot: None,
            end_reason: Some(reason.clone()),
        };
        if !calls::step(&mut *tx, book.call.id, book.call.version, step).await? {
            return Err(stale());
        }
        events::emit(tx, cx, Event::on_call(&book, EventKind::CallCancelled)).await?;
        cx.record(self.reference.clone(), json!({ "cancelled": reason }));
        Ok(self.reference.clone())
    }
}

/// K2 and K3: says whether the call is reached, after a pledge came or went since `before`; the
/// call as it is then.
pub(super) async fn recount(
    tx: &mut Tx,
    cx: &Context<'_>,
    before: &CallBook,
) -> Result<CallBook, Error> {
    let book = before.again(&mut Reader::Tx(&mut *tx)).await?;
    let standing = book.standing().map_err(|error| crate::funding::refused(&error))?;
    let to = call::recount(book.call.state, &book.thresholds(), &standing);
    if to == book.call.state {
        return Ok(book);
    }
    let step = calls::Step {
        state: to,
        published_at: None,
        reached_at: (to == CallState::Reached).then_some(cx.now),
        ended_at: None,
        snapshot: None,
        end_reason: None,
    };
    if !calls::step(&mut *tx, book.call.id, book.call.version, step).await? {
        return Err(stale());
    }
    let reached = to == CallState::Reached;
    let kind = if reached { EventKind::CallReached } else { EventKind::CallUnreached };
    events::emit(tx, cx, Event::on_call(&book, kind).nth(book.call.version)).await?;
    let call = calls::by_ref(&mut *tx, &book.call.reference).await?.ok_or(Error::NotFound)?;
    Ok(CallBook { call, ..book })
}

/// Opens a call inside an act: a draft exists for its space alone.
pub(super) async fn open(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
) -> Result<(CallBook, Holder), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    let held = holder_of(tx, &book).await?;
    cx.allow(&resource(&book, held.clone()))?;
    Ok((book, held))
}

/// Whose a call is, with the councils of its space, read inside an act.
pub(super) async fn holder_of(tx: &mut Tx, book: &CallBook) -> Result<Holder, Error> {
    Ok(holder::of_space(&book.space, spaces::members(tx, book.space.id).await?))
}

/// A call as the table of rights sees it.
pub fn resource(book: &CallBook, held: Holder) -> Resource {
    if book.call.published_at.is_some() {
        Resource::published_call(held)
    } else {
        Resource::draft_call(held)
    }
}

/// What was seen must be what is there.
pub(super) fn seen(version: i64, seen: Option<i64>) -> Result<i64, Error> {
    if seen.is_none_or(|seen| seen == version) { Ok(version) } else { Err(stale()) }
}

/// Somebody else changed it meanwhile.
pub(super) fn stale() -> Error {
    Error::Conflict(Refusal::new("stale_version"))
}

async fn set_alarm(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
    at: jiff::Timestamp,
) -> Result<(), Error> {
    jobs::queue(&mut *tx, cx.new_id(), (DEADLINE, reference), "{}", at, cx.now).await?;
    Ok(())
}

/// Says at once all that would keep the draft from being published.
async fn check_terms(tx: &mut Tx, cx: &Context<'_>, reference: &str) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    let today = calendar::date_at(cx.now, &book.zone);
    let faults = book.terms(today).check(cx.app.profiles.of(&book.call.profile)?);
    if faults.is_empty() {
        return Ok(());
    }
    Err(decision::refusal(&call::CallError::Terms(faults)))
}
