//! Programs.

use forge_tests::town::{day, done, pledge};
use serde_json::{Value, json};

use super::{COUNCILS, DEADLINE, Door, Stage};

pub struct ByApi;

impl ByApi {
    #[track_caller]
    fn send(stage: &Stage, who: &str, (method, path): (&str, &str), body: &Value) -> Value {
        let api = stage.forge.api(Some(stage.token(who)));
        done(&api.send(method, &format!("/api/v1/{path}"), body)).clone()
    }

    #[track_caller]
    fn post(stage: &Stage, who: &str, path: &str, body: &Value) -> Value {
        Self::send(stage, who, ("POST", path), body)
    }

    /// An act of the lead on the call.
    #[track_caller]
    fn lead(stage: &Stage, path: &str, body: &Value) -> Value {
        Self::post(stage, "aubervac-lead", &format!("calls/{}/{path}", stage.call()), body)
    }

    /// An act of the finance officer on the call.
    #[track_caller]
    fn finance(stage: &Stage, path: &str, body: &Value) -> Value {
        Self::post(stage, "aubervac-finance", &format!("calls/{}/{path}", stage.call()), body)
    }
}

impl Door for ByApi {
    fn found(&self, stage: &Stage) {
        let new =
            json!({ "slug": "enfance", "title": "Enfance", "lead": "aubervac", "lang": "fr" });
        Self::post(stage, "aubervac-lead", "spaces", &new);
    }

    fn propose(&self, stage: &Stage, (text, machine): (&str, &str)) {
        let new = json!({ "text": text, "machine": machine });
        Self::post(stage, "aubervac-lead", "spaces/enfance/charter", &new);
    }

    fn ballot(&self, stage: &Stage, who: &str, (vote, council): (&str, &str)) {
        let path = format!("votes/{vote}/ballots/{council}");
        Self::send(stage, who, ("PUT", &path), &json!({ "choice": "yes" }));
    }

    fn join(&self, stage: &Stage, council: &str) {
        let ask = json!({ "council": council, "status": "contributor" });
        Self::post(stage, &format!("{council}-lead"), "spaces/enfance/members", &ask);
    }

    fn admit(&self, stage: &Stage, council: &str) {
        let path = format!("spaces/enfance/members/{council}");
        let body = json!({ "status": "contributor" });
        Self::send(stage, "aubervac-lead", ("PATCH", &path), &body);
    }

    fn module(&self, stage: &Stage) {
        Self::post(stage, "aubervac-lead", "orgs/enfance/repos", &json!({ "name": "permis" }));
    }

    fn draft(&self, stage: &Stage) -> String {
        let new = json!({
            "title": "Permis en ligne",
            "need": "Suivre son permis.",
            "target": "87856.08",
            "minimum": "87856.08",
            "basis": "gross",
            "vat_bp": 2000,
            "low_ceilings": true,
            "rule": { "kind": "population" },
            "modules": ["enfance/permis"],
            "subsidies": [{ "label": "State", "amount": "25000.00" }],
            "milestones": [{ "title": "Permis", "amount": "87856.08" }],
            "deadline": day(DEADLINE - 1).to_string(),
        });
        let draft = Self::post(stage, "aubervac-lead", "spaces/enfance/calls", &new);
        draft["ref"].as_str().unwrap().to_owned()
    }

    fn foresee(&self, stage: &Stage) -> String {
        let add: Vec<String> =
            COUNCILS.iter().map(|(council, ..)| format!("add={council}")).collect();
        let path = format!("calls/{}/simulate?{}", stage.call(), add.join("&"));
        let api = stage.forge.api(Some(stage.token("aubervac-lead")));
        let told = api.get(&format!("/api/v1/{path}"));
        let rows = done(&told)["councils"].as_array().unwrap();
        let own = rows.iter().find(|row| row["council"] == "belrive").unwrap();
        own["then"].as_str().unwrap().to_owned()
    }

    fn publish(&self, stage: &Stage) {
        Self::lead(stage, "publish", &json!({}));
    }

    fn commit(&self, stage: &Stage, council: &str, ceiling: &str) {
        let mut body = pledge(council, ceiling);
        // “%PDF-1.4” and a line.
        let file = json!({ "name": "deliberation.pdf", "content": "JVBERi0xLjQK" });
        body["evidence"]["date"] = json!(stage.today().to_string());
        body["evidence"]["file"] = file;
        let path = format!("calls/{}/pledges", stage.call());
        Self::post(stage, &format!("{council}-sig"), &path, &body);
    }

    fn check(&self, stage: &Stage, council: &str) {
        let who = format!("{council}-finance");
        let api = stage.forge.api(Some(stage.token(&who)));
        let acts = api.get(&format!("/api/v1/pledges/{}/evidence", stage.pledge(council)));
        let act = done(&acts)[0]["id"].as_str().unwrap().to_owned();
        let checked = Self::post(stage, &who, &format!("evidence/{act}/check"), &json!({}));
        assert!(checked["checked_at"].is_string(), "{checked}");
    }

    fn secure(&self, stage: &Stage) {
        let award = json!({ "awarded_on": stage.today().to_string(), "act_ref": "Arrêté 27-113" });
        Self::finance(stage, "grants/1", &award);
    }

    fn contract(&self, stage: &Stage) {
        let contract = json!({
            "ref": "M-2027-4", "supplier": "opensoft", "amount": "87856.08",
            "signed_on": stage.today().to_string(),
        });
        Self::lead(stage, "contract", &contract);
    }

    fn offer_work(&self, stage: &Stage, council: &str) {
        let offer = json!({
            "council": council, "milestone": 1, "days": "2", "task": "Relecture"
        });
        let path = format!("calls/{}/in-kind", stage.call());
        Self::post(stage, &format!("{council}-lead"), &path, &offer);
    }

    fn agree_work(&self, stage: &Stage, work: &str) {
        Self::lead(stage, &format!("in-kind/{work}/agree"), &json!({}));
    }

    fn give_work(&self, stage: &Stage, work: &str) {
        Self::lead(stage, &format!("in-kind/{work}/deliver"), &json!({}));
    }

    fn deliver(&self, stage: &Stage, tag: &str) {
        let path = format!("calls/{}/milestones/1/deliver", stage.call());
        let delivery = json!({ "tag": tag, "notes": "Tout y est." });
        Self::post(stage, "aubervac-dev", &path, &delivery);
    }

    fn accept(&self, stage: &Stage) {
        Self::lead(stage, "milestones/1/accept", &json!({}));
    }

    fn call(&self, stage: &Stage) -> String {
        let draft = Self::finance(stage, "funds-calls", &json!({ "milestone": "M1" }));
        let fc = draft["ref"].as_str().unwrap().to_owned();
        Self::post(stage, "aubervac-finance", &format!("funds-calls/{fc}/issue"), &json!({}));
        fc
    }

    fn declare(&self, stage: &Stage, (fc, council, gross): (&str, &str, &str)) {
        let body = json!({
            "council": council, "side": "payer", "amount": gross,
            "value_date": stage.today().to_string(), "payment_order_no": "M-9",
        });
        let who = format!("{council}-finance");
        Self::post(stage, &who, &format!("funds-calls/{fc}/payments"), &body);
    }

    fn acknowledge(&self, stage: &Stage, payment: &str) {
        let path = format!("payments/{payment}/acknowledge");
        Self::post(stage, "aubervac-lead", &path, &json!({}));
    }

    fn receive(&self, stage: &Stage) {
        let receipt = json!({ "value_date": stage.today().to_string() });
        Self::finance(stage, "grants/1/receipts", &receipt);
    }

    fn invoice(&self, stage: &Stage) {
        let body = json!({
            "milestone": "M1", "supplier": "opensoft", "number": "F-31",
            "date": stage.today().to_string(), "net": "72213.40",
        });
        Self::finance(stage, "invoices", &body);
    }

    fn approve(&self, stage: &Stage, who: &str, invoice: &str) {
        Self::post(stage, who, &format!("invoices/{invoice}/approve"), &json!({}));
    }

    fn pay(&self, stage: &Stage, invoice: &str) {
        let path = format!("invoices/{invoice}/payments");
        let sent = json!({ "value_date": stage.today().to_string() });
        Self::post(stage, "aubervac-finance", &path, &sent);
    }

    fn plan(&self, stage: &Stage) {
        Self::finance(stage, "refunds", &json!({}));
    }

    fn refund(&self, stage: &Stage, refund: &str) {
        let sent = json!({ "value_date": stage.today().to_string() });
        Self::post(stage, "aubervac-lead", &format!("refunds/{refund}/send"), &sent);
    }

    fn sign(&self, stage: &Stage, who: &str) {
        let path = format!("calls/{}/closing", stage.call());
        Self::post(stage, who, &path, &json!({ "lessons": "Commencer plus tôt." }));
    }
}
