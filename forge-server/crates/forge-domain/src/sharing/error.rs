//! Why shares cannot be computed.

use crate::money::{Amount, AmountError, Currency};

/// A request no shares can be computed for.
///
/// The plain messages name no amount, because nothing here knows the currency;
/// [`SharingError::message`] does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SharingError {
    /// An amount that is not one, or that does not fit.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// A product or a sum larger than 127 bits.
    #[error("The amounts or weights are too large to be multiplied exactly; check their units.")]
    Overflow,
    /// The rule cannot be applied as it is written.
    #[error("The sharing rule cannot be applied: {0}.")]
    Rule(#[from] RuleFault),
    /// The same council stands twice in one request.
    #[error("The council \"{0}\" is listed twice; list each council once.")]
    DuplicateCouncil(String),
    /// No council is listed, or none has a weight.
    #[error("No council has a weight above zero, so the cost has nobody to be shared between.")]
    ZeroWeight,
    /// The floors together exceed what there is to pay.
    #[error("The floors together exceed what is to be shared; lower the floor.")]
    FloorsExceedTotal {
        /// The sum of the floors.
        floors: Amount,
        /// What there is to share.
        total: Amount,
    },
    /// A floor above the cap of the same rule.
    #[error("The floor is above the cap; lower the floor or raise the cap.")]
    FloorAboveCap {
        /// The floor.
        floor: Amount,
        /// The cap.
        cap: Amount,
    },
    /// A rule by inhabitants and a council whose population is not known.
    #[error("The population of \"{0}\" is missing, and the rule needs it.")]
    PopulationMissing(String),
    /// A rule by an agreed criterion and a council without a value.
    #[error("The weight of \"{0}\" is missing, and the rule needs it.")]
    WeightMissing(String),
    /// The milestones are not a division of the cost.
    #[error("The milestones do not add up to the cost.")]
    MilestoneSumMismatch {
        /// What the milestones add up to.
        sum: Amount,
        /// What they have to add up to.
        total: Amount,
    },
    /// A minimum that no run of first milestones adds up to.
    #[error("The minimum is not what the first milestones add up to, for any number of them.")]
    BelowMinimumPrefix(Amount),
    /// The amounts of a `fixed` rule do not make the cost.
    #[error("The fixed amounts do not add up to what is to be shared.")]
    FixedSumMismatch {
        /// What the amounts add up to.
        sum: Amount,
        /// What there is to share.
        total: Amount,
    },
    /// Subsidies larger than the cost they are for.
    #[error("The subsidies exceed the cost net of tax.")]
    SubsidiesExceedCost {
        /// What the subsidies add up to.
        subsidies: Amount,
        /// The cost net of tax.
        total: Amount,
    },
    /// A rate above the whole.
    #[error("A rate of {0} basis points is more than the whole (10000).")]
    RateAboveWhole(u32),
    /// A scenario asked for a council that is not in it.
    #[error("The council \"{0}\" is not part of this computation.")]
    NotListed(String),
}

/// What is wrong with a rule as written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// A kind this program does not know.
    #[error("its kind \"{0}\" is not known")]
    UnknownKind(String),
    /// Envelopes that are not the whole.
    #[error("its parts add up to {0} basis points instead of 10000")]
    PartsNotWhole(u64),
    /// Bands that do not cover every population once.
    #[error("its bands must rise strictly and the last one must have no upper bound")]
    BandsNotCovering,
    /// An amount for a council below zero.
    #[error("the amount of \"{0}\" is negative")]
    NegativeAmount(String),
}

impl SharingError {
    /// The message with the amounts it is about, in the machine form.
    pub fn message(&self, currency: Currency) -> String {
        let money = |amount: &Amount| format!("{} {currency}", amount.to_decimal(currency));
        let against = |amount: &Amount, limit: &Amount| {
            format!("{self} ({} against {})", money(amount), money(limit))
        };
        match self {
            Self::FloorsExceedTotal { floors, total } => against(floors, total),
            Self::FloorAboveCap { floor, cap } => against(floor, cap),
            Self::MilestoneSumMismatch { sum, total } | Self::FixedSumMismatch { sum, total } => {
                against(sum, total)
            }
            Self::SubsidiesExceedCost { subsidies, total } => against(subsidies, total),
            Self::BelowMinimumPrefix(minimum) => format!("{self} ({})", money(minimum)),
            Self::Amount(_)
            | Self::Overflow
            | Self::Rule(_)
            | Self::DuplicateCouncil(_)
            | Self::ZeroWeight
            | Self::PopulationMissing(_)
            | Self::WeightMissing(_)
            | Self::RateAboveWhole(_)
            | Self::NotListed(_) => self.to_string(),
        }
    }

    /// The stable code of the API and of the command line (domain paper, end of §i).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Amount(error) => error.code(),
            Self::Overflow => "overflow",
            Self::Rule(RuleFault::NegativeAmount(_))
            | Self::FixedSumMismatch { .. }
            | Self::SubsidiesExceedCost { .. }
            | Self::RateAboveWhole(_) => "invalid_amount",
            Self::Rule(_) => "unknown_rule",
            Self::DuplicateCouncil(_) => "duplicate_council",
            Self::ZeroWeight | Self::WeightMissing(_) | Self::NotListed(_) => "zero_weight",
            Self::FloorsExceedTotal { .. } => "floors_exceed_total",
            Self::FloorAboveCap { .. } => "floor_above_cap",
            Self::PopulationMissing(_) => "population_missing",
            Self::MilestoneSumMismatch { .. } => "milestone_sum_mismatch",
            Self::BelowMinimumPrefix(_) => "below_minimum_prefix",
        }
    }
}
