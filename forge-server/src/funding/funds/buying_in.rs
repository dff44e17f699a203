//! The money of councils that joined late (domain.md §c10): what is called for by itself, and where
//! it goes at the closing.

use forge_domain::{
    charter::LateJoinerPolicy,
    funds::{Fate, Refund as Owed},
    ledger::Party,
    money::Amount,
    sharing::{Shares, allocate},
};
use forge_store::buy_ins::{BuyIn, Credit};

use super::FundsBook;
use crate::{
    error::Error,
    funding::{CallBook, book::or_refused},
};

impl FundsBook {
    /// The buy-in that a call for funds at this place asks for; none for a milestone's.
    pub fn buy_in_at(&self, position: i64) -> Option<&BuyIn> {
        self.buy_ins.iter().find(|one| one.apart > 0 && one.position == -position)
    }

    /// The buy-in of a council.
    pub fn buy_in_of(
        &self,
        council: forge_domain::Id<forge_domain::id::Council>,
    ) -> Option<&BuyIn> {
        self.buy_ins.iter().find(|one| one.council_id == council)
    }

    /// What of a council's share no milestone will ask for and no call for funds has yet.
    pub fn apart(&self, council: forge_domain::Id<forge_domain::id::Council>) -> Amount {
        let open = self.buy_in_of(council).filter(|one| !self.is_called(-one.position));
        Amount::from_minor(open.map_or(0, |one| one.apart))
    }

    /// Where the money of late joiners goes at the closing, as far as it came in: to those who paid
    /// before them, or to the maintenance of the space. More work takes it like any other money.
    pub fn earmarked(&self, book: &CallBook) -> Result<Vec<Owed>, Error> {
        let mut owed = Vec::new();
        for one in &self.buy_ins {
            let paid = self.paid_apart(one);
            if paid.is_zero() {
                continue;
            }
            match one.policy {
                LateJoinerPolicy::MoreScope => {}
                LateJoinerPolicy::ToMaintenance => {
                    let joiner = book.pledges.iter().find(|row| row.id == one.pledge_id);
                    let joiner = joiner.ok_or(Error::NotFound)?;
                    owed.push(give(&joiner.council_slug, paid, Fate::Carried)?);
                }
                LateJoinerPolicy::Redistribute => owed.extend(self.given_back(one, paid)?),
            }
        }
        Ok(owed)
    }

    /// What came in of a buy-in that was called for by itself, tax included.
    fn paid_apart(&self, one: &BuyIn) -> Amount {
        let calls = self.calls.iter().filter(|call| call.milestone == -one.position);
        let lines = calls.filter_map(|call| self.line(call.id, one.council_id));
        Amount::from_minor(lines.map(|line| self.paid(line).minor()).sum())
    }

    /// What each earlier payer gets of it: the part of its credit that its share did not fall by.
    fn given_back(&self, one: &BuyIn, paid: Amount) -> Result<Vec<Owed>, Error> {
        let credits = self.credits.iter().filter(|credit| credit.pledge_id == one.pledge_id);
        let open = |credit: &Credit| u64::try_from(credit.credit - credit.lowered).unwrap_or(0);
        let weights = credits.map(|credit| (credit.council_slug.clone(), open(credit))).collect();
        let back: Shares = or_refused(allocate(paid, &weights))?;
        let positive = back.iter().filter(|(_, amount)| !amount.is_zero());
        positive.map(|(council, amount)| give(council, *amount, Fate::Sent)).collect()
    }
}

fn give(council: &str, amount: Amount, fate: Fate) -> Result<Owed, Error> {
    let party = Party::Council(council.parse().map_err(anyhow::Error::from)?);
    Ok(Owed { party, amount, fate })
}
