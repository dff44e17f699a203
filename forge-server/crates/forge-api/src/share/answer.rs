//! From the outcome of the domain to the answer on the wire.

use std::collections::BTreeMap;

use forge_domain::{money::Currency, sharing};

use super::{BackstopOutcome, ShareError, ShareOutcome, ShareRequest, TrancheOutcome, VatOutcome};
use crate::Amount;

/// Computes the shares of a request; the server and the command line both answer with this.
///
/// # Errors
/// What the request lacks or contradicts, with the stable code of domain.md §i.
pub fn compute(request: &ShareRequest) -> Result<ShareOutcome, ShareError> {
    let backstop = request.backstop.as_ref();
    let request = request.to_domain()?;
    let currency = request.currency;
    let refused = |error| ShareError::from_domain(&error, currency);
    match backstop {
        None => sharing::compute(&request)
            .map(|outcome| ShareOutcome::from_domain(&outcome))
            .map_err(refused),
        Some(backstop) => {
            let guarantee = backstop.to_domain(currency)?;
            let (outcome, backing) =
                sharing::compute_guaranteed(&request, guarantee).map_err(refused)?;
            Ok(ShareOutcome {
                backstop: Some(BackstopOutcome {
                    used: Amount::from_domain(backing.used, currency),
                    missing: Amount::from_domain(backing.missing, currency),
                }),
                ..ShareOutcome::from_domain(&outcome)
            })
        }
    }
}

impl ShareOutcome {
    /// An outcome of the domain, amounts in their machine form.
    pub fn from_domain(outcome: &sharing::ShareOutcome) -> Self {
        let currency = outcome.currency;
        Self {
            currency: currency.code().to_owned(),
            shares: texts(&outcome.shares, currency),
            gap: Amount::from_domain(outcome.gap, currency),
            gifts: texts(&outcome.gifts, currency),
            vat: outcome.vat.as_ref().map(|vat| VatOutcome {
                total: Amount::from_domain(vat.total, currency),
                shares: texts(&vat.shares, currency),
            }),
            tranches: outcome
                .tranches
                .iter()
                .map(|tranche| TrancheOutcome {
                    amount: Amount::from_domain(tranche.amount, currency),
                    shares: texts(&tranche.shares, currency),
                })
                .collect(),
            backstop: None,
        }
    }
}

impl ShareError {
    /// A refusal of the domain, its amounts in `currency`.
    pub fn from_domain(error: &sharing::SharingError, currency: Currency) -> Self {
        Self { code: error.code().to_owned(), message: error.message(currency) }
    }
}

fn texts(shares: &sharing::Shares, currency: Currency) -> BTreeMap<String, Amount> {
    let text = |(id, amount): (&String, _)| (id.clone(), Amount::from_domain(amount, currency));
    shares.iter().map(|(id, amount)| text((id, *amount))).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::ShareRequest, compute};

    fn answer(json: &str) -> String {
        let outcome = ShareRequest::from_json(json).and_then(|request| compute(&request));
        match outcome {
            Ok(outcome) => serde_json::to_string(&outcome).unwrap(),
            Err(error) => error.code,
        }
    }

    #[test]
    fn councils_come_back_in_the_order_of_their_ids() {
        let json = r#"{"currency":"EUR","total":"1.00","rule":{"kind":"equal"},
            "councils":[{"id":"corbelle"},{"id":"aubervac"},{"id":"belrive"}]}"#;
        assert_eq!(
            answer(json),
            concat!(
                r#"{"currency":"EUR","shares":{"aubervac":"0.34","belrive":"0.33","#,
                r#""corbelle":"0.33"},"gap":"0.00","vat":null,"tranches":[]}"#
            )
        );
    }

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        let json = r#"{"currency":"JPY","total":"1001","rule":{"kind":"equal"},
            "councils":[{"id":"a"},{"id":"b"}],"milestones":["500","501"]}"#;
        assert!(answer(json).contains(r#""shares":{"a":"501","b":"500"}"#));
        let decimals = json.replace("\"1001\"", "\"1001.0\"");
        assert_eq!(answer(&decimals), "invalid_amount");
    }
}
