//! What a signatory commits with: a mandate, an act of the council, a ceiling (guard of P3 and P4).

use jiff::civil::Date;

use super::{EvidenceGap, PledgeError};
use crate::{
    id::{Id, Person},
    ledger::Hash,
    money::{Amount, AmountError, Currency},
    profiles::{Backs, EvidenceField, Profile},
};

/// The power of one person to sign for one council (domain.md §b).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// The most one act may commit.
    pub amount_max: Amount,
    /// In this currency alone: nothing is converted.
    pub currency: Currency,
    /// The first day it is valid.
    pub valid_from: Date,
    /// The last day it is valid.
    pub valid_until: Date,
}

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
    /// Where it is published.
    pub url: Option<String>,
    /// SHA-256 of salt and file.
    pub file_digest: Option<Hash>,
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
            EvidenceField::Url => written(&self.url),
            EvidenceField::File => self.file_digest.is_some(),
        }
    }

    fn dates(&self) -> impl Iterator<Item = Date> {
        [self.date, self.prefecture_receipt_on, self.published_on].into_iter().flatten()
    }
}

/// The part of the ceiling that falls into one budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetYear {
    /// The year.
    pub year: i16,
    /// The part.
    pub amount: Amount,
}

/// Whether a ceiling may lie below the share of the reference scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CeilingPolicy {
    /// It has to cover the share.
    CoversShare,
    /// The call takes low ceilings, and shows them as such.
    MayBeLow,
}

/// Everything a firm pledge is judged on.
#[derive(Debug, Clone)]
pub struct Commitment<'a> {
    /// What the act of the council authorises, in the currency and basis of the call.
    pub ceiling: Amount,
    /// The currency of the call.
    pub currency: Currency,
    /// The date today, where the space is.
    pub today: Date,
    /// The mandates the signatory holds for the council, revoked ones left out.
    pub mandates: &'a [Mandate],
    /// The documents attached.
    pub evidence: &'a [Evidence],
    /// The profile of the call.
    pub profile: &'a Profile,
    /// The vehicle of the call.
    pub vehicle: &'a str,
    /// The share in the reference scenario (firm, intentions and this council, filled up to the
    /// least number of councils): `Scenario::reference_share`.
    pub reference_share: Amount,
    /// Whether the ceiling has to cover it.
    pub policy: CeilingPolicy,
    /// The ceiling by year; empty where the council does not split it.
    pub budget_years: &'a [BudgetYear],
}

impl Commitment<'_> {
    /// Everything that keeps the pledge from being firm; nothing when it may be (guard of P3).
    pub fn check(&self) -> Vec<PledgeError> {
        let (ceiling, currency) = (self.ceiling, self.currency);
        let mut faults = Vec::new();
        if ceiling <= Amount::ZERO {
            faults.push(PledgeError::CeilingZero);
        }
        faults.extend(check_mandate(self.mandates, ceiling, currency, self.today).err());
        faults.extend(check_evidence(self.evidence, self.profile, self.vehicle, self.today).err());
        let share = self.reference_share;
        if self.policy == CeilingPolicy::CoversShare && ceiling < share {
            faults.push(PledgeError::CeilingBelowShare { ceiling, share, currency });
        }
        if !self.budget_years.is_empty() {
            let years = self.budget_years.iter().map(|year| year.amount);
            let negative = self.budget_years.iter().any(|year| year.amount.is_negative());
            match Amount::checked_sum(years) {
                Ok(sum) if sum == ceiling && !negative => {}
                Ok(_) => faults.push(PledgeError::BudgetYears { ceiling, currency }),
                Err(error) => faults.push(error.into()),
            }
        }
        faults
    }
}

/// P4: whether a firm pledge may go to another ceiling. Raising it takes new evidence and a
/// mandate, as a new commitment does; lowering it takes the mandate and the guard on the share.
pub fn amend(from: Amount, new: &Commitment<'_>) -> Vec<PledgeError> {
    let mut faults = new.check();
    if new.ceiling <= from && new.evidence.is_empty() {
        let gap = PledgeError::EvidenceIncomplete(EvidenceGap::Nothing);
        faults.retain(|fault| *fault != gap);
    }
    faults
}

/// Whether one of the mandates covers this amount on this day.
pub fn check_mandate(
    mandates: &[Mandate],
    ceiling: Amount,
    currency: Currency,
    today: Date,
) -> Result<(), PledgeError> {
    let Some(any) = mandates.first() else { return Err(PledgeError::MandateMissing) };
    let current = |mandate: &&Mandate| mandate.valid_from <= today && today <= mandate.valid_until;
    let mut valid = mandates.iter().filter(current).peekable();
    if valid.peek().is_none() {
        return Err(PledgeError::MandateExpired);
    }
    let Some(max) = valid
        .filter(|mandate| mandate.currency == currency)
        .map(|mandate| mandate.amount_max)
        .max()
    else {
        let found = any.currency.code().to_owned();
        return Err(AmountError::CurrencyMismatch { expected: currency, found }.into());
    };
    if ceiling > max {
        return Err(PledgeError::MandateExceeded { max, ceiling, currency });
    }
    Ok(())
}

/// Whether one of the documents makes a firm pledge under this profile and vehicle. Where none
/// does, the reason is that of the one that comes nearest.
pub fn check_evidence(
    evidence: &[Evidence],
    profile: &Profile,
    vehicle: &str,
    today: Date,
) -> Result<(), PledgeError> {
    let mut nearest = (0, PledgeError::EvidenceIncomplete(EvidenceGap::Nothing));
    for document in evidence {
        match check_document(document, profile, vehicle, today) {
            Ok(()) => return Ok(()),
            Err((distance, error)) if distance > nearest.0 => nearest = (distance, error),
            Err(_) => {}
        }
    }
    Err(nearest.1)
}

/// The first fault of a document, and how far it came.
fn check_document(
    document: &Evidence,
    profile: &Profile,
    vehicle: &str,
    today: Date,
) -> Result<(), (u8, PledgeError)> {
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
    match rule.enforceable_with.iter().find(|field| !document.has(**field)) {
        Some(field) => Err((6, PledgeError::EvidenceNotEnforceable(*field))),
        None => Ok(()),
    }
}

/// The second check of an evidence: by anyone but the one who uploaded it (domain.md §b).
pub fn second_check(uploaded_by: Id<Person>, checked_by: Id<Person>) -> Result<(), PledgeError> {
    if uploaded_by == checked_by { Err(PledgeError::SamePerson) } else { Ok(()) }
}
