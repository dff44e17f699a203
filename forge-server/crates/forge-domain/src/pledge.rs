//! Pledges: a council's position on a call, and what moves it (domain.md §c9, P1 to P13).

mod commitment;
mod error;
mod evidence;
mod table;
mod visa;

use jiff::Timestamp;

use crate::{
    ledger::{Event, Key},
    money::{Amount, Currency},
    words::words,
};

pub use commitment::{
    BudgetYear, CeilingPolicy, Commitment, Mandate, MandateKind, Section, amend, check_mandate,
    check_years,
};
pub use error::{EvidenceGap, PledgeError};
pub use evidence::{Evidence, Judged, Wait, check_evidence, second_check};
pub use table::{PledgeAct, PledgeState, transition};
pub use visa::{Visa, VisaDecision, check_visa};

/// How long an amount must be overdue before its council is in default: more than these days.
pub const OVERDUE_DAYS: i64 = 90;

/// How many reminders a council gets before it is in default.
pub const REMINDERS: u32 = 2;

/// What the call says about leaving before it is confirmed (domain.md §c10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Leaving {
    /// The days of notice before the deadline, and the last instant that keeps them; nothing where
    /// a firm pledge may be withdrawn up to the decision.
    pub notice: Option<(i32, Timestamp)>,
    /// Until when everyone may leave without notice, after an amendment or an extension.
    pub free_until: Option<Timestamp>,
}

/// P6: takes a firm pledge back, with a reason. The call must not be confirmed, which the state of
/// the pledge itself says.
pub fn withdraw(
    from: PledgeState,
    reason: &str,
    leaving: Leaving,
    now: Timestamp,
) -> Result<PledgeState, PledgeError> {
    let to = transition(Some(from), PledgeAct::Withdraw)?;
    if reason.trim().is_empty() {
        return Err(PledgeError::ReasonMissing);
    }
    let free = leaving.free_until.is_some_and(|until| now < until);
    match leaving.notice {
        Some((days, last)) if !free && now >= last => Err(PledgeError::NoticeOver { days }),
        _ => Ok(to),
    }
}

/// P9: freezes the final share, which never exceeds the ceiling.
pub fn confirm(
    from: PledgeState,
    ceiling: Amount,
    share: Amount,
    currency: Currency,
) -> Result<PledgeState, PledgeError> {
    let to = transition(Some(from), PledgeAct::Confirm)?;
    if share > ceiling {
        return Err(PledgeError::ShareAboveCeiling { ceiling, share, currency });
    }
    Ok(to)
}

/// P10: the finance service has reserved the money; `number` is that of its commitment or purchase
/// order.
pub fn order(from: PledgeState, number: &str) -> Result<PledgeState, PledgeError> {
    let to = transition(Some(from), PledgeAct::Order)?;
    if number.trim().is_empty() { Err(PledgeError::CommitmentNumberMissing) } else { Ok(to) }
}

/// P11: the share is settled when all of it was called and all that was called is paid.
pub fn settle(
    from: PledgeState,
    share: Amount,
    called: Amount,
    paid: Amount,
) -> Result<PledgeState, PledgeError> {
    let to = transition(Some(from), PledgeAct::Settle)?;
    if share == called && called == paid { Ok(to) } else { Err(PledgeError::NotReconciled) }
}

/// P11 undone: a share that is not paid any more is owed again, under the order it had.
pub fn unsettle(from: PledgeState, is_ordered: bool) -> Result<PledgeState, PledgeError> {
    let to = transition(Some(from), PledgeAct::Unsettle)?;
    if is_ordered { transition(Some(to), PledgeAct::Order) } else { Ok(to) }
}

/// P12: what is overdue for more than [`OVERDUE_DAYS`] after [`REMINDERS`] reminders may be put to
/// the vote of the funders; `days` is the age of the oldest amount.
pub fn default(from: PledgeState, days: i64, reminders: u32) -> Result<PledgeState, PledgeError> {
    let to = transition(Some(from), PledgeAct::Default)?;
    if days > OVERDUE_DAYS && reminders >= REMINDERS {
        Ok(to)
    } else {
        Err(PledgeError::DefaultTooEarly { days, reminders })
    }
}

words! {
    /// Whose agreement a substitution takes (P13).
    Consent {
        /// A signatory of the council that gives its place away.
        Leaving = "leaving",
        /// A signatory of the council that takes it, on evidence of its own.
        Taking = "taking",
        /// The lead of the call.
        Lead = "lead",
    }
}

/// P13: whether a place may pass on. Nothing of the share may have been called, and the ceiling of
/// the council that takes it covers all of it.
pub fn substitute(
    from: PledgeState,
    (share, called): (Amount, Amount),
    ceiling: Amount,
    currency: Currency,
) -> Result<PledgeState, PledgeError> {
    let to = transition(Some(from), PledgeAct::Substitute)?;
    if !called.is_zero() {
        return Err(PledgeError::AlreadyCalled);
    }
    if share > ceiling {
        return Err(PledgeError::ShareAboveCeiling { ceiling, share, currency });
    }
    Ok(to)
}

/// Lets a council into a confirmed call, for what it would have paid from the start and the
/// escalator asks (domain.md §c10): never above its ceiling.
pub fn join(
    from: PledgeState,
    ceiling: Amount,
    amount: Amount,
    currency: Currency,
) -> Result<PledgeState, PledgeError> {
    let to = transition(Some(from), PledgeAct::Join)?;
    if amount > ceiling {
        return Err(PledgeError::ShareAboveCeiling { ceiling, share: amount, currency });
    }
    Ok(to)
}

/// The event of the ledger for an act that ends a firm pledge or makes one; nothing for what the
/// ledger does not record. Amendments, confirmations and substitutions carry a second amount or
/// council: see [`Event`].
pub fn ledger_event(act: PledgeAct, council: Key, ceiling: Amount) -> Option<Event> {
    match act {
        PledgeAct::Commit | PledgeAct::Complete => Some(Event::PledgeFirm { council, ceiling }),
        PledgeAct::Withdraw => Some(Event::PledgeWithdrawn { council, ceiling }),
        PledgeAct::Release => Some(Event::PledgeReleased { council, ceiling }),
        PledgeAct::Intend
        | PledgeAct::Schedule
        | PledgeAct::Attest
        | PledgeAct::Return
        | PledgeAct::Sign
        | PledgeAct::Amend
        | PledgeAct::Refuse
        | PledgeAct::Lapse
        | PledgeAct::Confirm
        | PledgeAct::Order
        | PledgeAct::Settle
        | PledgeAct::Unsettle
        | PledgeAct::Default
        | PledgeAct::Substitute
        | PledgeAct::TakePlace
        | PledgeAct::Join => None,
    }
}

#[cfg(test)]
mod tests;
