//! Markdown that people wrote, as HTML that can do nothing: parsed by pulldown-cmark, then cleaned
//! by ammonia against the list below, whatever the parser was made to say (security.md A5).

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use ammonia::{Builder, UrlRelative};
use forge_domain::names::PathInRepo;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::modules::address;
use crate::themes::Html;

/// A longer text is shown as it was typed.
const BYTES_MAX: usize = 512 << 10;
/// Quotes and lists nested deeper are no text for people: the text is shown as it was typed.
const DEPTH_MAX: usize = 60;
/// More tags written as HTML than this are no text for people either.
const RAW_TAGS_MAX: usize = 4_000;
/// What holds nothing, or is closed by the next of its kind.
const NEVER_NEST: [&str; 10] = ["br", "dd", "dt", "hr", "img", "input", "li", "p", "td", "wbr"];
/// Ids of user text cannot be those of the page.
const ID_PREFIX: &str = "user-content-";

/// Nothing that runs, embeds, sends or styles: no `svg`, no `math`, no form, no `style`.
const TAGS: [&str; 53] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Where the links of a text start from.
#[derive(Debug, Clone)]
pub struct Links {
    /// `/{owner}/{module}`.
    pub module: String,
    /// The revision the text was read from.
    pub rev: String,
    /// The folder it stands in; none for the root.
    pub folder: Option<PathInRepo>,
}

/// A text as HTML, its headings below the page's own `h2`. Links and images that are relative
/// lead to the same revision of the module; images of other sites become links, because a reader
/// must not be seen by a third party.
pub fn html(text: &str, links: &Links) -> Html {
    if text.len() > BYTES_MAX || is_too_deep(text) {
        return as_typed(text);
    }
    let mut out = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut out, events(text).into_iter());
    Html::from_sanitised(clean(&out, links))
}

/// A text as it was typed, in a box.
pub fn as_typed(text: &str) -> Html {
    let mut out = String::from("<pre class=\"code\" tabindex=\"0\"><code>");
    out.push_str(&ammonia::clean_text(text).replace("&#32;", " ").replace("&#10;", "\n"));
    out.push_str("</code></pre>");
    Html::from_sanitised(out)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// Whether the sanitiser would be kept busy: its time grows with the square of the depth.
fn is_too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut raw = RawTags::default();
    Parser::new_ext(text, options()).any(|event| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Html(html) | Event::InlineHtml(html) => raw.read(&html),
            _ => {}
        }
        depth > DEPTH_MAX || raw.unclosed > DEPTH_MAX || raw.all > RAW_TAGS_MAX
    })
}

/// The tags a text writes itself.
#[derive(Default)]
struct RawTags {
    open: HashMap<String, usize>,
    unclosed: usize,
    all: usize,
}

impl RawTags {
    fn read(&mut self, html: &str) {
        for tag in html.split('<').skip(1) {
            let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
            let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
            let name = name.to_ascii_lowercase();
            if name.is_empty() || NEVER_NEST.contains(&name.as_str()) {
                continue;
            }
            self.all += 1;
            let open = self.open.entry(name).or_default();
            // An end without its beginning closes nothing.
            if !is_end {
                *open += 1;
                self.unclosed += 1;
            } else if *open > 0 {
                *open -= 1;
                self.unclosed -= 1;
            }
        }
    }
}

/// The parser's events with what the sanitiser cannot do: shifted headings with ids, images of
/// other sites as links, boxes around what may be wide.
fn events(text: &str) -> Vec<Event<'_>> {
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut ids = HashMap::new();
    let mut heading = None;
    let mut remote = Vec::new();
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                heading = Some(events.len());
                let level = shifted(level);
                events.push(Event::Start(Tag::Heading { level, id: None, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => {
                if let Some(start) = heading.take() {
                    give_id(&mut events, start, &mut ids);
                }
                events.push(Event::End(TagEnd::Heading(shifted(level))));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let is_remote = is_elsewhere(&dest_url);
                remote.push(is_remote);
                let tag = if is_remote {
                    Tag::Link { link_type, dest_url, title, id }
                } else {
                    Tag::Image { link_type, dest_url, title, id }
                };
                events.push(Event::Start(tag));
            }
            Event::End(TagEnd::Image) => {
                let end = if remote.pop() == Some(true) { TagEnd::Link } else { TagEnd::Image };
                events.push(Event::End(end));
            }
            Event::Start(Tag::Table(alignments)) => {
                events.push(Event::Html("<div class=\"scroll\">".into()));
                events.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                events.push(Event::End(TagEnd::Table));
                events.push(Event::Html("</div>".into()));
            }
            Event::TaskListMarker(is_done) => {
                events.push(Event::Text(if is_done { "☑ " } else { "☐ " }.into()));
            }
            Event::Html(html) => events.push(Event::Html(shifted_html(html))),
            Event::InlineHtml(html) => events.push(Event::InlineHtml(shifted_html(html))),
            event => events.push(event),
        }
    }
    events
}

/// The page's `h1` names the module and its `h2` the text: the text's own begin at `h3`.
fn shifted(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

/// The same for headings written as HTML, which many a README begins with; cleaned after.
fn shifted_html(html: CowStr<'_>) -> CowStr<'_> {
    let mut text = html.to_string();
    for (from, to) in [("h2", "h4"), ("h1", "h3"), ("H2", "h4"), ("H1", "h3")] {
        for sign in ["<", "</"] {
            text = text.replace(&format!("{sign}{from}"), &format!("{sign}{to}"));
        }
    }
    if text == *html { html } else { text.into() }
}

/// Gives the heading that began at `start` an id made of its words, once each.
fn give_id(events: &mut [Event<'_>], start: usize, ids: &mut HashMap<String, usize>) {
    let words: String = events[start..]
        .iter()
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    let slug: String = words
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            ' ' => Some('-'),
            _ => None,
        })
        .collect();
    let seen = ids.entry(slug.clone()).or_default();
    let unique = if *seen == 0 { slug } else { format!("{slug}-{seen}") };
    *seen += 1;
    if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(start) {
        *id = Some(unique.into()).filter(|id: &CowStr<'_>| !id.is_empty());
    }
}

fn clean(html: &str, links: &Links) -> String {
    let links = links.clone();
    let set = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    let mut builder = Builder::empty();
    builder
        .tags(set(&TAGS))
        .clean_content_tags(set(&["script", "style", "title", "template", "noscript"]))
        .generic_attributes(set(&["dir", "id", "lang", "title"]))
        .tag_attributes(HashMap::from([
            ("a", set(&["href"])),
            ("details", set(&["open"])),
            ("img", set(&["src", "alt", "width", "height"])),
            ("ol", set(&["start"])),
            ("td", set(&["colspan", "rowspan"])),
            ("th", set(&["colspan", "rowspan", "scope"])),
        ]))
        .allowed_classes(HashMap::from([("div", set(&["scroll"]))]))
        .set_tag_attribute_value("img", "loading", "lazy")
        .set_tag_attribute_value("pre", "tabindex", "0")
        .url_schemes(set(&["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("nofollow ugc noopener"))
        .id_prefix(Some(ID_PREFIX))
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("a", "href") => links.to(value, "blob").map(Cow::Owned),
            ("img", "src") if is_elsewhere(value) => None,
            ("img", "src") => links.to(value, "raw").map(Cow::Owned),
            _ => Some(Cow::Borrowed(value)),
        });
    builder.clean(html).to_string()
}

/// Whether an address leads off this site, in any spelling a browser understands.
fn is_elsewhere(address: &str) -> bool {
    // Browsers drop tabs and line ends, and read a backslash as a slash.
    let read: String = address
        .chars()
        .filter(|c| !c.is_ascii_control())
        .map(|c| if c == '\\' { '/' } else { c })
        .collect();
    let read = read.trim_start();
    let scheme = read.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    scheme || read.starts_with("//")
}

impl Links {
    /// Where an address of the text leads: off the site as it stands, within the text to its
    /// prefixed id, within the module to the same revision. None for what leads nowhere.
    fn to(&self, address: &str, page: &str) -> Option<String> {
        if let Some(id) = address.strip_prefix('#') {
            return Some(format!("#{ID_PREFIX}{id}"));
        }
        if is_elsewhere(address) {
            return Some(address.to_owned());
        }
        let (rest, fragment) = match address.split_once('#') {
            Some((rest, fragment)) => (rest, format!("#{fragment}")),
            None => (address, String::new()),
        };
        let path = rest.split('?').next().unwrap_or_default();
        let decoded = address::decoded(path.as_bytes())?;
        let page = if path.ends_with('/') && page == "blob" { "tree" } else { page };
        let path = self.resolved(&decoded)?;
        let path = path.as_ref().map(PathInRepo::as_bytes);
        let page = if path.is_none() { "tree" } else { page };
        Some(format!("{}{fragment}", address::at(&self.module, page, &self.rev, path)))
    }

    /// `Some(None)` is the root; none where it climbs out of the repository.
    fn resolved(&self, path: &[u8]) -> Option<Option<PathInRepo>> {
        let mut parts: Vec<&[u8]> = match (&self.folder, path.first()) {
            (Some(folder), first) if first != Some(&b'/') => folder.components().collect(),
            _ => Vec::new(),
        };
        for part in path.split(|&byte| byte == b'/') {
            match part {
                b"" | b"." => {}
                b".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        if parts.is_empty() {
            return Some(None);
        }
        PathInRepo::from_bytes(&parts.join(&b'/')).ok().map(Some)
    }
}

#[cfg(test)]
mod tests;
