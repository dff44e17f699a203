//! Which postings each act makes (the table of domain.md §c13), and what they add up to.

use std::collections::BTreeMap;

use super::{Account, Entry, EntryKind, Key, LedgerError, Party, Posting, Reference};
use crate::money::{Amount, Currency};

/// The net cost of one milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// The milestone, as in `M1`.
    pub milestone: Key,
    /// Net of tax.
    pub net: Amount,
}

/// An act that moves amounts, or a memo of one that moves none. Every amount is given as zero or
/// more; the table gives the signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// P3: a council commits up to its ceiling.
    PledgeFirm {
        /// The council.
        council: Key,
        /// What its act authorises.
        ceiling: Amount,
    },
    /// P4: a firm pledge goes from one ceiling to another.
    PledgeAmended {
        /// The council.
        council: Key,
        /// The ceiling until now.
        from: Amount,
        /// The ceiling from now on.
        to: Amount,
    },
    /// P6: a firm pledge is withdrawn.
    PledgeWithdrawn {
        /// The council.
        council: Key,
        /// The ceiling that ends.
        ceiling: Amount,
    },
    /// P8: a firm pledge is released; at the end of a call, what of a share was never called.
    PledgeReleased {
        /// The council.
        council: Key,
        /// The commitment that ends.
        ceiling: Amount,
    },
    /// P9: the ceiling gives way to the share; nothing is written when they are equal.
    PledgeConfirmed {
        /// The council.
        council: Key,
        /// The ceiling until now.
        ceiling: Amount,
        /// The final share, never above it.
        share: Amount,
    },
    /// P13: another council takes the place, and owes what was owed.
    PledgeSubstituted {
        /// The council that leaves.
        council: Key,
        /// The council that takes its place.
        by: Key,
        /// The share.
        share: Amount,
    },
    /// A grant is certain.
    GrantSecured {
        /// Who gives it, as in `grant:state`.
        grant: Key,
        /// How much.
        amount: Amount,
    },
    /// A council is asked to pay.
    FundsCallIssued {
        /// The council.
        council: Key,
        /// How much of what it committed, in the basis of the call.
        committed: Amount,
        /// How much it is to pay, tax included.
        due: Amount,
    },
    /// A payment arrived.
    PaymentAcknowledged {
        /// From whom.
        payer: Party,
        /// How much.
        amount: Amount,
    },
    /// An invoice of a supplier is approved.
    InvoiceApproved {
        /// The supplier.
        supplier: Key,
        /// For which milestone, and its cost net of tax.
        cost: Cost,
        /// The tax on it.
        vat: Amount,
    },
    /// A supplier is paid.
    PaymentSent {
        /// The supplier.
        supplier: Key,
        /// How much.
        amount: Amount,
    },
    /// A council pays the supplier itself.
    PaymentDirect {
        /// The council.
        council: Key,
        /// For which milestone, and its cost net of tax.
        cost: Cost,
        /// The tax on it.
        vat: Amount,
    },
    /// A council's agents have given days of work: a cost that no money pays for.
    InKindDelivered {
        /// The council.
        council: Key,
        /// For which milestone, and what the days are worth.
        cost: Cost,
    },
    /// What is owed will not come: given up by a vote.
    WrittenOff {
        /// Who owes it.
        payer: Party,
        /// How much.
        amount: Amount,
    },
    /// What came in meets what was spent; the rest is owed back.
    Closing {
        /// All contributions.
        contributions: Amount,
        /// All grants.
        grants: Amount,
        /// What each council paid its supplier itself.
        direct: Vec<(Key, Amount)>,
        /// What the days of work of all councils were worth.
        in_kind: Amount,
        /// All costs, by milestone.
        costs: Vec<Cost>,
        /// All tax.
        vat: Amount,
        /// What each party gets back.
        refunds: Vec<(Party, Amount)>,
    },
    /// What was owed back is sent.
    RefundSent {
        /// To whom.
        party: Party,
        /// How much.
        amount: Amount,
    },
    /// What was owed back is too small to be sent, and goes to the maintenance of the space.
    RefundCarried {
        /// Whose it was.
        party: Party,
        /// How much.
        amount: Amount,
    },
    /// A vote is closed: a memo, which moves nothing.
    VoteClosed,
    /// A vote is taken back: a memo.
    VoteWithdrawn,
    /// P10: a council has its own commitment or purchase order: a memo.
    PledgeOrdered,
    /// P12: a council is in default: a memo, the dispute flag of domain.md §c9.
    PledgeDefaulted,
}

impl Event {
    /// What an entry of this act is called.
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::PledgeFirm { .. } => EntryKind::PledgeFirm,
            Self::PledgeAmended { .. } => EntryKind::PledgeAmended,
            Self::PledgeWithdrawn { .. } => EntryKind::PledgeWithdrawn,
            Self::PledgeReleased { .. } => EntryKind::PledgeReleased,
            Self::PledgeConfirmed { .. } => EntryKind::PledgeConfirmed,
            Self::PledgeSubstituted { .. } => EntryKind::PledgeSubstituted,
            Self::GrantSecured { .. } => EntryKind::GrantSecured,
            Self::FundsCallIssued { .. } => EntryKind::FundsCallIssued,
            Self::PaymentAcknowledged { .. } => EntryKind::PaymentAcknowledged,
            Self::InvoiceApproved { .. } => EntryKind::InvoiceApproved,
            Self::PaymentSent { .. } => EntryKind::PaymentSent,
            Self::PaymentDirect { .. } => EntryKind::PaymentDirect,
            Self::InKindDelivered { .. } => EntryKind::InKindDelivered,
            Self::WrittenOff { .. } => EntryKind::WrittenOff,
            Self::Closing { .. } => EntryKind::ClosingAppropriation,
            Self::RefundSent { .. } => EntryKind::RefundSent,
            Self::RefundCarried { .. } => EntryKind::RefundCarried,
            Self::VoteClosed => EntryKind::VoteClosed,
            Self::VoteWithdrawn => EntryKind::VoteWithdrawn,
            Self::PledgeOrdered => EntryKind::PledgeOrdered,
            Self::PledgeDefaulted => EntryKind::PledgeDefaulted,
        }
    }

    /// The amount the act is known by, tax included where it has any; none where it has no single
    /// one.
    pub fn amount(&self) -> Option<Amount> {
        match self {
            Self::PledgeFirm { ceiling: amount, .. }
            | Self::PledgeAmended { to: amount, .. }
            | Self::PledgeWithdrawn { ceiling: amount, .. }
            | Self::PledgeReleased { ceiling: amount, .. }
            | Self::PledgeConfirmed { share: amount, .. }
            | Self::PledgeSubstituted { share: amount, .. }
            | Self::GrantSecured { amount, .. }
            | Self::FundsCallIssued { due: amount, .. }
            | Self::PaymentAcknowledged { amount, .. }
            | Self::PaymentSent { amount, .. }
            | Self::WrittenOff { amount, .. }
            | Self::RefundSent { amount, .. }
            | Self::RefundCarried { amount, .. } => Some(*amount),
            Self::InKindDelivered { cost, .. } => Some(cost.net),
            Self::InvoiceApproved { cost, vat, .. } | Self::PaymentDirect { cost, vat, .. } => {
                cost.net.checked_add(*vat).ok()
            }
            Self::Closing { .. }
            | Self::VoteClosed
            | Self::VoteWithdrawn
            | Self::PledgeOrdered
            | Self::PledgeDefaulted => None,
        }
    }

    /// The lines of the entry; none when the act moves nothing, and then no entry is written but a
    /// memo.
    pub fn postings(&self) -> Result<Vec<Posting>, LedgerError> {
        let lines = self.lines()?;
        Ok(lines
            .into_iter()
            .filter(|&(_, minor)| minor != 0)
            .map(|(account, minor)| Posting { account, amount: Amount::from_minor(minor) })
            .collect())
    }

    fn lines(&self) -> Result<Vec<(Account, i64)>, LedgerError> {
        use Account as A;
        Ok(match self {
            Self::PledgeFirm { council, ceiling } => committed(council, plain(*ceiling)?),
            Self::PledgeAmended { council, from, to } => {
                committed(council, plain(*to)? - plain(*from)?)
            }
            Self::PledgeWithdrawn { council, ceiling }
            | Self::PledgeReleased { council, ceiling } => committed(council, -plain(*ceiling)?),
            Self::PledgeConfirmed { council, ceiling, share } if share <= ceiling => {
                committed(council, plain(*share)? - plain(*ceiling)?)
            }
            Self::PledgeConfirmed { .. } => return Err(LedgerError::Amounts),
            Self::PledgeSubstituted { council, by, share } => {
                let account = |of: &Key| A::CommitmentsCouncil(of.clone());
                pair(account(by), account(council), plain(*share)?)
            }
            Self::GrantSecured { grant, amount } => {
                pair(A::Receivable(Party::Grant(grant.clone())), A::Grants, plain(*amount)?)
            }
            Self::FundsCallIssued { council, committed: taken, due } => {
                let debtor = A::Receivable(Party::Council(council.clone()));
                let mut lines = committed(council, -plain(*taken)?);
                lines.extend(pair(debtor, A::Contributions, plain(*due)?));
                lines
            }
            Self::PaymentAcknowledged { payer, amount } => {
                pair(A::CashTreasurer, A::Receivable(payer.clone()), plain(*amount)?)
            }
            Self::InvoiceApproved { supplier, cost, vat } => {
                spent(cost, *vat, A::PayableSupplier(supplier.clone()))?
            }
            Self::PaymentSent { supplier, amount } => {
                pair(A::PayableSupplier(supplier.clone()), A::CashTreasurer, plain(*amount)?)
            }
            Self::PaymentDirect { council, cost, vat } => {
                spent(cost, *vat, A::Direct(council.clone()))?
            }
            Self::InKindDelivered { cost, .. } => {
                pair(A::Cost(cost.milestone.clone()), A::InKind, plain(cost.net)?)
            }
            Self::WrittenOff { payer, amount } => {
                let given = match payer {
                    Party::Council(_) => A::Contributions,
                    Party::Grant(_) => A::Grants,
                };
                pair(given, A::Receivable(payer.clone()), plain(*amount)?)
            }
            Self::Closing { .. } => self.closing()?,
            Self::RefundSent { party, amount } | Self::RefundCarried { party, amount } => {
                pair(A::PayableRefund(party.clone()), A::CashTreasurer, plain(*amount)?)
            }
            Self::VoteClosed
            | Self::VoteWithdrawn
            | Self::PledgeOrdered
            | Self::PledgeDefaulted => Vec::new(),
        })
    }

    /// What empties the accounts of a call: nothing for any other act.
    fn closing(&self) -> Result<Vec<(Account, i64)>, LedgerError> {
        use Account as A;
        let Self::Closing { contributions, grants, direct, in_kind, costs, vat, refunds } = self
        else {
            return Ok(Vec::new());
        };
        let mut lines =
            vec![(A::Contributions, plain(*contributions)?), (A::Grants, plain(*grants)?)];
        for (council, amount) in direct {
            lines.push((A::Direct(council.clone()), plain(*amount)?));
        }
        lines.push((A::InKind, plain(*in_kind)?));
        for cost in costs {
            lines.push((A::Cost(cost.milestone.clone()), -plain(cost.net)?));
        }
        lines.push((A::VatInput, -plain(*vat)?));
        for (party, amount) in refunds {
            lines.push((A::PayableRefund(party.clone()), -plain(*amount)?));
        }
        Ok(lines)
    }
}

/// An amount of zero or more, in minor units.
fn plain(amount: Amount) -> Result<i64, LedgerError> {
    if amount.is_negative() { Err(LedgerError::Amounts) } else { Ok(amount.minor()) }
}

fn pair(debit: Account, credit: Account, minor: i64) -> Vec<(Account, i64)> {
    vec![(debit, minor), (credit, -minor)]
}

fn committed(council: &Key, minor: i64) -> Vec<(Account, i64)> {
    pair(Account::CommitmentsCouncil(council.clone()), Account::CommitmentsCall, minor)
}

fn spent(cost: &Cost, vat: Amount, credit: Account) -> Result<Vec<(Account, i64)>, LedgerError> {
    let gross = cost.net.checked_add(vat).map_err(|_| LedgerError::TooLarge)?;
    Ok(vec![
        (Account::Cost(cost.milestone.clone()), plain(cost.net)?),
        (Account::VatInput, plain(vat)?),
        (credit, -plain(gross)?),
    ])
}

/// The mirror of an entry, which undoes it: same accounts, opposite signs.
pub fn reversal_of(entry: &Entry) -> Result<Vec<Posting>, LedgerError> {
    if entry.kind == EntryKind::Reversal {
        return Err(LedgerError::ReversalOfReversal);
    }
    if entry.kind.is_memo() {
        return Err(LedgerError::TooFewPostings);
    }
    let mirror = |posting: &Posting| {
        let minor = posting.amount.minor().checked_neg().ok_or(LedgerError::TooLarge)?;
        Ok(Posting { account: posting.account.clone(), amount: Amount::from_minor(minor) })
    };
    entry.postings.iter().map(mirror).collect()
}

/// What stands on each account of one call in one currency, zeros left out. In 128 bits, because
/// what is verified may hold anything.
pub fn balances<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    call: &Reference,
    currency: Currency,
) -> BTreeMap<Account, i128> {
    let mut sums = BTreeMap::new();
    let of_call = |entry: &&Entry| entry.call == *call && entry.currency == currency;
    for posting in entries.into_iter().filter(of_call).flat_map(|entry| &entry.postings) {
        *sums.entry(posting.account.clone()).or_insert(0) += i128::from(posting.amount.minor());
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}
