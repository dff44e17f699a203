//! Country profiles: what a country's law and habits put into calls and pledges, as data.
//!
//! Profiles reach this crate already parsed (domain decision 12). The one built in is `generic`,
//! which asks for what every country's accountants would.

use crate::{sharing::Basis, words::words};

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
        /// Where it is published.
        Url = "url",
        /// The document itself.
        File = "file",
    }
}

/// What an evidence can carry by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backs {
    /// A firm pledge.
    FirmPledge,
    /// An intention and no more: a memorandum binds nobody.
    IntentionOnly,
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

/// A country profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The stable word, as in `generic` or `fr`.
    pub code: String,
    /// The kinds of evidence.
    pub evidence: Vec<EvidenceRule>,
    /// The legal vehicles.
    pub vehicles: Vec<Vehicle>,
    /// The rates of VAT in basis points; where it lists none, any rate may be written.
    pub vat_rates_bp: Vec<u32>,
}

impl Profile {
    /// The built-in profile, for every country that has none of its own: a number and a date for
    /// each kind, every firm kind for every vehicle, any rate of VAT.
    pub fn generic() -> Self {
        const FIRM: [&str; 4] =
            ["deliberation", "delegated_decision", "purchase_order", "signed_agreement"];
        let rule = |kind: &str, backs| EvidenceRule {
            kind: kind.to_owned(),
            backs,
            needs: vec![EvidenceField::Number, EvidenceField::Date],
            enforceable_with: Vec::new(),
        };
        let vehicle = |&(code, basis): &(&str, Option<Basis>)| Vehicle {
            code: code.to_owned(),
            basis,
            evidence: FIRM.map(str::to_owned).to_vec(),
        };
        let mut evidence: Vec<_> = FIRM.iter().map(|kind| rule(kind, Backs::FirmPledge)).collect();
        evidence.push(rule("mou", Backs::IntentionOnly));
        let vehicles = [
            ("each_buys", Some(Basis::Gross)),
            ("joint_procurement_split", Some(Basis::Gross)),
            ("joint_procurement_full", Some(Basis::Gross)),
            ("public_cooperation", None),
            ("in_house", None),
            ("association", None),
            ("grant_to_lead", Some(Basis::Net)),
            ("purchasing_body", Some(Basis::Gross)),
        ];
        Self {
            code: "generic".to_owned(),
            evidence,
            vehicles: vehicles.iter().map(vehicle).collect(),
            vat_rates_bp: Vec::new(),
        }
    }

    /// The rule of this kind of evidence.
    pub fn evidence_rule(&self, kind: &str) -> Option<&EvidenceRule> {
        self.evidence.iter().find(|rule| rule.kind == kind)
    }

    /// The vehicle of this word.
    pub fn vehicle(&self, code: &str) -> Option<&Vehicle> {
        self.vehicles.iter().find(|vehicle| vehicle.code == code)
    }

    /// Whether a call may state this rate of VAT, in basis points.
    pub fn has_vat_rate(&self, bp: u32) -> bool {
        if self.vat_rates_bp.is_empty() { bp <= 10_000 } else { self.vat_rates_bp.contains(&bp) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generic_profile_hangs_together() {
        let profile = Profile::generic();
        for vehicle in &profile.vehicles {
            for kind in &vehicle.evidence {
                let rule = profile.evidence_rule(kind).unwrap();
                assert_eq!(rule.backs, Backs::FirmPledge, "{} {kind}", vehicle.code);
            }
        }
        assert_eq!(profile.evidence_rule("mou").unwrap().backs, Backs::IntentionOnly);
        assert_eq!(profile.vehicle("each_buys").unwrap().basis, Some(Basis::Gross));
        assert!(profile.evidence_rule("promise").is_none());
        assert!(profile.has_vat_rate(2000) && !profile.has_vat_rate(10_001));
    }
}
