//! Lines followed from one version of a file to another.

use forge_git::{Followed, LineRange, follow};
use proptest::prelude::*;

fn one(old: &str, new: &str, first: u32, last: u32) -> Followed {
    follow(old.as_bytes(), new.as_bytes(), &[LineRange { first, last }])[0]
}

const fn at(first: u32, last: u32) -> Followed {
    Followed::At(LineRange { first, last })
}

#[test]
fn lines_are_found_where_they_went_or_keep_their_place() {
    let old = "a\nb\nc\nd\n";
    assert_eq!(one(old, "x\ny\na\nb\nc\nd\n", 2, 3), at(4, 5));
    assert_eq!(one(old, "a\nd\n", 4, 4), at(2, 2));
    assert_eq!(one(old, "a\nb\nc\nd\nmore\n", 4, 4), at(4, 4));
    assert_eq!(one(old, "a\nB\nc\nd\n", 2, 3), Followed::Outdated { after: 1 });
    assert_eq!(one(old, "a\nb\nnew\nc\nd\n", 2, 3), Followed::Outdated { after: 1 });
    assert_eq!(one(old, "c\nd\n", 1, 2), Followed::Outdated { after: 0 });
    assert_eq!(one(old, "", 4, 4), Followed::Outdated { after: 0 });
    assert_eq!(one("", "a\n", 1, 1), Followed::Outdated { after: 0 });
}

#[test]
fn a_range_that_is_none_is_outdated() {
    let old = "a\nb\n";
    for (first, last) in [(0, 0), (0, 1), (2, 1), (2, 3), (3, 3), (9, u32::MAX)] {
        assert!(matches!(one(old, old, first, last), Followed::Outdated { .. }), "{first}");
    }
}

/// Few different lines, so that many are alike.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof!["[a-d]", "[ ]{0,2}[}]", "[a-z]{1,3}"];
    (prop::collection::vec(line, 0..20), any::<bool>()).prop_map(|(lines, ended)| {
        let mut text = lines.join("\n").into_bytes();
        text.extend(ended.then_some(b'\n'));
        text
    })
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

fn cut(text: &[u8], range: LineRange) -> Option<Vec<&[u8]>> {
    let first = (range.first as usize).checked_sub(1)?;
    lines(text).get(first..range.last as usize).map(<[_]>::to_vec)
}

fn ranges(text: &[u8]) -> Vec<LineRange> {
    let count = lines(text).len() as u32;
    (1..=count)
        .flat_map(|first| (first..=count).map(move |last| LineRange { first, last }))
        .collect()
}

proptest! {
    #[test]
    fn the_same_text_keeps_every_line(text in text()) {
        let all = ranges(&text);
        let expected: Vec<_> = all.iter().map(|range| Followed::At(*range)).collect();
        prop_assert_eq!(follow(&text, &text, &all), expected);
    }

    #[test]
    fn lines_above_shift_those_below(text in text(), count in 1_u32..5) {
        // Lines like no other: otherwise the old ones could be taken for the new.
        let above: String = (0..count).map(|n| format!("== {n}\n")).collect();
        let new = [above.as_bytes(), &text].concat();
        for range in ranges(&text) {
            let shifted = at(range.first + count, range.last + count);
            prop_assert_eq!(follow(&text, &new, &[range]), vec![shifted]);
        }
    }

    #[test]
    fn a_line_taken_away_outdates_what_held_it(text in text(), gone in any::<usize>()) {
        let all = lines(&text);
        prop_assume!(!all.is_empty());
        let gone = gone % all.len();
        let new: Vec<u8> = [&all[..gone], &all[gone + 1..]].concat().concat();
        let whole = LineRange { first: 1, last: all.len() as u32 };
        let outdated = matches!(follow(&text, &new, &[whole])[..], [Followed::Outdated { .. }]);
        prop_assert!(outdated);
    }

    #[test]
    fn through_versions_it_never_lands_on_another_text(
        versions in prop::collection::vec(text(), 2..5),
    ) {
        for start in ranges(&versions[0]) {
            let expected = cut(&versions[0], start);
            let mut range = start;
            for pair in versions.windows(2) {
                match follow(&pair[0], &pair[1], &[range])[..] {
                    [Followed::At(next)] => range = next,
                    [Followed::Outdated { after }] => {
                        prop_assert!(after as usize <= lines(&pair[1]).len());
                        break;
                    }
                    _ => unreachable!("one range was asked for"),
                }
                prop_assert_eq!(cut(&pair[1], range), expected.clone());
            }
        }
    }
}
