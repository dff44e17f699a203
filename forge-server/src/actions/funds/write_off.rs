//! What will not come, given up: the effect of a vote of the funders, never of one person.

use forge_domain::{
    ledger::{Event, Party},
    money::Amount,
};
use forge_store::{
    Tx,
    funds::{self, Line},
    refunds::{self, Award},
};

use super::{Purse, settle};
use crate::{actions::Context, error::Error, funding::wrong};

/// Whether a write-off could take effect now: asked when the vote on it is opened.
///
/// # Errors
/// [`Error::Refused`] where `debtor`, a council or a grant such as `grant:state`, owes nothing.
pub async fn check(
    tx: &mut Tx,
    cx: &Context<'_>,
    (call, debtor): (&str, &str),
) -> Result<(), Error> {
    let purse = Purse::open(tx, cx, call).await?;
    purse.is_open()?;
    let owes = owed_lines(&purse, debtor).next().is_some() || owed_grant(&purse, debtor).is_some();
    if owes { Ok(()) } else { Err(wrong("council", "nothing_owed")) }
}

/// Gives up what a council, or a grant such as `grant:state`, still owes on a call: the effect of a
/// vote that passed. What came in since the vote was opened is not given up.
///
/// # Errors
/// [`Error::Refused`] where nothing is owed any more.
pub async fn write_off(
    tx: &mut Tx,
    cx: &Context<'_>,
    (call, debtor): (&str, &str),
) -> Result<(), Error> {
    check(tx, cx, (call, debtor)).await?;
    let purse = Purse::open(tx, cx, call).await?;
    for (line, amount) in owed_lines(&purse, debtor) {
        let payer = Party::Council(debtor.parse().map_err(anyhow::Error::from)?);
        let total = line.written_off + amount.minor();
        let call = purse.money.calls.iter().find(|one| one.id == line.funds_call_id);
        let named = call.map_or_else(String::new, |one| one.reference.clone());
        let key = format!("{named}:{debtor}:{total}");
        purse.append(tx, cx, (Some(debtor), key), Event::WrittenOff { payer, amount }).await?;
        funds::update_line(&mut *tx, &Line { written_off: total, ..line.clone() }).await?;
        settle::resettle(tx, cx, &purse, line.funds_call_id).await?;
    }
    if let Some((award, amount)) = owed_grant(&purse, debtor) {
        let payer = Party::Grant(debtor.parse().map_err(anyhow::Error::from)?);
        let total = award.written_off + amount.minor();
        let key = format!("{call}:{debtor}:{total}");
        purse.append(tx, cx, (None, key), Event::WrittenOff { payer, amount }).await?;
        refunds::write_off_award(&mut *tx, (purse.book.call.id, award.position), total).await?;
    }
    Ok(())
}

/// The issued lines of a council that are not paid, with what is owed on each.
fn owed_lines<'a>(
    purse: &'a Purse,
    council: &'a str,
) -> impl Iterator<Item = (&'a Line, Amount)> + 'a {
    let money = &purse.money;
    let stands = |line: &&Line| {
        money.calls.iter().any(|call| {
            call.id == line.funds_call_id && matches!(call.state.name(), "issued" | "partly_paid")
        })
    };
    money
        .lines
        .iter()
        .filter(move |line| line.council_slug == council)
        .filter(stands)
        .map(|line| (line, money.owed(line)))
        .filter(|(_, owed)| owed.minor() > 0)
}

fn owed_grant<'a>(purse: &'a Purse, account: &str) -> Option<(&'a Award, Amount)> {
    let award = purse.money.awards.iter().find(|award| award.account == account)?;
    let came = purse.money.granted(award.position).minor();
    let owed = award.amount - award.written_off - came;
    (owed > 0).then(|| (award, Amount::from_minor(owed)))
}
