//! What the programs are built from: where it comes from, and under which licence.

use std::process::Command;

use forge_tests::source;
use serde_json::Value;

#[test]
fn every_dependency_has_a_licence_that_deny_toml_lists() {
    let allowed = allowed();
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("cargo lists packages");
    assert!(packages.len() > 50, "cargo listed too few packages to be true");
    let refused: Vec<_> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(|it| accepts(it, &allowed)))
        .map(|package| format!("{} {}", package["name"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "read these licences, then list them or do without:\n{refused:#?}");
}

#[test]
fn every_dependency_comes_from_crates_io() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("cargo lists packages");
    let registry = "registry+https://github.com/rust-lang/crates.io-index";
    let elsewhere: Vec<_> = packages
        .iter()
        .filter(|package| !(package["source"].is_null() || package["source"] == registry))
        .map(|package| format!("{} from {}", package["name"], package["source"]))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

#[test]
fn an_expression_is_accepted_when_one_of_its_choices_is() {
    let allowed = ["MIT", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for (expression, accepted) in [
        ("MIT", true),
        ("MIT/Unlicense", true),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(GPL-3.0 OR MIT) AND MIT", true),
        ("(GPL-3.0 AND MIT) OR Unlicense", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
    ] {
        assert_eq!(accepts(expression, &allowed), accepted, "{expression}");
    }
}

/// The list that cargo-deny reads too.
fn allowed() -> Vec<String> {
    let text =
        std::fs::read_to_string(source::root().join("deny.toml")).expect("deny.toml is there");
    let deny: toml::Table = text.parse().expect("deny.toml is TOML");
    let list = deny["licenses"]["allow"].as_array().expect("it lists licences");
    list.iter().filter_map(|name| name.as_str()).map(str::to_owned).collect()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--manifest-path"])
        .arg(source::root().join("Cargo.toml"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo answers with JSON")
}

/// Whether an SPDX expression can be met with the licences of the list.
fn accepts(expression: &str, allowed: &[String]) -> bool {
    let expression = strip_parentheses(expression.trim());
    for (word, all) in [(" OR ", false), ("/", false), (" AND ", true)] {
        let parts = split_outside_parentheses(expression, word);
        if parts.len() > 1 {
            let mut parts = parts.into_iter().map(|part| accepts(part, allowed));
            return if all { parts.all(|met| met) } else { parts.any(|met| met) };
        }
    }
    allowed.iter().any(|name| name == expression)
}

fn strip_parentheses(expression: &str) -> &str {
    let inner = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    match inner {
        Some(inner) if balanced(inner) => strip_parentheses(inner.trim()),
        _ => expression,
    }
}

fn balanced(text: &str) -> bool {
    let mut depth = 0;
    text.chars().all(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth >= 0
    })
}

fn split_outside_parentheses<'t>(text: &'t str, word: &str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, _) in text.match_indices(word) {
        let before = &text[..at];
        if before.matches('(').count() == before.matches(')').count() {
            parts.push(&text[begin..at]);
            begin = at + word.len();
        }
    }
    parts.push(&text[begin..]);
    parts
}
