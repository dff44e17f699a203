//! The forms a text may have to take.

use url::Url;

use crate::vocabulary;

/// An absolute address with a host.
pub(crate) fn is_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.has_host() && url.host_str() != Some(""))
}

/// An absolute address for a browser.
pub(crate) fn is_http_url(text: &str) -> bool {
    is_url(text) && Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// A day that exists, written YYYY-MM-DD.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |digits: &str, length: usize| {
        let well_formed = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
        if well_formed { digits.parse::<u32>().ok() } else { None }
    };
    match (number(year, 4), number(month, 2), number(day, 2)) {
        (Some(year), Some(month @ 1..=12), Some(day)) => (1..=days(year, month)).contains(&day),
        _ => false,
    }
}

fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// A mail address: something, an at sign, a host with a dot.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control() || c == '@')
    };
    let labels = host.split('.').all(|label| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    });
    plain(local) && host.contains('.') && labels
}

/// A language tag with the syntax of BCP 47; whether its parts are registered is not asked.
pub(crate) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let Some(language) = parts.next() else { return false };
    if !(matches!(language.len(), 2 | 3) && letters(language)) {
        return false;
    }
    if let Some(_script) = parts.next_if(|part| part.len() == 4 && letters(part)) {}
    let is_region = |part: &&str| {
        (part.len() == 2 && letters(part))
            || (part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    if let Some(_region) = parts.next_if(is_region) {}
    let mut singleton = false;
    for part in parts {
        let alphanumeric = part.bytes().all(|b| b.is_ascii_alphanumeric());
        let variant = matches!(part.len(), 5..=8)
            || (part.len() == 4 && part.starts_with(|c: char| c.is_ascii_digit()));
        let extension = singleton && matches!(part.len(), 1..=8);
        if !(alphanumeric && (variant || extension || part.len() == 1)) {
            return false;
        }
        singleton |= part.len() == 1;
    }
    !text.ends_with('-')
}

/// The URI of an organisation: a URN, or an absolute address.
pub(crate) fn is_organisation_uri(text: &str) -> bool {
    is_urn(text) || is_url(text)
}

/// What a software supports: a known alias, a URN, or an absolute address.
pub(crate) fn is_supports_id(text: &str) -> bool {
    match text.strip_prefix("alias:") {
        Some(alias) => vocabulary::contains(vocabulary::ALIASES, alias),
        None => is_urn(text) || is_url(text),
    }
}

/// `urn:`, a namespace, a colon and something (RFC 8141 §2).
fn is_urn(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let Some((namespace, specific)) = rest.split_once(':') else { return false };
    let named = (2..=32).contains(&namespace.len())
        && namespace.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !namespace.starts_with('-')
        && !namespace.ends_with('-');
    let graphic = !specific.is_empty() && specific.bytes().all(|b| b.is_ascii_graphic());
    scheme.eq_ignore_ascii_case("urn") && named && graphic
}

/// A path that stays inside the repository, or an address for a browser.
pub(crate) fn is_path_or_url(text: &str) -> bool {
    if text.contains("://") {
        return is_http_url(text);
    }
    // `file:/…` and the like are addresses, not paths.
    let scheme = text.split_once(':').is_some_and(|(front, _)| !front.contains('/'));
    let inside = !text.split(['/', '\\']).any(|part| part == "..");
    !text.is_empty() && !scheme && !text.starts_with(['/', '\\']) && inside
}

/// Whether the path ends in one of these, without regard to case.
pub(crate) fn has_extension(text: &str, extensions: &[&str]) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or(text);
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty() && extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// A type, a slash, and a subtype.
pub(crate) fn is_media_type(text: &str) -> bool {
    let token = |part: &str| {
        (1..=127).contains(&part.len())
            && part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    text.trim_matches(' ').split_once('/').is_some_and(|(kind, sub)| token(kind) && token(sub))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for day in ["2024-02-29", "2000-02-29", "2026-12-31", "2026-04-30"] {
            assert!(is_date(day), "{day}");
        }
        for day in
            ["2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-1-1", "26-01-01", ""]
        {
            assert!(!is_date(day), "{day}");
        }
    }

    #[test]
    fn language_tags_use_hyphens_and_known_lengths() {
        for tag in ["fr", "pt-BR", "zh-Hant-TW", "es-419", "sl-nedis", "de-x-simple", "gsw"] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in ["", "f", "en_GB", "no such language", "fr-", "english", "fr--FR", "12"] {
            assert!(!is_language(tag), "{tag}");
        }
    }

    #[test]
    fn paths_stay_inside_the_repository() {
        for path in ["logo.svg", "assets/img/logo.png", "https://example.org/logo.svg"] {
            assert!(is_path_or_url(path), "{path}");
        }
        for path in
            ["/logo.svg", "../logo.svg", "a/../../b.svg", "file:///etc/passwd", "file:x", ""]
        {
            assert!(!is_path_or_url(path), "{path}");
        }
    }

    #[test]
    fn uris_name_organisations() {
        for uri in ["https://forge.example/aubervac", "urn:x-italian-pa:c_h501", "URN:isbn:0451"] {
            assert!(is_organisation_uri(uri), "{uri}");
        }
        for uri in ["Aubervac", "urn:", "urn:x", "urn:-x:y", "https://", "forge.example/aubervac"] {
            assert!(!is_organisation_uri(uri), "{uri}");
        }
    }

    #[test]
    fn mail_addresses_have_a_host() {
        for address in ["ada@aubervac.example", "a.b+c@mairie.fr"] {
            assert!(is_email(address), "{address}");
        }
        for address in ["ada", "@x.fr", "ada@", "ada@localhost", "a b@x.fr", "ada@x..fr"] {
            assert!(!is_email(address), "{address}");
        }
    }
}
