//! What a call says: scope, amounts, thresholds, dates. All that is wrong with it is said at once.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    calendar,
    money::{Amount, AmountError, Currency},
    profiles::Profile,
    sharing::{Basis, Prefix, Rule, RuleFault, SharingError, Thresholds, vat_of},
};

/// Licences approved by the Open Source Initiative that the result of a call may have (SPDX).
#[rustfmt::skip]
pub const OSI_LICENCES: &[&str] = &[
    "0BSD", "AFL-3.0", "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0", "Artistic-2.0",
    "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CECILL-2.1", "ECL-2.0", "EPL-2.0", "EUPL-1.1",
    "EUPL-1.2", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "ISC",
    "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "LiLiQ-P-1.1",
    "LiLiQ-R-1.1", "LiLiQ-Rplus-1.1", "MIT", "MIT-0", "MPL-2.0", "MulanPSL-2.0", "NCSA",
    "OSL-3.0", "PostgreSQL", "UPL-1.0", "Unlicense", "Zlib",
];

/// A slice of the scope with its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneTerms {
    /// What it delivers, in a few words.
    pub title: String,
    /// Its cost, in the basis of the call.
    pub amount: Amount,
}

/// The terms of a call. All amounts are in its currency and basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallTerms {
    /// The one currency.
    pub currency: Currency,
    /// Whether amounts are net or gross of tax.
    pub basis: Basis,
    /// The rate of tax, in basis points.
    pub vat_bp: u32,
    /// The full cost: the milestones and the reserve.
    pub target: Amount,
    /// What is kept for contingencies; part of the target.
    pub reserve: Amount,
    /// The slices of the scope, in order.
    pub milestones: Vec<MilestoneTerms>,
    /// What has to be reached; its `min_amount` is the call's minimum.
    pub thresholds: Thresholds,
    /// How the cost is divided.
    pub rule: Rule,
    /// The least each council pays.
    pub floor: Amount,
    /// The most each council pays by the rule.
    pub cap: Option<Amount>,
    /// The first day pledges are taken.
    pub opens_on: Date,
    /// The last day, in the time zone of the space.
    pub deadline: Date,
    /// How many days councils that intend to join may still decide after it.
    pub grace_days: i32,
    /// Whether the lead may confirm before the deadline once the target is covered.
    pub early_close: bool,
    /// The licence of what is made, as SPDX.
    pub licence: String,
    /// The legal vehicle, a word of the profile.
    pub vehicle: String,
}

/// One thing to put right before a call is published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsFault {
    /// Nothing to pay for.
    #[error("The target must be more than zero.")]
    TargetZero,
    /// No slice of scope.
    #[error("Describe at least one milestone.")]
    NoMilestone,
    /// A milestone without an amount.
    #[error("Milestone {0} must cost more than zero.")]
    MilestoneZero(usize),
    /// A milestone without a title.
    #[error("Milestone {0} needs a title.")]
    MilestoneUntitled(usize),
    /// An amount below zero.
    #[error("The {0} must not be negative.")]
    Negative(&'static str),
    /// The parts are not the whole.
    #[error("Milestones and reserve make {} {currency}, the target is {} {currency}.",
        .sum.to_decimal(*.currency), .target.to_decimal(*.currency))]
    MilestoneSum {
        /// What they make.
        sum: Amount,
        /// The target.
        target: Amount,
        /// The currency of the call.
        currency: Currency,
    },
    /// More asked for at least than at most.
    #[error("The minimum is above the target.")]
    MinimumAboveTarget,
    /// The minimum pays for no coherent product.
    #[error(
        "The minimum must be what the first milestones cost, so that it buys a usable product."
    )]
    MinimumNotPrefix,
    /// A call of one.
    #[error("At least {least} councils are needed: it is a call to share.")]
    TooFewCouncils {
        /// The least the charter allows.
        least: usize,
    },
    /// A floor above the cap.
    #[error("The floor is above the cap.")]
    FloorAboveCap,
    /// A rule that cannot be applied.
    #[error("The sharing rule cannot be applied: {0}.")]
    Rule(RuleFault),
    /// A sharing rule whose amounts cannot be reckoned.
    #[error("The sharing rule cannot be applied: {0}")]
    Sharing(SharingError),
    /// A deadline too near.
    #[error(
        "The deadline is too near: {earliest} is the earliest, {} days after opening.",
        calendar::OPEN_DAYS_MIN
    )]
    DeadlineTooNear {
        /// The earliest that is allowed.
        earliest: Date,
    },
    /// Dates nobody plans in, or days of grace out of range.
    #[error("The dates of the call are out of range; grace is 0 to 90 days.")]
    Dates,
    /// A rate the profile does not know.
    #[error("{0} basis points is not a rate of VAT here.")]
    VatRate(u32),
    /// A vehicle the profile does not know.
    #[error("Choose a legal vehicle: “{0}” is not one of them.")]
    Vehicle(String),
    /// A licence that is not approved.
    #[error("“{0}” is not a licence approved by the OSI: results of a call are open source.")]
    Licence(String),
    /// Sums beyond what can be reckoned.
    #[error(transparent)]
    Amount(#[from] AmountError),
}

impl TermsFault {
    /// The stable code (domain.md §i).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TargetZero | Self::MilestoneZero(_) | Self::Negative(_) => "invalid_amount",
            Self::NoMilestone | Self::MilestoneUntitled(_) => "milestone_missing",
            Self::MilestoneSum { .. } => "milestone_sum_mismatch",
            Self::MinimumAboveTarget => "minimum_above_target",
            Self::MinimumNotPrefix => "below_minimum_prefix",
            Self::TooFewCouncils { .. } => "too_few_councils",
            Self::FloorAboveCap => "floor_above_cap",
            Self::Rule(_) | Self::Sharing(_) => "unknown_rule",
            Self::DeadlineTooNear { .. } => "deadline_too_near",
            Self::Dates => "date_out_of_range",
            Self::VatRate(_) => "vat_rate_unknown",
            Self::Vehicle(_) => "vehicle_unknown",
            Self::Licence(_) => "licence_not_open",
            Self::Amount(error) => error.code(),
        }
    }

    /// The field of the form or of `call.toml` it is about.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::TargetZero | Self::Amount(_) => "target",
            Self::NoMilestone
            | Self::MilestoneZero(_)
            | Self::MilestoneUntitled(_)
            | Self::MilestoneSum { .. } => "milestones",
            Self::Negative(field) => field,
            Self::MinimumAboveTarget | Self::MinimumNotPrefix => "minimum",
            Self::TooFewCouncils { .. } => "min_councils",
            Self::FloorAboveCap => "floor",
            Self::Rule(_) | Self::Sharing(_) => "rule",
            Self::DeadlineTooNear { .. } | Self::Dates => "deadline",
            Self::VatRate(_) => "vat_bp",
            Self::Vehicle(_) => "vehicle",
            Self::Licence(_) => "licence",
        }
    }
}

/// The reserve on a cost: a rate in basis points, half a unit rounded up.
pub fn reserve_of(cost: Amount, bp: u32) -> Result<Amount, SharingError> {
    vat_of(cost, bp)
}

impl CallTerms {
    /// The fewest councils where the charter says nothing else (domain.md §c6).
    pub const MIN_COUNCILS: usize = 2;

    /// The amounts of the milestones, in order.
    pub fn milestone_amounts(&self) -> Vec<Amount> {
        self.milestones.iter().map(|milestone| milestone.amount).collect()
    }

    /// All milestones and the reserve.
    pub fn whole(&self) -> Prefix {
        Prefix { count: self.milestones.len(), cost: self.target }
    }

    /// Everything that keeps the call from being published; nothing when it may be.
    pub fn check(&self, profile: &Profile) -> Vec<TermsFault> {
        let mut faults = self.amount_faults();
        faults.extend(self.milestone_faults());
        faults.extend(self.minimum_faults());
        if self.thresholds.min_councils < Self::MIN_COUNCILS {
            faults.push(TermsFault::TooFewCouncils { least: Self::MIN_COUNCILS });
        }
        match self.rule.check() {
            Ok(()) => {}
            Err(SharingError::Rule(fault)) => faults.push(TermsFault::Rule(fault)),
            Err(error) => faults.push(TermsFault::Sharing(error)),
        }
        faults.extend(self.date_faults());
        if !profile.has_vat_rate(self.vat_bp, self.opens_on) {
            faults.push(TermsFault::VatRate(self.vat_bp));
        }
        if profile.vehicle(&self.vehicle).is_none() {
            faults.push(TermsFault::Vehicle(self.vehicle.clone()));
        }
        if !OSI_LICENCES.contains(&self.licence.as_str()) {
            faults.push(TermsFault::Licence(self.licence.clone()));
        }
        faults
    }

    fn amount_faults(&self) -> Vec<TermsFault> {
        let mut faults = Vec::new();
        if self.target <= Amount::ZERO {
            faults.push(TermsFault::TargetZero);
        }
        let cap = self.cap.unwrap_or_default();
        for (field, amount) in [("reserve", self.reserve), ("floor", self.floor), ("cap", cap)] {
            if amount.is_negative() {
                faults.push(TermsFault::Negative(field));
            }
        }
        if self.cap.is_some_and(|cap| self.floor > cap) {
            faults.push(TermsFault::FloorAboveCap);
        }
        faults
    }

    fn milestone_faults(&self) -> Vec<TermsFault> {
        let mut faults = Vec::new();
        if self.milestones.is_empty() {
            return vec![TermsFault::NoMilestone];
        }
        for (number, milestone) in (1..).zip(&self.milestones) {
            if milestone.amount <= Amount::ZERO {
                faults.push(TermsFault::MilestoneZero(number));
            }
            if milestone.title.trim().is_empty() {
                faults.push(TermsFault::MilestoneUntitled(number));
            }
        }
        match Amount::checked_sum(self.milestone_amounts().into_iter().chain([self.reserve])) {
            Ok(sum) if sum == self.target => {}
            Ok(sum) => faults.push(TermsFault::MilestoneSum {
                sum,
                target: self.target,
                currency: self.currency,
            }),
            Err(error) => faults.push(error.into()),
        }
        faults
    }

    fn minimum_faults(&self) -> Option<TermsFault> {
        let minimum = self.thresholds.min_amount;
        if minimum > self.target {
            return Some(TermsFault::MinimumAboveTarget);
        }
        let mut costs = BTreeSet::from([self.target]);
        let mut cost = Amount::ZERO;
        for milestone in &self.milestones {
            cost = cost.checked_add(milestone.amount).ok()?;
            costs.insert(cost);
        }
        let coherent = minimum > Amount::ZERO && costs.contains(&minimum);
        (!coherent).then_some(TermsFault::MinimumNotPrefix)
    }

    fn date_faults(&self) -> Option<TermsFault> {
        let last = calendar::add_days(self.deadline, self.grace_days);
        let Ok(earliest) = calendar::earliest_deadline(self.opens_on) else {
            return Some(TermsFault::Dates);
        };
        if last.is_err() || !(0..=90).contains(&self.grace_days) {
            return Some(TermsFault::Dates);
        }
        (self.deadline < earliest).then_some(TermsFault::DeadlineTooNear { earliest })
    }
}
