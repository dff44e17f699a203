//! A council that joins a call whose shares are final (domain.md §c10): what it pays, and what
//! those who paid before it are credited.

use std::collections::BTreeMap;

use forge_domain::{
    Id, calendar,
    call::{self, CallAct},
    charter::{Charter, Waiver},
    id,
    ledger::{Event, Key},
    money::{Amount, Money},
    pledge::{self, Judged, PledgeState},
    sharing::{self, Basis, Joining, Participant, Prefix, Shares, distribute_vat, vat_of},
};
use forge_store::{
    Tx,
    buy_ins::{self, BuyIn},
    evidence,
    pledges::{self, Pledge},
    substitutions,
    votes::Vote,
    work,
};
use serde_json::Value;

use super::{
    Context,
    voted::{Line, write_share},
};
use crate::{
    actions::pledges::{Moved, judge_acts, move_on, step_of},
    charter,
    error::{Error, Refusal},
    funding::{
        CallBook, Reader,
        book::or_refused,
        decision,
        funds::{FundsBook, confirmed, share},
        pledge_refused, wrong,
    },
};

/// The pledge a council signed to join a call, and what joining means for everyone.
pub(super) struct Asked {
    /// The pledge, waiting for the vote.
    pub row: Pledge,
    /// What it pays, and what others are credited.
    pub joining: Joining,
    /// Why it pays no more than the price, where that is waived.
    pub waiver: Option<Waiver>,
    escalator_bp: u32,
    charter: Charter,
    money: FundsBook,
}

/// Whether a council could join a call now, and on what terms: asked when the vote is opened, and
/// again when it is carried out.
///
/// # Errors
/// [`Error::Refused`] where the council has not signed, or its ceiling does not cover the amount.
pub(super) async fn asked(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, council): (&CallBook, &str),
) -> Result<Asked, Error> {
    call::step(book.call.state, CallAct::Join).map_err(|error| decision::refusal(&error))?;
    let unasked = || wrong("council", "join_not_asked");
    let waits = |row: &&Pledge| {
        row.council_slug == council
            && row.state == PledgeState::PendingDecision
            && row.signed_by.is_some()
    };
    let row = book.living().find(waits).cloned().ok_or_else(unasked)?;
    if substitutions::taken_by(&mut *tx, row.id).await?.is_some() {
        return Err(unasked());
    }
    let money = FundsBook::load(&mut Reader::Tx(&mut *tx), book).await?;
    if money.closing.is_some() {
        return Err(Error::Conflict(Refusal::new("refunds_planned")));
    }
    let charter = charter::in_force(&mut Reader::Tx(&mut *tx), book.space.id).await?;
    let waiver = waiver(tx, (&charter, book), row.council_id).await?;
    let today = calendar::date_at(cx.now, &book.zone);
    let escalator_bp = charter.escalator_on(today, waiver.is_some());
    let before = shares(book);
    let after = with(book, &row)?;
    let uncalled: Shares = confirmed(book)
        .map(|one| {
            let called = money.called(book, one.council_id).minor();
            let left = share(book, one).minor() - called - money.apart(one.council_id).minor();
            (one.council_slug.clone(), Amount::from_minor(left.max(0)))
        })
        .collect();
    let terms = (charter.late_joiner, escalator_bp);
    let joining = or_refused(sharing::join((&before, &after), council, &uncalled, terms))?;
    let ceiling = Amount::from_minor(row.ceiling.unwrap_or_default());
    pledge::join(row.state, ceiling, joining.amount, book.currency)
        .map_err(|fault| pledge_refused(&[fault]))?;
    Ok(Asked { row, joining, waiver, escalator_bp, charter, money })
}

impl Asked {
    /// What it pays, for the question of the vote.
    pub fn amount(&self, book: &CallBook) -> Money {
        Money { amount: self.joining.amount, currency: book.currency }
    }
}

/// The final shares as they stand, in the basis of the call.
fn shares(book: &CallBook) -> Shares {
    confirmed(book).map(|row| (row.council_slug.clone(), share(book, row))).collect()
}

/// The shares of everyone had the joiner taken part from the start: by the same rule and counts,
/// for the slices that are kept. Its own ceiling is put aside, so that it lowers no price.
fn with(book: &CallBook, joiner: &Pledge) -> Result<Shares, Error> {
    let guarantor = only_guarantor(book);
    let payers = confirmed(book).filter(|row| Some(row.council_id) != guarantor);
    let mut councils: Vec<Participant> = payers.map(|row| book.participant(row)).collect();
    councils.push(Participant { ceiling: None, ..book.participant(joiner) });
    let request = or_refused(book.request_for(kept(book)?, councils))?;
    let mut after = or_refused(sharing::compute(&request))?.shares;
    // Who only guaranteed keeps what it paid: it had no share of its own.
    for row in confirmed(book).filter(|row| Some(row.council_id) == guarantor) {
        after.insert(row.council_slug.clone(), share(book, row));
    }
    Ok(after)
}

/// The slices that are still to be done or done: those that were kept, without what was dropped.
fn kept(book: &CallBook) -> Result<Prefix, Error> {
    let whole = book.whole();
    let kept = book.kept()?.unwrap_or(whole);
    let count = (0..kept.count).filter(|at| book.is_kept(*at)).count();
    if count == whole.count && kept == whole {
        return Ok(whole);
    }
    let cost = book.slices().into_iter().take(count);
    Ok(Prefix { count, cost: Amount::checked_sum(cost).map_err(anyhow::Error::from)? })
}

/// The guarantor, where it pays for its guarantee alone and took no part itself.
fn only_guarantor(book: &CallBook) -> Option<Id<id::Council>> {
    let backstop = book.backstop.as_ref()?;
    let snapshot: Value = serde_json::from_str(book.call.snapshot.as_deref()?).ok()?;
    let councils = snapshot["inputs"]["councils"].as_array()?;
    let pledged = councils.iter().any(|one| one["id"] == backstop.slug.as_str());
    (!pledged).then_some(backstop.council_id)
}

/// Why a council pays no more than the price, where the charter says so: it has paid for another
/// call of the space, or given days of work to one of its calls.
async fn waiver(
    tx: &mut Tx,
    (charter, book): (&Charter, &CallBook),
    council: Id<id::Council>,
) -> Result<Option<Waiver>, Error> {
    for &waiver in &charter.waiver {
        let holds = match waiver {
            Waiver::PastFunder => has_funded(tx, book, council).await?,
            Waiver::InKindContributor => {
                work::has_delivered(&mut *tx, (council, book.space.id)).await?
            }
        };
        if holds {
            return Ok(Some(waiver));
        }
    }
    Ok(None)
}

/// Whether a council has a frozen share in another call of the space.
async fn has_funded(tx: &mut Tx, book: &CallBook, council: Id<id::Council>) -> Result<bool, Error> {
    let before = pledges::of_council(&mut *tx, council).await?;
    let rows = pledges::committed_in_space(&mut *tx, book.space.id).await?;
    Ok(before.iter().any(|row| {
        row.call_id != book.call.id
            && row.state.is_frozen()
            && rows.iter().any(|one| one.reference == row.reference)
    }))
}

/// Lets the council in: the effect of a vote that passed.
///
/// # Errors
/// [`Error::Refused`] where its act is not enforceable or checked yet, or things have moved on.
pub(in crate::actions) async fn joined(
    tx: &mut Tx,
    cx: &Context<'_>,
    (reference, council): (&str, &str),
    vote: &Vote,
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    let asked = asked(tx, cx, (&book, council)).await?;
    let acts = evidence::of_pledge(&mut *tx, asked.row.id).await?;
    match judge_acts(cx, &book, &acts)? {
        Some(Judged::Ready) => {}
        Some(Judged::Waits(waits)) => {
            let faults: Vec<_> = waits.into_iter().map(pledge::Wait::refusal).collect();
            return Err(pledge_refused(&faults));
        }
        None => return Err(wrong("council", "join_not_asked")),
    }
    let apart_vat = tax_on(&book, asked.joining.apart)?;
    enter(tx, cx, &book, (&asked, apart_vat)).await?;
    keep(tx, cx, &book, (&asked, vote, apart_vat)).await?;
    lower_others(tx, cx, &book, (&asked, vote)).await
}

/// The tax on what is called for by itself, in it or on it as the call has it.
fn tax_on(book: &CallBook, amount: Amount) -> Result<Amount, Error> {
    let bp = u32::try_from(book.call.vat_bp).unwrap_or(u32::MAX);
    or_refused(match book.basis() {
        Basis::Net => vat_of(amount, bp),
        Basis::Gross => sharing::vat_in(amount, bp),
    })
}

/// The shares of everyone once the council has joined, and the tax of the slices spread over them.
fn lines(book: &CallBook, asked: &Asked) -> Result<(Shares, Shares), Error> {
    let joining = &asked.joining;
    let mut shares = shares(book);
    for (council, credit) in &joining.credits {
        if let Some(share) = shares.get_mut(council) {
            *share = share.checked_sub(credit.lowered).map_err(anyhow::Error::from)?;
        }
    }
    let of_slices = joining.amount.checked_sub(joining.apart).map_err(anyhow::Error::from)?;
    shares.insert(asked.row.council_slug.clone(), of_slices);
    let taxes = or_refused(distribute_vat(book.tax_kept()?, &shares))?;
    Ok((shares, taxes))
}

/// The pledge of the joiner: firm up to its ceiling and confirmed for what it pays, in one.
async fn enter(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    (asked, apart_vat): (&Asked, Amount),
) -> Result<(), Error> {
    let (row, joining) = (&asked.row, &asked.joining);
    let ceiling = Amount::from_minor(row.ceiling.unwrap_or_default());
    let to = pledge::join(row.state, ceiling, joining.amount, book.currency)
        .map_err(|fault| pledge_refused(&[fault]))?;
    let (_, taxes) = lines(book, asked)?;
    let tax = taxes.get(&row.council_slug).copied().unwrap_or_default();
    let tax = tax.checked_add(apart_vat).map_err(anyhow::Error::from)?;
    let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
    let firm = Event::PledgeFirm { council: council.clone(), ceiling };
    let key = format!("{}:firm", row.reference);
    super::voted::append(tx, cx, book, (&row.council_slug, key, firm)).await?;
    let event = Event::PledgeConfirmed { council, ceiling, share: joining.amount };
    let line = Line::new(book, joining.amount, tax)?;
    let step = pledges::Step {
        share: Some(line.minor()),
        committed_by: row.signed_by,
        ..step_of(row, to)
    };
    move_on(tx, cx, book, Moved { row, step, event: Some(event) }).await?;
    Ok(())
}

/// Keeps what was reckoned, so that anyone can see who is credited for whom.
async fn keep(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    (asked, vote, apart_vat): (&Asked, &Vote, Amount),
) -> Result<(), Error> {
    let (row, joining) = (&asked.row, &asked.joining);
    let position = asked.money.buy_ins.iter().map(|one| one.position).max().unwrap_or(0) + 1;
    let new = BuyIn {
        pledge_id: row.id,
        call_id: book.call.id,
        council_id: row.council_id,
        position,
        vote_id: vote.id,
        policy: asked.charter.late_joiner,
        price: joining.price.minor(),
        escalator_bp: i64::from(asked.escalator_bp),
        waiver: asked.waiver.map(|waiver| waiver.name().to_owned()),
        amount: joining.amount.minor(),
        apart: joining.apart.minor(),
        apart_vat: apart_vat.minor(),
        joined_at: cx.now,
    };
    buy_ins::insert(&mut *tx, &new).await?;
    let councils: BTreeMap<&str, Id<id::Council>> =
        confirmed(book).map(|row| (row.council_slug.as_str(), row.council_id)).collect();
    for (council, credit) in &joining.credits {
        if let Some(id) = councils.get(council.as_str()).filter(|_| !credit.credit.is_zero()) {
            let amounts = (credit.credit.minor(), credit.lowered.minor());
            buy_ins::insert_credit(&mut *tx, (row.id, *id), amounts).await?;
        }
    }
    Ok(())
}

/// Lowers what the others are still to be asked for, by what the joiner is asked in their place.
async fn lower_others(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    (asked, vote): (&Asked, &Vote),
) -> Result<(), Error> {
    let (shares, taxes) = lines(book, asked)?;
    let lowered = |row: &&Pledge| {
        let credit = asked.joining.credits.get(&row.council_slug);
        credit.is_some_and(|credit| !credit.lowered.is_zero())
    };
    for row in confirmed(book).filter(lowered) {
        let share = shares.get(&row.council_slug).copied().unwrap_or_default();
        let tax = taxes.get(&row.council_slug).copied().unwrap_or_default();
        write_share(tx, cx, (book, row, vote), (share, tax)).await?;
    }
    Ok(())
}

/// The pledge of a council that the funders did not let in ends with their no.
pub(in crate::actions) async fn turned_down(
    tx: &mut Tx,
    cx: &Context<'_>,
    (reference, council): (&str, &str),
    vote: &Vote,
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    let waits =
        |row: &&Pledge| row.council_slug == council && row.state == PledgeState::PendingDecision;
    let Some(row) = book.living().find(waits) else { return Ok(()) };
    let to = pledge::transition(Some(row.state), pledge::PledgeAct::Refuse)
        .map_err(|fault| pledge_refused(&[fault]))?;
    let step = pledges::Step { reason: Some(vote.reference.clone()), ..step_of(row, to) };
    move_on(tx, cx, &book, Moved { row, step, event: None }).await?;
    Ok(())
}
