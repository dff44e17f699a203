//! The finance service's approval of what a signatory is about to commit (domain.md §b: finance
//! prepares, the signatory commits). It binds nobody: it says that the budget can carry the
//! ceiling.

use super::PledgeError;
use crate::{
    id::{Id, Person},
    money::{Amount, Currency},
    words::words,
};

words! {
    /// What the finance service says of a pledge that is not decided yet.
    VisaDecision {
        /// The budget carries the ceiling: the signatory may go on.
        Attested = "attested",
        /// Something is to be corrected first.
        Returned = "returned",
        /// The council will not take part: the pledge ends with a no (P5).
        Refused = "refused",
    }
}

/// The last word of the finance service on a pledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visa {
    /// What it said.
    pub decision: VisaDecision,
    /// The ceiling it looked at.
    pub ceiling: Amount,
    /// Who said it.
    pub by: Id<Person>,
}

impl Visa {
    /// Whether a signatory may commit up to a ceiling after this: who attested does not sign, what
    /// was sent back is corrected first, and the ceiling is the one that was attested or less. A
    /// council whose finance service has said nothing commits on its signatory's mandate alone.
    pub fn lets_commit(
        &self,
        signatory: Id<Person>,
        ceiling: Amount,
        currency: Currency,
    ) -> Result<(), PledgeError> {
        if self.decision != VisaDecision::Attested {
            return Err(PledgeError::VisaReturned);
        }
        if self.by == signatory {
            return Err(PledgeError::SameHand);
        }
        if ceiling > self.ceiling {
            return Err(PledgeError::VisaExceeded { attested: self.ceiling, ceiling, currency });
        }
        Ok(())
    }
}

/// Refuses a visa that says no without saying why: whoever prepared the pledge has to know what to
/// correct.
pub fn check_visa(decision: VisaDecision, reason: &str) -> Result<(), PledgeError> {
    if decision != VisaDecision::Attested && reason.trim().is_empty() {
        return Err(PledgeError::ReasonMissing);
    }
    Ok(())
}
