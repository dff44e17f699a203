//! The long texts of a theme (`legal/LANG/NAME.md`) as HTML.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Renders Markdown without raw HTML. The texts start at `##`: the page brings the `h1`.
pub(super) fn html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events = Parser::new_ext(markdown, options).filter(|event| {
        !matches!(
            event,
            Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Start(Tag::HtmlBlock)
                | Event::End(TagEnd::HtmlBlock)
        )
    });
    let mut out = String::with_capacity(markdown.len() * 2);
    pulldown_cmark::html::push_html(&mut out, events);
    ammonia::Builder::default().add_generic_attributes(&["lang", "id"]).clean(&out).to_string()
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn markdown_becomes_html_and_raw_html_does_not() {
        let out =
            html("## Title\n\nA [link](/x) <b onclick=\"x\">bold</b>.\n\n<script>x</script>\n");
        assert!(out.contains("<h2>Title</h2>"), "{out}");
        assert!(out.contains("<a href=\"/x\""), "{out}");
        assert!(
            !out.contains("script") && !out.contains("onclick") && !out.contains("<b"),
            "{out}"
        );
    }
}
