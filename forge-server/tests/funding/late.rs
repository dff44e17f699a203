//! After the shares are final: settled and undone, in default, and a council that joins late.

use forge_api::{Amount, calls::NewCall, funds::DirectPayment};
use forge_domain::pledge::PledgeState;
use forge_server::{
    actions::{
        calls::{ProposeDefault, ProposeJoining, ProposeStop},
        evidence::NewAct,
        funds::{PayDirectly, PlanRefunds, ReversePayment, SendRefund},
        pledges::AskToJoin,
    },
    error::Error,
    funding::{CallBook, Reader},
};
use forge_store::{councils, events, spaces};
use forge_tests::{Engine, engine::block_on, on_both};
use serde_json::{Value, json};

use crate::{
    funds::Life,
    world::{World, call, code, deliberation, slug},
};

/// What every council of example E2 authorises.
const CEILINGS: [(&str, &str); 5] = [
    ("aubervac", "4000"),
    ("belrive", "1000"),
    ("corbelle", "14000"),
    ("dormont", "300"),
    ("esterey", "30000"),
];

/// The vector of example E10.
fn e10() -> Value {
    let vectors: Value = serde_json::from_str(include_str!("../../../tests/vectors.json")).unwrap();
    vectors["E10"].clone()
}

impl Life {
    pub async fn book(&self) -> CallBook {
        CallBook::of(&mut Reader::Db(&self.world.app.db), &self.call).await.unwrap()
    }

    async fn state(&self, council: &str) -> PledgeState {
        let book = self.book().await;
        book.pledges.iter().rfind(|row| row.council_slug == council).unwrap().state
    }

    /// The call of example E2, confirmed, in a space whose charter says where a late joiner's money
    /// goes; Fontclaire has no part in it.
    pub async fn of_e2(engine: Engine, charter: &str) -> Self {
        let life = Self::e2_open(engine, charter).await;
        life.decided().await;
        life
    }

    /// The same before its deadline.
    pub async fn e2_open(engine: Engine, charter: &str) -> Self {
        let mut world = World::found(engine).await;
        world.newcomer("fontclaire", 8_765).await;
        world.adopt(charter).await;
        world.mandate("esterey", "50000").await;
        let call = world.open_call(NewCall { low_ceilings: true, ..call() }).await;
        for (council, ceiling) in CEILINGS {
            world.commit(&call, council, ceiling).await.unwrap();
        }
        Self { world, call }
    }

    /// Its deadline passes, and some months.
    pub async fn decided(&self) {
        self.world.set_clock("2027-02-01T08:00:00Z");
        self.world.do_jobs().await;
        self.world.set_clock("2027-05-12T08:00:00Z");
    }

    pub async fn asks_to_join(&self, ceiling: &str) -> Result<String, Error> {
        let action = AskToJoin {
            call: self.call.clone(),
            council: "fontclaire".to_owned(),
            ceiling: Amount(ceiling.to_owned()),
            act: NewAct::parse(&deliberation(), None).unwrap(),
        };
        let pledge = self.world.app.act(&self.world.signatory("fontclaire").await, action).await;
        pledge.map(|pledge| pledge.reference)
    }

    /// What the lead proposes and the funders vote on, two weeks later.
    pub async fn voted(&self, vote: Result<String, Error>, choice: &str) -> String {
        let vote = vote.unwrap();
        self.world.all_vote(&vote, choice).await;
        let now = self.world.app.clock.now();
        let then = now + jiff::SignedDuration::from_hours(16 * 24);
        self.world.set_clock(&then.to_string());
        self.world.do_jobs().await;
        vote
    }

    pub async fn propose_joining(&self) -> Result<String, Error> {
        let action = ProposeJoining {
            reference: self.call.clone(),
            council: "fontclaire".to_owned(),
            reason: "Elle en a besoin aussi.".to_owned(),
        };
        self.act("aubervac-lead", action).await
    }

    /// Every milestone called for, paid, invoiced and paid out.
    pub async fn all_spent(&self) {
        self.becomes("executing").await;
        for (milestone, amount) in [("M1", "14400"), ("M2", "19200"), ("M3", "14400")] {
            let fc = self.issue_of(milestone).await.unwrap();
            self.paid(&fc).await;
            let invoice = self.invoiced_of(milestone, amount).await;
            self.approve("aubervac-fin", &invoice).await.unwrap();
            self.approve("aubervac-lead", &invoice).await.unwrap();
            let pay =
                forge_server::actions::funds::PayInvoice { reference: invoice, sent: Self::sent() };
            self.act("aubervac-fin", pay).await.unwrap();
        }
    }

    /// The closing, to the last signature; what was owed back to whom.
    pub async fn reconciled(&self) -> Vec<(String, String, String)> {
        self.becomes("settling").await;
        let plan = PlanRefunds { call: self.call.clone() };
        let closing = self.act("aubervac-fin", plan).await.unwrap();
        let told = |refund: &forge_api::funds::Refund| {
            let council = refund.council.clone().unwrap_or_default();
            let state = serde_json::to_value(refund.state).unwrap();
            (council, refund.amount.0.clone(), state.as_str().unwrap().to_owned())
        };
        let owed: Vec<_> = closing.refunds.iter().map(told).collect();
        for refund in closing.refunds.iter().filter(|one| told(one).2 == "planned") {
            let send = SendRefund { reference: refund.reference.clone(), sent: Self::sent() };
            self.act("aubervac-lead", send).await.unwrap();
        }
        self.sign("aubervac-lead").await.unwrap();
        assert!(self.sign("aubervac-fin").await.unwrap().is_some(), "not every account is at zero");
        self.is_sound().await;
        owed
    }

    /// Two reminders of what a council owes, as the calendar sends them.
    async fn reminded(&self, council: &str, times: usize) {
        let db = &self.world.app.db;
        let space = spaces::by_slug(db, &slug("enfance")).await.unwrap().unwrap();
        let council = councils::by_slug(db, &slug(council)).await.unwrap().unwrap();
        for n in 0..times {
            let new = events::NewEvent {
                id: forge_domain::Id::new(uuid::Uuid::now_v7()),
                at: self.world.app.clock.now(),
                kind: forge_domain::notices::EventKind::ReminderDue,
                space: space.id,
                call: Some(&self.call),
                council: Some(council.id),
                subject: "FC-2027-0001",
                data: "{}".to_owned(),
                visibility: forge_domain::notices::EventVisibility::Members,
                key: &format!("FC-2027-0001:{}:{n}", council.slug),
                actor: None,
            };
            let mut tx = self.world.app.begin_in_turn().await.unwrap();
            assert!(events::append(&mut tx, new).await.unwrap());
            tx.commit().await.unwrap();
        }
    }
}

on_both! {
    /// P11: the last payment settles a share, and undoing it takes that back.
    fn a_share_is_settled_when_all_of_it_is_paid_and_no_more_when_that_is_undone(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let fc = life.issue().await.unwrap();
            let part = life.declare(&fc.reference, "belrive", "3000.00").await.unwrap();
            life.acknowledge("aubervac-fin", &part.reference).await.unwrap();
            assert_eq!(life.state("belrive").await, PledgeState::Confirmed);
            let rest = life.declare(&fc.reference, "belrive", "295.09").await.unwrap();
            assert_eq!(life.state("belrive").await, PledgeState::Confirmed, "one side said so");
            life.acknowledge("aubervac-fin", &rest.reference).await.unwrap();
            assert_eq!(life.state("belrive").await, PledgeState::Settled);
            assert_eq!(life.state("corbelle").await, PledgeState::Confirmed);
            let undo = ReversePayment { reference: rest.reference, reason: "Rejet".to_owned() };
            life.act("aubervac-fin", undo).await.unwrap();
            assert_eq!(life.state("belrive").await, PledgeState::Confirmed);
            life.is_sound().await;
        });
    }

    /// P11 where a council paid the supplier itself: both sides have to say so.
    fn a_share_paid_to_the_supplier_is_settled_too(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let payment: DirectPayment = serde_json::from_value(json!({
                "council": "belrive", "milestone": "M1", "supplier": "opensoft",
                "supplier_name": "Opensoft SCOP", "net": "2745.91", "vat": "549.18",
                "value_date": "2027-05-10",
            }))
            .unwrap();
            let pay = PayDirectly { call: life.call.clone(), payment };
            let told = life.act("belrive-fin", pay).await.unwrap();
            assert_eq!(life.state("belrive").await, PledgeState::Confirmed);
            life.acknowledge("aubervac-lead", &told.reference).await.unwrap();
            assert_eq!(life.state("belrive").await, PledgeState::Settled);
        });
    }

    /// P12: not before ninety days and two reminders, and by a vote; then its money weighs nothing,
    /// until it pays after all.
    fn a_council_is_in_default_by_a_vote_and_keeps_its_head(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let fc = life.issue().await.unwrap();
            let propose = |council: &str| ProposeDefault {
                reference: life.call.clone(),
                council: council.to_owned(),
                reason: "Trois relances sans réponse.".to_owned(),
            };
            let early = life.act("aubervac-lead", propose("corbelle")).await.unwrap_err();
            assert_eq!(code(&early), "nothing_owed");
            // Due on 11 June: the ninetieth day after that is 9 September.
            life.world.set_clock("2027-09-09T08:00:00Z");
            life.reminded("corbelle", 2).await;
            let early = life.act("aubervac-lead", propose("corbelle")).await.unwrap_err();
            assert_eq!(code(&early), "default_too_early");
            life.world.set_clock("2027-09-10T08:00:00Z");
            let unreminded = life.act("aubervac-lead", propose("belrive")).await.unwrap_err();
            assert_eq!(code(&unreminded), "default_too_early");
            let vote = life.act("aubervac-lead", propose("corbelle")).await;
            life.voted(vote, "yes").await;
            assert_eq!(life.state("corbelle").await, PledgeState::Defaulted);
            let memo = life.journal().await;
            assert_eq!(memo.last().unwrap()[0], "pledge.defaulted");
            let stop = ProposeStop { reference: life.call.clone(), reason: "Trop.".to_owned() };
            let stop = life.act("aubervac-lead", stop).await.unwrap();
            let electors = life.world.book(&stop).await.electors;
            let weight = |council: &str| {
                electors.iter().find(|elector| elector.slug == council).map(|one| one.weight)
            };
            assert_eq!(weight("corbelle"), Some(0), "its head counts, its money does not");
            assert_eq!(weight("belrive"), Some(329_509));
            let owed = fc.lines.iter().find(|line| line.council == "corbelle").unwrap();
            let paid = life.declare(&fc.reference, "corbelle", &owed.gross.0).await.unwrap();
            life.acknowledge("aubervac-fin", &paid.reference).await.unwrap();
            assert_eq!(life.state("corbelle").await, PledgeState::Settled);
            life.is_sound().await;
        });
    }

    /// Example E10 before anything is called: the shares fall by the credits, to the cent.
    fn a_late_joiner_lowers_what_the_others_are_still_asked_for(engine) {
        block_on(async move {
            let charter = "version = 2\n[late_joiner]\npolicy = \"redistribute\"\n";
            let life = Life::of_e2(engine, charter).await;
            let missing = life.propose_joining().await.unwrap_err();
            assert_eq!(code(&missing), "join_not_asked");
            let reference = life.asks_to_join("2444.30").await.unwrap();
            let low = life.propose_joining().await.unwrap_err();
            assert_eq!(code(&low), "ceiling_exceeded", "its ceiling is a cent too low");
            let refuse = forge_server::actions::pledges::RefusePledge {
                reference,
                reason: "Plafond trop bas".to_owned(),
            };
            life.act("fontclaire-sig", refuse).await.unwrap();
            life.asks_to_join("2500").await.unwrap();
            let before = life.journal().await.len();
            let vote = life.propose_joining().await;
            life.voted(vote, "yes").await;
            assert_eq!(life.state("fontclaire").await, PledgeState::Confirmed);
            let vector = e10();
            let written = life.journal().await.split_off(before);
            let account = |council: &str| format!("commitments/council/{council}");
            let mut expected = vec![
                json!(["vote.closed", []]),
                json!(["pledge.firm",
                       [[account("fontclaire"), 250_000], ["commitments/call", -250_000]]]),
                json!(["pledge.confirmed",
                       [[account("fontclaire"), -5_569], ["commitments/call", 5_569]]]),
            ];
            for (council, credit) in vector["credits"].as_object().unwrap() {
                let credit = credit.as_i64().unwrap();
                expected.push(json!(["pledge.amended",
                    [[account(council), -credit], ["commitments/call", credit]]]));
            }
            assert_eq!(written, expected);
            life.all_spent().await;
            let book = life.book().await;
            for (council, share) in vector["after"].as_object().unwrap() {
                let row = book.pledges.iter().rfind(|row| row.council_slug == *council).unwrap();
                assert_eq!(row.final_net, share.as_i64(), "{council}");
                assert_eq!(row.state, PledgeState::Settled, "{council}");
            }
            assert_eq!(life.reconciled().await, []);
        });
    }

    /// Example E10 when everything was called: the buy-in is asked for by itself, and goes back to
    /// those who paid at the closing.
    fn a_late_joiner_pays_back_those_who_paid_before_it(engine) {
        block_on(async move {
            let charter = "version = 2\n[late_joiner]\npolicy = \"redistribute\"\n";
            let life = Life::of_e2(engine, charter).await;
            life.all_spent().await;
            life.asks_to_join("3000").await.unwrap();
            let vote = life.propose_joining().await;
            life.voted(vote, "yes").await;
            let fc = life.issue_of("J1").await.unwrap();
            assert_eq!(fc.gross.0, "2444.31");
            assert_eq!(fc.milestone, "J1");
            life.paid(&fc).await;
            assert_eq!(life.state("fontclaire").await, PledgeState::Settled);
            let owed = life.reconciled().await;
            let vector = e10();
            let credits = vector["credits"].as_object().unwrap();
            let expected: Vec<_> = credits
                .iter()
                .map(|(council, credit)| {
                    let minor = credit.as_i64().unwrap();
                    let amount = format!("{}.{:02}", minor / 100, minor % 100);
                    (council.clone(), amount, "planned".to_owned())
                })
                .collect();
            assert_eq!(owed, expected);
        });
    }

    /// By the usual charter the money goes to the maintenance, with the surcharge of the day.
    fn a_late_joiner_pays_into_the_maintenance_and_the_surcharge(engine) {
        block_on(async move {
            let charter = "version = 2\n[late_joiner]\nescalator = [\
                           { from = \"2027-01-01\", bp = 10000 },\
                           { from = \"2027-02-10\", bp = 15000 }]\n";
            let life = Life::of_e2(engine, charter).await;
            life.all_spent().await;
            life.asks_to_join("4000").await.unwrap();
            let vote = life.propose_joining().await;
            life.voted(vote, "yes").await;
            let book = life.book().await;
            let joiner = &book.buy_ins[0];
            assert_eq!((joiner.price, joiner.amount, joiner.apart), (244_431, 366_647, 366_647));
            assert!(book.credits.is_empty());
            let fc = life.issue_of("J1").await.unwrap();
            life.paid(&fc).await;
            let carried = ("fontclaire".to_owned(), "3666.47".to_owned(), "carried".to_owned());
            assert_eq!(life.reconciled().await, [carried]);
        });
    }

    /// A no leaves everything as it is, and ends what the council asked for.
    fn a_late_joiner_that_is_turned_down_has_its_answer(engine) {
        block_on(async move {
            let life = Life::of_e2(engine, "version = 2\n").await;
            life.asks_to_join("3000").await.unwrap();
            let vote = life.propose_joining().await;
            life.voted(vote, "no").await;
            assert_eq!(life.state("fontclaire").await, PledgeState::Refused);
            assert!(life.book().await.buy_ins.is_empty());
        });
    }
}
