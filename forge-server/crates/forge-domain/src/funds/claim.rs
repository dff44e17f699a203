//! What one milestone asks of each council: the lines of a call for funds.

use std::collections::BTreeMap;

use super::FundsError;
use crate::{
    money::{Amount, AmountError},
    sharing::{Basis, Document, ShareLine, Shares, distribute_vat, tranches},
};

/// Where a council stands before a call for funds, in the basis of the call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// Its final share.
    pub share: Amount,
    /// The most its act authorises.
    pub ceiling: Amount,
    /// What it was asked for before.
    pub called: Amount,
}

/// What a council is asked for, and what is left after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimLine {
    /// Its position before.
    pub before: Position,
    /// What it owes for this milestone, in the basis of the call.
    pub amount: Amount,
    /// The same, without tax, the tax, and with it.
    pub line: ShareLine,
    /// What it will still be asked for.
    pub to_call: Amount,
    /// What of its ceiling is left after all that was called.
    pub ceiling_left: Amount,
}

/// A call for funds: one milestone and what it asks of each council, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The document it pays for.
    pub document: Document,
    /// What it asks of each council, in the order of their ids.
    pub lines: BTreeMap<String, ClaimLine>,
}

impl Claim {
    /// All lines together: net, tax and gross.
    pub fn total(&self) -> Result<ShareLine, AmountError> {
        let sum = |part: fn(&ShareLine) -> Amount| {
            Amount::checked_sum(self.lines.values().map(|line| part(&line.line)))
        };
        Ok(ShareLine {
            net: sum(|line| line.net)?,
            vat: sum(|line| line.vat)?,
            gross: sum(|line| line.gross)?,
        })
    }
}

/// Draws up the lines of the milestone at `at` among `open`: the documents that were not called
/// for yet, in order.
///
/// What is left of the shares is spread over what is left to call (a declining balance), so that
/// the lines add up to the milestone and, in the end, to every share: example E9. Refuses shares
/// that are not what the open documents bring together.
pub fn claim(
    basis: Basis,
    open: &[Document],
    at: usize,
    councils: &BTreeMap<String, Position>,
) -> Result<Claim, FundsError> {
    let document = *open.get(at).ok_or(FundsError::NoSuchMilestone)?;
    let mut left = Shares::new();
    for (council, position) in councils {
        left.insert(council.clone(), position.share.checked_sub(position.called)?);
    }
    let bases: Vec<Amount> = open.iter().map(|document| document.base).collect();
    let plan = tranches(&left, &bases)?;
    let tranche = plan.get(at).ok_or(FundsError::NoSuchMilestone)?;
    let vat = distribute_vat(document.vat, &tranche.shares)?;
    let mut lines = BTreeMap::new();
    for (council, &before) in councils {
        let amount = tranche.shares.get(council).copied().unwrap_or_default();
        let vat = vat.get(council).copied().unwrap_or_default();
        let called = before.called.checked_add(amount)?;
        let line = ClaimLine {
            before,
            amount,
            line: split(basis, amount, vat)?,
            to_call: before.share.checked_sub(called)?,
            ceiling_left: before.ceiling.checked_sub(called)?,
        };
        lines.insert(council.clone(), line);
    }
    Ok(Claim { document, lines })
}

/// Draws up the one line of a late joiner's call for funds: the part of its buy-in that no
/// milestone asks for, with the tax on it (domain.md §c10).
pub fn claim_apart(
    basis: Basis,
    (joiner, before): (&str, Position),
    (amount, vat): (Amount, Amount),
) -> Result<Claim, FundsError> {
    let called = before.called.checked_add(amount)?;
    let line = split(basis, amount, vat)?;
    let document = Document { net: line.net, vat, subsidies: Amount::ZERO, base: amount };
    let line = ClaimLine {
        before,
        amount,
        line,
        to_call: before.share.checked_sub(called)?,
        ceiling_left: before.ceiling.checked_sub(called)?,
    };
    Ok(Claim { document, lines: [(joiner.to_owned(), line)].into() })
}

fn split(basis: Basis, amount: Amount, vat: Amount) -> Result<ShareLine, AmountError> {
    Ok(match basis {
        Basis::Net => ShareLine { net: amount, vat, gross: amount.checked_add(vat)? },
        Basis::Gross => ShareLine { net: amount.checked_sub(vat)?, vat, gross: amount },
    })
}
