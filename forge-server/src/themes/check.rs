//! What a theme may not hold. The headers of a page already stop it from running; this says so
//! when the theme is loaded, with the line, instead of leaving a page that half works.

use super::ThemeError;

/// Elements with no place in a theme.
const ELEMENTS: [&str; 6] = ["script", "iframe", "object", "embed", "base", "foreignobject"];

/// Checks a template, a long text or an SVG image of a theme.
pub(super) fn template(file: &str, text: &str) -> Result<(), ThemeError> {
    let lower = text.to_ascii_lowercase();
    if let Some(at) = lower.find("javascript:") {
        return Err(fault(file, text, at, "a theme may not hold javascript: addresses"));
    }
    for (start, _) in lower.match_indices('<') {
        let inside = &lower[start + 1..];
        let name: &str =
            inside.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if ELEMENTS.contains(&name) {
            let reason = format!("a theme may not hold <{name}>");
            return Err(fault(file, text, start, &reason));
        }
        if name.is_empty() {
            continue;
        }
        let tag = &inside[..tag_length(inside)];
        if name == "meta" && tag.contains("http-equiv") {
            return Err(fault(file, text, start, "a theme may not hold <meta http-equiv>"));
        }
        if let Some(attribute) = attributes(tag).find(|name| forbidden(name)) {
            let reason = format!("a theme may not hold the attribute {attribute}=");
            return Err(fault(file, text, start, &reason));
        }
        if name == "form" && tag.contains("action") && tag.contains("//") {
            return Err(fault(file, text, start, "a form may not be sent to another site"));
        }
    }
    Ok(())
}

/// Checks a style sheet of a theme.
pub(super) fn style(file: &str, css: &str) -> Result<(), ThemeError> {
    let lower = css.to_ascii_lowercase();
    if let Some(at) = lower.find("@import") {
        return Err(fault(file, css, at, "a theme may not @import"));
    }
    for (at, _) in lower.match_indices("url(") {
        let address = lower[at + 4..].trim_start_matches(['"', '\'', ' ']);
        if !address.starts_with("assets/") {
            return Err(fault(file, css, at, "url() may only name a file of assets/"));
        }
    }
    let mut depth = 0_i32;
    for (at, sign) in css.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            // An escape could spell what is looked for above.
            '\\' => return Err(fault(file, css, at, "a theme's style may not hold a backslash")),
            _ => {}
        }
        if depth < 0 {
            return Err(fault(file, css, at, "this brace closes nothing"));
        }
    }
    Ok(())
}

fn forbidden(attribute: &str) -> bool {
    attribute == "style" || (attribute.len() > 2 && attribute.starts_with("on"))
}

/// Where the tag that starts at 0 ends: at the first `>` outside quotes.
fn tag_length(inside: &str) -> usize {
    let mut quote = None;
    for (at, sign) in inside.char_indices() {
        match (quote, sign) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(sign),
            (Some(open), sign) if open == sign => quote = None,
            _ => {}
        }
    }
    inside.len()
}

/// The names before each `=` outside quotes.
fn attributes(tag: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    let mut found = Vec::new();
    for (at, sign) in tag.char_indices() {
        match (quote, sign) {
            (None, '"' | '\'') => quote = Some(sign),
            (Some(open), sign) if open == sign => quote = None,
            (None, '=') => {
                let before = tag[..at].trim_end();
                let start = before
                    .rfind(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/' | '}'))
                    .map_or(0, |at| at + 1);
                found.push(&before[start..]);
            }
            _ => {}
        }
    }
    found.into_iter()
}

fn fault(file: &str, text: &str, at: usize, reason: &str) -> ThemeError {
    let line = text.get(..at).map(|before| before.matches('\n').count() + 1);
    ThemeError { file: file.to_owned(), line, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{style, template};

    #[test]
    fn scripts_and_frames_are_refused_however_they_are_written() {
        let refused = [
            "<script>alert(1)</script>",
            "<SCRIPT src=x>",
            "<p onclick=\"x()\">",
            "<p class=\"a\"onmouseover = x>",
            "<img src=x/onerror=x>",
            "<p style=\"color: red\">",
            "<a href=\"JavaScript:x\">",
            "<iframe src=\"/\">",
            "<object>",
            "<embed>",
            "<base href=\"https://other.example/\">",
            "<meta http-equiv=\"refresh\">",
            "<form action=\"https://other.example/\">",
            "<svg><foreignObject>",
        ];
        for text in refused {
            let page = format!("<p>one</p>\n{text}");
            let error = template("pages/home.html", &page).expect_err(text);
            assert_eq!(error.line, Some(2), "{text}");
        }
    }

    #[test]
    fn ordinary_templates_pass() {
        let accepted = [
            "{% set only = 1 %}{% if a < b %}<p>{{ t(\"x\", on=1) }}</p>{% endif %}",
            "<a href=\"/x\" data-on=\"1\" title=\"onclick=x\">one = two</a>",
            "<form action=\"/search\" method=\"get\">",
        ];
        for text in accepted {
            assert_eq!(template("pages/home.html", text), Ok(()), "{text}");
        }
    }

    #[test]
    fn styles_stay_inside_and_at_home() {
        let refused = [
            "@import \"other.css\";",
            "p { background: url(https://other.example/x.png) }",
            "p { background: url(/elsewhere.png) }",
            "p { } } :root { }",
            "p { background: u\\72l(x) }",
        ];
        for css in refused {
            assert!(style("theme.css", css).is_err(), "{css}");
        }
        assert_eq!(style("theme.css", "p { background: url(\"assets/sky.svg\") }"), Ok(()));
    }
}
