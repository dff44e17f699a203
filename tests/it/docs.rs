//! Every link of a document leads to a file that is there.

use std::path::Path;

use forge_tests::source::{self, Source};

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut broken = Vec::new();
    let documents = source::texts().into_iter().filter(|source| source.path.ends_with(".md"));
    for document in documents.filter(|document| !document.path.starts_with("tests/browser")) {
        for link in links(&document) {
            let folder = Path::new(&document.path).parent().unwrap_or(Path::new(""));
            if !source::root().join(folder).join(&link).exists() {
                broken.push(format!("{}: {link}", document.path));
            }
        }
    }
    assert!(broken.is_empty(), "these links lead nowhere:\n  {}", broken.join("\n  "));
}

#[test]
fn every_chapter_is_in_the_table_of_contents() {
    let texts = source::texts();
    let is_chapter =
        |source: &&Source| source.path.starts_with("docs/src/") && source.path.ends_with(".md");
    let summary = texts.iter().find(|source| source.path == "docs/src/SUMMARY.md");
    let summary = links(summary.expect("the book has a table of contents"));
    let chapters = texts.iter().filter(is_chapter).map(|source| &source.path["docs/src/".len()..]);
    let lost: Vec<_> = chapters
        .filter(|chapter| *chapter != "SUMMARY.md" && !summary.iter().any(|link| link == chapter))
        .collect();
    assert!(lost.is_empty(), "no reader finds these chapters: {lost:?}");
}

/// The targets of `[words](target)` that are files of ours, without their anchors.
fn links(document: &Source) -> Vec<String> {
    let mut fenced = false;
    let prose = document.text.lines().filter(|line| {
        fenced ^= line.starts_with("```");
        !fenced
    });
    prose
        .flat_map(|line| line.split("](").skip(1))
        .filter_map(|rest| rest.split(')').next())
        .map(|target| target.split('#').next().unwrap_or_default().to_owned())
        .filter(|target| !target.is_empty() && !target.contains("://") && !target.starts_with('/'))
        .collect()
}
