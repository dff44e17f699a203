//! The acts a firm pledge rests on: what makes one complete, enforceable and checked (P3).

use jiff::civil::Date;

use super::{EvidenceGap, PledgeError};
use crate::{
    id::{Id, Person},
    ledger::Hash,
    profiles::{Backs, EvidenceField, Profile},
};

/// A document that backs a pledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its kind, a word of the profile.
    pub kind: String,
    /// The number of the act.
    pub number: Option<String>,
    /// The date of the act.
    pub date: Option<Date>,
    /// The day the prefecture received it.
    pub prefecture_receipt_on: Option<Date>,
    /// The day it was published.
    pub published_on: Option<Date>,
    /// The act that delegates the decision.
    pub delegation_ref: Option<String>,
    /// Where it is published.
    pub url: Option<String>,
    /// SHA-256 of salt and file.
    pub file_digest: Option<Hash>,
    /// Whether a second person has checked it.
    pub checked: bool,
}

impl Evidence {
    fn has(&self, field: EvidenceField) -> bool {
        let written =
            |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        match field {
            EvidenceField::Number => written(&self.number),
            EvidenceField::Date => self.date.is_some(),
            EvidenceField::PrefectureReceipt => self.prefecture_receipt_on.is_some(),
            EvidenceField::Published => self.published_on.is_some(),
            EvidenceField::DelegationRef => written(&self.delegation_ref),
            EvidenceField::Url => written(&self.url),
            EvidenceField::File => self.file_digest.is_some(),
        }
    }

    /// The day from which the act binds under a profile: the latest of its own date and of those
    /// that make it enforceable; nothing while one of them is missing.
    pub fn enforceable_on(&self, profile: &Profile) -> Option<Date> {
        let rule = profile.evidence_rule(&self.kind)?;
        let dated = |field: &EvidenceField| match field {
            EvidenceField::PrefectureReceipt => self.prefecture_receipt_on,
            EvidenceField::Published => self.published_on,
            EvidenceField::Date => self.date,
            EvidenceField::Number
            | EvidenceField::DelegationRef
            | EvidenceField::Url
            | EvidenceField::File => self.date.filter(|_| self.has(*field)),
        };
        let all: Option<Vec<Date>> = rule.enforceable_with.iter().map(dated).collect();
        all?.into_iter().chain(self.date).max()
    }

    fn dates(&self) -> impl Iterator<Item = Date> {
        [self.date, self.prefecture_receipt_on, self.published_on].into_iter().flatten()
    }
}

/// What a complete act still waits for before its pledge is firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// A date that makes it enforceable.
    For(EvidenceField),
    /// The check of a second person.
    SecondCheck,
}

impl Wait {
    /// The stable word: the name of the field, or `second_check`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::For(field) => field.name(),
            Self::SecondCheck => "second_check",
        }
    }

    /// The same as the reason of a refusal.
    pub const fn refusal(self) -> PledgeError {
        match self {
            Self::For(field) => PledgeError::EvidenceNotEnforceable(field),
            Self::SecondCheck => PledgeError::SecondCheckRequired,
        }
    }
}

/// What the documents of a pledge are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// One of them makes the pledge firm.
    Ready,
    /// The best of them is complete, and waits for these.
    Waits(Vec<Wait>),
}

impl Judged {
    /// Nothing where the pledge may be firm at once; else why not.
    pub fn refusals(&self) -> Vec<PledgeError> {
        match self {
            Self::Ready => Vec::new(),
            Self::Waits(waits) => waits.iter().map(|wait| wait.refusal()).collect(),
        }
    }
}

/// Judges the documents of a pledge under this profile and vehicle by the best of them. Where none
/// is complete, the reason is that of the one that comes nearest.
pub fn check_evidence(
    evidence: &[Evidence],
    profile: &Profile,
    vehicle: &str,
    today: Date,
) -> Result<Judged, PledgeError> {
    let mut nearest = (0, PledgeError::EvidenceIncomplete(EvidenceGap::Nothing));
    let mut least: Option<Vec<Wait>> = None;
    for document in evidence {
        match check_document(document, profile, vehicle, today) {
            Ok(waits) if least.as_ref().is_none_or(|best| waits.len() < best.len()) => {
                least = Some(waits);
            }
            Ok(_) => {}
            Err((distance, error)) if distance > nearest.0 => nearest = (distance, error),
            Err(_) => {}
        }
    }
    match least {
        Some(waits) if waits.is_empty() => Ok(Judged::Ready),
        Some(waits) => Ok(Judged::Waits(waits)),
        None => Err(nearest.1),
    }
}

/// What a complete document still waits for; or its first fault, and how far it came.
fn check_document(
    document: &Evidence,
    profile: &Profile,
    vehicle: &str,
    today: Date,
) -> Result<Vec<Wait>, (u8, PledgeError)> {
    let gap = |distance, gap| Err((distance, PledgeError::EvidenceIncomplete(gap)));
    let kind = || document.kind.chars().take(40).collect::<String>();
    let Some(rule) = profile.evidence_rule(&document.kind) else {
        return gap(1, EvidenceGap::UnknownKind(kind()));
    };
    if rule.backs == Backs::IntentionOnly {
        return gap(2, EvidenceGap::IntentionOnly);
    }
    let accepted =
        profile.vehicle(vehicle).is_some_and(|vehicle| vehicle.evidence.contains(&document.kind));
    if !accepted {
        return gap(3, EvidenceGap::VehicleRefuses(kind()));
    }
    if let Some(field) = rule.needs.iter().find(|field| !document.has(**field)) {
        return gap(4, EvidenceGap::Field(*field));
    }
    if document.dates().any(|date| date > today) {
        return gap(5, EvidenceGap::FutureDate);
    }
    let missing = rule.enforceable_with.iter().filter(|field| !document.has(**field));
    let mut waits: Vec<Wait> = missing.map(|field| Wait::For(*field)).collect();
    if rule.second_check && !document.checked {
        waits.push(Wait::SecondCheck);
    }
    Ok(waits)
}

/// The second check of an evidence: by anyone but the one who uploaded it (domain.md §b).
pub fn second_check(uploaded_by: Id<Person>, checked_by: Id<Person>) -> Result<(), PledgeError> {
    if uploaded_by == checked_by { Err(PledgeError::SamePerson) } else { Ok(()) }
}
