//! Money after confirmation: example E19 to the cent, and what refuses to move.

use forge_api::{
    Amount,
    calls::NewCall,
    funds::{
        ClosingSignature, FundsCall, FundsCallState, GrantAward, GrantReceipt, NewInvoice,
        NewPayment, OtherSide, Payment, SentPayment,
    },
};
use forge_server::{
    actions::{
        Action,
        funds::{
            ApproveInvoice, CancelFundsCall, CloseBooks, ConfirmPayment, DraftFundsCall,
            IssueFundsCall, PayInvoice, PlanRefunds, ReceiveGrant, RecordInvoice, ReversePayment,
            SecureGrant, SendRefund, TellPayment,
        },
    },
    error::Error,
    funding::{
        Reader,
        funds::{FundsBook, report},
    },
    ledger::{rows, verify},
};
use forge_store::spaces;
use forge_tests::{Engine, engine::block_on, on_both};
use serde_json::{Value, json};

use crate::world::{World, code, slug};

/// What the treasurer's people call the days of this story.
const DAY: &str = "2027-05-10";

/// A call as in example E5, gross, with its grant.
fn e5() -> NewCall {
    serde_json::from_value(json!({
        "title": "Permis en ligne",
        "need": "Suivre son permis.",
        "target": "87856.08",
        "minimum": "87856.08",
        "basis": "gross",
        "vat_bp": 2000,
        "low_ceilings": true,
        "rule": { "kind": "population", "population": "municipale", "vintage": "2026" },
        "subsidies": [{ "label": "State", "amount": "25000.00" }],
        "milestones": [{ "title": "Permis", "amount": "87856.08" }],
        "deadline": "2027-01-31",
    }))
    .unwrap()
}

/// The confirmed call of E5 in a world, its work begun.
pub struct Life {
    /// The world it is played in.
    pub world: World,
    /// The reference of its call.
    pub call: String,
}

impl Life {
    pub async fn confirmed(engine: Engine) -> Self {
        let world = World::found(engine).await;
        let call = world.open_call(e5()).await;
        world.mandate("corbelle", "50000").await;
        for (council, ceiling) in
            [("aubervac", "13000"), ("belrive", "4000"), ("corbelle", "47000")]
        {
            world.commit(&call, council, ceiling).await.unwrap();
        }
        world.set_clock("2027-02-15T08:00:00Z");
        world.do_jobs().await;
        Self { world, call }
    }

    pub async fn begun(engine: Engine) -> Self {
        let life = Self::confirmed(engine).await;
        life.world.set_clock("2027-05-12T08:00:00Z");
        life.becomes("executing").await;
        life
    }

    /// The work has other tests: here it is only said to be done.
    pub async fn becomes(&self, state: &str) {
        let call = format!("update call set state = '{state}' where ref = '{}'", self.call);
        let work = "update call_milestone set state = 'accepted'";
        self.world.database.execute(&[&call, work]).await.unwrap();
    }

    pub async fn act<A: Action>(&self, login: &str, action: A) -> Result<A::Output, Error> {
        self.world.app.act(&self.world.by(login).await, action).await
    }

    pub async fn issue(&self) -> Result<FundsCall, Error> {
        self.issue_of("M1").await
    }

    pub async fn issue_of(&self, milestone: &str) -> Result<FundsCall, Error> {
        let draft = DraftFundsCall {
            call: self.call.clone(),
            milestone: milestone.to_owned(),
            due_on: None,
            pay_to: Some("Trésorerie d’Aubervac, FR76 3000 1000 0000".to_owned()),
        };
        let draft = self.act("aubervac-fin", draft).await?;
        let issue = IssueFundsCall { reference: draft.reference, version: Some(draft.version) };
        self.act("aubervac-fin", issue).await
    }

    pub async fn declare(&self, fc: &str, council: &str, amount: &str) -> Result<Payment, Error> {
        let payment = NewPayment {
            council: council.to_owned(),
            side: Some("payer".to_owned()),
            amount: Amount(amount.to_owned()),
            value_date: DAY.to_owned(),
            method: None,
            payment_order_no: Some("M-2027-9".to_owned()),
            bank_ref: Some(format!("VIR-{council}")),
            idempotency_key: None,
        };
        let tell = TellPayment { funds_call: fc.to_owned(), payment };
        self.act(&format!("{council}-fin"), tell).await
    }

    pub async fn acknowledge(&self, login: &str, payment: &str) -> Result<Payment, Error> {
        let side = OtherSide { payment_order_no: None, bank_ref: Some("RELEVE-5".to_owned()) };
        self.act(login, ConfirmPayment { reference: payment.to_owned(), side }).await
    }

    pub fn sent() -> SentPayment {
        SentPayment {
            amount: None,
            value_date: DAY.to_owned(),
            payment_order_no: None,
            bank_ref: None,
        }
    }

    /// Everything councils and the grant owe, paid.
    pub async fn paid(&self, fc: &FundsCall) {
        for line in &fc.lines {
            let told = self.declare(&fc.reference, &line.council, &line.gross.0).await.unwrap();
            self.acknowledge("aubervac-lead", &told.reference).await.unwrap();
        }
    }

    pub async fn grant(&self) {
        let award = GrantAward {
            amount: None,
            awarded_on: DAY.to_owned(),
            act_ref: "Arrêté 27-113".to_owned(),
            refund_first: false,
        };
        let call = self.call.clone();
        self.act("aubervac-fin", SecureGrant { call, position: 1, award }).await.unwrap();
    }

    pub async fn grant_received(&self) {
        let receipt = GrantReceipt { amount: None, value_date: DAY.to_owned(), bank_ref: None };
        let call = self.call.clone();
        self.act("aubervac-fin", ReceiveGrant { call, position: 1, receipt }).await.unwrap();
    }

    pub async fn invoiced(&self) -> String {
        self.invoiced_of("m1", "72213.40").await
    }

    pub async fn invoiced_of(&self, milestone: &str, net: &str) -> String {
        let invoice = NewInvoice {
            milestone: milestone.to_owned(),
            supplier: "opensoft".to_owned(),
            supplier_name: Some("Opensoft SCOP".to_owned()),
            number: format!("F-2027-{milestone}"),
            date: DAY.to_owned(),
            net: Amount(net.to_owned()),
            vat: None,
            sha256: None,
        };
        let record = RecordInvoice { call: self.call.clone(), invoice };
        self.act("aubervac-fin", record).await.unwrap().reference
    }

    pub async fn approve(&self, login: &str, invoice: &str) -> Result<(), Error> {
        let approve = ApproveInvoice { reference: invoice.to_owned() };
        self.act(login, approve).await.map(|_| ())
    }

    /// From the call for funds to the paid invoice.
    pub async fn spent(&self) {
        self.grant().await;
        let fc = self.issue().await.unwrap();
        self.paid(&fc).await;
        self.grant_received().await;
        let invoice = self.invoiced().await;
        self.approve("aubervac-fin", &invoice).await.unwrap();
        self.approve("aubervac-lead", &invoice).await.unwrap();
        let pay = PayInvoice { reference: invoice, sent: Self::sent() };
        self.act("aubervac-fin", pay).await.unwrap();
        self.becomes("settling").await;
    }

    pub async fn sign(&self, login: &str) -> Result<Option<String>, Error> {
        let signature = ClosingSignature { lessons: Some("Commencer plus tôt.".to_owned()) };
        let close = CloseBooks { call: self.call.clone(), signature };
        self.act(login, close).await.map(|closing| closing.closed_at)
    }

    /// Every entry of the ledger as the published vectors write them.
    pub async fn journal(&self) -> Vec<Value> {
        let space = spaces::by_slug(&self.world.app.db, &slug("enfance")).await.unwrap().unwrap();
        let mut reader = Reader::Db(&self.world.app.db);
        let recorded = rows::recorded(&mut reader, space.id).await.unwrap();
        recorded
            .iter()
            .map(|one| {
                let lines = one.entry.postings.iter();
                let lines: Vec<Value> = lines
                    .map(|line| json!([line.account.to_string(), line.amount.minor()]))
                    .collect();
                json!([one.entry.kind.name(), lines])
            })
            .collect()
    }

    pub async fn is_sound(&self) {
        let space = spaces::by_slug(&self.world.app.db, &slug("enfance")).await.unwrap().unwrap();
        let report = verify::verify(&self.world.app, &space).await.unwrap();
        assert!(report.verified, "{:?}", report.faults);
    }
}

fn e19() -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("../../../tests/vectors.json")).unwrap();
    vectors["E19"]["journal"].as_array().unwrap().clone()
}

on_both! {
    /// The twenty-one transactions of E19, from the first pledge to the last refund, and a report
    /// that reconciles to nothing.
    fn the_life_of_e19_ends_with_every_account_at_zero(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            life.spent().await;
            life.is_sound().await;
            let plan = PlanRefunds { call: life.call.clone() };
            let closing = life.act("aubervac-fin", plan).await.unwrap();
            assert_eq!(closing.unspent.0, "1200.00");
            assert_eq!(code(&life.sign("aubervac-lead").await.unwrap_err()), "refund_pending");
            for refund in &closing.refunds {
                let send = SendRefund { reference: refund.reference.clone(), sent: Life::sent() };
                life.act("aubervac-lead", send).await.unwrap();
            }
            assert_eq!(life.journal().await, e19());
            assert_eq!(life.sign("aubervac-lead").await.unwrap(), None);
            assert_eq!(code(&life.sign("aubervac-lead").await.unwrap_err()), "closing_signed");
            assert!(life.sign("aubervac-fin").await.unwrap().is_some());
            life.is_sound().await;
            let mut reader = Reader::Db(&life.world.app.db);
            let book = forge_server::funding::CallBook::of(&mut reader, &life.call).await.unwrap();
            assert_eq!(book.call.state.name(), "closed");
            let money = FundsBook::load(&mut reader, &book).await.unwrap();
            let told = report::shown(&mut reader, &book, &money).await.unwrap();
            assert_eq!(told["totals"]["difference"], "0.00");
            assert_eq!(told["totals"]["spent"], "86656.08");
            assert_eq!(told["accounts_not_at_zero"], json!([]));
            assert_eq!(told["councils"][0]["cost"], "12499.14");
            assert_eq!(told["lessons"], "Commencer plus tôt.");
            assert_eq!(told["ledger"]["size"], 21);
        });
    }

    /// One side is not enough, and one person is not two sides.
    fn a_payment_is_in_the_ledger_when_both_sides_say_so(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let fc = life.issue().await.unwrap();
            let before = life.journal().await.len();
            let told = life.declare(&fc.reference, "belrive", "3000.00").await.unwrap();
            assert_eq!(life.journal().await.len(), before);
            let again = life.declare(&fc.reference, "belrive", "295.10").await.unwrap_err();
            assert_eq!(code(&again), "amount_too_much");
            let own = life.acknowledge("belrive-fin", &told.reference).await.unwrap_err();
            assert!(matches!(own, Error::Forbidden(_)), "{own:?}");
            life.acknowledge("aubervac-fin", &told.reference).await.unwrap();
            assert_eq!(life.journal().await.len(), before + 1);
            let twice = life.acknowledge("aubervac-fin", &told.reference).await.unwrap_err();
            assert_eq!(code(&twice), "funds_state");
            // The treasurer is a payer too: another of its people must acknowledge.
            let own = life.declare(&fc.reference, "aubervac", "12672.22").await.unwrap();
            let same = life.acknowledge("aubervac-fin", &own.reference).await.unwrap_err();
            assert_eq!(code(&same), "same_person");
            life.acknowledge("aubervac-lead", &own.reference).await.unwrap();
            let undo =
                ReversePayment { reference: own.reference, reason: "Rejet bancaire".to_owned() };
            life.act("aubervac-fin", undo).await.unwrap();
            life.is_sound().await;
            life.declare(&fc.reference, "aubervac", "12672.22").await.unwrap();
        });
    }

    /// A credit note has its own number, and the milestone can be called for again.
    fn an_issued_call_for_funds_is_cancelled_by_a_credit_note_alone(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let fc = life.issue().await.unwrap();
            assert_eq!(fc.state, FundsCallState::Issued);
            assert_eq!(code(&life.issue().await.unwrap_err()), "funds_called_already");
            let cancel = |reason: &str| CancelFundsCall {
                reference: fc.reference.clone(),
                reason: reason.to_owned(),
            };
            let silent = life.act("aubervac-fin", cancel(" ")).await.unwrap_err();
            assert_eq!(code(&silent), "reason_missing");
            let cancelled = life.act("aubervac-fin", cancel("Mauvaise échéance")).await.unwrap();
            assert_eq!(cancelled.credit_ref.as_deref(), Some("CN-2027-0001"));
            life.is_sound().await;
            let again = life.issue().await.unwrap();
            assert_eq!(again.reference, "FC-2027-0002");
            assert_eq!(again.gross.0, "62856.08");
            life.declare(&again.reference, "belrive", "10.00").await.unwrap();
            let cancel =
                CancelFundsCall { reference: again.reference, reason: "Non".to_owned() };
            let told = life.act("aubervac-fin", cancel).await.unwrap_err();
            assert_eq!(code(&told), "funds_payment_told");
        });
    }

    /// Four eyes, and no more than what came in.
    fn an_invoice_is_approved_by_two_persons_and_paid_from_what_came_in(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let invoice = life.invoiced().await;
            let before = life.journal().await.len();
            life.approve("aubervac-fin", &invoice).await.unwrap();
            let same = life.approve("aubervac-fin", &invoice).await.unwrap_err();
            assert_eq!(code(&same), "same_person");
            let other = life.approve("belrive-fin", &invoice).await.unwrap_err();
            assert!(matches!(other, Error::Forbidden(_)), "{other:?}");
            assert_eq!(life.journal().await.len(), before);
            life.approve("aubervac-lead", &invoice).await.unwrap();
            let pay = PayInvoice { reference: invoice, sent: Life::sent() };
            let poor = life.act("aubervac-fin", pay).await.unwrap_err();
            assert_eq!(code(&poor), "cash_too_low");
            let plan = PlanRefunds { call: life.call.clone() };
            let early = life.act("aubervac-fin", plan).await.unwrap_err();
            assert_eq!(code(&early), "call_not_open", "the work is still under way");
        });
    }

    fn funds_are_called_once_the_work_has_begun(engine) {
        block_on(async move {
            let life = Life::confirmed(engine).await;
            life.world.set_clock("2027-05-12T08:00:00Z");
            assert_eq!(code(&life.issue().await.unwrap_err()), "call_not_executing");
            let finance = life.world.by("belrive-fin").await;
            let draft = DraftFundsCall {
                call: life.call.clone(),
                milestone: "M1".to_owned(),
                due_on: None,
                pay_to: None,
            };
            let other = life.world.app.act(&finance, draft).await.unwrap_err();
            assert!(matches!(other, Error::Forbidden(_)), "{other:?}");
        });
    }
}
