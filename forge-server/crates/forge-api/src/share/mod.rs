//! `share compute`: a cost, a rule and councils in; shares to the cent out.
//!
//! The same body goes to `POST /api/v1/share/compute` and to the command line, which needs no
//! server. Councils come back in the order of their ids.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::{Amount, amount};

mod answer;
mod question;
mod rule;

pub use answer::compute;

/// Whether amounts are told without or with tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Without tax: shares are net amounts.
    #[default]
    Net,
    /// With tax: shares are the amounts due.
    Gross,
}

/// When a guarantor pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BackstopOrder {
    /// What would fall to a council above its ceiling.
    BeforeCeilings,
    /// What is left when every council is at its ceiling.
    #[default]
    AfterCeilings,
}

strict_body! {
    /// What is to be shared, how, and among whom.
    pub struct ShareRequest {
        /// Currency of every amount, ISO 4217.
        pub currency: String,
        /// The whole cost, always without tax.
        pub total: Amount,
        /// How it is divided.
        pub rule: Rule,
        /// The least a share may be, in the request's basis.
        #[serde(default)]
        pub floor: Option<Amount>,
        /// The most a share may be, in the request's basis.
        #[serde(default)]
        pub cap: Option<Amount>,
        /// Among whom.
        pub councils: Vec<ShareCouncil>,
        /// Grants deducted before sharing.
        #[serde(default, deserialize_with = "null_is_absent")]
        pub subsidies: Vec<Subsidy>,
        /// Whether shares are told without or with tax; without when nothing is said.
        #[serde(default, deserialize_with = "null_is_absent")]
        pub basis: Basis,
        /// The rate of VAT in basis points; 0 when nothing is said.
        #[serde(default, deserialize_with = "null_is_absent")]
        pub vat_bp: u32,
        /// Amounts of the slices of the work; they add up to what is shared.
        #[serde(default, deserialize_with = "null_is_absent")]
        pub milestones: Vec<Amount>,
        /// A guarantee of closing, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub backstop: Option<Backstop>,
    }

    /// One council among those who share.
    pub struct ShareCouncil {
        /// What it is called in the answer; answers are in the order of these.
        pub id: String,
        /// Inhabitants, for rules that count them.
        #[serde(default)]
        pub population: Option<u64>,
        /// Its weight, for rules by criterion.
        #[serde(default)]
        pub weight: Option<u64>,
        /// The most it may owe, in the request's basis.
        #[serde(default)]
        pub ceiling: Option<Amount>,
        /// What it gives in kind, valued.
        #[serde(default)]
        pub in_kind: Option<Amount>,
        /// What it offers under `open` or owes under `fixed`, where the rule does not say it.
        #[serde(default)]
        pub amount: Option<Amount>,
        /// The groupings it belongs to, by their ids: where one takes part too, these inhabitants
        /// are not counted again in the grouping's.
        #[serde(default, deserialize_with = "null_is_absent")]
        pub member_of: Vec<String>,
        /// When it committed itself, as any rising number, for an `open` rule that stops at its
        /// target.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rank: Option<u64>,
    }

    /// A grant: a fixed amount, or a rate of the cost without tax up to a cap.
    pub struct Subsidy {
        /// Whose it is.
        #[serde(default)]
        pub label: Option<String>,
        /// The fixed amount.
        #[serde(default)]
        pub amount: Option<Amount>,
        /// The rate, in basis points of the cost without tax, rounded down.
        #[serde(default)]
        pub rate_bp: Option<u32>,
        /// The part of the cost the rate is of; the whole when nothing is said.
        #[serde(default)]
        pub base: Option<Amount>,
        /// The most the rate may give.
        #[serde(default)]
        pub cap: Option<Amount>,
    }

    /// How a cost is divided (domain.md §c7). Each kind has keys of its own; a key that is not the
    /// kind's is refused, because it would promise what is not done.
    pub struct Rule {
        /// `split`: the cost is known and divided. The only mode so far.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mode: Option<String>,
        /// `equal`, `population`, `bands`, `criteria`, `envelopes`, `fixed` or `open`.
        pub kind: String,
        /// Inside envelopes: the part of the cost this rule divides, in basis points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub bp: Option<u32>,
        /// Which count of inhabitants, such as `municipale`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub population: Option<String>,
        /// Which year of that count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vintage: Option<String>,
        /// Inside `bands`: from the smallest up, the last without an upper bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub bands: Option<Vec<Band>>,
        /// Inside `envelopes`: the rules, whose `bp` add up to 10 000.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(no_recursion)]
        pub parts: Option<Vec<Rule>>,
        /// Inside `fixed`: what each council owes; inside `open`: what each offers. By their ids.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub amounts: Option<BTreeMap<String, Amount>>,
        /// Inside `criteria`: the weight of each council, by its id; one that is not here has the
        /// weight told beside it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub values: Option<BTreeMap<String, u64>>,
        /// Inside `criteria`: what the weights count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub criterion: Option<String>,
        /// Where the weights were taken from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub source: Option<String>,
        /// Inside `open`: what becomes of offers above the cost: `scale_down` when nothing is
        /// said, `next_milestone` or `stop_at_target`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub oversubscription: Option<String>,
        /// Inside `open` with `next_milestone`: what the further slices of the work cost, net of
        /// tax, in order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<Vec<Amount>>,
    }

    /// A guarantee of closing: who pays what no council may be charged, up to a limit.
    pub struct Backstop {
        /// The most the guarantor pays, in the request's basis.
        pub limit: Amount,
        /// `after_ceilings` when nothing is said, or `before_ceilings`.
        #[serde(default)]
        pub order: Option<BackstopOrder>,
    }

    /// A size of council and its weight.
    pub struct Band {
        /// The largest population in it, inclusive; `null` or absent for the last.
        #[serde(default)]
        pub upto: Option<u64>,
        /// Its weight.
        pub weight: u64,
    }
}

/// Shares to the cent. Every map is in the order of the councils' ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShareOutcome {
    /// Currency of every amount.
    pub currency: String,
    /// What each council owes.
    pub shares: BTreeMap<String, Amount>,
    /// What nobody could be asked for, because all are at their ceilings.
    pub gap: Amount,
    /// What of its own work a council gives beyond its fair share, and nobody pays back; absent
    /// where nobody does.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gifts: BTreeMap<String, Amount>,
    /// The tax in or on these shares; `null` where there is none.
    #[schema(required = true)]
    pub vat: Option<VatOutcome>,
    /// The shares of each slice of the work, in the order asked.
    pub tranches: Vec<TrancheOutcome>,
    /// What the guarantor pays of the gap; absent where there is no guarantee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backstop: Option<BackstopOutcome>,
}

answer! {
    /// How far a guarantee reaches.
    pub struct BackstopOutcome {
        /// What the guarantor pays of the gap.
        pub used: Amount,
        /// What of it nobody pays.
        pub missing: Amount,
    }

    /// Tax, computed once for the whole and then divided.
    pub struct VatOutcome {
        /// The tax on the whole cost.
        pub total: Amount,
        /// What of it falls on each council.
        pub shares: BTreeMap<String, Amount>,
    }

    /// One slice of the work.
    pub struct TrancheOutcome {
        /// What it costs.
        pub amount: Amount,
        /// What each council owes of it.
        pub shares: BTreeMap<String, Amount>,
    }

    /// The answer in place of shares.
    pub struct ShareFailure {
        /// What is wrong.
        pub error: ShareError,
    }

    /// What is wrong with a request.
    pub struct ShareError {
        /// A stable word (domain.md §i), such as `zero_weight`.
        pub code: String,
        /// A sentence a person can act on.
        pub message: String,
    }
}

/// Programs that write every key send `null` for what they do not say.
fn null_is_absent<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl ShareError {
    /// What is wrong with one value, named by where it stands.
    fn at(place: &str, code: &str, message: impl fmt::Display) -> Self {
        Self { code: code.to_owned(), message: format!("{place}: {message}") }
    }
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ShareError {}

impl ShareRequest {
    /// Reads a request.
    ///
    /// # Errors
    /// `invalid_amount` where an amount is a number instead of text, `invalid_request` where the
    /// text is no such request; the message tells line and column.
    pub fn from_json(text: &str) -> Result<Self, ShareError> {
        serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            let code = if message.starts_with(amount::NOT_TEXT) {
                "invalid_amount"
            } else {
                "invalid_request"
            };
            ShareError { code: code.to_owned(), message }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Basis, ShareRequest};

    fn code_of(text: &str) -> String {
        ShareRequest::from_json(text).unwrap_err().code
    }

    #[test]
    fn everything_but_four_keys_is_optional() {
        let request = ShareRequest::from_json(
            r#"{"currency":"EUR","total":"1.00","rule":{"kind":"equal"},"councils":[{"id":"a"}]}"#,
        )
        .unwrap();
        assert_eq!(request.basis, Basis::Net);
        assert_eq!(request.vat_bp, 0);
        assert!(request.subsidies.is_empty() && request.milestones.is_empty());
        for key in ["currency", "total", "rule", "councils"] {
            let mut body: serde_json::Value = serde_json::to_value(&request).unwrap();
            body.as_object_mut().unwrap().remove(key);
            assert_eq!(code_of(&body.to_string()), "invalid_request", "without {key}");
        }
    }

    #[test]
    fn a_null_says_nothing() {
        let short =
            r#"{"currency":"EUR","total":"1.00","rule":{"kind":"equal"},"councils":[{"id":"a"}]}"#;
        let nulls = r#"{"currency":"EUR","total":"1.00","rule":{"kind":"equal","parts":null},
            "councils":[{"id":"a","ceiling":null,"member_of":null}],"floor":null,"cap":null,
            "subsidies":null,"basis":null,"vat_bp":null,"milestones":null}"#;
        assert_eq!(ShareRequest::from_json(short), ShareRequest::from_json(nulls));
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let text = r#"{"currency":"EUR","total":"1.00","rule":{"kind":"equal"},"councils":[],
            "state":"confirmed"}"#;
        assert_eq!(code_of(text), "invalid_request");
    }

    #[test]
    fn a_number_for_an_amount_is_told_apart() {
        let text =
            r#"{"currency":"EUR","total":48000.5,"rule":{"kind":"equal"},"councils":[{"id":"a"}]}"#;
        assert_eq!(code_of(text), "invalid_amount");
    }
}
