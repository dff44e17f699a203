//! From the request on the wire to the request of the domain.

use forge_domain::{
    money::{Amount as Minor, AmountError, Currency},
    sharing,
};

use super::{Backstop, BackstopOrder, Basis, ShareCouncil, ShareError, ShareRequest, Subsidy};
use crate::Amount;

impl ShareRequest {
    /// The same request in the domain's types.
    ///
    /// # Errors
    /// `invalid_amount` and its like for a text that is no amount of the currency, `unknown_rule`
    /// for a rule that cannot be read, `invalid_request` for a subsidy that is neither an amount
    /// nor a rate; the message names the place.
    pub fn to_domain(&self) -> Result<sharing::ShareRequest, ShareError> {
        let currency = currency(&self.currency)?;
        let optional = |place: &str, amount: &Option<Amount>| {
            amount.as_ref().map(|amount| minor(place, amount, currency)).transpose()
        };
        let milestones = self.milestones.iter().enumerate();
        let subsidies = self.subsidies.iter().enumerate();
        let councils = self.councils.iter();
        Ok(sharing::ShareRequest {
            currency,
            total: minor("total", &self.total, currency)?,
            rule: self.rule.to_domain(currency)?,
            floor: optional("floor", &self.floor)?.unwrap_or_default(),
            cap: optional("cap", &self.cap)?,
            councils: councils
                .map(|council| council.to_domain(currency))
                .collect::<Result<_, _>>()?,
            subsidies: subsidies
                .map(|(index, subsidy)| subsidy.to_domain(&format!("subsidies[{index}]"), currency))
                .collect::<Result<_, _>>()?,
            basis: self.basis.into(),
            vat_bp: self.vat_bp,
            milestones: milestones
                .map(|(index, amount)| minor(&format!("milestones[{index}]"), amount, currency))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Backstop {
    /// The same guarantee in the domain's types.
    ///
    /// # Errors
    /// `invalid_amount` and its like for a limit that is no amount of the currency.
    pub fn to_domain(&self, currency: Currency) -> Result<sharing::Guarantee, ShareError> {
        let order = match self.order.unwrap_or_default() {
            BackstopOrder::BeforeCeilings => sharing::BackstopOrder::BeforeCeilings,
            BackstopOrder::AfterCeilings => sharing::BackstopOrder::AfterCeilings,
        };
        Ok(sharing::Guarantee { limit: minor("backstop.limit", &self.limit, currency)?, order })
    }
}

impl ShareCouncil {
    fn to_domain(&self, currency: Currency) -> Result<sharing::Participant, ShareError> {
        let optional = |key: &str, amount: &Option<Amount>| {
            let place = || format!("councils[\"{}\"].{key}", self.id);
            amount.as_ref().map(|amount| minor(&place(), amount, currency)).transpose()
        };
        Ok(sharing::Participant {
            id: self.id.clone(),
            population: self.population,
            weight: self.weight,
            ceiling: optional("ceiling", &self.ceiling)?,
            in_kind: optional("in_kind", &self.in_kind)?.unwrap_or_default(),
            amount: optional("amount", &self.amount)?,
            member_of: self.member_of.clone(),
            rank: self.rank,
        })
    }
}

impl Subsidy {
    /// The same subsidy in the domain's types; `place` is where it stands, for the message.
    ///
    /// # Errors
    /// As [`ShareRequest::to_domain`].
    pub fn to_domain(
        &self,
        place: &str,
        currency: Currency,
    ) -> Result<sharing::Subsidy, ShareError> {
        let optional = |key: &str, amount: &Option<Amount>| {
            let place = || format!("{place}.{key}");
            amount.as_ref().map(|amount| minor(&place(), amount, currency)).transpose()
        };
        let fixed = optional("amount", &self.amount)?;
        let base = optional("base", &self.base)?;
        let cap = optional("cap", &self.cap)?;
        match (fixed, self.rate_bp) {
            (Some(amount), None) if base.is_none() && cap.is_none() => {
                Ok(sharing::Subsidy::Fixed(amount))
            }
            (None, Some(bp)) => Ok(sharing::Subsidy::Rate { bp, base, cap }),
            _ => {
                let message = "Give either an amount, or a rate_bp with an optional base and cap.";
                Err(ShareError::at(place, "invalid_request", message))
            }
        }
    }

    /// A subsidy of the domain, with the name of who grants it.
    pub fn from_domain(
        label: Option<String>,
        subsidy: &sharing::Subsidy,
        currency: Currency,
    ) -> Self {
        let text = |amount: Minor| Amount::from_domain(amount, currency);
        match *subsidy {
            sharing::Subsidy::Fixed(amount) => {
                Self { label, amount: Some(text(amount)), rate_bp: None, base: None, cap: None }
            }
            sharing::Subsidy::Rate { bp, base, cap } => Self {
                label,
                amount: None,
                rate_bp: Some(bp),
                base: base.map(text),
                cap: cap.map(text),
            },
        }
    }
}

impl Amount {
    /// The machine form of an amount.
    pub fn from_domain(amount: Minor, currency: Currency) -> Self {
        Self(amount.to_decimal(currency))
    }

    /// Reads the text as an amount of `currency`, zero or more.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn to_domain(&self, currency: Currency) -> Result<Minor, AmountError> {
        Minor::parse(&self.0, currency)
    }
}

impl From<Basis> for sharing::Basis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Net => Self::Net,
            Basis::Gross => Self::Gross,
        }
    }
}

impl From<sharing::Basis> for Basis {
    fn from(basis: sharing::Basis) -> Self {
        match basis {
            sharing::Basis::Net => Self::Net,
            sharing::Basis::Gross => Self::Gross,
        }
    }
}

/// Reads an amount that stands at `place`.
pub(super) fn minor(place: &str, amount: &Amount, currency: Currency) -> Result<Minor, ShareError> {
    amount.to_domain(currency).map_err(|error| ShareError::at(place, error.code(), error))
}

fn currency(code: &str) -> Result<Currency, ShareError> {
    Currency::from_code(code).map_err(|error| ShareError::at("currency", error.code(), error))
}
