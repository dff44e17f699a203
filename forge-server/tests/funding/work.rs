//! Days of work that councils give: example E12 from the first offer to the closing of the books,
//! what refuses to move, and what they spare a council that joins late.

use forge_api::{calls::NewCall, share, work::NewWork, work::Work};
use forge_domain::{money::Amount, work::WorkState};
use forge_server::{
    actions::work::{AgreeWork, DeliverWork, OfferWork, RefuseWork, WithdrawWork},
    error::Error,
    funding::{
        CallBook, Reader, audit,
        funds::{FundsBook, report},
    },
};
use forge_tests::{Engine, engine::block_on, on_both};
use serde_json::{Value, json};

use crate::{
    funds::Life,
    world::{World, code, equal_call},
};

/// What a day is worth in example E12; work may be half of the whole.
const CHARTER: &str =
    "version = 2\n[in_kind]\nday_rate = 45000\ncurrency = \"EUR\"\nmax_share_bp = 5000\n";

/// The vector of example E12.
fn e12() -> Value {
    let vectors: Value = serde_json::from_str(include_str!("../../../tests/vectors.json")).unwrap();
    vectors["E12"].clone()
}

/// The call of E12: 40 000.00 in money, by equal shares.
fn call() -> NewCall {
    NewCall {
        target: forge_api::Amount("40000.00".to_owned()),
        minimum: Some(forge_api::Amount("40000.00".to_owned())),
        milestones: serde_json::from_value(json!([{ "title": "Calcul", "amount": "40000" }]))
            .unwrap(),
        low_ceilings: true,
        ..equal_call()
    }
}

/// The amounts of a vector.
fn shares(of: &Value) -> Vec<(String, i64)> {
    let one = |(council, amount): (&String, &Value)| (council.clone(), amount.as_i64().unwrap());
    of.as_object().unwrap().iter().map(one).collect()
}

fn minors(of: &forge_domain::sharing::Shares) -> Vec<(String, i64)> {
    of.iter().map(|(council, amount)| (council.clone(), amount.minor())).collect()
}

impl Life {
    /// A published call in a space with this charter.
    async fn of_work(engine: Engine, charter: &str) -> Self {
        let world = World::found(engine).await;
        world.adopt(charter).await;
        let call = world.open_call(call()).await;
        Self { world, call }
    }

    async fn offer(&self, council: &str, days: &str) -> Result<String, Error> {
        self.offer_by(&format!("{council}-lead"), (council, 1, days)).await
    }

    async fn offer_by(
        &self,
        login: &str,
        (council, milestone, days): (&str, u32, &str),
    ) -> Result<String, Error> {
        let new = NewWork {
            council: council.to_owned(),
            milestone,
            days: days.to_owned(),
            task: "Reprise des données".to_owned(),
        };
        let told = self.act(login, OfferWork { call: self.call.clone(), new }).await;
        told.map(|work| work.reference)
    }

    async fn agree(&self, login: &str, work: &str) -> Result<Work, Error> {
        let action = AgreeWork { call: self.call.clone(), work: work.to_owned() };
        self.act(login, action).await
    }

    async fn agreed(&self, council: &str, days: &str) -> String {
        let work = self.offer(council, days).await.unwrap();
        self.agree("aubervac-lead", &work).await.unwrap();
        work
    }

    async fn withdraw(&self, login: &str, work: &str) -> Result<Work, Error> {
        let action = WithdrawWork { call: self.call.clone(), work: work.to_owned() };
        self.act(login, action).await
    }

    async fn given(&self, login: &str, work: &str) -> Result<Work, Error> {
        let action = DeliverWork { call: self.call.clone(), work: work.to_owned() };
        self.act(login, action).await
    }

    /// All five councils of E12, each up to 12 000.00.
    async fn all_commit(&self) {
        for council in ["aubervac", "belrive", "corbelle", "dormont", "esterey"] {
            self.world.commit(&self.call, council, "12000").await.unwrap();
        }
    }

    async fn work(&self, reference: &str) -> forge_store::work::Work {
        let book = self.book().await;
        book.work.into_iter().find(|work| work.reference == reference).unwrap()
    }
}

/// What the document of verification computes again.
async fn recomputed(life: &Life, book: &CallBook) -> (share::ShareOutcome, Vec<(String, String)>) {
    let told = audit::audit(&life.world.app, book).await.unwrap();
    let outcome = share::compute(&told.request).unwrap();
    let told = told.shares.into_iter().map(|(council, share)| (council, share.0)).collect();
    (outcome, told)
}

on_both! {
    /// Agreed before the confirmation, days lower what their council pays; agreed after it, they
    /// are recorded and lower nothing; agreed and not given, they are missing in the report.
    fn the_life_of_e12_ends_with_every_account_at_zero(engine) {
        block_on(async move {
            let life = Life::of_work(engine, CHARTER).await;
            let corbelle = life.agreed("corbelle", "12").await;
            let dormont = life.agreed("dormont", "30").await;
            assert_eq!(life.work(&corbelle).await.value, 540_000);
            assert_eq!(life.work(&dormont).await.value, 1_350_000);
            life.all_commit().await;
            let (cash, vector) = (shares(&e12()["cash_shares"]), e12());
            let now = life.book().await.shares_now().unwrap().unwrap();
            assert_eq!(minors(&now.shares), cash);
            let gift = vector["in_kind"]["dormont"].as_i64().unwrap()
                - vector["gross_shares"]["dormont"].as_i64().unwrap();
            assert_eq!(minors(&now.gifts), [("dormont".to_owned(), gift)]);
            life.decided().await;

            let book = life.book().await;
            assert_eq!(minors(&book.frozen().unwrap().unwrap()), cash);
            assert_eq!(minors(&book.frozen_gifts().unwrap()), [("dormont".to_owned(), gift)]);
            let counted = life.withdraw("dormont-lead", &dormont).await.unwrap_err();
            assert_eq!(code(&counted), "work_counted");
            let late = life.agreed("belrive", "2").await;
            assert!(!life.work(&late).await.counted);
            let book = life.book().await;
            let (outcome, told) = recomputed(&life, &book).await;
            let computed = outcome.shares.into_iter();
            assert_eq!(computed.map(|(id, share)| (id, share.0)).collect::<Vec<_>>(), told);
            assert_eq!(minors(&book.frozen().unwrap().unwrap()), cash);

            life.becomes("executing").await;
            let before = life.journal().await.len();
            life.given("aubervac-lead", &corbelle).await.unwrap();
            life.given("aubervac-lead", &late).await.unwrap();
            let entry = |value: i64| {
                json!(["in_kind.delivered", [["funds/cost/M1", value], ["funds/in_kind", -value]]])
            };
            assert_eq!(life.journal().await[before..], [entry(540_000), entry(90_000)]);
            life.all_paid_for("40000").await;
            assert_eq!(life.reconciled().await, Vec::<(String, String, String)>::new());

            let mut reader = Reader::Db(&life.world.app.db);
            let book = life.book().await;
            let money = FundsBook::load(&mut reader, &book).await.unwrap();
            let told = report::shown(&mut reader, &book, &money).await.unwrap();
            assert_eq!(told["accounts_not_at_zero"], json!([]));
            assert_eq!(told["totals"]["spent"], "40000.00");
            assert_eq!(told["totals"]["in_kind"], "6300.00");
            assert_eq!(told["totals"]["in_kind_missing"], "13500.00");
            let lines = told["in_kind"].as_array().unwrap();
            let line = |one: &Value| {
                json!([one["council"], one["days"], one["value"], one["counted"], one["missing"]])
            };
            assert_eq!(
                lines.iter().map(line).collect::<Vec<_>>(),
                [
                    json!(["corbelle", "12", "5400.00", true, false]),
                    json!(["dormont", "30", "13500.00", true, true]),
                    json!(["belrive", "2", "900.00", false, false]),
                ]
            );
            let table = report::csv(&told, ',');
            let missing = format!("in_kind,{dormont},Commune dormont,missing,true,");
            assert!(table.lines().any(|line| line.trim_end() == missing), "{table}");
        });
    }

    /// Until the confirmation a council takes its days back, and the shares are as before.
    fn days_taken_back_count_no_more(engine) {
        block_on(async move {
            let life = Life::of_work(engine, CHARTER).await;
            life.all_commit().await;
            let equal = life.book().await.shares_now().unwrap().unwrap().shares;
            let work = life.agreed("corbelle", "12").await;
            assert_ne!(life.book().await.shares_now().unwrap().unwrap().shares, equal);
            life.withdraw("corbelle-lead", &work).await.unwrap();
            assert_eq!(life.book().await.shares_now().unwrap().unwrap().shares, equal);
            assert_eq!(life.work(&work).await.state, WorkState::Withdrawn);
            let again = life.withdraw("corbelle-lead", &work).await.unwrap_err();
            assert_eq!(code(&again), "work_state");
            life.world.set_clock("2027-02-01T08:00:00Z");
            let late = life.offer("corbelle", "1").await.unwrap_err();
            assert_eq!(code(&late), "call_not_open");
        });
    }

    /// Who may, how much, and on what.
    fn what_is_no_offer_or_not_to_be_judged_is_refused(engine) {
        block_on(async move {
            let life = Life::of_work(engine, CHARTER).await;
            for (offer, expected) in [
                (("corbelle", 1, "0"), "work_days"),
                (("corbelle", 1, "1.234"), "work_days"),
                (("corbelle", 7, "1"), "milestone_unknown"),
                (("ailleurs", 1, "1"), "council_unknown"),
                (("dormont", 1, "1"), "role_missing"),
            ] {
                let error = life.offer_by("corbelle-lead", offer).await.unwrap_err();
                let found = code(&error);
                let other = expected == "role_missing" && found == "other_council";
                assert!(found == expected || other, "{offer:?}: {found}");
            }
            let money = life.offer_by("corbelle-fin", ("corbelle", 1, "1")).await.unwrap_err();
            assert_eq!(code(&money), "role_missing");
            // Half of the whole is as much work as money: 40 000.00, which is 88.88 days and some.
            let much = life.offer("corbelle", "88.89").await.unwrap();
            let refused = life.agree("aubervac-lead", &much).await.unwrap_err();
            assert_eq!(code(&refused), "work_too_much");
            let work = life.offer("corbelle", "88.88").await.unwrap();
            let own = life.agree("corbelle-lead", &work).await.unwrap_err();
            assert!(matches!(own, Error::Forbidden(_)), "{own:?}");
            let agreed = life.agree("aubervac-lead", &work).await.unwrap();
            assert_eq!(agreed.value.0, "39996.00");
            let early = life.given("aubervac-lead", &work).await.unwrap_err();
            assert_eq!(code(&early), "work_call_state");
            let why = |reason: &str| RefuseWork {
                call: life.call.clone(),
                work: much.clone(),
                reason: reason.to_owned(),
            };
            let silent = life.act("aubervac-lead", why(" ")).await.unwrap_err();
            assert_eq!(code(&silent), "text_missing");
            let told = life.act("aubervac-lead", why("Trop de jours")).await.unwrap();
            assert_eq!(told.reason.as_deref(), Some("Trop de jours"));
            // The lead's own council gives too, and another of its people must judge.
            let lead = life.offer("aubervac", "0.01").await.unwrap();
            let same = life.agree("aubervac-lead", &lead).await.unwrap_err();
            assert_eq!(code(&same), "same_person");
            assert_eq!(life.book().await.work_agreed().unwrap(), Amount::from_minor(3_999_600));
        });
    }

    /// A charter that says nothing of work takes none, and none in another currency.
    fn work_is_taken_by_the_charter_alone(engine) {
        block_on(async move {
            let silent = Life::of_work(engine, "version = 2\n").await;
            assert_eq!(code(&silent.offer("corbelle", "1").await.unwrap_err()), "work_not_taken");
            let crowns = CHARTER.replace("EUR", "DKK");
            let other = Life::of_work(engine, &crowns).await;
            assert_eq!(code(&other.offer("corbelle", "1").await.unwrap_err()), "work_currency");
        });
    }

    /// Who has given days to a call of the space pays the price without its surcharge.
    fn a_late_joiner_that_gave_days_pays_no_surcharge(engine) {
        block_on(async move {
            let life = Life::of_e2(engine, &escalator("in_kind_contributor")).await;
            let work = life.agreed("fontclaire", "1.5").await;
            life.given("aubervac-lead", &work).await.unwrap();
            life.asks_to_join("4000").await.unwrap();
            let waived = Some("in_kind_contributor".to_owned());
            assert_eq!(life.joiner_pays().await, (Some(244_431), waived));
        });
    }

    /// Days that were agreed on and not given waive nothing.
    fn a_late_joiner_that_gave_no_days_yet_pays_the_surcharge(engine) {
        block_on(async move {
            let life = Life::of_e2(engine, &escalator("in_kind_contributor")).await;
            life.agreed("fontclaire", "1.5").await;
            life.asks_to_join("4000").await.unwrap();
            assert_eq!(life.joiner_pays().await, (Some(366_647), None));
        });
    }

    /// Who has paid for an earlier call of the space does not pay it either.
    fn a_late_joiner_that_paid_before_pays_no_surcharge(engine) {
        block_on(async move {
            let mut life = Life::e2_open(engine, &escalator("past_funder")).await;
            let first = life.call.clone();
            life.call = life.world.open_call(call()).await;
            for council in ["aubervac", "fontclaire"] {
                life.world.commit(&life.call, council, "25000").await.unwrap();
            }
            life.decided().await;
            assert_eq!(life.book().await.call.state.name(), "confirmed");
            life.call = first;
            life.asks_to_join("4000").await.unwrap();
            let waived = Some("past_funder".to_owned());
            assert_eq!(life.joiner_pays().await, (Some(244_431), waived));
        });
    }
}

/// A surcharge of half, which this waives, and days at 450.00.
fn escalator(waiver: &str) -> String {
    format!(
        "{CHARTER}[late_joiner]\nescalator = [{{ from = \"2027-01-01\", bp = 15000 }}]\n\
         waiver = [\"{waiver}\"]\n"
    )
}

impl Life {
    /// What Fontclaire pays once the funders have voted, and why no more.
    async fn joiner_pays(&self) -> (Option<i64>, Option<String>) {
        let vote = self.propose_joining().await;
        self.voted(vote, "yes").await;
        let book = self.book().await;
        let joiner = book.buy_ins.first();
        (joiner.map(|one| one.amount), joiner.and_then(|one| one.waiver.clone()))
    }

    /// The one milestone called for, paid by who owes, invoiced and paid out.
    async fn all_paid_for(&self, amount: &str) {
        let fc = self.issue_of("M1").await.unwrap();
        for line in fc.lines.iter().filter(|line| line.gross.0 != "0.00") {
            let told = self.declare(&fc.reference, &line.council, &line.gross.0).await.unwrap();
            self.acknowledge("aubervac-lead", &told.reference).await.unwrap();
        }
        let invoice = self.invoiced_of("M1", amount).await;
        self.approve("aubervac-fin", &invoice).await.unwrap();
        self.approve("aubervac-lead", &invoice).await.unwrap();
        let sent = Self::sent();
        let pay = forge_server::actions::funds::PayInvoice { reference: invoice, sent };
        self.act("aubervac-fin", pay).await.unwrap();
    }
}
