//! When and how calls end: days that end where the space is, guarantees, stops before the end, the
//! last place.

use forge_api::{
    Amount,
    calls::{NewBackstop, NewCall},
};
use forge_domain::{call::CallState, pledge::PledgeState};
use forge_server::{
    actions::calls::{CreateCall, ProposeOpening, ProposeStop, PublishCall},
    funding::{CallBook, Reader},
    ledger::verify,
};
use forge_tests::{Engine, engine::block_on, on_both};

use crate::{
    funds::Life,
    world::{World, call, code, commitment, equal_call, slug},
};

/// Days that end at odd hours: the zone of the space, the last day, the instant it is over.
const DAYS: [(&str, &str, &str); 7] = [
    // The clock goes forward on that day in New York, and is there already …
    ("America/New_York", "2027-03-14", "2027-03-15T04:00:00Z"),
    // … goes forward in Paris, so that the day has 23 hours, and back in autumn.
    ("Europe/Paris", "2027-03-28", "2027-03-28T22:00:00Z"),
    ("Pacific/Kiritimati", "2027-06-30", "2027-06-30T10:00:00Z"),
    ("Australia/Lord_Howe", "2027-10-03", "2027-10-03T13:00:00Z"),
    ("Europe/Paris", "2027-10-31", "2027-10-31T23:00:00Z"),
    ("Asia/Kathmandu", "2028-02-28", "2028-02-28T18:15:00Z"),
    ("Europe/Paris", "2028-02-29", "2028-02-29T23:00:00Z"),
];

impl World {
    async fn look(&self, reference: &str) -> CallBook {
        CallBook::of(&mut Reader::Db(&self.app.db), reference).await.unwrap()
    }

    /// A call of a space in this zone that nobody pledges on.
    async fn until(&self, zone: &str, deadline: &str) -> String {
        let moved = format!("update space set time_zone = '{zone}'");
        self.database.execute(&[&moved]).await.unwrap();
        self.open_call(NewCall { deadline: deadline.to_owned(), ..equal_call() }).await
    }

    async fn is_sound(&self) {
        let report = verify::verify(&self.app, &self.the_space().await).await.unwrap();
        assert!(report.verified, "{:?}", report.faults);
    }

    fn second_before(instant: &str) -> String {
        let at: jiff::Timestamp = instant.parse().unwrap();
        (at - jiff::SignedDuration::from_secs(1)).to_string()
    }
}

/// A call of 60 000.00 as in example E6, guaranteed up to 10 000.00 by Dormont.
async fn e6(engine: Engine) -> (World, String) {
    let world = World::found(engine).await;
    let new = NewCall {
        target: Amount("60000".to_owned()),
        minimum: Some(Amount("60000".to_owned())),
        milestones: vec![
            serde_json::from_value(serde_json::json!({ "title": "Tout", "amount": "60000" }))
                .unwrap(),
        ],
        backstop: Some(NewBackstop {
            guarantor: "dormont".to_owned(),
            limit: Amount("10000".to_owned()),
            act_ref: "Délibération 2026-88".to_owned(),
            before_ceilings: false,
        }),
        low_ceilings: true,
        ..equal_call()
    };
    let call = world.open_call(new).await;
    (world, call)
}

on_both! {
    /// Every call ends with the day of its own space, once, whatever the clocks of that day do.
    fn a_deadline_is_the_end_of_the_day_where_the_space_is(engine) {
        block_on(async move {
            let mut world = World::found(engine).await;
            let mut calls = Vec::new();
            for (zone, day, _) in DAYS {
                calls.push(world.until(zone, day).await);
            }
            for (call, (zone, day, over)) in calls.iter().zip(DAYS) {
                world.set_clock(&World::second_before(over));
                world.do_jobs().await;
                assert_eq!(world.look(call).await.call.state, CallState::Open, "{zone} {day}");
                world.set_clock(over);
                world.restart().await;
                world.do_jobs().await;
                let ended = world.look(call).await.call;
                assert_eq!(ended.state, CallState::Failed, "{zone} {day}");
                assert_eq!(ended.ended_at.unwrap().to_string(), over);
                world.do_jobs().await;
                assert_eq!(world.look(call).await.call.version, ended.version, "{zone} {day}");
            }
        });
    }

    /// A machine that slept for two years ends everything that fell due meanwhile, once.
    fn a_clock_that_jumps_ends_each_call_once(engine) {
        block_on(async move {
            let mut world = World::found(engine).await;
            let mut calls = Vec::new();
            for (zone, day, _) in DAYS {
                calls.push(world.until(zone, day).await);
            }
            world.set_clock("2028-12-31T12:00:00Z");
            world.do_jobs().await;
            let mut versions = Vec::new();
            for call in &calls {
                let ended = world.look(call).await.call;
                assert_eq!(ended.state, CallState::Failed);
                versions.push(ended.version);
            }
            // Back again, as after a wrong setting, and another start.
            world.restart().await;
            world.do_jobs().await;
            for (call, version) in calls.iter().zip(versions) {
                assert_eq!(world.look(call).await.call.version, version);
            }
        });
    }

    /// Example E6: what the ceilings leave open is the guarantor's share.
    fn a_guarantee_saves_a_call_at_its_deadline(engine) {
        block_on(async move {
            let (world, call) = e6(engine).await;
            for (council, ceiling) in [
                ("aubervac", "12000"),
                ("belrive", "12000"),
                ("corbelle", "16000"),
                ("esterey", "15000"),
            ] {
                world.commit(&call, council, ceiling).await.unwrap();
            }
            assert_eq!(world.look(&call).await.call.state, CallState::Open, "5 000.00 are missing");
            world.set_clock("2027-02-01T08:00:00Z");
            world.do_jobs().await;
            let book = world.look(&call).await;
            assert_eq!(book.call.state, CallState::Confirmed);
            let mut shares: Vec<_> = book
                .in_state(PledgeState::Confirmed)
                .map(|row| (row.council_slug.as_str(), row.final_net.unwrap()))
                .collect();
            shares.sort_unstable();
            let expected = [
                ("aubervac", 1_200_000),
                ("belrive", 1_200_000),
                ("corbelle", 1_600_000),
                ("dormont", 500_000),
                ("esterey", 1_500_000),
            ];
            assert_eq!(shares, expected);
            world.is_sound().await;
        });
    }

    /// The end of E6: with one council less, 10 000.00 are not enough.
    fn a_guarantee_that_does_not_reach_saves_nothing(engine) {
        block_on(async move {
            let (world, call) = e6(engine).await;
            for (council, ceiling) in
                [("aubervac", "12000"), ("corbelle", "16000"), ("esterey", "15000")]
            {
                world.commit(&call, council, ceiling).await.unwrap();
            }
            world.set_clock("2027-02-01T08:00:00Z");
            world.do_jobs().await;
            let book = world.look(&call).await;
            assert_eq!(book.call.state, CallState::Failed);
            assert_eq!(book.in_state(PledgeState::Released).count(), 3);
            assert!(book.position(book.backstop.as_ref().unwrap().council_id).is_none());
            let reason = book.call.end_reason.unwrap();
            assert!(reason.contains("7000.00"), "{reason}");
            world.is_sound().await;
        });
    }

    /// K9 by a vote: what is not accepted is dropped, what was paid too much goes back.
    fn a_vote_stops_the_work_and_what_is_left_goes_back(engine) {
        block_on(async move {
            let life = Life::of_e2(engine, "version = 2\n").await;
            let work = "update call_milestone set state = 'accepted' where position = 1";
            let begun = format!("update call set state = 'executing' where ref = '{}'", life.call);
            life.world.database.execute(&[&begun, work]).await.unwrap();
            let fc = life.issue_of("M1").await.unwrap();
            life.paid(&fc).await;
            let invoice = life.invoiced_of("M1", "14000").await;
            life.approve("aubervac-fin", &invoice).await.unwrap();
            life.approve("aubervac-lead", &invoice).await.unwrap();
            let sent = Life::sent();
            let pay = forge_server::actions::funds::PayInvoice { reference: invoice, sent };
            life.act("aubervac-fin", pay).await.unwrap();
            let stop = ProposeStop {
                reference: life.call.clone(),
                reason: "Le besoin a disparu.".to_owned(),
            };
            let vote = life.act("aubervac-lead", stop).await;
            life.voted(vote, "yes").await;
            let book = life.world.look(&life.call).await;
            assert_eq!(book.call.state, CallState::Settling);
            let states: Vec<_> = book.milestones.iter().map(|slice| slice.state.name()).collect();
            assert_eq!(states, ["accepted", "dropped", "dropped"]);
            let shares: i64 = book.living().filter_map(|row| row.final_net).sum();
            assert_eq!(shares, 1_440_000, "what was called for stays owed, nothing else");
            let back: i64 = life
                .reconciled()
                .await
                .iter()
                .map(|(_, amount, _)| amount.replace('.', "").parse::<i64>().unwrap())
                .sum();
            assert_eq!(back, 40_000);
        });
    }

    fn a_call_opens_by_a_vote_where_the_charter_asks_for_one(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            world.adopt("version = 2\n[votes]\ncall_open = { days = 10 }\n").await;
            let lead = world.by("aubervac-lead").await;
            let draft = CreateCall { space: slug("enfance"), new: call() };
            let reference = world.app.act(&lead, draft).await.unwrap();
            let publish = PublishCall { reference: reference.clone(), version: None };
            let refused = world.app.act(&lead, publish).await.unwrap_err();
            assert_eq!(code(&refused), "vote_needed");
            let propose = ProposeOpening { reference: reference.clone() };
            let vote = world.app.act(&lead, propose).await.unwrap();
            world.all_vote(&vote, "yes").await;
            assert_eq!(world.look(&reference).await.call.state, CallState::Draft);
            world.set_clock("2026-11-26T00:00:00Z");
            world.do_jobs().await;
            assert_eq!(world.book(&vote).await.vote.effect_state, "done");
            assert_eq!(world.look(&reference).await.call.state, CallState::Open);
        });
    }

    /// Two councils take what is left at the same moment: one has all it asked for, the other the
    /// rest, and nothing is taken twice.
    fn two_at_once_do_not_both_take_the_last_place(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let rule = r#"{"kind":"open","oversubscription":"stop_at_target"}"#;
            let new = NewCall {
                rule: serde_json::from_str(rule).unwrap(),
                low_ceilings: true,
                ..call()
            };
            let call = world.open_call(new).await;
            world.commit(&call, "aubervac", "20000").await.unwrap();
            let (one, other) = ("belrive", "corbelle");
            let by = (world.signatory(one).await, world.signatory(other).await);
            let (first, second) = tokio::join!(
                world.app.act(&by.0, commitment(&call, one, "20000")),
                world.app.act(&by.1, commitment(&call, other, "20000")),
            );
            first.unwrap();
            second.unwrap();
            world.set_clock("2027-02-01T08:00:00Z");
            world.do_jobs().await;
            let book = world.look(&call).await;
            assert_eq!(book.call.state, CallState::Confirmed);
            let mut shares: Vec<_> =
                book.in_state(PledgeState::Confirmed).filter_map(|row| row.final_net).collect();
            shares.sort_unstable();
            assert_eq!(shares, [800_000, 2_000_000, 2_000_000]);
            world.is_sound().await;
        });
    }
}
