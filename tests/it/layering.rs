//! Who may import whom. Cargo refuses most wrong arrows between packages; this test refuses that
//! one is added to a Cargo.toml, and the wrong arrows inside forge-server.

use std::collections::BTreeSet;

use forge_tests::source::{self, Source, is_test_attribute, is_test_module};
use proc_macro2::{TokenStream, TokenTree};
use syn::{
    ExprLit, ExprMethodCall, ItemFn, ItemMod, ItemUse, Lit, Macro, UseTree,
    spanned::Spanned,
    visit::{self, Visit},
};

/// Each package, and the packages of ours it may use.
const PACKAGES: &[(&str, &[&str])] = &[
    ("forge-domain", &[]),
    // The contract of `share compute` is read here once, for client and server.
    ("forge-api", &["forge-domain"]),
    ("forge-publiccode", &[]),
    ("forge-messages", &[]),
    ("forge-store", &["forge-domain"]),
    ("forge-git", &["forge-domain"]),
    ("forge-cli", &["forge-api", "forge-domain", "forge-messages", "forge-publiccode"]),
    (
        "forge-server",
        &[
            "forge-api",
            "forge-domain",
            "forge-git",
            "forge-messages",
            "forge-publiccode",
            "forge-store",
        ],
    ),
];

/// Libraries that only the packages after them may use, in code that is not a test.
const RESERVED: &[(&str, &[&str])] = &[
    ("sqlx", &["forge-store"]),
    ("gix", &["forge-git"]),
    ("axum", &["forge-server"]),
    ("minijinja", &["forge-server"]),
    ("clap", &["forge-server", "forge-cli"]),
    ("anyhow", &["forge-server", "forge-cli"]),
];

/// What the pure rules do without: encodings of the wire, I/O, threads of others.
const NOT_IN_DOMAIN: &[&str] =
    &["serde", "serde_json", "tokio", "sqlx", "gix", "axum", "ureq", "rustix", "tempfile"];

/// The rooms of forge-server, and the rooms each may not look into.
const ROOMS: &[(&str, &[&str])] = &[
    ("web", &["api", "git"]),
    ("api", &["web", "git"]),
    ("git", &["web", "api"]),
    ("actions", &["web", "api", "git", "jobs"]),
    ("auth", &["web", "api", "git"]),
    ("jobs", &["web", "api", "git"]),
    ("themes", &["web", "api", "git", "actions", "jobs"]),
    ("messages", &["web", "api", "git", "actions", "jobs"]),
    ("mail", &["web", "api", "git", "actions", "jobs"]),
    ("config", &["web", "api", "git", "actions", "jobs", "auth"]),
    ("error", &["api", "git", "actions", "jobs"]),
];

#[test]
fn packages_use_only_those_below_them() {
    let mut faults = Vec::new();
    for (package, below) in PACKAGES {
        for name in dependencies(package) {
            if name.starts_with("forge-") && !below.contains(&name.as_str()) {
                faults.push(format!("{package} uses {name}"));
            }
            let owners = RESERVED.iter().find(|(library, _)| *library == name);
            if owners.is_some_and(|(_, owners)| !owners.contains(package)) {
                faults.push(format!("{package} uses {name}"));
            }
            if *package == "forge-domain" && NOT_IN_DOMAIN.contains(&name.as_str()) {
                faults.push(format!("{package} uses {name}"));
            }
        }
    }
    assert!(faults.is_empty(), "an arrow points the wrong way: {faults:#?}");
}

#[test]
fn every_package_has_its_place() {
    let packages: BTreeSet<_> = source::texts()
        .iter()
        .filter(|source| source.path.ends_with("/Cargo.toml"))
        .map(|source| source.package().to_owned())
        .filter(|package| package != "forge-tests")
        .collect();
    let known: BTreeSet<_> = PACKAGES.iter().map(|(package, _)| (*package).to_owned()).collect();
    assert_eq!(packages, known, "say in this test what a new package may use");
}

#[test]
fn rooms_of_the_server_do_not_look_into_each_other() {
    let mut faults = Vec::new();
    for source in source::rust() {
        let Some(room) = room(&source) else { continue };
        let Some((_, closed)) = ROOMS.iter().find(|(name, _)| *name == room) else { continue };
        for (line, path) in Paths::of(&source).paths {
            let target = path.iter().skip_while(|part| *part == "super").nth(1);
            let goes_in = path.first().is_some_and(|first| first == "crate")
                && target.is_some_and(|target| closed.contains(&target.as_str()));
            if goes_in {
                faults.push(format!("{}:{line}: {}", source.path, path.join("::")));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn sql_is_only_in_the_store() {
    let mut faults = Vec::new();
    for source in ours() {
        if source.package() != "forge-store" {
            for (line, text) in Paths::of(&source).queries {
                faults.push(format!("{}:{line}: {text}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "put the question to forge-store: {faults:#?}");
}

/// The client runs the person's own git, as the person would: that is its work.
#[test]
fn processes_are_started_only_by_the_repositories_and_the_client() {
    let mut faults = Vec::new();
    for source in ours() {
        if ["forge-git", "forge-cli"].contains(&source.package()) {
            continue;
        }
        for (line, path) in Paths::of(&source).paths {
            if path.windows(2).any(|pair| pair == ["process", "Command"]) {
                faults.push(format!("{}:{line}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "a child process belongs in forge-git: {faults:#?}");
}

/// A write of a person goes through an action, whichever door they came by.
#[test]
fn no_door_opens_a_transaction() {
    let mut faults = Vec::new();
    for source in ours() {
        if room(&source).is_some_and(|room| ["web", "api", "git", "commands"].contains(&room)) {
            let opened = Paths::of(&source).transactions;
            faults.extend(opened.iter().map(|line| format!("{}:{line}", source.path)));
        }
    }
    assert!(faults.is_empty(), "give this write an action: {faults:#?}");
}

/// Everything that is not a test.
fn ours() -> impl Iterator<Item = Source> {
    let all = source::rust().into_iter();
    all.filter(|source| source.package() != "forge-tests" && !source.is_test())
}

/// The room of forge-server a file is in: `web` for `src/web/home.rs` and for `src/web.rs`.
fn room(source: &Source) -> Option<&str> {
    let path = source.path.strip_prefix("forge-server/src/")?;
    path.split('/').next().map(|part| part.trim_end_matches(".rs"))
}

/// The names in `[dependencies]` of a package's Cargo.toml, of every platform.
fn dependencies(package: &str) -> Vec<String> {
    let folder = source::texts()
        .into_iter()
        .find(|source| source.path.ends_with("/Cargo.toml") && source.package() == package);
    let manifest = folder.unwrap_or_else(|| panic!("there is no package {package}"));
    let manifest: toml::Table = manifest.text.parse().expect("Cargo reads it too");
    let platforms = manifest.get("target").and_then(toml::Value::as_table);
    let tables = platforms.into_iter().flat_map(toml::Table::values);
    let tables = tables.filter_map(toml::Value::as_table).chain([&manifest]);
    let dependencies = tables.filter_map(|table| table.get("dependencies"));
    dependencies.filter_map(toml::Value::as_table).flat_map(|it| it.keys().cloned()).collect()
}

/// The paths a file names and the texts it gives to `.query(…)`, outside tests.
#[derive(Default)]
struct Paths {
    paths: Vec<(usize, Vec<String>)>,
    queries: Vec<(usize, String)>,
    /// The lines that call `.begin(…)`.
    transactions: Vec<usize>,
}

impl Paths {
    fn of(source: &Source) -> Self {
        let mut paths = Self::default();
        paths.visit_file(&source.parse());
        paths
    }

    fn collect_use(&mut self, tree: &UseTree, above: &mut Vec<String>) {
        let line = tree.span().start().line;
        match tree {
            UseTree::Path(path) => {
                above.push(path.ident.to_string());
                self.collect_use(&path.tree, above);
                above.pop();
            }
            UseTree::Name(name) => {
                self.paths.push((line, [&above[..], &[name.ident.to_string()]].concat()));
            }
            UseTree::Rename(name) => {
                self.paths.push((line, [&above[..], &[name.ident.to_string()]].concat()));
            }
            UseTree::Glob(_) => self.paths.push((line, above.clone())),
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.collect_use(tree, above));
            }
        }
    }

    /// Paths inside a macro's arguments are tokens: `crate`, `:`, `:`, `web`, …
    fn collect_tokens(&mut self, tokens: TokenStream) {
        let mut path = Vec::new();
        let mut line = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    line = ident.span().start().line;
                    path.push(ident.to_string());
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {}
                other => {
                    self.end_path(line, &mut path);
                    if let TokenTree::Group(group) = other {
                        self.collect_tokens(group.stream());
                    }
                }
            }
        }
        self.end_path(line, &mut path);
    }

    fn end_path(&mut self, line: usize, path: &mut Vec<String>) {
        if path.len() > 1 {
            self.paths.push((line, std::mem::take(path)));
        }
        path.clear();
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_test_module(module) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if !function.attrs.iter().any(is_test_attribute) {
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.collect_use(&item.tree, &mut Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.paths.push((path.span().start().line, parts));
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.collect_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "query"
            && let Some(syn::Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) = call.args.first()
        {
            self.queries.push((text.span().start().line, text.value()));
        }
        if call.method == "begin" {
            self.transactions.push(call.method.span().start().line);
        }
        visit::visit_expr_method_call(self, call);
    }
}
