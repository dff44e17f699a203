//! Texts that people wrote, on pages that are not a module's.

use crate::themes::Html;

/// A text as HTML: escaped, its empty lines between paragraphs.
pub fn html(text: &str) -> Html {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let plain = text.replace("\r\n", "\n");
    for paragraph in plain.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
        out.push_str("<p>");
        for c in paragraph.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                '\n' => out.push_str("<br>"),
                c => out.push(c),
            }
        }
        out.push_str("</p>\n");
    }
    Html::from_sanitised(out)
}
