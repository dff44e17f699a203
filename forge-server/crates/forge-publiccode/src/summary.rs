//! What a sheet says, for catalogue and module pages.

use crate::{tree::Node, walk};

/// What a sheet says, as far as it could be read; a key that is absent or of another kind is
/// `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The name people use.
    pub name: Option<String>,
    /// The repository the sheet speaks of.
    pub url: Option<String>,
    /// Where users begin.
    pub landing_url: Option<String>,
    /// What it is a variant of.
    pub is_based_on: Vec<String>,
    /// The version of the software.
    pub software_version: Option<String>,
    /// The day of that version.
    pub release_date: Option<String>,
    /// A path inside the repository or an address.
    pub logo: Option<String>,
    /// Whose it is.
    pub organisation: Option<Organisation>,
    /// Where it runs.
    pub platforms: Vec<String>,
    /// What it is for, in the words of the standard.
    pub categories: Vec<String>,
    /// Fields of public life it is meant for.
    pub scope: Vec<String>,
    /// How far it is.
    pub development_status: Option<String>,
    /// What kind of software it is.
    pub software_type: Option<String>,
    /// What it says of itself, in the order of the file.
    pub descriptions: Vec<Description>,
    /// Its licence, as an SPDX expression.
    pub licence: Option<String>,
    /// Whether that licence can be taken as one the Open Source Initiative approved.
    pub licence_is_open: bool,
    /// Who maintains it.
    pub maintenance: Option<String>,
    /// The languages it speaks.
    pub languages: Vec<String>,
    /// Who is said to use it.
    pub used_by: Vec<String>,
    /// Who is said to have paid for it.
    pub funded_by: Vec<Organisation>,
}

/// What a sheet says in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// The name in that language.
    pub name: Option<String>,
    /// One sentence.
    pub short: Option<String>,
    /// A page, in Markdown.
    pub long: Option<String>,
    /// What it does, one by one.
    pub features: Vec<String>,
    /// Where it is explained.
    pub documentation: Option<String>,
}

/// An organisation a sheet names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// What people call it.
    pub name: Option<String>,
    /// What programs call it.
    pub uri: Option<String>,
}

impl Summary {
    /// The description in `language`, else in its base language, else in English, else the first.
    pub fn description(&self, language: &str) -> Option<&Description> {
        let base = language.split('-').next().unwrap_or(language);
        let exactly = |tag: &str| self.descriptions.iter().find(|found| found.language == tag);
        let base_of = |found: &&Description| found.language.split('-').next() == Some(base);
        exactly(language)
            .or_else(|| exactly(base))
            .or_else(|| self.descriptions.iter().find(base_of))
            .or_else(|| exactly("en"))
            .or_else(|| self.descriptions.first())
    }
}

pub(crate) fn read(root: &Node) -> Summary {
    let legal = root.get("legal");
    let licence = legal.and_then(|node| text(node, "license"));
    Summary {
        name: text(root, "name"),
        url: text(root, "url"),
        landing_url: text(root, "landingURL"),
        is_based_on: one_or_many(root, "isBasedOn"),
        software_version: text(root, "softwareVersion"),
        release_date: text(root, "releaseDate"),
        logo: text(root, "logo"),
        organisation: root.get("organisation").map(organisation),
        platforms: one_or_many(root, "platforms"),
        categories: one_or_many(root, "categories"),
        scope: root
            .get("intendedAudience")
            .map(|node| one_or_many(node, "scope"))
            .unwrap_or_default(),
        development_status: text(root, "developmentStatus"),
        software_type: text(root, "softwareType"),
        descriptions: root.get("description").map(descriptions).unwrap_or_default(),
        licence_is_open: licence.as_deref().is_some_and(is_open),
        licence,
        maintenance: root.get("maintenance").and_then(|node| text(node, "type")),
        languages: root
            .get("localisation")
            .map(|node| one_or_many(node, "availableLanguages"))
            .unwrap_or_default(),
        used_by: one_or_many(root, "usedBy"),
        funded_by: root
            .get("fundedBy")
            .map(|node| node.items().iter().map(|item| organisation(item)).collect())
            .unwrap_or_default(),
    }
}

/// Whether one may choose, among the licences offered, only approved ones.
fn is_open(licence: &str) -> bool {
    walk::licence(licence).is_ok_and(|expression| {
        expression.evaluate(|offered| offered.license.id().is_some_and(|id| id.is_osi_approved()))
    })
}

fn text(node: &Node, key: &str) -> Option<String> {
    let text = node.get(key)?.text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn one_or_many(node: &Node, key: &str) -> Vec<String> {
    let Some(value) = node.get(key) else { return Vec::new() };
    match value.text() {
        Some(one) => vec![one.to_owned()],
        None => value.items().iter().filter_map(|item| item.text().map(str::to_owned)).collect(),
    }
}

fn organisation(node: &Node) -> Organisation {
    Organisation { name: text(node, "name"), uri: text(node, "uri") }
}

fn descriptions(node: &Node) -> Vec<Description> {
    let read = |language: &str, node: &Node| Description {
        language: language.to_owned(),
        name: text(node, "localisedName"),
        short: text(node, "shortDescription"),
        long: text(node, "longDescription"),
        features: one_or_many(node, "features"),
        documentation: text(node, "documentation"),
    };
    node.entries().iter().map(|entry| read(&entry.key, &entry.value)).collect()
}
