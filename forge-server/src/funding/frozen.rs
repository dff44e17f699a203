//! What was frozen at the confirmation of a call, read from its snapshot: later counts of
//! inhabitants or later members do not move it.

use forge_domain::{
    money::Amount,
    sharing::{self, Shares, Tranche, vat_of},
};
use serde_json::Value;

use super::{CallBook, refused};
use crate::error::Error;

impl CallBook {
    /// The shares in the call's basis as they were frozen; none for a call that is not confirmed.
    pub fn frozen(&self) -> Result<Option<Shares>, Error> {
        let Some(snapshot) = self.call.snapshot.as_deref() else { return Ok(None) };
        let snapshot: Value = serde_json::from_str(snapshot).map_err(anyhow::Error::from)?;
        let Some(lines) = snapshot["result"]["shares"].as_object() else { return Ok(None) };
        let mut shares = Shares::new();
        for (council, line) in lines {
            let text = line[self.call.basis.as_str()].as_str();
            let text = text.ok_or_else(|| anyhow::anyhow!("a frozen share has no amount"))?;
            let share = Amount::parse(text, self.currency).map_err(anyhow::Error::from)?;
            shares.insert(council.clone(), share);
        }
        Ok(Some(shares))
    }

    /// What of its own work each council gave beyond its fair share, as it was frozen.
    pub fn frozen_gifts(&self) -> Result<Shares, Error> {
        let Some(snapshot) = self.call.snapshot.as_deref() else { return Ok(Shares::new()) };
        let snapshot: Value = serde_json::from_str(snapshot).map_err(anyhow::Error::from)?;
        let gifts = snapshot["result"]["gifts"].as_object().into_iter().flatten();
        let gift = |(council, text): (&String, &Value)| {
            let text = text.as_str().unwrap_or_default();
            let gift = Amount::parse(text, self.currency).map_err(anyhow::Error::from)?;
            Ok((council.clone(), gift))
        };
        gifts.map(gift).collect()
    }

    /// What each slice that was kept asks of each council, the reserve last where there is one
    /// (example E9); none for a call that is not confirmed. Slices that were dropped since are
    /// among them: [`CallBook::is_kept`] tells.
    pub fn frozen_tranches(&self) -> Result<Option<Vec<Tranche>>, Error> {
        let (Some(kept), Some(shares)) = (self.kept()?, self.frozen()?) else { return Ok(None) };
        let reckon = || {
            // What a slice brings depends on costs and grants alone, not on who pays.
            let nobody = self.request_for(kept, Vec::new())?;
            sharing::tranches(&shares, &sharing::due_by_milestone(&nobody)?)
        };
        reckon().map(Some).map_err(|error| refused(&error))
    }

    /// Whether the slice at this place, from 0, is still to be done or done: the reserve, which
    /// comes after the last, is kept while the whole is.
    pub fn is_kept(&self, at: usize) -> bool {
        use forge_domain::milestone::MilestoneState::Dropped;
        match self.milestones.get(at) {
            Some(slice) => slice.state != Dropped,
            None => self.milestones.iter().all(|slice| slice.state != Dropped),
        }
    }

    /// The tax of the documents of the slices that are kept.
    pub fn tax_kept(&self) -> Result<Amount, Error> {
        let Some(kept) = self.kept()? else { return Ok(Amount::ZERO) };
        let reckon = || {
            let request = self.request_for(kept, Vec::new())?;
            let nets = request.milestones.iter().enumerate();
            let mut tax = Amount::ZERO;
            for (_, net) in nets.filter(|(at, _)| self.is_kept(*at)) {
                tax = tax.checked_add(vat_of(*net, request.vat_bp)?)?;
            }
            Ok(tax)
        };
        reckon().map_err(|error| refused(&error))
    }
}
