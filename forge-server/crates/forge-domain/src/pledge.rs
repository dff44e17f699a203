//! Pledges: a council's position on a call, and what moves it (domain.md §c9: P1, P3 to P9).

mod commitment;

use crate::{
    access::Deed,
    ledger::{Event, Key},
    money::{Amount, AmountError, Currency},
    words::words,
};

pub use commitment::{
    BudgetYear, CeilingPolicy, Commitment, Evidence, Mandate, amend, check_evidence, check_mandate,
    second_check,
};

words! {
    /// Where a pledge stands. Only `firm` counts towards thresholds.
    PledgeState {
        /// Declared, binding nobody.
        Intention = "intention",
        /// Backed by an act, conditional on the call.
        Firm = "firm",
        /// The call succeeded: the final share is owed in principle.
        Confirmed = "confirmed",
        /// Taken back before the call was confirmed.
        Withdrawn = "withdrawn",
        /// An intention whose call ended first.
        Lapsed = "lapsed",
        /// A firm pledge whose call failed or was cancelled.
        Released = "released",
        /// An intention that ended with a no.
        Refused = "refused",
    }
}

words! {
    /// What can happen to a pledge.
    PledgeAct {
        /// P1: a council declares an intention.
        Intend = "intend",
        /// P3: a signatory commits the council, from an intention or at once.
        Commit = "commit",
        /// P4: a signatory changes the ceiling.
        Amend = "amend",
        /// P5: the council decides against.
        Refuse = "refuse",
        /// P6: a signatory takes a firm pledge back.
        Withdraw = "withdraw",
        /// P7: the call ended while it was an intention.
        Lapse = "lapse",
        /// P8: the call failed or was cancelled.
        Release = "release",
        /// P9: the call was confirmed.
        Confirm = "confirm",
    }
}

impl PledgeAct {
    /// The row of the table of rights a person needs; nothing for what only the system does.
    pub const fn deed(self) -> Option<Deed> {
        match self {
            Self::Intend => Some(Deed::DeclareIntention),
            Self::Commit | Self::Amend => Some(Deed::CommitPledge),
            Self::Refuse => Some(Deed::RefusePledge),
            Self::Withdraw => Some(Deed::WithdrawPledge),
            Self::Lapse | Self::Release | Self::Confirm => None,
        }
    }
}

impl PledgeState {
    /// How a council leaves a pledge in this state: an intention is refused, a firm one withdrawn.
    pub const fn way_out(self) -> Option<PledgeAct> {
        match self {
            Self::Intention => Some(PledgeAct::Refuse),
            Self::Firm => Some(PledgeAct::Withdraw),
            Self::Confirmed | Self::Withdrawn | Self::Lapsed | Self::Released | Self::Refused => {
                None
            }
        }
    }

    /// What becomes of a pledge in this state when its call fails or is cancelled (K5, K7).
    pub const fn when_call_ends(self) -> Option<PledgeAct> {
        match self {
            Self::Intention => Some(PledgeAct::Lapse),
            Self::Firm => Some(PledgeAct::Release),
            Self::Confirmed | Self::Withdrawn | Self::Lapsed | Self::Released | Self::Refused => {
                None
            }
        }
    }

    /// What becomes of a pledge in this state when its call is confirmed (K4).
    pub const fn when_call_confirmed(self) -> Option<PledgeAct> {
        match self {
            Self::Firm => Some(PledgeAct::Confirm),
            Self::Intention => Some(PledgeAct::Lapse),
            Self::Confirmed | Self::Withdrawn | Self::Lapsed | Self::Released | Self::Refused => {
                None
            }
        }
    }
}

/// Why a pledge does not move. Every one leaves it as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PledgeError {
    /// The act has no place in this state.
    #[error("The pledge is {}: “{act}” is not possible now.", shown(*.from))]
    State {
        /// Where it stands; nothing where there is no pledge.
        from: Option<PledgeState>,
        /// What was asked.
        act: PledgeAct,
    },
    /// The shares are frozen.
    #[error("The call is confirmed and the shares are frozen: only a vote changes them now.")]
    Frozen,
    /// A ceiling of nothing.
    #[error("The ceiling must be more than zero.")]
    CeilingZero,
    /// The ceiling does not carry the share.
    #[error(
        "The ceiling of {ceiling} is below the share of {share} that falls to you if all who \
         intend to join do: raise it, or ask the lead whether the call may allow low ceilings.",
        ceiling = money(.ceiling, .currency), share = money(.share, .currency)
    )]
    CeilingBelowShare {
        /// What the act authorises.
        ceiling: Amount,
        /// The share in the reference scenario.
        share: Amount,
        /// The currency of the call.
        currency: Currency,
    },
    /// A share above the ceiling, which never happens to a pledge.
    #[error("The share of {share} exceeds the ceiling of {ceiling}: nothing was confirmed.",
        ceiling = money(.ceiling, .currency), share = money(.share, .currency))]
    ShareAboveCeiling {
        /// What the act authorises.
        ceiling: Amount,
        /// The final share.
        share: Amount,
        /// The currency of the call.
        currency: Currency,
    },
    /// No mandate at all.
    #[error("You hold no mandate to sign for this council: ask its lead.")]
    MandateMissing,
    /// No mandate on this day.
    #[error("Your mandate to sign for this council is not valid today: ask its lead to renew it.")]
    MandateExpired,
    /// The mandate ends below the ceiling.
    #[error("Your mandate covers {max}, the pledge needs {ceiling}.",
        max = money(.max, .currency), ceiling = money(.ceiling, .currency))]
    MandateExceeded {
        /// The most the mandate covers.
        max: Amount,
        /// The ceiling of the pledge.
        ceiling: Amount,
        /// The currency of the call.
        currency: Currency,
    },
    /// No evidence, or of a kind that does not count here, or with something missing.
    #[error("The evidence is not complete: {0}.")]
    EvidenceIncomplete(EvidenceGap),
    /// An act that is complete and not yet in force.
    #[error("The act is not enforceable yet: {0} is missing.")]
    EvidenceNotEnforceable(crate::profiles::EvidenceField),
    /// The second check by the one who uploaded.
    #[error("Someone else than the person who uploaded the evidence must check it.")]
    SamePerson,
    /// Parts that are not the whole.
    #[error("The amounts by year must add up to the ceiling of {ceiling}.",
        ceiling = money(.ceiling, .currency))]
    BudgetYears {
        /// The ceiling.
        ceiling: Amount,
        /// The currency of the call.
        currency: Currency,
    },
    /// A withdrawal without a reason.
    #[error("Write the reason: the other councils will read it.")]
    ReasonMissing,
    /// A figure that is none, or of another currency.
    #[error(transparent)]
    Amount(#[from] AmountError),
}

/// What an evidence lacks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceGap {
    /// There is none.
    #[error("attach the act of your council")]
    Nothing,
    /// A kind the profile does not know.
    #[error("“{0}” is not a kind of evidence here")]
    UnknownKind(String),
    /// A kind that carries an intention only.
    #[error("a memorandum of understanding carries an intention, not a firm pledge")]
    IntentionOnly,
    /// A kind the vehicle of the call does not accept.
    #[error("the legal vehicle of this call does not accept “{0}”")]
    VehicleRefuses(String),
    /// A field that is empty.
    #[error("its {0} is missing")]
    Field(crate::profiles::EvidenceField),
    /// A date still to come.
    #[error("its date is in the future")]
    FutureDate,
}

impl PledgeError {
    /// The stable code (domain.md §i).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::State { .. } => "pledge_state",
            Self::Frozen => "snapshot_frozen",
            Self::CeilingZero => "invalid_amount",
            Self::CeilingBelowShare { .. } | Self::ShareAboveCeiling { .. } => "ceiling_exceeded",
            Self::MandateMissing => "mandate_missing",
            Self::MandateExpired => "mandate_expired",
            Self::MandateExceeded { .. } => "mandate_exceeded",
            Self::EvidenceIncomplete(_) => "evidence_incomplete",
            Self::EvidenceNotEnforceable(_) => "evidence_not_enforceable",
            Self::SamePerson => "same_person",
            Self::BudgetYears { .. } => "budget_years_mismatch",
            Self::ReasonMissing => "reason_missing",
            Self::Amount(error) => error.code(),
        }
    }
}

fn shown(state: Option<PledgeState>) -> &'static str {
    state.map_or("not there", PledgeState::name)
}

fn money(amount: &Amount, currency: &Currency) -> String {
    format!("{} {currency}", amount.to_decimal(*currency))
}

/// The state after an act, or why there is none. The table of domain.md §c9: what it does not list
/// is refused. Guards on amounts, evidence and the call are [`Commitment::check`], [`withdraw`],
/// [`confirm`] and the rules of the call.
pub const fn transition(
    from: Option<PledgeState>,
    act: PledgeAct,
) -> Result<PledgeState, PledgeError> {
    use PledgeState as S;
    match (from, act) {
        (None, PledgeAct::Intend) => Ok(S::Intention),
        // Without an intention before it, P1 and P3 happen in one.
        (None | Some(S::Intention), PledgeAct::Commit) => Ok(S::Firm),
        (Some(S::Firm), PledgeAct::Amend) => Ok(S::Firm),
        (Some(S::Intention), PledgeAct::Refuse) => Ok(S::Refused),
        (Some(S::Firm), PledgeAct::Withdraw) => Ok(S::Withdrawn),
        (Some(S::Intention), PledgeAct::Lapse) => Ok(S::Lapsed),
        (Some(S::Firm), PledgeAct::Release) => Ok(S::Released),
        (Some(S::Firm), PledgeAct::Confirm) => Ok(S::Confirmed),
        (Some(S::Confirmed), PledgeAct::Amend | PledgeAct::Withdraw) => Err(PledgeError::Frozen),
        (from, act) => Err(PledgeError::State { from, act }),
    }
}

/// P6: takes a firm pledge back, with a reason. The call must not be confirmed, which the state of
/// the pledge itself says.
pub fn withdraw(from: PledgeState, reason: &str) -> Result<PledgeState, PledgeError> {
    let to = transition(Some(from), PledgeAct::Withdraw)?;
    if reason.trim().is_empty() { Err(PledgeError::ReasonMissing) } else { Ok(to) }
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

/// The event of the ledger for an act that ends a firm pledge or makes one; nothing for what the
/// ledger does not record. Amendments and confirmations carry a second amount: see [`Event`].
pub fn ledger_event(act: PledgeAct, council: Key, ceiling: Amount) -> Option<Event> {
    match act {
        PledgeAct::Commit => Some(Event::PledgeFirm { council, ceiling }),
        PledgeAct::Withdraw => Some(Event::PledgeWithdrawn { council, ceiling }),
        PledgeAct::Release => Some(Event::PledgeReleased { council, ceiling }),
        PledgeAct::Intend
        | PledgeAct::Amend
        | PledgeAct::Refuse
        | PledgeAct::Lapse
        | PledgeAct::Confirm => None,
    }
}

#[cfg(test)]
mod tests;
