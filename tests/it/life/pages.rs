//! People at the pages.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use forge_tests::{
    Browser,
    town::{Town, day},
};

use super::{COUNCILS, DEADLINE, Door, Stage};

/// Everybody's browser, and the day they signed in on: a session does not last until the next.
#[derive(Default)]
pub struct ByPage(RefCell<HashMap<String, (i32, Rc<Browser>)>>);

impl ByPage {
    fn browser(&self, stage: &Stage, who: &str) -> Rc<Browser> {
        let today = stage.day.get();
        let mut known = self.0.borrow_mut();
        if let Some((_, browser)) = known.get(who).filter(|(since, _)| *since == today) {
            return Rc::clone(browser);
        }
        let browser = Rc::new(Town::known(&stage.forge).signed_in(who));
        known.insert(who.to_owned(), (today, Rc::clone(&browser)));
        browser
    }

    /// Opens a page, fills in its form that goes to `action`, and sends it.
    #[track_caller]
    fn fill(
        &self,
        stage: &Stage,
        who: &str,
        (page, action): (&str, &str),
        fields: &[(&str, &str)],
    ) -> String {
        let browser = self.browser(stage, who);
        let form = browser.get(page).form(&format!("form[action='{action}']"));
        let form = fields.iter().fold(form, |form, (name, value)| form.fill(name, value));
        let page = browser.submit(&form);
        assert_eq!(page.status(), 200, "{action}: {:?}", page.texts(".error"));
        page.address().to_owned()
    }

    /// A form below the page of the call.
    #[track_caller]
    fn on_call(&self, stage: &Stage, who: &str, below: &str, fields: &[(&str, &str)]) {
        let path = format!("/enfance/-/calls/{}{below}", stage.call());
        self.fill(stage, who, (&path, &path), fields);
    }

    /// Opens the form of an act on the money, fills it in and sends it.
    #[track_caller]
    fn money(&self, stage: &Stage, who: &str, act: &str, fields: &[(&str, &str)]) {
        let path = format!("/enfance/-/calls/{}/funds/act/{act}", stage.call());
        let name = path.split('?').next().unwrap().to_owned();
        self.fill(stage, who, (&path, &name), fields);
    }

    /// A button beside days of work.
    #[track_caller]
    fn judge(&self, stage: &Stage, work: &str, act: &str) {
        let page = format!("/enfance/-/calls/{}/in-kind", stage.call());
        self.fill(stage, "aubervac-lead", (&page, &format!("{page}/{work}/{act}")), &[]);
    }

    /// A form on the page of the milestone.
    #[track_caller]
    fn milestone(&self, stage: &Stage, who: &str, act: &str, fields: &[(&str, &str)]) {
        let page = format!("/enfance/-/calls/{}/milestones/1", stage.call());
        self.fill(stage, who, (&page, &format!("{page}/{act}")), fields);
    }
}

impl Door for ByPage {
    fn found(&self, stage: &Stage) {
        let space = [
            ("title", "Enfance"),
            ("slug", "enfance"),
            ("purpose", "Des logiciels pour l’enfance."),
            ("lead", "aubervac"),
        ];
        self.fill(stage, "aubervac-lead", ("/spaces/new", "/spaces"), &space);
    }

    fn propose(&self, stage: &Stage, (text, machine): (&str, &str)) {
        let page = ("/enfance/-/charter/propose", "/enfance/-/charter");
        self.fill(stage, "aubervac-lead", page, &[("text", text), ("machine", machine)]);
    }

    fn ballot(&self, stage: &Stage, who: &str, (vote, _): (&str, &str)) {
        let page = format!("/enfance/-/decisions/{vote}");
        self.fill(stage, who, (&page, &page), &[("choice", "yes")]);
    }

    fn join(&self, stage: &Stage, council: &str) {
        let page = "/enfance/-/members";
        let ask = [("council", council), ("status", "contributor")];
        self.fill(stage, &format!("{council}-lead"), (page, page), &ask);
    }

    fn admit(&self, stage: &Stage, council: &str) {
        let browser = self.browser(stage, "aubervac-lead");
        let page = browser.get("/enfance/-/members");
        let row = format!("form[action='/enfance/-/members/{council}']");
        let button = format!("{row}:has(input[name='status'][value='contributor'])");
        let page = browser.submit(&page.form(&button));
        assert_eq!(page.status(), 200, "{:?}", page.texts(".error"));
    }

    fn module(&self, stage: &Stage) {
        let page = "/enfance/-/modules/new";
        self.fill(stage, "aubervac-lead", (page, page), &[("slug", "permis")]);
    }

    fn draft(&self, stage: &Stage) -> String {
        let page = "/enfance/-/calls/new";
        let deadline = day(DEADLINE - 1).to_string();
        let call = [
            ("title", "Permis en ligne"),
            ("need", "Suivre son permis."),
            ("lang", "fr"),
            ("profile", "generic"),
            ("modules", "enfance/permis"),
            ("basis", "gross"),
            ("vat_bp", "20"),
            ("target", "87 856,08"),
            ("minimum", "87 856,08"),
            ("milestone_title_1", "Permis"),
            ("milestone_amount_1", "87 856,08"),
            ("grant_label_1", "State"),
            ("grant_amount_1", "25 000,00"),
            ("rule", "population"),
            ("low_ceilings", "yes"),
            ("deadline", &deadline),
        ];
        let address = self.fill(stage, "aubervac-lead", (page, page), &call);
        let path = address.split('?').next().unwrap();
        path.rsplit('/').next().unwrap().to_owned()
    }

    fn foresee(&self, stage: &Stage) -> String {
        let browser = self.browser(stage, "aubervac-lead");
        let page = browser.get(&format!("/enfance/-/calls/{}", stage.call()));
        let form = COUNCILS
            .iter()
            .fold(page.form("form[data-live]"), |form, (council, ..)| form.fill("with", council));
        let page = browser.submit(&form);
        let shown = page.text("#simulated");
        assert!(shown.contains("€3,295.09"), "{shown}");
        "3295.09".to_owned()
    }

    fn publish(&self, stage: &Stage) {
        self.on_call(stage, "aubervac-lead", "/publish", &[]);
    }

    fn commit(&self, stage: &Stage, council: &str, ceiling: &str) {
        let browser = self.browser(stage, &format!("{council}-sig"));
        let call = format!("/enfance/-/calls/{}/commit", stage.call());
        let ceiling = ceiling.replace('.', ",");
        let page = browser.get(&format!("{call}/check?council={council}&ceiling={ceiling}"));
        let today = stage.today().to_string();
        let act = [("kind", "deliberation"), ("number", "2026-101"), ("date", &today)];
        let form = page.form(&format!("form[action='{call}']")).fill("sure", "yes");
        let form = act.iter().fold(form, |form, (name, value)| form.fill(name, value));
        let form = form.attach("file", "deliberation.pdf", b"%PDF-1.4\n");
        let page = browser.submit(&form);
        assert_eq!(page.status(), 200, "{:?}", page.texts(".error"));
    }

    fn check(&self, stage: &Stage, council: &str) {
        let browser = self.browser(stage, &format!("{council}-finance"));
        let pledge = stage.pledge(council);
        let page = browser.get(&format!("/enfance/-/calls/{}/pledges/{pledge}", stage.call()));
        let page = browser.submit(&page.form("form[action$='/check']"));
        assert_eq!(page.status(), 200, "{:?}", page.texts(".error"));
    }

    fn secure(&self, stage: &Stage) {
        let today = stage.today().to_string();
        let award = [("awarded_on", today.as_str()), ("act_ref", "Arrêté 27-113")];
        self.money(stage, "aubervac-finance", "secure?on=1", &award);
    }

    fn contract(&self, stage: &Stage) {
        let today = stage.today().to_string();
        let contract = [
            ("ref", "M-2027-4"),
            ("supplier", "opensoft"),
            ("amount", "87 856,08"),
            ("signed_on", today.as_str()),
        ];
        self.on_call(stage, "aubervac-lead", "/contract", &contract);
    }

    fn offer_work(&self, stage: &Stage, council: &str) {
        let days =
            [("council", council), ("milestone", "1"), ("days", "2,0"), ("task", "Relecture")];
        self.on_call(stage, &format!("{council}-lead"), "/in-kind", &days);
    }

    fn agree_work(&self, stage: &Stage, work: &str) {
        self.judge(stage, work, "agree");
    }

    fn give_work(&self, stage: &Stage, work: &str) {
        self.judge(stage, work, "deliver");
    }

    fn deliver(&self, stage: &Stage, tag: &str) {
        let delivery = [("tag", tag), ("notes", "Tout y est.")];
        self.milestone(stage, "aubervac-dev", "deliver", &delivery);
    }

    fn accept(&self, stage: &Stage) {
        self.milestone(stage, "aubervac-lead", "accept", &[]);
    }

    fn call(&self, stage: &Stage) -> String {
        self.money(stage, "aubervac-finance", "draft", &[("milestone", "M1")]);
        let fc = stage.newest("funds-calls");
        self.money(stage, "aubervac-finance", &format!("issue?on={fc}"), &[]);
        fc
    }

    fn declare(&self, stage: &Stage, (fc, council, gross): (&str, &str, &str)) {
        let (gross, today) = (gross.replace('.', ","), stage.today().to_string());
        let paid =
            [("amount", gross.as_str()), ("value_date", &today), ("payment_order_no", "M-9")];
        let act = format!("declare?on={fc}&council={council}");
        self.money(stage, &format!("{council}-finance"), &act, &paid);
    }

    fn acknowledge(&self, stage: &Stage, payment: &str) {
        self.money(stage, "aubervac-lead", &format!("acknowledge?on={payment}"), &[]);
    }

    fn receive(&self, stage: &Stage) {
        let today = stage.today().to_string();
        self.money(stage, "aubervac-finance", "grant?on=1", &[("value_date", &today)]);
    }

    fn invoice(&self, stage: &Stage) {
        let today = stage.today().to_string();
        let invoice = [
            ("milestone", "M1"),
            ("supplier", "opensoft"),
            ("number", "F-31"),
            ("date", today.as_str()),
            ("net", "72 213,40"),
        ];
        self.money(stage, "aubervac-finance", "invoice", &invoice);
    }

    fn approve(&self, stage: &Stage, who: &str, invoice: &str) {
        self.money(stage, who, &format!("approve?on={invoice}"), &[]);
    }

    fn pay(&self, stage: &Stage, invoice: &str) {
        let today = stage.today().to_string();
        let act = format!("pay?on={invoice}");
        self.money(stage, "aubervac-finance", &act, &[("value_date", &today)]);
    }

    fn plan(&self, stage: &Stage) {
        self.money(stage, "aubervac-finance", "plan", &[]);
    }

    fn refund(&self, stage: &Stage, refund: &str) {
        let today = stage.today().to_string();
        let act = format!("refund?on={refund}");
        self.money(stage, "aubervac-lead", &act, &[("value_date", &today)]);
    }

    fn sign(&self, stage: &Stage, who: &str) {
        self.money(stage, who, "sign", &[("lessons", "Commencer plus tôt.")]);
    }
}
