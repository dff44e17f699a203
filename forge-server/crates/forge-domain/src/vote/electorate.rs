//! What each body counts, frozen when a vote opens.

use super::{VoteError, VoteRule, VoteTerms};
use crate::{
    money::Amount,
    sharing::{Band, band_weight},
};

/// From how many voters on no body may weigh more than the cap (domain.md §c4).
const CAPPED_FROM: usize = 4;

/// A body that a vote asks, as it stands when the vote opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Its address.
    pub council: String,
    /// What it contributes to the matter, in minor units.
    pub contribution: Amount,
    /// Its inhabitants, where they are known.
    pub inhabitants: Option<u64>,
    /// Whether it is in default for more than 90 days: it keeps its head, its money counts nothing.
    pub in_default: bool,
    /// Whether it leads the space, and has the casting vote where there is one.
    pub leads: bool,
    /// Whether it sits in the coordination group, which may have a veto.
    pub coordinates: bool,
}

/// A body and what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elector {
    /// Its address.
    pub council: String,
    /// What it counts where bodies are weighed; its money under `double_majority`.
    pub weight: u64,
    /// Whether it has the casting vote.
    pub leads: bool,
    /// Whether it shares in the veto.
    pub coordinates: bool,
}

/// Weighs the bodies a vote asks, in their order.
///
/// Where nobody has contributed anything, a rule by contribution counts each body one: a space
/// without money must still be able to change its charter.
pub fn electors(terms: &VoteTerms, bodies: &[Body]) -> Result<Vec<Elector>, VoteError> {
    if bodies.is_empty() {
        return Err(VoteError::NoElectors);
    }
    let mut weights = bodies
        .iter()
        .map(|body| if body.in_default { Ok(0) } else { weight(terms, body) })
        .collect::<Result<Vec<u64>, _>>()?;
    if terms.rule.is_weighted() {
        if weights.iter().all(|&weight| weight == 0) {
            weights.fill(1);
        }
        cap(&mut weights);
    }
    Ok(bodies
        .iter()
        .zip(weights)
        .map(|(body, weight)| Elector {
            council: body.council.clone(),
            weight,
            leads: body.leads,
            coordinates: body.coordinates,
        })
        .collect())
}

fn weight(terms: &VoteTerms, body: &Body) -> Result<u64, VoteError> {
    let contribution = u64::try_from(body.contribution.minor()).unwrap_or(0);
    Ok(match terms.rule {
        VoteRule::OneBodyOneVote | VoteRule::Consent => 1,
        VoteRule::ByContribution | VoteRule::DoubleMajority => contribution,
        VoteRule::ByBand => {
            let missing = || VoteError::PopulationMissing(body.council.clone());
            band(&terms.bands, body.inhabitants.ok_or_else(missing)?)
        }
        VoteRule::Stepped => {
            let reached = |step: &&super::Step| step.from <= body.contribution;
            terms.steps.iter().rev().find(reached).map_or(0, |step| step.votes)
        }
    })
}

fn band(bands: &[Band], inhabitants: u64) -> u64 {
    band_weight(bands, inhabitants).unwrap_or(0)
}

/// Brings what is too heavy down to 40 % of what everyone weighs together after that, so that
/// with four voters nobody decides alone. At most two can be too heavy: three would weigh 120 %.
fn cap(weights: &mut [u64]) {
    let mut heaviest: Vec<u64> = weights.iter().copied().filter(|&weight| weight > 0).collect();
    if heaviest.len() < CAPPED_FROM {
        return;
    }
    heaviest.sort_unstable_by(|a, b| b.cmp(a));
    let sum = |from: usize| heaviest[from..].iter().map(|&weight| u128::from(weight)).sum::<u128>();
    // One at the cap c beside R: c = 0.4 (c + R). Two: c = 0.4 (2c + R).
    let alone = sum(1) * 2 / 3;
    let most = if u128::from(heaviest[1]) <= alone { alone } else { sum(2) * 2 };
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    for weight in weights {
        *weight = (*weight).min(most);
    }
}
