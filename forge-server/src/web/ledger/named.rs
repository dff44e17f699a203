//! Which council is meant by what was typed: its address, or its name as people write it.

use forge_domain::{Id, id, names::alike};
use forge_store::transparency::Party;

/// The most councils one can choose from.
pub(super) const COUNCILS_MAX: i64 = 5_000;

/// A name to choose.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Suggestion {
    /// What is filled in: the name, or the address where two councils share the name.
    pub value: String,
    /// What stands beside it.
    pub label: String,
}

/// The one council that is meant, where there is one: by its address, else by its whole name, else
/// by a part that no other name has.
pub(super) fn meant(parties: &[Party], typed: &str) -> Option<Id<id::Council>> {
    let typed = typed.trim();
    let address = parties.iter().find(|one| one.slug == typed.to_lowercase());
    let typed = alike(typed);
    if typed.is_empty() {
        return address.map(|one| one.council_id);
    }
    let only = |is: &dyn Fn(&str) -> bool| {
        let mut found = parties.iter().filter(|one| is(&alike(&one.name)));
        found.next().filter(|_| found.next().is_none())
    };
    let by_name = || only(&|name| name == typed).or_else(|| only(&|name| name.contains(&typed)));
    address.or_else(by_name).map(|one| one.council_id)
}

/// The names to choose from.
pub(super) fn suggestions(parties: &[Party]) -> Vec<Suggestion> {
    let one = |party: &Party| {
        let shared = parties.iter().filter(|other| other.name == party.name).count() > 1;
        let (slug, name) = (party.slug.clone(), party.name.clone());
        let (value, label) = if shared { (slug, name) } else { (name, slug) };
        Suggestion { value, label }
    };
    parties.iter().map(one).collect()
}
