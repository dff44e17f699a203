//! What the page of a call shows beside its shares: weights, the price by the number of councils,
//! the part that was kept.

use forge_domain::{
    charter::LateJoinerPolicy,
    money::Amount,
    sharing::{self, Participant, Prefix, PricePoint, Scenario, ShareOutcome, SharingError},
};

use forge_store::pledges::Pledge;

use super::{CallBook, book::Prospect};
use crate::error::Error;

/// The furthest a price curve is drawn beyond the councils known.
const CURVE_BEYOND: usize = 4;

impl CallBook {
    /// What this council would see, with this ceiling.
    pub fn prospect(&self, me: &Participant) -> Result<Prospect, SharingError> {
        let firm = self.request(self.firm())?;
        let intentions = self.intentions();
        let scenario = Scenario { firm: &firm, intentions: &intentions, me };
        let mine = |outcome: ShareOutcome| outcome.shares.get(&me.id).copied().unwrap_or_default();
        let least = usize::try_from(self.call.councils_min).unwrap_or(0);
        Ok(Prospect {
            now: mine(scenario.today()?),
            if_all_join: mine(scenario.if_all_join()?),
            reference: scenario.reference_share(least)?,
        })
    }

    /// What a council weighs by the rule, where the rule is of one part and can be applied to it.
    pub fn weight(&self, council: &Participant) -> Option<u64> {
        let parts = sharing::weights(&self.rule, std::slice::from_ref(council)).ok()?;
        match parts.as_slice() {
            [(_, weights)] => weights.get(&council.id).copied(),
            _ => None,
        }
    }

    /// What this council would pay with 1, 2, … councils in all, ceilings put aside.
    pub fn price_curve(&self, me: &Participant) -> Result<Vec<PricePoint>, SharingError> {
        let firm = self.request(self.firm())?;
        let intentions = self.intentions();
        let known = firm.councils.len() + intentions.len();
        let scenario = Scenario { firm: &firm, intentions: &intentions, me };
        scenario.price_curve(self.curve_length(known))
    }

    /// How many councils a price curve goes up to, where so many are known.
    pub fn curve_length(&self, known: usize) -> usize {
        let least = usize::try_from(self.call.councils_min).unwrap_or(0);
        known.max(least) + CURVE_BEYOND
    }

    /// The part of the work that a confirmed call keeps, as it was frozen.
    pub fn kept(&self) -> Result<Option<Prefix>, Error> {
        let Some(snapshot) = self.call.snapshot.as_deref() else { return Ok(None) };
        let snapshot: serde_json::Value =
            serde_json::from_str(snapshot).map_err(anyhow::Error::from)?;
        let result = &snapshot["result"];
        let count = result["kept"].as_u64().and_then(|count| usize::try_from(count).ok());
        let (Some(count), Some(cost)) = (count, result["cost"].as_str()) else { return Ok(None) };
        let cost = Amount::parse(cost, self.currency).map_err(anyhow::Error::from)?;
        Ok(Some(Prefix { count, cost }))
    }

    /// The final shares of a confirmed call, reckoned again as they were; none for any other. A
    /// late joiner is among them where its money lowers the others' shares.
    pub fn shares_kept(&self) -> Result<Option<ShareOutcome>, Error> {
        let Some(kept) = self.kept()? else { return Ok(None) };
        let apart: Vec<_> = self
            .buy_ins
            .iter()
            .filter(|one| one.policy != LateJoinerPolicy::Redistribute)
            .map(|one| one.council_id)
            .collect();
        let pays = |row: &&Pledge| row.state.is_binding() && !apart.contains(&row.council_id);
        let councils = self.living().filter(pays).map(|row| self.participant(row)).collect();
        let request = self.request_for(kept, councils).map_err(|error| super::refused(&error))?;
        sharing::compute(&request).map(Some).map_err(|error| super::refused(&error))
    }
}
