//! Why a pledge does not move, in sentences and stable codes (domain.md §i).

use super::{PledgeAct, PledgeState};
use crate::{
    money::{Amount, AmountError, Currency},
    profiles::EvidenceField,
};

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
    /// A mandate for other acts.
    #[error("Your mandate for this council does not cover this kind of act: ask its lead.")]
    MandateKind,
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
    EvidenceNotEnforceable(EvidenceField),
    /// An act that nobody has checked yet, where the profile asks for it.
    #[error("Another agent has to check the evidence first.")]
    SecondCheckRequired,
    /// The second check by the one who uploaded.
    #[error("Someone else than the person who uploaded the evidence must check it.")]
    SamePerson,
    /// A budget year that names no year of public accounts.
    #[error("{0} is not a budget year.")]
    BudgetYear(i16),
    /// Parts that are not the whole.
    #[error("The amounts by year must add up to the ceiling of {ceiling}.",
        ceiling = money(.ceiling, .currency))]
    BudgetYears {
        /// The ceiling.
        ceiling: Amount,
        /// The currency of the call.
        currency: Currency,
    },
    /// A withdrawal after the last day the notice allows.
    #[error(
        "This call asks for {days} days of notice before its deadline: it is too late to withdraw. \
         Ask the lead to extend or amend the call."
    )]
    NoticeOver {
        /// The notice, in days.
        days: i32,
    },
    /// An order without its number.
    #[error("Give the number of the commitment or of the purchase order.")]
    CommitmentNumberMissing,
    /// Accounts that do not meet.
    #[error("Share, calls for funds and payments do not meet yet.")]
    NotReconciled,
    /// A default before its time (P12).
    #[error(
        "Overdue for {days} days with {reminders} reminders: a default takes more than {} days and \
         {} reminders.",
        super::OVERDUE_DAYS,
        super::REMINDERS
    )]
    DefaultTooEarly {
        /// How long the oldest amount is overdue.
        days: i64,
        /// How many reminders were sent.
        reminders: u32,
    },
    /// A place that cannot be given away any more.
    #[error("Part of the share was called already: the place cannot be given to another council.")]
    AlreadyCalled,
    /// A council that would take its own place.
    #[error("Another council takes the place, not the same one.")]
    SameCouncil,
    /// What the finance service sent back, and has not attested since.
    #[error("The finance service has sent this pledge back: it has to approve it first.")]
    VisaReturned,
    /// The one who attested would sign too.
    #[error("Who approved the pledge for the finance service does not commit the council.")]
    SameHand,
    /// A ceiling above the one the finance service attested.
    #[error("The finance service approved up to {attested}, the pledge asks for {ceiling}.",
        attested = money(.attested, .currency), ceiling = money(.ceiling, .currency))]
    VisaExceeded {
        /// What it approved.
        attested: Amount,
        /// The ceiling of the pledge.
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
    Field(EvidenceField),
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
            Self::MandateKind => "mandate_kind",
            Self::MandateExceeded { .. } => "mandate_exceeded",
            Self::EvidenceIncomplete(_) => "evidence_incomplete",
            Self::EvidenceNotEnforceable(_) => "evidence_not_enforceable",
            Self::SecondCheckRequired => "second_check_required",
            Self::SamePerson => "same_person",
            Self::BudgetYear(_) => "budget_year_invalid",
            Self::BudgetYears { .. } => "budget_years_mismatch",
            Self::NoticeOver { .. } => "withdrawal_notice",
            Self::CommitmentNumberMissing => "commitment_no_missing",
            Self::NotReconciled => "not_reconciled",
            Self::DefaultTooEarly { .. } => "default_too_early",
            Self::AlreadyCalled => "share_called",
            Self::SameCouncil => "same_council",
            Self::VisaReturned => "visa_returned",
            Self::SameHand => "visa_same_person",
            Self::VisaExceeded { .. } => "visa_exceeded",
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
