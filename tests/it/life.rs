//! Example E19 played on real servers through each door: pages, commands and the API. The money of
//! a call is the same ledger whichever way people came, down to the last cent.

use forge_tests::{
    Browser, Engine, Forge, Terminal,
    engine::block_on,
    on_both,
    town::{Town, day, done, pledge},
};
use serde_json::{Value, json};

const COUNCILS: [(&str, u32, &str, &str); 3] = [
    ("aubervac", 12_345, "13000", "12672.22"),
    ("belrive", 3_210, "4000", "3295.09"),
    ("corbelle", 45_678, "47000", "46888.77"),
];

/// A confirmed call whose one milestone is accepted, and the people who carry its money.
struct Stage {
    forge: Forge,
    call: String,
    tokens: Vec<(String, String)>,
}

impl Stage {
    fn set(engine: Engine) -> Self {
        let forge = Forge::start(engine);
        let mut tokens = Vec::new();
        let call = {
            let town = Town::found(&forge);
            for (council, population, ..) in COUNCILS {
                town.council(council, population);
                for role in ["lead", "finance"] {
                    let login = format!("{council}-{role}");
                    tokens.push((login.clone(), town.member(&login, council, role)));
                }
                let login = format!("{council}-sig");
                tokens.push((login.clone(), town.signatory(&login, council, "50000")));
            }
            let token = |login: &str| token_of(&tokens, login);
            town.space("enfance", "aubervac", token("aubervac-lead"));
            for council in ["belrive", "corbelle"] {
                let asks = format!("{council}-lead");
                let leads = (token(&asks), token("aubervac-lead"));
                town.join("enfance", council, "contributor", leads);
            }
            confirmed(&forge, &tokens)
        };
        let stage = Self { forge, call, tokens };
        stage.becomes("executing");
        stage
    }

    fn token(&self, login: &str) -> &str {
        token_of(&self.tokens, login)
    }

    /// Contract, delivery and acceptance have tests of their own: here they are only said to be.
    fn becomes(&self, state: &str) {
        let call = format!("update call set state = '{state}' where ref = '{}'", self.call);
        let work = "update call_milestone set state = 'accepted'";
        block_on(async {
            self.forge.database().execute(&[&call, work]).await.unwrap();
        });
    }

    fn as_told(&self, path: &str) -> Value {
        let api = self.forge.api(Some(self.token("aubervac-finance")));
        done(&api.get(&format!("/api/v1/calls/{}/{path}", self.call))).clone()
    }

    /// The newest of a list, by its reference.
    fn newest(&self, list: &str) -> String {
        let told = self.as_told(list);
        told.as_array().unwrap().last().unwrap()["ref"].as_str().unwrap().to_owned()
    }

    /// Plays the money of E19 through a door, and holds its ledger against the published one.
    fn play(&self, door: &dyn Door) {
        let today = day(0).to_string();
        door.secure(self, "aubervac-finance", &today);
        let fc = door.call(self, "aubervac-finance");
        for (council, _, _, gross) in COUNCILS {
            door.declare(self, &format!("{council}-finance"), (&fc, council, gross), &today);
            door.acknowledge(self, "aubervac-lead", &self.newest("payments"));
        }
        door.receive(self, "aubervac-finance", &today);
        door.invoice(self, "aubervac-finance", &today);
        let invoice = self.newest("invoices");
        door.approve(self, "aubervac-finance", &invoice);
        door.approve(self, "aubervac-lead", &invoice);
        door.pay(self, "aubervac-finance", &invoice, &today);
        self.becomes("settling");
        door.plan(self, "aubervac-finance");
        for refund in self.as_told("refunds").as_array().unwrap() {
            door.refund(self, "aubervac-lead", refund["ref"].as_str().unwrap(), &today);
        }
        door.sign(self, "aubervac-lead");
        door.sign(self, "aubervac-finance");
        assert_eq!(self.journal(), e19());
        let report = self.as_told("closing/report");
        assert_eq!(report["totals"]["difference"], "0.00");
        assert_eq!(report["accounts_not_at_zero"], json!([]));
        let verified = self.forge.api(None).get("/api/v1/spaces/enfance/ledger/verify");
        assert_eq!(done(&verified)["verified"], true, "{verified:?}");
    }

    /// The ledger without its ids and times.
    fn journal(&self) -> Vec<Value> {
        let entries = self.forge.api(None).get("/api/v1/spaces/enfance/ledger?limit=50");
        let told = |one: &Value| json!([one["entry"]["kind"], one["entry"]["postings"]]);
        done(&entries).as_array().unwrap().iter().map(told).collect()
    }
}

fn token_of<'a>(tokens: &'a [(String, String)], login: &str) -> &'a str {
    let found = tokens.iter().find(|(known, _)| known == login);
    &found.unwrap_or_else(|| panic!("nobody is {login}")).1
}

/// The call of example E5 in gross amounts, joined by three councils and confirmed.
fn confirmed(forge: &Forge, tokens: &[(String, String)]) -> String {
    let lead = forge.api(Some(token_of(tokens, "aubervac-lead")));
    let new = json!({
        "title": "Permis en ligne",
        "need": "Suivre son permis.",
        "target": "87856.08",
        "minimum": "87856.08",
        "basis": "gross",
        "vat_bp": 2000,
        "low_ceilings": true,
        "early_close": true,
        "rule": { "kind": "population" },
        "subsidies": [{ "label": "State", "amount": "25000.00" }],
        "milestones": [{ "title": "Permis", "amount": "87856.08" }],
        "deadline": day(40).to_string(),
        "profile": "generic",
    });
    let draft = lead.send("POST", "/api/v1/spaces/enfance/calls", &new);
    let call = done(&draft)["ref"].as_str().unwrap().to_owned();
    done(&lead.send("POST", &format!("/api/v1/calls/{call}/publish"), &json!({})));
    for (council, _, ceiling, _) in COUNCILS {
        let signs = forge.api(Some(token_of(tokens, &format!("{council}-sig"))));
        let path = format!("/api/v1/calls/{call}/pledges");
        done(&signs.send("POST", &path, &pledge(council, ceiling)));
    }
    done(&lead.send("POST", &format!("/api/v1/calls/{call}/confirm"), &json!({})));
    call
}

fn e19() -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("../vectors.json")).unwrap();
    vectors["E19"]["journal"].as_array().unwrap().clone()
}

/// One way in, for every act on the money of a call.
trait Door {
    fn secure(&self, stage: &Stage, who: &str, today: &str);
    fn call(&self, stage: &Stage, who: &str) -> String;
    fn declare(&self, stage: &Stage, who: &str, paid: (&str, &str, &str), today: &str);
    fn acknowledge(&self, stage: &Stage, who: &str, payment: &str);
    fn receive(&self, stage: &Stage, who: &str, today: &str);
    fn invoice(&self, stage: &Stage, who: &str, today: &str);
    fn approve(&self, stage: &Stage, who: &str, invoice: &str);
    fn pay(&self, stage: &Stage, who: &str, invoice: &str, today: &str);
    fn plan(&self, stage: &Stage, who: &str);
    fn refund(&self, stage: &Stage, who: &str, refund: &str, today: &str);
    fn sign(&self, stage: &Stage, who: &str);
}

/// Programs.
struct ByApi;

impl ByApi {
    #[track_caller]
    fn post(stage: &Stage, who: &str, path: &str, body: &Value) -> Value {
        let api = stage.forge.api(Some(stage.token(who)));
        done(&api.send("POST", &format!("/api/v1/{path}"), body)).clone()
    }
}

impl Door for ByApi {
    fn secure(&self, stage: &Stage, who: &str, today: &str) {
        let award = json!({ "awarded_on": today, "act_ref": "Arrêté 27-113" });
        Self::post(stage, who, &format!("calls/{}/grants/1", stage.call), &award);
    }

    fn call(&self, stage: &Stage, who: &str) -> String {
        let path = format!("calls/{}/funds-calls", stage.call);
        let draft = Self::post(stage, who, &path, &json!({ "milestone": "M1" }));
        let fc = draft["ref"].as_str().unwrap().to_owned();
        Self::post(stage, who, &format!("funds-calls/{fc}/issue"), &json!({}));
        fc
    }

    fn declare(
        &self,
        stage: &Stage,
        who: &str,
        (fc, council, gross): (&str, &str, &str),
        today: &str,
    ) {
        let body = json!({
            "council": council, "side": "payer", "amount": gross, "value_date": today,
            "payment_order_no": "M-9",
        });
        Self::post(stage, who, &format!("funds-calls/{fc}/payments"), &body);
    }

    fn acknowledge(&self, stage: &Stage, who: &str, payment: &str) {
        Self::post(stage, who, &format!("payments/{payment}/acknowledge"), &json!({}));
    }

    fn receive(&self, stage: &Stage, who: &str, today: &str) {
        let path = format!("calls/{}/grants/1/receipts", stage.call);
        Self::post(stage, who, &path, &json!({ "value_date": today }));
    }

    fn invoice(&self, stage: &Stage, who: &str, today: &str) {
        let body = json!({
            "milestone": "M1", "supplier": "opensoft", "number": "F-31", "date": today,
            "net": "72213.40",
        });
        Self::post(stage, who, &format!("calls/{}/invoices", stage.call), &body);
    }

    fn approve(&self, stage: &Stage, who: &str, invoice: &str) {
        Self::post(stage, who, &format!("invoices/{invoice}/approve"), &json!({}));
    }

    fn pay(&self, stage: &Stage, who: &str, invoice: &str, today: &str) {
        let path = format!("invoices/{invoice}/payments");
        Self::post(stage, who, &path, &json!({ "value_date": today }));
    }

    fn plan(&self, stage: &Stage, who: &str) {
        Self::post(stage, who, &format!("calls/{}/refunds", stage.call), &json!({}));
    }

    fn refund(&self, stage: &Stage, who: &str, refund: &str, today: &str) {
        Self::post(stage, who, &format!("refunds/{refund}/send"), &json!({ "value_date": today }));
    }

    fn sign(&self, stage: &Stage, who: &str) {
        let path = format!("calls/{}/closing", stage.call);
        Self::post(stage, who, &path, &json!({ "lessons": "Commencer plus tôt." }));
    }
}

/// People at their terminals.
struct ByCommand;

impl ByCommand {
    #[track_caller]
    fn said(stage: &Stage, who: &str, words: &str) -> Value {
        let terminal: Terminal = stage.forge.terminal().signed_in(stage.token(who));
        let words: Vec<&str> = words.split(' ').chain(["--json"]).collect();
        let ran = terminal.forge("", &words);
        ran.ok();
        ran.json()
    }
}

impl Door for ByCommand {
    fn secure(&self, stage: &Stage, who: &str, today: &str) {
        let words = format!("grant secure {} 1 --date {today} --act-ref A-27-113", stage.call);
        Self::said(stage, who, &words);
    }

    fn call(&self, stage: &Stage, who: &str) -> String {
        let told = Self::said(stage, who, &format!("funds call {} --milestone M1", stage.call));
        told["ref"].as_str().unwrap().to_owned()
    }

    fn declare(
        &self,
        stage: &Stage,
        who: &str,
        (fc, council, gross): (&str, &str, &str),
        today: &str,
    ) {
        let paid = format!("--council {council} --amount {gross} --date {today} --order M-9");
        Self::said(stage, who, &format!("funds record {fc} {paid} --side payer"));
    }

    fn acknowledge(&self, stage: &Stage, who: &str, payment: &str) {
        Self::said(stage, who, &format!("funds acknowledge {payment}"));
    }

    fn receive(&self, stage: &Stage, who: &str, today: &str) {
        Self::said(stage, who, &format!("grant receive {} 1 --date {today}", stage.call));
    }

    fn invoice(&self, stage: &Stage, who: &str, today: &str) {
        let words = format!("invoice record {} --milestone M1 --supplier opensoft", stage.call);
        Self::said(stage, who, &format!("{words} --number F-31 --date {today} --net 72213.40"));
    }

    fn approve(&self, stage: &Stage, who: &str, invoice: &str) {
        Self::said(stage, who, &format!("invoice approve {invoice}"));
    }

    fn pay(&self, stage: &Stage, who: &str, invoice: &str, today: &str) {
        Self::said(stage, who, &format!("invoice pay {invoice} --date {today}"));
    }

    fn plan(&self, stage: &Stage, who: &str) {
        Self::said(stage, who, &format!("refund plan {}", stage.call));
    }

    fn refund(&self, stage: &Stage, who: &str, refund: &str, today: &str) {
        Self::said(stage, who, &format!("refund record {refund} --date {today}"));
    }

    fn sign(&self, stage: &Stage, who: &str) {
        Self::said(stage, who, &format!("call close {}", stage.call));
    }
}

/// People at the pages, signed in once each.
struct ByPage(Vec<(String, Browser)>);

impl ByPage {
    fn new(stage: &Stage) -> Self {
        let town = Town::known(&stage.forge);
        let people = stage.tokens.iter().filter(|(login, _)| !login.ends_with("-sig"));
        Self(people.map(|(login, _)| (login.clone(), town.signed_in(login))).collect())
    }

    /// Opens the form of an act, fills it in and sends it.
    #[track_caller]
    fn fill(&self, stage: &Stage, who: &str, act: &str, fields: &[(&str, &str)]) {
        let (_, browser) = self.0.iter().find(|(login, _)| login == who).unwrap();
        let path = format!("/enfance/-/calls/{}/funds/act/{act}", stage.call);
        let name = path.split('?').next().unwrap().to_owned();
        let form = browser.get(&path).form(&format!("form[action='{name}']"));
        let form = fields.iter().fold(form, |form, (name, value)| form.fill(name, value));
        let page = browser.submit(&form);
        assert_eq!(page.status(), 200, "{act}: {:?}", page.texts(".error"));
    }
}

impl Door for ByPage {
    fn secure(&self, stage: &Stage, who: &str, today: &str) {
        let award = [("awarded_on", today), ("act_ref", "Arrêté 27-113")];
        self.fill(stage, who, "secure?on=1", &award);
    }

    fn call(&self, stage: &Stage, who: &str) -> String {
        self.fill(stage, who, "draft", &[("milestone", "M1")]);
        let fc = stage.newest("funds-calls");
        self.fill(stage, who, &format!("issue?on={fc}"), &[]);
        fc
    }

    fn declare(
        &self,
        stage: &Stage,
        who: &str,
        (fc, council, gross): (&str, &str, &str),
        today: &str,
    ) {
        let gross = gross.replace('.', ",");
        let paid = [("amount", gross.as_str()), ("value_date", today), ("payment_order_no", "M-9")];
        self.fill(stage, who, &format!("declare?on={fc}&council={council}"), &paid);
    }

    fn acknowledge(&self, stage: &Stage, who: &str, payment: &str) {
        self.fill(stage, who, &format!("acknowledge?on={payment}"), &[]);
    }

    fn receive(&self, stage: &Stage, who: &str, today: &str) {
        self.fill(stage, who, "grant?on=1", &[("value_date", today)]);
    }

    fn invoice(&self, stage: &Stage, who: &str, today: &str) {
        let invoice = [
            ("milestone", "M1"),
            ("supplier", "opensoft"),
            ("number", "F-31"),
            ("date", today),
            ("net", "72 213,40"),
        ];
        self.fill(stage, who, "invoice", &invoice);
    }

    fn approve(&self, stage: &Stage, who: &str, invoice: &str) {
        self.fill(stage, who, &format!("approve?on={invoice}"), &[]);
    }

    fn pay(&self, stage: &Stage, who: &str, invoice: &str, today: &str) {
        self.fill(stage, who, &format!("pay?on={invoice}"), &[("value_date", today)]);
    }

    fn plan(&self, stage: &Stage, who: &str) {
        self.fill(stage, who, "plan", &[]);
    }

    fn refund(&self, stage: &Stage, who: &str, refund: &str, today: &str) {
        self.fill(stage, who, &format!("refund?on={refund}"), &[("value_date", today)]);
    }

    fn sign(&self, stage: &Stage, who: &str) {
        self.fill(stage, who, "sign", &[("lessons", "Commencer plus tôt.")]);
    }
}

on_both! {
    fn e19_by_the_api(engine) {
        Stage::set(engine).play(&ByApi);
    }

    fn e19_by_command(engine) {
        Stage::set(engine).play(&ByCommand);
    }

    /// And whoever comes by reads what the money became, in both languages, without an account.
    fn e19_by_page(engine) {
        let stage = Stage::set(engine);
        let pages = ByPage::new(&stage);
        stage.play(&pages);
        let anyone = stage.forge.browser();
        let call = format!("/enfance/-/calls/{}", stage.call);
        for language in ["fr", "en"] {
            let closing = anyone.get(&format!("{call}/closing?lang={language}"));
            assert!(closing.says("opensoft") || closing.says("EUPL-1.2"));
            let funds = anyone.get(&format!("{call}/funds?lang={language}"));
            assert!(funds.says("FC-"), "{}", funds.text("main"));
        }
        let fc = stage.newest("funds-calls");
        let statement = anyone.get(&format!("{call}/funds/{fc}/statement/belrive?lang=fr"));
        assert!(statement.says("3\u{202f}295,09\u{a0}€"), "{}", statement.text("main"));
        assert!(statement.says("3\u{202f}210 sur 61\u{202f}233"), "{}", statement.text("main"));
        let pack = anyone.get(&format!("{call}/pack/belrive?lang=fr"));
        assert!(pack.says("4\u{202f}000,00\u{a0}€ TTC"), "{}", pack.text("main"));
        let csv = anyone.get(&format!("/api/v1/funds-calls/{fc}/statement.csv?council=belrive"));
        let text = String::from_utf8_lossy(csv.bytes()).into_owned();
        let amounts = "2527.48,767.61,3295.09,EUR";
        let row = format!(",belrive,,,Quote-part jalon M1 {0},{amounts},{0},M1,", stage.call);
        assert!(text.contains(&row), "{text}");
        // Bank references are for auditors and the two sides.
        assert!(!anyone.get(&format!("{call}/funds")).says("Référence bancaire"));
    }
}
