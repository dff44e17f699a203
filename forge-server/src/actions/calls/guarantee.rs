//! The guarantee of closing when it is used: the guarantor owes its part like any other council
//! (domain.md §c10).

use forge_domain::{
    Id,
    ledger::{Event, Key},
    money::Amount,
    pledge::{self, PledgeAct, PledgeState},
    sharing::ShareOutcome,
};
use forge_store::{
    Tx,
    calls::Backstop,
    pledges::{self, NewPledge, Pledge},
    settings,
};
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{Context, ending::lapse};
use crate::{
    actions::pledges::{Moved, move_on, step_of},
    error::Error,
    funding::{CallBook, Reader},
    ledger,
};

/// What the guarantor pays becomes a pledge like any other: the call with it, where the guarantee
/// was used and its council has not pledged itself.
pub(super) async fn guarantee(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    outcome: &ShareOutcome,
) -> Result<Option<CallBook>, Error> {
    let Some(backstop) = &book.backstop else { return Ok(None) };
    if !outcome.shares.contains_key(&backstop.slug) {
        return Ok(None);
    }
    let own = book.position(backstop.council_id);
    if own.is_some_and(|row| row.state == PledgeState::Firm) {
        return Ok(None);
    }
    if let Some(row) = own {
        lapse(tx, cx, book, row, PledgeAct::Lapse).await?;
    }
    let row = pledge_of(tx, cx, book, backstop).await?;
    let to = pledge::transition(Some(row.state), PledgeAct::Commit)
        .map_err(|fault| crate::funding::pledge_refused(&[fault]))?;
    let ceiling = Amount::from_minor(backstop.amount_max);
    let council: Key = backstop.slug.parse().map_err(anyhow::Error::from)?;
    let event = pledge::ledger_event(PledgeAct::Commit, council, ceiling);
    let act_ref = Some(backstop.act_ref.clone());
    let step = pledges::Step { act_ref, ..step_of(&row, to) };
    move_on(tx, cx, book, Moved { row: &row, step, event }).await?;
    CallBook::of(&mut Reader::Tx(tx), &book.call.reference).await.map(Some)
}

/// What a firm pledge may be charged: its ceiling, and the limit of the guarantee where its
/// council gives that too. The ledger says so where the guarantee is used.
pub(super) async fn ceiling_of(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, row): (&CallBook, &pledges::Pledge),
    share: Amount,
) -> Result<Amount, Error> {
    let ceiling = Amount::from_minor(row.ceiling.unwrap_or_default());
    let backstop = book.backstop.as_ref().filter(|one| one.council_id == row.council_id);
    let Some(backstop) = backstop.filter(|_| share > ceiling) else { return Ok(ceiling) };
    let limit = Amount::from_minor(backstop.amount_max);
    let to = ceiling.checked_add(limit).map_err(anyhow::Error::from)?;
    let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
    let entry = ledger::NewEntry {
        call: &book.call.reference,
        currency: book.currency,
        council: Some(&row.council_slug),
        event: Event::PledgeAmended { council, from: ceiling, to },
        evidence: Vec::new(),
        key: format!("{}:guarantee", row.reference),
    };
    ledger::append(tx, cx, book.call.space_id, entry).await?;
    Ok(to)
}

/// The pledge of a guarantor, which the forge writes in its place: its act was given when the
/// guarantee was.
async fn pledge_of(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    backstop: &Backstop,
) -> Result<Pledge, Error> {
    let year = cx.now.to_zoned(TimeZone::UTC).year();
    let number = settings::next(&mut *tx, &format!("PLG-{year}")).await?;
    let reference = format!("PLG-{year}-{number:04}");
    let new = NewPledge {
        id: cx.new_id(),
        reference: &reference,
        call: book.call.id,
        council: backstop.council_id,
        state: PledgeState::Intention,
        ceiling: Some(backstop.amount_max),
        note: "",
        published: true,
        created_by: Id::new(Uuid::nil()),
        now: cx.now,
    };
    pledges::insert(&mut *tx, new).await?;
    pledges::by_ref(&mut *tx, &reference).await?.ok_or(Error::NotFound)
}
