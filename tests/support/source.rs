//! The project's own files, for the tests that read them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use syn::{Attribute, ItemMod};

/// Folders that hold nothing we wrote.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "book", "forge-data", "forge-demo"];

/// A text file of the project.
#[derive(Debug)]
pub struct Source {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// The root of the working tree.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("the package is a folder of the tree").to_owned()
}

/// Every text file of the project, by path.
pub fn texts() -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root(), "", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 20, "the project's files are not where this test looks for them");
    found
}

/// Every Rust file of the project.
pub fn rust() -> Vec<Source> {
    texts().into_iter().filter(|source| source.path.ends_with(".rs")).collect()
}

impl Source {
    /// The package it belongs to, by the name of its folder: `forge-store`, `forge-tests`.
    pub fn package(&self) -> &str {
        let parts: Vec<_> = self.path.split('/').collect();
        match parts[..] {
            ["forge-server", "crates", name, ..] => name,
            ["tests", ..] => "forge-tests",
            [name, ..] => name,
            [] => "",
        }
    }

    /// Whether the whole file is only built for tests.
    pub fn is_test(&self) -> bool {
        let parts: Vec<_> = self.path.split('/').collect();
        parts.iter().any(|part| matches!(*part, "tests" | "tests.rs" | "benches" | "examples"))
    }

    /// Reads it as Rust.
    #[track_caller]
    pub fn parse(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }
}

/// Whether a module is only built for tests.
pub fn is_test_module(module: &ItemMod) -> bool {
    module.attrs.iter().any(is_test_attribute)
}

/// Whether this is `#[cfg(test)]` or `#[test]`.
pub fn is_test_attribute(attribute: &Attribute) -> bool {
    if attribute.path().is_ident("cfg") {
        return attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"));
    }
    attribute.path().segments.last().is_some_and(|segment| segment.ident == "test")
}

fn walk(folder: &Path, below: &str, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("the tree can be read").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let kind = entry.file_type().expect("an entry has a kind");
        if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) {
            walk(&entry.path(), &path, found);
        } else if kind.is_file()
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            found.push(Source { path, text });
        }
    }
}
