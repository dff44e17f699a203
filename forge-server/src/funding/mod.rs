//! Co-funding as the server sees it: the rows of a call put together, and what the pure rules of
//! forge-domain say about them. Acts, pages, the API and jobs all read a call through here, so
//! that a figure is the same wherever it stands.

pub mod announced;
pub mod answer;
pub mod audit;
pub mod book;
pub mod decision;
pub mod draft;
pub mod evidence;
pub mod frozen;
pub mod funds;
pub mod milestones;
pub mod open;
pub mod pack;
mod participants;
pub mod population;
pub mod prospects;
pub mod reader;
pub mod rule;
pub mod say;
pub mod simulation;
pub mod work;
pub mod written;

pub use book::CallBook;
pub use reader::Reader;

use forge_domain::{
    money::{Amount, AmountError, Currency, Money},
    pledge::{EvidenceGap, PledgeError},
    sharing::SharingError,
};

use crate::error::{Error, FieldRefusal, Refusal};

/// A refusal of the sharing rules, with its stable code.
pub fn refused(error: &SharingError) -> Error {
    Error::Refused(Refusal::new(error.code()).arg("why", error))
}

/// A form of which one field is wrong; the answer as a whole carries the field's code.
pub fn wrong(field: &'static str, code: &'static str) -> Error {
    wrong_because(field, code, Vec::new())
}

/// An amount that is none, in a field of a form.
pub fn wrong_amount(field: &'static str, error: &AmountError) -> Error {
    wrong_because(field, error.code(), vec![("why", error.to_string())])
}

/// As [`wrong`], with arguments for its message.
pub fn wrong_because(
    field: &'static str,
    code: &'static str,
    args: Vec<(&'static str, String)>,
) -> Error {
    let fields = vec![FieldRefusal { field, code, args: args.clone() }];
    Error::Refused(Refusal { code, args, fields })
}

/// Why a pledge does not move, for whoever asked; never called with no fault.
pub fn pledge_refused(faults: &[PledgeError]) -> Error {
    // Who may not sign at all is told that first, and nothing else.
    let mandate = |fault: &&PledgeError| {
        matches!(
            fault,
            PledgeError::MandateMissing
                | PledgeError::MandateExpired
                | PledgeError::MandateKind
                | PledgeError::MandateExceeded { .. }
        )
    };
    let Some(first) = faults.iter().find(mandate).or(faults.first()) else {
        return anyhow::anyhow!("a pledge was refused for no reason").into();
    };
    let words = |fault: &PledgeError| FieldRefusal {
        field: field_of(fault),
        code: fault.code(),
        args: args_of(fault),
    };
    let refusal = Refusal {
        code: first.code(),
        args: args_of(first),
        fields: faults.iter().map(words).collect(),
    };
    match first {
        PledgeError::State { .. }
        | PledgeError::Frozen
        | PledgeError::NoticeOver { .. }
        | PledgeError::AlreadyCalled
        | PledgeError::VisaReturned
        | PledgeError::NotReconciled => Error::Conflict(refusal),
        fault if mandate(&fault) => Error::Forbidden(refusal),
        PledgeError::SamePerson | PledgeError::SameHand => Error::Forbidden(refusal),
        _ => Error::Refused(refusal),
    }
}

fn field_of(fault: &PledgeError) -> &'static str {
    match fault {
        PledgeError::EvidenceIncomplete(_)
        | PledgeError::EvidenceNotEnforceable(_)
        | PledgeError::SecondCheckRequired
        | PledgeError::SamePerson => "evidence",
        PledgeError::ReasonMissing => "reason",
        PledgeError::BudgetYear(_) | PledgeError::BudgetYears { .. } => "budget_years",
        PledgeError::CommitmentNumberMissing => "commitment_no",
        PledgeError::SameCouncil => "to",
        PledgeError::State { .. }
        | PledgeError::Frozen
        | PledgeError::CeilingZero
        | PledgeError::CeilingBelowShare { .. }
        | PledgeError::ShareAboveCeiling { .. }
        | PledgeError::MandateMissing
        | PledgeError::MandateExpired
        | PledgeError::MandateKind
        | PledgeError::MandateExceeded { .. }
        | PledgeError::NoticeOver { .. }
        | PledgeError::NotReconciled
        | PledgeError::DefaultTooEarly { .. }
        | PledgeError::AlreadyCalled
        | PledgeError::VisaReturned
        | PledgeError::SameHand
        | PledgeError::VisaExceeded { .. }
        | PledgeError::Amount(_) => "ceiling",
    }
}

fn args_of(fault: &PledgeError) -> Vec<(&'static str, String)> {
    let two = |names: [&'static str; 2], amounts: [Amount; 2], currency: Currency| {
        let texts = amounts.map(|amount| Money { amount, currency }.to_string());
        names.into_iter().zip(texts).chain([("why", fault.to_string())]).collect()
    };
    match fault {
        PledgeError::CeilingBelowShare { ceiling, share, currency }
        | PledgeError::ShareAboveCeiling { ceiling, share, currency } => {
            two(["ceiling", "share"], [*ceiling, *share], *currency)
        }
        PledgeError::MandateExceeded { max, ceiling, currency } => {
            two(["max", "ceiling"], [*max, *ceiling], *currency)
        }
        PledgeError::VisaExceeded { attested, ceiling, currency } => {
            two(["attested", "ceiling"], [*attested, *ceiling], *currency)
        }
        PledgeError::NoticeOver { days } => {
            vec![("days", days.to_string()), ("why", fault.to_string())]
        }
        PledgeError::EvidenceIncomplete(gap) => {
            vec![("gap", gap_word(gap).to_owned()), ("why", fault.to_string())]
        }
        _ => vec![("why", fault.to_string())],
    }
}

/// What an evidence lacks, as the word its message chooses by.
fn gap_word(gap: &EvidenceGap) -> &'static str {
    match gap {
        EvidenceGap::Nothing => "nothing",
        EvidenceGap::UnknownKind(_) => "kind",
        EvidenceGap::IntentionOnly => "intention",
        EvidenceGap::VehicleRefuses(_) => "vehicle",
        EvidenceGap::Field(field) => field.name(),
        EvidenceGap::FutureDate => "future",
    }
}
