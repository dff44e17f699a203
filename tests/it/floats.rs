//! Money is counted in whole minor units on its whole way, from what somebody types to the ledger:
//! a binary fraction cannot hold a cent, so there is none to pass it through.

use forge_tests::source;
use proc_macro2::{TokenStream, TokenTree};

/// Files that may use a binary fraction, and what they use it for: no amount comes near.
const NOT_MONEY: &[(&str, &str)] = &[
    ("forge-server/src/themes/contrast.rs", "the contrast of two colours"),
    ("forge-server/crates/forge-git/src/repositories.rs", "how a pack index grows"),
    ("forge-server/crates/forge-messages/src/locale.rs", "the weight of a language"),
    ("forge-server/crates/forge-publiccode/src/tree.rs", "whether a YAML scalar is a number"),
    ("forge-server/crates/forge-api/src/amount.rs", "an amount sent as a number is refused"),
    ("forge-cli/src/commands/call/draft.rs", "an amount written as a number is refused"),
];

/// What the program does after the reader's own fraction has come out of a file: say what to write.
const REFUSING: &str = "Float";

/// Types of columns that round.
const ROUNDING_COLUMNS: &[&str] = &["real", "float", "double", "numeric", "decimal"];

#[test]
fn no_amount_passes_through_a_binary_fraction() {
    let mut faults = Vec::new();
    let mut excused: Vec<&str> = Vec::new();
    for source in source::rust() {
        if source.package() == "forge-tests" || source.is_test() {
            continue;
        }
        let found = fractions(&source.text);
        match NOT_MONEY.iter().find(|(path, _)| *path == source.path) {
            Some((path, _)) if !found.is_empty() => excused.push(path),
            Some(_) => {}
            None => {
                let fault =
                    |(line, token): &(usize, String)| format!("{}:{line}: {token}", source.path);
                faults.extend(found.iter().map(fault));
            }
        }
    }
    assert!(faults.is_empty(), "use forge_domain::money::Amount:\n{}", faults.join("\n"));
    let stale: Vec<_> =
        NOT_MONEY.iter().map(|(path, _)| *path).filter(|path| !excused.contains(path)).collect();
    assert!(stale.is_empty(), "these need no exception any more: {stale:?}");
}

#[test]
fn no_column_rounds() {
    let mut faults = Vec::new();
    for source in source::texts().iter().filter(|source| source.path.ends_with(".sql")) {
        for (number, line) in (1..).zip(source.text.lines()) {
            let code = line.split("--").next().unwrap_or_default().to_lowercase();
            let words = code.split(|c: char| !c.is_ascii_alphanumeric());
            if words.into_iter().any(|word| ROUNDING_COLUMNS.contains(&word)) {
                faults.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "an amount is a bigint of minor units:\n{}", faults.join("\n"));
}

#[test]
fn a_binary_fraction_is_found_wherever_it_hides() {
    let hidden = [
        "fn a(x: f64) {}",
        "const A: i64 = (1.5 * 2.0) as i64;",
        "fn a() { b!(x, [3e2]) }",
        "fn a() { value.as_f64(); }",
        "fn a() { 1f32; }",
        "fn a() { toml::Value::Float(x); }",
    ];
    for text in hidden {
        assert!(!fractions(text).is_empty(), "{text}");
    }
    let plain = [
        "fn a() { pair.0.1; 0xf32; 0x1e5; 1_000; 0..5; }",
        "// 1.5\nconst A: &str = \"1.5 f64\";",
        "fn a() { u64::MAX; x.0 .1; }",
    ];
    for text in plain {
        assert_eq!(fractions(text), [], "{text}");
    }
}

/// Every token that names or is a binary fraction, with its line.
fn fractions(text: &str) -> Vec<(usize, String)> {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut found = Vec::new();
    walk(tokens, &mut found);
    found
}

fn walk(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let mut after_dot = false;
    for token in tokens {
        let line = token.span().start().line;
        let was_dot = std::mem::take(&mut after_dot);
        match token {
            TokenTree::Group(group) => walk(group.stream(), found),
            TokenTree::Ident(name) => {
                let name = name.to_string();
                if name.contains("f32") || name.contains("f64") || name == REFUSING {
                    found.push((line, name));
                }
            }
            // `pair.0.1` reads as a dot and a number with a point.
            TokenTree::Literal(literal) if !was_dot => {
                let text = literal.to_string();
                if is_fraction(&text) {
                    found.push((line, text));
                }
            }
            TokenTree::Literal(_) => {}
            TokenTree::Punct(mark) => after_dot = mark.as_char() == '.',
        }
    }
}

fn is_fraction(literal: &str) -> bool {
    let number = literal.starts_with(|c: char| c.is_ascii_digit());
    let decimal = !["0x", "0o", "0b"].iter().any(|other| literal.starts_with(other));
    number && decimal && literal.contains(['.', 'e', 'E', 'f']) && !literal.ends_with("size")
}
