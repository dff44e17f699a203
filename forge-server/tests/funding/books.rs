//! What the books of a call become at their end: the closing report to the cent, councils that pay
//! the supplier themselves, refunds that are carried, and debts that are given up by a vote.

use forge_api::{
    Amount,
    calls::NewCall,
    funds::{ClosingSignature, DirectPayment},
};
use forge_server::{
    actions::{
        charters::ProposeCharter,
        funds::{CloseBooks, PayDirectly, PlanRefunds, SendRefund},
        votes::{CastBallot, ProposeWriteOff},
    },
    error::Error,
    funding::{
        CallBook, Reader,
        funds::{FundsBook, answer::Sight, report},
        open,
    },
};
use forge_tests::{engine::block_on, on_both};
use serde_json::{Value, json};

use crate::{
    funds::Life,
    world::{COUNCILS, World, code, slug},
};

/// Long after every vote of a story has ended.
const MUCH_LATER: &str = "2027-07-30T08:00:00Z";

impl Life {
    async fn report(&self) -> Value {
        let mut reader = Reader::Db(&self.world.app.db);
        let book = CallBook::of(&mut reader, &self.call).await.unwrap();
        let money = FundsBook::load(&mut reader, &book).await.unwrap();
        report::shown(&mut reader, &book, &money).await.unwrap()
    }

    /// Plans the refunds, sends those that are to be sent, and signs on both sides.
    async fn closed(&self) {
        let plan = PlanRefunds { call: self.call.clone() };
        let closing = self.act("aubervac-fin", plan).await.unwrap();
        for refund in closing.refunds.iter().filter(|one| json!(one.state) == "planned") {
            let send = SendRefund { reference: refund.reference.clone(), sent: Self::sent() };
            self.act("aubervac-lead", send).await.unwrap();
        }
        assert_eq!(self.sign("aubervac-lead").await.unwrap(), None);
        assert!(self.sign("aubervac-fin").await.unwrap().is_some());
        self.is_sound().await;
    }

    async fn pays_directly(&self, council: &str, net: &str, vat: &str) -> Result<String, Error> {
        let payment = DirectPayment {
            council: council.to_owned(),
            milestone: "M1".to_owned(),
            supplier: "opensoft".to_owned(),
            supplier_name: None,
            net: Amount(net.to_owned()),
            vat: Some(Amount(vat.to_owned())),
            value_date: "2027-05-10".to_owned(),
            payment_order_no: Some("M-4".to_owned()),
            bank_ref: None,
        };
        let tell = PayDirectly { call: self.call.clone(), payment };
        self.act(&format!("{council}-fin"), tell).await.map(|told| told.reference)
    }

    async fn last(&self) -> Value {
        self.journal().await.pop().unwrap()
    }
}

impl World {
    /// Has every body a vote asks say yes, and carries the vote out.
    async fn carries(&self, vote: &str) {
        for (council, _) in COUNCILS {
            let ballot = CastBallot {
                offer: None,
                vote: vote.to_owned(),
                council: council.to_owned(),
                choice: "yes".to_owned(),
                comment: String::new(),
            };
            // Only some are asked: the others are refused, which changes nothing.
            let _ = self.app.act(&self.signatory(council).await, ballot).await;
        }
        self.set_clock(MUCH_LATER);
        self.do_jobs().await;
    }
}

fn equal_call() -> NewCall {
    serde_json::from_value(json!({
        "title": "Cantine",
        "need": "Payer la cantine.",
        "target": "12000.00",
        "basis": "gross",
        "vat_bp": 2000,
        "rule": { "kind": "equal" },
        "milestones": [{ "title": "Cantine", "amount": "12000.00" }],
        "deadline": "2027-01-31",
    }))
    .unwrap()
}

on_both! {
    /// Every figure of the published example, council by council.
    fn the_closing_report_of_e19_is_right_to_the_cent(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            life.spent().await;
            life.closed().await;
            let told = life.report().await;
            let row = |name: &str, pledge: &str, money: [&str; 6]| {
                let [ceiling, share, called, paid, refunded, cost] = money;
                json!({
                    "council": name.trim_start_matches("Commune "), "name": name, "pledge": pledge,
                    "ceiling": ceiling, "share": share, "called": called, "paid": paid,
                    "written_off": "0.00", "refunded": refunded, "carried": "0.00", "cost": cost,
                })
            };
            let (a, b, c) = ("Commune aubervac", "Commune belrive", "Commune corbelle");
            assert_eq!(
                told["councils"],
                json!([
                    row(a, "PLG-2026-0001", ["13000.00", "12672.22", "12672.22", "12672.22",
                        "173.08", "12499.14"]),
                    row(b, "PLG-2026-0002", ["4000.00", "3295.09", "3295.09", "3295.09",
                        "45.01", "3250.08"]),
                    row(c, "PLG-2026-0003", ["47000.00", "46888.77", "46888.77", "46888.77",
                        "640.44", "46248.33"]),
                ])
            );
            let money = |part: &Value, names: &[&str]| -> Vec<String> {
                names.iter().map(|name| part[*name].as_str().unwrap().to_owned()).collect()
            };
            let slice = ["planned_net", "planned_vat", "subsidies", "called", "actual_net",
                "actual_vat"];
            assert_eq!(
                money(&told["milestones"][0], &slice),
                ["73213.40", "14642.68", "25000.00", "62856.08", "72213.40", "14442.68"]
            );
            let grant = ["planned", "awarded", "received", "refunded", "cost"];
            assert_eq!(
                money(&told["grants"][0], &grant),
                ["25000.00", "25000.00", "25000.00", "341.47", "24658.53"]
            );
            let totals = ["came_in", "spent", "refunded", "carried", "difference"];
            assert_eq!(
                money(&told["totals"], &totals),
                ["87856.08", "86656.08", "1200.00", "0.00", "0.00"]
            );
            assert_eq!(told["refunds"].as_array().unwrap().len(), 4);
            assert_eq!(told["ledger"]["size"], 21);
            // No person is named, and no bank.
            let text = told.to_string();
            for never in ["aubervac-fin", "Releve", "RELEVE", "VIR-", "actor"] {
                assert!(!text.contains(never), "{never}: {text}");
            }
            let table = report::csv(&told, ';');
            let line = format!("councils;belrive;{b};refunded;45.01;EUR\r\n");
            assert!(table.contains(&line), "{table}");
            assert!(table.contains(";difference;0.00;EUR\r\n"), "{table}");
        });
    }

    /// Where each buys its part, no money passes through the treasurer.
    fn councils_that_pay_the_supplier_themselves_end_at_zero_too(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let call = world.open_call(equal_call()).await;
            for council in ["aubervac", "belrive"] {
                world.commit(&call, council, "6000").await.unwrap();
            }
            world.set_clock("2027-02-15T08:00:00Z");
            world.do_jobs().await;
            world.set_clock("2027-05-12T08:00:00Z");
            let life = Life { world, call };
            life.becomes("executing").await;
            let before = life.journal().await.len();
            let told = life.pays_directly("belrive", "5000.00", "1000.00").await.unwrap();
            assert_eq!(life.journal().await.len(), before, "one side is not enough");
            let more = life.pays_directly("belrive", "0.01", "0.00").await.unwrap_err();
            assert_eq!(code(&more), "amount_too_much");
            life.acknowledge("aubervac-lead", &told).await.unwrap();
            let lines = json!([
                ["funds/cost/M1", 500_000],
                ["funds/vat_input", 100_000],
                ["funds/direct/belrive", -600_000],
            ]);
            assert_eq!(life.last().await, json!(["payment.direct", lines]));
            let told = life.pays_directly("aubervac", "5000.00", "1000.00").await.unwrap();
            life.acknowledge("aubervac-lead", &told).await.unwrap();
            life.becomes("settling").await;
            life.closed().await;
            let told = life.report().await;
            assert_eq!(told["accounts_not_at_zero"], json!([]));
            assert_eq!(told["totals"]["spent"], "12000.00");
            assert_eq!(told["totals"]["difference"], "0.00");
            assert_eq!(told["councils"][1]["cost"], "6000.00");
        });
    }

    /// For the finance officers of who paid and of who received, and for nobody else of the space.
    fn bank_references_are_for_the_two_sides(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let fc = life.issue().await.unwrap();
            let told = life.declare(&fc.reference, "belrive", "3295.09").await.unwrap();
            assert_eq!(told.bank_ref.as_deref(), Some("VIR-belrive"), "who says it sees it");
            for (login, sees) in [
                ("belrive-fin", true),
                ("aubervac-fin", true),
                ("belrive-lead", false),
                ("belrive-sig", false),
                ("aubervac-sig", false),
                ("corbelle-fin", false),
                ("dormont-lead", false),
            ] {
                let actor = life.world.by(login).await.actor;
                let opened = open::call(&life.world.app, &actor, &life.call).await.unwrap();
                let resource = opened.resource();
                let payer = opened.book.pledges.iter().find(|row| row.council_slug == "belrive");
                let sight = Sight { actor: &actor, resource: &resource, internal: true };
                let payer = payer.map(|row| row.council_id);
                assert_eq!(sight.sees_bank(&opened.book, payer), sees, "{login}");
            }
        });
    }

    /// As the charter of the space says, and no cent is lost on the way.
    fn a_small_refund_is_carried_to_maintenance(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let charter = ProposeCharter {
                space: slug("enfance"),
                text: "# Charte\n\nNous gardons les petits restes.\n".to_owned(),
                machine: "version = 2\n[refund]\ncarried_below = 5000\n".to_owned(),
                question: String::new(),
                explanation: String::new(),
            };
            let vote = life.act("aubervac-lead", charter).await.unwrap();
            life.world.carries(&vote).await;
            life.spent().await;
            life.closed().await;
            let journal = life.journal().await;
            let lines = json!([
                ["funds/payable/refund/council/belrive", 4501],
                ["funds/cash/treasurer", -4501],
            ]);
            assert!(journal.contains(&json!(["refund.carried", lines])), "{journal:#?}");
            let told = life.report().await;
            let belrive = &told["councils"][1];
            assert_eq!(belrive["carried"], "45.01");
            assert_eq!(belrive["refunded"], "0.00");
            assert_eq!(told["totals"]["carried"], "45.01");
            assert_eq!(told["totals"]["refunded"], "1154.99");
            assert_eq!(told["totals"]["difference"], "0.00");
            assert_eq!(told["accounts_not_at_zero"], json!([]));
        });
    }

    /// Never one person's favour: those who pay decide, and the books close over what is left.
    fn what_will_not_come_is_given_up_by_a_vote(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let fc = life.issue().await.unwrap();
            for (council, amount) in
                [("aubervac", "12672.22"), ("belrive", "3000.00"), ("corbelle", "46888.77")]
            {
                let told = life.declare(&fc.reference, council, amount).await.unwrap();
                life.acknowledge("aubervac-lead", &told.reference).await.unwrap();
            }
            life.becomes("settling").await;
            let plan = PlanRefunds { call: life.call.clone() };
            let open = life.act("aubervac-fin", plan.clone()).await.unwrap_err();
            assert_eq!(code(&open), "not_reconciled");
            let give_up = |debtor: &str| ProposeWriteOff {
                space: slug("enfance"),
                call: life.call.clone(),
                debtor: debtor.to_owned(),
                explanation: String::new(),
            };
            let nothing = life.act("aubervac-lead", give_up("corbelle")).await.unwrap_err();
            assert_eq!(code(&nothing), "nothing_owed");
            let vote = life.act("aubervac-lead", give_up("belrive")).await.unwrap();
            life.world.carries(&vote).await;
            let lines = json!([
                ["funds/contributions", 29_509],
                ["funds/receivable/council/belrive", -29_509],
            ]);
            assert_eq!(life.last().await, json!(["receivable.written_off", lines]));
            life.closed().await;
            let told = life.report().await;
            assert_eq!(told["councils"][1]["written_off"], "295.09");
            assert_eq!(told["votes"][0]["result"], "passed");
            assert_eq!(told["totals"]["difference"], "0.00");
            assert_eq!(told["accounts_not_at_zero"], json!([]));
            let signature = ClosingSignature { lessons: None };
            let close = CloseBooks { call: life.call.clone(), signature };
            let again = life.act("aubervac-lead", close).await.unwrap_err();
            assert!(matches!(again, Error::Conflict(_)), "{again:?}");
        });
    }
}
