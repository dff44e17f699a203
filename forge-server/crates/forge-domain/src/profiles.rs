//! Country profiles: what a country's law and habits put into calls and pledges, as data.
//!
//! Profiles reach this crate already parsed (domain decision 12); the server reads them from files
//! and asks [`Profile::check`] before it starts.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    money::{Amount, Currency},
    names::Check,
    sharing::Basis,
    words::words,
    working_time::Holidays,
};

words! {
    /// One thing that an evidence may carry.
    EvidenceField {
        /// The number of the act.
        Number = "number",
        /// The date of the act.
        Date = "date",
        /// The day the prefecture received it (FR).
        PrefectureReceipt = "prefecture_receipt_on",
        /// The day it was published.
        Published = "published_on",
        /// The act that delegates the decision.
        DelegationRef = "delegation_ref",
        /// Where it is published.
        Url = "url",
        /// The document itself.
        File = "file",
    }
}

words! {
    /// What an evidence can carry by itself.
    Backs {
        /// A firm pledge.
        FirmPledge = "firm",
        /// An intention and no more: a memorandum binds nobody.
        IntentionOnly = "intention",
    }
}

/// The first and the last day something is valid; no end where none is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Option<Date>,
}

impl Validity {
    /// Whether it is valid on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    fn crosses(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| a.until.is_some_and(|until| until < b.from);
        !before(self, other) && !before(other, self)
    }
}

/// A register of public bodies, and how its numbers are checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The stable word, as in `siren`.
    pub scheme: String,
    /// How a number is checked.
    pub check: Check,
}

/// One kind of evidence and what makes it complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRule {
    /// The stable word, as in `deliberation`.
    pub kind: String,
    /// What it can carry.
    pub backs: Backs,
    /// What it has to have to be complete.
    pub needs: Vec<EvidenceField>,
    /// What it has to have beyond that to be enforceable.
    pub enforceable_with: Vec<EvidenceField>,
    /// Whether it counts only after the check of a second person.
    pub second_check: bool,
}

/// One legal vehicle: who contracts and pays (domain.md §c16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vehicle {
    /// The stable word, as in `each_buys`.
    pub code: String,
    /// The basis a call under it usually has; `None` where that depends on the bodies.
    pub basis: Option<Basis>,
    /// The kinds of evidence it accepts for a firm pledge.
    pub evidence: Vec<String>,
}

/// A rate of VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VatRate {
    /// The rate, in basis points.
    pub bp: u32,
    /// When it is valid.
    pub valid: Validity,
}

/// A usual division of bodies by their inhabitants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// The stable word.
    pub code: String,
    /// The most inhabitants of each band, rising; the last band has no bound and is not listed.
    pub upto: Vec<u64>,
}

/// An amount from which a public contract follows other rules (domain.md §c17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcurementThreshold {
    /// The stable word, as in `no_procedure`.
    pub code: String,
    /// The first amount that is not below it, net of tax.
    pub amount: Amount,
    /// Its currency.
    pub currency: Currency,
    /// When it is valid.
    pub valid: Validity,
    /// The text of law, as people cite it.
    pub source: String,
}

/// A country profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The stable word, as in `generic` or `fr`.
    pub code: String,
    /// The country whose councils it serves, ISO 3166; none for every other country.
    pub country: Option<String>,
    /// The first day it is meant for.
    pub valid_from: Date,
    /// The last day somebody compared it with the law.
    pub checked_on: Date,
    /// The registers of public bodies.
    pub registers: Vec<Register>,
    /// The kinds of evidence.
    pub evidence: Vec<EvidenceRule>,
    /// The legal vehicles.
    pub vehicles: Vec<Vehicle>,
    /// What stands between the cells of a CSV that its finance systems read (domain.md §c12).
    pub csv_separator: char,
    /// The rates of VAT; where it lists none, any rate may be written.
    pub vat_rates: Vec<VatRate>,
    /// Usual divisions by inhabitants.
    pub bands: Vec<Bands>,
    /// Thresholds of public procurement.
    pub thresholds: Vec<ProcurementThreshold>,
    /// The days on which councils are not at work, week-ends aside.
    pub holidays: Holidays,
}

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileFault {
    /// The same word twice.
    #[error("“{0}” is listed twice.")]
    Twice(String),
    /// A vehicle that accepts a kind of evidence that cannot carry a firm pledge.
    #[error(
        "The vehicle “{vehicle}” accepts “{kind}”, which is no evidence of a firm pledge here."
    )]
    Accepts {
        /// The vehicle.
        vehicle: String,
        /// The kind.
        kind: String,
    },
    /// A vehicle that accepts nothing.
    #[error("The vehicle “{0}” accepts no evidence: no pledge could be firm.")]
    AcceptsNothing(String),
    /// Two rows of the same thing that are valid on the same day.
    #[error("“{0}” has two rows that are valid on the same day.")]
    Crossing(String),
    /// A row that ends before it begins.
    #[error("“{0}” ends before it begins.")]
    EndsFirst(String),
    /// Bands that do not rise.
    #[error("The bounds of the bands “{0}” must rise.")]
    BandsNotRising(String),
    /// More than the whole.
    #[error("{0} basis points is not a rate of VAT.")]
    VatRate(u32),
    /// A check after today, or before the profile was meant for anything.
    #[error("The profile was checked on {0}, which is before it is valid.")]
    CheckedBefore(Date),
}

impl ProfileFault {
    /// The word of the profile the fault is about, to find its line.
    pub fn about(&self) -> Option<&str> {
        match self {
            Self::Twice(word)
            | Self::AcceptsNothing(word)
            | Self::Crossing(word)
            | Self::EndsFirst(word)
            | Self::BandsNotRising(word) => Some(word),
            Self::Accepts { vehicle, .. } => Some(vehicle),
            Self::VatRate(_) | Self::CheckedBefore(_) => None,
        }
    }
}

impl Profile {
    /// The rule of this kind of evidence.
    pub fn evidence_rule(&self, kind: &str) -> Option<&EvidenceRule> {
        self.evidence.iter().find(|rule| rule.kind == kind)
    }

    /// The vehicle of this word.
    pub fn vehicle(&self, code: &str) -> Option<&Vehicle> {
        self.vehicles.iter().find(|vehicle| vehicle.code == code)
    }

    /// The register of this word.
    pub fn register(&self, scheme: &str) -> Option<&Register> {
        self.registers.iter().find(|register| register.scheme == scheme)
    }

    /// Whether a call that opens on this day may state this rate of VAT, in basis points.
    pub fn has_vat_rate(&self, bp: u32, on: Date) -> bool {
        if self.vat_rates.is_empty() {
            return bp <= WHOLE_BP;
        }
        self.vat_rates.iter().any(|rate| rate.bp == bp && rate.valid.covers(on))
    }

    /// Everything that is wrong with the profile; nothing when it hangs together.
    pub fn check(&self) -> Vec<ProfileFault> {
        let mut faults = Vec::new();
        if self.checked_on < self.valid_from {
            faults.push(ProfileFault::CheckedBefore(self.checked_on));
        }
        faults.extend(twice(self.registers.iter().map(|one| one.scheme.as_str())));
        faults.extend(twice(self.evidence.iter().map(|one| one.kind.as_str())));
        faults.extend(twice(self.vehicles.iter().map(|one| one.code.as_str())));
        faults.extend(twice(self.bands.iter().map(|one| one.code.as_str())));
        for vehicle in &self.vehicles {
            faults.extend(self.vehicle_faults(vehicle));
        }
        for bands in &self.bands {
            if bands.upto.is_empty() || bands.upto.windows(2).any(|pair| pair[0] >= pair[1]) {
                faults.push(ProfileFault::BandsNotRising(bands.code.clone()));
            }
        }
        let strange = self.vat_rates.iter().filter(|rate| rate.bp > WHOLE_BP);
        faults.extend(strange.map(|rate| ProfileFault::VatRate(rate.bp)));
        let rates = self.vat_rates.iter().map(|rate| (rate.bp.to_string(), rate.valid));
        let limits = self.thresholds.iter().map(|one| (one.code.clone(), one.valid));
        faults.extend(in_time(rates.collect()));
        faults.extend(in_time(limits.collect()));
        faults
    }

    fn vehicle_faults(&self, vehicle: &Vehicle) -> Vec<ProfileFault> {
        if vehicle.evidence.is_empty() {
            return vec![ProfileFault::AcceptsNothing(vehicle.code.clone())];
        }
        let firm = |kind: &&String| {
            self.evidence_rule(kind).is_some_and(|rule| rule.backs == Backs::FirmPledge)
        };
        let others = vehicle.evidence.iter().filter(|kind| !firm(kind));
        others
            .map(|kind| ProfileFault::Accepts { vehicle: vehicle.code.clone(), kind: kind.clone() })
            .collect()
    }
}

/// The whole, in basis points.
const WHOLE_BP: u32 = 10_000;

fn twice<'a>(words: impl Iterator<Item = &'a str>) -> Vec<ProfileFault> {
    let mut seen = BTreeSet::new();
    words
        .filter(|word| !seen.insert(*word))
        .map(|word| ProfileFault::Twice(word.to_owned()))
        .collect()
}

fn in_time(rows: Vec<(String, Validity)>) -> Vec<ProfileFault> {
    let mut faults = Vec::new();
    for (at, (word, valid)) in rows.iter().enumerate() {
        if valid.until.is_some_and(|until| until < valid.from) {
            faults.push(ProfileFault::EndsFirst(word.clone()));
        }
        let before = rows.iter().take(at);
        if before.filter(|(other, _)| other == word).any(|(_, other)| other.crosses(valid)) {
            faults.push(ProfileFault::Crossing(word.clone()));
        }
    }
    faults
}

#[cfg(test)]
pub(crate) mod tests;
