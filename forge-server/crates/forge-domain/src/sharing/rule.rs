//! Sharing rules: how the cost of a call is divided (domain paper §c7, the family *split*).

use super::{RuleFault, SharingError, allocate::Shares};
use crate::money::{Amount, AmountError};

/// How a known cost is divided between councils.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// By one measure of the councils.
    By(Measure),
    /// Each part of the cost by a measure of its own: “40 % equally, 60 % by inhabitants”.
    ///
    /// Each envelope is exact, then they are added.
    Envelopes(Vec<Envelope>),
    /// Amounts agreed beforehand, which together are what there is to share.
    Fixed(Shares),
    /// An amount chosen freely by each council, none of which pays above its offer.
    Open(Offers),
}

/// The offers of an `open` rule, and what becomes of what is offered too much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// What each council offers; one without an amount here offers its ceiling.
    pub amounts: Shares,
    /// What happens when more is offered than needed.
    pub surplus: Surplus,
}

/// What becomes of offers above what there is to share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Surplus {
    /// All offers are scaled down in proportion (example E8).
    #[default]
    ScaleDown,
    /// As many of these further slices of the work as the offers cover are done too, in this
    /// order; what is left over after them is scaled down. Amounts are net of tax.
    NextMilestone(Vec<Amount>),
    /// Whoever committed first is taken first, until the cost is covered; the last one taken pays
    /// what is missing.
    StopAtTarget,
}

impl From<Shares> for Offers {
    fn from(amounts: Shares) -> Self {
        Self { amounts, surplus: Surplus::ScaleDown }
    }
}

/// What the weight of a council is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The same weight for each.
    Equal,
    /// Its inhabitants.
    Population(PopulationBasis),
    /// The weight of the band its inhabitants fall in.
    Bands {
        /// The bands, rising, the last one without an upper bound.
        bands: Vec<Band>,
        /// Which population is meant.
        basis: PopulationBasis,
    },
    /// An agreed criterion: users, agents, sites, transactions.
    Criterion(Criterion),
}

/// Which population is counted, as the call declares it; empty where it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PopulationBasis {
    /// `municipale`, `totale`, … as named by the country profile.
    pub kind: Option<String>,
    /// The year of the count.
    pub vintage: Option<String>,
}

/// One size of council and its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The largest population of the band, **itself included**; `None` is no upper bound.
    pub upto: Option<u64>,
    /// The weight of each council of the band.
    pub weight: u64,
}

/// A criterion whose value is agreed for each council.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criterion {
    /// What is counted, in words, where the call says so.
    pub name: Option<String>,
    /// Where the values come from, where the call says so.
    pub source: Option<String>,
    /// The value of each council; one that is not here is weighed by its own `weight`.
    pub values: super::Weights,
}

/// A part of the cost, divided by a measure of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Which part of the whole, in basis points; all envelopes make 10000.
    pub bp: u32,
    /// How this part is divided.
    pub measure: Measure,
}

/// The whole, in basis points.
pub(super) const WHOLE_BP: u32 = 10_000;

impl Rule {
    /// Equal shares.
    pub const EQUAL: Self = Self::By(Measure::Equal);

    /// Shares by inhabitants, whichever count the councils were entered with.
    pub const fn population() -> Self {
        let basis = PopulationBasis { kind: None, vintage: None };
        Self::By(Measure::Population(basis))
    }

    /// Whether the rule can be applied at all, whoever takes part.
    pub fn check(&self) -> Result<(), SharingError> {
        match self {
            Self::By(measure) => measure.check(),
            Self::Envelopes(envelopes) => {
                let sum: u64 = envelopes.iter().map(|envelope| u64::from(envelope.bp)).sum();
                if sum != u64::from(WHOLE_BP) {
                    return Err(RuleFault::PartsNotWhole(sum).into());
                }
                envelopes.iter().try_for_each(|envelope| envelope.measure.check())
            }
            Self::Fixed(amounts) => no_negative(amounts),
            Self::Open(offers) => match &offers.surplus {
                Surplus::NextMilestone(next) if next.iter().copied().any(Amount::is_negative) => {
                    Err(AmountError::Negative.into())
                }
                _ => no_negative(&offers.amounts),
            },
        }
    }

    /// Whether a `fixed` rule divides exactly `base`; any other rule does by nature.
    ///
    /// The agreed amounts of councils that do not take part count too: what an absent council would
    /// have paid is a gap, not an error.
    pub(super) fn check_base(&self, base: Amount) -> Result<(), SharingError> {
        let Self::Fixed(amounts) = self else { return Ok(()) };
        let sum = Amount::checked_sum(amounts.values().copied())?;
        if sum == base { Ok(()) } else { Err(SharingError::FixedSumMismatch { sum, total: base }) }
    }
}

fn no_negative(amounts: &Shares) -> Result<(), SharingError> {
    match amounts.iter().find(|(_, amount)| amount.is_negative()) {
        Some((id, _)) => Err(RuleFault::NegativeAmount(id.clone()).into()),
        None => Ok(()),
    }
}

impl Measure {
    fn check(&self) -> Result<(), SharingError> {
        match self {
            Self::Equal | Self::Population(_) | Self::Criterion(_) => Ok(()),
            Self::Bands { bands, .. } => {
                let Some((last, bounded)) = bands.split_last() else {
                    return Err(RuleFault::BandsNotCovering.into());
                };
                let rising = bounded.windows(2).all(|pair| pair[0].upto < pair[1].upto);
                let all_bounded = bounded.iter().all(|band| band.upto.is_some());
                if last.upto.is_none() && rising && all_bounded {
                    Ok(())
                } else {
                    Err(RuleFault::BandsNotCovering.into())
                }
            }
        }
    }
}

/// The weight of the band `population` falls in; a bound belongs to the band below it.
pub(crate) fn band_weight(bands: &[Band], population: u64) -> Option<u64> {
    let holds = |band: &&Band| band.upto.is_none_or(|upto| population <= upto);
    bands.iter().find(holds).map(|band| band.weight)
}
