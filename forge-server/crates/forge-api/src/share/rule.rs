//! Sharing rules between the wire and the domain.

use std::collections::BTreeMap;

use forge_domain::{
    money::{Amount as Minor, Currency},
    sharing::{
        self, Criterion, Envelope, Measure, Offers, PopulationBasis, RuleFault, SharingError,
        Surplus,
    },
};

use super::{Band, Rule, ShareError, question::minor};
use crate::Amount;

impl Rule {
    /// The same rule in the domain's types, its amounts in `currency`.
    ///
    /// # Errors
    /// `unknown_rule` for a kind that is not known, a key that is not of that kind, or bands and
    /// parts that do not cover the whole; `invalid_amount` for a text that is no amount.
    pub fn to_domain(&self, currency: Currency) -> Result<sharing::Rule, ShareError> {
        if self.bp.is_some() {
            return Err(fault("\"bp\" stands only inside the parts of envelopes"));
        }
        if self.mode.as_deref().is_some_and(|mode| mode != "split") {
            let mode = self.mode.clone().unwrap_or_default();
            return Err(refused(&RuleFault::UnknownKind(mode).into()));
        }
        let rule = match self.kind.as_str() {
            "envelopes" | "criteria" if self.parts.is_some() => {
                self.only(&["parts"])?;
                let parts = self.parts.iter().flatten();
                sharing::Rule::Envelopes(parts.map(Self::envelope).collect::<Result<_, _>>()?)
            }
            "envelopes" => return Err(fault("envelopes need \"parts\"")),
            "fixed" => {
                self.only(&["amounts"])?;
                sharing::Rule::Fixed(self.amounts(currency)?)
            }
            "open" => sharing::Rule::Open(self.offers(currency)?),
            _ => sharing::Rule::By(self.measure()?),
        };
        rule.check().map_err(|error| refused(&error))?;
        Ok(rule)
    }

    /// A rule of the domain, its amounts in `currency`.
    pub fn from_domain(rule: &sharing::Rule, currency: Currency) -> Self {
        let amounts = |amounts: &sharing::Shares| {
            let text = |(id, amount): (&String, &Minor)| {
                (id.clone(), Amount::from_domain(*amount, currency))
            };
            (!amounts.is_empty()).then(|| amounts.iter().map(text).collect::<BTreeMap<_, _>>())
        };
        let rule = match rule {
            sharing::Rule::By(measure) => Self::of_measure(measure),
            sharing::Rule::Envelopes(envelopes) => {
                let part =
                    |part: &Envelope| Self { bp: Some(part.bp), ..Self::of_measure(&part.measure) };
                Self {
                    parts: Some(envelopes.iter().map(part).collect()),
                    ..Self::named("envelopes")
                }
            }
            sharing::Rule::Fixed(shares) => {
                Self { amounts: amounts(shares), ..Self::named("fixed") }
            }
            sharing::Rule::Open(offers) => {
                let (word, next) = match &offers.surplus {
                    Surplus::ScaleDown => (None, None),
                    Surplus::NextMilestone(next) => (Some("next_milestone"), Some(next)),
                    Surplus::StopAtTarget => (Some("stop_at_target"), None),
                };
                let text = |amount: &Minor| Amount::from_domain(*amount, currency);
                Self {
                    amounts: amounts(&offers.amounts),
                    oversubscription: word.map(str::to_owned),
                    next: next.map(|next| next.iter().map(text).collect()),
                    ..Self::named("open")
                }
            }
        };
        Self { mode: Some("split".to_owned()), ..rule }
    }

    fn envelope(&self) -> Result<Envelope, ShareError> {
        let bp = self.bp.ok_or_else(|| fault("each part of envelopes needs \"bp\""))?;
        if self.mode.is_some() {
            return Err(fault("\"mode\" stands at the top of a rule, not in its parts"));
        }
        Ok(Envelope { bp, measure: self.measure()? })
    }

    fn measure(&self) -> Result<Measure, ShareError> {
        match self.kind.as_str() {
            "equal" => self.only(&[]).map(|()| Measure::Equal),
            "population" => {
                self.only(&["population", "vintage"])?;
                Ok(Measure::Population(self.basis()))
            }
            "bands" => {
                self.only(&["bands", "population", "vintage"])?;
                let bands = self.bands.iter().flatten();
                let bands =
                    bands.map(|band| sharing::Band { upto: band.upto, weight: band.weight });
                Ok(Measure::Bands { bands: bands.collect(), basis: self.basis() })
            }
            "criteria" => {
                self.only(&["criterion", "source", "values"])?;
                Ok(Measure::Criterion(Criterion {
                    name: self.criterion.clone(),
                    source: self.source.clone(),
                    values: self.values.clone().unwrap_or_default(),
                }))
            }
            unknown => Err(refused(&RuleFault::UnknownKind(unknown.to_owned()).into())),
        }
    }

    fn basis(&self) -> PopulationBasis {
        PopulationBasis { kind: self.population.clone(), vintage: self.vintage.clone() }
    }

    fn offers(&self, currency: Currency) -> Result<Offers, ShareError> {
        let surplus = match self.oversubscription.as_deref().unwrap_or("scale_down") {
            "scale_down" => Surplus::ScaleDown,
            "stop_at_target" => Surplus::StopAtTarget,
            "next_milestone" => {
                let next = self.next.iter().flatten().enumerate();
                let read = |(at, amount)| minor(&format!("rule.next[{at}]"), amount, currency);
                let next: Vec<Minor> = next.map(read).collect::<Result<_, _>>()?;
                if next.is_empty() {
                    return Err(fault("\"next_milestone\" needs the amounts of \"next\""));
                }
                Surplus::NextMilestone(next)
            }
            other => {
                let message = format!("\"{other}\" is no way to deal with offers above the cost");
                return Err(fault(&message));
            }
        };
        let with_next = matches!(surplus, Surplus::NextMilestone(_));
        let keys = ["amounts", "oversubscription", "next"];
        self.only(if with_next { &keys } else { &keys[..2] })?;
        Ok(Offers { amounts: self.amounts(currency)?, surplus })
    }

    fn amounts(&self, currency: Currency) -> Result<sharing::Shares, ShareError> {
        let read = |(id, amount): (&String, &Amount)| {
            minor(&format!("rule.amounts[\"{id}\"]"), amount, currency)
                .map(|amount| (id.clone(), amount))
        };
        self.amounts.iter().flatten().map(read).collect()
    }

    /// Refuses a key that is there and not among those the kind has.
    fn only(&self, keys: &[&str]) -> Result<(), ShareError> {
        let there = [
            ("population", self.population.is_some()),
            ("vintage", self.vintage.is_some()),
            ("bands", self.bands.is_some()),
            ("parts", self.parts.is_some()),
            ("amounts", self.amounts.is_some()),
            ("values", self.values.is_some()),
            ("criterion", self.criterion.is_some()),
            ("source", self.source.is_some()),
            ("oversubscription", self.oversubscription.is_some()),
            ("next", self.next.is_some()),
        ];
        match there.iter().find(|(key, is_there)| *is_there && !keys.contains(key)) {
            Some((key, _)) => {
                Err(fault(&format!("\"{key}\" has no meaning for the kind \"{}\"", self.kind)))
            }
            None => Ok(()),
        }
    }

    fn named(kind: &str) -> Self {
        Self {
            mode: None,
            kind: kind.to_owned(),
            bp: None,
            population: None,
            vintage: None,
            bands: None,
            parts: None,
            amounts: None,
            values: None,
            criterion: None,
            source: None,
            oversubscription: None,
            next: None,
        }
    }

    fn of_measure(measure: &Measure) -> Self {
        match measure {
            Measure::Equal => Self::named("equal"),
            Measure::Population(basis) => Self {
                population: basis.kind.clone(),
                vintage: basis.vintage.clone(),
                ..Self::named("population")
            },
            Measure::Bands { bands, basis } => Self {
                bands: Some(
                    bands
                        .iter()
                        .map(|band| Band { upto: band.upto, weight: band.weight })
                        .collect(),
                ),
                population: basis.kind.clone(),
                vintage: basis.vintage.clone(),
                ..Self::named("bands")
            },
            Measure::Criterion(criterion) => Self {
                criterion: criterion.name.clone(),
                source: criterion.source.clone(),
                values: (!criterion.values.is_empty()).then(|| criterion.values.clone()),
                ..Self::named("criteria")
            },
        }
    }
}

fn fault(message: &str) -> ShareError {
    ShareError::at("rule", "unknown_rule", format_args!("The rule cannot be read: {message}."))
}

fn refused(error: &SharingError) -> ShareError {
    ShareError::at("rule", error.code(), error)
}

#[cfg(test)]
mod tests {
    use forge_domain::money::Currency;

    use super::Rule;

    fn read(json: &str) -> Result<forge_domain::sharing::Rule, String> {
        let rule: Rule = serde_json::from_str(json).unwrap();
        rule.to_domain(Currency::EUR).map_err(|error| format!("{} {}", error.code, error.message))
    }

    #[test]
    fn a_rule_goes_to_the_domain_and_comes_back_as_it_was() {
        for json in [
            r#"{"mode":"split","kind":"equal"}"#,
            r#"{"mode":"split","kind":"population","population":"municipale","vintage":"2026"}"#,
            r#"{"mode":"split","kind":"bands","bands":[{"upto":25000,"weight":22},
                {"upto":null,"weight":52}]}"#,
            r#"{"mode":"split","kind":"criteria","values":{"a":3},"criterion":"users"}"#,
            r#"{"mode":"split","kind":"fixed","amounts":{"a":"1.00","b":"2.50"}}"#,
            r#"{"mode":"split","kind":"open"}"#,
            r#"{"mode":"split","kind":"open","oversubscription":"stop_at_target"}"#,
            r#"{"mode":"split","kind":"open","amounts":{"a":"1.00"},
                "oversubscription":"next_milestone","next":["2.50"]}"#,
            r#"{"mode":"split","kind":"envelopes","parts":[{"kind":"equal","bp":4000},
                {"kind":"population","bp":6000,"population":"municipale","vintage":"2026"}]}"#,
        ] {
            let back = Rule::from_domain(&read(json).unwrap(), Currency::EUR);
            let expected: serde_json::Value = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_value(&back).unwrap(), expected);
        }
    }

    #[test]
    fn a_rule_that_promises_what_is_not_done_is_refused() {
        for (json, reason) in [
            (r#"{"kind":"lottery"}"#, "\"lottery\" is not known"),
            (r#"{"kind":"tariff:linear"}"#, "not known"),
            (r#"{"mode":"tariff","kind":"equal"}"#, "\"tariff\" is not known"),
            (r#"{"kind":"equal","bands":[{"weight":1}]}"#, "\"bands\" has no meaning"),
            (r#"{"kind":"equal","bp":10000}"#, "inside the parts"),
            (r#"{"kind":"open","oversubscription":"lottery"}"#, "no way to deal"),
            (r#"{"kind":"open","oversubscription":"next_milestone"}"#, "needs the amounts"),
            (r#"{"kind":"open","next":["1.00"]}"#, "\"next\" has no meaning"),
            (r#"{"kind":"envelopes"}"#, "need \"parts\""),
            (r#"{"kind":"envelopes","parts":[{"kind":"equal"}]}"#, "needs \"bp\""),
            (r#"{"kind":"envelopes","parts":[{"kind":"equal","bp":9999}]}"#, "9999 basis points"),
            (r#"{"kind":"envelopes","parts":[{"kind":"envelopes","bp":10000}]}"#, "not known"),
            (r#"{"kind":"bands","bands":[{"upto":5,"weight":1}]}"#, "no upper bound"),
            (r#"{"kind":"bands","bands":[]}"#, "no upper bound"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.starts_with("unknown_rule") && error.contains(reason), "{json}: {error}");
        }
        let error = read(r#"{"kind":"fixed","amounts":{"a":"1.005"}}"#).unwrap_err();
        assert!(error.starts_with("invalid_amount rule.amounts[\"a\"]"), "{error}");
    }
}
