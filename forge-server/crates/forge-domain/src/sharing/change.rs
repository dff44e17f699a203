//! “What if”: the shares of a call beside those it would have with other councils, ceilings, rule
//! or cost. The page, the interface for programs and the command line all ask this.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Backing, Guarantee, Participant, Rule, ShareOutcome, ShareRequest, SharingError,
    bill::Bill,
    compute::{compute, compute_guaranteed},
};
use crate::money::Amount;

/// What would be different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Councils that would take part; one that does already is replaced.
    pub added: Vec<Participant>,
    /// Councils that would not.
    pub removed: BTreeSet<String>,
    /// Other ceilings, by council.
    pub ceilings: BTreeMap<String, Amount>,
    /// What the work of a council would be worth, by council.
    pub work: BTreeMap<String, Amount>,
    /// Another rule.
    pub rule: Option<Rule>,
    /// Another cost, net of tax, as one document.
    pub total: Option<Amount>,
    /// A guarantee of closing.
    pub guarantee: Option<Guarantee>,
}

/// A call as it is, and as it would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The shares as they are; none while nobody takes part.
    pub now: Option<ShareOutcome>,
    /// The call as it would be.
    pub request: ShareRequest,
    /// What would be shared then, in the basis of the call.
    pub base: Amount,
    /// The shares then; none where nobody would take part.
    pub then: Option<ShareOutcome>,
    /// How far the guarantee would reach; none without one.
    pub backing: Option<Backing>,
}

impl Change {
    /// The call as it would be.
    pub fn applied(&self, request: &ShareRequest) -> ShareRequest {
        let stays = |council: &&Participant| {
            !self.removed.contains(&council.id)
                && !self.added.iter().any(|added| added.id == council.id)
        };
        let councils = request.councils.iter().filter(stays).chain(&self.added).cloned();
        let councils = councils.map(|mut council| {
            if let Some(&ceiling) = self.ceilings.get(&council.id) {
                council.ceiling = Some(ceiling);
            }
            if let Some(&worth) = self.work.get(&council.id) {
                council.in_kind = worth;
            }
            council
        });
        let mut changed = ShareRequest { councils: councils.collect(), ..request.clone() };
        if let Some(rule) = &self.rule {
            changed.rule = rule.clone();
        }
        if let Some(total) = self.total {
            changed.total = total;
            changed.milestones = Vec::new();
        }
        changed
    }

    /// Computes both.
    pub fn compare(&self, request: &ShareRequest) -> Result<Compared, SharingError> {
        let reckon = |request: &ShareRequest| {
            if request.councils.is_empty() { Ok(None) } else { compute(request).map(Some) }
        };
        let now = reckon(request)?;
        let changed = self.applied(request);
        let base = Bill::of(&changed)?.base;
        let (then, backing) = match self.guarantee {
            Some(guarantee) if !changed.councils.is_empty() => {
                let (outcome, backing) = compute_guaranteed(&changed, guarantee)?;
                (Some(outcome), Some(backing))
            }
            _ => (reckon(&changed)?, None),
        };
        Ok(Compared { now, request: changed, base, then, backing })
    }
}
