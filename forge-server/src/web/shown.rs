//! Text that others wrote, shown so that nothing in it hides: characters that turn the direction
//! of a line, that have no width or that control a terminal are marked (security.md A2 #41).

use crate::themes::Html;

/// Bytes as a text: what is not UTF-8 becomes U+FFFD, what hides becomes `[U+202E]`. For names of
/// files, branches and people, wherever a template escapes them.
pub fn plain(bytes: impl AsRef<[u8]>) -> String {
    let text = String::from_utf8_lossy(bytes.as_ref());
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hides(c) { shown.push_str(&mark(c)) } else { shown.push(c) }
    }
    shown
}

/// One line of a file as HTML: escaped, what hides in a box of its own.
pub fn line(bytes: impl AsRef<[u8]>) -> Html {
    let text = String::from_utf8_lossy(bytes.as_ref());
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c if hides(c) => html.push_str(&format!("<span class=\"odd\">{}</span>", mark(c))),
            c => html.push(c),
        }
    }
    Html::from_sanitised(html)
}

/// Whether a text holds characters that hide something.
pub fn has_hidden(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).chars().any(hides)
}

fn mark(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

/// Direction controls, characters without width, and controls other than the tab.
fn hides(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(bytes: impl AsRef<[u8]>) -> String {
        serde_json::to_value(line(bytes)).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn what_hides_is_marked_and_what_is_markup_is_text() {
        assert_eq!(plain("a\u{202e}b\u{1b}[2J"), "a[U+202E]b[U+001B][2J");
        assert_eq!(plain(b"caf\xe9"), "caf\u{fffd}");
        assert_eq!(plain("é\tÀ 中 🚲"), "é\tÀ 中 🚲");
        assert_eq!(
            html("<b>\u{200b}&'\""),
            "&lt;b&gt;<span class=\"odd\">[U+200B]</span>&amp;&#39;&quot;"
        );
        assert!(has_hidden("if x\u{2066} {".as_bytes()) && !has_hidden("é\t\u{a0}".as_bytes()));
    }
}
