//! Which of its counts of inhabitants a council is weighed by.

use forge_domain::sharing::{Measure, PopulationBasis, Rule};
use forge_store::calls::Population;

/// The count a rule asks for, of counts in the order of their years.
pub fn choose<'a>(rule: &Rule, counts: impl Iterator<Item = &'a Population>) -> Option<u64> {
    let basis = basis_of(rule);
    let fits = |asked: &Option<String>, is: &str| asked.as_ref().is_none_or(|asked| asked == is);
    counts
        .filter(|count| fits(&basis.kind, &count.kind) && fits(&basis.vintage, &count.vintage))
        .find_map(|count| u64::try_from(count.value).ok())
}

/// Which population a rule counts, where it counts one.
fn basis_of(rule: &Rule) -> PopulationBasis {
    let of_measure = |measure: &Measure| match measure {
        Measure::Population(basis) | Measure::Bands { basis, .. } => Some(basis.clone()),
        Measure::Equal | Measure::Criterion(_) => None,
    };
    match rule {
        Rule::By(measure) => of_measure(measure),
        Rule::Envelopes(parts) => parts.iter().find_map(|part| of_measure(&part.measure)),
        Rule::Fixed(_) | Rule::Open(_) => None,
    }
    .unwrap_or_default()
}
