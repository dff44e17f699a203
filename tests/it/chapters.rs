//! The chapters of the book do what they say: their commands run as they are printed.

use forge_tests::{Engine, Forge, Terminal, source};

/// What the reader is asked, once: the name of the council, at the pledge.
const TYPED: &str = "aubervac\n";
/// What the reader copies from the output above, and a test has a command say.
const COPIED: [(&str, &str); 3] = [
    (
        "SHARE=…",
        "forge pledge list \"$WORK\" --json | tr '{' '\\n' | \
         grep '\"council\":\"aubervac\"' | grep -o 'PLG-[0-9-]*' | head -n 1",
    ),
    (
        "PLEDGE=…",
        "forge pledge list \"$CALL\" --json | tr '{' '\\n' | \
         grep '\"council\":\"aubervac\"' | grep -o 'PLG-[0-9-]*' | head -n 1",
    ),
    (
        "ACT=…",
        "forge evidence list \"$PLEDGE\" --json | grep -o '\"id\":\"[^\"]*' | cut -d '\"' -f 4",
    ),
];
/// References that a list shows: what they are copied to, the list, their kind, and which it is.
const REFERENCES: [(&str, &str, &str, &str); 11] = [
    ("NEW=…", "call list --space enfance-jeunesse --state draft", "CALL", "head"),
    ("ASKED=…", "funds list \"$WORK\"", "FC", "head"),
    ("PAYMENT=…", "funds payments \"$WORK\"", "PAY", "tail"),
    ("VOTE=…", "vote list --space enfance-jeunesse --state open", "VOTE", "head"),
    ("QUESTION=…", "vote list --space relation-citoyenne --state open", "VOTE", "head"),
    ("FUNDS=…", "funds list \"$DELIVERED\"", "FC", "head"),
    ("FIRST=…", "funds payments \"$DELIVERED\"", "PAY", "head"),
    ("SECOND=…", "funds payments \"$DELIVERED\"", "PAY", "tail"),
    ("INVOICE=…", "invoice list \"$DELIVERED\"", "INV", "head"),
    ("ONE=…", "refund list \"$DELIVERED\"", "REF", "head"),
    ("OTHER=…", "refund list \"$DELIVERED\"", "REF", "tail"),
];

#[test]
fn the_tour_can_be_followed_to_the_letter() {
    let forge = Forge::demo(Engine::Sqlite);
    let said = followed(&forge, "tour");
    assert!(said.contains("enfance-jeunesse/school-hours"), "{said}");
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
fn a_citizen_follows_the_money_by_the_book() {
    let said = followed(&Forge::demo(Engine::Sqlite), "citizen");
    assert!(said.contains("VERIFIED"), "{said}");
}

#[test]
fn a_project_lead_comes_from_a_space_to_a_closed_call_by_the_book() {
    let forge = Forge::demo(Engine::Sqlite);
    let said = followed(&forge, "lead");
    assert!(said.contains("Confirmed pledge"), "{said}");
    let call = forge.ready()["calls"]["DELIVERED"].as_str().unwrap();
    let books = forge.api(None).get(&format!("/api/v1/calls/{call}/closing/report"));
    assert_eq!(books.body["totals"]["difference"], "0.00", "{books:#?}");
    assert_eq!(books.body["accounts_not_at_zero"], serde_json::json!([]), "{books:#?}");
}

#[test]
fn a_signatory_commits_and_withdraws_by_the_book() {
    let said = followed(&Forge::demo(Engine::Sqlite), "signatory");
    let seen = ["Firm pledge", "Withdrawn", "Late joiner"];
    assert!(seen.iter().all(|seen| said.contains(seen)), "{said}");
}

#[test]
fn a_finance_officer_prepares_and_checks_by_the_book() {
    let said = followed(&Forge::demo(Engine::Sqlite), "finance");
    assert!(said.contains("Firm pledge") && said.contains("Reconciled"), "{said}");
}

/// What the commands of the English chapters do is run above; the French ones say the same.
#[test]
fn the_french_chapters_give_the_same_commands() {
    let commands = |chapter: &str| -> Vec<String> {
        blocks(&format!("docs/src/{chapter}.md")).into_iter().map(|block| block.sh).collect()
    };
    let pairs = [
        ("citizen", "fr/citoyen"),
        ("lead", "fr/responsable"),
        ("finance", "fr/finances"),
        ("signatory", "fr/signataire"),
    ];
    for (english, french) in pairs {
        let (english, french) = (commands(english), commands(french));
        assert!(!english.is_empty());
        assert_eq!(english, french);
    }
}

/// Runs the commands of a chapter one after the other; what they said.
#[track_caller]
fn followed(forge: &Forge, chapter: &str) -> String {
    let begin = format!("set -eu; . {}/demo.sh\n", forge.data().display());
    let blocks = blocks(&format!("docs/src/{chapter}.md"));
    let commands: String = blocks.into_iter().map(|block| block.sh).collect();
    let copied = |text: String, shown: &str, asked: &str| {
        text.replace(shown, &shown.replace('…', &format!("$({asked})")))
    };
    let commands = COPIED.iter().fold(commands, |text, (shown, asked)| copied(text, shown, asked));
    let commands = REFERENCES.iter().fold(commands, |text, (shown, list, kind, which)| {
        let asked = format!("forge {list} --json | grep -o '{kind}-[0-9-]*' | {which} -n 1");
        copied(text, shown, &asked)
    });
    let ran = Terminal::new().shell(&(begin + &commands), TYPED);
    ran.ok().to_owned()
}

#[test]
fn every_share_of_the_book_is_what_the_program_computes() {
    let reader = Terminal::new();
    let mut computed = 0;
    for block in blocks("docs/src/shares.md").into_iter().chain(blocks("docs/src/fr/parts.md")) {
        let printed = block.text.expect("the output stands below the command");
        assert_eq!(reader.shell(&block.sh, "").ok(), printed, "{}", block.sh);
        computed += 1;
    }
    assert!(computed >= 10, "{computed} examples were found");
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
