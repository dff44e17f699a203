//! The message files: how a text is found, that both languages say the same things with the same
//! figures, and that French is spaced as French.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that meets it must fail")]

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use forge_messages::{Arg, Locale, MessageError, Messages, embedded};

fn messages() -> Messages {
    Messages::embedded().unwrap()
}

fn with(text: &str) -> Messages {
    Messages::with_overrides(&[(Locale::Fr, text.to_owned()), (Locale::En, text.to_owned())])
        .unwrap()
}

#[test]
fn a_missing_key_is_visible_and_an_error() {
    assert_eq!(messages().text(Locale::Fr, "no-such-key", &[]), "⟦no-such-key⟧");
    let error = messages().try_text(Locale::En, "no-such-key", &[]).unwrap_err();
    assert!(matches!(error, MessageError::Missing { locale: "en", .. }), "{error}");
}

#[test]
fn a_missing_argument_is_visible_and_an_error() {
    let messages = with("probe = { $who } signe");
    assert_eq!(messages.text(Locale::Fr, "probe", &[]), "⟦probe⟧");
    let error = messages.try_text(Locale::Fr, "probe", &[]).unwrap_err();
    assert!(error.to_string().contains("who"), "{error}");
}

#[test]
fn arguments_are_formatted_for_the_language_and_carry_no_isolation_marks() {
    let messages = with("probe = { $amount } / { DATE($day) } / { NUM($n) } / { $who }");
    let args = [
        ("amount", Arg::Money { minor: 1_250_000, currency: "EUR", exponent: 2 }),
        ("day", Arg::from(jiff::civil::date(2026, 3, 1))),
        ("n", Arg::from(12_345)),
        ("who", Arg::from("Belrive")),
    ];
    assert_eq!(
        messages.text(Locale::Fr, "probe", &args),
        "12\u{202f}500,00\u{a0}€ / 1 mars 2026 / 12\u{202f}345 / Belrive"
    );
    assert_eq!(
        messages.text(Locale::En, "probe", &args),
        "€12,500.00 / 1 March 2026 / 12,345 / Belrive"
    );
}

#[test]
fn functions_format_raw_values_too() {
    let messages =
        with("probe = { MONEY($minor, currency: \"DKK\") } { MONEY(5) } { DATE(\"2026-03-01\") }");
    assert_eq!(
        messages.text(Locale::Fr, "probe", &[("minor", Arg::from(100))]),
        "1,00\u{a0}DKK 0,05\u{a0}€ 1 mars 2026"
    );
}

#[test]
fn plurals_follow_each_language() {
    let messages = with("probe = { $n ->\n    [one] one\n   *[other] other\n}");
    let plural = |locale, n: i64| messages.text(locale, "probe", &[("n", Arg::from(n))]);
    assert_eq!([0, 1, 2].map(|n| plural(Locale::Fr, n)), ["one", "one", "other"]);
    assert_eq!([0, 1, 2].map(|n| plural(Locale::En, n)), ["other", "one", "other"]);
}

#[test]
fn an_override_wins_in_its_own_language_only() {
    let key = "nav-catalogue";
    let before = messages().text(Locale::En, key, &[]);
    let messages =
        Messages::with_overrides(&[(Locale::Fr, format!("{key} = Nos logiciels"))]).unwrap();
    assert_eq!(messages.text(Locale::Fr, key, &[]), "Nos logiciels");
    assert_eq!(messages.text(Locale::En, key, &[]), before);
}

#[test]
fn a_broken_override_is_refused_with_its_line() {
    let broken = "good = bien\n\nbad = { $oops".to_owned();
    let Err(error) = Messages::with_overrides(&[(Locale::Fr, broken)]) else {
        panic!("a broken override was accepted");
    };
    assert!(error.to_string().contains("line 3"), "{error}");
}

/// The variables of each key, attributes included as `key.attribute`.
fn keys(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for (file, text) in embedded(locale) {
        let resource = fluent_syntax::parser::parse(*text)
            .unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            if let Some(pattern) = &message.value {
                assert!(keys.insert(id.to_owned(), variables(pattern)).is_none(), "{file}: {id}");
            }
            for attribute in &message.attributes {
                let id = format!("{id}.{}", attribute.id.name);
                keys.insert(id, variables(&attribute.value));
            }
        }
    }
    keys
}

/// Visits every inline expression of a pattern; `counted` says it stands inside NUM().
fn visit<'s>(pattern: &Pattern<&'s str>, seen: &mut impl FnMut(&'s str, Place)) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => visit_inline(inline, Place::Shown, seen),
            Expression::Select { selector, variants } => {
                visit_inline(selector, Place::Chooses, seen);
                variants.iter().for_each(|variant| visit(&variant.value, seen));
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Shown,
    Chooses,
    Formatted,
}

fn visit_inline<'s>(
    inline: &InlineExpression<&'s str>,
    place: Place,
    seen: &mut impl FnMut(&'s str, Place),
) {
    match inline {
        InlineExpression::VariableReference { id } => seen(id.name, place),
        InlineExpression::FunctionReference { arguments, .. } => {
            let CallArguments { positional, .. } = arguments;
            positional.iter().for_each(|inner| visit_inline(inner, Place::Formatted, seen));
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                visit_inline(inner, place, seen);
            }
        }
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => {}
    }
}

fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    visit(pattern, &mut |name, _| {
        found.insert(name.to_owned());
    });
    found
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    let french = keys(Locale::Fr);
    let english = keys(Locale::En);
    assert!(french.len() > 200, "the files were not read: {} keys", french.len());
    let missing = |from: &BTreeMap<String, _>, to: &BTreeMap<String, _>| {
        from.keys().filter(|key| !to.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(missing(&french, &english), Vec::<String>::new(), "absent from English");
    assert_eq!(missing(&english, &french), Vec::<String>::new(), "absent from French");
    for (key, variables) in &french {
        assert_eq!(variables, &english[key], "variables of {key}");
    }
}

#[test]
fn a_count_that_chooses_a_plural_is_shown_grouped() {
    for locale in Locale::ALL {
        for (file, text) in embedded(locale) {
            for entry in fluent_syntax::parser::parse(*text).unwrap().body {
                let Entry::Message(message) = entry else { continue };
                let Some(pattern) = &message.value else { continue };
                let (mut chooses, mut shown) = (BTreeSet::new(), BTreeSet::new());
                visit(pattern, &mut |name, place| match place {
                    Place::Chooses => drop(chooses.insert(name)),
                    Place::Shown => drop(shown.insert(name)),
                    Place::Formatted => {}
                });
                let bare: Vec<_> = chooses.intersection(&shown).collect();
                assert!(bare.is_empty(), "{file}: {}: {bare:?} outside NUM()", message.id.name);
            }
        }
    }
}

/// The spoken parts of French texts, one per text element, with their key.
fn french_texts() -> Vec<(String, String)> {
    fn collect(key: &str, pattern: &Pattern<&str>, texts: &mut Vec<(String, String)>) {
        // A placeable stands for some word: what is beside it is judged as beside a letter.
        let mut whole = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => whole.push_str(value),
                PatternElement::Placeable { expression } => {
                    // `{ " " }` keeps a space at an edge; it is not a word.
                    if let Expression::Inline(InlineExpression::StringLiteral { value }) =
                        expression
                    {
                        whole.push_str(value);
                        continue;
                    }
                    whole.push('x');
                    if let Expression::Select { variants, .. } = expression {
                        for variant in variants {
                            collect(key, &variant.value, texts);
                        }
                    }
                }
            }
        }
        texts.push((key.to_owned(), whole));
    }
    let mut texts = Vec::new();
    for (_, text) in embedded(Locale::Fr) {
        for entry in fluent_syntax::parser::parse(*text).unwrap().body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            if let Some(pattern) = &message.value {
                collect(id, pattern, &mut texts);
            }
            for attribute in &message.attributes {
                collect(id, &attribute.value, &mut texts);
            }
        }
    }
    texts
}

/// What is wrong with the spacing of a French text, if anything.
fn typography(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    for (at, sign) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let needs = match sign {
            // An address, a time or a command is not a sentence.
            ':' if matches!(after, Some('/' | '0'..='9')) => continue,
            ':' => (before, '\u{a0}', "U+00A0 before :"),
            ';' | '!' | '?' => (before, '\u{202f}', "U+202F before ; ! ?"),
            '«' => (after, '\u{a0}', "U+00A0 after «"),
            '»' => (before, '\u{a0}', "U+00A0 before »"),
            '°' => (after, '\u{a0}', "U+00A0 after n°"),
            '\'' => return Some("’ rather than '".to_owned()),
            '"' => return Some("« » rather than \"".to_owned()),
            '%' | '€' => (before, '\u{a0}', "U+00A0 before % and €"),
            '.' if after == Some('.') => return Some("… rather than ...".to_owned()),
            _ => continue,
        };
        let (found, space, rule) = needs;
        if found.is_some() && found != Some(space) {
            return Some(rule.to_owned());
        }
    }
    None
}

#[test]
fn the_typography_rule_knows_good_from_bad() {
    for good in
        ["Erreur\u{a0}:", "«\u{a0}population\u{a0}»", "Vraiment\u{202f}?", "l’usage", "n°\u{a0}3"]
    {
        assert_eq!(typography(good), None, "{good}");
    }
    for bad in ["Erreur :", "Erreur:", "« population »", "Vraiment ?", "l'usage", "n° 3", "5 %"]
    {
        assert!(typography(bad).is_some(), "{bad}");
    }
}

#[test]
fn french_is_spaced_as_french() {
    let wrong: Vec<_> = french_texts()
        .into_iter()
        // Commands and codes shown as they are typed are not French.
        .filter(|(key, _)| !key.ends_with("-code"))
        .filter_map(|(key, text)| typography(&text).map(|rule| format!("{key}: {rule}: {text}")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_abbreviates_a_plural() {
    for locale in Locale::ALL {
        for (file, text) in embedded(locale) {
            assert!(!text.contains("(s)"), "{file} holds “(s)”, which a screen reader says");
        }
    }
}
