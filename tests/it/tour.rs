//! The tour of the book does what it says: its commands run as they are printed.

use forge_tests::{Engine, Forge, source};

/// What the reader is asked, once: the name of the council, at the pledge.
const TYPED: &str = "aubervac\n";

#[test]
fn the_tour_can_be_followed_to_the_letter() {
    let forge = Forge::demo(Engine::Sqlite);
    let begin = format!("set -eu; . {}/demo.sh\n", forge.data().display());
    let tour = begin + &commands("docs/src/tour.md");
    let reader = forge_tests::Terminal::new();
    let said = reader.shell(&tour, TYPED);
    assert!(said.ok().contains("enfance-jeunesse/school-hours"), "{said:#?}");
    let visitor = forge.browser();
    let branches = visitor.get("/enfance-jeunesse/periscolaire/branches");
    assert!(branches.says("my-change"), "{}", branches.text("main"));
    let published = visitor.get("/enfance-jeunesse/school-hours");
    assert!(published.says("when each school opens and closes"), "{}", published.text("main"));
    let call = forge.ready()["open_call"].as_str().unwrap();
    let call = visitor.get(&format!("/enfance-jeunesse/-/calls/{call}"));
    assert!(call.says("2026-42"), "{}", call.text("main"));
}

/// The commands of a chapter: its blocks of `sh`, without those that start the server and look at
/// what it left in the folder `forge-demo`.
fn commands(chapter: &str) -> String {
    let texts = source::texts();
    let chapter = texts.iter().find(|text| text.path == chapter).expect("the chapter is there");
    let blocks = chapter.text.split("```sh\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split("```").next());
    let begins = |block: &&str| block.contains("script/demo") || block.contains("forge-demo");
    blocks.filter(|block| !begins(block)).collect()
}
