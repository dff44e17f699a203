//! What one key asks of another.

use crate::{
    finding::{Finding, Problem, Severity},
    tree::{Node, Place},
};

/// Adds what the rules between keys find wrong.
pub(crate) fn apply(root: &Node, findings: &mut Vec<Finding>) {
    maintenance(root, findings);
    country_section_twice(root, findings);
    funders_without_name(root, findings);
}

fn finding(severity: Severity, key: &str, place: Place, problem: Problem) -> Finding {
    let Place { line, column } = place;
    Finding { severity, key: key.to_owned(), line, column, problem }
}

/// Contractors go with a contract and with nothing else; somebody can be reached where the body
/// itself or a community maintains.
fn maintenance(root: &Node, findings: &mut Vec<Finding>) {
    let Some(section) = root.entry("maintenance") else { return };
    let Some(kind) = section.value.get("type").and_then(Node::text) else { return };
    let filled = |key: &str| {
        section.value.get(key).is_some_and(|node| !node.is_null() && !is_empty_list(node))
    };
    let missing = |key: &str| {
        let place = section.value.entry(key).map_or(section.place, |entry| entry.place);
        finding(Severity::Error, &format!("maintenance.{key}"), place, Problem::Missing)
    };
    match kind {
        "contract" if !filled("contractors") => findings.push(missing("contractors")),
        "internal" | "community" if !filled("contacts") => findings.push(missing("contacts")),
        _ => {}
    }
    if kind != "contract"
        && let Some(entry) = section.value.entry("contractors")
        && !entry.value.is_null()
    {
        let problem = Problem::ContractorsWithoutContract;
        findings.push(finding(Severity::Error, "maintenance.contractors", entry.place, problem));
    }
}

fn is_empty_list(node: &Node) -> bool {
    matches!(&node.content, crate::tree::Content::List(items) if items.is_empty())
}

/// `IT` and `it` in one file say the same thing twice.
fn country_section_twice(root: &Node, findings: &mut Vec<Finding>) {
    for entry in root.entries() {
        let lower = entry.key.len() == 2 && entry.key.bytes().all(|b| b.is_ascii_lowercase());
        if lower && root.entry(&entry.key.to_ascii_uppercase()).is_some() {
            let problem = Problem::DuplicateKey;
            findings.push(finding(Severity::Error, &entry.key, entry.place, problem));
        }
    }
}

/// The standard's text asks for a name, its parser for a uri: a careful file has both.
fn funders_without_name(root: &Node, findings: &mut Vec<Finding>) {
    let Some(funders) = root.get("fundedBy") else { return };
    for (index, funder) in funders.items().iter().enumerate() {
        let named = funder.get("name").and_then(Node::text).is_some_and(|name| !name.is_empty());
        if !named && funder.get("uri").is_some() {
            let key = format!("fundedBy[{index}]");
            let problem = Problem::FunderWithoutName;
            findings.push(finding(Severity::Warning, &key, funder.place, problem));
        }
    }
}
