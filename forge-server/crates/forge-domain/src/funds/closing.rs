//! The end of the money of a call: what is left, who gets it back, and books that stand at zero.

use std::collections::BTreeMap;

use super::{FundsError, Open};
use crate::{
    ledger::{Account, Cost, Event, Key, Party},
    money::{Amount, AmountError},
    sharing::{Shares, refund},
};

/// Below this a council's refund is carried to maintenance, where the charter of the space says
/// so: 5.00 (domain.md §c14), in minor units.
pub const CARRIED_BELOW_DEFAULT: Amount = Amount::from_minor(500);

/// When a grant gets unspent money back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RefundOrder {
    /// With the councils, in proportion to what each paid.
    #[default]
    ProRata,
    /// Before them, as its own contract demands, up to what it gave.
    First,
}

/// Who paid, and on what terms it is paid back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giver {
    /// A council.
    Council,
    /// A grant.
    Grant(RefundOrder),
}

/// What one party has paid in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Who.
    pub party: Party,
    /// On what terms.
    pub giver: Giver,
    /// How much, net of what was given back already.
    pub paid: Amount,
}

/// What becomes of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is sent.
    Sent,
    /// It is too small to be, and goes to maintenance.
    Carried,
}

/// What a party gets back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Who.
    pub party: Party,
    /// How much, more than nothing.
    pub amount: Amount,
    /// Whether it is sent.
    pub fate: Fate,
}

/// The accounts of one call as they stand, zeros left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Books(pub BTreeMap<Account, i128>);

impl Books {
    /// What stands on an account; zero where nothing does.
    pub fn on(&self, account: &Account) -> Result<Amount, AmountError> {
        minor(self.0.get(account).copied().unwrap_or(0))
    }

    /// What the treasurer holds.
    pub fn cash(&self) -> Result<Amount, AmountError> {
        self.on(&Account::CashTreasurer)
    }

    /// Whether nothing stands anywhere (K10).
    pub fn are_even(&self) -> Result<(), FundsError> {
        if self.0.values().all(|&sum| sum == 0) {
            Ok(())
        } else {
            Err(FundsError::NotReconciled(Open::Account))
        }
    }

    /// What keeps refunds from being planned: everything called and granted must have come in or
    /// been written off, and every supplier must be paid.
    pub fn settled(&self) -> Result<(), FundsError> {
        for (account, &sum) in &self.0 {
            match account {
                Account::Receivable(_) if sum != 0 => {
                    return Err(FundsError::NotReconciled(Open::Receivable));
                }
                Account::PayableSupplier(_) if sum != 0 => {
                    return Err(FundsError::NotReconciled(Open::Payable));
                }
                Account::CashTreasurer if sum < 0 => {
                    return Err(FundsError::NotReconciled(Open::Overspent));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The commitments that no call for funds took up: a reserve that was not needed, milestones
    /// that were dropped, parts that councils paid for themselves.
    pub fn uncalled(&self) -> Result<Vec<(Key, Amount)>, AmountError> {
        let mut left = Vec::new();
        for (account, &sum) in &self.0 {
            if let (Account::CommitmentsCouncil(council), true) = (account, sum > 0) {
                left.push((council.clone(), minor(sum)?));
            }
        }
        Ok(left)
    }
}

/// What came in meets what was spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// What nobody spent.
    pub unspent: Amount,
    /// Who gets it back, councils first in the order of their keys, then grants.
    pub refunds: Vec<Refund>,
    /// The entry that says so.
    pub event: Event,
}

impl Closing {
    /// Plans the refunds of a call whose books are settled: unspent money goes back in proportion
    /// to what each has paid, grants included (example E11), a grant that demands it first. A
    /// council's refund below `carried_below` goes to maintenance; zero where none does.
    ///
    /// What is `earmarked`, the money of late joiners, goes where it belongs before that, and
    /// counts as not paid in what is shared out.
    pub fn plan(
        books: &Books,
        contributions: &[Contribution],
        earmarked: &[Refund],
        carried_below: Amount,
    ) -> Result<Self, FundsError> {
        books.settled()?;
        let unspent = books.cash()?;
        let mut refunds = within(unspent, earmarked)?;
        let kept = Amount::checked_sum(refunds.iter().map(|one| one.amount))?;
        let net_of = |one: &Contribution| {
            let own = refunds.iter().filter(|refund| refund.party == one.party);
            let own: i64 = own.map(|refund| refund.amount.minor()).sum();
            let paid = Amount::from_minor((one.paid.minor() - own).max(0));
            Contribution { paid, ..one.clone() }
        };
        let net: Vec<Contribution> =
            contributions.iter().map(net_of).filter(|one| !one.paid.is_zero()).collect();
        for one in shared_out(unspent.checked_sub(kept)?, &net, carried_below)? {
            let same = |other: &&mut Refund| (&other.party, other.fate) == (&one.party, one.fate);
            match refunds.iter_mut().find(same) {
                Some(other) => other.amount = other.amount.checked_add(one.amount)?,
                None => refunds.push(one),
            }
        }
        refunds.sort_by(|one, other| one.party.cmp(&other.party));
        let event = appropriation(books, &refunds)?;
        Ok(Self { unspent, refunds, event })
    }
}

/// What is earmarked, as far as there is money for it: in proportion where there is not.
fn within(unspent: Amount, earmarked: &[Refund]) -> Result<Vec<Refund>, FundsError> {
    let asked: Shares =
        (0..).zip(earmarked).map(|(n, one)| (format!("{n:06}"), one.amount)).collect();
    let sum = Amount::checked_sum(asked.values().copied())?;
    let given = if sum > unspent { refund(unspent, &asked)? } else { asked };
    let one = |(refund, amount): (&Refund, Amount)| Refund { amount, ..refund.clone() };
    let mut all: Vec<Refund> = earmarked.iter().zip(given.into_values()).map(one).collect();
    all.retain(|one| !one.amount.is_zero());
    Ok(all)
}

fn shared_out(
    unspent: Amount,
    contributions: &[Contribution],
    carried_below: Amount,
) -> Result<Vec<Refund>, FundsError> {
    let mut left = unspent;
    let mut refunds = Vec::new();
    let mut give = |party: &Party, amount: Amount| {
        let small = matches!(party, Party::Council(_)) && amount < carried_below;
        let fate = if small { Fate::Carried } else { Fate::Sent };
        refunds.push(Refund { party: party.clone(), amount, fate });
    };
    let first = Giver::Grant(RefundOrder::First);
    for one in contributions.iter().filter(|one| one.giver == first) {
        let amount = one.paid.min(left);
        if amount.minor() > 0 {
            give(&one.party, amount);
            left = left.checked_sub(amount)?;
        }
    }
    if left.is_zero() {
        return Ok(refunds);
    }
    let sharing: Vec<&Contribution> =
        contributions.iter().filter(|one| one.giver != first).collect();
    // In the order of the published vectors: the names of the parties as they stand in accounts.
    let paid: Shares = sharing.iter().map(|one| (one.party.to_string(), one.paid)).collect();
    let back = refund(left, &paid)?;
    for one in sharing {
        let amount = back.get(&one.party.to_string()).copied().unwrap_or_default();
        if amount.minor() > 0 {
            give(&one.party, amount);
        }
    }
    Ok(refunds)
}

/// The one entry that empties what came in and what was spent.
fn appropriation(books: &Books, refunds: &[Refund]) -> Result<Event, FundsError> {
    let (mut costs, mut direct) = (Vec::new(), Vec::new());
    for (account, &sum) in &books.0 {
        match account {
            Account::Cost(milestone) => {
                costs.push(Cost { milestone: milestone.clone(), net: minor(sum)? });
            }
            Account::Direct(council) => direct.push((council.clone(), minor(-sum)?)),
            _ => {}
        }
    }
    let credit =
        |account: Account| books.on(&account).and_then(|sum| minor(-i128::from(sum.minor())));
    Ok(Event::Closing {
        contributions: credit(Account::Contributions)?,
        grants: credit(Account::Grants)?,
        direct,
        in_kind: credit(Account::InKind)?,
        costs,
        vat: books.on(&Account::VatInput)?,
        refunds: owed_back(refunds)?,
    })
}

/// What each party is owed, whatever becomes of it.
fn owed_back(refunds: &[Refund]) -> Result<Vec<(Party, Amount)>, FundsError> {
    let mut owed: Vec<(Party, Amount)> = Vec::new();
    for one in refunds {
        match owed.iter_mut().find(|(party, _)| *party == one.party) {
            Some((_, amount)) => *amount = amount.checked_add(one.amount)?,
            None => owed.push((one.party.clone(), one.amount)),
        }
    }
    Ok(owed)
}

fn minor(sum: i128) -> Result<Amount, AmountError> {
    i64::try_from(sum).map(Amount::from_minor).map_err(|_| AmountError::Overflow)
}
