//! Votes of the councils of a space: opened, voted in, closed by their hour (domain.md §c4).
//!
//! Another act opens a vote with [`open`] and says by an [`Effect`] what shall follow; the job
//! [`CLOSE`] counts, and the job [`EFFECT`] carries out, each exactly once.

mod claim;
mod close;
mod effect;
mod electorate;
mod withdraw;

pub use claim::ProposeWriteOff;
pub use close::{CarryOut, CloseVote};
pub use effect::Effect;
pub use withdraw::WithdrawVote;

use forge_domain::{
    access::{Deed, Resource, Visibility},
    calendar,
    names::Slug,
    notices::EventKind,
    vote::{self, Choice, VoteError},
};
use forge_store::{
    Tx, councils, jobs, settings,
    spaces::{self, Space},
    votes::{self, NewBallot, NewVote},
};
use jiff::tz::TimeZone;
use serde_json::json;

use super::{
    Action, Context,
    fields::{self, Fields},
};
use crate::{
    auth::holder,
    charter,
    error::{Error, Refusal},
    events::{self, Event},
    funding::{CallBook, Reader, draft},
    ledger, voting,
};

/// The kind of the job that closes a vote; its key is the vote's reference.
pub const CLOSE: &str = "vote_close";
/// The kind of the job that carries out what a vote decided; its key is the vote's reference.
pub const EFFECT: &str = "vote_effect";
/// The longest question, in characters.
const QUESTION_CHARS_MAX: usize = 300;

/// What is put to the vote.
#[derive(Debug, Clone)]
pub struct Motion {
    /// The question, which yes carries.
    pub question: String,
    /// Why, in Markdown.
    pub explanation: String,
    /// What follows when it passes.
    pub effect: Effect,
}

/// Opens a vote in the transaction of another act, by the charter in force, and answers its
/// reference. Rights are the caller's to judge.
///
/// # Errors
/// What nobody could carry out, a question that is none, and where there is nobody to ask.
pub async fn open(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: &Space,
    motion: Motion,
) -> Result<String, Error> {
    motion.effect.check(tx, cx).await?;
    let mut wrong = Fields::default();
    let question = wrong.take("question", fields::line(&motion.question, QUESTION_CHARS_MAX));
    let question = wrong.end(question)?;
    let explanation = draft::text("explanation", &motion.explanation)?;
    let kind = motion.effect.kind();
    let charter = charter::in_force(&mut Reader::Tx(&mut *tx), space.id).await?;
    let terms = charter.terms(kind);
    let book = match motion.effect.call() {
        Some(call) => Some(CallBook::of(&mut Reader::Tx(&mut *tx), call).await?),
        None => None,
    };
    let bodies = electorate::bodies(tx, space, book.as_ref(), &terms).await?;
    let (ids, bodies): (Vec<_>, Vec<_>) = bodies.into_iter().unzip();
    let electors = vote::electors(&terms, &bodies).map_err(|error| refusal(&error))?;
    let zone = calendar::parse_zone(&space.time_zone).map_err(anyhow::Error::from)?;
    let days = i32::try_from(terms.days).unwrap_or(i32::MAX);
    let last = calendar::add_days(calendar::date_at(cx.now, &zone), days);
    let last = last.map_err(anyhow::Error::from)?;
    let closes_at = calendar::deadline_instant(last, &zone).map_err(anyhow::Error::from)?;
    let year = cx.now.to_zoned(TimeZone::UTC).year();
    let number = settings::next(&mut *tx, &format!("VOTE-{year}")).await?;
    let reference = format!("VOTE-{year}-{number:04}");
    let new = NewVote {
        id: cx.new_id(),
        reference: &reference,
        space: space.id,
        call: book.as_ref().map(|book| book.call.id),
        kind,
        question: &question,
        explanation: &explanation,
        terms: &serde_json::to_string(&voting::to_wire(&terms)).map_err(anyhow::Error::from)?,
        effect: &serde_json::to_string(&motion.effect).map_err(anyhow::Error::from)?,
        charter_version: i64::from(charter.version),
        opened_by: cx.by.actor.person.map_or(ledger::SYSTEM, forge_domain::Id::uuid),
        opened_at: cx.now,
        closes_at,
    };
    let id = new.id;
    votes::insert(&mut *tx, new).await?;
    for (council, elector) in ids.into_iter().zip(electors) {
        let weight = i64::try_from(elector.weight).unwrap_or(i64::MAX);
        let seat = (elector.leads, elector.coordinates);
        votes::insert_elector(&mut *tx, id, council, weight, seat).await?;
    }
    let event = match &book {
        Some(book) => Event::on_call(book, EventKind::VoteOpened),
        None => Event::in_space(space, EventKind::VoteOpened),
    };
    let data = json!({ "title": question, "until": last.to_string() });
    events::emit(tx, cx, event.about(&reference).saying(data)).await?;
    jobs::queue(&mut *tx, cx.new_id(), (CLOSE, &reference), "{}", closes_at, cx.now).await?;
    Ok(reference)
}

/// Puts a question to the councils of a space; nothing follows from it by itself.
#[derive(Debug, Clone)]
pub struct OpenVote {
    /// Which space.
    pub space: Slug,
    /// The question.
    pub question: String,
    /// Why, in Markdown.
    pub explanation: String,
}

impl Action for OpenVote {
    const DEED: Deed = Deed::OpenVote;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let space = allowed_in(tx, cx, &self.space).await?;
        let motion = Motion {
            question: self.question.clone(),
            explanation: self.explanation.clone(),
            effect: Effect::Other,
        };
        let reference = open(tx, cx, &space, motion).await?;
        cx.record(reference.clone(), json!({ "space": space.slug, "kind": "other" }));
        Ok(reference)
    }
}

/// Casts the ballot of a council, in the place of the one before.
#[derive(Debug, Clone)]
pub struct CastBallot {
    /// Which vote.
    pub vote: String,
    /// Which council.
    pub council: String,
    /// What it says: yes, no or abstain.
    pub choice: String,
    /// Which of the offers it is for, from 1, where the vote is between offers.
    pub offer: Option<u32>,
    /// Why; an objection has to say.
    pub comment: String,
}

impl Action for CastBallot {
    const DEED: Deed = Deed::Vote;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let vote = votes::by_ref(&mut *tx, &self.vote).await?.ok_or(Error::NotFound)?;
        let (_, held) = holder::of_space_in(tx, vote.space_id).await?;
        let unknown = || Error::Refused(Refusal::field("council", "council_unknown"));
        let slug = self.council.trim().parse::<Slug>().map_err(|_| unknown())?;
        let council = councils::by_slug(&mut *tx, &slug).await?.ok_or_else(unknown)?;
        cx.allow(&Resource::new(held, Visibility::Public).for_council(council.id))?;
        let electors = votes::electors(&mut *tx, vote.id).await?;
        if !electors.iter().any(|elector| elector.council_id == council.id) {
            return Err(refusal(&VoteError::NotAnElector(council.slug)));
        }
        let choice: Choice = self
            .choice
            .trim()
            .parse()
            .map_err(|_| Error::Refused(Refusal::field("choice", "choice_unknown")))?;
        let comment = draft::text("comment", &self.comment)?;
        let offers = u32::try_from(voting::offers_of(&vote)?.len()).unwrap_or(u32::MAX);
        vote::check_offer(choice, self.offer, offers).map_err(|error| refusal(&error))?;
        let rule = voting::terms_of(&vote)?.rule;
        vote::cast((vote.state, vote.closes_at), (rule, choice, &comment), cx.now)
            .map_err(|error| refusal(&error))?;
        let ballot = NewBallot {
            vote: vote.id,
            council: council.id,
            choice,
            offer: self.offer.map(i64::from),
            comment: &comment,
            actor: cx.person()?.uuid(),
            cast_at: cx.now,
        };
        votes::cast(&mut *tx, ballot).await?;
        // What it says is public when the vote is closed, and not before.
        cx.record_for(council.id, vote.reference, json!({ "council": council.slug }));
        Ok(())
    }
}

/// Opens a space for an act of one of its leads.
pub(super) async fn allowed_in(tx: &mut Tx, cx: &Context<'_>, slug: &Slug) -> Result<Space, Error> {
    let space = spaces::by_slug(&mut *tx, slug).await?.ok_or(Error::NotFound)?;
    let (space, held) = holder::of_space_in(tx, space.id).await?;
    cx.allow(&Resource::new(held, Visibility::Public))?;
    Ok(space)
}

/// Why a vote or a ballot is refused, for whoever asked.
fn refusal(error: &VoteError) -> Error {
    let refusal = Refusal::new(error.code()).arg("why", error);
    match error {
        VoteError::Closed | VoteError::BallotCast => Error::Conflict(refusal),
        VoteError::OptionMissing => crate::funding::wrong("choice", error.code()),
        VoteError::NotAnElector(_) => Error::Forbidden(refusal),
        VoteError::ReasonMissing => crate::funding::wrong("comment", error.code()),
        VoteError::NoElectors => Error::Conflict(refusal),
        VoteError::PopulationMissing(council) => Error::Conflict(refusal.arg("council", council)),
    }
}
