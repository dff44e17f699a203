//! The simulation a call is published with: every council that could take part does (domain paper
//! §c6, K1).

use super::{
    Rule, ShareOutcome, ShareRequest, SharingError, Weights,
    allocate::allocate,
    bill::Bill,
    compute::compute,
    field::{Field, weights},
};
use crate::money::Amount;

/// What is announced: a computation that anyone can do again, and who could not be part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// What was computed, with the offers that were supposed.
    pub request: ShareRequest,
    /// Its shares and its gap.
    pub outcome: ShareOutcome,
    /// What each council weighs, where the rule is of one part and weighs councils.
    pub weights: Option<Weights>,
    /// The councils the rule cannot weigh, in the order they were given: their count of
    /// inhabitants or value is missing, or no amount was agreed for them.
    pub left_out: Vec<String>,
    /// Whether some councils are supposed to offer the same amount, because each chooses its own.
    pub supposed: bool,
}

/// Why nothing can be announced.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unannounced {
    /// The rule can weigh none of these councils.
    #[error("The sharing rule can weigh none of the councils.")]
    Nobody(Vec<String>),
    /// The shares of those it can weigh cannot be computed.
    #[error(transparent)]
    Sharing(#[from] SharingError),
}

/// Computes the shares of a request as they are announced.
///
/// A council that the rule cannot weigh is left out instead of refusing the whole. Under a `fixed`
/// rule the agreed amounts are the simulation, and what was agreed for a council that is not here
/// is the gap. Under an `open` rule nobody has chosen yet: councils for which the rule names no
/// amount are supposed to offer equal parts of what the named amounts leave to pay.
///
/// # Errors
/// [`Unannounced::Nobody`] where no council has a weight; [`Unannounced::Sharing`] for a rule,
/// floors or grants that no shares come from.
pub fn announce(mut request: ShareRequest) -> Result<Announced, Unannounced> {
    let everyone: Vec<String> = request.councils.iter().map(|one| one.id.clone()).collect();
    let mut left_out = Vec::new();
    let mut part = Vec::new();
    for council in std::mem::take(&mut request.councils) {
        match Field::of(&request.rule, std::slice::from_ref(&council)) {
            Ok(field) => {
                let agreed = !matches!(request.rule, Rule::Fixed(_)) || field.takes_part(0);
                if agreed { part.push(council) } else { left_out.push(council.id) }
            }
            Err(SharingError::PopulationMissing(_) | SharingError::WeightMissing(_)) => {
                left_out.push(council.id);
            }
            Err(error) => return Err(error.into()),
        }
    }
    request.councils = part;
    if request.councils.is_empty() {
        return Err(Unannounced::Nobody(everyone));
    }
    let supposed = suppose_offers(&mut request)?;
    let outcome = match compute(&request) {
        Err(SharingError::ZeroWeight) => return Err(Unannounced::Nobody(everyone)),
        outcome => outcome?,
    };
    let weights = weights_of(&request)?;
    Ok(Announced { request, outcome, weights, left_out, supposed })
}

/// Gives each council that has named no amount under an `open` rule an equal part of what the
/// others leave; whether any amount was supposed.
fn suppose_offers(request: &mut ShareRequest) -> Result<bool, SharingError> {
    let Rule::Open(offers) = &request.rule else { return Ok(false) };
    let base = Bill::of(request)?.base;
    let silent = |id: &String| !offers.amounts.contains_key(id);
    let ids = request.councils.iter().map(|one| &one.id);
    let named = ids.clone().filter_map(|id| offers.amounts.get(id).copied());
    let left = base.checked_sub(Amount::checked_sum(named)?)?.max(Amount::ZERO);
    let equal: Weights = ids.filter(|id| silent(id)).map(|id| (id.clone(), 1)).collect();
    if equal.is_empty() {
        return Ok(false);
    }
    let parts = allocate(left, &equal)?;
    for council in &mut request.councils {
        council.amount = parts.get(&council.id).copied().or(council.amount);
    }
    Ok(true)
}

fn weights_of(request: &ShareRequest) -> Result<Option<Weights>, SharingError> {
    if matches!(request.rule, Rule::Fixed(_) | Rule::Open(_)) {
        return Ok(None);
    }
    let mut parts = weights(&request.rule, &request.councils)?;
    Ok(if parts.len() == 1 { parts.pop().map(|(_, weights)| weights) } else { None })
}

#[cfg(test)]
mod tests {
    use super::{Announced, Unannounced, announce};
    use crate::{
        money::{Amount, Currency},
        sharing::{Participant, Rule, ShareRequest, Shares},
    };

    fn request(rule: Rule, councils: Vec<Participant>) -> ShareRequest {
        ShareRequest::new(Currency::EUR, Amount::from_minor(10_000), rule, councils)
    }

    fn of(id: &str, population: Option<u64>) -> Participant {
        Participant { population, ..Participant::new(id) }
    }

    fn share(announced: &Announced, id: &str) -> i64 {
        announced.outcome.shares[id].minor()
    }

    #[test]
    fn a_council_the_rule_cannot_weigh_is_left_out_and_named() {
        let councils =
            vec![of("aubervac", Some(300)), of("belrive", None), of("dormont", Some(100))];
        let announced = announce(request(Rule::population(), councils)).unwrap();
        assert_eq!(announced.left_out, ["belrive"]);
        assert_eq!((share(&announced, "aubervac"), share(&announced, "dormont")), (7_500, 2_500));
        assert_eq!(announced.weights.unwrap()["aubervac"], 300);
        assert!(announced.outcome.gap.is_zero());
    }

    #[test]
    fn nothing_is_announced_where_nobody_can_be_weighed() {
        let nobody = |councils| announce(request(Rule::population(), councils)).unwrap_err();
        let both = Unannounced::Nobody(vec!["aubervac".to_owned(), "belrive".to_owned()]);
        assert_eq!(nobody(vec![of("aubervac", None), of("belrive", None)]), both);
        assert_eq!(nobody(vec![of("aubervac", Some(0)), of("belrive", Some(0))]), both);
    }

    #[test]
    fn agreed_amounts_are_the_simulation_and_what_is_agreed_for_others_is_the_gap() {
        let agreed = [("aubervac", 6_000), ("stranger", 4_000)];
        let agreed = agreed.map(|(id, amount)| (id.to_owned(), Amount::from_minor(amount)));
        let rule = Rule::Fixed(Shares::from(agreed));
        let councils = vec![of("aubervac", None), of("belrive", None)];
        let announced = announce(request(rule, councils)).unwrap();
        assert_eq!(share(&announced, "aubervac"), 6_000);
        assert_eq!(announced.outcome.gap.minor(), 4_000);
        assert_eq!((announced.left_out, announced.weights), (vec!["belrive".to_owned()], None));
    }

    #[test]
    fn councils_that_choose_their_amount_are_supposed_to_choose_the_same() {
        let named = Shares::from([("aubervac".to_owned(), Amount::from_minor(4_000))]);
        let councils = vec![of("aubervac", None), of("belrive", None), of("dormont", None)];
        let announced = announce(request(Rule::Open(named.into()), councils)).unwrap();
        assert!(announced.supposed);
        let shares = ["aubervac", "belrive", "dormont"].map(|id| share(&announced, id));
        assert_eq!(shares, [4_000, 3_000, 3_000]);
        assert_eq!(announced.request.councils[1].amount, Some(Amount::from_minor(3_000)));
    }
}
