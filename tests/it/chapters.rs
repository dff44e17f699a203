//! The chapters of the book do what they say: their commands run as they are printed.

use forge_tests::{Engine, Forge, Terminal, source};

/// What the reader of the tour is asked, once: the name of the council, at the pledge.
const TYPED: &str = "aubervac\n";

#[test]
fn the_tour_can_be_followed_to_the_letter() {
    let forge = Forge::demo(Engine::Sqlite);
    let begin = format!("set -eu; . {}/demo.sh\n", forge.data().display());
    let commands: String = blocks("docs/src/tour.md").into_iter().map(|block| block.sh).collect();
    let said = Terminal::new().shell(&(begin + &commands), TYPED);
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

#[test]
fn every_share_of_the_book_is_what_the_program_computes() {
    let reader = Terminal::new();
    let mut computed = 0;
    for block in blocks("docs/src/shares.md") {
        let printed = block.text.expect("the output stands below the command");
        assert_eq!(reader.shell(&block.sh, "").ok(), printed, "{}", block.sh);
        computed += 1;
    }
    assert!(computed >= 5, "{computed} examples were found");
}

/// Commands, and the output that is printed right below them.
struct Block {
    sh: String,
    text: Option<String>,
}

/// The blocks of `sh` of a chapter, without those that start the server and look at what it left in
/// the folder `forge-demo`.
fn blocks(chapter: &str) -> Vec<Block> {
    let texts = source::texts();
    let chapter = texts.iter().find(|text| text.path == chapter).expect("the chapter is there");
    let blocks = chapter.text.split("```sh\n").skip(1).map(|rest| {
        let (sh, after) = rest.split_once("```\n").expect("a block ends");
        let output = after.strip_prefix("\n```text\n").and_then(|rest| rest.split_once("```"));
        Block { sh: sh.to_owned(), text: output.map(|(text, _)| text.to_owned()) }
    });
    let begins = |sh: &str| sh.contains("script/demo") || sh.contains("forge-demo");
    blocks.filter(|block| !begins(&block.sh)).collect()
}
