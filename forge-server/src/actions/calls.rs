//! Calls: drafted, published, confirmed early, cancelled, and ended by their deadline
//! (domain.md §c6).

mod ending;

pub use ending::CloseCall;
use ending::{end, free};

use forge_api::calls::NewCall;
use forge_domain::{
    Id,
    access::{Deed, Holder, MemberStatus, Resource},
    calendar,
    call::{self, CallState},
    id,
    names::Slug,
};
use forge_store::{
    Tx, calls, councils, councils::Council, jobs, modules, settings, spaces, spaces::Space,
};
use jiff::tz::TimeZone;
use serde_json::json;

use super::{Action, Context};
use crate::{
    auth::{holder, module::owner_of},
    error::{Error, Refusal},
    funding::{
        CallBook, Reader,
        decision::{self, Decision},
        draft::{self, Around, Parsed},
        wrong,
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
        let parsed = read(tx, cx, (&space, &held), &self.new).await?;
        let year = cx.now.to_zoned(TimeZone::UTC).year();
        let number = settings::next(&mut *tx, &format!("CALL-{year}")).await?;
        let reference = format!("CALL-{year}-{number:04}");
        let id = cx.new_id();
        let person = cx.person()?;
        let named = (id, reference.as_str());
        calls::insert(&mut *tx, named, space.id, &parsed.draft, person, cx.now).await?;
        write_parts(tx, cx, id, &parsed, &self.new).await?;
        check_terms(tx, cx, &reference).await?;
        cx.record(reference.clone(), json!({ "space": space.slug, "title": parsed.draft.title }));
        Ok(reference)
    }
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
        if !calls::update_draft(&mut *tx, id, version, &parsed.draft).await? {
            return Err(stale());
        }
        calls::delete_milestones(&mut *tx, id).await?;
        calls::delete_subsidies(&mut *tx, id).await?;
        calls::delete_modules(&mut *tx, id).await?;
        write_parts(tx, cx, id, &parsed, &self.new).await?;
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
        let version = seen(book.call.version, self.version)?;
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
        if !calls::step(&mut *tx, book.call.id, version, step).await? {
            return Err(stale());
        }
        set_alarm(tx, cx, &self.reference, book.call.deadline_at).await?;
        let deadline = book.call.deadline.to_string();
        cx.record(self.reference.clone(), json!({ "published": true, "deadline": deadline }));
        Ok(self.reference.clone())
    }
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
        let kept = call::confirm_early(book.call.state, &terms, &standing)
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
        cx.record(self.reference.clone(), json!({ "cancelled": reason }));
        Ok(self.reference.clone())
    }
}

/// K2 and K3: says whether the call is reached, after a pledge came or went.
pub(super) async fn recount(tx: &mut Tx, cx: &Context<'_>, reference: &str) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    let standing = book.standing().map_err(|error| crate::funding::refused(&error))?;
    let to = call::recount(book.call.state, &book.thresholds(), &standing);
    if to == book.call.state {
        return Ok(());
    }
    let step = calls::Step {
        state: to,
        published_at: None,
        reached_at: (to == CallState::Reached).then_some(cx.now),
        ended_at: None,
        snapshot: None,
        end_reason: None,
    };
    if calls::step(&mut *tx, book.call.id, book.call.version, step).await? {
        Ok(())
    } else {
        Err(stale())
    }
}

/// Opens a call inside an act: a draft exists for its space alone.
pub(super) async fn open(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
) -> Result<(CallBook, Holder), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    let (_, held) = holder::of_space_in(tx, book.call.space_id).await?;
    cx.allow(&resource(&book, held.clone()))?;
    Ok((book, held))
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

/// Reads a draft against the councils it names.
async fn read(
    tx: &mut Tx,
    cx: &Context<'_>,
    (space, held): (&Space, &Holder),
    new: &NewCall,
) -> Result<Parsed, Error> {
    let lead = council(tx, "lead", new.lead.as_deref(), space.lead_id).await?;
    let Holder::Space { lead: chief, members, .. } = held else { return Err(Error::NotFound) };
    let contributes = lead.id == *chief || members.contains(&(lead.id, MemberStatus::Contributor));
    if !contributes {
        return Err(wrong("lead", "lead_not_a_member"));
    }
    let treasurer = council(tx, "treasurer", new.treasurer.as_deref(), space.treasurer_id).await?;
    let around = Around {
        space,
        lead: &lead,
        treasurer: &treasurer,
        profiles: &cx.app.profiles,
        now: cx.now,
    };
    draft::parse(new, &around)
}

async fn council(
    tx: &mut Tx,
    field: &'static str,
    named: Option<&str>,
    otherwise: Id<id::Council>,
) -> Result<Council, Error> {
    let found = match named {
        None => councils::by_id(&mut *tx, otherwise).await?,
        Some(text) => {
            let slug = text.trim().parse::<Slug>().map_err(|_| wrong(field, "council_unknown"))?;
            councils::by_slug(&mut *tx, &slug).await?
        }
    };
    found.ok_or_else(|| wrong(field, "council_unknown"))
}

async fn write_parts(
    tx: &mut Tx,
    cx: &Context<'_>,
    id: Id<id::Call>,
    parsed: &Parsed,
    new: &NewCall,
) -> Result<(), Error> {
    for milestone in &parsed.milestones {
        calls::insert_milestone(&mut *tx, id, milestone).await?;
    }
    for subsidy in &parsed.subsidies {
        calls::insert_subsidy(&mut *tx, id, subsidy).await?;
    }
    for path in &new.modules {
        let module = module(tx, cx, path).await?;
        calls::insert_module(&mut *tx, id, module).await?;
    }
    Ok(())
}

/// A module the drafter may read; any other answers as one that is not there.
async fn module(tx: &mut Tx, cx: &Context<'_>, path: &str) -> Result<Id<id::Module>, Error> {
    let unknown = || wrong("modules", "module_unknown");
    let (owner, slug) = path.trim().split_once('/').ok_or_else(unknown)?;
    let owner = owner.parse::<Slug>().map_err(|_| unknown())?;
    let slug = slug.parse::<Slug>().map_err(|_| unknown())?;
    let module = modules::at(&mut *tx, &owner, &slug).await?.ok_or_else(unknown)?;
    let held = holder::of_owner_in(tx, &owner_of(&module)).await?;
    let resource = Resource::new(held, module.visibility);
    super::allow(&cx.by.actor, Deed::ReadModule, &resource).map_err(|_| unknown())?;
    Ok(module.id)
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
