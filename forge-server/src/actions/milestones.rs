//! Milestones: started, delivered on a tag, accepted by vote, sent back with reasons
//! (domain.md §c11).

use forge_api::milestones::{Delivery as NewDelivery, NewUnmet};
use forge_domain::{
    access::Deed,
    milestone::{self, MilestoneAct, MilestoneError, MilestoneState, Unmet},
    names::RefName,
    notices::EventKind,
    vote::VoteState,
};
use forge_store::{
    Tx,
    calls::{self, CallModule, Milestone},
    milestones::{self, Delivery},
    votes::{self as vote_rows, Vote},
};
use serde_json::json;

use super::{
    Action, Context,
    calls::{open, settle_when_done, stale},
    fields::website,
    votes::{self, Effect, Motion},
};
use crate::{
    error::{Error, Refusal},
    events::{self, Event},
    funding::{CallBook, Reader, draft, wrong},
    publication,
};

/// Says that the work of a milestone has begun.
#[derive(Debug, Clone)]
pub struct StartMilestone {
    /// Which call.
    pub call: String,
    /// Which of its milestones, from 1.
    pub milestone: i64,
}

impl Action for StartMilestone {
    const DEED: Deed = Deed::SteerMilestone;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let (book, _) = open(tx, cx, &self.call).await?;
        let slice = of(&book, self.milestone)?;
        step(tx, &book, slice, MilestoneAct::Start).await?;
        cx.record(named(&self.call, self.milestone), json!({ "state": "in_progress" }));
        Ok(())
    }
}

/// Submits what was made for a milestone: a tag of one of the call's modules, with what the vote
/// on it is judged by.
#[derive(Debug, Clone)]
pub struct DeliverMilestone {
    /// Which call.
    pub call: String,
    /// Which of its milestones, from 1.
    pub milestone: i64,
    /// What is submitted.
    pub new: NewDelivery,
}

impl Action for DeliverMilestone {
    const DEED: Deed = Deed::DeliverMilestone;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let (book, _) = open(tx, cx, &self.call).await?;
        let slice = of(&book, self.milestone)?;
        let tries = tries(tx, &book, self.milestone).await?;
        let module = module(&book, self.new.module.as_deref())?;
        let code = released(cx, module, &self.new.tag).await?;
        let licence_fits = code.licence.as_deref() == Some(book.call.licence.as_str());
        let optional = |field, text: &Option<String>| {
            website(text.as_deref().unwrap_or_default()).map_err(|fault| wrong(field, fault))
        };
        let number = i64::try_from(tries.len()).unwrap_or(i64::MAX).saturating_add(1);
        let delivery = Delivery {
            id: cx.new_id(),
            position: self.milestone,
            number,
            module_id: module.module_id,
            owner_slug: module.owner_slug.clone(),
            module_slug: module.slug.clone(),
            tag: code.tag,
            swhid: code.swhid,
            swhid_commit: code.swhid_commit,
            swhid_tree: code.swhid_tree,
            notes: draft::text("notes", &self.new.notes)?,
            report_url: optional("report_url", &self.new.report_url)?,
            report_sha256: digest(self.new.report_sha256.as_deref())?,
            docs_url: optional("docs_url", &self.new.docs_url)?,
            licence: code.licence,
            licence_fits,
            delivered_at: cx.now,
            vote_ref: None,
            decided_at: None,
        };
        if delivery.notes.is_empty() {
            return Err(wrong("notes", "text_missing"));
        }
        step(tx, &book, slice, MilestoneAct::Deliver).await?;
        milestones::insert_delivery(&mut *tx, book.call.id, &delivery, cx.person()?).await?;
        tell(tx, cx, (&book, slice), (EventKind::MilestoneDelivered, &delivery)).await?;
        let detail = json!({ "tag": delivery.tag, "try": number, "swhid": delivery.swhid });
        cx.record(named(&self.call, self.milestone), detail);
        Ok(())
    }
}

/// Puts a delivery to the vote of those who pay.
#[derive(Debug, Clone)]
pub struct AskAcceptance {
    /// Which call.
    pub call: String,
    /// Which of its milestones, from 1.
    pub milestone: i64,
}

impl Action for AskAcceptance {
    const DEED: Deed = Deed::SteerMilestone;
    /// The reference of the vote.
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.call).await?;
        let slice = of(&book, self.milestone)?;
        milestone::step_in(book.call.state, slice.state, MilestoneAct::Accept)
            .map_err(|error| refusal(&error))?;
        let delivery = last(tx, &book, self.milestone).await?;
        if let Some(vote) = vote_of(tx, &delivery).await?
            && vote.state == VoteState::Open
        {
            return Err(Error::Conflict(Refusal::new("vote_running").arg("vote", vote.reference)));
        }
        let motion = Motion {
            question: question(&book, slice, &delivery),
            explanation: delivery.notes.clone(),
            effect: Effect::AcceptMilestone { call: self.call.clone(), milestone: self.milestone },
        };
        let reference = votes::open(tx, cx, &book.space, motion).await?;
        milestones::set_vote(&mut *tx, delivery.id, &reference).await?;
        cx.record(named(&self.call, self.milestone), json!({ "vote": reference }));
        Ok(reference)
    }
}

/// Sends a delivery back, once the vote on it ended without being passed, with a reason for each
/// criterion that is not met.
#[derive(Debug, Clone)]
pub struct RejectMilestone {
    /// Which call.
    pub call: String,
    /// Which of its milestones, from 1.
    pub milestone: i64,
    /// What is not met, and why.
    pub unmet: Vec<NewUnmet>,
}

impl Action for RejectMilestone {
    const DEED: Deed = Deed::SteerMilestone;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let (book, _) = open(tx, cx, &self.call).await?;
        let slice = of(&book, self.milestone)?;
        milestone::step_in(book.call.state, slice.state, MilestoneAct::Reject)
            .map_err(|error| refusal(&error))?;
        let delivery = last(tx, &book, self.milestone).await?;
        let vote = vote_of(tx, &delivery).await?;
        if vote.is_none_or(|vote| vote.state != VoteState::Rejected) {
            return Err(refusal(&MilestoneError::NotVoted));
        }
        let unmet = self.unmet()?;
        let criteria: Vec<serde_json::Value> =
            serde_json::from_str(&slice.criteria).map_err(anyhow::Error::from)?;
        milestone::check_reasons(criteria.len(), &unmet).map_err(|error| refusal(&error))?;
        for one in unmet {
            let row = milestones::Unmet {
                delivery_id: delivery.id,
                criterion: i64::try_from(one.criterion).unwrap_or(i64::MAX),
                reason: one.reason,
            };
            milestones::insert_unmet(&mut *tx, &row).await?;
        }
        milestones::decide(&mut *tx, delivery.id, cx.now).await?;
        step(tx, &book, slice, MilestoneAct::Reject).await?;
        tell(tx, cx, (&book, slice), (EventKind::MilestoneRejected, &delivery)).await?;
        let detail = json!({ "state": "rejected", "try": delivery.number });
        cx.record(named(&self.call, self.milestone), detail);
        Ok(())
    }
}

impl RejectMilestone {
    /// The reasons, each criterion once.
    fn unmet(&self) -> Result<Vec<Unmet>, Error> {
        let mut unmet: Vec<Unmet> = Vec::new();
        for given in &self.unmet {
            let criterion = usize::try_from(given.criterion).unwrap_or(usize::MAX);
            if unmet.iter().any(|one| one.criterion == criterion) {
                return Err(wrong("unmet", "criterion_twice"));
            }
            unmet.push(Unmet { criterion, reason: draft::text("unmet", &given.reason)? });
        }
        Ok(unmet)
    }
}

/// What follows when the vote on a delivery passes.
pub(super) async fn accepted(
    tx: &mut Tx,
    cx: &Context<'_>,
    (call, position): (&str, i64),
    vote: &Vote,
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), call).await?;
    let slice = of(&book, position)?;
    let delivery = last(tx, &book, position).await?;
    // Another try was delivered since: the vote was not about that one.
    if delivery.vote_ref.as_deref() != Some(vote.reference.as_str()) {
        return Err(refusal(&MilestoneError::State(slice.state)));
    }
    step(tx, &book, slice, MilestoneAct::Accept).await?;
    milestones::decide(&mut *tx, delivery.id, cx.now).await?;
    tell(tx, cx, (&book, slice), (EventKind::MilestoneAccepted, &delivery)).await?;
    settle_when_done(tx, cx, call).await
}

/// Tells what became of a delivery.
async fn tell(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, slice): (&CallBook, &Milestone),
    (kind, delivery): (EventKind, &Delivery),
) -> Result<(), Error> {
    let subject = named(&book.call.reference, slice.position);
    let event = Event::on_call(book, kind).about(&subject).nth(delivery.number);
    events::emit(tx, cx, event.saying(json!({ "title": slice.title }))).await?;
    Ok(())
}

/// Why a milestone does not move, for whoever asked.
pub(super) fn refusal(error: &MilestoneError) -> Error {
    let refusal = Refusal::new(error.code()).arg("why", error);
    match error {
        MilestoneError::State(_) | MilestoneError::Call(_) | MilestoneError::NotVoted => {
            Error::Conflict(refusal)
        }
        MilestoneError::ReasonMissing | MilestoneError::Criterion(_) => {
            wrong("unmet", error.code())
        }
    }
}

/// A milestone of a call.
fn of(book: &CallBook, position: i64) -> Result<&Milestone, Error> {
    book.milestones.iter().find(|slice| slice.position == position).ok_or(Error::NotFound)
}

async fn step(
    tx: &mut Tx,
    book: &CallBook,
    slice: &Milestone,
    act: MilestoneAct,
) -> Result<MilestoneState, Error> {
    let to =
        milestone::step_in(book.call.state, slice.state, act).map_err(|error| refusal(&error))?;
    let at = (book.call.id, slice.position);
    if calls::step_milestone(&mut *tx, at, (slice.state, to)).await? {
        Ok(to)
    } else {
        Err(stale())
    }
}

/// What was delivered for a milestone so far, in order.
async fn tries(tx: &mut Tx, book: &CallBook, position: i64) -> Result<Vec<Delivery>, Error> {
    let mut all = milestones::deliveries(&mut *tx, book.call.id).await?;
    all.retain(|delivery| delivery.position == position);
    Ok(all)
}

async fn last(tx: &mut Tx, book: &CallBook, position: i64) -> Result<Delivery, Error> {
    tries(tx, book, position).await?.pop().ok_or(Error::NotFound)
}

async fn vote_of(tx: &mut Tx, delivery: &Delivery) -> Result<Option<Vote>, Error> {
    match &delivery.vote_ref {
        Some(reference) => Ok(vote_rows::by_ref(&mut *tx, reference).await?),
        None => Ok(None),
    }
}

/// The module a delivery is in: one of the call's, and its only one where none is named.
fn module<'a>(book: &'a CallBook, named: Option<&str>) -> Result<&'a CallModule, Error> {
    let named = named.map(str::trim).filter(|path| !path.is_empty());
    let found = match (named, book.modules.as_slice()) {
        (None, [only]) => Some(only),
        (None, _) => None,
        (Some(path), modules) => {
            modules.iter().find(|module| format!("{}/{}", module.owner_slug, module.slug) == path)
        }
    };
    found.ok_or_else(|| wrong("module", "module_of_call"))
}

/// What a tag names, and what it says of its licence.
struct Released {
    tag: String,
    swhid: String,
    swhid_commit: String,
    swhid_tree: String,
    licence: Option<String>,
}

/// Reads a tag from the repository of a module. Software hash identifiers are ISO/IEC 18670.
async fn released(cx: &Context<'_>, module: &CallModule, tag: &str) -> Result<Released, Error> {
    let name = RefName::tag(tag.trim()).map_err(|_| wrong("tag", "tag_unknown"))?;
    let repository = cx.app.repositories.get(module.module_id.uuid()).await?;
    let tags = repository.tags().await?;
    let found = tags.into_iter().find(|tag| tag.name == name);
    let found = found.ok_or_else(|| wrong("tag", "tag_unknown"))?;
    let oid = found.commit.ok_or_else(|| wrong("tag", "tag_unknown"))?;
    let commit = repository.commit(oid).await?;
    let swhid_commit = format!("swh:1:rev:{oid}");
    let swhid = match found.annotation {
        Some(_) => format!("swh:1:rel:{}", found.target),
        None => swhid_commit.clone(),
    };
    Ok(Released {
        tag: tag.trim().to_owned(),
        swhid,
        swhid_commit,
        swhid_tree: format!("swh:1:dir:{}", commit.tree),
        licence: publication::check_commit(&repository, oid).await?.licence,
    })
}

/// A SHA-256 in hexadecimal, with or without `sha256:` before it.
fn digest(given: Option<&str>) -> Result<Option<String>, Error> {
    let Some(given) = given.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let text = given.trim_start_matches("sha256:").to_lowercase();
    match forge_domain::hex::decode::<32>(&text) {
        Some(_) => Ok(Some(text)),
        None => Err(wrong("report_sha256", "digest_invalid")),
    }
}

/// What the funders are asked, in the language of the call.
fn question(book: &CallBook, slice: &Milestone, delivery: &Delivery) -> String {
    let (n, tag) = (slice.position, &delivery.tag);
    let title: String = slice.title.chars().take(120).collect();
    if book.call.lang == "fr" {
        format!("Accepter le jalon {n}, « {title} », livré par l’étiquette {tag} ?")
    } else {
        format!("Accept milestone {n}, “{title}”, delivered by the tag {tag}?")
    }
}

fn named(call: &str, milestone: i64) -> String {
    format!("{call}/M{milestone}")
}
