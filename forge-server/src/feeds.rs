//! Atom (RFC 4287): a feed and its entries, written so that any reader takes them.

use std::fmt::Write as _;

/// A feed.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Its permanent identifier, an IRI.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The language of its words.
    pub lang: &'static str,
    /// Who publishes it.
    pub author: String,
    /// Where this document is.
    pub own: String,
    /// The page it belongs to.
    pub page: String,
    /// Where older entries are.
    pub next: Option<String>,
    /// The entries, newest first.
    pub entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its permanent identifier, an IRI.
    pub id: String,
    /// What happened, as text.
    pub title: String,
    /// When, RFC 3339.
    pub updated: String,
    /// What kind of thing.
    pub category: &'static str,
    /// Where to read more.
    pub page: String,
    /// The rest, as text.
    pub content: String,
}

/// When a feed without entries was last changed: it never was.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// The document.
pub fn atom(feed: &Feed) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        escaped(feed.lang)
    );
    element(&mut xml, "id", &feed.id);
    element(&mut xml, "title", &feed.title);
    let updated = feed.entries.iter().map(|entry| entry.updated.as_str()).max();
    element(&mut xml, "updated", updated.unwrap_or(NEVER));
    let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(&feed.author));
    link(&mut xml, "self", "application/atom+xml", &feed.own);
    link(&mut xml, "alternate", "text/html", &feed.page);
    if let Some(next) = &feed.next {
        link(&mut xml, "next", "application/atom+xml", next);
    }
    for entry in &feed.entries {
        xml.push_str("<entry>\n");
        element(&mut xml, "id", &entry.id);
        element(&mut xml, "title", &entry.title);
        element(&mut xml, "updated", &entry.updated);
        element(&mut xml, "published", &entry.updated);
        let _ = writeln!(xml, "<category term=\"{}\"/>", escaped(entry.category));
        link(&mut xml, "alternate", "text/html", &entry.page);
        element(&mut xml, "content", &entry.content);
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(text));
}

fn link(xml: &mut String, rel: &str, kind: &str, href: &str) {
    let _ = writeln!(xml, "<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>", escaped(href));
}

/// Text as XML 1.0 holds it, in elements and in attributes; what it cannot hold at all is replaced.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                safe.push('\u{fffd}');
            }
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_stays_text() {
        let entry = Entry {
            id: "urn:uuid:0".to_owned(),
            title: "<script>&\"'\u{8}\u{1b}[31m\u{ffff}".to_owned(),
            updated: "2027-01-01T00:00:00Z".to_owned(),
            category: "call.closed",
            page: "https://forge.example/a?b=1&c=\"".to_owned(),
            content: "]]>".to_owned(),
        };
        let feed = Feed {
            id: "https://forge.example/feed.atom".to_owned(),
            title: "A & B".to_owned(),
            lang: "fr",
            author: "Forge".to_owned(),
            own: "https://forge.example/feed.atom".to_owned(),
            page: "https://forge.example/".to_owned(),
            next: None,
            entries: vec![entry],
        };
        let xml = atom(&feed);
        assert!(xml.contains("<title>&lt;script&gt;&amp;&quot;&#39;\u{fffd}\u{fffd}[31m\u{fffd}"));
        assert!(xml.contains("href=\"https://forge.example/a?b=1&amp;c=&quot;\""));
        assert!(xml.contains("<updated>2027-01-01T00:00:00Z</updated>\n<author>"));
        assert!(!xml.contains("]]>") && !xml.contains("<script"));
        let empty = atom(&Feed { entries: Vec::new(), ..feed });
        assert!(empty.contains(NEVER), "a feed says when it was last changed");
    }
}
