//! The pairs of colours that are read on each other, and how far apart they must be (WCAG 2.2,
//! 1.4.3 and 1.4.11). A theme that fails one is refused.

use std::collections::BTreeMap;

use super::{
    ThemeError,
    manifest::{Manifest, rgb},
};

const TEXT: f64 = 4.5;
const CONTROL: f64 = 3.0;

/// `(foreground, backgrounds)` of texts.
const TEXTS: &[(&str, &[&str])] = &[
    (
        "text",
        &["bg", "surface", "surface_2", "primary_soft", "success_bg", "warning_bg", "danger_bg"],
    ),
    ("text", &["info_bg", "mark", "line", "hunk", "add", "add_word", "del", "del_word"]),
    ("text_2", &["bg", "surface", "surface_2", "hunk"]),
    ("link", &["bg", "surface", "surface_2"]),
    ("visited", &["bg", "surface"]),
    ("primary", &["bg", "primary_soft"]),
    ("on_primary", &["primary", "primary_hover"]),
    ("success", &["bg", "success_bg", "add"]),
    ("warning", &["bg", "warning_bg"]),
    ("danger", &["bg", "danger_bg", "del"]),
    ("info", &["bg", "info_bg"]),
    // The button of a deed with consequences: the page's colour on danger.
    ("bg", &["danger"]),
];

/// What is seen rather than read: borders of controls, the focus ring, the series of charts.
const CONTROLS: &[(&str, &[&str])] = &[
    ("control", &["bg", "surface"]),
    ("focus", &["bg", "surface", "surface_2"]),
    ("chart_1", &["bg", "track"]),
    ("chart_2", &["bg"]),
    ("chart_3", &["bg"]),
    ("chart_4", &["bg"]),
    ("chart_5", &["bg"]),
    ("chart_6", &["bg"]),
];

const SYNTAX: [&str; 8] = [
    "syntax_comment",
    "syntax_keyword",
    "syntax_string",
    "syntax_number",
    "syntax_function",
    "syntax_type",
    "syntax_constant",
    "syntax_attribute",
];
const CODE_BACKGROUNDS: &[&str] =
    &["bg", "surface", "add", "add_word", "del", "del_word", "line", "hunk", "mark"];

/// Refuses a theme whose colours cannot be read, naming the first pair that fails.
pub(super) fn check(manifest: &Manifest) -> Result<(), ThemeError> {
    for (scheme, colours) in [("light", &manifest.tokens.light), ("dark", &manifest.tokens.dark)] {
        for (front, back, least) in pairs() {
            let found = ratio(colours, front, back).ok_or_else(|| {
                let reason = format!("the {scheme} scheme lacks “{front}” or “{back}”");
                ThemeError::new("theme.toml", reason)
            })?;
            if found < least {
                let reason = format!(
                    "in the {scheme} scheme “{front}” on “{back}” has a contrast of {found:.2}, \
                     {least} is needed"
                );
                return Err(ThemeError::new("theme.toml", reason));
            }
        }
    }
    Ok(())
}

fn pairs() -> impl Iterator<Item = (&'static str, &'static str, f64)> {
    let of = |pairs: &'static [(&'static str, &'static [&'static str])], least: f64| {
        pairs
            .iter()
            .flat_map(move |(front, backs)| backs.iter().map(move |back| (*front, *back, least)))
    };
    let code = SYNTAX
        .into_iter()
        .flat_map(|front| CODE_BACKGROUNDS.iter().map(move |back| (front, *back, TEXT)));
    of(TEXTS, TEXT).chain(of(CONTROLS, CONTROL)).chain(code)
}

fn ratio(colours: &BTreeMap<String, String>, front: &str, back: &str) -> Option<f64> {
    let light = |name: &str| colours.get(name).and_then(|colour| rgb(colour)).map(luminance);
    let (front, back) = (light(front)?, light(back)?);
    Some((front.max(back) + 0.05) / (front.min(back) + 0.05))
}

/// Relative luminance, WCAG 2.2.
fn luminance(channels: [u8; 3]) -> f64 {
    let linear = channels.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::ratio;

    #[test]
    fn the_ratio_is_that_of_wcag() {
        let colours: BTreeMap<String, String> =
            [("black", "#000"), ("white", "#ffffff"), ("grey", "#777777")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into();
        // The two figures everyone can check: the extremes, and the grey that just fails.
        assert!((ratio(&colours, "black", "white").unwrap() - 21.0).abs() < 0.001);
        assert!((ratio(&colours, "grey", "white").unwrap() - 4.48).abs() < 0.005);
    }
}
