//! YAML as a tree whose every part knows where it stands.
//!
//! Built from the parser's events instead of a ready-made loader, because files come from anybody:
//! size, depth and number of parts are bounded, and an alias is shared, never copied, so that no
//! small file grows large.

use std::{collections::HashMap, rc::Rc};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use crate::finding::{Finding, Problem, Severity};

/// A place in the file, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub line: usize,
    pub column: usize,
}

impl Place {
    /// The beginning of the file.
    pub const START: Self = Self { line: 1, column: 1 };

    fn of(marker: Marker) -> Self {
        Self { line: marker.line().max(1), column: marker.col() + 1 }
    }
}

/// A part of the file.
#[derive(Debug)]
pub(crate) struct Node {
    pub place: Place,
    pub content: Content,
}

/// What a part holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// Nothing, written as nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Rc<Node>>),
    /// Keys and values, in order.
    Section(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug)]
pub(crate) struct Entry {
    pub key: String,
    pub place: Place,
    pub value: Rc<Node>,
}

impl Node {
    /// The value of a key, when this is a section that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &*entry.value)
    }

    /// The entry of a key, when this is a section that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries, when this is a section.
    pub fn entries(&self) -> &[Entry] {
        match &self.content {
            Content::Section(entries) => entries,
            _ => &[],
        }
    }

    /// The items, when this is a list.
    pub fn items(&self) -> &[Rc<Node>] {
        match &self.content {
            Content::List(items) => items,
            _ => &[],
        }
    }

    /// The text, when this is one; a number counts as the text it is written with.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) | Content::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Whether there is nothing here.
    pub fn is_null(&self) -> bool {
        matches!(self.content, Content::Null)
    }
}

const BYTES_MAX: usize = 1 << 20;
const DEPTH_MAX: usize = 32;
const NODES_MAX: usize = 20_000;

/// Reads the one document of a file, its root a section.
pub(crate) fn parse(bytes: &[u8]) -> Result<Node, Vec<Finding>> {
    if bytes.len() > BYTES_MAX {
        return Err(vec![fault(Place::START, "", Problem::TooLarge)]);
    }
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        vec![fault(Place { line, column: 1 }, "", Problem::NotUtf8)]
    })?;
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        let (event, span) = event.map_err(|error| {
            let problem = Problem::Syntax(error.info().to_owned());
            vec![fault(Place::of(*error.marker()), "", problem)]
        })?;
        builder.take(event, span).map_err(|finding| vec![finding])?;
    }
    if !builder.duplicates.is_empty() {
        return Err(builder.duplicates);
    }
    match builder.root.map(Rc::try_unwrap) {
        Some(Ok(root)) => Ok(root),
        // Only an anchor on the root itself keeps a second hold of it; nothing needs that.
        Some(Err(_)) | None => {
            Err(vec![fault(Place::START, "publiccodeYmlVersion", Problem::Missing)])
        }
    }
}

fn fault(place: Place, key: &str, problem: Problem) -> Finding {
    let Place { line, column } = place;
    Finding { severity: Severity::Error, key: key.to_owned(), line, column, problem }
}

/// A list or section whose end has not been read.
enum Open {
    List { place: Place, anchor: usize, items: Vec<Rc<Node>> },
    Section { place: Place, anchor: usize, entries: Vec<Entry>, key: Option<(String, Place)> },
}

#[derive(Default)]
struct Builder {
    root: Option<Rc<Node>>,
    open: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    documents: usize,
    nodes: usize,
    duplicates: Vec<Finding>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Finding> {
        let place = Place::of(span.start);
        self.nodes += 1;
        if self.nodes > NODES_MAX || self.open.len() > DEPTH_MAX {
            return Err(fault(place, "", Problem::TooLarge));
        }
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(fault(place, "", Problem::ManyDocuments));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let quoted = style != ScalarStyle::Plain
                    || tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let content = if quoted { Content::Text(text.into()) } else { plain(&text) };
                self.add(Node { place, content }, anchor)?;
            }
            Event::Alias(anchor) => {
                let unknown = || Problem::Syntax("an alias stands before its anchor".to_owned());
                let node = self.anchors.get(&anchor).ok_or_else(|| fault(place, "", unknown()))?;
                self.place_node(Rc::clone(node))?;
            }
            Event::SequenceStart(anchor, _) => {
                self.open.push(Open::List { place, anchor, items: Vec::new() });
            }
            Event::MappingStart(anchor, _) => {
                self.open.push(Open::Section { place, anchor, entries: Vec::new(), key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close()?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Finding> {
        match self.open.pop() {
            Some(Open::List { place, anchor, items }) => {
                self.add(Node { place, content: Content::List(items) }, anchor)
            }
            Some(Open::Section { place, anchor, entries, .. }) => {
                self.add(Node { place, content: Content::Section(entries) }, anchor)
            }
            None => Ok(()),
        }
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Finding> {
        let node = Rc::new(node);
        // Anchors are numbered from 1; 0 is none.
        if anchor != 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        self.place_node(node)
    }

    fn place_node(&mut self, node: Rc<Node>) -> Result<(), Finding> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Section { entries, key, .. }) => match key.take() {
                None => {
                    let name = key_name(&node)?;
                    if entries.iter().any(|entry| entry.key == name) {
                        self.duplicates.push(fault(node.place, &name, Problem::DuplicateKey));
                    }
                    *key = Some((name, node.place));
                }
                Some((key, place)) => entries.push(Entry { key, place, value: node }),
            },
        }
        Ok(())
    }
}

/// The name a key is known by. `no` and other words YAML once read as truth are plain texts here.
fn key_name(node: &Node) -> Result<String, Finding> {
    match &node.content {
        Content::Text(text) | Content::Number(text) => Ok(text.clone()),
        Content::Bool(value) => Ok(value.to_string()),
        Content::Null | Content::List(_) | Content::Section(_) => {
            Err(fault(node.place, "", Problem::Syntax("a key must be a text".to_owned())))
        }
    }
}

/// Reads an unquoted scalar by YAML's core schema.
fn plain(text: &str) -> Content {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Content::Null,
        "true" | "True" | "TRUE" => Content::Bool(true),
        "false" | "False" | "FALSE" => Content::Bool(false),
        _ if is_number(text) => Content::Number(text.to_owned()),
        _ => Content::Text(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let all =
        |digits: &str, of: fn(&u8) -> bool| !digits.is_empty() && digits.as_bytes().iter().all(of);
    if let Some(octal) = text.strip_prefix("0o") {
        return all(octal, |byte| (b'0'..=b'7').contains(byte));
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return all(hexadecimal, u8::is_ascii_hexdigit);
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.bytes().any(|byte| byte.is_ascii_digit())
        && unsigned.parse::<f64>().is_ok()
}
