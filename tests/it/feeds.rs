//! What happens, to follow without an account (domain.md §b, the citizen): Atom, read by a parser
//! of XML that is not ours.

use forge_tests::{
    Forge, on_both,
    town::{Town, call, day, done, pledge},
};
use jiff::{SignedDuration, Timestamp};
use roxmltree::{Document, Node};
use serde_json::json;

const ATOM: &str = "http://www.w3.org/2005/Atom";
/// What a person wrote that is neither markup nor a character of XML.
const TITLE: &str = "La <b>facturation</b> & \"co\"";

/// A feed as a reader takes it.
struct Taken {
    id: String,
    lang: String,
    links: Vec<(String, String)>,
    /// Identifier, title, updated and page of each entry.
    entries: Vec<[String; 4]>,
}

#[track_caller]
fn taken(text: &str) -> Taken {
    let document = Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")), "{text}");
    for name in ["id", "title", "updated", "author"] {
        let found = feed.children().filter(|node| node.has_tag_name((ATOM, name))).count();
        assert_eq!(found, 1, "{name}: {text}");
    }
    let links = |node: Node<'_, '_>| -> Vec<(String, String)> {
        let links = node.children().filter(|child| child.has_tag_name((ATOM, "link")));
        let one = |link: Node<'_, '_>| {
            let of = |name| link.attribute(name).unwrap().to_owned();
            (of("rel"), of("href"))
        };
        links.map(one).collect()
    };
    let entries = feed.children().filter(|node| node.has_tag_name((ATOM, "entry")));
    let entry = |node: Node<'_, '_>| {
        let page = links(node).into_iter().find(|(rel, _)| rel == "alternate").unwrap().1;
        let updated = said(node, "updated");
        assert!(updated.parse::<Timestamp>().is_ok(), "{updated}");
        assert!(!said(node, "content").is_empty(), "an entry says more than its title");
        [said(node, "id"), said(node, "title"), updated, page]
    };
    let lang = feed.attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
    Taken {
        id: said(feed, "id"),
        lang: lang.unwrap().to_owned(),
        links: links(feed),
        entries: entries.map(entry).collect(),
    }
}

fn said(node: Node<'_, '_>, name: &str) -> String {
    let found = node.children().find(|child| child.has_tag_name((ATOM, name)));
    found.and_then(|child| child.text()).unwrap_or_default().to_owned()
}

impl Taken {
    fn link(&self, rel: &str) -> Option<&str> {
        self.links.iter().find(|(known, _)| known == rel).map(|(_, href)| href.as_str())
    }

    fn tells(&self, words: &str) -> bool {
        self.entries.iter().any(|[_, title, ..]| title.contains(words))
    }
}

on_both! {
    fn what_is_public_can_be_followed_by_everyone(engine) {
        let forge = Forge::start(engine);
        let town = Town::found(&forge);
        town.council("aubervac", 12_345);
        town.council("belrive", 3_210);
        let lead = town.member("lise", "aubervac", "lead");
        let other = town.member("paul", "belrive", "lead");
        let signatory = town.signatory("simone", "belrive", "60000.00");
        town.space("enfance", "aubervac", &lead);
        town.join("enfance", "belrive", "contributor", (&other, &lead));
        let api = forge.api(Some(&lead));
        let drafted = api.send("POST", "/api/v1/spaces/enfance/calls", &call(TITLE, day(60)));
        let reference = done(&drafted)["ref"].as_str().unwrap().to_owned();
        let of_call = format!("/enfance/-/calls/{reference}/feed.atom");
        assert_eq!(forge.browser().ask(&of_call).status(), 404, "a draft is the space's");
        done(&api.send("POST", &format!("/api/v1/calls/{reference}/publish"), &json!({})));
        let path = format!("/api/v1/calls/{reference}/pledges");
        done(&forge.api(Some(&signatory)).send("POST", &path, &pledge("belrive", "40000.00")));

        let browser = forge.browser();
        for (path, page) in [
            ("/feed.atom", "/"),
            ("/enfance/-/feed.atom", "/enfance"),
            ("/belrive/-/feed.atom", "/belrive"),
            (&of_call, &*of_call.replace("/feed.atom", "")),
        ] {
            let answer = browser.get(&format!("{path}?lang=en"));
            assert_eq!(answer.header("content-type"), Some("application/atom+xml; charset=utf-8"));
            let feed = taken(&answer.html());
            assert_eq!((feed.id, &*feed.lang), (forge.url(path), "en"));
            // The page offers it, to programs and to people.
            let shown = browser.get(page);
            let offered = shown.attributes("head link[type='application/atom+xml']", "href");
            assert_eq!(offered, [format!("{path}?lang=en")], "{page}");
            let links = shown.attributes("footer a[type='application/atom+xml']", "href");
            assert_eq!(links, offered, "{page}");
        }
        let feed = taken(&browser.get(&format!("{of_call}?lang=fr")).html());
        assert!(feed.tells(TITLE), "what is written is told as it is written");
        let page = forge.url(&format!("/enfance/-/calls/{reference}"));
        assert_eq!(feed.link("alternate"), Some(&*page));
        for [id, _, _, page] in &feed.entries {
            assert!(id.starts_with("urn:uuid:"), "{id}");
            assert_eq!(forge.browser().get(page).status(), 200, "{page}");
        }
        let english = taken(&browser.get(&format!("{of_call}?lang=en")).html());
        let ids = |feed: &Taken| feed.entries.iter().map(|[id, ..]| id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&english), ids(&feed), "an entry is itself in every language");
        assert!(!feed.entries.is_empty() && feed.entries[0][1] != english.entries[0][1]);
        // Nobody's name, and nothing that is the space's own.
        for path in ["/feed.atom", "/enfance/-/feed.atom", &of_call] {
            let text = browser.get(path).html();
            let private = ["Test", "lise", "simone", "forge.example", "member.asked", "evidence."];
            for private in private {
                assert!(!text.contains(private), "{private}: {text}");
            }
        }
        assert_eq!(browser.ask("/lise/-/feed.atom").status(), 404);
    }

    fn an_unchanged_feed_is_not_sent_again_and_a_long_one_goes_on(engine) {
        let forge = Forge::start(engine);
        let town = Town::found(&forge);
        town.council("aubervac", 12_345);
        let lead = town.member("lise", "aubervac", "lead");
        town.space("enfance", "aubervac", &lead);
        let browser = forge.browser();
        let path = "/enfance/-/feed.atom?lang=en";
        taken(&browser.get(path).html());
        let api = forge.api(Some(&lead));
        let begun = Timestamp::now();
        let publish = |number: i64| {
            forge.set_clock(&(begun + SignedDuration::from_secs(number)).to_string());
            let new = call(&format!("Appel {number}"), day(60));
            let drafted = api.send("POST", "/api/v1/spaces/enfance/calls", &new);
            let reference = done(&drafted)["ref"].as_str().unwrap().to_owned();
            done(&api.send("POST", &format!("/api/v1/calls/{reference}/publish"), &json!({})));
        };
        (1..=53).for_each(publish);
        let first = browser.get(path);
        let tag = first.header("etag").unwrap().to_owned();
        assert_eq!(browser.ask_known(path, &tag).status(), 304);
        assert!(browser.ask_known(path, &tag).bytes().is_empty());
        assert_eq!(browser.ask_known(path, "\"another\"").status(), 200);
        let first = taken(&first.html());
        assert_eq!(first.entries.len(), 50);
        let second = taken(&browser.get(first.link("next").unwrap()).html());
        assert!(second.link("next").is_none() && second.tells("Appel 1”"), "the oldest comes last");
        let mut ids: Vec<_> = first.entries.iter().chain(&second.entries).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), first.entries.len() + second.entries.len(), "none comes twice");
        publish(54);
        assert_eq!(browser.ask_known(path, &tag).status(), 200);
    }
}
