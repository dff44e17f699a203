//! What every act on a pledge begins and ends with: the call and the council, who acts, in time.

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::{Deed, Holder, Resource},
    calendar,
    call::{self, CallState},
    money::{Amount, Currency},
    names::Slug,
    pledge::{self, Mandate, MandateKind, PledgeState},
    sharing::Participant,
};
use forge_store::{
    Tx, councils,
    councils::Council,
    mandates,
    pledges::{self, NewPledge, Pledge},
    settings,
};
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};

use super::super::{Context, allow, calls};
use crate::{
    app::Via,
    error::{Error, Refusal},
    funding::{CallBook, Reader, answer, book::or_refused, decision, wrong},
};

/// How long a proof of who one is lasts for an act that binds a council (security.md A12).
pub const STEP_UP_MINUTES: i64 = 5;

/// A call with the council that acts on it.
pub(in crate::actions) struct At {
    pub book: CallBook,
    pub council: Council,
}

impl At {
    pub fn position(&self) -> Option<&Pledge> {
        self.book.position(self.council.id)
    }

    /// The share in the reference scenario; refuses a council the rule cannot count.
    pub async fn reckon(&mut self, tx: &mut Tx, ceiling: Option<Amount>) -> Result<Amount, Error> {
        self.book.add_council(&mut Reader::Tx(tx), self.council.id).await?;
        let me = Participant {
            ceiling,
            ..self.book.counted(self.council.id, self.council.slug.clone())
        };
        Ok(or_refused(self.book.prospect(&me))?.reference)
    }
}

/// Opens a call for an act in the name of a council.
pub(in crate::actions) async fn open(
    tx: &mut Tx,
    cx: &Context<'_>,
    call: &str,
    council: &str,
) -> Result<At, Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), call).await?;
    let held = calls::holder_of(tx, &book).await?;
    // Who may not see the call is not told which councils there are.
    let seen = calls::resource(&book, held);
    allow(&cx.by.actor, Deed::ReadCall, &seen)?;
    let slug = council.trim().parse::<Slug>().map_err(|_| wrong("council", "council_unknown"))?;
    let council = councils::by_slug(&mut *tx, &slug).await?;
    let council = council.ok_or_else(|| wrong("council", "council_unknown"))?;
    cx.allow(&seen.for_council(council.id))?;
    if council.status != "verified" {
        return Err(Error::Refused(Refusal::new("council_not_verified")));
    }
    Ok(At { book, council })
}

/// Finds a pledge for an act of its council.
pub(in crate::actions) async fn find(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
) -> Result<(CallBook, Pledge), Error> {
    let (book, row, held) = see(tx, cx, reference).await?;
    cx.allow(&calls::resource(&book, held).for_council(row.council_id))?;
    Ok((book, row))
}

/// Finds a pledge that the actor may know of; what may be done is still to be asked.
pub(super) async fn see(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
) -> Result<(CallBook, Pledge, Holder), Error> {
    let row = pledges::by_ref(&mut *tx, reference).await?.ok_or(Error::NotFound)?;
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), &row.call_ref).await?;
    let held = calls::holder_of(tx, &book).await?;
    if !row.published && row.committed_at.is_none() {
        // What a space keeps to its members does not exist for others.
        let space = Resource::published_call(held.clone());
        allow(&cx.by.actor, Deed::ReadSpaceInternals, &space)?;
    }
    Ok((book, row, held))
}

/// A page asks for a recent proof of who one is; a token is that proof itself: it is made only
/// after one, has a scope that says it may change things, ends on a day, and is named by every
/// audit row of what it did (security.md A12).
pub(super) fn proven(cx: &Context<'_>) -> Result<(), Error> {
    if cx.by.via != Via::Web {
        return Ok(());
    }
    let since = cx.now - STEP_UP_MINUTES.minutes();
    if cx.by.authenticated_at.is_some_and(|at| at >= since) {
        Ok(())
    } else {
        Err(Error::Forbidden(Refusal::new("prove_again")))
    }
}

/// A council that has said something has until the days of grace are over, any other until the
/// deadline.
pub(super) fn in_time(
    cx: &Context<'_>,
    book: &CallBook,
    position: Option<&Pledge>,
) -> Result<(), Error> {
    let (state, clock): (CallState, _) = (book.call.state, book.clock()?);
    let said = position.is_some_and(|row| row.state.is_undecided());
    let in_time = if said {
        call::takes_decisions(state, clock, cx.now)
    } else {
        call::takes_intentions(state, clock, cx.now)
    };
    in_time.map_err(|error| decision::refusal(&error))
}

/// The day it is where the space is.
pub(super) fn today(cx: &Context<'_>, book: &CallBook) -> Date {
    calendar::date_at(cx.now, &book.zone)
}

/// The mandates of the person who acts, for a council.
pub(super) async fn mandates_for(
    tx: &mut Tx,
    cx: &Context<'_>,
    council: forge_domain::Id<forge_domain::id::Council>,
) -> Result<Vec<Mandate>, Error> {
    // From the beginning, so that one that is over is told from none.
    let all = mandates::of_person(&mut *tx, cx.person()?, Date::constant(1900, 1, 1)).await?;
    let own = all.into_iter().filter(|mandate| mandate.council_id == council);
    Ok(own
        .filter_map(|mandate| {
            Some(Mandate {
                amount_max: Amount::from_minor(mandate.amount_max),
                currency: Currency::from_code(&mandate.currency).ok()?,
                kinds: kinds(&mandate.kinds),
                valid_from: mandate.valid_from,
                valid_until: mandate.valid_until,
            })
        })
        .collect())
}

/// Refuses a signatory whose mandates do not cover this kind of act over this amount.
pub(super) async fn mandated(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, row): (&CallBook, &Pledge),
    kind: MandateKind,
) -> Result<(), Error> {
    let held = mandates_for(tx, cx, row.council_id).await?;
    let share = answer::final_in_basis(book, row);
    let amount = share.unwrap_or_else(|| Amount::from_minor(row.ceiling.unwrap_or_default()));
    pledge::check_mandate(&held, kind, (amount, book.currency), today(cx, book)).map_err(super::one)
}

/// The kinds of act of a stored mandate; a word nobody knows covers nothing.
fn kinds(words: &str) -> Vec<MandateKind> {
    words.split(' ').filter_map(|word| word.parse().ok()).collect()
}

/// What a pledge starts as.
pub(super) struct Start<'a> {
    pub state: PledgeState,
    pub ceiling: Option<Amount>,
    pub note: &'a str,
    pub published: bool,
}

pub(super) async fn insert(
    tx: &mut Tx,
    cx: &Context<'_>,
    at: &At,
    start: Start<'_>,
) -> Result<String, Error> {
    let year = cx.now.to_zoned(TimeZone::UTC).year();
    let number = settings::next(&mut *tx, &format!("PLG-{year}")).await?;
    let reference = format!("PLG-{year}-{number:04}");
    let new = NewPledge {
        id: cx.new_id(),
        reference: &reference,
        call: at.book.call.id,
        council: at.council.id,
        state: start.state,
        ceiling: start.ceiling.map(Amount::minor),
        note: start.note,
        published: start.published,
        created_by: cx.person()?,
        now: cx.now,
    };
    pledges::insert(&mut *tx, new).await?;
    Ok(reference)
}

/// The pledge as its council reads it, with the figures after the act; `before` is its call as it
/// was before.
pub(super) async fn tell(
    tx: &mut Tx,
    cx: &Context<'_>,
    (before, reference): (&CallBook, &str),
) -> Result<Answer, Error> {
    let after = before.again(&mut Reader::Tx(&mut *tx)).await?;
    tell_of(tx, cx, (&after, reference)).await
}

/// As [`tell`], of the call as it is after the act.
pub(super) async fn tell_of(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, reference): (&CallBook, &str),
) -> Result<Answer, Error> {
    let row = book.pledges.iter().find(|row| row.reference == reference).ok_or(Error::NotFound)?;
    answer::pledge(cx.app, &mut Reader::Tx(tx), book, row, true).await
}
