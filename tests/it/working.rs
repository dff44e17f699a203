//! Example E12 on a real server: two councils give days of their agents' work instead of money, and
//! the page, the API, the command line and whoever computes again say the same to the cent.

use std::time::{Duration, Instant};

use forge_tests::{
    Api, Browser, Engine, Forge, Terminal, Town, on_both,
    town::{self, day, done},
};
use serde_json::{Value, json};

/// The councils of E12, each with its lead and its signatory.
const COUNCILS: [&str; 5] = ["aubervac", "belrive", "corbelle", "dormont", "esterey"];
/// The charter is adopted after thirty days; the call ends after sixty.
const CHARTER_VOTED: i32 = 31;
const DEADLINE: i32 = 60;

const TERMS: &str = "\n[in_kind]\nday_rate = 45000\ncurrency = \"EUR\"\nmax_share_bp = 5000\n";

/// An open call for 40 000.00 in equal shares, in a space that takes days at 450.00.
struct Hall {
    forge: Forge,
    tokens: Vec<String>,
    call: String,
}

impl Hall {
    fn open(engine: Engine) -> Self {
        let forge = Forge::start(engine);
        let town = Town::found(&forge);
        let mut tokens = Vec::new();
        for council in COUNCILS {
            town.council(council, 1000);
            let lead = town.member(&format!("{council}-lead"), council, "lead");
            town.role(&format!("{council}-lead"), council, "developer");
            let login = format!("{council}-sig");
            tokens.extend([lead, town.signatory(&login, council, "12000")]);
        }
        town.space("enfance", "aubervac", &tokens[0]);
        let mut hall = Self { forge, tokens, call: String::new() };
        hall.adopt();
        for council in &COUNCILS[1..] {
            let own = hall.token(council, "lead").to_owned();
            let town = Town::known(&hall.forge);
            town.join("enfance", council, "contributor", (&own, hall.token("aubervac", "lead")));
        }
        let mut new = town::call("La reprise des données", day(DEADLINE - 1));
        new["target"] = json!("40000.00");
        new["minimum"] = json!("40000.00");
        new["rule"] = json!({ "kind": "equal" });
        new["low_ceilings"] = json!(true);
        new["milestones"] = json!([{ "title": "La reprise", "amount": "40000.00" }]);
        let lead = hall.api("aubervac", "lead");
        let draft = lead.send("POST", "/api/v1/spaces/enfance/calls", &new);
        hall.call = done(&draft)["ref"].as_str().unwrap().to_owned();
        done(&lead.send("POST", &hall.path("publish"), &json!({})));
        hall
    }

    /// The members adopt a charter that says what a day is worth.
    fn adopt(&self) {
        let lead = self.api("aubervac", "lead");
        let told = lead.get("/api/v1/spaces/enfance/charter").body;
        let machine = told["machine"].as_str().unwrap().replacen("version = 1", "version = 2", 1);
        let new = json!({ "text": told["text"], "machine": machine + TERMS });
        let vote = lead.send("POST", "/api/v1/spaces/enfance/charter", &new);
        let vote = done(&vote)["reference"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/votes/{vote}/ballots/aubervac");
        done(&self.api("aubervac", "sig").send("PUT", &path, &json!({ "choice": "yes" })));
        self.wakes_on(CHARTER_VOTED);
        eventually("the charter is in force", || {
            let told = lead.get("/api/v1/spaces/enfance/charter").body;
            told["machine"].as_str().unwrap().contains("in_kind")
        });
    }

    fn wakes_on(&self, on: i32) {
        self.forge.set_clock(&format!("{}T12:00:00Z", day(on)));
    }

    fn token(&self, council: &str, role: &str) -> &str {
        let at = COUNCILS.iter().position(|known| *known == council).unwrap();
        &self.tokens[2 * at + usize::from(role == "sig")]
    }

    fn api(&self, council: &str, role: &str) -> Api {
        self.forge.api(Some(self.token(council, role)))
    }

    fn terminal(&self, council: &str) -> Terminal {
        self.forge.terminal().signed_in(self.token(council, "lead"))
    }

    fn path(&self, below: &str) -> String {
        format!("/api/v1/calls/{}/{below}", self.call)
    }

    fn page(&self, below: &str) -> String {
        format!("/enfance/-/calls/{}{below}", self.call)
    }

    /// Sends the form of a page below the call.
    #[track_caller]
    fn fill(&self, browser: &Browser, action: &str, fields: &[(&str, &str)]) {
        let action = self.page(action);
        let form = browser.get(&self.page("/in-kind")).form(&format!("form[action='{action}']"));
        let form = fields.iter().fold(form, |form, (name, value)| form.fill(name, value));
        let page = browser.submit(&form);
        assert_eq!(page.status(), 200, "{:?}", page.texts(".error"));
    }

    fn commits(&self) {
        for council in COUNCILS {
            let pledge = town::pledge(council, "12000.00");
            done(&self.api(council, "sig").send("POST", &self.path("pledges"), &pledge));
        }
    }

    /// What each council would pay, or pays.
    fn shares(&self) -> Vec<(String, i64)> {
        let told = self.forge.api(None).get(&format!("/api/v1/calls/{}", self.call)).body;
        let one =
            |share: &Value| (share["council"].as_str().unwrap().to_owned(), minor(&share["share"]));
        let mut shares: Vec<_> = told["shares"].as_array().unwrap().iter().map(one).collect();
        shares.sort();
        shares
    }

    /// The line of a council on the page of the call, as anyone reads it in English.
    fn row(&self, council: &str) -> String {
        let page = self.forge.browser().get(&format!("{}?lang=en", self.page("")));
        let rows = page.texts("section[aria-labelledby='shares'] tbody tr");
        let row = rows.into_iter().find(|row| row.contains(council));
        row.unwrap_or_else(|| panic!("{council} has no share: {}", page.text("main")))
    }
}

fn minor(amount: &Value) -> i64 {
    amount.as_str().unwrap_or_else(|| panic!("{amount}")).replace('.', "").parse().unwrap()
}

fn e12(part: &str) -> Vec<(String, i64)> {
    let vectors: Value = serde_json::from_str(include_str!("../vectors.json")).unwrap();
    let one = |(council, amount): (&String, &Value)| (council.clone(), amount.as_i64().unwrap());
    vectors["E12"][part].as_object().unwrap().iter().map(one).collect()
}

#[track_caller]
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < patience, "not in a minute: {what}");
    }
}

on_both! {
    /// Corbelle offers by the page, Dormont by command; the lead agrees by page and by API.
    fn e12_through_every_door(engine) {
        let hall = Hall::open(engine);
        let town = Town::known(&hall.forge);
        let (lead, corbelle) = (town.signed_in("aubervac-lead"), town.signed_in("corbelle-lead"));
        hall.commits();
        let days =
            [("council", "corbelle"), ("milestone", "1"), ("days", "12"), ("task", "Relecture")];
        hall.fill(&corbelle, "/in-kind", &days);
        let offer = format!("call work offer {} M1 --council dormont --days 30", hall.call);
        let words: Vec<&str> = offer.split(' ').chain(["--task", "La reprise"]).collect();
        let offered = hall.terminal("dormont").forge("", &words);
        assert!(offered.ok().contains("€13,500.00"), "{offered:?}");

        // What is only offered is for the space, and waits on the desk of the lead.
        let anyone = hall.forge.api(None);
        assert_eq!(anyone.get(&hall.path("in-kind")).body, json!([]));
        let listed = hall.api("aubervac", "lead").get(&hall.path("in-kind")).body;
        let name = |at: usize| listed[at]["ref"].as_str().unwrap().to_owned();
        let (first, second) = (name(0), name(1));
        assert!(lead.get("/-/dashboard?lang=fr").says("Répondre à une proposition de jours"));
        hall.fill(&lead, &format!("/in-kind/{first}/agree"), &[]);
        let path = hall.path(&format!("in-kind/{second}/agree"));
        done(&hall.api("aubervac", "lead").send("POST", &path, &json!({})));
        assert!(!lead.get("/-/dashboard?lang=fr").says("Répondre à une proposition de jours"));

        assert_eq!(hall.shares(), e12("cash_shares"));
        let row = hall.row("corbelle");
        for words in ["€11,350.00", "€5,400.00", "days: 12", "€5,950.00"] {
            assert!(row.contains(words), "{words}: {row}");
        }
        let row = hall.row("dormont");
        for words in ["€11,780.00", "€13,500.00", "days: 30", "a gift of €1,720.00", "€0.00"] {
            assert!(row.contains(words), "{words}: {row}");
        }
        everyone_computes_the_same(&hall);

        hall.wakes_on(DEADLINE);
        eventually("the call is confirmed", || {
            anyone.get(&format!("/api/v1/calls/{}", hall.call)).body["state"] == "confirmed"
        });
        assert_eq!(hall.shares(), e12("cash_shares"));
        everyone_computes_the_same(&hall);
        let path = hall.path(&format!("in-kind/{second}/withdraw"));
        let kept = hall.api("dormont", "lead").send("POST", &path, &json!({}));
        assert_eq!((kept.status, &kept.body["code"]), (409, &json!("work_counted")));
        let given = format!("call work deliver {} {first} --json", hall.call);
        let given = hall.terminal("aubervac").forge("", &given.split(' ').collect::<Vec<_>>());
        given.ok();
        assert_eq!(given.json()["state"], "delivered");
        let page = hall.forge.browser().get("/corbelle/-/funding?lang=en");
        assert!(page.says("€5,400.00") && page.says("Given"), "{}", page.text("main"));
        let ledger = hall.forge.api(None).get("/api/v1/spaces/enfance/ledger/verify").body;
        assert_eq!(ledger["verified"], true, "{ledger}");
    }

    /// What would be if a council gave days is told before it does, the same by every door.
    fn days_are_tried_out_before_they_are_given(engine) {
        let hall = Hall::open(engine);
        hall.commits();
        let path = hall.path("simulate?work=corbelle:12&work=dormont:30");
        let told = hall.forge.api(None).get(&path).body;
        let one = |row: &Value| (row["council"].as_str().unwrap().to_owned(), minor(&row["then"]));
        let then: Vec<_> = told["councils"].as_array().unwrap().iter().map(one).collect();
        assert_eq!(then, e12("cash_shares"));
        assert_eq!(told["councils"][3]["gift"], "1720.00");
        let words = format!("call simulate {} --work corbelle=12 --work dormont=30", hall.call);
        let said = hall.forge.terminal().forge("", &words.split(' ').collect::<Vec<_>>());
        assert!(said.ok().contains("a gift of €1,720.00"), "{said:?}");
        let all = COUNCILS.map(|council| format!("with={council}")).join("&");
        let query = format!("simulate=yes&{all}&council=corbelle&days=12&lang=en");
        let page = hall.forge.browser().get(&format!("{}?{query}", hall.page("")));
        let table = page.text("#simulated");
        // 45 400.00 by five is 9 080.00, of which 5 400.00 is work.
        for words in ["€3,680.00", "€9,080.00", "€5,400.00 of work"] {
            assert!(table.contains(words), "{words}: {table}");
        }
    }

    /// Each refusal says by which door it comes why, and what would do instead.
    fn refusals_are_told_where_they_are_met(engine) {
        let hall = Hall::open(engine);
        let town = Town::known(&hall.forge);
        let corbelle = town.signed_in("corbelle-lead");
        let page = hall.page("/in-kind");
        let form = corbelle.get(&page).form(&format!("form[action='{page}']"));
        let form = form.fill("council", "corbelle").fill("milestone", "1").fill("days", "1/2");
        let refused = corbelle.submit(&form.fill("task", "Relecture"));
        assert_eq!(refused.status(), 422);
        assert!(refused.text("#days-error").contains("12"), "{:?}", refused.texts(".error"));
        assert_eq!(refused.attributes("#task", "name"), ["task"]);

        // Half of the whole is as much work as money: 40 000.00.
        let offer = json!({ "council": "corbelle", "milestone": 1, "days": "89", "task": "Tout" });
        let work = hall.api("corbelle", "lead").send("POST", &hall.path("in-kind"), &offer);
        let work = done(&work)["ref"].as_str().unwrap().to_owned();
        let lead = town.signed_in("aubervac-lead");
        let agree = format!("{page}/{work}/agree");
        let form = lead.get(&page).form(&format!("form[action='{agree}']"));
        let much = lead.submit(&form);
        assert_eq!(much.status(), 422);
        assert!(much.says("€40,000.00"), "{:?}", much.texts(".error-summary, .error"));
        let refuse = format!("{page}/{work}/refuse");
        let silent = lead.submit(&lead.get(&page).form(&format!("form[action='{refuse}']")));
        assert_eq!(silent.status(), 422, "a refusal without a reason");
        let form = silent.form(&format!("form[action='{refuse}']")).fill("reason", "Trop long");
        assert_eq!(lead.submit(&form).status(), 200);
        assert!(corbelle.get(&page).says("Trop long"));
        let offer = hall.api("corbelle", "sig").send("POST", &hall.path("in-kind"), &offer);
        assert_eq!((offer.status, &offer.body["code"]), (403, &json!("role_missing")));
    }
}

/// The request of the shares as told, computed where no server is known; and the archive.
fn everyone_computes_the_same(hall: &Hall) {
    let request = hall.forge.api(None).get(&hall.path("share-request")).body;
    assert_eq!(request["councils"][2]["in_kind"], "5400.00", "{request}");
    let alone = Terminal::new();
    alone.write("request.json", &request.to_string());
    let told = alone.forge("", &["share", "compute", "--from", "request.json", "--json"]);
    told.ok();
    let told = told.json();
    let one = |(council, share): (&String, &Value)| (council.clone(), minor(share));
    let shares: Vec<_> = told["shares"].as_object().unwrap().iter().map(one).collect();
    assert_eq!(shares, e12("cash_shares"));
    assert_eq!(told["gifts"], json!({ "dormont": "1720.00" }));
    let online = hall.forge.terminal();
    online.forge("", &["export", "audit", &hall.call, "--to", "audit.json"]).ok();
    let archive = online.read("audit.json");
    alone.write("audit.json", &archive);
    alone.forge("", &["call", "verify", "--from", "audit.json"]).ok();
    alone.write(
        "forged.json",
        &archive.replace("\"in_kind\":\"5400.00\"", "\"in_kind\":\"5400.01\""),
    );
    alone.forge("", &["call", "verify", "--from", "forged.json"]).fails(6);
}
