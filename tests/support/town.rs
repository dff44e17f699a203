//! Councils and people of a test, made by the server's own commands and its API: never by SQL.

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde_json::{Value, json};

use crate::{
    browser::{Answer, Api, Browser},
    forge::Forge,
};

/// A forge with an administrator, and what is needed to fill it with councils and people.
#[derive(Debug)]
pub struct Town<'f> {
    forge: &'f Forge,
    administrator: String,
}

impl<'f> Town<'f> {
    /// Makes the first administrator, `mairie`.
    pub fn found(forge: &'f Forge) -> Self {
        let account = ["--login", "mairie", "--name", "Mairie Test"];
        let address = ["--email", "mairie@forge.example", "--administrator"];
        let create = [&["admin", "user", "create"][..], &account, &address].concat();
        forge.command(&create).ok();
        let administrator = token(forge, "mairie", "full");
        Self { forge, administrator }
    }

    /// A forge whose people were made before: nobody is added to it.
    pub fn known(forge: &'f Forge) -> Self {
        Self { forge, administrator: String::new() }
    }

    /// The administrator's token.
    pub fn administrator(&self) -> &str {
        &self.administrator
    }

    /// The API, asked by the administrator.
    pub fn api(&self) -> Api {
        self.forge.api(Some(&self.administrator))
    }

    /// Makes an account without any role, and returns a token of it that may write.
    pub fn person(&self, login: &str) -> String {
        let name = format!("{login} Test");
        let email = format!("{login}@forge.example");
        let account = ["--login", login, "--name", &name, "--email", &email];
        self.forge.command(&[&["admin", "user", "create"][..], &account].concat()).ok();
        token(self.forge, login, "write")
    }

    /// Another token of a person, of a scope such as `full`.
    pub fn token(&self, login: &str, scope: &str) -> String {
        token(self.forge, login, scope)
    }

    /// Gives a person a password and signs them in by the form.
    pub fn signed_in(&self, login: &str) -> Browser {
        let password = "trois petites tours de guet";
        self.forge.command_with(&["admin", "user", "password", login], password).ok();
        let browser = self.forge.browser();
        let form = browser.get("/-/login").form("form[action='/-/login']");
        browser.submit(&form.fill("login", login).fill("password", password));
        assert_eq!(browser.ask("/-/settings").status(), 200, "{login} is not signed in");
        browser
    }

    /// Registers and verifies a council of so many inhabitants.
    pub fn council(&self, slug: &str, population: u32) {
        let inhabitants = json!({ "kind": "municipale", "vintage": "2026", "value": population });
        let new = json!({ "slug": slug, "name": slug, "populations": [inhabitants] });
        self.done("POST", "/api/v1/councils", &new);
        let verified = json!({ "proof": "letter" });
        self.done("POST", &format!("/api/v1/councils/{slug}/verify"), &verified);
    }

    /// Gives a role in a council.
    pub fn role(&self, login: &str, council: &str, role: &str) {
        let path = format!("/api/v1/councils/{council}/roles");
        self.done("POST", &path, &json!({ "person": login, "role": role }));
    }

    /// Makes an account with a role, and returns its token.
    pub fn member(&self, login: &str, council: &str, role: &str) -> String {
        let token = self.person(login);
        self.role(login, council, role);
        token
    }

    /// Makes somebody who may commit a council up to an amount, for a year, and returns the token.
    pub fn signatory(&self, login: &str, council: &str, amount_max: &str) -> String {
        let token = self.member(login, council, "signatory");
        self.mandate(login, council, amount_max);
        token
    }

    /// Says up to which amount somebody may commit a council, for a year.
    pub fn mandate(&self, login: &str, council: &str, amount_max: &str) {
        let path = format!("/api/v1/councils/{council}/mandates");
        self.done("POST", &path, &new_mandate(login, amount_max));
    }

    /// Founds a space by the token of somebody who leads the council.
    pub fn space(&self, slug: &str, council: &str, lead: &str) {
        let new = json!({ "slug": slug, "title": slug, "lead": council });
        done(&self.forge.api(Some(lead)).send("POST", "/api/v1/spaces", &new));
    }

    /// Has a council join, asked by somebody who leads it and admitted by who leads the space.
    pub fn join(&self, space: &str, council: &str, status: &str, leads: (&str, &str)) {
        let (asks, admits) = leads;
        let path = format!("/api/v1/spaces/{space}/members");
        let ask = json!({ "council": council, "status": status });
        done(&self.forge.api(Some(asks)).send("POST", &path, &ask));
        let path = format!("{path}/{council}");
        done(&self.forge.api(Some(admits)).send("PATCH", &path, &json!({ "status": status })));
    }

    #[track_caller]
    fn done(&self, method: &str, path: &str, body: &Value) {
        done(&self.api().send(method, path, body));
    }
}

/// What the API answered, where it did what it was asked.
///
/// # Panics
/// With the answer, where it did not.
#[track_caller]
pub fn done(answer: &Answer) -> &Value {
    assert!((200..300).contains(&answer.status), "{answer:#?}");
    &answer.body
}

/// So many days from today, as councils count them.
pub fn day(from_today: i32) -> Date {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    today.saturating_add(from_today.days())
}

/// A call like those of the example world: its rule is by population, its target 48,000 euros.
pub fn call(title: &str, deadline: Date) -> Value {
    json!({
        "title": title,
        "need": "Une facturation qui tienne ses **comptes**.",
        "target": "48000.00",
        "rule": { "kind": "population" },
        "deadline": deadline.to_string(),
        "profile": "generic",
    })
}

/// The body of a pledge up to a ceiling, resting on an act of today.
pub fn pledge(council: &str, ceiling: &str) -> Value {
    json!({
        "council": council,
        "ceiling": ceiling,
        "evidence": { "kind": "deliberation", "number": "2026-101", "date": day(-1).to_string() },
    })
}

/// The body that lets somebody commit their council up to an amount, for a year.
pub fn new_mandate(login: &str, amount_max: &str) -> Value {
    json!({
        "person": login,
        "max_amount": amount_max,
        "act_ref": "DEL-2026-001",
        "valid_until": day(360).to_string(),
    })
}

fn token(forge: &Forge, login: &str, scope: &str) -> String {
    let whose = ["--user", login, "--name", scope, "--scope", scope];
    let words = [&["admin", "token", "create", "--days", "365"][..], &whose].concat();
    forge.command(&words).ok().trim().to_owned()
}
