//! The limits we hold ourselves to: lengths, and words that do not belong in the tree.

use std::ops::RangeInclusive;

use forge_tests::source::{self, Source, is_test_attribute, is_test_module};
use syn::{
    Attribute, Block, ImplItemFn, ItemFn, ItemMod, Macro, TraitItemFn,
    spanned::Spanned,
    visit::{self, Visit},
};

const FUNCTION_LINES_MAX: usize = 70;
const FILE_LINES_MAX: usize = 400;
const COLUMNS_MAX: usize = 100;

/// Names of files that say nothing about what is in them.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helper", "helpers", "common", "misc", "manager"];

/// Macros and methods that end a program that serves others.
const ENDING_MACROS: &[&str] = &["panic", "todo", "unimplemented", "dbg"];
const ENDING_METHODS: &[&str] = &["unwrap", "expect", "unwrap_err", "expect_err"];

#[test]
fn functions_are_short() {
    let mut faults = Vec::new();
    for source in source::rust() {
        faults.extend(Reading::of(&source).long_functions);
    }
    none(faults, "a function has at most 70 lines: give a part of it a name of its own");
}

#[test]
fn files_are_short() {
    let long = source::rust().into_iter().filter(|source| !source.is_test()).filter_map(|source| {
        let tests: usize =
            Reading::of(&source).tests.iter().map(|lines| lines.clone().count()).sum();
        let length = source.text.lines().count() - tests;
        (length > FILE_LINES_MAX).then(|| format!("{}: {length} lines", source.path))
    });
    none(long.collect(), "a file is about one subject and has at most 400 lines without its tests");
}

#[test]
fn lines_are_short() {
    let mut faults = Vec::new();
    for source in source::texts() {
        let held = [".rs", ".sql", ".mjs"].iter().any(|end| source.path.ends_with(end));
        if !held && !source.path.starts_with("script/") {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            let columns = line.chars().count();
            if columns > COLUMNS_MAX {
                faults.push(format!("{}:{}: {columns} columns", source.path, number + 1));
            }
        }
    }
    none(faults, "a line has at most 100 columns");
}

#[test]
fn nothing_but_a_test_may_end_the_program() {
    let mut faults = Vec::new();
    for source in source::rust() {
        if source.package() != "forge-tests" && !source.is_test() {
            faults.extend(Reading::of(&source).endings);
        }
    }
    none(faults, "return an error that says what a person can do");
}

#[test]
fn lints_are_expected_with_a_reason_and_not_allowed() {
    let faults = source::rust().into_iter().flat_map(|source| Reading::of(&source).allowed);
    none(faults.collect(), "write #[expect(lint, reason = \"…\")]");
}

#[test]
fn files_are_named_after_what_is_in_them() {
    let empty = source::rust().into_iter().filter(|source| {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        EMPTY_NAMES.contains(&name.trim_end_matches(".rs"))
    });
    let empty = empty.map(|source| source.path).collect();
    none(empty, "name a file after the noun or the verb it is about");
}

#[test]
fn the_tree_names_no_machine_and_no_mirror() {
    // In pieces, so that this file does not find itself.
    let words = [
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["registry.npm", "js.org"],
        ["static.crates", ".io"],
        ["index.crates", ".io"],
        ["files.python", "hosted"],
        ["deb.debian", ".org"],
    ]
    .map(|pieces| pieces.concat());
    let mut faults = Vec::new();
    for source in source::texts() {
        for (number, line) in source.text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(word.as_str())) {
                faults.push(format!("{}:{}: {word}", source.path, number + 1));
            }
        }
    }
    none(faults, "a path or a host of one machine means nothing on another");
}

#[track_caller]
fn none(faults: Vec<String>, rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n  {}", faults.join("\n  "));
}

/// What one file holds that a rule speaks of.
#[derive(Default)]
struct Reading<'s> {
    path: &'s str,
    in_test: bool,
    long_functions: Vec<String>,
    endings: Vec<String>,
    allowed: Vec<String>,
    /// The lines of its test modules.
    tests: Vec<RangeInclusive<usize>>,
}

impl<'s> Reading<'s> {
    fn of(source: &'s Source) -> Self {
        let mut reading = Self { path: &source.path, ..Self::default() };
        reading.visit_file(&source.parse());
        reading
    }

    fn place(&self, item: &impl Spanned) -> String {
        format!("{}:{}", self.path, item.span().start().line)
    }

    fn measure(&mut self, name: &syn::Ident, body: &Block) {
        let length = lines(body).count();
        if length > FUNCTION_LINES_MAX {
            self.long_functions.push(format!("{}: {name}, {length} lines", self.place(name)));
        }
    }

    fn within(&mut self, is_test: bool, visit: impl FnOnce(&mut Self)) {
        let outside = self.in_test;
        self.in_test |= is_test;
        visit(self);
        self.in_test = outside;
    }
}

impl<'ast> Visit<'ast> for Reading<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        let is_test = is_test_module(module);
        if is_test && !self.in_test {
            self.tests.push(lines(module));
        }
        self.within(is_test, |reading| visit::visit_item_mod(reading, module));
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.measure(&function.sig.ident, &function.block);
        let is_test = function.attrs.iter().any(is_test_attribute);
        self.within(is_test, |reading| visit::visit_item_fn(reading, function));
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.measure(&function.sig.ident, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(body) = &function.default {
            self.measure(&function.sig.ident, body);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string());
        let name = name.unwrap_or_default();
        if !self.in_test && ENDING_MACROS.contains(&name.as_str()) {
            self.endings.push(format!("{}: {name}!", self.place(call)));
        }
        visit::visit_macro(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = call.method.to_string();
        if !self.in_test && ENDING_METHODS.contains(&name.as_str()) {
            self.endings.push(format!("{}: .{name}()", self.place(&call.method)));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if attribute.path().is_ident("allow") {
            self.allowed.push(self.place(attribute));
        }
        visit::visit_attribute(self, attribute);
    }
}

fn lines(item: &impl Spanned) -> RangeInclusive<usize> {
    let span = item.span();
    span.start().line..=span.end().line
}
