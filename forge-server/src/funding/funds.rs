//! The money of a call put together: what was called, what came in, what was spent, what is owed.

pub mod answer;
mod buying_in;
pub mod calculation;
pub mod report;
pub mod statement;

use std::collections::BTreeMap;

use forge_domain::{
    Id,
    funds::{
        Books, Contribution, FundsCallState, FundsError, Giver, PaymentState, Position, RefundOrder,
    },
    id,
    ledger::Party,
    money::{Amount, AmountError},
    pledge::PledgeState,
    sharing::{self, Basis, Document, Prefix},
};
use forge_store::{
    buy_ins::{BuyIn, Credit},
    funds::{self, FundsCall, Line},
    invoices::{self, Approval, Invoice},
    ledger,
    payments::{self, Payment},
    pledges::Pledge,
    refunds::{self, Award, Closing, Refund},
};

use jiff::civil::Date;

use super::{CallBook, Reader, book::or_refused, wrong};
use crate::error::{Error, Refusal};

/// Everything that was said of the money of one call.
#[derive(Debug, Clone)]
pub struct FundsBook {
    /// Its calls for funds, oldest first.
    pub calls: Vec<FundsCall>,
    /// Their lines.
    pub lines: Vec<Line>,
    /// Its payments, oldest first.
    pub payments: Vec<Payment>,
    /// Its suppliers' invoices.
    pub invoices: Vec<Invoice>,
    /// Who approved them.
    pub approvals: Vec<Approval>,
    /// Its grants that are certain.
    pub awards: Vec<Award>,
    /// Who joined it late.
    pub buy_ins: Vec<BuyIn>,
    /// What those before them are credited.
    pub credits: Vec<Credit>,
    /// What is owed back.
    pub refunds: Vec<Refund>,
    /// Its closing, once refunds were planned.
    pub closing: Option<Closing>,
    /// Its accounts as the ledger has them.
    pub books: Books,
}

impl FundsBook {
    /// Puts the money of a call together.
    pub async fn load(reader: &mut Reader<'_>, book: &CallBook) -> Result<Self, Error> {
        let call = book.call.id;
        let space = book.call.space_id;
        let rows = ledger::balances_of_call(&mut *reader, space, &book.call.reference).await?;
        let mut accounts = BTreeMap::new();
        for row in rows {
            let account = row.account.parse().map_err(anyhow::Error::from)?;
            accounts.insert(account, i128::from(row.amount));
        }
        Ok(Self {
            calls: funds::of_call(&mut *reader, call).await?,
            lines: funds::lines_of_call(&mut *reader, call).await?,
            payments: payments::of_call(&mut *reader, call).await?,
            invoices: invoices::of_call(&mut *reader, call).await?,
            approvals: invoices::approvals_of_call(&mut *reader, call).await?,
            awards: refunds::awards(&mut *reader, call).await?,
            buy_ins: book.buy_ins.clone(),
            credits: book.credits.clone(),
            refunds: refunds::of_call(&mut *reader, call).await?,
            closing: refunds::closing(&mut *reader, call).await?,
            books: Books(accounts),
        })
    }

    /// The call for funds of a reference.
    pub fn call(&self, reference: &str) -> Result<&FundsCall, Error> {
        self.calls.iter().find(|call| call.reference == reference).ok_or(Error::NotFound)
    }

    /// The lines of a call for funds, by council.
    pub fn lines_of(&self, call: Id<id::FundsCall>) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.funds_call_id == call)
    }

    /// The line of a council.
    pub fn line(&self, call: Id<id::FundsCall>, council: Id<id::Council>) -> Option<&Line> {
        self.lines_of(call).find(|line| line.council_id == council)
    }

    /// What was paid on a line, both sides agreeing.
    pub fn paid(&self, line: &Line) -> Amount {
        self.told(line, |state| state == PaymentState::Reconciled)
    }

    /// What only one side says was paid on a line.
    pub fn one_sided(&self, line: &Line) -> Amount {
        self.told(line, |state| matches!(state, PaymentState::Declared | PaymentState::Received))
    }

    fn told(&self, line: &Line, counts: fn(PaymentState) -> bool) -> Amount {
        let of_line = |payment: &&Payment| {
            payment.funds_call_id == Some(line.funds_call_id)
                && payment.council_id == Some(line.council_id)
                && counts(payment.state)
        };
        Amount::from_minor(self.payments.iter().filter(of_line).map(|one| one.amount).sum())
    }

    /// What is still owed on a line.
    pub fn owed(&self, line: &Line) -> Amount {
        Amount::from_minor(line.gross - line.written_off - self.paid(line).minor())
    }

    /// Whether a line stands: its call for funds is issued and not cancelled.
    pub fn is_owed(&self, line: &Line) -> bool {
        self.calls.iter().any(|call| {
            call.id == line.funds_call_id
                && !matches!(call.state, FundsCallState::Draft | FundsCallState::Cancelled)
        })
    }

    /// What came in of a grant.
    pub fn granted(&self, position: i64) -> Amount {
        let of_grant = |payment: &&Payment| {
            payment.grant_position == Some(position) && payment.state == PaymentState::Reconciled
        };
        Amount::from_minor(self.payments.iter().filter(of_grant).map(|one| one.amount).sum())
    }

    /// What a council was called for and what it paid itself, in the basis of the call.
    pub fn called(&self, book: &CallBook, council: Id<id::Council>) -> Amount {
        let stands: Vec<_> = self
            .calls
            .iter()
            .filter(|call| !matches!(call.state, FundsCallState::Draft | FundsCallState::Cancelled))
            .map(|call| call.id)
            .collect();
        let lines = self.lines.iter().filter(|line| line.council_id == council);
        let called: i64 =
            lines.filter(|line| stands.contains(&line.funds_call_id)).map(|line| line.amount).sum();
        Amount::from_minor(called + self.paid_itself(book, council, None).minor())
    }

    /// What a council paid its supplier itself, in the basis of the call; for one milestone where
    /// it says so. Payments only one side knows of count too, so that nothing is paid twice.
    pub fn paid_itself(
        &self,
        book: &CallBook,
        council: Id<id::Council>,
        milestone: Option<i64>,
    ) -> Amount {
        let direct = |payment: &&Payment| {
            payment.kind == "direct"
                && payment.council_id == Some(council)
                && milestone.is_none_or(|n| payment.milestone == Some(n))
                && matches!(
                    payment.state,
                    PaymentState::Declared | PaymentState::Received | PaymentState::Reconciled
                )
        };
        let in_basis = |payment: &Payment| match book.basis() {
            Basis::Net => payment.amount - payment.vat,
            Basis::Gross => payment.amount,
        };
        Amount::from_minor(self.payments.iter().filter(direct).map(in_basis).sum())
    }

    /// What of what a council was called for is paid, in the basis of the call: all of it once
    /// nothing is owed any more and both sides agree on what it paid itself. What was given up is
    /// paid for whoever is not in default.
    pub fn paid_by(&self, book: &CallBook, pledge: &Pledge) -> Result<Amount, AmountError> {
        let council = pledge.council_id;
        let lines = self.lines.iter().filter(|line| line.council_id == council);
        let open: i64 = lines
            .filter(|line| self.is_owed(line))
            .map(|line| {
                let given = pledge.state == PledgeState::Defaulted;
                self.owed(line).minor() + if given { line.written_off } else { 0 }
            })
            .sum();
        let told = self.payments.iter().filter(|payment| {
            payment.kind == "direct"
                && payment.council_id == Some(council)
                && matches!(payment.state, PaymentState::Declared | PaymentState::Received)
        });
        let told: i64 = told.map(|payment| payment.amount).sum();
        // What is open is with tax: in a net call it is more than the share misses, never less.
        self.called(book, council).checked_sub(Amount::from_minor(open + told))
    }

    /// Since when a council owes what was due and is not paid: the day its oldest line was due;
    /// none where nothing is late on `today`.
    pub fn late_since(&self, council: Id<id::Council>, today: Date) -> Option<Date> {
        let late = self.calls.iter().filter(|call| call.due_on < today).filter(|call| {
            let line = self.line(call.id, council);
            line.is_some_and(|line| self.is_owed(line) && self.owed(line).minor() > 0)
        });
        late.map(|call| call.due_on).min()
    }

    /// Where each council with a confirmed share stands, by its address.
    pub fn positions(&self, book: &CallBook) -> BTreeMap<String, Position> {
        let position = |pledge: &Pledge| Position {
            share: share(book, pledge),
            ceiling: Amount::from_minor(pledge.ceiling.unwrap_or_default()),
            called: self.called(book, pledge.council_id),
        };
        confirmed(book).map(|pledge| (pledge.council_slug.clone(), position(pledge))).collect()
    }

    /// Whether this milestone is called for, a draft left aside.
    pub fn is_called(&self, milestone: i64) -> bool {
        self.calls.iter().any(|call| {
            call.milestone == milestone
                && !matches!(call.state, FundsCallState::Draft | FundsCallState::Cancelled)
        })
    }

    /// The draft for a milestone.
    pub fn draft(&self, milestone: i64) -> Option<&FundsCall> {
        let drafted =
            |call: &&FundsCall| call.milestone == milestone && call.state == FundsCallState::Draft;
        self.calls.iter().find(drafted)
    }

    /// What everyone has paid, for the refunds.
    pub fn contributions(&self) -> Result<Vec<Contribution>, Error> {
        let mut councils: BTreeMap<&str, i64> = BTreeMap::new();
        for payment in self.payments.iter().filter(|one| one.state == PaymentState::Reconciled) {
            if let ("contribution", Some(council)) = (payment.kind.as_str(), &payment.council_slug)
            {
                *councils.entry(council).or_default() += payment.amount;
            }
        }
        let mut all = Vec::new();
        for (council, paid) in councils {
            let party = Party::Council(council.parse().map_err(anyhow::Error::from)?);
            all.push(Contribution { party, giver: Giver::Council, paid: Amount::from_minor(paid) });
        }
        for award in &self.awards {
            let order = if award.refund_first { RefundOrder::First } else { RefundOrder::ProRata };
            all.push(Contribution {
                party: Party::Grant(award.account.parse().map_err(anyhow::Error::from)?),
                giver: Giver::Grant(order),
                paid: self.granted(award.position),
            });
        }
        all.retain(|one| one.paid.minor() > 0);
        Ok(all)
    }
}

/// The pledges whose share is frozen.
pub fn confirmed(book: &CallBook) -> impl Iterator<Item = &Pledge> {
    let frozen =
        |pledge: &&Pledge| pledge.final_gross.is_some() && pledge.state != PledgeState::Firm;
    book.living().filter(frozen)
}

/// The frozen share of a pledge, in the basis of the call.
pub fn share(book: &CallBook, pledge: &Pledge) -> Amount {
    let share = match book.basis() {
        Basis::Net => pledge.final_net,
        Basis::Gross => pledge.final_gross,
    };
    Amount::from_minor(share.unwrap_or_default())
}

/// The part of the work that was confirmed; the whole before that.
pub fn kept(book: &CallBook) -> Result<Prefix, Error> {
    Ok(book.kept()?.unwrap_or_else(|| book.whole()))
}

/// The documents of the part that was confirmed and not dropped since, by the place of their
/// milestone; the reserve, where it is kept, comes after the last.
pub fn documents(book: &CallBook) -> Result<Vec<(i64, Document)>, Error> {
    let request = or_refused(book.request_for(kept(book)?, Vec::new()))?;
    let documents = or_refused(sharing::documents(&request))?;
    let kept = documents.into_iter().enumerate().filter(|(at, _)| book.is_kept(*at));
    Ok(kept.map(|(at, document)| (i64::try_from(at).unwrap_or(i64::MAX) + 1, document)).collect())
}

/// What a milestone is called in accounts and addresses: `M1`, or `R` for the reserve; `J1` is the
/// buy-in of the first council that joined late, which stands below 0.
pub fn milestone_key(book: &CallBook, position: i64) -> String {
    let slices = i64::try_from(book.milestones.len()).unwrap_or(i64::MAX);
    match position {
        ..0 => format!("J{}", position.unsigned_abs()),
        _ if position > slices => "R".to_owned(),
        _ => format!("M{position}"),
    }
}

/// The place of a milestone by its key.
///
/// # Errors
/// [`Error::Refused`] for the field `milestone`, where the call kept none of that name.
pub fn milestone_place(book: &CallBook, key: &str) -> Result<i64, Error> {
    let key = key.trim();
    let found = documents(book)?
        .into_iter()
        .find(|(position, _)| milestone_key(book, *position).eq_ignore_ascii_case(key));
    found.map(|(position, _)| position).ok_or_else(|| wrong("milestone", "milestone_unknown"))
}

/// Why money does not move, for whoever asked.
pub fn refused(error: &FundsError) -> Error {
    let refusal = Refusal::new(error.code()).arg("why", error);
    match error {
        FundsError::State { .. } | FundsError::CalledAlready => Error::Conflict(refusal),
        FundsError::SamePerson => Error::Forbidden(refusal),
        FundsError::ReasonMissing => wrong("reason", error.code()),
        FundsError::TooMuch { .. } | FundsError::Nothing => wrong("amount", error.code()),
        FundsError::NoSuchMilestone => wrong("milestone", error.code()),
        FundsError::NotReconciled(_)
        | FundsError::RefundPending
        | FundsError::Sharing(_)
        | FundsError::Amount(_)
        | FundsError::Ledger(_) => Error::Refused(refusal),
    }
}
