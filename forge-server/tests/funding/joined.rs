//! After confirmation, day by day: reminders of what is owed, and the money of a council that
//! joined late, where it is summed up.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use forge_server::{
    actions::{calls::ProposeDefault, funds::PayInvoice},
    events::set_alarms,
    funding::Reader,
    ledger::rows,
};
use forge_store::{
    councils,
    events::{self, Window},
    spaces,
    transparency::{self, Filter},
};
use forge_tests::{engine::block_on, on_both};
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

use crate::{
    funds::Life,
    world::{code, slug},
};

impl Life {
    /// Looks at the clock on a day, as a server that wakes up then.
    pub async fn wakes(&self, day: &str) {
        self.world.set_clock(&format!("{day}T08:00:00Z"));
        self.world.do_jobs().await;
    }

    /// The days on which a council was reminded of what it owes, the first first.
    async fn reminders(&self, council: &str) -> Vec<String> {
        let db = &self.world.app.db;
        let council = councils::by_slug(db, &slug(council)).await.unwrap().unwrap();
        let window = Window { public_only: false, before: None, most: 1000 };
        let all = events::of_council(db, council.id, window).await.unwrap();
        let days = all.iter().filter(|event| event.kind.name() == "reminder.due");
        days.map(|event| event.at.to_string()[..10].to_owned()).rev().collect()
    }

    /// What a visitor reads at an address.
    async fn read(&self, path: &str) -> String {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = forge_server::router(self.world.app.clone()).oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// Committed, called, paid and refunded on the call.
    async fn sums(&self, filter: Filter) -> [i64; 4] {
        let all = transparency::calls(&self.world.app.db, filter, (10, 0)).await.unwrap();
        let one = all.iter().find(|one| one.reference == self.call).unwrap();
        [one.committed, one.called, one.paid, one.refunded]
    }
}

on_both! {
    /// The entry of each line names the calculation its statement was drawn up from, and the page
    /// that a statement points to leads to that calculation.
    fn an_entry_names_the_statement_it_rests_on(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let fc = life.issue().await.unwrap();
            let db = &life.world.app.db;
            let space = spaces::by_slug(db, &slug("enfance")).await.unwrap().unwrap();
            let mut reader = Reader::Db(db);
            let entries = rows::recorded(&mut reader, space.id).await.unwrap();
            let issued: Vec<_> =
                entries.iter().filter(|one| one.entry.kind.name() == "funds_call.issued").collect();
            assert_eq!(issued.len(), 3);
            let verify = life.read(&format!("/enfance/-/calls/{}/verify", life.call)).await;
            let address = format!("/api/v1/funds-calls/{}/calculation", fc.reference);
            assert!(verify.contains(&format!("href=\"{address}\"")), "{verify}");
            let digest: [u8; 32] = Sha256::digest(life.read(&address).await.as_bytes()).into();
            let anchor = format!("id=\"{}\"", forge_domain::hex::encode(&digest));
            assert!(verify.contains(&anchor), "where the statement's address leads: {verify}");
            for one in issued {
                assert_eq!(one.entry.evidence, [digest], "{}", one.entry.seq);
            }
        });
    }

    /// Due on 11 June: a week before, a week after, a month after; not to who has paid.
    fn a_council_is_reminded_before_and_twice_after_its_due_date(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let fc = life.issue().await.unwrap();
            set_alarms(&life.world.app).await.unwrap();
            assert_eq!(fc.due_on, "2027-06-11");
            for day in ["2027-06-03", "2027-06-04", "2027-06-05", "2027-06-17", "2027-06-18"] {
                life.wakes(day).await;
            }
            assert_eq!(life.reminders("corbelle").await, ["2027-06-04", "2027-06-18"]);
            let line = fc.lines.iter().find(|line| line.council == "belrive").unwrap();
            let paid = life.declare(&fc.reference, "belrive", &line.gross.0).await.unwrap();
            life.acknowledge("aubervac-fin", &paid.reference).await.unwrap();
            for day in ["2027-07-10", "2027-07-11", "2027-07-12", "2027-09-30"] {
                life.wakes(day).await;
            }
            let all = ["2027-06-04", "2027-06-18", "2027-07-11"];
            assert_eq!(life.reminders("corbelle").await, all);
            assert_eq!(life.reminders("belrive").await, all[..2], "it has paid since");
        });
    }

    /// A server that slept past both reminders sends them a week apart, and the default that takes
    /// two of them (P12) stays within reach.
    fn a_sleep_keeps_no_council_from_its_second_reminder(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            life.issue().await.unwrap();
            set_alarms(&life.world.app).await.unwrap();
            let propose = || ProposeDefault {
                reference: life.call.clone(),
                council: "corbelle".to_owned(),
                reason: "Deux relances sans réponse.".to_owned(),
            };
            life.wakes("2027-09-10").await;
            assert_eq!(life.reminders("corbelle").await, ["2027-09-10"]);
            let early = life.act("aubervac-lead", propose()).await.unwrap_err();
            assert_eq!(code(&early), "default_too_early");
            life.wakes("2027-09-16").await;
            assert_eq!(life.reminders("corbelle").await.len(), 1, "six days later");
            life.wakes("2027-09-17").await;
            assert_eq!(life.reminders("corbelle").await, ["2027-09-10", "2027-09-17"]);
            life.act("aubervac-lead", propose()).await.unwrap();
        });
    }

    /// Example E10: what a late joiner owes, is called for and pays is in the sums of the call, and
    /// what it brings back to the others too.
    fn the_money_of_a_late_joiner_counts_in_the_sums(engine) {
        block_on(async move {
            let charter = "version = 2\n[late_joiner]\npolicy = \"redistribute\"\n";
            let life = Life::of_e2(engine, charter).await;
            life.all_spent().await;
            assert_eq!(life.sums(Filter::default()).await, [4_800_000, 4_800_000, 4_800_000, 0]);
            life.asks_to_join("3000").await.unwrap();
            let vote = life.propose_joining().await;
            life.voted(vote, "yes").await;
            let joiner = councils::by_slug(&life.world.app.db, &slug("fontclaire")).await.unwrap();
            let alone = Filter { council: Some(joiner.unwrap().id), ..Filter::default() };
            assert_eq!(life.sums(alone).await, [244_431, 0, 0, 0]);
            let fc = life.issue_of("J1").await.unwrap();
            assert_eq!(life.sums(alone).await, [244_431, 244_431, 0, 0]);
            life.paid(&fc).await;
            assert_eq!(life.sums(alone).await, [244_431, 244_431, 244_431, 0]);
            life.reconciled().await;
            let all = [5_044_431, 5_044_431, 5_044_431, 244_431];
            assert_eq!(life.sums(Filter::default()).await, all);
        });
    }

    /// By a charter of more scope the money of a late joiner stays in the call: it pays more work,
    /// and nobody is credited.
    fn a_late_joiner_pays_for_more_work(engine) {
        block_on(async move {
            let charter = "version = 2\n[late_joiner]\npolicy = \"more_scope\"\n";
            let life = Life::of_e2(engine, charter).await;
            life.all_spent().await;
            life.asks_to_join("2500").await.unwrap();
            let vote = life.propose_joining().await;
            life.voted(vote, "yes").await;
            let book = life.book().await;
            assert_eq!((book.buy_ins[0].amount, book.buy_ins[0].apart), (244_431, 244_431));
            assert!(book.credits.is_empty());
            let fc = life.issue_of("J1").await.unwrap();
            life.paid(&fc).await;
            let more = life.invoiced_of("m3", "2444.31").await;
            life.approve("aubervac-fin", &more).await.unwrap();
            life.approve("aubervac-lead", &more).await.unwrap();
            let pay = PayInvoice { reference: more, sent: Life::sent() };
            life.act("aubervac-fin", pay).await.unwrap();
            assert_eq!(life.reconciled().await, [], "it was spent on the work");
        });
    }
}
