//! The parts that pages of modules share; documented for theme authors like page structs.

use forge_domain::names::PathInRepo;
use forge_git::{Commit, Signature};
use jiff::Timestamp;
use serde::Serialize;

use super::{At, address};
use crate::web::shown;

/// The band over every page of a module: `locked/module-head.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleHead {
    /// Its name for people.
    pub name: String,
    /// Its page.
    pub href: String,
    /// `owner/module`.
    pub path: String,
    /// The owner's name.
    pub owner: String,
    /// The owner's page.
    pub owner_href: String,
    /// What it does, in a sentence.
    pub description: Option<String>,
    /// The language of name and description.
    pub lang: String,
    /// The end of a key `mod-visibility-…`.
    pub visibility: String,
    /// SPDX licence.
    pub licence: Option<String>,
    /// Its pages.
    pub tabs: Vec<TabLink>,
    /// Where it is published, for whoever may.
    pub publish_href: Option<String>,
    /// Where what it says is changed, for whoever may.
    pub settings_href: Option<String>,
}

/// One page of a module, as a link.
#[derive(Debug, Clone, Serialize)]
pub struct TabLink {
    /// The key of its words.
    pub key: &'static str,
    /// Its address.
    pub href: String,
    /// Whether it is the page shown.
    pub current: bool,
}

/// The pages of a module that have a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The README and the facts.
    Overview,
    /// Files.
    Code,
    /// History.
    Commits,
    /// Branches.
    Branches,
    /// Tags, which are the releases.
    Tags,
    /// publiccode.yml.
    About,
}

impl Tab {
    /// Every tab of the module at `href`.
    pub fn all(href: &str, branch: &str, current: Option<Self>) -> Vec<TabLink> {
        let entries = [
            (Self::Overview, "code-overview", href.to_owned()),
            (Self::Code, "code-code", address::at(href, "tree", branch, None)),
            (Self::Commits, "code-commits", address::at(href, "commits", branch, None)),
            (Self::Branches, "code-branches", format!("{href}/branches")),
            (Self::Tags, "code-releases", format!("{href}/tags")),
            (Self::About, "code-about", format!("{href}/about")),
        ];
        let link = |(tab, key, href)| TabLink { key, href, current: current == Some(tab) };
        entries.into_iter().map(link).collect()
    }
}

/// A commit in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CommitLine {
    /// Its id.
    pub oid: String,
    /// The id's beginning, for people.
    pub short: String,
    /// Its page.
    pub href: String,
    /// The first paragraph of its message.
    pub subject: String,
    /// Who wrote it.
    pub author: String,
    /// When it was recorded, RFC 3339.
    pub at: String,
}

impl CommitLine {
    /// A commit of the module at `module`.
    pub fn of(module: &str, commit: &Commit) -> Self {
        let oid = commit.oid.to_string();
        let subject = shown::plain(&commit.subject);
        Self {
            short: oid[..10].to_owned(),
            href: format!("{module}/commit/{oid}"),
            oid,
            subject: if subject.is_empty() { "—".to_owned() } else { subject },
            author: shown::plain(&commit.author.name),
            at: moment(&commit.committer),
        }
    }
}

/// When something was signed, RFC 3339; the epoch where the date is none.
pub fn moment(signature: &Signature) -> String {
    Timestamp::from_second(signature.time_s).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// One step of a path, as a link.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// The name of the folder or file.
    pub name: String,
    /// Its page; none for the place itself.
    pub href: Option<String>,
}

/// The way from the root of a tree to a path.
pub fn steps(module: &str, at: &At) -> Vec<Step> {
    let root = address::at(module, "tree", &at.rev, None);
    let name = module.rsplit('/').next().unwrap_or_default().to_owned();
    let Some(path) = &at.path else { return vec![Step { name, href: None }] };
    let mut steps = vec![Step { name, href: Some(root) }];
    let mut so_far: Vec<u8> = Vec::new();
    for component in path.components() {
        if !so_far.is_empty() {
            so_far.push(b'/');
        }
        so_far.extend_from_slice(component);
        let here = so_far == path.as_bytes();
        let href = (!here).then(|| address::at(module, "tree", &at.rev, Some(&so_far)));
        steps.push(Step { name: shown::plain(component), href });
    }
    steps
}

/// The path as a title; the module's own name at the root.
pub fn title(path: Option<&PathInRepo>, rev: &str) -> String {
    match path {
        Some(path) => shown::plain(path.as_bytes()),
        None => rev.to_owned(),
    }
}
