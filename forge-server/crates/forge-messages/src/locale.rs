/// A language of the interface. The order is the one in which languages are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Locale {
    /// French, the default of an instance.
    #[default]
    Fr,
    /// English as written in the United Kingdom.
    En,
}

impl Locale {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The BCP 47 tag for `lang` attributes, cookies and addresses.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language's own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }

    /// The language of a BCP 47 tag, whatever its region or script: `fr-BE` is French.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| primary.eq_ignore_ascii_case(locale.tag()))
    }

    /// The language a browser asks for in `Accept-Language` (RFC 9110 §12.5.4), else `fallback`.
    ///
    /// The highest weight wins, the first named among equals; `*` stands for `fallback`; a weight
    /// of zero refuses a language. A malformed weight counts as zero rather than failing the page.
    pub fn negotiate(accept_language: &str, fallback: Self) -> Self {
        let mut best: Option<(u16, Self)> = None;
        for range in accept_language.split(',') {
            let (tag, weight) = weighed(range);
            let locale = if tag == "*" { Some(fallback) } else { Self::from_tag(tag) };
            let Some(locale) = locale else { continue };
            if weight > 0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((weight, locale));
            }
        }
        best.map_or(fallback, |(_, locale)| locale)
    }
}

/// Splits `fr-FR;q=0.8` into its tag and its weight in thousandths.
fn weighed(range: &str) -> (&str, u16) {
    let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
    let weight = match parameters.trim().strip_prefix("q=").or(parameters.trim().strip_prefix("Q="))
    {
        None if parameters.trim().is_empty() => 1000,
        None => 0,
        Some(text) => text
            .trim()
            .parse::<f32>()
            .ok()
            .filter(|weight| (0.0..=1.0).contains(weight))
            .map_or(0, |weight| (weight * 1000.0).round() as u16),
    };
    (tag.trim(), weight)
}

#[cfg(test)]
mod tests {
    use super::Locale::{self, En, Fr};

    #[test]
    fn the_heaviest_known_language_wins() {
        let cases = [
            ("", Fr),
            ("en", En),
            ("de, en;q=0.5", En),
            ("de;q=0.9", Fr),
            ("en-GB,en;q=0.9,fr;q=0.8", En),
            ("fr-BE;q=0.4, en;q=0.6", En),
            ("en;q=0, fr;q=0.1", Fr),
            ("en;q=0", Fr),
            ("*", Fr),
            ("*;q=0.5, en;q=0.4", Fr),
            ("en;q=nonsense", Fr),
            ("EN_us", En),
            ("fr, en", Fr),
            ("en, fr", En),
        ];
        for (header, expected) in cases {
            assert_eq!(Locale::negotiate(header, Fr), expected, "Accept-Language: {header}");
        }
        assert_eq!(Locale::negotiate("de", En), En);
    }
}
