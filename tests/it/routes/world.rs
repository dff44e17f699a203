//! The world in which every door is asked, and who asks.

use forge_tests::{
    Api, Browser, Engine, Forge, Page, Town,
    browser::Answer,
    town::{self, day, done},
};
use serde_json::{Value, json};

use super::{Asked, CANARY};

/// Someone who asks: by a session where it is a page, by a token elsewhere.
pub struct Actor {
    pub browser: Browser,
    csrf: String,
    pub api: Api,
}

/// A space with modules of every visibility, calls and a pledge, and everyone who asks.
pub struct World {
    pub forge: Forge,
    pub actors: Vec<Actor>,
    /// What stands for the names in braces of the file.
    names: Vec<(&'static str, String)>,
}

impl World {
    /// Makes it.
    pub fn build(engine: Engine) -> Self {
        // Everyone comes from elsewhere: neighbours share a limit of wrong passwords.
        let setup = Forge::with(engine).set("FORGE_TRUSTED_PROXIES", "127.0.0.1");
        let forge = setup.on_the_real_clock().start();
        let town = Town::found(&forge);
        for (council, population) in [("aubervac", 12_345), ("corbelle", 45_678), ("dormont", 890)]
        {
            town.council(council, population);
        }
        let people = [
            ("zoe", "", ""),
            ("paul", "corbelle", "lead"),
            ("dora", "dormont", "developer"),
            ("omar", "aubervac", "developer"),
            ("nadia", "aubervac", "maintainer"),
            ("lise", "aubervac", "lead"),
            ("simone", "aubervac", "signatory"),
        ];
        let mut tokens = Vec::new();
        for (login, council, role) in people {
            tokens.push(town.person(login));
            if !council.is_empty() {
                town.role(login, council, role);
            }
        }
        town.mandate("simone", "aubervac", "60000.00");
        let dormont = town.member("denis", "dormont", "lead");
        let (lead, maintainer, signatory) = (&tokens[5], &tokens[4], &tokens[6]);
        town.space("enfance", "aubervac", lead);
        town.join("enfance", "dormont", "observer", (&dormont, lead));
        for module in ["prive", "interne", "public"] {
            push(&forge, maintainer, module);
        }
        let api = forge.api(Some(maintainer));
        let hidden = json!({ "description": format!("Le module {CANARY}") });
        done(&api.send("PATCH", "/api/v1/repos/enfance/prive", &hidden));
        let shown = json!({ "visibility": "space" });
        done(&api.send("PATCH", "/api/v1/repos/enfance/interne", &shown));
        done(&api.send("POST", "/api/v1/repos/enfance/public/publication", &json!({})));
        let names = funded(&forge, lead, signatory);

        let mut doors = vec![(forge.browser(), None)];
        for ((login, ..), token) in people.iter().zip(&tokens) {
            doors.push((town.signed_in(login), Some(&**token)));
        }
        doors.push((town.signed_in("mairie"), Some(town.administrator())));
        let from = |number| format!("198.51.{number}.1");
        let actors = doors.into_iter().enumerate().map(|(number, (browser, token))| {
            Actor::of(&forge, browser.coming_from(from(number)), token)
        });
        let actors = actors.collect();
        Self { forge, actors, names }
    }

    /// An address of the file and what is sent there, with this world's names in them.
    pub fn filled(&self, asked: &Asked) -> (String, Value) {
        let fill = |text: String, (name, value): &(&str, String)| text.replace(name, value);
        let body = self.names.iter().fold(asked.body.clone(), fill);
        let body = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{body}: {error}"));
        (self.names.iter().fold(asked.address.clone(), fill), body)
    }
}

impl Actor {
    fn of(forge: &Forge, browser: Browser, token: Option<&str>) -> Self {
        let csrf = browser.get("/").attributes("[name=csrf]", "value").remove(0);
        Self { browser, csrf, api: forge.api(token) }
    }

    /// What is answered, as one letter.
    pub fn letter(&self, method: &str, path: &str, body: &Value) -> char {
        let seen = self.ask(method, path, body);
        let location = seen.header("location").unwrap_or_default();
        match seen.status {
            200..300 => 'y',
            300..400 if location.starts_with("/-/login") => 's',
            300..400 => '>',
            401 => 's',
            403 => 'n',
            404 => '-',
            400 | 405 | 409 | 413 | 415 | 422 => 'b',
            other => panic!("{method} {path}: {other}\n{}", seen.body),
        }
    }

    pub fn ask(&self, method: &str, path: &str, body: &Value) -> Seen {
        let is_api = path.starts_with("/api/");
        let is_git = path.contains("/info/refs") || path.contains("/git-");
        match (method, is_api || is_git) {
            ("GET", true) => Seen::of_api(self.api.get(path)),
            ("DELETE", _) => Seen::of_api(self.api.delete(path)),
            ("POST", true) if is_git => {
                let kind = path.rsplit('/').next().unwrap_or_default();
                let kind = format!("application/x-{kind}-request");
                Seen::of_api(self.api.post(path, &kind, b"0000"))
            }
            (method, true) => Seen::of_api(self.api.send(method, path, body)),
            ("GET", false) => Seen::of_page(&self.browser.ask(path)),
            _ => {
                let typed = body.as_object().unwrap().iter();
                let typed = typed.map(|(name, value)| (&**name, value.as_str().unwrap()));
                let fields: Vec<_> = [("csrf", &*self.csrf)].into_iter().chain(typed).collect();
                // What takes a file.
                let files = ["/commit", "/join", "/evidence", "/take", "/populations"];
                let amends = path.contains("/pledges/") && path.ends_with("/amend");
                if amends || files.iter().any(|end| path.ends_with(end)) {
                    return Seen::of_page(&self.browser.post_parts_unasked(path, &fields));
                }
                Seen::of_page(&self.browser.post_unasked(path, &fields))
            }
        }
    }
}

/// An answer without what is new in every one.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    fn of_page(page: &Page) -> Self {
        Self::new(page.status(), page.headers(), page.html())
    }

    fn of_api(answer: Answer) -> Self {
        Self::new(answer.status, &answer.headers, answer.body.to_string())
    }

    fn new(status: u16, headers: &[(String, String)], body: String) -> Self {
        let told = headers.iter().filter(|(name, _)| !["date", "x-request-id"].contains(&&**name));
        Self { status, headers: told.cloned().collect(), body }
    }

    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same with one name for another: what the address itself says back.
    pub fn renamed(self, from: &str, to: &str) -> Self {
        let escaped = |name: &str| name.replace('/', "%2F");
        let rename = |text: &str| text.replace(from, to).replace(&escaped(from), &escaped(to));
        let headers = self.headers.iter().map(|(name, value)| (name.clone(), rename(value)));
        Self { status: self.status, headers: headers.collect(), body: rename(&self.body) }
    }
}

/// A module with a commit; the private one carries the canary wherever it can.
fn push(forge: &Forge, token: &str, module: &str) {
    let work = forge.terminal();
    work.git("", &["init", "-q", "work"]).ok();
    work.write("work/LICENSE", "EUPL-1.2\n");
    let word = if module == "prive" { CANARY } else { "rien de secret" };
    work.write("work/README.md", &format!("# {word}\n"));
    work.write("work/src/repas.txt", &format!("{word}\n"));
    work.git("work", &["add", "-A"]).ok();
    work.git("work", &["commit", "-q", "-m", word]).ok();
    work.git("work", &["tag", "v1"]).ok();
    let remote = forge.remote(&format!("enfance/{module}"), Some(token));
    work.git("work", &["push", "-q", &remote, "main", "v1"]).ok();
}

/// An open call with a pledge on it, and a draft.
fn funded(forge: &Forge, lead: &str, signatory: &str) -> Vec<(&'static str, String)> {
    let api = forge.api(Some(lead));
    let draft = |title: &str| {
        let new = town::call(title, day(30));
        let call = api.send("POST", "/api/v1/spaces/enfance/calls", &new);
        done(&call)["ref"].as_str().unwrap().to_owned()
    };
    let (open, draft) = (draft("La cantine"), draft("Le brouillon"));
    done(&api.send("POST", &format!("/api/v1/calls/{open}/publish"), &json!({})));
    let mut body = town::pledge("aubervac", "50000.00");
    body["evidence"]["file"] = json!({ "name": "acte.txt", "content": "YWN0ZQo=" });
    let pledges = format!("/api/v1/calls/{open}/pledges");
    let pledge = forge.api(Some(signatory)).send("POST", &pledges, &body);
    let pledge = done(&pledge);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let evidence = text(&pledge["evidence"][0]["id"]);
    let question = json!({ "question": "Se réunir en juin ?" });
    let vote = done(&api.send("POST", "/api/v1/spaces/enfance/votes", &question)).clone();
    let repository = forge.api(None).get("/api/v1/repos/enfance/public").body;
    let tip = |module: &str| {
        let branch = api.get(&format!("/api/v1/repos/enfance/{module}/branches/main"));
        text(&done(&branch)["commit"]["id"])
    };
    vec![
        ("{open}", open),
        ("{draft}", draft),
        ("{pledge}", text(&pledge["ref"])),
        ("{evidence}", evidence),
        ("{vote}", text(&vote["reference"])),
        ("{number}", repository["id"].to_string()),
        ("{prive}", tip("prive")),
        ("{interne}", tip("interne")),
        ("{public}", tip("public")),
        ("{new-call}", town::call("La garderie", day(30)).to_string()),
        ("{new-pledge}", town::pledge("aubervac", "100.00").to_string()),
        ("{new-mandate}", town::new_mandate("simone", "100.00").to_string()),
    ]
}
